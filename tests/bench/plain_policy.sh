# shellcheck shell=sh
# Sourced by run.sh and same.sh: the dynamic policy without what the plain programs do not know. They know the
# scenarios and how underlyings add up, not the cost to close nor stressed volatility.
plain_policy() { # BIN_DIR
    off='liquidity_weight\|concentration_weight\|orders_weight\|measured_haircut_weight\|threshold_weight'
    off=$off'\|stress_weight\|confidence_multiple'
    "$1/margin-calc" --print-policy dynamic | sed 's/"\('"$off"'\)": [0-9][0-9.]*/"\1": 0/'
}
