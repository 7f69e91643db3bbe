#!/bin/sh
# process.sh BIN_DIR SAMPLE_DIR TOOL...: how every tool meets its surroundings: closed and full descriptors,
# signals, cut-off and compressed input, locale and time zone. The exit statuses of tidemark(7).
set -u
PATH=$(cd "$1" && pwd):$PATH
export PATH
sample=$(cd "$2" && pwd)
shift 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
ran=0
bad=0

# expect NAME STATUS COMMAND: runs it in a shell; at most one line may go to stderr, none where STATUS is 0, 1 or 5.
expect() {
    ran=$((ran + 1))
    timeout 60 sh -c "$3" >"$tmp/stdout" 2>"$tmp/stderr"
    got=$?
    lines=$(wc -l <"$tmp/stderr")
    case $2 in 0 | 1 | 5 | 141) most=0 ;; *) most=1 ;; esac
    if [ "$got" -ne "$2" ] || [ "$lines" -gt $most ]; then
        echo "$1: exit status $got, not $2, $lines lines on stderr: $3"
        head -n 3 "$tmp/stderr" | sed 's/^/    /'
        bad=$((bad + 1))
    fi
}

# same NAME COMMAND: writes what the plain run wrote to $tmp/plain.
same() {
    ran=$((ran + 1))
    timeout 60 sh -c "$2" 2>/dev/null | cmp -s - "$tmp/plain" || {
        echo "$1: not the same bytes: $2"
        bad=$((bad + 1))
    }
}

for tool in "$@"; do
    run=$tool
    in=$tmp/$tool.in
    case $tool in
        feed-import)
            run="$tool --from deribit-chain"
            cp "$sample/venue/chain.csv" "$in"
            ;;
        market-shock)
            run="$tool BTC=-20% vol=+25%"
            { cat "$sample/market.jsonl"; grep -v unquoted "$sample/accounts.jsonl"; } >"$in"
            ;;
        margin-diff)
            grep -v unquoted "$sample/yesterday.jsonl" >"$tmp/old"
            run="$tool $tmp/old"
            { cat "$sample/market.jsonl"; grep -v unquoted "$sample/accounts.jsonl"; } >"$in"
            ;;
        vol-estimate) cat "$sample/candles.jsonl" "$sample/tickers.jsonl" >"$in" ;;
        *) { cat "$sample/market.jsonl"; grep -v unquoted "$sample/accounts.jsonl"; } >"$in" ;;
    esac
    i=0
    while [ $i -lt 300 ]; do cat "$sample/tickers.jsonl"; i=$((i + 1)); done >"$tmp/long"
    [ "$tool" != margin-diff ] || {
        cat "$in"
        for i in $(seq 100); do sed -n "s/\"account_id\":\"/&$i-/p" "$in"; done
    } >"$tmp/long"
    [ "$tool" != feed-import ] || head -1 "$in" >"$tmp/long"
    [ "$tool" != feed-import ] || awk 'NR > 1 { for (i = 60; i < 9000; ++i) {
        row = $0; gsub(/-60000-/, "-" i "000-", row); sub(/,60000.0,/, "," i "000.0,", row); print row }; exit }' \
        "$in" >>"$tmp/long"
    gzip -nc "$in" >"$in.gz"
    head -c 500 "$in.gz" >"$in.cut.gz"
    cat "$in" | $run >"$tmp/plain" 2>/dev/null

    expect 'plain' 0 "$run '$in'"
    expect 'no input' 3 "$run </dev/null"
    expect 'no input, allowed' 0 "$run --allow-empty </dev/null"
    expect 'no such file' 6 "$run '$tmp/none'"
    expect 'folder' 6 "$run '$tmp'"
    expect 'input closed' 6 "$run <&-"
    expect 'output closed' 6 "$run '$in' >&-"
    expect 'errors closed' 0 "$run '$in' 2>&-"
    expect 'full device' 6 "$run '$in' >/dev/full"
    expect 'full device, --help' 6 "$tool --help >/dev/full"
    expect 'unknown option' 2 "$run --no-such-option '$in'"
    expect 'cut-off gzip' 6 "$run '$in.cut.gz'"
    expect 'byte order mark' 3 "printf '\\357\\273\\277{}' | $run"
    expect 'bad line' 4 "{ cat '$in'; echo '{'; } | $run >/dev/null"
    expect 'bad line, to stop at' 3 "{ echo '{'; cat '$in'; } | $run --on-error=stop"
    expect 'bad line, kept' 4 "{ cat '$in'; echo '{'; } | $run --quarantine '$tmp/$tool.kept' >/dev/null"
    [ "$(cat "$tmp/$tool.kept")" = '{' ] || { echo "$tool: other bytes kept than were refused"; bad=$((bad + 1)); }
    expect 'quarantine that is there' 6 "$run --quarantine '$tmp/$tool.kept' '$in'"
    expect 'line beyond the limit' 4 "{ cat '$in'; printf '%05000d\n' 0; } | $run --max-line 4096 >/dev/null"
    expect 'end of stream' 0 "$run --eos '$in' >'$tmp/ended' && n=\$(wc -l <'$tmp/ended') &&
        [ \"\$(tail -n 1 '$tmp/ended')\" = '{\"type\":\"eos\",\"records\":'\$((n - 1))',\"complete\":true}' ]"
    expect 'end of stream, not complete' 0 "{ cat '$in'; echo '{'; } | $run --eos 2>/dev/null |
        tail -n 1 | grep -q '\"type\":\"eos\".*\"complete\":false'"
    case $tool in
        feed-import) expect 'end of stream wanted of a venue' 2 "$run --require-eos '$in'" ;;
        *) expect 'end of stream missing' 3 "$run --require-eos '$in' >/dev/null" ;;
    esac
    expect 'reader goes away' 141 "{ $run '$tmp/long'; echo \$? >'$tmp/status'; } | head -n 1 >/dev/null; exit \$(cat '$tmp/status')"
    expect 'ended by SIGTERM' 143 "{ cat '$in'; sleep 1; } | timeout --preserve-status -s TERM 0.3 $run >'$tmp/half'"
    [ -z "$(tail -c 1 "$tmp/half")" ] || { echo "$tool: half a line at SIGTERM"; bad=$((bad + 1)); }
    same 'gzip' "$run '$in.gz'"
    same 'standard input' "cat '$in' | $run -"
    same 'pieces of one byte' "dd if='$in' bs=1 2>/dev/null | $run"
    same 'pieces of 4097 bytes' "dd if='$in' bs=4097 2>/dev/null | $run"
    same 'carriage returns' "sed 's/\$/\\r/' '$in' | $run | tr -d '\\r'"
    same 'another locale, zone and environment' "env -i PATH=\"\$PATH\" LC_ALL=tr_TR.UTF-8 TZ=Asia/Tokyo COLUMNS=10 $run '$in'"
    same 'line-buffered' "$run --line-buffered '$in'"
done

echo "$ran checks, $bad failed"
[ "$bad" -eq 0 ]
