#!/usr/bin/env python3
"""Whether programs give the same answers: compare.py MEMBER FILE COMMAND COMMAND...

Each COMMAND reads FILE and writes lines; of every line that has MEMBER (an object), or whose type it is, the
words and whole numbers must be equal and the other figures within 1e-9 of each other, relative to the larger of
the figure and the largest figure beside it (differences of large amounts keep the error of those amounts).
"""
import json
import shlex
import subprocess
import sys

TOLERANCE = 1e-9
WORDED_FREELY = {"reason"}
# What vol-estimate says of the data beside its estimates; the plain programs only estimate.
NOT_JUDGED = {"halts", "zero_volume_bars", "suspect_bars", "screened"}


def answers(command, path, member):
    with open(path) as source:
        run = subprocess.run(shlex.split(command), stdin=source, capture_output=True, text=True, check=False)
    found = {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        value = record if record["type"] == member else record.get(member)
        if isinstance(value, dict):
            found[record.get("account_id") or record.get("underlying")] = value
    if not found:
        sys.exit(f"compare: {command}: no {member}, exit status {run.returncode}: {run.stderr[:300]}")
    return found


def same_figures(a, b, scale):
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b), scale)


def differences(a, b, where):
    """Every difference."""
    scale = max([abs(x) for x in a.values() if isinstance(x, float)], default=0.0)
    for name, left in a.items():
        right, path = b.get(name), f"{where}.{name}"
        if name in WORDED_FREELY or name in NOT_JUDGED:
            continue
        if isinstance(left, dict) and isinstance(right, dict):
            yield from differences(left, right, path)
        elif isinstance(left, (int, float)) and isinstance(right, (int, float)):
            if not same_figures(left, right, scale):
                yield f"{path}: {left!r} and {right!r}"
        elif left != right:
            yield f"{path}: {left!r} and {right!r}"


def main():
    member, path, first, *others = sys.argv[1:]
    wanted = answers(first, path, member)
    statuses = sorted({str(value.get("status", "-")) for value in wanted.values()})
    for other in others:
        got = answers(other, path, member)
        if wanted.keys() != got.keys():
            sys.exit(f"compare: {other}: answers of other keys than {first}")
        for key, value in wanted.items():
            for difference in differences(value, got[key], key):
                sys.exit(f"compare: {first} and {other}: {difference}")
        print(f"equal: {len(wanted)} answers ({', '.join(statuses)}) of {first.split()[0].split('/')[-1]} and "
              f"{[x for x in shlex.split(other) if 'plain' in x][0].split('/')[-1]}")


if __name__ == "__main__":
    main()
