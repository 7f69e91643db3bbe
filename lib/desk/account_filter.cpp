#include "desk/account_filter.hpp"

#include <algorithm>

#include "record/account.hpp"

namespace tidemark::desk {

std::vector<cli::Option> AccountOptions::options() {
    std::vector<cli::Option> all = PolicyOptions::options();
    all.push_back(cli::time("--as-of", as_of, "market time, or now; the newest time seen where absent"));
    all.push_back(accept_suspect_option(accept_suspect));
    return all;
}

AccountFilter::AccountFilter(const policy::Document& document, const MarketReading& reading)
    : document_{document} {
    reading.begin(market_);
}

Status AccountFilter::open() {
    return open_also(document_);
}

Status AccountFilter::open_also(const policy::Document& document) {
    if (Status known = know_par_assets(document, market_); !known) return known;
    market_.prepare();
    return Ok{};
}

stream::Filter::Use AccountFilter::use(std::string_view type) const {
    if (type == record::Account::type) return Use::answer;
    const auto types = convert::market_types();
    return std::find(types.begin(), types.end(), type) != types.end() ? Use::learn : Use::none;
}

Status AccountFilter::learn(const json::Line& line, std::string_view type) {
    return feed_.learn(line, type, market_);
}

Status AccountFilter::settle(std::string&) {
    market_.prepare();
    return Ok{};
}

}  // namespace tidemark::desk
