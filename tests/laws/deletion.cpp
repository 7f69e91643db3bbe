// deletion MARKET ACCOUNTS [EVERY]: the deletion law. Every line of the market (or every EVERY-th), damaged
// in every way, under every policy below: how many accounts then need less, or stand better, and do not say
// that anything was missing. Exit 1 where it is not 0.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <map>

#include "convert/market_of.hpp"
#include "damage.hpp"
#include "desk/account_margin.hpp"

using namespace tidemark;

namespace {

constexpr std::array<std::string_view, 6> policies{"dynamic",    "static",      "derive-pm2",
                                                   "deribit-sm", "hyperliquid", "aave-v3"};

/// A line that stays where it is, with the bytes behind it that the parser wants.
class Held {
public:
    explicit Held(std::string text) : bytes_{std::move(text)}, size_{bytes_.size()} {
        bytes_.append(json::padding, ' ');
        parsed_ = static_cast<bool>(line_.parse(std::string_view{bytes_}.substr(0, size_)));
    }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

    [[nodiscard]] std::string text() const { return bytes_.substr(0, size_); }
    [[nodiscard]] const json::Line& line() const { return line_; }
    [[nodiscard]] bool parsed() const { return parsed_; }
    [[nodiscard]] std::string type() const {
        std::string scratch;
        return std::string{line_.string(line_.at(line_.find(json::Line::root, "type")), scratch)};
    }

private:
    std::string bytes_;
    std::size_t size_;
    json::Line line_;
    bool parsed_ = false;
};

struct Lines {
    std::deque<Held> all;

    explicit Lines(const char* path) {
        std::ifstream file{path};
        for (std::string text; std::getline(file, text);) all.emplace_back(text);
        if (all.empty()) std::exit((fmt::print(stderr, "deletion: no lines in {}\n", path), 2));
    }
};

/// What of a margin the law is about.
struct Figures {
    bool known = false, marked = false;
    double initial = 0.0, maintenance = 0.0, equity = 0.0, health = 0.0;
};

Figures figures_of(const record::Margin& margin) {
    if (margin.status != record::MarginStatus::ok) return {};
    return {true,           !margin.assumed.empty(),    *margin.initial_margin, *margin.maintenance_margin,
            *margin.equity, margin.health.value_or(0.0)};
}

constexpr double tolerance = 1e-9;  // of the figure: sums that come by another way

bool less(double a, double b) {
    return a < b - tolerance * std::fabs(b);
}

/// Whether the account looks safer than it did and nothing in it says that something was missing. An account
/// that has no figure, or has one only now, does not: the one before was the fault.
bool breaks_law(const Figures& was, const Figures& is) {
    if (!was.known || !is.known || is.marked) return false;
    return less(is.initial, was.initial) || less(is.maintenance, was.maintenance) ||
           less(was.equity, is.equity) || (is.maintenance > 0.0 && less(was.health, is.health));
}

/// A market of those lines, one of them in another's place.
class Book {
public:
    Book(const Lines& market, const Lines& accounts) : market_{market}, accounts_{accounts} {
        for (const std::string_view name : policies) documents_.push_back(policy::preset(name).value());
        for (const Held& held : accounts_.all) {
            if (!readers_.emplace_back().read(held.line(), read_.emplace_back())) std::exit(2);
        }
    }

    /// By policy, by account.
    std::vector<std::vector<Figures>> judge(std::size_t damaged, const Held* instead) {
        market::Market market;
        for (const auto& document : documents_) (void)desk::know_par_assets(document, market);
        for (std::size_t i = 0; i < market_.all.size(); ++i) {
            const Held* held = i == damaged ? instead : &market_.all[i];
            // A refused line has its message and its exit status; the accounts then stand as if it were gone.
            if (held != nullptr && held->parsed()) (void)feed_.learn(held->line(), held->type(), market);
        }
        market.prepare();
        std::vector<std::vector<Figures>> all;
        for (const auto& document : documents_) {
            auto account_margin = desk::AccountMargin::make(document, market).value();
            auto& figures = all.emplace_back();
            for (const record::Account& account : read_)
                figures.push_back(figures_of(account_margin.assess(account)));
        }
        return all;
    }

