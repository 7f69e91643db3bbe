#!/bin/sh
# sample.sh SOURCE_DIR: the sample files are what their generator writes.
cd "$1/examples" || exit 2
same() { python3 make_sample.py "$1" | cmp - "$2"; }
same candles candles.jsonl && same tickers tickers.jsonl && same accounts accounts.jsonl &&
    same klines venue/BTCUSDT-1h-2026-02-28.csv && same chain venue/chain.csv
