// vector-runner [--data DIR] FILE...
// Runs every reference vector that an adapter knows. Exit status: 0 all passed or unsupported, 1 some failed,
// 2 unreadable input.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapter.hpp"
#include "compare.hpp"

using namespace tidemark::vectors;

namespace {

constexpr std::size_t failures_shown = 3;

struct Tally {
    std::size_t passed = 0;
    std::size_t unsupported = 0;
    std::vector<std::string> failures = {};
};

struct Options {
    std::string data = "../shared";
    std::vector<std::string> files = {};
    bool self_test = false;
};

std::optional<Options> parse(int argc, char** argv) {
    Options options;
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--self-test") {
            options.self_test = true;
        } else if (arguments[i] == "--data" && i + 1 < arguments.size()) {
            options.data = arguments[++i];
        } else if (arguments[i].starts_with("-")) {
            return std::nullopt;
        } else {
            options.files.push_back(arguments[i]);
        }
    }
    if (options.files.empty() && !options.self_test) return std::nullopt;
    return options;
}

/// What is wrong with the adapter's answer; empty where it agrees.
std::string complaint(const Adapter& adapter, const Json& vector, const Context& context) {
    try {
        const Json answer = adapter(vector.at("input"), context);
        const auto found = first_difference(vector.at("expected"), answer, vector.value("tolerance", Json{}));
        return found ? fmt::format("{}: want {}, got {}", found->path, found->want, found->got) : "";
    } catch (const std::exception& thrown) {
        return fmt::format("threw: {}", thrown.what());
    }
}

using Tallies = std::map<std::string, Tally>;

void run_line(const Json& vector, const std::string& where, const Registry& registry, const Context& context,
              Tallies& tallies) {
    const auto name = vector.at("case").get<std::string>();
    Tally& tally = tallies[name];
    const auto adapter = registry.find(name);
    if (adapter == registry.end()) {
        ++tally.unsupported;
        return;
    }
    const std::string wrong = complaint(adapter->second, vector, context);
    if (wrong.empty()) {
        ++tally.passed;
    } else {
        tally.failures.push_back(fmt::format("{} ({}): {}", vector.value("id", name), where, wrong));
    }
}

void run_file(const std::string& file, const Registry& registry, const Context& context, Tallies& tallies) {
    std::ifstream in{file};
    if (!in) throw std::runtime_error("cannot open " + file);
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        const std::string where = fmt::format("{}:{}", file, number);
        try {
            const Json vector = Json::parse(line);
            if (!vector.contains("input") || !vector.contains("expected")) {
                throw std::runtime_error("want the members case, input, expected");
            }
            run_line(vector, where, registry, context, tallies);
        } catch (const std::exception& thrown) {
            throw std::runtime_error(where + ": " + thrown.what());
        }
    }
    if (in.bad()) throw std::runtime_error("cannot read " + file);
}

void print_case(const std::string& name, const Tally& tally) {
    fmt::print("{}: {} passed, {} failed, {} unsupported\n", name, tally.passed, tally.failures.size(),
               tally.unsupported);
    for (std::size_t i = 0; i < tally.failures.size() && i < failures_shown; ++i) {
        fmt::print("  {}\n", tally.failures[i]);
    }
}

/// How many failed.
std::size_t report(const Tallies& tallies) {
    std::size_t passed = 0, failed = 0, skipped = 0;
    std::string names;
    for (const auto& [name, tally] : tallies) {
        print_case(name, tally);
        passed += tally.passed;
        failed += tally.failures.size();
        skipped += tally.unsupported;
        if (tally.unsupported > 0) names += " " + name;
    }
    if (skipped > 0) fmt::print("skipped, no adapter:{}\n", names);
    fmt::print("{} passed, {} failed, {} skipped\n", passed, failed, skipped);
    return failed;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const auto options = parse(argc, argv);
        if (!options) {
            fmt::print(stderr, "usage: vector-runner [--data DIR] FILE... | --self-test\n");
            return 2;
        }
        if (options->self_test && !compare_self_test()) return 1;
        const Registry registry = all_adapters();
        const Context context{options->data};
        Tallies tallies;
        for (const std::string& file : options->files) run_file(file, registry, context, tallies);
        if (options->files.empty()) return 0;
        return report(tallies) == 0 ? 0 : 1;
    } catch (const std::exception& thrown) {
        fmt::print(stderr, "vector-runner: {}\n", thrown.what());
        return 2;
    }
}
