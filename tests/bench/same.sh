#!/bin/sh
# Whether the tools and the plain programs give the same answers: sh tests/bench/same.sh BIN
#
# The plain programs know nothing of lib/: where both agree, it is not because both have one mistake in code.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/plain_policy.sh"
bin=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

generate() { python3 "$here/generate.py" "$@"; }
plain() { # the plain programs of that name, as commands with the arguments that follow
    name=$1
    shift
    [ ! -x "$bin/$name" ] || echo "$bin/$name $*"
    echo "python3 $here/$name.py $*"
}
compare() { # member, file, commands a line
    IFS='
'
    # shellcheck disable=SC2086
    python3 "$here/compare.py" "$1" "$2" $3
    unset IFS
}

plain_policy "$bin" > policy.json
{
    generate market
    generate accounts -n 300 --unpriced 0.005 --seed 7
    generate accounts -n 100 --requote --numbers number --seed 8 | sed 's/"A0/"B0/'
    generate accounts -n 100 -p 2 --seed 9 | sed 's/"A0/"C0/'
} > book.jsonl
compare margin book.jsonl "$bin/margin-calc -p ./policy.json -f json
$(plain plain_margin policy.json)"

if [ -x "$bin/vol-estimate" ]; then
    generate candles -n 20000 > candles.jsonl
    compare vol candles.jsonl "$bin/vol-estimate -f json
$(plain plain_vol)"
    generate candles -n 100000 --symbols 2 > candles.jsonl
    compare vol candles.jsonl "$bin/vol-estimate -f json
$(plain plain_vol)"
fi
