#include "vol/garch/garch_fit.hpp"

#include <algorithm>
#include <cmath>

#include "vol/garch/garch_curvature.hpp"
#include "vol/garch/garch_likelihood.hpp"
#include "vol/garch/garch_search.hpp"
#include "vol/realized/realized.hpp"

namespace tidemark::vol {
namespace {

constexpr double scaled_gradient_limit = 1e-3;

/// From returns divided by `scale` back to returns.
GarchParameters in_units(GarchModel model, const GarchParameters& p, double scale) {
    GarchParameters out = p;
    out.mu *= scale;
    if (model == GarchModel::egarch) {
        out.omega += 2.0 * std::log(scale) * (1.0 - p.beta);
    } else {
        out.omega *= scale * scale;
    }
    return out;
}

/// How in_units moves with its parameters.
GarchMatrix units_jacobian(const GarchSpec& spec, double scale) {
    const auto places = free_parameters(spec);
    GarchMatrix jacobian{places.size(), std::vector<double>(places.size() * places.size(), 0.0)};
    for (std::size_t i = 0; i < places.size(); ++i) {
        jacobian.at(i, i) = 1.0;
        if (places[i] == 0) jacobian.at(i, i) = scale;
        if (places[i] != 1) continue;
        if (spec.model != GarchModel::egarch) {
            jacobian.at(i, i) = scale * scale;
        } else {
            const auto beta = std::find(places.begin(), places.end(), std::size_t{4}) - places.begin();
            jacobian.at(i, static_cast<std::size_t>(beta)) = -2.0 * std::log(scale);
        }
    }
    return jacobian;
}

StandardErrors errors_in_units(const GarchCovariances& c, const GarchSpec& spec, double scale) {
    const GarchMatrix jacobian = units_jacobian(spec, scale);
    return {root_diagonal(transformed(c.hessian, jacobian)),
            root_diagonal(transformed(c.outer_product, jacobian)),
            root_diagonal(transformed(c.sandwich, jacobian))};
}

double largest_scaled_gradient(const GarchLikelihood& likelihood, const GarchParameters& at,
                               const GarchCovariances& covariances) {
    GarchDerivatives out;
    likelihood.derive(at, out);
    const auto places = free_parameters(likelihood.spec());
    double largest = 0.0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool kinked = places[i] == 0 && likelihood.spec().model == GarchModel::egarch;
        const double scaled = std::abs(out.gradient[places[i]]) * std::sqrt(covariances.hessian.at(i, i));
        if (!kinked) largest = std::max(largest, scaled);
    }
    return largest;
}

/// Status, errors and gradient of what the search found.
void judge(GarchFit& fit, const GarchLikelihood& likelihood, const GarchSearch& search, double scale) {
    fit.binding = binding_bounds(fit.spec, search.best);
    if (!fit.binding.empty()) {
        fit.status = search.converged ? FitStatus::boundary : FitStatus::not_converged;
        return;
    }
    const auto covariances = garch_covariances(likelihood, search.best);
    if (!covariances) return;
    fit.scaled_gradient = largest_scaled_gradient(likelihood, search.best, *covariances);
    if (!(fit.scaled_gradient < scaled_gradient_limit)) return;
    fit.status = FitStatus::converged;
    fit.errors = errors_in_units(*covariances, fit.spec, scale);
}

}  // namespace

std::string_view fit_status_name(FitStatus status) {
    switch (status) {
        case FitStatus::converged:
            return "converged";
        case FitStatus::boundary:
            return "boundary";
        case FitStatus::not_converged:
            return "not_converged";
    }
    return "not_converged";
}

Result<GarchFit> garch_fit(std::span<const double> returns, const GarchSpec& spec) {
    if (const auto ok = check_returns("garch", returns, garch_min_returns); !ok) return ok.error();
    const double scale = std::sqrt(GarchLikelihood{returns, spec}.sample_variance());
    // A mean that was rounded leaves equal returns a variance of its own.
    const double largest = std::abs(*std::max_element(
        returns.begin(), returns.end(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
    if (!(scale > 1e-12 * largest && std::isfinite(scale))) {
        return Error{Errc::out_of_domain, "garch wants returns that differ from one another", "", 0};
    }
    std::vector<double> standard(returns.begin(), returns.end());
    for (double& y : standard) y /= scale;
    const GarchLikelihood likelihood{standard, spec};
    const auto search = garch_search(likelihood);
    if (!search) return search.error();

    GarchFit fit;
    fit.spec = spec;
    fit.parameters = in_units(spec.model, search->best, scale);
    fit.persistence = persistence(spec.model, fit.parameters);
    fit.evaluations = search->evaluations;
    fit.samples = returns.size();
    judge(fit, likelihood, *search, scale);
    const auto path = garch_filter(returns, spec, fit.parameters);
    if (!path) return path.error();
    fit.log_likelihood = path->log_likelihood;
    fit.first_variance = path->variances.front();
    fit.last_variance = path->variances.back();
    fit.next_variance = path->next_variance;
    return fit;
}

}  // namespace tidemark::vol
