#!/usr/bin/env python3
"""shock.py BIN_DIR SHARED_DIR: market-shock on real option chains. No change is no byte; half and double is where it
was; prices of liquidation stay where they are while the market moves; volatility moves margin its way. Exit 77 where
the data is not there.
"""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BIN, SHARED = sys.argv[1], sys.argv[2]
CHAINS = os.path.join(SHARED, "data", "deribit_chains")
failures = []


def check(holds, what):
    print(("ok    " if holds else "FAIL  ") + what)
    if not holds:
        failures.append(what)


def tool(name, *arguments, feed=b"", status=(0, 5)):
    done = subprocess.run([os.path.join(BIN, name), *arguments], input=feed, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in status:
        sys.exit(f"{name} {' '.join(arguments)}: exit {done.returncode}: {done.stderr.decode()[:600]}")
    return done.stdout


def vols():
    return b"".join(json.dumps({"type": "vol", "underlying": u, "ts": 1770306692535, "annual_vol": 1.0, "base_annual_vol": 0.6, "estimator": "implied", "base_estimator": "ewma",
                                "implied": {"annual_vol": 1.0, "horizon_years": 0.0055, "rr25": -0.2, "bf25": 0.04, "as_of_ts": 1770306692535},
                                "samples": 1, "gaps": 0, "days_per_year": 365}).encode() + b"\n" for u in ("BTC", "ETH"))


def book(market, *shocks):
    with open(os.path.join(HERE, "book.jsonl"), "rb") as file:
        feed = market + file.read()
    # Volume stays the same in money where records are shocked, and in coins where liq-check moves prices.
    same = ("--set", "measured_haircut_weight=0", "--accept-suspect")
    lines = tool("liq-check", *same, feed=tool("margin-calc", *same, feed=tool("market-shock", *shocks, feed=feed)))
    rows = [json.loads(line) for line in lines.splitlines()]
    return {r["account_id"]: r for r in rows if r["type"] == "account" and r["margin"]["status"] == "ok"}


def scenario_part(account):
    """What the scenarios ask, without the cost to close: impact grows with volatility, the spread does not."""
    margin = account["margin"]
    return margin["initial_margin"] - margin["parts"]["liquidity"] - margin["parts"]["concentration"]


def roots(account):
    return sorted((r["underlying"], r["price"]) for r in account["liquidation"].get("roots", []) if r["underlying"] == "BTC")


def check_round_trip(market):
    back = tool("market-shock", "BTC=+100%", "ETH=+100%", feed=tool("market-shock", "BTC=-50%", "ETH=-50%", feed=market))
    worst = 0.0
    for before, after in zip(market.splitlines(), back.splitlines()):
        a, b = json.loads(before), json.loads(after)
        for key in ("price", "index_price", "forward_price"):
            if key in a:
                worst = max(worst, abs(b[key] / a[key] - 1))
    check(worst == 0.0, f"half and double: prices, index and forwards back to the bit ({worst:g})")


def main():
    if not os.path.isdir(CHAINS):
        print("skipped: no market data beside the project")
        sys.exit(77)
    for chain in sorted(os.listdir(CHAINS)):
        market = tool("feed-import", "--from", "deribit-chain", os.path.join(CHAINS, chain))
        check(tool("market-shock", "BTC=+0%", "ETH=-0%", "vol=+0%", "spread=+0%", feed=market) == market, f"{chain}: no change is no byte")
        check_round_trip(market)
    crash = tool("feed-import", "--from", "deribit-chain", os.path.join(CHAINS, "chain_20260205T155132Z.csv.gz")) + vols()
    spot = {r["asset"]: r["price"] for r in map(json.loads, crash.splitlines()) if r["type"] == "price"}
    for coin in spot:
        for symbol in (coin + "-PERPETUAL", coin + "_USDC-PERPETUAL"):
            crash += json.dumps({"type": "ticker", "symbol": symbol, "ts": 1770306692535, "mark_price": spot[coin]}).encode() + b"\n"
    now, fallen = book(crash, "BTC=+0%"), book(crash, "BTC=-20%")
    for name in ("perp-long", "inverse-perp", "cross-collateral", "call-spread"):
        before, after = roots(now[name]), roots(fallen[name])
        same = bool(before) and all(abs(a[1] / b[1] - 1) < 1e-6 for a, b in zip(before, after))
        check(same, f"{name}: liquidated at {[round(p) for _, p in before]}, and at {[round(p) for _, p in after]} after BTC=-20%")
    wild = book(crash, "vol=+25%")
    for name in ("perp-long", "perp-short", "inverse-perp", "pair-trade", "cross-collateral"):
        ratio = scenario_part(wild[name]) / scenario_part(now[name])
        check(abs(ratio / 1.25 - 1) < 1e-9, f"{name}: a linear book needs {ratio:.9f} times as much with vol=+25%")
    totals = [sum(a["margin"]["initial_margin"] for a in b.values()) for b in (now, wild)]
    check(1.15 * totals[0] < totals[1] < 1.4 * totals[0], f"the book: {totals[0]:,.0f}, with vol=+25% {totals[1]:,.0f}")
    print(f"\n{len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
