#!/usr/bin/env python3
"""Writes the sample market and the sample book: a made-up week's end, the same bytes every time.

    make_sample.py candles > candles.jsonl     400 daily bars of BTC and of ETH
    make_sample.py tickers > tickers.jsonl     option chains, perpetuals, prices
    make_sample.py accounts > accounts.jsonl   a book in which every status occurs
    cat candles.jsonl tickers.jsonl | vol-estimate > market.jsonl
    make_sample.py yesterday | vol-estimate > yesterday.jsonl     market and book of the day before

and two files as venues write them:

    make_sample.py klines > venue/BTCUSDT-1h-2026-02-28.csv     a day of hourly bars
    make_sample.py chain > venue/chain.csv                      the BTC chain of tickers.jsonl

Options are quoted as Deribit does, in coin, at Black-76 of the volatility that stands beside them.
"""
import json
import math
import random
import sys

DAY_MS = 86_400_000
NOW = 1_772_323_200_000  # 2026-03-01T00:00:00Z
DAYS = 400
EXPIRIES = {"27MAR26": 1_774_598_400_000, "26JUN26": 1_782_460_800_000}  # 08:00 UTC
ASSETS = {
    # spot now, daily volatility, smile at the money per expiry, slope and curvature in log-moneyness
    "BTC": {"spot": 84_000.0, "daily": 0.028, "atm": (0.56, 0.54), "slope": -0.22, "curve": 0.35,
            "strikes": (60_000, 70_000, 80_000, 84_000, 90_000, 100_000, 120_000), "carry": 0.05},
    "ETH": {"spot": 2_800.0, "daily": 0.038, "atm": (0.72, 0.69), "slope": -0.18, "curve": 0.30,
            "strikes": (2_000, 2_300, 2_600, 2_800, 3_000, 3_400, 4_000), "carry": 0.04},
}


CHANGED = {}  # collateral and positions of accounts that stood otherwise


def emit(**record):
    print(json.dumps(record, separators=(",", ":")))


def black76(forward, strike, years, vol, call):
    sd = vol * math.sqrt(years)
    d1 = math.log(forward / strike) / sd + sd / 2
    cdf = lambda x: 0.5 * math.erfc(-x / math.sqrt(2))
    value = forward * cdf(d1) - strike * cdf(d1 - sd)
    return value if call else value - (forward - strike)


def bars():
    """Daily bars that end at the spot; BTC and ETH share most of each day's move."""
    rng = random.Random(20260301)
    moves = {name: [] for name in ASSETS}
    for _ in range(DAYS):
        market = rng.gauss(0, 1)
        for name, a in ASSETS.items():
            own = rng.gauss(0, 1)
            moves[name].append(a["daily"] * (0.85 * market + math.sqrt(1 - 0.85**2) * own))
    for name, a in ASSETS.items():
        close = a["spot"] * math.exp(-sum(moves[name]))
        for day, move in enumerate(moves[name]):
            start, close = close, close * math.exp(move)
            top = max(start, close) * math.exp(abs(rng.gauss(0, 0.35)) * a["daily"])
            bottom = min(start, close) * math.exp(-abs(rng.gauss(0, 0.35)) * a["daily"])
            yield dict(type="candle", symbol=f"{name}USDT", ts=NOW - (DAYS - day) * DAY_MS, interval_ms=DAY_MS,
                       open=round(start, 2), high=round(top + 0.01, 2), low=round(bottom - 0.01, 2),
                       close=round(close, 2), volume=round(1e9 / close * math.exp(rng.gauss(0, 0.3)), 3))


def candles():
    for bar in bars():
        emit(**bar)


def quotes(a, expiry, atm):
    """Strike, whether a call, forward, volatility and value in coin of every option of one expiry."""
    years = (expiry - NOW) / (365 * DAY_MS)
    forward = round(a["spot"] * math.exp(a["carry"] * years), 2)
    for strike in a["strikes"]:
        k = math.log(strike / forward)
        vol = round(atm + a["slope"] * k + a["curve"] * k * k, 4)
        for call in (True, False):
            yield strike, call, forward, vol, round(black76(forward, strike, years, vol, call) / forward, 6)


