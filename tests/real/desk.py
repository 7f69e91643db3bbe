#!/usr/bin/env python3
"""desk.py BIN_DIR SHARED_DIR: the whole job on real market files, as a desk would run it.

Candles of BTC and ETH and two real option chains (a crash and a calm day) go through the tools with the book beside
this file; what a risk officer would check by eye is checked here. Exit 77 where the data is not there.
"""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BIN, SHARED = sys.argv[1], sys.argv[2]
CANDLES = os.path.join(SHARED, "data", "binance_spot_1h")
CHAINS = os.path.join(SHARED, "data", "deribit_chains")
CRASH, CALM = "chain_20260205T155132Z.csv.gz", "chain_20260817T095229Z.csv.gz"
HEDGED = ["covered-call", "call-spread", "iron-condor", "calendar", "basis-trade", "hedged-short-gamma", "pair-trade"]
# Spreads whose legs were 230 days from expiry in the crash and 39 on the calm day: what they can lose within two days
# has grown with their gamma, whatever the market does.
AGED = {"iron-condor", "calendar"}
PARTS = ["base", "volatility", "skew", "gamma", "correlation", "liquidity", "concentration", "account", "orders"]
failures = []


def check(holds, what):
    print(("ok    " if holds else "FAIL  ") + what)
    if not holds:
        failures.append(what)


