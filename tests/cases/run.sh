#!/bin/sh
# run.sh BIN_DIR [CASE...]: faults found in real use. Runs each case's cmd in its folder with the tools of BIN_DIR
# first in PATH; then every line of its expected.txt that starts with "ok: " is a jq filter over all values that
# came out (jq -s), and every one that starts with "sh: " a command that finds standard output in $OUT, standard
# error in $ERR and the sample files in $EXAMPLES. The other lines say what is right and how that is known. A case with
# a file `needs` is skipped where what that command line asks for is not here.
set -u
bin=$(cd "${1:?usage: run.sh BIN_DIR [CASE...]}" && pwd) || exit 2
shift
cd "$(dirname "$0")" || exit 2
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
PATH=$bin:$PATH LC_ALL=C
OUT=$tmp/out ERR=$tmp/err EXAMPLES=$(cd ../../examples && pwd)
export PATH LC_ALL OUT ERR EXAMPLES
[ $# -gt 0 ] || set -- */

# The first line of the checks that does not hold; a case without one checks nothing.
broken() {
    grep -e '^ok: ' -e '^sh: ' "$1/expected.txt" >"$tmp/checks" || { echo "no check in expected.txt"; return; }
    while IFS= read -r line; do
        case $line in
            'ok: '*) jq -s -e "${line#ok: }" "$OUT" >/dev/null 2>&1 || { echo "$line"; return; } ;;
            'sh: '*) bash -c "${line#sh: }" >/dev/null 2>&1 </dev/null || { echo "$line"; return; } ;;
        esac
    done <"$tmp/checks"
}

passed=0
failed=0
for case in "$@"; do
    case=${case%/}
    if [ -e "$case/needs" ] && ! bash "$case/needs" >/dev/null 2>&1; then
        echo "skipped $case: $(cat "$case/needs")"
        continue
    fi
    mkdir "$tmp/work"
    (cd "$case" && TMPDIR=$tmp/work timeout 60 bash ./cmd) >"$OUT" 2>"$ERR" </dev/null
    why=$(broken "$case")
    rm -rf "$tmp/work"
    if [ -z "$why" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $case: $why"; fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
