"""Lines, policies and answers of our tools, for figures that venues gave. The script's arguments are BIN_DIR and SHARED_DIR."""
import json
import os
import subprocess
import sys
import tempfile

BIN, SHARED = sys.argv[1], sys.argv[2]
VENUE = os.path.join(SHARED, "data", "venue")
TS = 1767225600000
failures = []


def tool(name, *arguments, feed=""):
    done = subprocess.run([os.path.join(BIN, name), *arguments], input=feed.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # Without volatilities liq-check has no touch probabilities, and says so with 5.
    unknown = name == "liq-check" and done.returncode == 5
    if done.returncode != 0 and not unknown:
        sys.exit(f"{name} {' '.join(arguments)}: exit {done.returncode}: {(done.stderr + done.stdout).decode()[-600:]}")
    return done.stdout.decode()


def policy(preset, **changes):
    """A built-in policy, written down with some of its parameters changed."""
    return {**json.loads(tool("margin-calc", "--print-policy", preset)), **changes}


def flat(rate, **changes):
    """One maintenance rate, whatever the size."""
    return policy("binance-usdm", tier_assets=["*"], tier_floors=[0], tier_initial_rates=[1], tier_maintenance_rates=[rate], **changes)


def price(asset, at):
    return {"type": "price", "asset": asset, "ts": TS, "price": at}


def ticker(symbol, mark, **more):
    return {"type": "ticker", "symbol": symbol, "ts": TS, "mark_price": mark, **more}


def position(symbol, qty, entry, **more):
    return {"symbol": symbol, "qty": qty, "entry_price": entry, **more}


def cross(collateral, *positions):
    return {"type": "account", "account_id": "a", "ts": TS, "collateral": [{"asset": a, "qty": q} for a, q in collateral.items()], "positions": list(positions)}


def isolated(symbol, qty, entry, margin):
    return {**cross({}, position(symbol, qty, entry, isolated_margin=margin)), "margin_mode": "isolated"}


def run(name, rule, lines):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(rule, file)
        file.flush()
        out = tool(name, "--policy", file.name, feed="".join(json.dumps(line) + "\n" for line in lines))
    return json.loads(out.splitlines()[-1])


def margin(rule, *lines):
    return run("margin-calc", rule, lines)["margin"]


def liquidation(rule, *lines):
    return run("liq-check", rule, lines)["liquidation"]


def root(rule, asset, *lines):
    return [r["price"] for r in liquidation(rule, *lines)["roots"] if r["underlying"] == asset][0]


def linear(rule, coin, qty, entry, collateral):
    """The liquidation price of one isolated linear perpetual."""
    symbol = coin + "USDT"
    return root(rule, coin, price(coin, entry), ticker(symbol, entry), isolated(symbol, qty, entry, collateral))


def report(name, venue, ours, limit, note=""):
    """One row: the venue's figure, ours, and how far apart they are."""
    error = abs(ours / venue - 1)
    good = error <= limit
    if not good:
        failures.append(name)
    print(f"{'ok  ' if good else 'FAIL'} {name:<32}{venue:>20.10g}{ours:>20.10g}{error:>10.1e}  {note}")
