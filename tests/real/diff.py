#!/usr/bin/env python3
"""diff.py BIN_DIR SHARED_DIR: margin-diff on two real days, a crash and a calm one, with the book beside this file.

What a risk officer would hold against it: rows sum to the last digit, both ends are margin-calc's, the way back takes
every total back, one changed line is one row, and volatility is what the calm day gave back. Exit 77 where the data is
not there.
"""
import json
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BIN, SHARED = sys.argv[1], sys.argv[2]
CHAINS = os.path.join(SHARED, "data", "deribit_chains")
CANDLES = os.path.join(SHARED, "data", "binance_spot_1h")
CRASH, CALM = "chain_20260205T155132Z.csv.gz", "chain_20260817T095229Z.csv.gz"
FIGURES = ["initial_margin", "maintenance_margin", "equity"]
VOLATILITY = ["volatility", "vol_in_use", "vol_anchor", "skew"]
POLICIES = ["dynamic", "static", "derive-pm2", "deribit-spm", "deribit-sm", "derive-srm", "paradex-pm", "span16"]
# Books without gamma: on the calm day volatility is the largest cause of what they need less, whatever the direction.
LINEAR = ["perp-long", "perp-short", "inverse-perp", "pair-trade", "cross-collateral", "isolated-perps"]
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


def market_of(chain):
    """Candles, the chain, and perpetuals marked at its index; with the vol records that follow."""
    lines = b"".join(
        tool("feed-import", "--from", "binance-kline", "--symbol", coin + "USDT", os.path.join(CANDLES, coin + "USDT_1h.csv.gz"))
        for coin in ("BTC", "ETH"))
    tickers = tool("feed-import", "--from", "deribit-chain", os.path.join(CHAINS, chain))
    perps = ""
    for record in map(json.loads, tickers.splitlines()):
        if record["type"] == "price":
            for symbol in (record["asset"] + "-PERPETUAL", record["asset"] + "_USDC-PERPETUAL"):
                perps += json.dumps({"type": "ticker", "symbol": symbol, "ts": record["ts"], "mark_price": record["price"]}) + "\n"
    return tool("vol-estimate", feed=lines + tickers + perps.encode())


def member(lines, name):
    records = map(json.loads, lines.splitlines())
    return {r["account_id"]: r[name] for r in records if r["type"] == "account"}


def diff(old, new, *options):
    # What one record alone says of a volatility contradicts the mark beside it.
    return member(tool("margin-diff", "--accept-suspect", *options, old, new), "margin_diff")


def by_cause(diffs, figure="initial_margin"):
    sums = {}
    for d in diffs:
        for row in d.get("rows", []):
            sums[row["cause"]] = sums.get(row["cause"], 0.0) + row[figure]
    return sums


def check_sums(policy, there, back, old, new):
    exact = negated = same_ends = True
    for name, d in there.items():
        if d["status"] != "changed":
            continue
        for f in FIGURES:
            rows = [row[f] for row in d["rows"]]
            change = d["change"][f]
            exact = exact and sum(rows) == sum(sorted(rows)) == change == d["new"][f] - d["old"][f] == math.fsum(rows)
            negated = negated and back[name]["change"][f] == -change
            larger = max(abs(old[name][f]), abs(new[name][f]))
            for side, end in (("old", old), ("new", new)):
                same_ends = same_ends and 0 <= d[side][f] - end[name][f] <= larger * 2.0**-44
    check(exact, f"{policy}: rows sum to the change to the last digit, in any order")
    check(negated, f"{policy}: the way back negates every total")
    check(same_ends, f"{policy}: both ends are margin-calc's")
    check(not any(row["cause"] == "other" for d in there.values() for row in d.get("rows", [])), f"{policy}: no row without a cause")