def tool(name, *arguments, feed=b"", status=(0,)):
    done = subprocess.run([os.path.join(BIN, name), *arguments], input=feed, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in status:
        sys.exit(f"{name} {' '.join(arguments)}: exit {done.returncode}: {done.stderr.decode()[:600]}")
    return done.stdout


def perps(market):
    """Perpetuals marked at the index: the chains hold options only."""
    out = []
    for line in market.splitlines():
        record = json.loads(line)
        if record["type"] == "price":
            for symbol in (record["asset"] + "-PERPETUAL", record["asset"] + "_USDC-PERPETUAL"):
                out.append(json.dumps({"type": "ticker", "symbol": symbol, "ts": record["ts"], "mark_price": record["price"]}))
    return ("\n".join(out) + "\n").encode()


def market_of(chain):
    candles = b"".join(
        tool("feed-import", "--from", "binance-kline", "--symbol", coin + "USDT", os.path.join(CANDLES, coin + "USDT_1h.csv.gz"))
        for coin in ("BTC", "ETH"))
    tickers = tool("feed-import", "--from", "deribit-chain", os.path.join(CHAINS, chain))
    return candles + tickers + perps(tickers)


def run(market, book, *options):
    """The four tools in one stream; the accounts that come out, by id."""
    lines = tool("vol-estimate", feed=market + book)
    lines = tool("risk-score", feed=lines, status=(0, 5))
    lines = tool("margin-calc", *options, feed=lines, status=(0, 5))
    lines = tool("liq-check", *options, feed=lines, status=(0, 5))
    records = [json.loads(line) for line in lines.splitlines()]
    return {r["account_id"]: r for r in records if r["type"] == "account"}, lines


def legs_of(account):
    """Each leg and each collateral balance of an account as an account of its own."""
    parts = [{"collateral": [c], "positions": []} for c in account["collateral"]]
    parts += [{"collateral": [{"asset": "USD", "qty": 1e7}], "positions": [p]} for p in account["positions"]]
    for i, part in enumerate(parts):
        yield dict(type="account", account_id=f"{account['account_id']}/{i}", ts=account["ts"], **part)


def initial(market, accounts):
    feed = market + "".join(json.dumps(a) + "\n" for a in accounts).encode()
    out = tool("margin-calc", feed=tool("vol-estimate", feed=feed))
    rows = [json.loads(line) for line in out.splitlines()]
    return {r["account_id"]: r["margin"]["initial_margin"] for r in rows if r["type"] == "account"}


def check_statuses(crash):
    statuses = {a["liquidation"]["status"] for a in crash.values()}
    check(statuses == {"healthy", "margin_call", "liquidate", "bankrupt", "indeterminate"}, f"every status occurs: {sorted(statuses)}")


def check_hedges(market, crash):
    for name in HEDGED:
        legs = initial(market, legs_of(crash[name]))
        whole, alone = initial(market, [{k: v for k, v in crash[name].items() if k not in ("score", "margin", "liquidation")}])[name], sum(legs.values())
        check(whole < alone, f"{name}: {whole:,.0f} together, {alone:,.0f} leg by leg")


def check_calm(crash, calm):
    print(f"\n{'initial margin':<22}{'crash':>12}{'calm':>12}{'change':>12}   of which " + "".join(f"{p:>12}" for p in PARTS))
    for name in crash:
        if crash[name]["margin"]["status"] != "ok":
            continue
        a, b = crash[name]["margin"], calm[name]["margin"]
        change = b["initial_margin"] - a["initial_margin"]
        parts = {p: b["parts"][p] - a["parts"][p] for p in PARTS}
        print(f"{name:<22}{a['initial_margin']:>12,.0f}{b['initial_margin']:>12,.0f}{change:>12,.0f}            " + "".join(f"{parts[p]:>12,.0f}" for p in PARTS))
        check(sum(a["parts"].values()) == a["initial_margin"], f"{name}: parts sum to the margin to the last bit")
        check(abs(sum(parts.values()) - change) <= 1e-9 * a["initial_margin"], f"{name}: the change is the sum of the parts' changes")
        if name in AGED:
            # Closing has become cheaper with their vega: that is neither age nor volatility.
            check(change > parts["liquidity"] and parts["volatility"] < 0 and parts["base"] + parts["gamma"] > 0, f"{name}: needs more for its age, less for volatility")
        else:
            check(change < 0 or a["initial_margin"] == 0, f"{name}: needs less on the calm day")
    totals = [sum(a["margin"].get("initial_margin", 0) for a in book.values()) for book in (crash, calm)]
    check(totals[1] < 0.6 * totals[0], f"the book: {totals[0]:,.0f} in the crash, {totals[1]:,.0f} on the calm day")


def check_advice(market, crash):
    for name, account in crash.items():
        advice = account["liquidation"].get("top_up", {})
        plain = {k: v for k, v in account.items() if k not in ("margin", "liquidation")}
        for asset, qty in advice.items():
            for part, reached in ((1.0, True), (0.99, False)):
                more = json.loads(json.dumps(plain))
                held = [c for c in more["collateral"] if c["asset"] == asset]
                if held:
                    held[0]["qty"] += part * qty
                else:
                    more["collateral"].append({"asset": asset, "qty": part * qty})
                out = tool("margin-calc", feed=tool("vol-estimate", feed=market + json.dumps(more).encode() + b"\n"))
                margin = json.loads(out.splitlines()[-1])["margin"]
                check((margin["free_collateral"] >= 0) == reached, f"{name}: {part:.2f} of {qty:,.6g} {asset} leaves {margin['free_collateral']:,.4f}")


def check_same_bytes(market, book, reference):
    for name, options, env in (("-j 2", ["-j", "2"], {}), ("de_DE, Tokyo", [], {"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"})):
        os.environ.update(env)
        check(run(market, book, *options)[1] == reference, f"the same bytes with {name}")
    shuffled = b"".join(sorted(book.splitlines(keepends=True), reverse=True))
    check(sorted(run(market, shuffled)[1].splitlines()) == sorted(reference.splitlines()), "the same account lines in any order of accounts")


def main():
    if not os.path.exists(os.path.join(CHAINS, CRASH)):
        print("skipped: no market data beside the project")
        sys.exit(77)
    with open(os.path.join(HERE, "book.jsonl"), "rb") as file:
        book = file.read()
    market = {chain: market_of(chain) for chain in (CRASH, CALM)}
    crash, lines = run(market[CRASH], book)
    calm, _ = run(market[CALM], book)
    print(tool("liq-check", "-f", "table", feed=lines, status=(0, 5)).decode())
    check_statuses(crash)
    check_hedges(market[CRASH], crash)
    check_calm(crash, calm)
    check_advice(market[CRASH], crash)
    check_same_bytes(market[CRASH], book, lines)
    print(f"\n{len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
