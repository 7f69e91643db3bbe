// The `margin_diff` member of an account: how its margin changed between two days, and by what.
#pragma once

#include <optional>

#include "core/margin_words.hpp"
#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct DiffFigures {
    double initial_margin = 0.0, maintenance_margin = 0.0, equity = 0.0;

    static constexpr auto fields() {
        using json::field;
        using T = DiffFigures;
        return std::tuple{
            field("initial_margin", &T::initial_margin,
                  "as margin-calc gives it, rounded up to 2^-48 of the larger day's"),
            field("maintenance_margin", &T::maintenance_margin, "the same"),
            field("equity", &T::equity, "the same"),
        };
    }
};

struct DiffRow {
    Cause cause{};
    std::optional<std::string_view> item;
    std::optional<double> from, to;
    double initial_margin = 0.0, maintenance_margin = 0.0, equity = 0.0;
    std::vector<std::string_view> with;
    std::optional<std::string_view> note;

    static constexpr auto fields() {
        using json::field;
        using T = DiffRow;
        return std::tuple{
            field("cause", &T::cause, "what was switched from old to new"),
            field("item", &T::item,
                  "which of them: an asset, a symbol, an underlying and days to expiry, a parameter"),
            field("from", &T::from,
                  "its old value, where one number says it; of a volatility the mean over the options held, "
                  "of a time ms, of a liquidity the half spread, of orders their sum"),
            field("to", &T::to, "its new value"),
            field("initial_margin", &T::initial_margin, "what the requirement changed by"),
            field("maintenance_margin", &T::maintenance_margin, "the same of the maintenance margin"),
            field("equity", &T::equity, "the same of the equity"),
            field("with", &T::with,
                  "switched in the same step, since the state in between cannot be computed"),
            field("note", &T::note, "what is unusual about the step"),
        };
    }
};

struct MarginDiff {
    DiffStatus status{};
    std::optional<std::string_view> reason;
    std::optional<std::string_view> old_policy, policy;
    std::string_view currency;
    std::optional<Timestamp> old_as_of_ts, as_of_ts;
    std::optional<DiffFigures> before, after, change;
    std::vector<DiffRow> rows;

    static constexpr auto fields() {
        using json::field;
        using T = MarginDiff;
        return std::tuple{
            field("status", &T::status,
                  "changed, unchanged, opened (only the new day has it), closed (only the old one), or "
                  "indeterminate with a reason and no figures"),
            field("reason", &T::reason, "why it is indeterminate, and on which day"),
            field("old_policy", &T::old_policy, "name@version that the old figures are by"),
            field("policy", &T::policy, "the same of the new ones"),
            field("currency", &T::currency, "of every amount here"),
            field("old_as_of_ts", &T::old_as_of_ts, "market time of the old day"),
            field("as_of_ts", &T::as_of_ts, "market time of the new day"),
            field("old", &T::before, "figures of the old day"),
            field("new", &T::after, "figures of the new day"),
            field("change", &T::change, "new less old"),
            field("rows", &T::rows,
                  "the change by cause, in the order of the steps; each figure sums to its change exactly, "
                  "in any order"),
        };
    }
};

}  // namespace tidemark::record
