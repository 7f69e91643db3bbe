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
RULEBOOKS = ["dynamic", "static", "derive-pm2", "derive-pm1", "deribit-spm", "deribit-pm-2019", "paradex-pm", "span16", "vega", "derive-srm",
             "deribit-sm", "hyperliquid", "binance-usdm", "dydx-v4", "drift", "ftx-imf"]
SCENARIOS = ["dynamic", "derive-pm2", "derive-pm1", "deribit-spm", "deribit-pm-2019", "paradex-pm", "span16"]
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


def compared(market, book):
    """Initial margin and all else by account and rulebook."""
    feed = tool("vol-estimate", feed=market + book)
    out = tool("margin-calc", "--bare", "--compare", ",".join(RULEBOOKS), feed=feed, status=(5,))
    rows = [json.loads(line) for line in out.splitlines()]
    return {r["account_id"]: dict(zip(RULEBOOKS, r["comparison"])) for r in rows}


def check_entry(name, rulebook, entry):
    """Figures that could be, or one of the two reasons that are no fault; said once, where it fails."""
    if entry["status"] != "ok":
        fits = entry["reason"].split(":")[0] in ("missing_market", "out_of_domain") and "initial_margin" not in entry
    else:
        figures = [entry[f] for f in ("equity", "collateral_value", "initial_margin", "maintenance_margin", "free_collateral")]
        fits = (all(abs(f) < 1e7 for f in figures) and 0 <= entry["maintenance_margin"] <= entry["initial_margin"]
                and sum(entry["parts"].values()) == entry["initial_margin"] and entry["binds"]["by"] != "")
        fits = fits and (entry["initial_margin"] > 0) == (entry["binds"]["by"] != "nothing")
    if not fits:
        check(False, f"{name} under {rulebook}: {entry}")
    return entry["status"] == "ok"


def print_comparison(books):
    for day, book in zip(("crash", "calm"), books):
        print(f"\n{'initial margin, ' + day:<22}" + "".join(f"{r:>16}" for r in RULEBOOKS))
        for name, entries in book.items():
            cells = (f"{e['initial_margin']:,.0f}" if e["status"] == "ok" else "-" for e in entries.values())
            print(f"{name:<22}" + "".join(f"{c:>16}" for c in cells))


def check_rulebooks(market, book):
    books = crash, calm = [compared(market[chain], book) for chain in (CRASH, CALM)]
    print_comparison(books)
    judged = sum(check_entry(n, r, e) for b in books for n, entries in b.items() for r, e in entries.items())
    total = sum(len(entries) for b in books for entries in b.values())
    check(judged > total / 2, f"{judged} of {total} entries have figures, each of them possible; the others say why not")
    for name, units in (("perp-long", 4), ("perp-short", 100)):
        rates = [{r: e["initial_margin"] / price for r, e in b[name].items()} for b, price in zip(books, (spot(market[c], name, units) for c in (CRASH, CALM)))]
        moved = [r for r in RULEBOOKS if abs(rates[0][r] / rates[1][r] - 1) > 1e-9]
        check(moved == ["dynamic"], f"{name}: of a notional, {moved} alone asks more in the crash, {rates[0]['dynamic']:.1%} after {rates[1]['dynamic']:.1%}")
        check(all(0.005 < r < 0.5 for rate in rates for r in rate.values()), f"{name}: every rulebook asks from 0.5% to 50% of it")
        check(all(rates[0]["dynamic"] > r for n, r in rates[0].items() if n != "dynamic"), f"{name}: dynamic asks most in the crash")


def spot(market, name, units):
    """Notional of a perp account at the index."""
    asset = {"perp-long": "BTC", "perp-short": "ETH"}[name]
    prices = [json.loads(line) for line in market.splitlines() if b'"type":"price"' in line]
    return units * [p["price"] for p in prices if p["asset"] == asset][-1]


def check_scenarios(market, book):
    """The loss matrix is what the margin was chosen from."""
    feed = tool("vol-estimate", feed=market + book)
    for rulebook in SCENARIOS:
        margins = [json.loads(line) for line in tool("margin-calc", "--bare", "--policy", rulebook, feed=feed, status=(5,)).splitlines()]
        tables = [json.loads(line) for line in tool("margin-calc", "--bare", "--scenarios", "--policy", rulebook, feed=feed, status=(5,)).splitlines()]
        sums = worst = True
        for margin, table in zip(margins, tables):
            if "worst_scenario" not in margin:
                continue
            found = 0.0
            for pool in table["scenarios"]:
                rows = pool.get("rows", [])
                sums = sums and all(abs(sum(r["losses"]) + r.get("relief", 0) - r["loss"]) <= 1e-9 * max(1, max(map(abs, r["losses"]))) for r in rows)
                found += max([r["loss"] for r in rows] + list(pool.get("floors", {}).values()) + [0.0])
            loss = margin["worst_scenario"]["loss"]
            worst = worst and abs(found - loss) <= 1e-9 * max(1.0, loss)
        check(sums, f"{rulebook}: the legs of every scenario sum to its loss")
        check(worst, f"{rulebook}: the greatest losses are the worst scenario's")


def hyperliquid():
    """Real market lines, positions and reported figures of the venue's answer of 27 March 2023, or None."""
    path = os.path.join(SHARED, "data", "venue", "hyperliquid_clearinghouse.jsonl")
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        state = json.loads(file.readline())["clearinghouseState"]
    ts, market, positions, prices = 1679940322000, [], [], {}
    held = [p["position"] for p in state["assetPositions"]]
    for p in held:
        symbol, qty = p["coin"] + "/USDC:USDC", float(p["szi"])
        market.append({"type": "ticker", "symbol": symbol, "ts": ts, "mark_price": abs(float(p["positionValue"]) / qty)})
        positions.append({"symbol": symbol, "qty": qty, "entry_price": float(p["entryPx"])})
        if p["liquidationPx"]:
            prices[symbol] = float(p["liquidationPx"])
    value = float(state["marginSummary"]["accountValue"])
    cash = value - sum(float(p["unrealizedPnl"]) for p in held)
    account = {"type": "account", "account_id": "hl", "ts": ts, "currency": "USDC", "collateral": [{"asset": "USDC", "qty": cash}],
               "positions": positions, "reported": {"equity": value, "liquidation_prices": prices}}
    return market, account


def reconciled(market, account):
    feed = "".join(json.dumps(line) + "\n" for line in market + [account]).encode()
    out = tool("margin-calc", "--bare", "--reconcile", "--policy", "hyperliquid-2023-03", feed=feed, status=(0, 5))
    return {(r["figure"], r.get("symbol")): r for r in json.loads(out)["reconciliation"]}


def check_reconciled():
    known = hyperliquid()
    if known is None:
        print("skipped: no answer of a venue beside the project")
        return
    market, account = known
    found = reconciled(market, account)
    close = [k for k, r in found.items() if r.get("cause") in ("agrees", "rounding")]
    check(len(close) == 6, f"hyperliquid: equity and all 5 liquidation prices are the venue's own: {[k[1] or k[0] for k in close]}")
    for leg in account["positions"]:
        if leg["symbol"].startswith("DYDX"):
            leg["qty"] *= 1000
    row = reconciled(market, account)[("equity", None)]
    check(row.get("cause") == "contract multiplier" and row["detail"] == "DYDX/USDC:USDC times 10^-3",
          f"hyperliquid: one leg in the wrong unit is found: {row.get('cause')}, {row.get('detail')}")


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
    check_rulebooks(market, book)
    check_reconciled()
    check_scenarios(market[CRASH], book)
    check_same_bytes(market[CRASH], book, lines)
    print(f"\n{len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
