#!/usr/bin/env python3
"""scenario_vectors.py BIN_DIR SHARED_DIR: margin-calc --scenarios against the scenario results of Derive's own tests.

Each vector (derivexyz/v2-core, PMRM_2 portfolio cases) becomes a policy file, market lines and an account; every
scenario's loss must be the venue's. Those are left out that no policy can say: rates that differ by expiry, numbers
beyond a parameter's bounds. Exit 77 where the vectors are not there.
"""
import json
import os
import subprocess
import sys
import tempfile

BIN, SHARED = sys.argv[1], sys.argv[2]
VECTORS = os.path.join(SHARED, "vectors", "margin.jsonl")
TS = 1735689600000
# The policy's name of each of the vector's parameters.
PLAIN = {"min_vol_on_up": "min_vol_up", "vol_power_short": "short_term_power", "vol_power_long": "long_term_power", "vol_floor_days": "dte_floor_days",
         "linear_skew_cap": "linear_scale_cap", "linear_skew_cap_per_root_year": "linear_cbase", "absolute_skew_cap": "abs_scale_cap",
         "absolute_skew_cap_per_root_year": "abs_cbase", "skew_least_width": "min_k_star", "skew_width_scale": "min_width_scale",
         "skew_width_vol": "vol_param_static", "skew_width_vol_per_root_year": "vol_param_scale", "gain_discount": "base_static_discount",
         "gain_rate_multiple": "long_rate_mult", "gain_rate_add": "long_rate_add", "loss_discount": "base_static_discount_neg",
         "loss_rate_multiple": "short_rate_mult", "loss_rate_add": "short_rate_add"}
WORDS = {"up": "up", "down": "down", "none": "none", "linear": "linear skew", "abs": "absolute skew"}


def policy_of(case):
    preset = subprocess.run([os.path.join(BIN, "margin-calc"), "--print-policy", "derive-pm2"], stdout=subprocess.PIPE, check=True).stdout
    policy, params = json.loads(preset), case["params"]
    policy.update({ours: params[theirs] for ours, theirs in PLAIN.items()})
    policy["vol_ranges_up"], policy["vol_ranges_down"] = {"*": params["vol_range_up"]}, {"*": params["vol_range_down"]}
    policy["interest_rate"] = case["expiries"][0]["rate"] if case["expiries"] else 0
    tails = [s for s in case["scenarios"] if s[2] != 1.0]
    policy["tail_moves"], policy["tail_weights"] = [s[0] - 1 for s in tails], [s[2] for s in tails]
    policy["skews"] = [s for s, word in (("linear", "linear"), ("absolute", "abs")) if any(word == row[1] for row in case["scenarios"])]
    return policy


def stream_of(case):
    lines, positions = [{"type": "price", "asset": "BTC", "ts": TS, "price": case["spot"]}], []
    if case["perp"]["size"]:
        price = case["perp"]["price"]
        lines.append({"type": "ticker", "symbol": "BTC_USDC-PERPETUAL", "ts": TS, "mark_price": price})
        positions.append({"symbol": "BTC_USDC-PERPETUAL", "qty": case["perp"]["size"], "entry_price": price})
    for i, expiry in enumerate(case["expiries"]):
        for j, option in enumerate(expiry["options"]):
            symbol = f"leg-{i}-{j}"
            lines.append({"type": "instrument", "symbol": symbol, "ts": TS, "kind": "option", "underlying": "BTC", "quote_asset": "USDC", "settle_asset": "USDC",
                          "expiry_ts": TS + 1000 * expiry["sec"], "strike_price": option["strike"], "option_type": option["type"]})
            lines.append({"type": "ticker", "symbol": symbol, "ts": TS, "forward_price": expiry["forward"], "mark_vol": option["vol"]})
            positions.append({"symbol": symbol, "qty": option["qty"]})
    moving = sum(c["amount"] * c["price"] for c in case["collaterals"] if c["risk_cancelling"]) / case["stable"] / case["spot"]
    collateral = [{"asset": "USD", "qty": 1}] + ([{"asset": "BTC", "qty": moving}] if moving else [])
    return lines + [{"type": "account", "account_id": "v", "ts": TS, "collateral": collateral, "positions": positions}]


def losses_of(case):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "policy.json")
        with open(path, "w") as file:
            json.dump(policy_of(case), file)
        feed = "".join(json.dumps(line) + "\n" for line in stream_of(case)).encode()
        done = subprocess.run([os.path.join(BIN, "margin-calc"), "--scenarios", "--bare", "--accept-suspect", "--policy", path], input=feed, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode == 2 and b"want a number from" in done.stderr:
        return None
    if done.returncode != 0:
        sys.exit(f"exit {done.returncode}: {done.stderr.decode()}{done.stdout.decode()[:500]}")
    found = {}
    for pool in json.loads(done.stdout)["scenarios"]:
        for row in pool.get("rows", []):
            found[(round(row["moves"]["BTC"], 9), row["vol"], round(row["weight"], 9))] = row["loss"]
    return found


def main():
    if not os.path.exists(VECTORS):
        print("skipped: no vectors beside the project")
        sys.exit(77)
    with open(VECTORS) as file:
        rows = [r for r in map(json.loads, file) if r["case"] == "margin.derive_pm2"]
    cases = checked = failed = 0
    for row in rows:
        case, wanted = row["input"], row["expected"]["scenario_pnl"]
        if len({e["rate"] for e in case["expiries"]}) > 1:
            continue
        found = losses_of(case)
        if found is None:
            continue
        cases += 1
        for scenario, pnl in zip(case["scenarios"], wanted):
            # A book without anything that moves has no pool.
            loss = found.get((round(scenario[0] - 1, 9), WORDS[scenario[1]], round(scenario[2], 9)), None if found else 0.0)
            checked += 1
            if loss is None or abs(loss + pnl) > max(row["tolerance"]["floor"], row["tolerance"]["rel"] * abs(pnl)):
                failed += 1
                print(f"FAIL  {row['id']} {scenario}: loss {loss}, want {-pnl}")
    print(f"{checked} scenario losses of {cases} vectors, {failed} failed")
    sys.exit(1 if failed or not checked else 0)


main()
