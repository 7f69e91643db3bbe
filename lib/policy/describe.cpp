#include "policy/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tidemark::policy {
namespace {

/// The last column is as wide as its text.
using Row = std::array<std::string, 7>;

std::string or_dash(std::string text) {
    return text.empty() ? "-" : std::move(text);
}

Row row_of(const Document& document, const ParamText& p) {
    const std::string source = document.source_of(p.name);
    return {std::string{p.name},
            or_dash(document.shown(p.name).value_or("")),
            p.unit_text(),
            or_dash(p.bounds_text()),
            or_dash(std::string{p.otherwise}),
            std::string{p.meaning},
            source == document.source() ? "the policy's" : source};
}

/// Characters, not bytes: what is written in UTF-8 lines up too.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string aligned(const std::vector<Row>& rows) {
    std::array<std::size_t, std::tuple_size_v<Row>> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    }
    std::string out;
    for (const Row& row : rows) {
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            out += row[i] + std::string(widths[i] - width_of(row[i]) + 2, ' ');
        out += row.back() + '\n';
    }
    return out;
}

}  // namespace

const ModelText* Family::model(std::string_view name) const {
    const auto found =
        std::find_if(models.begin(), models.end(), [&](const ModelText& m) { return m.name == name; });
    return found == models.end() ? nullptr : &*found;
}

Result<std::string> describe(const Document& document, const ModelText& model) {
    const auto parameters = model.schema.parameters();
    const Document whole = document.completed(parameters);
    if (const Status checked = model.schema.check(whole); !checked) return checked.error();
    std::vector<Row> rows{{"parameter", "value", "unit", "bounds", "default", "meaning", "source"}};
    for (const ParamText& p : parameters) rows.push_back(row_of(whole, p));
    return fmt::format("policy  {}\nmodel   {}: {}\nsource  {}\n\n{}", document.id(), model.name,
                       model.summary, document.source(), aligned(rows));
}

}  // namespace tidemark::policy
