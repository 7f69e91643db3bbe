#include "synthetic.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

namespace tidemark::laws {
namespace {

constexpr std::array<const char*, 3> coins{"BTC", "ETH", "SOL"};
constexpr std::array<double, 3> prices{100'000.0, 4'000.0, 200.0};
constexpr std::array<const char*, 5> assets{"USD", "USDC", "BTC", "ETH", "SOL"};

std::size_t coin_of(const std::string& symbol) {
    return symbol[0] == 'B' ? 0U : symbol[0] == 'E' ? 1U : 2U;
}

market::Quote quote_of(const std::string& symbol, const Weather& weather) {
    const std::size_t coin = coin_of(symbol);
    market::Quote quote;
    if (symbol.ends_with("-C") || symbol.ends_with("-P")) {
        quote.forward_price = prices[coin] * 1.004;
        quote.mark_vol = 0.01 * weather.annual[coin] * 1.05;
        quote.in_coin = symbol.find('_') == std::string::npos;
    } else {
        quote.mark_price = prices[coin] * 1.001;
    }
    return quote;
}

market::VolState vol_of(std::size_t coin, const Weather& weather) {
    market::VolState state;
    state.annual_vol = 1e-4 * weather.level * weather.annual[coin];
    state.base_annual_vol = 1e-4 * weather.level * weather.base[coin];
    state.implied_vol = state.annual_vol;
    state.rr25 = 1e-3 * weather.risk_reversal[coin] * state.annual_vol;
    state.bf25 = 1e-3 * weather.butterfly[coin] * state.annual_vol;
    return state;
}

/// At its thinnest still deeper than what the policy takes an unmeasured market for.
market::LiquidityState liquidity_of(std::size_t coin, const Weather& weather, Timestamp ts) {
    const double depth = 0.01 * weather.depth[coin];
    return {ts,  0.0002 / depth,     1e9 * depth, {{10, 1e6 * depth}, {50, 1e7 * depth}}, 1.0,
            0.5, weather.state[coin]};
}

Status put_correlation(market::Market& market, Timestamp ts, double rho) {
    const std::vector<std::string_view> names(coins.begin(), coins.end());
    const std::vector<std::vector<double>> matrix{{1, rho, rho}, {rho, 1, rho}, {rho, rho, 1}};
    return market.put_correlation(ts, names, matrix);
}

double price_of(const std::string& symbol) {
    return prices[coin_of(symbol)];
}

/// The whole range from the first case on, not growing towards it.
rc::Gen<int> between(int low, int high) {
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high + 1));
}

template <class T>
rc::Gen<std::vector<T>> up_to(int most, const rc::Gen<T>& one) {
    return rc::gen::mapcat(between(0, most), [one](int count) {
        return rc::gen::container<std::vector<T>>(static_cast<std::size_t>(count), one);
    });
}

}  // namespace

const std::vector<std::string>& symbols() {
    static const std::vector<std::string> all{"BTC_USDC-PERPETUAL",
                                              "ETH_USDC-PERPETUAL",
                                              "SOL_USDC-PERPETUAL",
                                              "BTC-PERPETUAL",
                                              "ETH-PERPETUAL",
                                              "BTC-27MAR26",
                                              "ETH-27MAR26",
                                              "BTC-30JAN26-90000-P",
                                              "BTC-30JAN26-110000-C",
                                              "BTC_USDC-2JAN26-100000-C",
                                              "BTC_USDC-25DEC26-100000-P",
                                              "ETH-30JAN26-3500-P",
                                              "ETH-30JAN26-4500-C",
                                              "ETH_USDC-27MAR26-4000-C",
                                              "SOL_USDC-30JAN26-200-C",
                                              "SOL_USDC-30JAN26-150-P"};
    return all;
}

std::vector<Line> lines_of(const Weather& weather) {
    std::vector<Line> lines;
    for (std::size_t coin = 0; coin < coins.size(); ++coin) {
        lines.push_back(
            {std::string{"price "} + coins[coin], [=](market::Market& market, Timestamp ts) {
                 const double price = prices[coin];
                 return market.put_price(coins[coin], {ts, price, 1e-4 * weather.confidence * price, ""});
             }});
        lines.push_back({std::string{"vol "} + coins[coin], [=](market::Market& market, Timestamp ts) {
                             market::VolState state = vol_of(coin, weather);
                             state.ts = ts;
                             return market.put_vol(coins[coin], state);
                         }});
    }
    for (std::size_t coin = 0; coin < coins.size(); ++coin) {
        if (weather.depth[coin] == 0) continue;
        lines.push_back({std::string{"liquidity "} + coins[coin], [=](market::Market& market, Timestamp ts) {
                             return market.put_liquidity(coins[coin], liquidity_of(coin, weather, ts));
                         }});
    }
    for (const std::string& symbol : symbols()) {
        lines.push_back({"ticker " + symbol, [=](market::Market& market, Timestamp ts) {
                             market::Quote quote = quote_of(symbol, weather);
                             quote.ts = ts;
                             return market.put_quote(symbol, quote);
                         }});
    }
    if (weather.correlated) {
        lines.push_back({"correlation", [=](market::Market& market, Timestamp ts) {
                             return put_correlation(market, ts, 0.01 * weather.correlation);
                         }});
    }
    return lines;
}

