#!/bin/sh
# run.sh [--update] BIN_DIR CASE...
# Runs each case's cmd with BIN_DIR first in PATH, and compares what it wrote to stdout and stderr, and its
# exit status, with the files of those names in CASE. A case with a file `needs` is skipped where what that
# command line asks for is not here.
set -u
update=no
if [ "$1" = --update ]; then update=yes; shift; fi
PATH=$(cd "$1" && pwd):$PATH
LC_ALL=C
SAMPLE=$(cd "$(dirname "$0")/../../examples" && pwd)
export PATH LC_ALL SAMPLE
shift

tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
passed=0
failed=0
skipped=0
for case in "$@"; do
    case=${case%/}
    if [ -e "$case/needs" ] && ! sh "$case/needs" >/dev/null 2>&1; then
        echo "skipped $case: $(cat "$case/needs")"
        skipped=$((skipped + 1))
        continue
    fi
    mkdir -p "$tmp/work"
    (cd "$case" && TMPDIR=$tmp/work timeout 60 sh ./cmd) >"$tmp/stdout" 2>"$tmp/stderr" </dev/null
    echo $? >"$tmp/exit"
    rm -rf "$tmp/work"
    same=yes
    for part in stdout stderr exit; do
        if [ $update = yes ]; then cp "$tmp/$part" "$case/$part"; fi
        diff -u "$case/$part" "$tmp/$part" || same=no
    done
    if [ $same = yes ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $case"; fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
