#!/usr/bin/env python3
"""deletion.py BIN_DIR SHARED_DIR [EVERY]: the deletion law (tests/laws/deletion.cpp) on the option chain of a crash and
the book beside this file. Of options that no account holds every EVERY-th line is damaged, 1 for all of them.
Exit 77 where the data is not there.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BIN, SHARED = sys.argv[1], sys.argv[2]
EVERY = sys.argv[3] if len(sys.argv) > 3 else "97"
CHAIN = os.path.join(SHARED, "data", "deribit_chains", "chain_20260205T155132Z.csv.gz")
TS = 1770306692535


def perps(prices):
    """Perpetuals marked at the index: the chain holds options only."""
    for record in prices:
        for symbol in (record["asset"] + "-PERPETUAL", record["asset"] + "_USDC-PERPETUAL"):
            yield {"type": "ticker", "symbol": symbol, "ts": TS, "mark_price": record["price"], "index_price": record["price"]}


def vols():
    for underlying in ("BTC", "ETH"):
        yield {"type": "vol", "underlying": underlying, "ts": TS, "annual_vol": 1.0, "base_annual_vol": 0.6, "estimator": "implied", "base_estimator": "ewma",
               "implied": {"annual_vol": 1.0, "horizon_years": 0.0055, "rr25": -0.2, "bf25": 0.04, "as_of_ts": TS}, "samples": 1, "gaps": 0, "days_per_year": 365}


def market():
    lines = subprocess.run([os.path.join(BIN, "feed-import"), "--from", "deribit-chain", CHAIN], stdout=subprocess.PIPE, check=True).stdout.decode()
    prices = [record for record in map(json.loads, lines.splitlines()) if record["type"] == "price"]
    usdc = {"type": "price", "asset": "USDC", "ts": TS, "price": 0.9998, "confidence": 0.0002}
    return lines + "".join(json.dumps(record) + "\n" for record in (*perps(prices), *vols(), usdc))


if not os.path.exists(CHAIN):
    print(f"skipped: {CHAIN} is not there")
    sys.exit(77)
with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
    file.write(market())
    file.flush()
    sys.exit(subprocess.run([os.path.join(BIN, "deletion"), file.name, os.path.join(HERE, "book.jsonl"), EVERY]).returncode)
