#!/usr/bin/env python3
"""Where the time of a command goes: profile.py COMMAND... < FILE, by perf, or by callgrind where that fails."""
import os
import re
import subprocess
import sys
import tempfile

GROUPS = [  # the first that fits
    ("allocate", r"malloc|_int_free|\bfree\b|cfree|operator (new|delete)"),
    ("pricing rows", r"row_kernel|pricing::.*row_|RowPricer|black76|mills"),
    ("model", r"pricing::|margin::|collateral::|liquidation::|score::|Assessor|vol::|BarSeries|OhlcBar"),
    ("market look-up", r"__(insertion_sort|introsort)|NameTable|market::|portfolio_of|add_position|Holding|"
                       r"Book::|Lens::|MarketFeed"),
    ("numbers in", r"read_number|read_any_number|read_whole_number|leading_digits|number_end|from_chars|fast_float"),
    ("write", r"libstdc\+\+.* 0x0000|append_|to_chars|splice|Sink|write_all|Answerer::write|ryu|push_back"),
    ("frame and copy", r"memchr|LineInput|memmove|memcpy|memset|Stream::|Chunk"),
    ("record", r"json::Reader|spells|_Hash_bytes|near_miss|memcmp|record::"),
    ("parse", r"json::|simdjson"),
]


def group_of(symbol):
    if "[k]" in symbol or "[kernel" in symbol:
        return "kernel: read, write, page faults"
    for name, pattern in GROUPS:
        if re.search(pattern, symbol):
            return name
    return "other"


def by_perf(command, folder):
    data = f"{folder}/perf.data"
    subprocess.run(["perf", "record", "-q", "-F", "4000", "-e", "cpu-clock", "-o", data, "--", *command],
                   stdin=sys.stdin, stdout=subprocess.DEVNULL, check=True)
    report = subprocess.run(["perf", "report", "-i", data, "--stdio", "--no-children", "-F", "overhead,dso,sym"],
                            capture_output=True, text=True, check=True).stdout
    found = (re.match(r"\s*([\d.]+)%\s+(.*)", line) for line in report.splitlines())
    return [(float(m.group(1)), m.group(2)) for m in found if m]


def by_callgrind(command, folder):
    data = f"{folder}/callgrind.out"
    subprocess.run(["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={data}", *command],
                   stdin=sys.stdin, stdout=subprocess.DEVNULL, check=True)
    report = subprocess.run(["callgrind_annotate", "--threshold=99.9", data], capture_output=True, text=True,
                            check=True).stdout
    found = (re.match(r"\s*[\d,]+ \(\s*([\d.]+)%\)\s+\S*?:(.*)", line) for line in report.splitlines())
    return [(float(m.group(1)), m.group(2)) for m in found if m and "PROGRAM" not in m.group(2)]


def main():
    command = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        try:
            shares, unit = by_perf(command, folder), "time, perf"
        except (subprocess.CalledProcessError, FileNotFoundError):
            os.lseek(sys.stdin.fileno(), 0, os.SEEK_SET)
            shares, unit = by_callgrind(command, folder), "instructions, callgrind"
    groups = {}
    for share, symbol in shares:
        groups.setdefault(group_of(symbol), []).append((share, symbol))
    print(f"where {command[0].split('/')[-1]} spends its time ({unit})")
    for name, found in sorted(groups.items(), key=lambda g: -sum(share for share, _ in g[1])):
        top = ", ".join(f"{short(symbol)} {share:.1f}" for share, symbol in found[:4])
        print(f"  {sum(share for share, _ in found):5.1f} %  {name:<34} {top}")


def short(symbol):
    name = re.sub(r"^.*?\[[.k]\] ", "", symbol).split(" [/")[0]
    name = re.sub(r"\(anonymous namespace\)::|tidemark::|\(.*|<.*", "", name).strip()
    return name[-40:]


if __name__ == "__main__":
    main()
