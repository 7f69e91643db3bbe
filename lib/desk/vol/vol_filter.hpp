// All that vol-estimate knows at a time: the bars of each underlying, and its options' marks.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "convert/market_of.hpp"
#include "core/bytes.hpp"
#include "desk/vol/vol_sources.hpp"

namespace tidemark::desk {

class VolFilter {
public:
    explicit VolFilter(const VolOptions& options) : options_{options}, sources_{options} {
        if (options.accept_suspect) market_.accept_suspect();
    }

    Status learn(const json::Line& line, std::string_view type);

    /// Appends a vol record for each underlying that has one and the correlation of all. Fails, after that,
    /// as vol_record did for the first that has none, but for what a run that goes on later cannot estimate
    /// yet.
    Status append_records(std::string& out);

    /// Appends the vol record of the underlying whose candle was learnt last, where it can be estimated yet.
    void append_latest(std::string& out);

    /// Appends forecast-evaluation records. Fails as append_evaluation does.
    Status append_evaluations(std::string& out) const;

    /// What was heard of and never learnt; see convert::unresolved.
    [[nodiscard]] std::vector<Error> unmet() const { return convert::unresolved(market_); }

    /// All that later records depend on; fits are made anew. load() into a new desk of the same options goes
    /// on from there, to the last bit. Fails with truncated where these are not the bytes of a desk, or a
    /// part is of a version that this release does not read, with conflict where the options that shaped them
    /// (window, days per year) were others.
    void save(ByteSink& out) const;
    Status load(ByteSource& in);

private:
    [[nodiscard]] Timestamp newest() const;
    [[nodiscard]] bool has_options(market::AssetId id) const;
    Status load_settings(ByteSource& in);
    void save_options(ByteSink& out) const;
    Status load_options(ByteSource& in);

    const VolOptions& options_;
    market::Market market_;
    convert::MarketFeed feed_;
    VolSources sources_;
    std::map<std::string, VolFits, std::less<>> fits_;  // by underlying
    std::string_view latest_;                           // underlying; a key of sources_
    Timestamp newest_before_;                           // of the runs before this one
};

}  // namespace tidemark::desk
