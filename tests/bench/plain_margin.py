#!/usr/bin/env python3
"""The margins of margin-calc's dynamic model as a plain Python program: json, loops and math.erfc.

    plain_margin.py POLICY.json < market-and-accounts.jsonl
"""
import json
import math
import sys

YEAR_MS = 365.0 * 86_400_000.0


def normal_below(z):
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def black76(forward, strike, deviation, call):
    sign = 1.0 if call else -1.0
    if deviation <= 0.0:
        return max(0.0, sign * (forward - strike))
    d1 = math.log(forward / strike) / deviation + 0.5 * deviation
    return sign * (forward * normal_below(sign * d1) - strike * normal_below(sign * (d1 - deviation)))


def student_t_below(t, dof):
    """Below -t with an even number of degrees of freedom (Abramowitz and Stegun 26.7.4)."""
    angle = math.atan(t / math.sqrt(dof))
    term = total = 1.0
    for k in range(2, dof - 1, 2):
        term *= (k - 1.0) / k * math.cos(angle) ** 2
        total += term
    return 0.5 - 0.5 * math.sin(angle) * total


def expected_shortfall(p, dof):
    """Mean loss beyond the quantile at p of a t scaled to unit variance."""
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = 0.5 * (low + high)
        if student_t_below(middle, dof) > p:
            low = middle
        else:
            high = middle
    density = math.exp(math.lgamma(0.5 * (dof + 1)) - math.lgamma(0.5 * dof)) / math.sqrt(dof * math.pi)
    density *= (1.0 + low * low / dof) ** (-0.5 * (dof + 1))
    return (dof + low * low) / (dof - 1.0) * density / p * math.sqrt((dof - 2.0) / dof)


class Indeterminate(Exception):
    pass


