#!/usr/bin/env python3
"""The goals for speed, each measured back to back in one run: ratios.py BIN WORK (called by run.sh).

Ratios are of user and system time together, of the best of the rounds and of the medians.
"""
import os
import subprocess
import sys

from measure import Program, instructions, interleaved, probed, run_once, together

BIN, WORK = sys.argv[1:3]
HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
PYTHON = [sys.executable, "-S"]


def tool(name, stdin, *options):
    return Program(name, [f"{BIN}/{name}", *options], f"{WORK}/{stdin}")


def margin_calc(stdin, *options):
    return tool("margin-calc", stdin, "-f", "json", *options)


def word_count(stdin):
    return Program("wc -l", ["wc", "-l", f"{WORK}/{stdin}"])


def plain(name, stdin, *arguments):
    command = [f"{BIN}/{name}"] if not name.endswith(".py") else [*PYTHON, f"{HERE}/{name}"]
    return Program(name, command + list(arguments), f"{WORK}/{stdin}")


def lines(stdin, record):
    with open(f"{WORK}/{stdin}") as source:
        return sum(1 for line in source if line.startswith(f'{{"type":"{record}"'))


def show(what, goal, figure, reached=None):
    mark = "" if reached is None else "  reached" if reached else "  NOT reached"
    print(f"{what:<58} {goal:<12} {figure}{mark}", flush=True)


def show_times(programs, count, unit):
    for one in programs:
        print(f"    {one.name:<18} {1e6 * one.best / count:10.2f} us a {unit} best, "
              f"{1e6 * one.middle / count:10.2f} median")


def at_most(what, limit, slow, fast):
    ratio = slow.best / fast.best
    show(what, f"<= {limit}x", f"{ratio:.1f}x (median {slow.middle / fast.middle:.1f}x)", ratio <= limit)


def at_least(what, limit, slow, fast, slow_count=1, fast_count=1):
    scale = fast_count / slow_count
    ratio = scale * slow.best / fast.best
    show(what, f">= {limit}x", f"{ratio:.1f}x (median {scale * slow.middle / fast.middle:.1f}x)", ratio >= limit)


def margins():
    policy = f"{WORK}/policy.json"
    whole, pm2 = margin_calc("book.jsonl"), margin_calc("book.jsonl", "-p", "derive-pm2")
    full, count = [word_count("book.jsonl"), margin_calc("book.jsonl", "-p", policy),
                   plain("plain_margin", "book.jsonl", policy)], lines("book.jsonl", "account")
    lean = [word_count("lean.jsonl"), margin_calc("lean.jsonl", "-p", policy)]
    python = plain("plain_margin.py", "small.jsonl", policy)
    interleaved(full + lean + [whole, pm2], ROUNDS)
    interleaved([python], min(ROUNDS, 3))
    print(f"{count} accounts of 20 positions, 60 % options, rows memoised")
    show_times(full, count, "account")
    show_times([python], lines("small.jsonl", "account"), "account")
    at_most("margin-calc / wc -l, scenarios alone", 10, full[1], full[0])
    at_most("margin-calc / wc -l, dynamic in full", 10, whole, full[0])
    at_most("margin-calc / wc -l, derive-pm2", 10, pm2, full[0])
    at_most("margin-calc / wc -l, positions without venue members", 10, lean[1], lean[0])
    at_least("plain C++ / margin-calc", 15, full[2], full[1])
    at_least("plain Python / margin-calc", 80, python, full[1], lines("small.jsonl", "account"), count)


def unmemoised(stdin, what):
    policy = f"{WORK}/policy.json"
    programs = [margin_calc(stdin, "-p", policy), plain("plain_margin", stdin, policy)]
    interleaved(programs, ROUNDS)
    print(f"20 options an account, nothing memoised: {what}")
    show_times(programs, lines(stdin, "account"), "account")
    at_least(f"plain C++ / margin-calc, {stdin.split('.')[0]}", 7, programs[1], programs[0])


def nothing_memoised():
    unmemoised("requoted.jsonl", "their new tickers come before each account")
    unmemoised("distinct.jsonl", "each held by one account, listed and quoted in the stream")


def vols():
    if not os.path.exists(f"{BIN}/vol-estimate"):
        return
    programs = [word_count("candles.jsonl"), tool("vol-estimate", "candles.jsonl", "-f", "json"),
                plain("plain_vol", "candles.jsonl")]
    python, count = plain("plain_vol.py", "few-candles.jsonl"), lines("candles.jsonl", "candle")
    interleaved(programs, ROUNDS)
    interleaved([python], min(ROUNDS, 3))
    few = lines("few-candles.jsonl", "candle")
    print(f"{count} candles of 14 symbols, nine estimators")
    show_times(programs, count, "candle")
    show_times([python], few, "candle")
    at_most("vol-estimate / wc -l", 10, programs[1], programs[0])
    at_least("plain C++ / vol-estimate", 12, programs[2], programs[1])
    at_least("plain Python / vol-estimate", 20, python, programs[1], few, count)


