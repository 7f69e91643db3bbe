// Headline figures of one expiry's smile: at the money, 25 delta call and put, risk reversal, butterfly.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/measure.hpp"
#include "core/result.hpp"
#include "pricing/delta.hpp"
#include "pricing/option_type.hpp"
#include "vol/svi/svi.hpp"

namespace tidemark::vol {

/// A smile as this file sees it, whatever it came from.
struct SmileCurve {
    std::function<double(double log_moneyness)> total_variance;  // > 0
    std::vector<double> knots;  // ascending log-moneyness: smooth between two, never asked outside the ends
};

/// The whole line of a slice, out to where any delta above 0.001 is found.
/// Fails with out_of_domain where check(slice) does, or with no variance at the forward.
Result<SmileCurve> svi_curve(const SviRaw& slice);

struct SmilePoint {
    Price strike;
    AnnualVol vol;
};

/// What the quoted strikes reach; the first that applies.
enum class SmileStatus {
    ok,
    no_atm,            // the forward lies outside the strikes
    no_25_deltas,      // neither 25 delta strike lies within them
    no_25_delta_call,  // the call wing stops short of it
    no_25_delta_put,
};

/// The name in records, such as no_25_delta_put.
std::string_view smile_status_name(SmileStatus status);

/// Empty is what the strikes do not reach. Vols and their differences are fractions per root year.
struct SmileSummary {
    SmileStatus status = SmileStatus::no_atm;
    std::optional<double> atm_vol;   // at the forward
    std::optional<double> vol_25c;   // where a call's delta is 0.25
    std::optional<double> vol_25p;   // where a put's delta is -0.25
    std::optional<double> rr25;      // vol_25c - vol_25p: below 0 where puts are dearer
    std::optional<double> bf25;      // (vol_25c + vol_25p) / 2 - atm_vol
    std::optional<double> bf25_dns;  // the same against the delta-neutral straddle's vol
    std::optional<SmilePoint> call_25, put_25;
    std::optional<SmilePoint> dns;  // where a call's and a put's delta cancel
};

/// The strike of an option with this delta (signed, as pricing::strike_for_delta wants it) at the smile's own
/// vol there; of several, the one nearest the forward. Empty where the curve does not reach it.
std::optional<SmilePoint> delta_point(const SmileCurve& curve, Price forward, YearFraction years,
                                      double delta, pricing::OptionType type,
                                      pricing::DeltaConvention convention);

/// The figures under one delta convention. Deribit's API delta is the forward delta, not premium adjusted;
/// on a sample BTC smile the convention moves rr25 by 0.8 vol points, so records name it.
SmileSummary skew_summary(const SmileCurve& curve, Price forward, YearFraction years,
                          pricing::DeltaConvention convention);

}  // namespace tidemark::vol
