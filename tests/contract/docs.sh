#!/bin/sh
# docs.sh SOURCE_DIR BUILD_DIR TOOL...: what the pages say is so. Every tool has a page, golden cases and
# examples; every option stands in its page; the pages are clean; every example of the pages, of --help and of
# the README runs and ends as it says.
set -u
root=$(cd "$1" && pwd)
build=$(cd "$2" && pwd)
shift 2
PATH=$build/bin:$PATH
LC_ALL=C
export PATH LC_ALL
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
bad=0
ran=0

complain() {
    echo "$1"
    bad=$((bad + 1))
}

# Text of a page as a reader sees it.
shown() { mandoc -Tascii -O width=200 "$1" | sed 's/.\x08//g'; }

# Commands after "$ ", with their further lines, and the exit status that a "# exit status N" below says.
commands() {
    awk '
        function put() { if (command != "") print status "\t" command; command = ""; status = 0 }
        { line = $0; sub(/^ */, "", line) }
        line ~ /^\$ / { put(); command = substr(line, 3); indent = length($0) - length(line); next }
        line ~ /^# exit status / && command != "" { status = line; gsub(/[^0-9].*$/, "", status)
            split(line, words, " "); status = words[4] + 0; put(); next }
        command != "" && length($0) - length(line) > indent && command ~ /[|\\]$/ {
            sub(/\\$/, "", command); command = command " " line; next }
        { put() }
        END { put() }'
}

# Runs STATUS<TAB>COMMAND lines in a folder with the sample files; a status of * takes 0, 1 and 5.
run_all() {
    rm -rf "$tmp/work"
    mkdir "$tmp/work"
    cp -r "$root"/examples/*.jsonl "$root"/examples/venue "$root"/examples/venue/* "$tmp/work"
    gzip -nk "$tmp/work/chain.csv"
    while IFS="$(printf '\t')" read -r wanted command; do
        (cd "$tmp/work" && sh -c "$command") >"$tmp/out" 2>"$tmp/err" </dev/null
        got=$?
        ran=$((ran + 1))
        case "$wanted:$got" in "*:0" | "*:1" | "*:5" | "$got:$got") ;; *)
            complain "$1: exit status $got, not $wanted: $command"
            sed 's/^/    /' "$tmp/err"
            ;;
        esac
        [ -s "$tmp/out" ] || case $command in *'>'*) ;; *) complain "$1: no output: $command" ;; esac
    done <"$2"
}

for page in "$build"/man/*.[157] "$root"/man/tidemark.7; do
    mandoc -Tlint -Wwarning "$page" || bad=$((bad + 1))
    shown "$page" | commands >"$tmp/commands"
    run_all "$(basename "$page")" "$tmp/commands"
done

sed -n 's/.* std::string_view type = "\(.*\)";/\1/p' "$root"/lib/record/*.hpp | while read -r type; do
    grep -q "^\.Ss $type\$" "$build/man/tidemark-records.5" || echo "tidemark-records(5): nothing about $type"
done >"$tmp/missing"
grep . "$tmp/missing" && bad=$((bad + 1))

tr -d '\\' <"$build/man/tidemark-policies.5" >"$tmp/policies"
for preset in "$root"/lib/policy/*presets/*.json; do
    name=$(basename "$preset" .json)
    grep -qxF ".It Cm $name" "$tmp/policies" || echo "tidemark-policies(5): nothing about $name"
    sed -n 's/^  "\([a-z_0-9]*\)": .*/\1/p' "$preset" | grep -vx 'policy\|version\|model\|source\|sources' |
        while read -r parameter; do
            grep -q "^\.It Va $parameter " "$tmp/policies" || echo "tidemark-policies(5): nothing about $parameter"
        done
done >"$tmp/missing"
grep . "$tmp/missing" && bad=$((bad + 1))

# Commands of the golden cases, however deep, and of what holds for every tool.
find "$root/tests/golden" -name cmd -type f -exec cat {} + >"$tmp/cases"
[ -s "$tmp/cases" ] || complain "no golden case"
cat "$root"/tests/contract/*.sh >>"$tmp/cases"

for tool in "$@"; do
    page=$build/man/$tool.1
    [ -e "$page" ] || { complain "$tool: no manual page"; continue; }
    find "$root/tests/golden/$tool" -name cmd -type f | grep -q . || complain "$tool: no golden case"
    shown "$page" >"$tmp/page"
    for section in READS DIGESTS ADDS OPTIONS 'EXIT STATUS' EXAMPLES; do
        grep -q "^$section\$" "$tmp/page" || complain "$tool(1): no section $section"
    done
    "$tool" --help >"$tmp/help" || complain "$tool --help: exit status $?"
    awk 'length($0) > 80' "$tmp/help" | grep . && complain "$tool --help: wider than 80 columns"
    options=$(sed -n '/^Options:/,/^$/p' "$tmp/help" | grep -o -e '--[a-z][a-z-]*' | sort -u)
    for option in $options; do
        grep -q -e "$option\\b" "$tmp/page" || complain "$tool(1): nothing about $option"
        short=$(sed -n "s/^  \(-[a-zA-Z]\), $option\\b.*/\1/p" "$tmp/help")
        grep "\\b$tool\\b\|\$tool\|\$run" "$tmp/cases" | grep -q -e "$option\\b" -e "${short:-$option} " ||
            complain "$tool: no golden case has $option"
    done
    for type in $(sed -n 's/^\(Reads\|Digests[^:]*\): //p' "$tmp/help" | tr -d ,); do
        [ "$type" = none ] || sed -n '/^READS/,/^ADDS/p' "$tmp/page" | grep -qw "$type" ||
            complain "$tool(1): nothing about reading $type"
    done
    awk '/^Examples:/ { on = 1; next } /^[A-Z]/ { on = 0 } on && /^  [^ ]/ { print "*\t" substr($0, 3) }' \
        "$tmp/help" >"$tmp/commands"
    [ -s "$tmp/commands" ] || complain "$tool --help: no examples"
    run_all "$tool --help" "$tmp/commands"
done

commands <"$root/README.md" >"$tmp/commands"
[ -s "$tmp/commands" ] || complain "README.md: no examples"
run_all README.md "$tmp/commands"

# What the README shows below a command is what comes out.
shown_blocks() {
    awk -v dir="$tmp" '
        /^```console/ { on = 1; ++n; command = 1; next }
        /^```/ { on = 0 }
        on && (/^\$ / || (command && /^    /)) { sub(/^\$ /, ""); print > (dir "/block" n ".cmd"); command = 1; next }
        on { command = 0; print > (dir "/block" n ".out") }
        END { print n }' "$root/README.md"
}
blocks=$(shown_blocks)
for n in $(seq "$blocks"); do
    (cd "$tmp/work" && sh "$tmp/block$n.cmd") 2>&1 </dev/null | diff -u "$tmp/block$n.out" - ||
        complain "README.md: other output than block $n shows"
done

echo "$ran examples run, $bad complaints"
[ "$bad" -eq 0 ]