def options(name, a):
    for (label, expiry), atm in zip(EXPIRIES.items(), a["atm"]):
        for strike, call, forward, vol, coin in quotes(a, expiry, atm):
            emit(type="ticker", symbol=f"{name}-{label}-{strike}-{'C' if call else 'P'}", ts=NOW,
                 mark_price=coin, price_unit="coin", bid_price=round(coin * 0.98, 6),
                 ask_price=round(coin * 1.02, 6), index_price=a["spot"], forward_price=forward, mark_vol=vol)


def tickers():
    for name, a in ASSETS.items():
        emit(type="price", asset=name, ts=NOW, price=a["spot"], confidence=round(a["spot"] * 2e-4, 2))
        for symbol in (f"{name}-PERPETUAL", f"{name}_USDC-PERPETUAL"):
            emit(type="ticker", symbol=symbol, ts=NOW, mark_price=round(a["spot"] * 1.0002, 2),
                 index_price=a["spot"], funding_rate=0.0001, funding_interval_hours=8)
    emit(type="price", asset="USDC", ts=NOW, price=0.9999, confidence=0.0002)
    for name, spread, depth, adv in (("BTC", 0.00005, 1.0, 2e10), ("ETH", 0.0001, 0.6, 1e10)):
        emit(type="liquidity", underlying=name, ts=NOW, half_spread_rate=spread,
             depth_value={"10": 2e7 * depth, "25": 6e7 * depth, "50": 1.2e8 * depth}, adv_value=adv,
             impact={"coefficient": 1.0, "exponent": 0.5}, state="calm")
    # An option that nobody has quoted for an hour: whoever holds it cannot be computed.
    emit(type="ticker", symbol="BTC-27MAR26-150000-C", ts=NOW - 3_600_000, mark_price=0.0004, price_unit="coin",
         index_price=83_900.0, forward_price=84_200.0, mark_vol=0.83)
    for name, a in ASSETS.items():
        options(name, a)


def klines():
    rng = random.Random(20260228)
    price, hour = 83_200.0, 3_600_000
    for i in range(24):
        start, price = price, price * math.exp(rng.gauss(0, 0.005))
        top, bottom = max(start, price) * 1.001, min(start, price) * 0.999
        ts = NOW - (24 - i) * hour
        print(f"{ts * 1000},{start:.2f},{top:.2f},{bottom:.2f},{price:.2f},{rng.uniform(200, 900):.5f},"
              f"{(ts + hour) * 1000 - 1},0,0,0,0,0")


def chain():
    print("ts,instrument,type,strike,expiry,bid,ask,mark,underlying_price,mark_iv,open_interest,volume_24h,index_price")
    a = ASSETS["BTC"]
    for (label, expiry), atm in zip(EXPIRIES.items(), a["atm"]):
        day = {"27MAR26": "2026-03-27", "26JUN26": "2026-06-26"}[label]
        for strike, call, forward, vol, coin in quotes(a, expiry, atm):
            print(f"2026-03-01T00:00:00.000000+00:00,BTC-{label}-{strike}-{'C' if call else 'P'},"
                  f"{'call' if call else 'put'},{strike}.0,{day}T08:00:00+00:00,{coin * 0.98:.6f},{coin * 1.02:.6f},"
                  f"{coin},{forward},{vol},12.5,3.0,{a['spot']}")


def account(account_id, collateral, positions, **more):
    collateral, positions = CHANGED.get(account_id, (collateral, positions))
    rows = []
    for symbol, qty, *entry in positions:
        rows.append({"symbol": symbol, "qty": qty})
        if entry:
            rows[-1]["entry_price"] = entry[0]
        if len(entry) > 1:
            rows[-1]["isolated_margin"] = entry[1]
    emit(type="account", account_id=account_id, ts=NOW, **more,
         collateral=[{"asset": asset, "qty": qty} for asset, qty in collateral.items()], positions=rows)


