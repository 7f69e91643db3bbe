#include "pricing/row_kernel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>

#include "core/log_ratio.hpp"
#include "pricing/black76.hpp"
#include "pricing/mills.hpp"
#include "stats/distributions/normal.hpp"

// One body, compiled once for each instruction set. The wrappers are chosen by an explicit test and not by an
// ifunc, whose resolver runs before the sanitizers have started.
#if defined(__x86_64__)
#define TIDEMARK_AVX2 __attribute__((target("arch=x86-64-v3")))
#if defined(__clang__)
#define TIDEMARK_AVX512 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#else
#define TIDEMARK_AVX512 __attribute__((target("arch=x86-64-v4,prefer-vector-width=512")))
#endif
#endif

namespace tidemark::pricing {
namespace {

constexpr std::size_t lanes = 8;

struct RowTerms {
    double forward, strike, log_moneyness, std_dev, sign;
};

/// exp for -708 <= x <= 0 within 1 ulp or so: nearest power of two by the shifted-rounding constant, then
/// Taylor to degree 13 on |r| <= ln(2)/2.
[[gnu::always_inline]] inline double exp_of_negative(double x) {
    constexpr double shifter = 0x1.8p52;
    constexpr std::array<double, 14> taylor{1.0,
                                            1.0,
                                            1.0 / 2,
                                            1.0 / 6,
                                            1.0 / 24,
                                            1.0 / 120,
                                            1.0 / 720,
                                            1.0 / 5040,
                                            1.0 / 40320,
                                            1.0 / 362880,
                                            1.0 / 3628800,
                                            1.0 / 39916800,
                                            1.0 / 479001600,
                                            1.0 / 6227020800};
    const double shifted = x * 1.4426950408889634 + shifter;
    const double twos = shifted - shifter;
    const double r = (x - twos * 0x1.62e42fee00000p-1) - twos * 0x1.a39ef35793c76p-33;
    double series = taylor[13];
    for (std::size_t i = 13; i-- > 0;) series = series * r + taylor[i];
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(series) +
                                 (std::bit_cast<std::uint64_t>(shifted) << 52));
}

[[gnu::always_inline]] inline double smaller(double a, double b) {
    return a < b ? a : b;
}
[[gnu::always_inline]] inline double larger(double a, double b) {
    return a > b ? a : b;
}

/// Black-76 at one move. With d1 = h + t, d2 = h - t and F phi(d1) = K phi(d2), the out-of-the-money price is
/// F phi(d1) |M(|d1|) - M(|d2|)| where d1 and d2 have one sign, else min(F, K) less the sum; M the Mills
/// ratio.
[[gnu::always_inline]] inline double price_at(const RowTerms& o, double log_factor, double factor,
                                              double vol_factor) {
    const double deviation = o.std_dev * vol_factor;
    const bool spread = deviation > 0.0;
    const double h = (o.log_moneyness + log_factor) / (spread ? deviation : 1.0);
    const double t = 0.5 * deviation;
    const double forward = o.forward * factor;
    const double d1 = smaller(std::fabs(h + t), mills_fit_end);
    const double d2 = smaller(std::fabs(h - t), mills_fit_end);
    const MillsFraction m1 = mills_fraction(d1);
    const MillsFraction m2 = mills_fraction(d2);
    const double scale =
        forward * stats::inverse_root_two_pi * exp_of_negative(larger(-0.5 * d1 * d1, -708.0));
    const double cross1 = m1.over * m2.under;
    const double cross2 = m2.over * m1.under;
    const bool same_sign = std::fabs(h) >= t;
    const double tail =
        scale * (same_sign ? std::fabs(cross1 - cross2) : cross1 + cross2) / (m1.under * m2.under);
    const double nearer = smaller(forward, o.strike);
    const double out_of_money = larger(same_sign ? tail : nearer - tail, 0.0);
    return (spread ? out_of_money : 0.0) + larger(o.sign * (forward - o.strike), 0.0);
}

[[gnu::always_inline]] inline void row_body(double* __restrict out, const double* __restrict log_factor,
                                            const double* __restrict factor,
                                            const double* __restrict vol_factor, std::size_t count,
                                            const RowTerms& terms) {
    const RowTerms o = terms;
    for (std::size_t k = 0; k < count; ++k) out[k] = price_at(o, log_factor[k], factor[k], vol_factor[k]);
}

[[gnu::always_inline]] inline void add_body(double* __restrict acc, const double* __restrict row, double qty,
                                            std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) acc[k] += qty * row[k];
}

