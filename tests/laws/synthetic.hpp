// A market of three underlyings and random accounts over it, for the laws.
#pragma once

#include <rapidcheck.h>

#include <array>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "margin/model/model.hpp"
#include "market/portfolio.hpp"

namespace tidemark::laws {

inline constexpr Timestamp now{1'767'225'600'000};  // 2026-01-01T00:00:00Z

/// How wild BTC, ETH and SOL are, in per cent, and how they move together; whole numbers, so that a shrunk
/// counterexample is short.
struct Weather {
    std::array<int, 3> annual{50, 80, 100}, base{50, 80, 100};
    int level = 100;                                  // per cent of both
    std::array<int, 3> risk_reversal{}, butterfly{};  // per mille of a vol of 1
    int confidence = 0;                               // half width of prices, basis points
    bool correlated = false;
    int correlation = 70;        // of each pair
    std::array<int, 3> depth{};  // per cent of what is deep; 0 is not measured
    std::array<int, 3> state{};  // calm to exhausted
};

/// One line of the market: puts itself in as of some time.
struct Line {
    std::string name;
    std::function<Status(market::Market&, Timestamp)> put;
};

std::vector<Line> lines_of(const Weather& weather);

/// A market after those lines; the test fails where it refuses one.
std::unique_ptr<market::Market> market_of(const std::vector<Line>& lines);

struct Position {
    int instrument = 0;
    int lots = 0;   // of about 137 USD of notional
    int entry = 0;  // per mille above the price now
};
struct Balance {
    int asset = 0;
    int units = 0;  // of about 1,234.5 USD
};
struct Account {
    std::vector<Position> positions;
    std::vector<Balance> balances;
};

rc::Gen<Weather> weather();

/// What an account may hold, since not every rule knows every contract: so many of symbols().
struct AccountValuation {
    int first = 0, count = 0;
};
rc::Gen<Account> account(AccountValuation book);

const std::vector<std::string>& symbols();

inline constexpr AccountValuation anything{0, 16}, delta_one{0, 7}, linear{0, 3}, bitcoin{0, 1}, ether{1, 1},
    inverse_bitcoin{3, 1}, options{7, 9}, no_positions{0, 0};

/// Perpetuals of one underlying that hedge each other: linear and inverse, of BTC and of ETH.
inline constexpr std::array<std::array<int, 2>, 2> twins{{{0, 3}, {1, 4}}};

/// The account in that market, every quantity times `scale`.
market::Portfolio portfolio_of(const Account& account, const market::Market& market, double scale = 1.0);

/// Sum of |qty| times price: what rounding is measured by.
double gross_of(const market::Portfolio& portfolio, const market::Market& market);

std::ostream& operator<<(std::ostream& out, const Weather& weather);
std::ostream& operator<<(std::ostream& out, const Account& account);

}  // namespace tidemark::laws
