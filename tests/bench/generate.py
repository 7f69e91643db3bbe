#!/usr/bin/env python3
"""Synthetic records for measuring and comparing: the same arguments always give the same bytes.

    generate.py market > market.jsonl
    generate.py accounts -n 20000 -p 20 > accounts.jsonl
    generate.py accounts -n 4000 --distinct    every position an option of its own; so for market
    generate.py accounts -n 4000 --requote     new tickers of its options come before each account
    generate.py candles -n 1000000 > candles.jsonl

Coin-settled options, perpetuals and futures of BTC and ETH, linear ones of SOL and XRP, linear perpetuals of
ten more. Full accounts repeat the contract's terms and marks in every position, as venues do (4 KB for 20).
"""
import argparse
import math
import random
import sys
from datetime import datetime, timedelta, timezone

NOW = datetime(2025, 1, 1, tzinfo=timezone.utc)
NOW_MS = int(NOW.timestamp() * 1000)
YEAR_MS = 365 * 86_400_000
OPTIONED = [  # underlying, index, vol, strike step, decimals of a price, of a quantity
    ("BTC", 93412.37, 0.52, 2000.0, 1, 3), ("ETH", 3345.81, 0.64, 100.0, 2, 3),
    ("SOL", 189.294, 0.85, 5.0, 3, 2), ("XRP", 2.31417, 0.95, 0.1, 5, 1)]
COIN_SETTLED = ("BTC", "ETH")
PERPETUAL = [  # underlying, index, vol, decimals of a price
    ("DOGE", 0.31542, 1.0, 5), ("ADA", 0.84512, 0.9, 5), ("AVAX", 35.7121, 0.9, 4), ("LINK", 20.0132, 0.85, 4),
    ("DOT", 6.6214, 0.85, 4), ("LTC", 103.412, 0.75, 3), ("BCH", 434.21, 0.8, 2), ("NEAR", 5.1234, 1.0, 4),
    ("APT", 9.0151, 1.0, 4), ("ARB", 0.71852, 1.1, 5)]
EXPIRY_DAYS = [1, 2, 3, 9, 16, 30, 58, 86, 177, 268]


def fixed(value, decimals):
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def black76(forward, strike, deviation, call):
    d1 = math.log(forward / strike) / deviation + 0.5 * deviation
    below = lambda z: 0.5 * math.erfc(-z / math.sqrt(2.0))
    if call:
        return forward * below(d1) - strike * below(d1 - deviation)
    return strike * below(deviation - d1) - forward * below(-d1)


