#!/usr/bin/env python3
"""identities.py BIN_DIR SHARED_DIR: figures that venues gave, out of our tools.

Each row of the table of checked identities goes through margin-calc or liq-check as lines, under a built-in policy or
one written for that row; so do the twelve positions of a Hyperliquid account with the venue's own liquidation prices.
Exit 77 where the data is not there.
"""
import csv
import json
import os
import sys

from venue_lines import TS, VENUE, cross, failures, flat, linear, liquidation, margin, policy, position, price, report, root, ticker

LIMIT = 1e-4  # relative


def binance_coinm(x):
    entry = x["entry"]
    held = position("BTCUSD_PERP", x["contracts"] * x["contract_usd"] / entry, entry)
    return root(policy("binance-coinm"), "BTC", price("BTC", entry), ticker("BTCUSD_PERP", entry), cross({"BTC": x["isolated_wallet_btc"]}, held))


def okx_cross(x):
    mark = x["notional"] / 0.01
    return margin(flat(x["mmr"]), price("BTC", mark), ticker("BTC-USDT-SWAP", mark), cross({"USDT": 500}, position("BTC-USDT-SWAP", 0.01, mark)))["maintenance_margin"]


def dydx(x):
    lines, held = [], []
    for coin in ("eth", "btc"):
        qty, entry = x[coin], x[coin + "_entry"]
        mark = entry + x[coin + "_upl"] / qty
        symbol = coin.upper() + "-USD"
        lines += [price(coin.upper(), mark), {"type": "instrument", "symbol": symbol, "ts": TS, "kind": "perp", "underlying": coin.upper(), "quote_asset": "USD", "settle_asset": "USDC"}, ticker(symbol, mark)]
        held.append((position(symbol, qty, entry), qty * entry))
    # The venue's balance has paid for the positions; ours has not.
    cash = x["usdc"] + sum(paid for _, paid in held)
    return margin(policy("dydx-v4"), *lines, cross({"USDC": cash}, *(p for p, _ in held)))["equity"]


def derive_perp(x):
    mark, qty = x["mark"], x["amount"]
    rule = policy("derive-srm", future_maintenance_rates={"*": 0.05})
    return liquidation(rule, price("BTC", mark), ticker("BTC-PERP", mark), cross({}, position("BTC-PERP", qty, mark - x["mark_value"] / qty)))["buffer"]


def deribit_perp(x):
    mark = x["size_usd"] / x["size_btc"]
    out = margin(policy("deribit-sm"), price("BTC", mark), ticker("BTC-PERPETUAL", mark), cross({"BTC": 1}, position("BTC-PERPETUAL", x["size_usd"] / mark, mark)))
    return out["initial_margin"] / mark


def deribit_funds(x):
    """Any book of that option value and initial margin: one short call out of the money, and a perpetual."""
    spot, value = 100000.0, -x["options_value"]
    left = x["initial_margin"] - (0.1 + value)
    coins = (-0.02 + (0.02**2 + 4 * 5e-5 * left) ** 0.5) / (2 * 5e-5)
    call = "BTC-27MAR26-130000-C"
    out = margin(
        policy("deribit-sm"), price("BTC", spot), ticker("BTC-PERPETUAL", spot), ticker(call, value, price_unit="coin", forward_price=spot, mark_vol=0.5),
        cross({"BTC": x["equity"] - x["options_value"]}, position("BTC-PERPETUAL", coins, spot), {"symbol": call, "qty": -1}))
    return out["free_collateral"] / spot


def bitget(x):
    equity = x["mm_rate_incl_fee"] * abs(x["qty"]) * x["mark"] / x["marginRatio"]
    wallet = equity - x["qty"] * (x["mark"] - x["entry"])
    return root(flat(x["mm_rate_incl_fee"]), "BTC", price("BTC", x["mark"]), ticker("BTCUSDT", x["mark"]), cross({"USDT": wallet}, position("BTCUSDT", x["qty"], x["entry"])))


def bybit(x):
    """The tier of XRPUSDT in 2022, at the position's leverage of 10."""
    rule = policy("bybit-linear", tier_assets=["XRP"], tier_floors=[0], tier_initial_rates=[0.02], tier_maintenance_rates=[x["mmr"]],
                  size_limits={"XRP": 200000}, leverages={"XRP": 10}, closing_fee_rate=x["taker"])
    entry = x["value"] / 100
    return margin(rule, price("XRP", 0.3432), ticker("XRPUSDT", 0.3432), cross({"USDT": 100}, position("XRPUSDT", 100, entry)))["maintenance_margin"]