    /// Whether the line is that of an option that no account holds.
    [[nodiscard]] bool unheld(const std::string& line) const {
        const auto in_line = [&](const record::Position& p) {
            return line.find(p.symbol) != std::string::npos;
        };
        const auto holds = [&](const record::Account& a) {
            return std::any_of(a.positions.begin(), a.positions.end(), in_line);
        };
        return line.find("forward_price") != std::string::npos &&
               std::none_of(read_.begin(), read_.end(), holds);
    }
    [[nodiscard]] std::string_view account(std::size_t i) const { return read_[i].account_id; }
    [[nodiscard]] const Lines& market() const { return market_; }

private:
    const Lines& market_;
    const Lines& accounts_;
    std::vector<policy::Document> documents_;
    std::deque<json::Reader> readers_;
    std::deque<record::Account> read_;
    convert::MarketFeed feed_;
};

/// Breaches of the law: how many, of how many accounts, and the first few in words.
struct Count {
    std::size_t broken = 0, judged = 0, indeterminate = 0;
};
using Table = std::map<std::pair<std::string_view, std::string_view>, Count>;  // by damage and policy

void compare(const Book& book, const std::string& line, std::string_view damage,
             const std::vector<std::vector<Figures>>& was, const std::vector<std::vector<Figures>>& is,
             Table& table) {
    for (std::size_t p = 0; p < was.size(); ++p) {
        Count& count = table[{damage, policies[p]}];
        for (std::size_t a = 0; a < was[p].size(); ++a) {
            const Figures &before = was[p][a], &after = is[p][a];
            ++count.judged;
            count.indeterminate += before.known && !after.known ? 1 : 0;
            if (!breaks_law(before, after)) continue;
            if (++count.broken > 3) continue;
            fmt::print("{} {} {}: initial {} -> {}, maintenance {} -> {}, equity {} -> {}\n    {:.300}\n",
                       damage, policies[p], book.account(a), before.initial, after.initial,
                       before.maintenance, after.maintenance, before.equity, after.equity, line);
        }
    }
}

std::size_t print(const Table& table) {
    std::size_t broken = 0;
    fmt::print("{:<16}", "broken/no figure");
    for (const std::string_view policy : policies) fmt::print("{:>15}", policy);
    for (const laws::Damage& damage : laws::damages()) {
        fmt::print("\n{:<16}", damage.name);
        for (const std::string_view policy : policies) {
            const auto found = table.find({damage.name, policy});
            const Count count = found == table.end() ? Count{} : found->second;
            fmt::print("{:>15}", fmt::format("{}/{}", count.broken, count.indeterminate));
            broken += count.broken;
        }
    }
    fmt::print("\n");
    return broken;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return fmt::print(stderr, "usage: deletion MARKET ACCOUNTS [EVERY]\n"), 2;
    const Lines market{argv[1]}, accounts{argv[2]};
    const std::size_t every = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1;
    Book book{market, accounts};
    const auto was = book.judge(market.all.size(), nullptr);
    Table table;
    for (std::size_t i = 0; i < market.all.size(); ++i) {
        if (i % every != 0 && book.unheld(market.all[i].text())) continue;
        for (const laws::Damage& damage : laws::damages()) {
            const auto text = damage.of(market.all[i].text());
            if (!text) continue;
            const Held instead{*text};
            compare(book, *text, damage.name, was, book.judge(i, text->empty() ? nullptr : &instead), table);
        }
    }
    const std::size_t broken = print(table);
    fmt::print("deletion law: {} lines, {} breaches\n", market.all.size(), broken);
    return broken == 0 ? 0 : 1;
}