class Generator:
    def __init__(self, options):
        self.options = options
        self.rng = random.Random(0)  # one market, whatever the seed of accounts and candles
        self.quote = "" if options.numbers == "number" else '"'
        self.listed = {"perp": [], "future": [], "option": []}
        for underlying in OPTIONED:
            self.list_underlying(*underlying)
        for name, index, vol, decimals in PERPETUAL:
            self.add("perp", f"{name}_USDC-PERPETUAL", name, "USDC", index, decimals, 0)
        if options.distinct:
            count = options.n * options.positions
            self.listed["option"] = []
            for number in range(count):
                self.list_distinct(number)
        self.rng = random.Random(options.seed)

    def num(self, value, decimals):
        return f"{self.quote}{fixed(value, decimals)}{self.quote}"

    def add(self, kind, symbol, name, settle, mark, decimals, qty_decimals, **terms):
        quote = "USD" if settle == name else "USDC"
        self.listed[kind].append(dict(kind=kind, symbol=symbol, underlying=name, quote=quote, settle=settle,
                                      mark=mark, decimals=decimals, qty_decimals=qty_decimals, **terms))

    def list_underlying(self, name, index, vol, step, decimals, qty_decimals):
        coin = name in COIN_SETTLED
        stem, settle = (name, name) if coin else (f"{name}_USDC", "USDC")
        self.add("perp", f"{stem}-PERPETUAL", name, settle, index * 1.0001, decimals, qty_decimals)
        for days in EXPIRY_DAYS:
            expiry = NOW + timedelta(days=days, hours=8)
            years = (days * 24 + 8) / (365.0 * 24)
            forward = round(index * math.exp((0.045 + self.rng.gauss(0, 0.005)) * years), decimals)
            tag = f"{stem}-{expiry.day}{expiry:%b%y}".upper()
            at = dict(expiry=int(expiry.timestamp() * 1000), years=years)
            if days >= 30:
                self.add("future", tag, name, settle, forward, decimals, qty_decimals, **at)
            centre = round(forward / step)
            width = max(6, min(20, int(3.0 * vol * math.sqrt(years) * index / step)))
            for k in range(max(1, centre - width), centre + width + 1):
                for side in "CP":
                    symbol = f"{tag}-{fixed(k * step, 1).replace('.', 'd')}-{side}"
                    self.list_option(symbol, name, settle, forward, k * step, vol, side, decimals,
                                     qty_decimals, at)

    def list_option(self, symbol, name, settle, forward, strike, vol, side, decimals, qty_decimals, at):
        moneyness = math.log(strike / forward) / max(vol * math.sqrt(at["years"]), 0.02)
        smile = 1.0 - 0.03 * moneyness + 0.02 * moneyness * moneyness
        mark_vol = round(max(0.12, vol * smile * (1.0 + 0.1 / (1.0 + 10.0 * at["years"]))), 6)
        value = black76(forward, strike, mark_vol * math.sqrt(at["years"]), side == "C")
        coin = settle == name
        self.add("option", symbol, name, settle, value / forward if coin else value, 6 if coin else decimals + 2,
                 qty_decimals, strike=strike, side=side, forward=forward, mark_vol=mark_vol, coin=coin, **at)

    def list_distinct(self, number):
        name, index, vol, _, decimals, qty_decimals = OPTIONED[number % len(OPTIONED)]
        days = self.rng.choice(EXPIRY_DAYS[2:])
        at = dict(expiry=NOW_MS + days * 86_400_000 + 8 * 3_600_000, years=(days * 24 + 8) / (365.0 * 24))
        deviation = vol * math.sqrt(at["years"])
        forward = round(index * math.exp(self.rng.gauss(0, 0.01)), decimals)
        strike = round(forward * math.exp(deviation * self.rng.gauss(0, 1)), decimals)
        self.list_option(f"{name}-{number}", name, name if name in COIN_SETTLED else "USDC", forward, strike, vol,
                         self.rng.choice("CP"), decimals, qty_decimals, at)

    def market(self):
        for name, index, vol, *_ in OPTIONED + [(n, i, v) for n, i, v, _ in PERPETUAL]:
            yield f'{{"type":"price","asset":"{name}","ts":{NOW_MS},"price":{self.num(index, 6)},' \
                  f'"confidence":{self.num(index * 2e-4, 8)}}}'
            yield self.vol_line(name, vol)
        names = [u[0] for u in OPTIONED]
        rows = [[1 if a == b else 0.62 + 0.02 * (i + j) for j, b in enumerate(names)] for i, a in enumerate(names)]
        matrix = ",".join("[" + ",".join(fixed(x, 4) for x in row) + "]" for row in rows)
        assets = ",".join(f'"{name}"' for name in names)
        yield f'{{"type":"correlation","ts":{NOW_MS},"assets":[{assets}],"matrix":[{matrix}],"samples":720}}'
        for group in self.listed.values():
            for one in group:
                yield self.instrument_line(one)
                yield self.ticker_line(one)

    def vol_line(self, name, vol):
        implied = ""
        if name in [u[0] for u in OPTIONED]:
            implied = f',"implied":{{"annual_vol":{fixed(vol, 4)},"horizon_years":0.00548,"rr25":-0.041,' \
                      f'"bf25":0.013,"as_of_ts":{NOW_MS}}}'
        return f'{{"type":"vol","underlying":"{name}","ts":{NOW_MS},"annual_vol":{fixed(vol * 1.1, 4)},' \
               f'"base_annual_vol":{fixed(vol, 4)},"estimator":"ewma","base_estimator":"close_to_close"' \
               f'{implied},"samples":720,"gaps":0,"days_per_year":365}}'

    def terms(self, one):
        text = f'"expiry_ts":{one["expiry"]},' if "expiry" in one else ""
        if one["kind"] == "option":
            text += f'"strike_price":{self.num(one["strike"], one["decimals"])},' \
                    f'"option_type":"{"call" if one["side"] == "C" else "put"}",'
        return text

    def marks(self, one):
        text = ""
        if one["kind"] == "option":
            text = f'"forward_price":{self.num(one["forward"], one["decimals"])},"mark_vol":{one["mark_vol"]},'
        return f'{text}"mark_price":{self.num(one["mark"], one["decimals"] + 2)}'

    def instrument_line(self, one):
        return f'{{"type":"instrument","symbol":"{one["symbol"]}","kind":"{one["kind"]}",' \
               f'"underlying":"{one["underlying"]}","quote_asset":"{one["quote"]}",' \
               f'"settle_asset":"{one["settle"]}",{self.terms(one)}"ts":{NOW_MS}}}'

    def ticker_line(self, one, later_ms=0):
        unit = ',"price_unit":"coin"' if one.get("coin") else ""
        return f'{{"type":"ticker","symbol":"{one["symbol"]}","ts":{NOW_MS + later_ms},{self.marks(one)}{unit}}}'

    def accounts(self):
        for number in range(self.options.n):
            held = [self.pick(number, i) for i in range(self.options.positions)]
            if self.options.requote:
                yield from (self.ticker_line(one, number + 1) for one in held if one["kind"] == "option")
            positions = ",".join(map(self.position, held))
            cash = math.exp(self.rng.gauss(11, 1.5))
            coins = cash / OPTIONED[0][1] * (self.rng.random() - 0.2)
            yield f'{{"type":"account","account_id":"A{number:08d}","ts":{NOW_MS},"margin_mode":"cross",' \
                  f'"collateral":[{{"asset":"USDC","qty":{self.num(cash, 6)}}},' \
                  f'{{"asset":"BTC","qty":{self.num(coins, 8)}}}],"positions":[{positions}]}}'

    def pick(self, account, i):
        at, share = self.rng.random(), self.options.option_share
        if self.options.distinct:
            return self.listed["option"][account * self.options.positions + i]
        kind = "option" if at < share else "perp" if at < share + 0.75 * (1.0 - share) else "future"
        return self.rng.choice(self.listed[kind])

    def position(self, one):
        rng = self.rng
        index = one.get("forward", one["mark"])
        qty = 10_000 / index * math.exp(rng.gauss(0, 1.2)) * rng.choice((1, -1))
        qty = round(qty, one["qty_decimals"]) or 10.0 ** -one["qty_decimals"]
        entry = max(one["mark"] * math.exp(rng.gauss(0, 0.05)), 10.0 ** -(one["decimals"] + 2))
        symbol = "UNKNOWN-PERPETUAL" if rng.random() < self.options.unpriced else one["symbol"]
        text = f'{{"symbol":"{symbol}","qty":{self.num(qty, one["qty_decimals"])},' \
               f'"entry_price":{self.num(entry, one["decimals"] + 2)}'
        if self.options.style == "full":
            text += f',"kind":"{one["kind"]}","underlying":"{one["underlying"]}",{self.terms(one)}{self.marks(one)}'
        return text + "}"

    def candles(self):
        names = [u[0] for u in OPTIONED] + [u[0] for u in PERPETUAL]
        names = names[:self.options.symbols]
        price = {u[0]: (u[1], u[4] if len(u) > 4 else u[3]) for u in OPTIONED + PERPETUAL}
        variance = dict.fromkeys(names, 1e-6)
        gauss = self.rng.gauss
        for k in range(self.options.n):
            name = names[k % len(names)]
            (opened, decimals), deviation = price[name], math.sqrt(variance[name])
            move = gauss(0, deviation)
            close = opened * math.exp(move)
            high = max(opened, close) * math.exp(abs(gauss(0, deviation)) * 0.5)
            low = min(opened, close) * math.exp(-abs(gauss(0, deviation)) * 0.5)
            variance[name] = 2e-8 + 0.08 * move * move + 0.90 * variance[name]
            price[name] = close, decimals
            ohlc = [self.num(x, decimals + 3) for x in (opened, high, low, close)]
            yield f'{{"type":"candle","symbol":"{name}_USDC-PERPETUAL","ts":{NOW_MS + k // len(names) * 60000},' \
                  f'"interval_ms":60000,"open":{ohlc[0]},"high":{ohlc[1]},"low":{ohlc[2]},"close":{ohlc[3]},' \
                  f'"volume":{self.num(abs(gauss(40, 20)) + 0.1, 4)}}}'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["market", "accounts", "candles"])
    parser.add_argument("-n", type=int, default=1000, help="accounts or candles")
    parser.add_argument("-p", "--positions", type=int, default=20)
    parser.add_argument("--symbols", type=int, default=14, help="of candles")
    parser.add_argument("--option-share", type=float, default=0.6)
    parser.add_argument("--style", choices=["full", "lean"], default="full")
    parser.add_argument("--numbers", choices=["string", "number"], default="string", help="decimals in quotes or not")
    parser.add_argument("--distinct", action="store_true", help="list one option for each position")
    parser.add_argument("--requote", action="store_true", help="before each account, tickers of its options")
    parser.add_argument("--unpriced", type=float, default=0.0, help="share of positions that no ticker prices")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lines = getattr(Generator(options), options.kind)()
    sys.stdout.writelines(line + "\n" for line in lines)


if __name__ == "__main__":
    main()
