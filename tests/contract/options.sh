#!/bin/sh
# options.sh BIN_DIR TOOL...: the house style of options, over the list that the tools print of themselves. No
# letter is used twice, names are kebab-case, help is one lower-case line without a full stop, and an option
# that several tools have means the same in each.
set -u
bin=$1
shift
for tool in "$@"; do
    "$bin/$tool" --generate fish | sed "s/^complete -c $tool/$tool/"
done | awk '
    function complain(what) { print tool " --" name ": " what; bad = 1 }
    {
        tool = $1; name = $3; letter = $4 == "-s" ? $5 : ""
        help = $0; sub(/^.* -d \x27/, "", help); sub(/\x27$/, "", help); gsub(/\\\x27/, "\x27", help)
        if (name !~ /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/) complain("want kebab-case")
        if (seen[tool, name]++) complain("twice")
        if (letter != "" && letters[tool, letter]++) complain("-" letter " twice")
        if (help !~ /^[a-z]/) complain("want lower-case help, got: " help)
        if (help ~ /\.$/) complain("want no full stop, got: " help)
        if (length(help) < 8) complain("want help, got: " help)
        if (name in letter_of && letter_of[name] != letter) complain("-" letter " here, -" letter_of[name] " elsewhere")
        letter_of[name] = letter
        count++
    }
    END { print count " options"; exit bad }'
