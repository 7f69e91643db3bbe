#!/usr/bin/env python3
"""company.py BIN_DIR EXAMPLES_DIR: what an account is told does not depend on who else is in the file.

Each account of the sample book goes through score, margin and liquidation by itself, beside each neighbour, and in
the book: score, requirement, status, roots and advice have to be the same to the last digit.
"""
import json
import os
import subprocess
import sys

BIN, EXAMPLES = (os.path.abspath(path) for path in sys.argv[1:3])
TOLD = ("score", "margin", "liquidation")


def through(market, accounts):
    feed = market + b"".join(accounts)
    for tool in ("risk-score", "margin-calc", "liq-check"):
        done = subprocess.run([os.path.join(BIN, tool)], input=feed, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode not in (0, 5):
            sys.exit(f"{tool}: exit {done.returncode}: {done.stderr.decode()[:400]}")
        feed = done.stdout
    records = [json.loads(line) for line in feed.splitlines()]
    return {r["account_id"]: {name: r.get(name) for name in TOLD} for r in records if r["type"] == "account"}


def main():
    with open(os.path.join(EXAMPLES, "market.jsonl"), "rb") as file:
        market = file.read()
    with open(os.path.join(EXAMPLES, "accounts.jsonl"), "rb") as file:
        accounts = file.readlines()
    book = through(market, accounts)
    companies = [[a] for a in accounts] + [list(pair) for pair in zip(accounts, accounts[1:])]
    different = 0
    for company in companies:
        for name, told in through(market, company).items():
            if told != book[name]:
                different += 1
                print(f"{name} beside {len(company) - 1} other: {told} but in the book {book[name]}")
    print(f"{len(accounts)} accounts alone and in {len(accounts) - 1} pairs, {different} told otherwise than in the book")
    if len(accounts) < 2 or len(book) != len(accounts):
        sys.exit("want every account of the book, each once")
    sys.exit(1 if different else 0)


main()
