#!/usr/bin/env python3
"""responses.py BIN_DIR SHARED_DIR: positions as venues' interfaces returned them, out of our tools.

Each response carries its position and what the venue made of it; our figure comes from the former through margin-calc
or liq-check. Exit 77 where the data is not there.
"""
import json
import os
import sys

from venue_lines import VENUE, cross, failures, flat, linear, margin, policy, position, price, report, root, ticker

LIMIT = 1e-4  # relative; several venues round to a tick


def bybit(x, rate, fee):
    """A tier of 2022, at the position's leverage."""
    coin = x["symbol"][:-4]
    return policy("bybit-linear", tier_assets=[coin], tier_floors=[0], tier_initial_rates=[rate], tier_maintenance_rates=[rate],
                  size_limits={}, leverages={coin: float(x["leverage"])}, closing_fee_rate=fee)


def bybit_margin(x, rate, fee, member):
    coin, entry = x["symbol"][:-4], float(x.get("avgPrice") or x["entryPrice"])
    lines = [price(coin, entry), ticker(x["symbol"], entry), cross({"USDT": 1000}, position(x["symbol"], float(x["size"]), entry))]
    return margin(bybit(x, rate, fee), *lines)[member]


def okx_cross(x):
    """Its margin ratio is equity over maintenance and fee."""
    symbol, entry = x["instId"], float(x["avgPx"])
    mark = float(x["mmr"]) / 0.004 / 0.01
    equity = float(x["mgnRatio"]) * (0.004 + 0.0005) * mark * 0.01
    return root(flat(0.004, closing_fee_rate=0.0005), "BTC", price("BTC", mark), ticker(symbol, mark),
                cross({"USDT": equity - 0.01 * (mark - entry)}, position(symbol, 0.01, entry)))


def okx_inverse(x):
    """One contract of 10 dollars at the 0.8 % of its own maintenance; the future has long expired: a perpetual's terms."""
    entry, symbol = float(x["avgPx"]), "ETH-USD-SWAP"
    rule = policy("binance-coinm", tier_assets=["ETH"], tier_floors=[0], tier_initial_rates=[0.1], tier_maintenance_rates=[0.008],
                  closing_fee_rate=0.0005, haircuts={"ETH": 0})
    return root(rule, "ETH", price("ETH", entry), ticker(symbol, entry), cross({"ETH": float(x["margin"])}, position(symbol, 10 / entry, entry)))


def lighter(x):
    """ETH at a maintenance of 1.2 %."""
    held = x["accounts"][0]["positions"][0]
    qty, entry = float(held["position"]), float(held["avg_entry_price"])
    mark = float(held["position_value"]) / qty
    wallet = float(x["accounts"][0]["total_asset_value"]) - float(held["unrealized_pnl"])
    return root(flat(0.012), "ETH", price("ETH", mark), ticker("ETHUSDT", mark), cross({"USDT": wallet}, position("ETHUSDT", qty, entry)))


def aster(x):
    """Binance's rulebook; the wallet is the margin without the profit."""
    wallet = float(x["isolatedMargin"]) - float(x["unRealizedProfit"])
    return linear(policy("binance-usdm"), "BTC", float(x["positionAmt"]), float(x["entryPrice"]), wallet)


def kucoin(x):
    qty = x["currentQty"] * 0.01
    return linear(flat(x["posMaint"] / x["posCost"], held_at_entry=1), "ETH", qty, x["posCost"] / qty, x["posMargin"])


def phemex(x):
    return linear(flat(x["maintMarginReq"], held_at_entry=1), "ETH", 0.005, x["avgEntryPrice"], x["positionMargin"])


def maintenance(rule, symbol, qty, mark):
    return margin(rule, price(symbol[:3], mark), ticker(symbol, mark), cross({"USDT": 1000}, position(symbol, qty, mark)))["maintenance_margin"]


def numbers(record):
    """The response with those members as numbers that are read as such."""
    return {k: float(v) if k in ("maintMarginReq", "avgEntryPrice", "positionMargin") else v for k, v in record.items()}


# Venue, what the response must have for it to be this one, the venue's figure, and ours.
RESPONSES = [
    ("aster", {"symbol": "BTCUSDT", "marginType": "isolated"}, "liquidationPrice", aster),
    ("bybit", {"symbol": "ETHUSDT", "leverage": "4.2"}, "liqPrice", lambda x: linear(bybit(x, 0.005, 0.0006), "ETH", float(x["size"]), float(x["entryPrice"]), float(x["positionBalance"]))),
    ("bybit", {"symbol": "ETHUSDT", "leverage": "10"}, "positionMM", lambda x: bybit_margin(x, 0.005, 0.0006, "maintenance_margin")),
    ("bybit", {"symbol": "ETHUSDT", "leverage": "10"}, "positionIM", lambda x: bybit_margin(x, 0.005, 0.0006, "initial_margin")),
    ("bybit", {"symbol": "XRPUSDT"}, "positionIM", lambda x: bybit_margin(x, 0.01, 0.0006, "initial_margin")),
    ("kucoin", {"symbol": "ETHUSDTM", "posCost": 83.642}, "liquidationPrice", kucoin),
    ("phemex", {"symbol": "ETHUSD"}, "liquidationPrice", lambda x: phemex(numbers(x))),
    ("okx", {"instId": "BTC-USDT-SWAP"}, "liqPx", okx_cross),
    ("okx", {"instId": "ETH-USD-210430"}, "liqPx", okx_inverse),
    ("lighter", {"total": 2}, "liquidation_price", lighter),
    ("blofin", {"instId": "BTC-USDT"}, "maintenanceMargin", lambda x: maintenance(flat(0.003), "BTC-USDT-SWAP", 0.0001, float(x["markPrice"]))),
    ("htx", {"contract_code": "BTC-USDT", "margin_mode": "cross"}, "maintenance_margin", lambda x: maintenance(flat(0.0034), "BTC-USDT-SWAP", 0.001, x["mark_price"])),
]


def records(value):
    """Every object inside a response, the outermost first."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from records(inner)


def find(responses, venue, wanted):
    for response in responses:
        if response["venue"] != venue:
            continue
        for record in records(response["raw"]):
            if all(record.get(k) == v for k, v in wanted.items()):
                return record
    return None


def figure(record, member):
    """The first of that name in the record or inside it."""
    return next(float(r[member]) for r in records(record) if r.get(member) not in (None, ""))


def main():
    path = os.path.join(VENUE, "ccxt_examples.jsonl")
    if not os.path.exists(path):
        print("skipped: no venue data beside the project")
        sys.exit(77)
    with open(path, encoding="utf-8") as file:
        responses = [json.loads(line) for line in file]
    print(f"     {'figure':<32}{'venue':>20}{'tidemark':>20}{'error':>10}")
    for venue, wanted, member, ours in RESPONSES:
        record = find(responses, venue, wanted)
        if record is None:
            failures.append(venue)
            print(f"FAIL {venue}: no such response")
            continue
        report(f"{venue} {member}", figure(record, member), ours(record), LIMIT, " ".join(str(v) for v in wanted.values()))
    print(f"{len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
