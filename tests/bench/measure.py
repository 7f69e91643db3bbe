"""Runs programs back to back, interleaved, and keeps the processor time of each run."""
import os
import re
import subprocess
import time
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Program:
    name: str
    command: list
    stdin: str = os.devnull
    cpu: list = field(default_factory=list)
    wall: list = field(default_factory=list)

    @property
    def best(self):
        return min(self.cpu)

    @property
    def middle(self):
        return median(self.cpu)


def run_once(program):
    with open(program.stdin) as source:
        begin = time.monotonic()
        child = subprocess.Popen(program.command, stdin=source, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"{program.name}: exit status {child.returncode}")
    program.wall.append(time.monotonic() - begin)
    program.cpu.append(usage.ru_utime + usage.ru_stime)


def interleaved(programs, rounds):
    for _ in range(rounds):
        for program in programs:
            run_once(program)


def together(programs):
    """Seconds that the programs take where they run at the same time."""
    sources = [open(program.stdin) for program in programs]
    begin = time.monotonic()
    children = [subprocess.Popen(p.command, stdin=source, stdout=subprocess.DEVNULL)
                for p, source in zip(programs, sources)]
    for child in children:
        child.wait()
    seconds = time.monotonic() - begin
    for source in sources:
        source.close()
    return seconds


def probed(probe, command, stdin):
    """Allocations and peak KiB of the command; stdin is the output of another."""
    source = subprocess.Popen(stdin, stdout=subprocess.PIPE)
    run = subprocess.run(command, stdin=source.stdout, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                         env=os.environ | {"LD_PRELOAD": probe}, check=True)
    source.stdout.close()
    source.wait()
    count, kib = re.search(r"probe: (\d+) allocations, (\d+) KiB", run.stderr).groups()
    return int(count), int(kib)


def instructions(command, stdin):
    """By callgrind, which no other work on the machine disturbs."""
    with open(stdin) as source:
        run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                             stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", run.stderr).group(1))
