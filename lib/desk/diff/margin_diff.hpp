// Why the margin of every account changed between two days: the same model, asked again and again while one
// thing after another is switched from old to new.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "attribution/attribution.hpp"
#include "attribution/market_path.hpp"
#include "desk/account_margin.hpp"
#include "desk/diff/book_day.hpp"
#include "policy/document.hpp"
#include "record/margin_diff.hpp"

namespace tidemark::desk {

struct DiffSide {
    BookDay* day;
    const policy::Document* policy;
};

/// Two days' accounts, compared in canonical order: what the new market cannot value is closed on the old
/// one; then the market moves (attribution::MarketPath), then the account (switch_account), then the policy,
/// parameter by parameter. Each state is a full call of the model.
class MarginDiff {
public:
    /// Both sides must outlive it. Fails with policy.
    static Result<std::unique_ptr<MarginDiff>> make(DiffSide before, DiffSide after);
    MarginDiff(const MarginDiff&) = delete;
    MarginDiff& operator=(const MarginDiff&) = delete;

    /// Goes through all the states, there and back. Fails only where the program is wrong.
    Status run();

    struct Entry {
        std::string_view account_id;
        std::string_view line;  // of the new day, or of the old one where the new one has none
        bool same = false;      // nothing that its figures rest on differs
        const record::MarginDiff& diff;
    };
    /// Each account, in the order of ids; to be called after run().
    void each(const std::function<void(const Entry&)>& visit) const;

private:
    struct Pair {
        std::string_view id;
        const BookDay::Held *before = nullptr, *after = nullptr;
        record::Account now;                        // the account on its way
        std::set<std::string, std::less<>> assets;  // that its figures rest on
        attribution::Attribution trail;
        record::MarginDiff diff;
        std::string reason;
        bool same = false;
        bool on_way = false;  // both ends have figures, and something may differ
    };

    MarginDiff(DiffSide before, DiffSide after) : before_{before}, after_{after} {}

    void pair_up();
    static void put_change(Pair& pair, const attribution::Attribution& back);
    Status walk();
    void begin(Pair& pair, bool same_world);
    void begin_both(Pair& pair, bool same_world);
    static void put_one_side(Pair& pair, const record::Margin& margin);
    static void put_indeterminate(Pair& pair, std::string_view day, std::string_view reason);
    void close_first(Pair& pair);
    void find_assets(Pair& pair) const;
    static bool concerns(const attribution::Change& change, const Pair& pair) {
        return pair.on_way && (change.asset.empty() || pair.assets.contains(change.asset));
    }
    Status walk_market(attribution::MarketPath& market_path);
    Status reach_market(const attribution::Change& change, const attribution::MarketPath& market_path);
    void walk_account(Pair& pair);
    void walk_policy();
    [[nodiscard]] static attribution::Figures figures_of(const record::Margin& margin);
    /// Of an account under way: its next state.
    static void reach(Pair& pair, const attribution::DiffStep& step, const record::Margin& margin);
    /// Of every account under way: its next state.
    void reach(const attribution::DiffStep& step, AccountMargin& account_margin);
    [[nodiscard]] bool quoted_before(const std::string& symbol) const;

    DiffSide before_, after_;
    std::optional<AccountMargin> first_, arrived_, last_;  // old policy on the old and new market; new on new
    std::vector<Pair> pairs_;
};

}  // namespace tidemark::desk
