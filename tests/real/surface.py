#!/usr/bin/env python3
"""surface.py BIN_DIR SHARED_DIR: implied volatility on real quotes, through the command line.

Cboe's worked example of its index, and three option chains: a calm day, a crash, and one between them. Exit 77 where
the data is not there.
"""
import json
import math
import os
import subprocess
import sys
from statistics import median

BIN, SHARED = sys.argv[1], sys.argv[2]
CHAINS = os.path.join(SHARED, "data", "deribit_chains")
WINTER, CRASH, CALM = "chain_20260110T091409Z.csv.gz", "chain_20260205T155132Z.csv.gz", "chain_20260817T095229Z.csv.gz"
MINUTE, START = 60_000, 1_388_998_800_000
failures = []


def check(holds, what):
    print(("ok    " if holds else "FAIL  ") + what)
    if not holds:
        failures.append(what)


def tool(name, *arguments, feed=b""):
    done = subprocess.run([os.path.join(BIN, name), *arguments], input=feed, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"{name} {' '.join(arguments)}: exit {done.returncode}: {done.stderr.decode()[:600]}")
    return done.stdout


def vols(feed, *options):
    records = [json.loads(line) for line in tool("vol-estimate", *options, feed=feed).splitlines()]
    return {r["underlying"]: r for r in records if r["type"] == "vol"}


def cboe_quotes(file, minutes):
    """The table of one expiry as two CSV tables of one row an option, and those as records."""
    with open(os.path.join(SHARED, "data", file)) as source:
        table = [line.strip().split(",") for line in source][1:]
    rows = "symbol,strike,side,bid,ask\n"
    for strike, call_bid, call_ask, put_bid, put_ask in table:
        rows += f"SPX {minutes} {strike} C,{strike},call,{call_bid},{call_ask}\n"
        rows += f"SPX {minutes} {strike} P,{strike},put,{put_bid},{put_ask}\n"
    terms = (f"type=instrument,symbol=symbol,kind='option',underlying='SPX',quote_asset='USD',settle_asset='USD',"
             f"expiry_ts='{START + minutes * MINUTE}',strike_price=strike,option_type=side,ts='{START}'")
    quotes = f"type=ticker,symbol=symbol,ts='{START}',bid_price=bid,ask_price=ask"
    return b"".join(tool("feed-import", "--from", "csv", "--map", m, feed=rows.encode()) for m in (terms, quotes))


def check_cboe():
    """Cboe's white paper of 2019, and methodology v6.0 of 2026 on the same quotes."""
    for year, near, following, published in (
            (2019, (35924, .000305, .01846292), (46394, .000286, .01882101), 13.69),
            (2026, (34484, .00031664, .019233906), (44954, .00028797, .019423884), 13.93)):
        feed = b""
        for file, (minutes, rate, variance), strikes in (("vix_near.csv", near, (1370, 2125, 146)), ("vix_next.csv", following, (1275, 2200, 122))):
            quotes = cboe_quotes(file, minutes)
            feed += quotes
            strip = vols(quotes, "--rate", str(rate))["SPX"]["terms"][0]["model_free"]
            found = (strip["least_strike"], strip["greatest_strike"], strip["strikes"])
            check(found == strikes, f"Cboe {year}: strikes {found}")
            check(abs(strip["annual_vol"] ** 2 - variance) < 2e-8, f"Cboe {year}: variance {strip['annual_vol'] ** 2:.9f}, published {variance}")
        index = vols(feed, "--rate", "0.0003")["SPX"]["implied"]["model_free"]
        check(index["bracketed"] and abs(100 * index["annual_vol"] - published) < 0.005, f"Cboe {year}: index {100 * index['annual_vol']:.4f}, published {published}")


def density(svi, k):
    """Up to a positive factor; below 0 a butterfly has a negative price (Gatheral and Jacquier 2014)."""
    root = math.hypot(k - svi["m"], svi["sigma"])
    w = svi["a"] + svi["b"] * (svi["rho"] * (k - svi["m"]) + root)
    first, second = svi["b"] * (svi["rho"] + (k - svi["m"]) / root), svi["b"] * svi["sigma"] ** 2 / root ** 3
    return (1 - k * first / (2 * w)) ** 2 - first ** 2 / 4 * (1 / w + 1 / 4) + second / 2


def check_slices(name, terms):
    fits = [t["svi_fit"] for t in terms]
    errors = [f["rmse_vol"] / f["half_spread_vol"] for f in fits]
    check(median(errors) < 1, f"{name}: SVI errs by {100 * median(f['rmse_vol'] for f in fits):.2f} points, median; in half spreads {median(errors):.2f}, the worst {max(errors):.2f}")
    worst = min(density(t["svi"], k / 200) for t in terms for k in range(-400, 401))
    check(worst >= -1e-9, f"{name}: no butterfly; {sum(f['repaired'] for f in fits)} of {len(fits)} slices had one and name where")
    check(all(f["repaired"] or "butterfly_negative" not in f for f in fits), f"{name}: a slice that is not repaired has no interval")
    check(not any("calendar_crossed" in f for f in fits), f"{name}: no calendar arbitrage where both are quoted")


