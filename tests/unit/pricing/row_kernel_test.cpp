#include "pricing/row_kernel.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "pricing/black76.hpp"

using namespace tidemark;
using namespace tidemark::pricing;

namespace {

struct Grid {
    MoveGrid moves;
    std::vector<double> vol_factor;
};

Grid grid_of_63() {
    std::vector<double> moves, vol_factor;
    for (int i = -10; i <= 10; ++i) {
        for (const double factor : {1.45, 1.0, 0.7}) {
            moves.push_back(0.03 * i);
            vol_factor.push_back(factor);
        }
    }
    return {MoveGrid::make(moves).value(), padded(vol_factor)};
}

struct Option {
    double forward, strike, std_dev;
    OptionType type;
};

/// From an hour to years, at and far from the money.
std::vector<Option> options(std::size_t count) {
    std::mt19937_64 random{3};
    std::uniform_real_distribution<double> uniform{0.0, 1.0};
    std::vector<Option> out;
    for (std::size_t i = 0; i < count; ++i) {
        const double std_dev = std::exp(7.0 * uniform(random) - 5.8);
        const double forward = std::exp(20.0 * uniform(random) - 8.0);
        const double strike = forward * std::exp(2.0 * uniform(random) - 1.0);
        out.push_back({forward, strike, std_dev, i % 2 == 0 ? OptionType::call : OptionType::put});
    }
    return out;
}

std::vector<Isa> available() {
    std::vector<Isa> out{Isa::sse2};
    if (best_isa() >= Isa::avx2) out.push_back(Isa::avx2);
    if (best_isa() >= Isa::avx512) out.push_back(Isa::avx512);
    return out;
}

}  // namespace

TEST_CASE("a row agrees with the scalar reference price by price") {
    const Grid grid = grid_of_63();
    std::vector<double> row(grid.moves.padded_size());
    for (const Option& o : options(2000)) {
        option_row(row, grid.moves, grid.vol_factor, o.forward, o.strike, o.std_dev, o.type);
        for (std::size_t k = 0; k < row.size(); ++k) {
            const double std_dev = o.std_dev * grid.vol_factor[k];
            const double want = black76_value(o.forward * grid.moves.factor[k], o.strike, std_dev, o.type);
            const double off = std::fabs(row[k] - want);
            INFO(o.forward << " " << o.strike << " " << o.std_dev << " " << k << " " << row[k] << " "
                           << want);
            REQUIRE(off <= 1e-15 * std::max(o.forward * grid.moves.factor[k], o.strike));
            if (want > 1e-12 * o.forward) REQUIRE(off <= 1e-12 * want);
        }
    }
}

TEST_CASE("every instruction set gives the same bits") {
    const Grid grid = grid_of_63();
    std::vector<double> plain(grid.moves.padded_size()), wide(plain.size());
    std::vector<double> plain_sum(plain.size()), wide_sum(plain.size());
    for (const Isa isa : available()) {
        for (const Option& o : options(500)) {
            option_row(plain, grid.moves, grid.vol_factor, o.forward, o.strike, o.std_dev, o.type, Isa::sse2);
            option_row(wide, grid.moves, grid.vol_factor, o.forward, o.strike, o.std_dev, o.type, isa);
            REQUIRE(std::memcmp(plain.data(), wide.data(), plain.size() * sizeof(double)) == 0);
            std::fill(plain_sum.begin(), plain_sum.end(), 0.1);
            wide_sum = plain_sum;
            add_row(plain_sum, plain, -1.7, Isa::sse2);
            add_row(wide_sum, wide, -1.7, isa);
            REQUIRE(std::memcmp(plain_sum.data(), wide_sum.data(), plain.size() * sizeof(double)) == 0);
        }
    }
}

TEST_CASE("a row without deviation is intrinsic, entry by entry") {
    const Grid grid = grid_of_63();
    std::vector<double> vol_factor = grid.vol_factor;
    vol_factor[5] = 0.0;
    std::vector<double> row(grid.moves.size()), still(grid.moves.size());
    const auto isa = GENERATE(from_range(available()));
    option_row(row, grid.moves, vol_factor, 100, 101, 0.2, OptionType::put, isa);
    option_row(still, grid.moves, vol_factor, 100, 101, 0.0, OptionType::put, isa);
    for (std::size_t k = 0; k < row.size(); ++k) {
        const double intrinsic = std::max(101 - 100 * grid.moves.factor[k], 0.0);
        CHECK(still[k] == intrinsic);
        CHECK((k == 5 ? row[k] == intrinsic : row[k] > intrinsic));
    }
}

TEST_CASE("rows stay finite and in bounds at the extremes") {
    const auto moves = MoveGrid::make(std::vector{-0.999999, -0.5, 0.0, 5.0, 1e6}).value();
    const auto vol_factor = padded(std::vector{1.0, 1e-300, 1e6, 1e-6, 1e300});
    std::vector<double> row(moves.padded_size());
    const auto isa = GENERATE(from_range(available()));
    const double std_dev = GENERATE(1e-300, 1e-8, 0.5, 50.0, 1e8);
    const double strike = GENERATE(1e-8, 100.0, 1e12);
    option_row(row, moves, vol_factor, 100, strike, std_dev, OptionType::call, isa);
    for (std::size_t k = 0; k < row.size(); ++k) {
        const double forward = 100 * moves.factor[k];
        CHECK(row[k] >= std::max(forward - strike, 0.0));
        CHECK(row[k] <= forward * (1.0 + 1e-15));
    }
}

TEST_CASE("the smallest and the first of its equals") {
    const std::size_t count = GENERATE(1u, 7u, 8u, 63u, 64u, 200u);
    const std::size_t at = GENERATE(0u, 3u, 62u, 199u);
    std::vector<double> values(count, 5.0);
    CHECK(min_of(values).index == 0);
    if (at >= count) return;
    values[at] = values.back() = -2.0;
    CHECK(min_of(values).value == -2.0);
    CHECK(min_of(values).index == at);
}

TEST_CASE("a grid pads with its last move and refuses a move to nothing") {
    const auto moves = MoveGrid::make(std::vector{-0.1, 0.2, 0.3}).value();
    CHECK(moves.size() == 3);
    CHECK(moves.padded_size() == 8);
    CHECK(moves.factor[7] == 1.3);
    CHECK(moves.log_factor[0] == std::log1p(-0.1));
    CHECK(MoveGrid::make(std::vector{-1.0}).error().code == Errc::out_of_domain);
    CHECK(MoveGrid::make(std::vector{std::nan("")}).error().code == Errc::out_of_domain);
    CHECK(MoveGrid::make({}).error().code == Errc::not_enough_data);
}
