// The `score` member of an account: how likely it is to reach its margin boundary, and why.
#pragma once

#include "json/field.hpp"
#include "json/reader.hpp"
#include "record/words.hpp"

namespace tidemark::record {

struct Reason {
    std::string_view code;
    double points = 0.0;

    static constexpr auto fields() {
        using json::field;
        using T = Reason;
        return std::tuple{
            field("code", &T::code, "what the points are for"),
            field("points", &T::points, "points that it adds to the score; negative is worse"),
        };
    }
};

struct Score {
    MarginStatus status{};
    std::optional<std::string_view> reason, policy;
    std::optional<double> value, breach_prob, multiplier, reference;
    std::optional<std::int64_t> accounts;
    std::vector<Reason> reasons;

    static constexpr auto fields() {
        using json::field;
        using enum json::Rule;
        using T = Score;
        return std::tuple{
            field("status", &T::status, "ok, or indeterminate with a reason and no figures"),
            field("reason", &T::reason, "why it is indeterminate"),
            field("policy", &T::policy, "name@version of the score policy"),
            field("value", &T::value, "points on the scorecard scale; higher is safer"),
            field("breach_prob", &T::breach_prob,
                  "probability of touching the maintenance boundary within the horizon", fraction),
            field("multiplier", &T::multiplier,
                  "factor on this account's margin; an account as likely as the reference has 1", positive),
            field("reference", &T::reference,
                  "probability that has multiplier 1: the policy's, or the median of a book", fraction),
            field("accounts", &T::accounts, "whose median the reference is; 0 where it is a fixed one",
                  not_negative),
            field("reasons", &T::reasons, "points by cause; with the top of the scale they sum to value"),
        };
    }
};

}  // namespace tidemark::record