class Calculator:
    def __init__(self, policy):
        self.policy = policy
        self.scenarios = [(f, 1.0, vol) for vol in ("up", "none", "down") for f in policy["spot_fractions"]]
        self.scenarios += [(f, min(1.0, policy["tail_damping"] / abs(f)), "up") for f in policy["tail_fractions"]]
        self.shortfall = expected_shortfall(1.0 - policy["confidence"], policy["tail_degrees_of_freedom"])
        self.shortfall *= math.sqrt(policy["horizon_days"] / 365.0)
        self.newest = {"price": {}, "vol": {}, "instrument": {}, "ticker": {}}
        self.correlations = {}
        self.now = 0

    def learn(self, record):
        key = {"price": "asset", "vol": "underlying", "instrument": "symbol", "ticker": "symbol"}.get(record["type"])
        if key:
            self.newest[record["type"]][record[key]] = record
        if record["type"] == "correlation":
            for a, row in zip(record["assets"], record["matrix"]):
                self.correlations.update({(a, b): float(rho) for b, rho in zip(record["assets"], row)})
        if record["type"] != "instrument":
            self.now = max(self.now, record["ts"])

    def check_age(self, record, limit):
        if self.at - record["ts"] > 1000 * self.policy[limit]:
            raise Indeterminate(f"stale: {record['type']}")
        self.oldest = min(self.oldest, record["ts"])

    def asset_price(self, name):
        record = self.newest["price"].get(name)
        if record:
            self.check_age(record, "quote_max_age_seconds")
            return float(record["price"])
        if name in self.policy["par_assets"]:
            return 1.0
        raise Indeterminate(f"no price of {name}")

    def range_of(self, vol):
        policy, anchor = self.policy, float(vol["base_annual_vol"])
        base = self.shortfall * anchor
        multiplier = float(vol["annual_vol"]) / anchor
        multiplier = min(max(multiplier, policy["multiplier_floor"]), policy["multiplier_cap"])
        down = up = 1.0 + policy["unquoted_skew"]
        if "implied" in vol:
            atm, rr25, bf25 = (float(vol["implied"][x]) for x in ("annual_vol", "rr25", "bf25"))
            down = max(1.0, (atm + bf25 - 0.5 * rr25) / atm)
            up = max(1.0, (atm + bf25 + 0.5 * rr25) / atm)
        return base, multiplier, min(policy["max_down_move"], base * multiplier * down), base * multiplier * up

    def pool_of(self, underlying):
        if underlying not in self.pools:
            vol = self.newest["vol"].get(underlying)
            if not vol:
                raise Indeterminate(f"no vol of {underlying}")
            self.check_age(vol, "vol_max_age_seconds")
            base, multiplier, down, up = self.range_of(vol)
            moves = [max(-self.policy["max_down_move"], f * (down if f < 0.0 else up)) for f, _, _ in self.scenarios]
            self.pools[underlying] = {"pnl": [0.0] * len(moves), "exposure": 0.0, "linear": True, "moves": moves,
                                      "base": base, "multiplier": multiplier, "down": down, "up": up}
        return self.pools[underlying]

    def add_linear(self, pool, exposure):
        pool["exposure"] += exposure
        for k, (_, weight, _) in enumerate(self.scenarios):
            pool["pnl"][k] += exposure * weight * pool["moves"][k]

    def add_collateral(self, balance):
        name, qty = balance["asset"], float(balance["qty"])
        price = self.asset_price(name)
        margin = self.policy["confidence_multiple"] * float(self.newest["price"].get(name, {}).get("confidence", 0))
        if name in self.newest["vol"] and qty != 0.0:
            self.add_linear(self.pool_of(name), qty * price)
        if qty < 0.0:
            return qty * (price + margin)
        haircut = self.policy["haircuts"].get(name, self.policy["default_haircut"])
        return qty * max(0.0, price - margin) * (1.0 - haircut)

    def add_option(self, terms, ticker, qty, conversion):
        policy, pool = self.policy, self.pool_of(terms["underlying"])
        pool["linear"] = False
        forward, strike, vol = float(ticker["forward_price"]), float(terms["strike_price"]), float(ticker["mark_vol"])
        call = terms["option_type"] == "call"
        years = (terms["expiry_ts"] - ticker["ts"]) / YEAR_MS
        root, days = math.sqrt(years), years * 365.0
        power = policy["vol_power_short"] if days <= 30.0 else policy["vol_power_long"]
        tenor = (30.0 / max(days, policy["vol_floor_days"])) ** power
        vols = {"none": vol, "up": max(vol * (1.0 + policy["vol_range_up"] * tenor), policy["min_vol_on_up"]),
                "down": vol * max(0.0, 1.0 - policy["vol_range_down"] * tenor)}
        now = black76(forward, strike, vol * root, call)
        for k, (_, weight, vol_move) in enumerate(self.scenarios):
            then = black76(forward * (1.0 + pool["moves"][k]), strike, vols[vol_move] * root, call)
            pool["pnl"][k] += qty * (then - now) * conversion * weight
        d1 = math.log(forward / strike) / (vol * root) + 0.5 * vol * root
        pool["exposure"] += qty * (normal_below(d1) - (0.0 if call else 1.0)) * forward * conversion
        coin = ticker.get("price_unit") == "coin"
        return qty * float(ticker["mark_price"]) * (forward if coin else 1.0) * conversion

    def add_position(self, position):
        terms = self.newest["instrument"].get(position["symbol"])
        ticker = self.newest["ticker"].get(position["symbol"])
        if not terms or not ticker:
            raise Indeterminate(f"no ticker of {position['symbol']}")
        self.check_age(ticker, "quote_max_age_seconds")
        qty, inverse = float(position["qty"]), terms["settle_asset"] == terms["underlying"]
        conversion = self.asset_price(terms["settle_asset"] if inverse else terms["quote_asset"])
        if terms["kind"] == "option":
            forward = float(ticker["forward_price"])
            return self.add_option(terms, ticker, qty, conversion / forward if inverse else conversion)
        mark, entry = float(ticker["mark_price"]), float(position["entry_price"])
        self.add_linear(self.pool_of(terms["underlying"]), qty * conversion * (1.0 if inverse else mark))
        return qty * conversion * (1.0 - entry / mark if inverse else mark - entry)

    def pair_bounds(self, a, b):
        low, high, band = (self.policy["correlation_" + x] for x in ("low", "high", "band"))
        rho = self.correlations.get((a, b))
        if rho is None:
            return low, high
        return min(max(rho - band, low), high), min(max(rho + band, low), high)

    def correlated(self, joint, alone):
        if len(self.pools) < 2:
            return alone
        names = list(self.pools)
        side = {a: [max(0.0, -min(x for x, (f, _, _) in zip(self.pools[a]["pnl"], self.scenarios) if (f > 0.0) == up))
                    for up in (False, True)] for a in names}
        loss = {a: max(side[a]) for a in names}
        pairs = [(a, b) for i, a in enumerate(names) for b in names[:i]]
        least = min(self.pair_bounds(a, b)[0] for a, b in pairs)
        room = {a: 1.0 for a in names}
        if any(not pool["linear"] for pool in self.pools.values()):
            for a in names:
                wanted = sum(self.pair_bounds(a, b)[0] - least for b in names if b != a)
                room[a] = min(1.0, (1.0 - least) / wanted) if wanted > 0.0 else 1.0
        square = least * joint * joint + (1.0 - least) * sum(x * x for x in loss.values())
        for a, b in pairs:
            low, high = self.pair_bounds(a, b)
            extra = (low - least) * min(room[a], room[b])
            both = max(0.0, -min(x + y for x, y in zip(self.pools[a]["pnl"], self.pools[b]["pnl"])))
            square += 2.0 * (high - least - extra) * sum(x * y for x, y in zip(side[a], side[b]))
            square += extra * (both * both - loss[a] ** 2 - loss[b] ** 2)
        return min(alone, math.sqrt(max(square, least * joint * joint)))

    def require(self):
        base = volatility = skew = alone = 0.0
        for pool in self.pools.values():
            exposure = abs(pool["exposure"])
            base += exposure * pool["base"]
            volatility += exposure * pool["base"] * pool["multiplier"]
            skew += exposure * (pool["down"] if pool["exposure"] > 0.0 else pool["up"])
            alone += max(0.0, -min(pool["pnl"]))
        joint = [sum(column) for column in zip(*(pool["pnl"] for pool in self.pools.values()))] or [0.0]
        index = joint.index(min(joint))
        loss = max(0.0, -joint[index])
        risk = self.correlated(loss, alone)
        out = {"initial_margin": risk, "maintenance_margin": self.policy["maintenance_ratio"] * risk,
               "parts": {"base": base, "volatility": volatility - base, "skew": skew - volatility,
                         "gamma": alone - skew, "correlation": risk - alone, "liquidity": 0, "concentration": 0,
                         "account": 0, "orders": 0}}
        if self.pools:
            moves = {name: pool["moves"][index] for name, pool in self.pools.items()}
            out["worst_scenario"] = {"moves": moves, "vol": self.scenarios[index][2], "loss": loss}
        return out

    def compute(self, account):
        self.at = self.oldest = max(self.now, account["ts"])
        self.pools = {}
        collateral = sum(self.add_collateral(balance) for balance in account["collateral"])
        equity = collateral + sum(self.add_position(position) for position in account["positions"])
        out = self.require()
        if out["maintenance_margin"] > 0.0:
            out["health"] = equity / out["maintenance_margin"]
        return out | {"status": "ok", "equity": equity, "collateral_value": collateral,
                      "free_collateral": equity - out["initial_margin"],
                      "off": ["liquidity", "concentration", "orders"], "as_of_ts": self.now, "oldest_input_ts": self.oldest}

    def margin(self, account):
        head = {"policy": f"{self.policy['policy']}@{self.policy['version']}", "model": "dynamic", "currency": "USD"}
        try:
            return head | self.compute(account)
        except Indeterminate as why:
            return head | {"status": "indeterminate", "reason": str(why)}


def main():
    with open(sys.argv[1]) as policy:
        calculator = Calculator(json.load(policy))
    for line in sys.stdin:
        record = json.loads(line)
        if record["type"] == "account":
            record["margin"] = calculator.margin(record)
            sys.stdout.write(json.dumps(record, separators=(",", ":")) + "\n")
        else:
            calculator.learn(record)
            sys.stdout.write(line)


if __name__ == "__main__":
    main()