std::unique_ptr<market::Market> market_of(const std::vector<Line>& lines) {
    auto market = std::make_unique<market::Market>();
    for (const char* par : {"USD", "USDC", "USDT"}) RC_ASSERT(static_cast<bool>(market->know_asset(par)));
    for (const Line& line : lines) RC_ASSERT(static_cast<bool>(line.put(*market, now)));
    market->prepare();
    return market;
}

rc::Gen<Weather> weather() {
    const auto three = [](int low, int high) {
        return rc::gen::container<std::array<int, 3>>(between(low, high));
    };
    const auto depth = rc::gen::oneOf(rc::gen::just(0), between(10, 100));
    return rc::gen::build<Weather>(
        rc::gen::set(&Weather::annual, three(20, 200)), rc::gen::set(&Weather::base, three(30, 120)),
        rc::gen::set(&Weather::risk_reversal, three(-150, 150)),
        rc::gen::set(&Weather::butterfly, three(0, 25)), rc::gen::set(&Weather::confidence, between(0, 20)),
        rc::gen::set(&Weather::correlated, rc::gen::arbitrary<bool>()),
        rc::gen::set(&Weather::correlation, between(-40, 99)),
        rc::gen::set(&Weather::depth, rc::gen::container<std::array<int, 3>>(depth)),
        rc::gen::set(&Weather::state, three(0, 2)));
}

rc::Gen<Account> account(AccountValuation book) {
    const auto position = rc::gen::build<Position>(
        rc::gen::set(&Position::instrument, between(book.first, book.first + std::max(book.count, 1) - 1)),
        rc::gen::set(&Position::lots, between(-1000, 1000)),
        rc::gen::set(&Position::entry, between(-100, 100)));
    const auto balance = rc::gen::build<Balance>(
        rc::gen::set(&Balance::asset, between(0, static_cast<int>(assets.size()) - 1)),
        rc::gen::set(&Balance::units, between(-50, 100)));
    return rc::gen::build<Account>(
        rc::gen::set(&Account::positions, up_to(book.count == 0 ? 0 : 8, position)),
        rc::gen::set(&Account::balances, up_to(3, balance)));
}

market::Portfolio portfolio_of(const Account& account, const market::Market& market, double scale) {
    market::Portfolio out;
    std::array<int, assets.size()> units{};
    for (const Balance& balance : account.balances)
        units[static_cast<std::size_t>(balance.asset)] += balance.units;
    for (std::size_t i = 0; i < assets.size(); ++i) {
        const double price = i < 2 ? 1.0 : prices[i - 2];
        if (units[i] != 0)
            out.balances.push_back({market.find_asset(assets[i]).value(), units[i] * 1234.5 / price * scale});
    }
    for (const Position& position : account.positions) {
        const std::string& symbol = symbols()[static_cast<std::size_t>(position.instrument)];
        if (position.lots == 0) continue;
        market::Holding holding;
        holding.instrument = market.find_instrument(symbol).value();
        holding.rank = market.sorted(holding.instrument).rank;
        holding.qty = position.lots * 137.0 / price_of(symbol) * scale;
        if (position.instrument < options.first)
            holding.entry = price_of(symbol) * (1.0 + 1e-3 * position.entry);
        out.holdings.push_back(holding);
    }
    out.sort(market);
    return out;
}

double gross_of(const market::Portfolio& portfolio, const market::Market& market) {
    double gross = 0.0;
    for (const market::Holding& holding : portfolio.holdings)
        gross += std::fabs(holding.qty) * price_of(market.symbol(holding.instrument));
    for (const market::Balance& balance : portfolio.balances) {
        const auto& price = market.asset(balance.asset).price;
        gross += std::fabs(balance.qty) * (price ? price->price : 1.0);
    }
    return gross;
}

std::ostream& operator<<(std::ostream& out, const Weather& w) {
    for (std::size_t i = 0; i < coins.size(); ++i) {
        out << coins[i] << " vol " << w.annual[i] << " % over " << w.base[i] << " %, rr "
            << w.risk_reversal[i] << ", bf " << w.butterfly[i] << ", depth " << w.depth[i] << " %, state "
            << w.state[i] << "; ";
    }
    out << "confidence " << w.confidence << " bp, correlation ";
    return w.correlated ? out << w.correlation << " %" : out << "unknown";
}

std::ostream& operator<<(std::ostream& out, const Account& account) {
    for (const Position& p : account.positions)
        out << p.lots << " lots of " << symbols()[static_cast<std::size_t>(p.instrument)] << " from "
            << p.entry << " per mille; ";
    for (const Balance& b : account.balances)
        out << b.units << " units of " << assets[static_cast<std::size_t>(b.asset)] << "; ";
    return out;
}

}  // namespace tidemark::laws