/// Eight running minima; their order does not matter, as the smallest of numbers is exact.
double least_of(const double* values, std::size_t count) {
    std::array<double, lanes> least;
    for (double& lane : least) lane = values[0];
    std::size_t k = 0;
    for (; k + lanes <= count; k += lanes) {
        for (std::size_t j = 0; j < lanes; ++j) least[j] = smaller(values[k + j], least[j]);
    }
    double all = values[0];
    for (const double lane : least) all = smaller(lane, all);
    for (; k < count; ++k) all = smaller(values[k], all);
    return all;
}

using RowLoop = void (*)(double*, const double*, const double*, const double*, std::size_t, const RowTerms&);
using AddLoop = void (*)(double*, const double*, double, std::size_t);

void row_plain(double* out, const double* l, const double* f, const double* v, std::size_t n,
               const RowTerms& o) {
    row_body(out, l, f, v, n, o);
}
void add_plain(double* acc, const double* row, double qty, std::size_t n) {
    add_body(acc, row, qty, n);
}

#if defined(__x86_64__)
TIDEMARK_AVX2 void row_avx2(double* out, const double* l, const double* f, const double* v, std::size_t n,
                            const RowTerms& o) {
    row_body(out, l, f, v, n, o);
}
TIDEMARK_AVX2 void add_avx2(double* acc, const double* row, double qty, std::size_t n) {
    add_body(acc, row, qty, n);
}

TIDEMARK_AVX512 void row_avx512(double* out, const double* l, const double* f, const double* v, std::size_t n,
                                const RowTerms& o) {
    row_body(out, l, f, v, n, o);
}
TIDEMARK_AVX512 void add_avx512(double* acc, const double* row, double qty, std::size_t n) {
    add_body(acc, row, qty, n);
}

constexpr std::array<RowLoop, 3> row_loops{row_plain, row_avx2, row_avx512};
constexpr std::array<AddLoop, 3> add_loops{add_plain, add_avx2, add_avx512};
#else
constexpr std::array<RowLoop, 3> row_loops{row_plain, row_plain, row_plain};
constexpr std::array<AddLoop, 3> add_loops{add_plain, add_plain, add_plain};
#endif

Isa detect_isa() {
#if defined(__x86_64__)
    const bool v3 =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
    const bool v4 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
    if (v3 && v4) return Isa::avx512;
    if (v3) return Isa::avx2;
#endif
    return Isa::sse2;
}

}  // namespace

Isa best_isa() {
    static const Isa isa = detect_isa();
    return isa;
}

std::vector<double> padded(std::span<const double> column) {
    std::vector<double> out(column.begin(), column.end());
    if (!out.empty()) out.resize((out.size() + lanes - 1) / lanes * lanes, out.back());
    return out;
}

Result<MoveGrid> MoveGrid::make(std::span<const double> fractional_moves) {
    if (fractional_moves.empty())
        return Error{Errc::not_enough_data, "want at least one price move, got none", {}};
    MoveGrid grid;
    grid.moves = fractional_moves.size();
    for (const double move : padded(fractional_moves)) {
        if (!(move > -1.0) || !std::isfinite(move)) {
            return Error{Errc::out_of_domain, fmt::format("want a price move above -1, got {}", move), {}};
        }
        grid.log_factor.push_back(std::log1p(move));
        grid.factor.push_back(1.0 + move);
    }
    return grid;
}

void option_row(std::span<double> out, const MoveGrid& moves, std::span<const double> vol_factor,
                double forward, double strike, double std_dev, OptionType type, Isa isa) {
    assert(out.size() <= moves.padded_size() && out.size() <= vol_factor.size());
    assert(forward > 0.0 && strike > 0.0 && std_dev >= 0.0);
    const RowTerms terms{forward, strike, log_ratio(forward, strike), std_dev, option_sign(type)};
    row_loops[static_cast<std::size_t>(isa)](out.data(), moves.log_factor.data(), moves.factor.data(),
                                             vol_factor.data(), out.size(), terms);
}

void add_row(std::span<double> acc, std::span<const double> row, double qty, Isa isa) {
    assert(acc.size() <= row.size());
    add_loops[static_cast<std::size_t>(isa)](acc.data(), row.data(), qty, acc.size());
}

Minimum min_of(std::span<const double> values) {
    assert(!values.empty());
    const double least = least_of(values.data(), values.size());
    const auto first = std::find(values.begin(), values.end(), least);
    return {*first, static_cast<std::size_t>(first - values.begin())};
}

}  // namespace tidemark::pricing