def check_surface(name, vol):
    surface, terms = vol["implied"]["surface"], [t for t in vol["terms"] if "ssvi" in t]
    spread = median(t["ssvi"]["half_spread_vol"] for t in terms)
    free = surface["eta"] * (1 + abs(surface["rho"])) <= 2 and surface["gamma"] <= 0.5
    rising = all(a["ssvi"]["theta"] <= b["ssvi"]["theta"] for a, b in zip(terms, terms[1:]))
    check(free and rising, f"{name}: SSVI is free by its parameters; errs by {100 * surface['rmse_vol']:.2f} points over {surface['quotes']} options, median half spread {100 * spread:.2f}")


def check_strips(name, vol):
    strips = [(t["atm_vol"], t["model_free"]) for t in vol["terms"]]
    check(all(s["annual_vol"] > atm for atm, s in strips if s["status"] == "ok"), f"{name}: a strip lies above its volatility at the money")
    check(sum(s["status"] == "ok" for _, s in strips) >= 0.7 * len(strips), f"{name}: strips {[s['status'] for _, s in strips]}")
    check(vol["implied"]["model_free"]["bracketed"], f"{name}: 30-day index {100 * vol['implied']['model_free']['annual_vol']:.1f}")


def check_marks_alone(name, feed, vol):
    """Without the venue's volatilities and forwards its marks give them back."""
    records = [json.loads(line) for line in feed.splitlines()]
    bare = [{k: v for k, v in r.items() if k not in ("mark_vol", "forward_price")} for r in records]
    again = vols("".join(json.dumps(r) + "\n" for r in bare).encode())
    for coin, v in vol.items():
        pairs = list(zip(v["terms"], again[coin]["terms"]))
        check(len(again[coin]["terms"]) == len(v["terms"]) and all(b["forward_by_parity"] for _, b in pairs), f"{name} {coin}: every expiry has a forward by parity")
        worst = max(abs(a["atm_vol"] - b["atm_vol"]) for a, b in pairs)
        forwards = max(abs(a["forward_price"] / b["forward_price"] - 1) for a, b in pairs)
        check(median(abs(a["atm_vol"] - b["atm_vol"]) for a, b in pairs) < 0.001 and forwards < 0.002, f"{name} {coin}: at the money off by at most {100 * worst:.2f} points, forwards by {1e4 * forwards:.1f} bp")


def slope(vol):
    """Front against back at the money."""
    return vol["terms"][1]["atm_vol"] / vol["terms"][-1]["atm_vol"]


def show(name, vol):
    print(f"\n{name}\n{'days':>8}{'atm':>8}{'bid':>8}{'ask':>8}{'rr25':>8}{'bf25':>8}{'svi':>8}{'ssvi':>8}{'half':>8}{'index':>8}   points")
    for t in vol["terms"]:
        figures = [t["atm_vol"], t["atm_bid_vol"], t["atm_ask_vol"], t["rr25"], t["bf25"], t["svi_fit"]["rmse_vol"], t["ssvi"]["rmse_vol"], t["svi_fit"]["half_spread_vol"]]
        index = t["model_free"].get("annual_vol")
        print(f"{365 * t['years']:8.1f}" + "".join(f"{100 * f:8.2f}" for f in figures) + (f"{100 * index:8.2f}" if index else "       -"))


def main():
    if not os.path.exists(os.path.join(CHAINS, CRASH)) or not os.path.exists(os.path.join(SHARED, "data", "vix_near.csv")):
        print("skipped: no market data beside the project")
        sys.exit(77)
    check_cboe()
    found = {}
    for name, chain in (("winter", WINTER), ("crash", CRASH), ("calm", CALM)):
        feed = tool("feed-import", "--from", "deribit-chain", os.path.join(CHAINS, chain))
        found[name] = vols(feed, "--svi", "--ssvi")
        for coin, vol in found[name].items():
            show(f"{name} {coin}", vol)
            check_slices(f"{name} {coin}", vol["terms"])
            check_surface(f"{name} {coin}", vol)
            check_strips(f"{name} {coin}", vol)
        check_marks_alone(name, feed, found[name])
    print()
    for coin in ("BTC", "ETH"):
        crash, calm = found["crash"][coin], found["calm"][coin]
        check(slope(crash) > 1.5 and slope(calm) < 1, f"{coin}: front over back {slope(crash):.2f} in the crash, {slope(calm):.2f} on the calm day")
        check(crash["implied"]["rr25"] < 4 * calm["implied"]["rr25"] < 0, f"{coin}: rr25 {100 * crash['implied']['rr25']:.1f} in the crash, {100 * calm['implied']['rr25']:.1f} on the calm day")
        check(crash["implied"]["model_free"]["annual_vol"] > 1.5 * calm["implied"]["model_free"]["annual_vol"], f"{coin}: the index is higher by half and more in the crash")
    sys.exit(1 if failures else 0)


main()