def prices():
    goals = {"sse2": 1e9, "avx2": 12.0, "avx512": 8.0}
    run = subprocess.run([f"{BIN}/price_row"], capture_output=True, text=True, check=True)
    for line in run.stdout.splitlines():
        isa, best, middle, _ = line.split()
        goal = goals[isa]
        show(f"ns a price, {isa}", f"<= {goal:g}" if goal < 1e9 else "", f"{best} (median {middle})",
             float(best) <= goal if goal < 1e9 else None)


def memory():
    probe, market, accounts = f"{BIN}/libprobe.so", f"{WORK}/market.jsonl", f"{WORK}/accounts.jsonl"
    command = [f"{BIN}/margin-calc", "-f", "json"]

    def feed(count):
        whole, rest = divmod(count, lines("accounts.jsonl", "account"))
        again = f"for i in $(seq {whole}); do cat {accounts}; done"
        return ["sh", "-c", f"cat {market}; {again}; head -n {rest} {accounts}"]

    (few, _), (more, _) = probed(probe, command, feed(1000)), probed(probe, command, feed(2000))
    show("allocations of 1,000 further accounts", "0", str(more - few), more == few)
    requoted = [probed(probe, command, ["sh", "-c", f"head -n {count} {WORK}/requoted.jsonl"])[0]
                for count in (20_000, 30_000)]
    show("allocations of 10,000 further tickers and accounts", "0", str(requoted[1] - requoted[0]),
         requoted[1] == requoted[0])
    (_, short), (_, long) = probed(probe, command, feed(10_000)), probed(probe, command, feed(200_000))
    show("peak memory, 10 k and 200 k accounts", "flat, 16 MB", f"{short / 1024:.1f} and {long / 1024:.1f} MB",
         long <= 1.05 * short and long <= 16 * 1024)
    if os.path.exists(f"{BIN}/vol-estimate"):
        _, peak = probed(probe, [f"{BIN}/vol-estimate", "-f", "json"], ["cat", f"{WORK}/candles.jsonl"])
        show("peak memory of vol-estimate", "16 MB", f"{peak / 1024:.1f} MB", peak <= 16 * 1024)


def start_up():
    programs = [Program("empty CLI11 program", [f"{BIN}/empty_cli11"]),
                Program("margin-calc", [f"{BIN}/margin-calc", "-f", "json", "--allow-empty"])]
    interleaved(programs, 100)
    ratio = min(programs[1].wall) / min(programs[0].wall)
    show("start-up / an empty CLI11 program, seconds that pass", "<= 2x",
         f"{ratio:.2f}x ({1e3 * min(programs[1].wall):.2f} ms)", ratio <= 2.0)


def threads():
    alone, both = margin_calc("book.jsonl"), margin_calc("book.jsonl", "-j", "2")
    halves = [margin_calc(f"half{i}.jsonl") for i in (1, 2)]
    pairs = []
    for _ in range(ROUNDS):
        run_once(alone)
        run_once(both)
        pairs.append(together(halves))
    show("speed of -j 2 / speed of two processes, half each", ">= 0.8x",
         f"{min(pairs) / min(both.wall):.2f}x (over one thread: -j 2 {min(alone.wall) / min(both.wall):.2f}x, "
         f"two processes {min(alone.wall) / min(pairs):.2f}x)", min(pairs) / min(both.wall) >= 0.8)
    one, two = (subprocess.run([*p.command], stdin=open(p.stdin), capture_output=True, check=True).stdout
                for p in (alone, both))
    show("bytes of -j 2 and of -j 1", "equal", "equal" if one == two else "DIFFERENT", one == two)


def further_lines(command, head, more, each):
    """Instructions of one more line: 1,000 further ones, so that no start-up is in it."""
    totals = []
    for count in (1000, 2000):
        with open(f"{WORK}/counted.jsonl", "w") as out:
            out.writelines(head + more[:count * each])
        totals.append(instructions(command, f"{WORK}/counted.jsonl"))
    return (totals[1] - totals[0]) / 1000


def counts():
    """By callgrind on the AVX2 path: figures that no noise moves."""
    read = {name: open(f"{WORK}/{name}.jsonl").readlines() for name in ("market", "accounts", "few-candles")}
    figure = further_lines([f"{BIN}/margin-calc", "-f", "json"], read["market"], read["accounts"], 1)
    show("instructions an account (callgrind)", "<= 60 k", f"{figure / 1000:.1f} k", figure <= 60_000)
    if os.path.exists(f"{BIN}/vol-estimate"):
        figure = further_lines([f"{BIN}/vol-estimate", "-f", "json"], [], read["few-candles"], 10) / 10
        show("instructions a candle (callgrind)", "<= 2.6 k", f"{figure / 1000:.2f} k", figure <= 2600)


def main():
    for section in (margins, nothing_memoised, vols, prices, memory, start_up, threads, counts):
        section()


if __name__ == "__main__":
    main()