def accounts():
    account("covered-call", {"BTC": 5}, [("BTC-27MAR26-100000-C", -5)])
    account("basis-trade", {"BTC": 10}, [("BTC_USDC-PERPETUAL", -9.5, 83_200)])
    account("call-spread", {"USDC": 60_000}, [("BTC-26JUN26-90000-C", 10), ("BTC-26JUN26-100000-C", -10)])
    account("iron-condor", {"USDC": 90_000},
            [("BTC-27MAR26-60000-P", 6), ("BTC-27MAR26-70000-P", -6), ("BTC-27MAR26-100000-C", -6),
             ("BTC-27MAR26-120000-C", 6)])
    account("calendar", {"USDC": 60_000}, [("ETH-27MAR26-3000-C", -100), ("ETH-26JUN26-3000-C", 100)])
    account("protected-long", {"USDC": 40_000}, [("BTC_USDC-PERPETUAL", 4, 81_000), ("BTC-27MAR26-80000-P", 4)])
    account("pair-trade", {"USDC": 90_000}, [("BTC_USDC-PERPETUAL", 3, 84_100), ("ETH_USDC-PERPETUAL", -90, 2_790)])
    account("short-strangle", {"USDC": 70_000}, [("BTC-27MAR26-70000-P", -5), ("BTC-27MAR26-100000-C", -5)])
    account("inverse-long", {"BTC": 1.6}, [("BTC-PERPETUAL", 4, 86_000)])
    account("loan", {"BTC": 4, "USDC": -250_000}, [])
    account("two-bets", {"USD": 5_000},
            [("BTC_USDC-PERPETUAL", 1, 83_000, 21_000), ("ETH_USDC-PERPETUAL", 20, 2_900, 22_000)],
            margin_mode="isolated")
    account("long-perp", {"USDC": 130_000}, [("BTC_USDC-PERPETUAL", 8, 91_000)])
    account("short-gamma", {"USDC": 236_000},
            [("ETH-27MAR26-2800-C", -300), ("ETH-27MAR26-2800-P", -300), ("ETH_USDC-PERPETUAL", 30, 2_780)])
    account("blown-short", {"USDC": 30_000}, [("ETH_USDC-PERPETUAL", -250, 2_640)])
    account("unquoted", {"USDC": 25_000}, [("BTC-27MAR26-150000-C", 20)])


def yesterday():
    """The day before, at its close and its own volatility: an option expired since, some positions changed."""
    global NOW
    earlier = [bar for bar in bars() if bar["ts"] < NOW - DAY_MS]
    NOW -= DAY_MS
    for name, a in ASSETS.items():
        a["spot"] = [bar["close"] for bar in earlier if bar["symbol"] == name + "USDT"][-1]
    ASSETS["BTC"]["atm"], ASSETS["ETH"]["atm"] = (0.49, 0.51), (0.66, 0.65)
    EXPIRIES["28FEB26"] = 1_772_265_600_000
    for a in ASSETS.values():
        a["atm"] += (a["atm"][0],)
    for bar in earlier:
        emit(**bar)
    tickers()
    CHANGED.update({
        "covered-call": ({"BTC": 5}, [("BTC-27MAR26-100000-C", -5), ("BTC-28FEB26-84000-C", -2)]),
        "long-perp": ({"USDC": 180_000}, [("BTC_USDC-PERPETUAL", 5, 92_000)]),
        "short-gamma": ({"USDC": 236_000}, [("ETH-27MAR26-2800-C", -200), ("ETH-27MAR26-2800-P", -200),
                                            ("ETH_USDC-PERPETUAL", 20, 2_780)])})
    accounts()
    account("retired", {"USDC": 15_000}, [("ETH_USDC-PERPETUAL", 4, 2_700)])


if __name__ == "__main__":
    {"candles": candles, "tickers": tickers, "accounts": accounts, "klines": klines, "chain": chain,
     "yesterday": yesterday}[sys.argv[1]]()
