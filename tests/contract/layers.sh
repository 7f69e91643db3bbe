#!/bin/sh
# layers.sh SOURCE_DIR: prints every include that breaks layers.txt or outsiders.txt, and fails if there is one.
# The files are looked for by folder, so a layer that the table does not name is itself a break.
here=$(cd "$(dirname "$0")" && pwd)
cd "$1" || exit 2

broken_layers() {
    for folder in lib/* cmd; do
        layer=${folder#lib/}
        allowed=$(sed -n "s/^$layer://p" "$here/layers.txt")
        grep -q "^$layer:" "$here/layers.txt" || echo "$folder: not in layers.txt"
        grep -rHno '^#include "[a-z_]*/' "$folder" --include='*.?pp' | while IFS=: read -r file line include; do
            used=${include#*\"}
            case " $layer $allowed " in
                *" ${used%/} "*) ;;
                *) echo "$file:$line: $layer may not include $used" ;;
            esac
        done
    done
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
