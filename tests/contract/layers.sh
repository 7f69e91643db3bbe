#!/bin/sh
# layers.sh SOURCE_DIR: prints every include that breaks layers.txt or outsiders.txt, and fails if there is one.
# A room is a folder that has a row of its own; a folder without one belongs to the room above it. Folders are
# looked for on the disk, so a layer that the table does not name is itself a break.
here=$(cd "$(dirname "$0")" && pwd)
cd "$1" || exit 2

# A file may include its own room, the rooms that its row names, and what stands in those below the folder named.
broken_layers() {
    grep -rHnoE '^#include "[a-z0-9_]+/[^"]+"' lib cmd --include='*.?pp' | awk -v table="$here/layers.txt" '
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
            count = split(allowed[room], rooms, " ")
            for (i = 1; i <= count; ++i)
                if (target == rooms[i] || index(target, rooms[i] "/") == 1) next
            print file ":" line ": " room " may not include " target
        }'
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

{ broken_layers; broken_walls; } | { ! grep .; }
