#!/bin/sh
# layers.sh SOURCE_DIR: prints every include that breaks layers.txt or outsiders.txt, and every circle of rooms; fails
# if there is one.
# A room is a folder that has a row of its own; a folder without one belongs to the room above it. Folders are
# looked for on the disk, so a layer that the table does not name is itself a break.
here=$(cd "$(dirname "$0")" && pwd)
cd "$1" || exit 2

# A file may include its own room, the rooms that its row names, and what stands in those below the folder named.
# `broken_layers edges` prints every room with another that it includes instead.
broken_layers() {
    grep -rHnoE '^#include "[a-z0-9_]+/[^"]+"' lib cmd --include='*.?pp' |
        awk -v table="$here/layers.txt" -v what="$1" '
        BEGIN {
            while ((getline row < table) > 0) {
                if (row ~ /^#/ || row !~ /:/) continue
                room = row; sub(/:.*/, "", room)
                rest = row; sub(/^[^:]*:/, "", rest)
                allowed[room] = rest
            }
        }
        function room_of(path,   folder) {
            folder = path
            while (sub(/\/[^\/]*$/, "", folder)) if (folder in allowed) return folder
            return ""
        }
        {
            split($0, parts, ":")
            file = parts[1]; line = parts[2]
            used = $0; sub(/^[^"]*"/, "", used); sub(/"$/, "", used)
            place = file; sub(/^lib\//, "", place)
            room = room_of(place); target = room_of(used)
            if (room == "") { print file ": stands in no room of layers.txt"; next }
            if (target == "") { print file ":" line ": " used " stands in no room of layers.txt"; next }
            if (room == target) next
            if (what == "edges") { print room, target; next }
            count = split(allowed[room], rooms, " ")
            for (i = 1; i <= count; ++i)
                if (target == rooms[i] || index(target, rooms[i] "/") == 1) next
            print file ":" line ": " room " may not include " target
        }'
}

# Rooms that include each other, by way of others too, are one room: tsort puts all in an order, or names a loop.
circles() {
    broken_layers edges | awk 'NF == 2' | sort -u | tsort 2>&1 >/dev/null |
        sed 's/^tsort: -: input contains a loop:$/rooms include each other:/; s/^tsort: /    /'
}

broken_walls() {
    grep -v '^#' "$here/outsiders.txt" | while IFS=: read -r header places; do
        grep -rHno "^#include [<\"]$header" lib cmd | while IFS=: read -r file line include; do
            fits=no
            set -f
            for place in $places; do
                # shellcheck disable=SC2254
                case $file in $place) fits=yes ;; esac
            done
            set +f
            [ $fits = yes ] || echo "$file:$line: only$places may include $header"
        done
    done
}

{ broken_layers; circles; broken_walls; } | { ! grep .; }
