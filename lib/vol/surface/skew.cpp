#include "vol/surface/skew.hpp"

#include <algorithm>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <limits>

#include "stats/quiet.hpp"
#include "vol/surface/term_structure.hpp"

namespace tidemark::vol {
namespace {

constexpr int root_evaluations = 100;
constexpr double solved = 1e-9;  // log-moneyness, far above what the solver leaves
constexpr double svi_knot_reach =
    1e4;  // standard deviations: the 0.001 delta of wings just under Lee's bound

/// Between two strikes of one smile, the gap to a strike that depends on the smile's own vol.
class StrikeGap {
public:
    using StrikeOf = std::function<Result<Price>(AnnualVol)>;

    StrikeGap(const SmileCurve& curve, Price forward, YearFraction years, const StrikeOf& strike_of)
        : curve_{curve}, forward_{forward}, years_{years}, strike_of_{strike_of} {}

    [[nodiscard]] AnnualVol vol(double k) const {
        return vol_of_total_variance(curve_.total_variance(k), years_);
    }

    /// Above 0 where the wanted strike lies higher than k; NaN where this vol has no such strike.
    double operator()(double k) const {
        const Result<Price> strike = strike_of_(vol(k));
        return strike ? std::log(*strike / forward_) - k : std::numeric_limits<double>::quiet_NaN();
    }

    [[nodiscard]] SmilePoint point(double k) const { return {Price{forward_.value() * std::exp(k)}, vol(k)}; }

private:
    const SmileCurve& curve_;
    Price forward_;
    YearFraction years_;
    const StrikeOf& strike_of_;
};

double root_between(const StrikeGap& gap, double low, double high, double gap_low, double gap_high) {
    if (gap_low == 0.0) return low;
    if (gap_high == 0.0) return high;
    boost::uintmax_t evaluations = root_evaluations;
    const auto bracket = boost::math::tools::toms748_solve(gap, low, high, gap_low, gap_high,
                                                           boost::math::tools::eps_tolerance<double>{},
                                                           evaluations, stats::Quiet{});
    return 0.5 * (bracket.first + bracket.second);
}

/// The crossing nearest the forward where the gap falls through 0, which is the way the market means.
std::optional<SmilePoint> nearest_crossing(const StrikeGap& gap, const std::vector<double>& knots) {
    std::optional<double> nearest;
    double gap_low = knots.empty() ? 0.0 : gap(knots.front());
    for (std::size_t i = 1; i < knots.size(); ++i) {
        const double gap_high = gap(knots[i]);
        if (gap_low >= 0.0 && gap_high <= 0.0) {
            const double k = root_between(gap, knots[i - 1], knots[i], gap_low, gap_high);
            const bool crosses =
                std::abs(gap(k)) < solved;  // and does not jump: the far side may have no strike
            if (crosses && (!nearest || std::abs(k) < std::abs(*nearest))) nearest = k;
        }
        gap_low = gap_high;
    }
    if (!nearest) return std::nullopt;
    return gap.point(*nearest);
}

SmileStatus status_of(const SmileSummary& summary) {
    if (!summary.atm_vol) return SmileStatus::no_atm;
    if (!summary.call_25 && !summary.put_25) return SmileStatus::no_25_deltas;
    if (!summary.call_25) return SmileStatus::no_25_delta_call;
    if (!summary.put_25) return SmileStatus::no_25_delta_put;
    return SmileStatus::ok;
}

/// The differences of what has been found.
void fill_spreads(SmileSummary& summary) {
    if (summary.call_25) summary.vol_25c = summary.call_25->vol.value();
    if (summary.put_25) summary.vol_25p = summary.put_25->vol.value();
    if (!summary.vol_25c || !summary.vol_25p) return;
    const double wings = 0.5 * (*summary.vol_25c + *summary.vol_25p);
    summary.rr25 = *summary.vol_25c - *summary.vol_25p;
    if (summary.atm_vol) summary.bf25 = wings - *summary.atm_vol;
    if (summary.dns) summary.bf25_dns = wings - summary.dns->vol.value();
}

}  // namespace

Result<SmileCurve> svi_curve(const SviRaw& slice) {
    if (const Status checked = check(slice); !checked) return checked.error();
    const double at_forward = total_variance(slice, 0.0);
    if (!(at_forward > 0.0))
        return Error{Errc::out_of_domain, "a smile wants variance at the forward", "", 0};
    SmileCurve curve;
    curve.total_variance = [slice](double k) { return total_variance(slice, k); };
    const double std_dev = std::sqrt(at_forward);
    for (double reach = svi_knot_reach; reach > 0.1; reach /= 1.25) curve.knots.push_back(-reach * std_dev);
    curve.knots.push_back(0.0);
    for (auto i = curve.knots.size() - 1; i-- > 0;) curve.knots.push_back(-curve.knots[i]);
    return curve;
}

std::string_view smile_status_name(SmileStatus status) {
    switch (status) {
        case SmileStatus::ok:
            return "ok";
        case SmileStatus::no_atm:
            return "no_atm";
        case SmileStatus::no_25_deltas:
            return "no_25_deltas";
        case SmileStatus::no_25_delta_call:
            return "no_25_delta_call";
        case SmileStatus::no_25_delta_put:
            return "no_25_delta_put";
    }
    return "no_atm";
}

std::optional<SmilePoint> delta_point(const SmileCurve& curve, Price forward, YearFraction years,
                                      double delta, pricing::OptionType type,
                                      pricing::DeltaConvention convention) {
    const StrikeGap::StrikeOf strike_of = [&](AnnualVol vol) {
        return pricing::strike_for_delta(forward, years, vol, delta, type, convention);
    };
    return nearest_crossing({curve, forward, years, strike_of}, curve.knots);
}

SmileSummary skew_summary(const SmileCurve& curve, Price forward, YearFraction years,
                          pricing::DeltaConvention convention) {
    SmileSummary summary;
    const bool reaches_forward =
        !curve.knots.empty() && curve.knots.front() <= 0.0 && curve.knots.back() >= 0.0;
    if (reaches_forward) summary.atm_vol = vol_of_total_variance(curve.total_variance(0.0), years).value();
    summary.call_25 = delta_point(curve, forward, years, 0.25, pricing::OptionType::call, convention);
    summary.put_25 = delta_point(curve, forward, years, -0.25, pricing::OptionType::put, convention);
    const StrikeGap::StrikeOf straddle = [&](AnnualVol vol) {
        return pricing::dns_strike(forward, years, vol, convention);
    };
    summary.dns = nearest_crossing({curve, forward, years, straddle}, curve.knots);
    fill_spreads(summary);
    summary.status = status_of(summary);
    return summary;
}

}  // namespace tidemark::vol
