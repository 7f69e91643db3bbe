// Nanoseconds a price: rows of 63 scenarios over 600 options, by instruction set. One line for each.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <vector>

#include "pricing/row_kernel.hpp"

using namespace tidemark;

namespace {

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Chain {
    pricing::MoveGrid moves;
    std::vector<double> vol_factors, strikes, deviations;
};

Chain make_chain() {
    std::vector<double> moves, factors;
    for (int k = 0; k < 63; ++k) {
        moves.push_back(-0.2 + 0.02 * (k % 21));
        factors.push_back(k < 21 ? 0.7 : k < 42 ? 1.0 : 1.5);
    }
    Chain chain{pricing::MoveGrid::make(moves).value(), pricing::padded(factors), {}, {}};
    for (int i = 0; i < 600; ++i) {
        chain.strikes.push_back(100.0 * std::exp(0.01 * (i % 60 - 30)));
        chain.deviations.push_back(0.05 + 0.04 * (i / 60));
    }
    return chain;
}

double price_all(const Chain& chain, std::vector<double>& row, pricing::Isa isa) {
    double sum = 0.0;
    for (std::size_t i = 0; i < chain.strikes.size(); ++i) {
        const auto type = i % 2 == 0 ? pricing::OptionType::call : pricing::OptionType::put;
        pricing::option_row(row, chain.moves, chain.vol_factors, 100.0, chain.strikes[i], chain.deviations[i],
                            type, isa);
        sum += row[i % row.size()];
    }
    return sum;
}

}  // namespace

int main() {
    const Chain chain = make_chain();
    std::vector<double> row(chain.moves.padded_size());
    constexpr std::array<const char*, 3> names{"sse2", "avx2", "avx512"};
    const auto prices = static_cast<double>(chain.strikes.size() * chain.moves.size());
    for (std::size_t isa = 0; isa <= static_cast<std::size_t>(pricing::best_isa()); ++isa) {
        std::vector<double> times;
        double sum = 0.0;
        for (int sample = 0; sample < 101; ++sample) {
            const double begin = cpu_seconds();
            for (int i = 0; i < 5; ++i) sum += price_all(chain, row, static_cast<pricing::Isa>(isa));
            times.push_back((cpu_seconds() - begin) / (5.0 * prices) * 1e9);
        }
        std::sort(times.begin(), times.end());
        fmt::print("{} {:.2f} {:.2f} {}\n", names[isa], times.front(), times[times.size() / 2], sum);
    }
}
