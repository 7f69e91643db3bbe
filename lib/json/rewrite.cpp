#include "json/rewrite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tidemark::json {

bool Rewrite::change(std::uint32_t at, const double& before, const double& after, Rule rule) {
    if (before == after) return true;
    if (!std::isfinite(after) || !rule_holds(rule, after)) {
        error_ = broken_rule(rule, after, fmt::format("{}", after));
        error_.code = Errc::out_of_range;
        error_.offset = line_.at(at).begin;
        return false;
    }
    Edit& edit = edits_.emplace_back(Edit{line_.at(at).begin, line_.at(at).end, {}});
    append_number(edit.text, after);
    return true;
}

bool Rewrite::change(std::uint32_t at, const Level& before, const Level& after, Rule rule) {
    std::uint32_t element = at + 1;
    for (std::size_t i = 0; i < before.size(); ++i, element = line_.at(element).next) {
        if (!change(element, before[i], after[i], rule)) return inside(i);
    }
    return true;
}

bool Rewrite::change(std::uint32_t at, const Named& before, const Named& after, Rule rule) {
    std::uint32_t key = at + 1;
    for (std::size_t i = 0; i < before.size(); ++i, key = line_.at(key + 1).next) {
        if (!change(key + 1, before[i].second, after.at(i).second, rule)) return inside(before[i].first);
    }
    return true;
}

void Rewrite::erase(std::uint32_t at) {
    const Token& token = line_.at(at);
    const std::uint32_t quote = token.kind == Kind::string ? 1 : 0;
    edits_.push_back({token.begin - quote, token.end + quote, "null"});
}

void Rewrite::put(std::string& out) {
    std::sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
    const std::string_view text = line_.text();
    std::size_t done = 0;
    for (const Edit& edit : edits_) {
        out.append(text.substr(done, edit.begin - done)).append(edit.text);
        done = edit.end;
    }
    out.append(text.substr(done));
}

bool Rewrite::inside(std::size_t index) {
    error_.field = outer_path(fmt::format("[{}]", index), error_.field);
    return false;
}

bool Rewrite::inside(std::string_view name) {
    error_.field = outer_path(name, error_.field);
    return false;
}

}  // namespace tidemark::json
