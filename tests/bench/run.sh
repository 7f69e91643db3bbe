#!/bin/sh
# The goals for speed, measured: sh tests/bench/run.sh [BUILD_DIR [WORK_DIR]]
#
# BUILD_DIR is built with -DTIDEMARK_BENCH=ON (default build/release). ACCOUNTS, CANDLES and ROUNDS make it
# shorter or longer. Compares the answers of all programs first: a faster program that answers something else
# is not faster.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/plain_policy.sh"
bin=$(cd "${1:-$here/../../build/release}/bin" && pwd)
work=${2:-$(mktemp -d)}
mkdir -p "$work"
work=$(cd "$work" && pwd)
[ -n "${2:-}" ] || trap 'rm -rf "$work"' EXIT
accounts=${ACCOUNTS:-40000}
candles=${CANDLES:-1000000}

sh "$here/same.sh" "$bin"

generate() { python3 "$here/generate.py" "$@"; }
cd "$work"
plain_policy "$bin" > policy.json
generate market > market.jsonl
generate accounts -n "$accounts" > accounts.jsonl
cat market.jsonl accounts.jsonl > book.jsonl
{ cat market.jsonl; generate accounts -n "$accounts" --style lean; } > lean.jsonl
{ cat market.jsonl; head -n "$((accounts / 2))" accounts.jsonl; } > half1.jsonl
{ cat market.jsonl; tail -n "+$((accounts / 2 + 1))" accounts.jsonl; } > half2.jsonl
{ cat market.jsonl; head -n "$((accounts / 20))" accounts.jsonl; } > small.jsonl
few=$((accounts / 10 < 4000 ? accounts / 10 : 4000))
{ cat market.jsonl; generate accounts -n "$few" --option-share 1 --style lean --requote; } > requoted.jsonl
{
    generate market -n "$few" --distinct
    generate accounts -n "$few" --distinct --style lean
} > distinct.jsonl
generate candles -n "$candles" > candles.jsonl
head -n "$((candles / 10))" candles.jsonl > few-candles.jsonl

export PYTHONDONTWRITEBYTECODE=1
python3 "$here/ratios.py" "$bin" "$work"
python3 "$here/profile.py" "$bin/margin-calc" -f json < book.jsonl
python3 "$here/profile.py" "$bin/margin-calc" -f json < requoted.jsonl
[ ! -x "$bin/vol-estimate" ] || python3 "$here/profile.py" "$bin/vol-estimate" -f json < candles.jsonl