def check_causes(there):
    total = {}
    for name in LINEAR:
        sums = by_cause([there[name]])
        largest = max(sums, key=lambda c: abs(sums[c]))
        vol = sum(sums.get(c, 0.0) for c in VOLATILITY)
        check(largest in VOLATILITY and vol < 0, f"{name}: volatility is the largest cause, {vol:,.0f} of {there[name]['change']['initial_margin']:,.0f}")
    total = by_cause(there.values())
    change = sum(d["change"]["initial_margin"] for d in there.values() if "change" in d)
    print("the book by cause: " + ", ".join(f"{c} {v:,.0f}" for c, v in sorted(total.items(), key=lambda x: -abs(x[1]))) + f"; in all {change:,.0f}")
    check(max(total, key=lambda c: abs(total[c])) in VOLATILITY, "volatility is the largest cause of the whole book")
    check(all(d["status"] == "changed" or name == "unlisted-leg" for name, d in there.items()), "all but the account with an unlisted leg are compared")
    check(there["unlisted-leg"]["status"] == "indeterminate" and "change" not in there["unlisted-leg"], "that one is indeterminate, without figures")


def check_one_change(calm, folder):
    """One thing changed in real lines: that row and no other, in every account."""
    cases = [
        ("volatility ", lambda r: r["type"] == "ticker" and r["symbol"] == "BTC-25SEP26-80000-C", lambda r: r.update(mark_vol=r["mark_vol"] + 0.1)),
        ("vol_in_use BTC", lambda r: r["type"] == "vol" and r["underlying"] == "BTC", lambda r: r.update(annual_vol=4 * r["annual_vol"])),
        ("price ETH", lambda r: r["type"] == "ticker" and r["symbol"] == "ETH_USDC-PERPETUAL", lambda r: r.update(mark_price=r["mark_price"] * 1.1)),
        ("position BTC_USDC-PERPETUAL", lambda r: r.get("account_id") == "perp-long", lambda r: r["positions"][0].update(qty=5)),
        ("collateral USDC", lambda r: r.get("account_id") == "short-puts", lambda r: r["collateral"][0].update(qty=1)),
    ]
    for row, picks, change in cases:
        path = os.path.join(folder, "changed.jsonl")
        changed = 0
        with open(calm, "rb") as lines, open(path, "w") as out:
            for record in map(json.loads, lines):
                if picks(record):
                    change(record)
                    changed += 1
                out.write(json.dumps(record) + "\n")
        found = diff(calm, path)
        causes = {f"{r['cause']} {r.get('item', '')}" for d in found.values() if d["status"] != "indeterminate" for r in d["rows"]}
        check(changed == 1 and len(causes) == 1 and causes.pop().startswith(row), f"only {row} changed: only that row, in {len(found)} accounts")


def main():
    if not os.path.exists(os.path.join(CHAINS, CRASH)):
        print("skipped: no market data beside the project")
        sys.exit(77)
    with open(os.path.join(HERE, "book.jsonl"), "rb") as file:
        book = file.read()
    with tempfile.TemporaryDirectory() as folder:
        crash, calm = (os.path.join(folder, day + ".jsonl") for day in ("crash", "calm"))
        for path, chain in ((crash, CRASH), (calm, CALM)):
            with open(path, "wb") as file:
                file.write(market_of(chain) + book)
        print(tool("margin-diff", "-f", "table", crash, calm).decode())
        for policy in POLICIES:
            options = ["--policy", policy]
            there, back = diff(crash, calm, *options), diff(calm, crash, *options)
            old, new = (member(tool("margin-calc", *options, path), "margin") for path in (crash, calm))
            check_sums(policy, there, back, old, new)
        check_causes(diff(crash, calm))
        check(tool("margin-diff", calm, calm, status=(0,)) == b"", "a day against itself prints nothing")
        with open(calm, "rb") as file:
            backwards = b"".join(reversed(file.readlines()))
        check(tool("margin-diff", crash, feed=backwards) == tool("margin-diff", crash, calm), "lines in any order give the same bytes")
        check_one_change(calm, folder)
    print(f"\n{len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
