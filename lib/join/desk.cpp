#include "join/desk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/read_file.hpp"
#include "record/account.hpp"

namespace tidemark::join {
namespace {

bool is_file(std::string_view name) {
    return name.find('/') != std::string_view::npos || name.ends_with(".json");
}

Result<policy::Document> named(const std::string& name) {
    if (!is_file(name)) return policy::preset(name);
    const auto text = cli::read_file(name);
    if (!text) return text.error();
    auto document = policy::Document::parse(*text);
    if (!document) {
        document.error().message = fmt::format("{}: {}", name, document.error().message);
    } else {
        document->set_file(name);
    }
    return document;
}

}  // namespace

std::vector<cli::Option> DeskOptions::options() {
    return {
        cli::text("-p,--policy", policy, "NAME|FILE",
                  "the margin policy: a built-in name, or a file (a name with / or .json)"),
        cli::texts("--set", set, "NAME=VALUE",
                   "change one number or word of the policy; may be repeated, and results say so"),
        cli::toggle("--list-policies", list, "list the built-in policies"),
        cli::text("--print-policy", print, "NAME", "print a built-in policy, to start a file from"),
        cli::time("--as-of", as_of, "market time; the newest time seen where absent"),
    };
}

Result<std::optional<std::string>> DeskOptions::page() const {
    if (list) {
        std::string out;
        for (const policy::Preset& preset : policy::presets()) {
            const auto document = policy::Document::parse(preset.text);
            if (!document) return document.error();
            out += fmt::format("{:<12} model {:<10} {}\n", document->id(), document->model(),
                               document->source());
        }
        return std::optional{out};
    }
    if (print.empty()) return std::optional<std::string>{};
    if (const auto known = policy::preset(print); !known) return known.error();
    const auto found = std::ranges::find(policy::presets(), print, &policy::Preset::name);
    return std::optional{std::string{found->text}};
}

Result<policy::Document> DeskOptions::document(std::string_view otherwise) const {
    auto document = named(policy.empty() ? std::string{otherwise} : policy);
    for (const std::string& assignment : set) {
        if (document) document = document->with(assignment);
    }
    return document;
}

Desk::Desk(const policy::Document& document, std::optional<Timestamp> as_of) : document_{document} {
    if (as_of) market_.set_as_of(*as_of);
}

Status Desk::open() {
    if (Status known = know_par_assets(document_, market_); !known) return known;
    market_.prepare();
    return Ok{};
}

cli::Filter::Use Desk::use(std::string_view type) const {
    if (type == record::Account::type) return Use::answer;
    const auto types = market_types();
    return std::find(types.begin(), types.end(), type) != types.end() ? Use::learn : Use::none;
}

Status Desk::learn(const json::Line& line, std::string_view type) {
    return feed_.learn(line, type, market_);
}

Status Desk::settle(std::string&) {
    market_.prepare();
    return Ok{};
}

}  // namespace tidemark::join
