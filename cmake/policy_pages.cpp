// Prints every model's parameters and policies in mdoc: the body of tidemark-policies(5).
#include <fmt/format.h>

#include <cctype>
#include <cstdio>

#include "desk/vol/vol_policy.hpp"
#include "margin/model/model.hpp"
#include "report/part_parameters.hpp"
#include "score/score_policy.hpp"

using namespace tidemark;

namespace {

/// Text that mdoc takes as it is: no escapes, and nothing that reads as a macro.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string{c};
    return out;
}

/// The same of a text of several sentences: each begins a line, as mdoc wants it.
std::string sentences(std::string_view text) {
    std::string out = plain(text);
    for (std::size_t at = out.find(". "); at != std::string::npos; at = out.find(". ", at + 1)) {
        if (at + 2 < out.size() && std::isupper(static_cast<unsigned char>(out[at + 2])) != 0)
            out[at + 1] = '\n';
    }
    return out;
}

void parameter(const policy::ParamText& p) {
    std::string kind = p.unit_text();
    if (p.has_bounds()) kind += ", " + p.bounds_text();
    if (!p.otherwise.empty()) kind += fmt::format(", {} where absent", p.otherwise);
    fmt::print(".It Va {} Pq {}\n{}.\n", p.name, plain(kind), plain(p.meaning));
}

/// Which parameters are behind each part of a margin.
void parts(std::string_view model) {
    bool any = false;
    for (const report::PartParameters& part : report::part_parameters()) {
        if (part.model != model) continue;
        if (!any) fmt::print(".Pp\nBehind each part of a margin stand:\n.Bl -tag -width Ds -compact\n");
        any = true;
        fmt::print(".It {}\n{}\n", plain(part.part), plain(part.parameters));
    }
    if (any) fmt::print(".El\n");
}

/// Of a policy, the parameters that have a source of their own.
void own_sources(const policy::Document& document, const std::vector<policy::ParamText>& parameters) {
    bool any = false;
    for (const policy::ParamText& p : parameters) {
        if (document.source_of(p.name) == document.source()) continue;
        if (!any)
            fmt::print(".Pp\nOf {}, these have a source of their own:\n.Bl -tag -width Ds -compact\n",
                       plain(document.name()));
        any = true;
        fmt::print(".It Va {}\n{}\n", p.name, sentences(document.source_of(p.name)));
    }
    if (any) fmt::print(".El\n");
}

void built_in(const policy::Family& family, const policy::ModelText& model) {
    std::vector<policy::Document> of_model;
    for (const policy::Preset& preset : family.built_in) {
        auto document = policy::preset(preset.name, family.built_in).value();
        if (document.model() == model.name) of_model.push_back(std::move(document));
    }
    fmt::print(".Pp\nBuilt in:\n.Bl -tag -width Ds -compact\n");
    for (const policy::Document& document : of_model)
        fmt::print(".It Cm {}\n{}\n", plain(document.name()), sentences(document.source()));
    fmt::print(".El\n");
    for (const policy::Document& document : of_model) own_sources(document, model.schema.parameters());
}

void section(const policy::Family& family, std::string_view title) {
    fmt::print(".Sh {}\n", title);
    for (const policy::ModelText& model : family.models) {
        fmt::print(".Ss The model {}\n{}.\n.Bl -tag -width Ds\n", plain(model.name), plain(model.summary));
        for (const policy::ParamText& p : model.schema.parameters()) parameter(p);
        fmt::print(".El\n");
        parts(model.name);
        built_in(family, model);
    }
}

}  // namespace

int main() {
    section(margin::policies(), "MARGIN POLICIES");
    section(desk::vol_policies(), "VOLATILITY POLICIES");
    section(score::policies(), "SCORE POLICIES");
    return std::fflush(stdout) == 0 ? 0 : 1;
}
