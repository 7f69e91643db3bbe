#!/bin/sh
# beside.sh VECTOR_RUNNER SHARED_DIR SET: runs all reference values of a set; skipped (77) where they are not there.
file=$2/vectors/$3.jsonl
if [ ! -e "$file" ]; then
    echo "skipped: $file is not there; vectors.own holds a tenth of it"
    exit 77
fi
exec "$1" --data "$2" "$file"
