// The `reconciliation` member of an account: each figure that the venue reports beside ours.
#pragma once

#include <optional>

#include "core/reconcile_words.hpp"
#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct Reconciled {
    std::string_view figure;
    std::optional<std::string_view> symbol;
    MarginStatus status{};
    std::optional<std::string_view> reason;
    std::string_view policy;
    std::optional<double> ours;
    double theirs = 0.0;
    std::optional<double> difference, relative;
    std::optional<Discrepancy> cause;
    std::optional<std::string_view> detail;

    static constexpr auto fields() {
        using json::field;
        using T = Reconciled;
        return std::tuple{
            field("figure", &T::figure, "member of reported"),
            field("symbol", &T::symbol, "whose liquidation price it is"),
            field("status", &T::status, "ok, or indeterminate where there is no figure of ours"),
            field("reason", &T::reason, "why it is indeterminate"),
            field("policy", &T::policy, "what ours is computed by: name@version"),
            field("ours", &T::ours, "computed from the account and the market"),
            field("theirs", &T::theirs, "as the venue reports it"),
            field("difference", &T::difference, "ours less theirs"),
            field("relative", &T::relative, "difference / |theirs|; absent where theirs is 0"),
            field("cause", &T::cause, "the simplest that explains the difference to a tick"),
            field("detail", &T::detail, "which ratio, leg, tier, coin or power of ten"),
        };
    }
};

}  // namespace tidemark::record
