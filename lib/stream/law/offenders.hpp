// Those that the condition of --fail-on holds for, as a person is told of them: the worst, and how many more.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tidemark::stream {

struct Offender {
    int rank = 0;         // of what was found; the highest is the worst
    double weight = 0.0;  // among those of one rank, the highest is the worst
    std::string key;      // such as an account
    std::string what;     // its figures, and why
};

/// The same whatever the order in which they came.
class Offenders {
public:
    static constexpr std::size_t most_named = 10;

    void add(Offender offender);
    void add(Offenders& others);
    /// What is said of them, a line each: the worst first, at most `most_named`; then how many more of
    /// `found`.
    [[nodiscard]] std::vector<std::string> lines(std::int64_t found) const;

private:
    std::vector<Offender> worst_;  // in order
};

}  // namespace tidemark::stream
