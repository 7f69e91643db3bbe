#!/bin/sh
# mistakes.sh BIN_DIR EXAMPLES_DIR: each line of mistakes.txt ends with its exit status and says its part, on standard
# error or, where an account has no figures, in its record.
set -u
table=$(cd "$(dirname "$0")" && pwd)/mistakes.txt
PATH=$(cd "$1" && pwd):$PATH
LC_ALL=C
export PATH LC_ALL
cd "$2" || exit 2
said=$(mktemp) || exit 2
trap 'rm -f "$said"' EXIT
bad=0
tried=0
while read -r line; do
    case $line in '#'* | '') continue ;; esac
    want=${line%% | *}
    rest=${line#* | }
    part=${rest%% | *}
    command=${rest#* | }
    sh -c "$command" >"$said" 2>&1 </dev/null
    got=$?
    tried=$((tried + 1))
    if [ "$got" != "$want" ] || ! grep -q -F -e "$part" "$said"; then
        echo "$command: want exit status $want and '$part', got $got: $(head -n 2 "$said")"
        bad=$((bad + 1))
    fi
done <"$table"
echo "$tried mistakes, $bad not said as they should be"
[ "$tried" -ge 20 ] && [ "$bad" = 0 ]
