#!/usr/bin/env python3
"""explain.py BIN_DIR: adds up every page of `margin-calc --explain` from the digits that are printed on it.

The sample book and the accounts that golden cases share, under rulebooks of every kind. Headings are the sum of their
rows; each row is the product of what stands beside it; free collateral and health follow from the figures above them.
"""

import glob
import os
import re
import subprocess
import sys

BIN = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "..", "..", "examples")
INPUTS = os.path.join(HERE, "..", "golden", "inputs")
POLICIES = ["dynamic", "static", "derive-pm2", "deribit-sm", "hyperliquid", "aave-v3", "cboe-regt"]
CENTS = 0.0151  # a row as printed, and the cent that makes the rows sum

NUMBER = r"(-?[\d.]+(?:e[+-]?\d+)?)"
ROW = re.compile(r"^(  |    )(\S.*?)\s+(-?[\d,]+\.\d\d)(?:  (.*))?$")
AT = re.compile(rf"^{NUMBER} (owed )?at (?:\({NUMBER} ([-+]) {NUMBER} x {NUMBER} of doubt\)|{NUMBER})")
HAIRCUT = re.compile(rf"after haircut {NUMBER}%")
COUNTED = re.compile(rf"counted {NUMBER} times")
HELD = re.compile(rf"{NUMBER} held, ")
WORTH = re.compile(rf"worth {NUMBER} each")
REST = re.compile(rf"each (less|and) {NUMBER} for doubt")
MARGIN = re.compile(r"isolated with a margin of ([\d,.]+),")
MARK = re.compile(rf"mark {NUMBER}, entry {NUMBER}")
PAID = re.compile(rf"paid at {NUMBER}")
RATE = re.compile(rf"{NUMBER}% of ([\d,.]+) \({NUMBER} x {NUMBER}\)")
HEALTH = re.compile(r"health (-?[\d.]+):")

failures = []
checked = {"sums": 0, "products": 0}


def near(a, b, where, what, slack=CENTS):
    if abs(a - b) > slack + 1e-9 * max(abs(a), abs(b)):
        failures.append(f"{where}: {what}: {a} printed, {b} by its digits")


def balance_value(match, why):
    qty, owed = float(match[1]), match[2]
    price = float(match[7] or match[3])
    if match[4]:
        price += (1 if match[4] == "+" else -1) * float(match[5]) * float(match[6])
    if owed:
        counted = COUNTED.search(why)
        return -qty * price * (float(counted[1]) if counted else 1.0)
    return qty * max(0.0, price) * (1.0 - float(HAIRCUT.search(why)[1]) / 100.0)


def check_position(amount, why, where):
    worth = WORTH.search(why)
    if not worth:
        return
    margin, rest = MARGIN.search(why), REST.search(why)
    value = float(HELD.search(why)[1]) * float(worth[1])
    value += float(margin[1].replace(",", "")) if margin else 0.0
    value += float(rest[2]) * (1 if rest[1] == "and" else -1) if rest else 0.0
    near(amount, value, where, "quantity x worth", 0.0201)
    moved, paid = MARK.search(why), PAID.search(why)
    if moved:
        mark, entry, rate = float(moved[1]), float(moved[2]), float(paid[1]) if paid else 1.0
        linear, inverse = (mark - entry) * rate, (1.0 - entry / mark) * rate
        if min(abs(linear - float(worth[1])), abs(inverse - float(worth[1]))) > 1e-6 * max(1.0, mark):
            failures.append(f"{where}: worth {worth[1]} each by mark {mark}, entry {entry}, paid at {rate}")


def check_row(amount, why, where):
    checked["products"] += 1
    rate = RATE.search(why)
    if rate:
        notional = float(rate[2].replace(",", ""))
        near(notional, float(rate[3]) * float(rate[4]), where, "notional")
        near(amount, float(rate[1]) / 100.0 * notional, where, "rate x notional")
    elif AT.match(why):
        near(amount, balance_value(AT.match(why), why), where, "quantity x price")
    elif HELD.search(why):
        check_position(amount, why, where)


def check_page(page, policy):
    name = page[0].split()[1]
    totals, heading, rows = {}, None, []

    def close():
        if heading and rows:
            checked["sums"] += 1
            near(totals[heading], sum(rows), f"{policy} {name}", f"rows of {heading}", 0.0051)

    for line in page[1:]:
        match = ROW.match(line)
        if not match:
            health = HEALTH.search(line)
            if health and totals.get("maintenance margin") and "needs" not in "".join(page):
                near(float(health[1]), totals["equity"] / totals["maintenance margin"], f"{policy} {name}", "health",
                     0.0006 + 0.02 / totals["maintenance margin"] * max(1.0, abs(float(health[1]))))
            continue
        amount = float(match[3].replace(",", ""))
        if match[1] == "  ":
            close()
            heading, rows = match[2], []
            totals[heading] = amount
        else:
            rows.append(amount)
            check_row(amount, match[4] or "", f"{policy} {name} {heading} {match[2]}")
    close()
    if "free collateral" in totals:
        near(totals["free collateral"], totals["equity"] - totals["initial margin"], f"{policy} {name}", "free")


def pages(policy, *files):
    command = [os.path.join(BIN, "margin-calc"), "-p", policy, "--explain", *files]
    text = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    return [p.split("\n") for p in text.split("\n\n") if p.startswith("account ")]


books = [[os.path.join(SAMPLE, "market.jsonl"), os.path.join(SAMPLE, "accounts.jsonl")]]
books += [[path] for path in sorted(glob.glob(os.path.join(INPUTS, "*.jsonl")))]
for policy in POLICIES:
    for book in books:
        for page in pages(policy, *book):
            check_page(page, policy)

for failure in failures[:40]:
    print(failure)
print(f"{checked['sums']} sums and {checked['products']} rows, {len(failures)} that do not add up")
sys.exit(1 if failures or not checked["sums"] else 0)
