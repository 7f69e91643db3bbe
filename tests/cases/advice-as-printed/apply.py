"""Applies each piece of advice as it was printed (JSON, table or CSV on standard input) to the account."""
import csv, json, re, sys

account = json.load(open(sys.argv[1]))


def of_json(text):
    found = json.loads(text)["liquidation"]
    ways = [[("add", str(n), a)] for a, n in found.get("top_up", {}).items()]
    cuts = [("trade", str(c["qty"]), c["symbol"]) for c in found.get("reduce", [])]
    return ways + ([cuts] if cuts else [])


def of_text(text):
    ways = []
    for way in re.split(r" or ", re.search(r"add .*", text).group(0).split("  ")[0].strip('"')):
        steps = []
        for step in way.split(" and "):
            words = step.split()
            verb, number, name = words if len(words) == 3 else ["add"] + words  # "add 1 A or 2 B"
            number = number.replace(",", "")
            steps.append(("add", number, name) if verb == "add" else
                         ("trade", ("-" if verb == "sell" else "") + number, name))
        ways.append(steps)
    return ways


def of_csv(text):
    row = list(csv.DictReader(text.splitlines()))[0]
    return of_text(row["to restore initial margin"])


def after(steps):
    out = json.loads(json.dumps(account))
    for verb, number, name in steps:
        if verb == "add":
            for balance in out["collateral"]:
                if balance["asset"] == name:
                    balance["qty"] += float(number)
                    break
            else:
                out["collateral"].append({"asset": name, "qty": float(number)})
        for position in out["positions"]:
            if verb == "trade" and position["symbol"] == name:
                position["qty"] += float(number)
    return out


text = sys.stdin.read()
for steps in {"json": of_json, "table": of_text, "csv": of_csv}[sys.argv[2]](text):
    print(json.dumps(after(steps)))
