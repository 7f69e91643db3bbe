#!/bin/sh
# run.sh [--update] BIN_DIR FOLDER...
# A case is a folder with a cmd; each case in or below FOLDER is run. Runs its cmd in it with BIN_DIR first in
# PATH, and compares what it wrote to stdout and stderr, and its exit status, with the files of those names in
# the case. $INPUTS has the inputs that cases share, $SAMPLE the sample files. A case with a file `needs` is
# skipped where what that command line asks for is not here.
set -u
update=no
if [ "$1" = --update ]; then update=yes; shift; fi
PATH=$(cd "$1" && pwd):$PATH
LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
SAMPLE=$here/../../examples
INPUTS=$here/inputs
export PATH LC_ALL SAMPLE INPUTS
shift

tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
find "$@" -name cmd -type f >"$tmp/found" || exit 2
sed 's|/cmd$||; s|//*|/|g' "$tmp/found" | sort >"$tmp/cases"
[ -s "$tmp/cases" ] || { echo "no case in $*"; exit 2; }
passed=0
failed=0
skipped=0
while read -r case; do
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
done <"$tmp/cases"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
