#!/usr/bin/env python3
"""vol-estimate's figures from candles as a plain Python program: plain_vol.py < candles.jsonl"""
import json
import math
import sys

DAY_MS = 86_400_000


def mean(values):
    return sum(values) / len(values)


def sample_variance(values):
    centre = mean(values)
    return sum((x - centre) ** 2 for x in values) / (len(values) - 1)


def garman_klass(bar):
    _, o, h, l, c = bar
    return 0.5 * math.log(h / l) ** 2 - (2.0 * math.log(2.0) - 1.0) * math.log(c / o) ** 2


def rogers_satchell(bar):
    _, o, h, l, c = bar
    return math.log(h / c) * math.log(h / o) + math.log(l / c) * math.log(l / o)


def ewma(squares, decay, start_decay, start_length):
    """Started from the mean of the first squares weighted by start_decay, over start_length of them."""
    weights = [start_decay ** i for i in range(min(start_length, len(squares)))]
    variance = sum(w * x for w, x in zip(weights, squares)) / sum(weights)
    for square in squares:
        variance = decay * variance + (1.0 - decay) * square
    return variance


def riskmetrics2006(squares, bars_per_day):
    total = variance = 0.0
    for k in range(14):
        days = 4.0 * math.sqrt(2.0) ** k
        weight = 1.0 - math.log(days) / math.log(1560.0)
        decay = math.exp(-1.0 / (days * bars_per_day))
        length = max(math.floor(math.log(0.01) / math.log(decay)), k, 1)
        variance += weight * ewma(squares, decay, decay, length)
        total += weight
    return variance / total


def variances(bars, interval_ms):
    """Of one bar, by estimator: over the last 30 days, and over all bars where weights decay."""
    bars_per_day = DAY_MS / interval_ms
    links = [(b, a) for a, b in zip(bars, bars[1:]) if b[0] - a[0] == interval_ms]
    squares = [math.log(b[4] / a[4]) ** 2 for b, a in links]
    window = bars[-int(30 * bars_per_day):]
    links = [(b, a) for a, b in zip(window, window[1:]) if b[0] - a[0] == interval_ms]
    returns = [math.log(b[4] / a[4]) for b, a in links]
    opens = [math.log(b[1] / a[4]) for b, a in links]
    moves = [math.log(b[4] / b[1]) for b, _ in links]
    satchells = [rogers_satchell(b) for b, _ in links]
    n = len(moves)
    k = 0.34 / (1.34 + (n + 1.0) / (n - 1.0))
    estimates = {
        "close-to-close": sample_variance(returns),
        "zero-mean": mean([r * r for r in returns]),
        "parkinson": mean([math.log(h / l) ** 2 for _, _, h, l, _ in window]) / (4.0 * math.log(2.0)),
        "garman-klass": mean([garman_klass(b) for b in window]),
        "garman-klass-yang-zhang": mean([o * o + garman_klass(b) for o, (b, _) in zip(opens, links)]),
        "rogers-satchell": mean([rogers_satchell(b) for b in window]),
        "yang-zhang": sample_variance(opens) + k * sample_variance(moves) + (1.0 - k) * mean(satchells),
        "ewma": ewma(squares, 0.94 ** (1.0 / bars_per_day), 0.94, 75),
        "riskmetrics2006": riskmetrics2006(squares, bars_per_day)}
    return estimates, mean(squares)


def vol_record(underlying, interval_ms, bars):
    by_name, long_run = variances(bars, interval_ms)
    bars_per_year = 365.0 * DAY_MS / interval_ms
    estimates = {name: math.sqrt(x * bars_per_year) for name, x in by_name.items()}
    last = bars[-1][0] + interval_ms
    headline = {"estimator": "riskmetrics2006", "annual_vol": estimates["riskmetrics2006"]}
    gaps = sum((b[0] - a[0]) // interval_ms - 1 for a, b in zip(bars, bars[1:]))
    return {"type": "vol", "underlying": underlying, "ts": last, **headline, "base_estimator": "zero-mean",
            "base_annual_vol": math.sqrt(long_run * bars_per_year),
            "realized": headline | {"as_of_ts": last, "interval_ms": interval_ms, "estimates": estimates},
            "samples": len(bars), "gaps": gaps, "days_per_year": 365}


def main():
    series = {}
    for line in sys.stdin:
        record = json.loads(line)
        _, bars = series.setdefault(record["symbol"].split("_")[0], (record["interval_ms"], []))
        bars.append((record["ts"], *(float(record[name]) for name in ("open", "high", "low", "close"))))
    for underlying, (interval_ms, bars) in sorted(series.items()):
        print(json.dumps(vol_record(underlying, interval_ms, bars), separators=(",", ":")))


if __name__ == "__main__":
    main()