def okx_unit(_):
    """10 contracts of LTC-USDT-SWAP with the delta of 1,019.5308 that the same response gives."""
    mark = 101.95308
    return margin(policy("okx-pm"), price("LTC", mark), ticker("LTC-USDT-SWAP", mark), cross({"USDT": 1000}, position("LTC-USDT-SWAP", 10, mark)))["maintenance_margin"]


def hyperliquid_isolated(x):
    entry = 2213.9
    return linear(policy("hyperliquid-2023-03", held_at_mark=0), "ETH", x["szi"], entry, x["rawUsd"] + x["szi"] * entry)


def hyperliquid_account():
    """The account of March 2023: its liquidation prices and the venue's, by coin."""
    with open(os.path.join(VENUE, "hyperliquid_clearinghouse.jsonl"), encoding="utf-8") as file:
        state = json.loads(file.readline())["clearinghouseState"]
    lines, held, profit, venue = [], [], 0.0, {}
    for p in (row["position"] for row in state["assetPositions"]):
        qty, entry = float(p["szi"]), float(p["entryPx"])
        mark = float(p["positionValue"]) / abs(qty)
        profit += qty * (mark - entry)
        lines += [price(p["coin"], mark), ticker(p["coin"] + "/USDC:USDC", mark)]
        held.append(position(p["coin"] + "/USDC:USDC", qty, entry))
        venue[p["coin"]] = p["liquidationPx"] and float(p["liquidationPx"])
    wallet = float(state["marginSummary"]["accountValue"]) - profit
    roots = liquidation(policy("hyperliquid-2023-03"), *lines, cross({"USDC": wallet}, *held))["roots"]
    return {r["underlying"]: r["price"] for r in roots if r["underlying"] != "market"}, venue


IDENTITIES = {
    "binance_coinm_BTCUSD_iso": binance_coinm,
    "kucoin_ETH_iso_2": lambda x: linear(flat(x["pos_maint"] / x["pos_cost"], held_at_entry=1), "ETH", x["size_eth"], x["pos_cost"] / x["size_eth"], x["pos_margin"]),
    "delta_BTC_iso_liq": lambda x: linear(flat(x["mmr"], held_at_entry=1), "BTC", x["size"], x["entry"], x["margin"]),
    "okx_BTC_cross_mmr": okx_cross,
    "phemex_ETH_bust": lambda x: linear(flat(0), "ETH", x["size"], x["entry"], x["size"] * x["entry"] / x["leverage"]),
    "aax_BTC_bust": lambda x: linear(flat(0), "BTC", x["size"], x["entry"], x["margin"]),
    "dydx_equity": dydx,
    "derive_BTC_perp_mm": derive_perp,
    "deribit_BTC_perp_im": deribit_perp,
    "bitget_BTC_short_cross": bitget,
    "bybit_XRP_mm": bybit,
    "deribit_docs_available_funds": deribit_funds,
    "binance_faq_iso_BTC": lambda x: linear(policy("binance-usdm"), "BTC", 109.488, 32481.98, x["wallet"]),
    "okx_pb_LTC_mmr": okx_unit,
    "hl_ccxt_isolated_ETH": hyperliquid_isolated,
    "hl_cross_2023_DYDX": lambda x: hyperliquid_account()[0]["DYDX"],
}


def check_identities():
    with open(os.path.join(VENUE, "checked_identities.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    print(f"     {'figure':<32}{'venue':>20}{'tidemark':>20}{'error':>10}")
    for row in rows:
        find = IDENTITIES.get(row["id"])
        if find is None:
            print(f"     {row['id']}: no lines written for it")
            failures.append(row["id"])
            continue
        venue, reproduced = float(row["venue_value"]), float(row["reproduced"])
        ours = find(json.loads(row["inputs_json"]))
        if abs(reproduced / venue - 1) > LIMIT:
            report(row["id"], reproduced, ours, LIMIT, f"by the row's formula; the venue's {venue:.10g} is {abs(reproduced / venue - 1):.1e} away from that itself")
        else:
            report(row["id"], venue, ours, LIMIT, row["field"])


def check_hyperliquid():
    ours, venue = hyperliquid_account()
    for coin, at in venue.items():
        if at is not None and coin in ours:
            report("hyperliquid " + coin, at, ours[coin], 1e-6, "liquidation_price")
        else:
            good = at is None and coin not in ours
            print(f"{'ok  ' if good else 'FAIL'} hyperliquid {coin:<20}{at or 'none':>20}{ours.get(coin, 'none'):>20}")
            if not good:
                failures.append(coin)


def main():
    if not os.path.exists(os.path.join(VENUE, "checked_identities.csv")):
        print("skipped: no venue data beside the project")
        sys.exit(77)
    check_identities()
    check_hyperliquid()
    print(f"{len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
