// The log likelihood of a conditional variance model with its exact gradient.
#pragma once

#include <span>
#include <vector>

#include "vol/garch/garch.hpp"

namespace tidemark::vol {

/// What a likelihood gives beyond its value; each is filled where it is not null.
struct GarchDerivatives {
    GarchVector gradient{};
    std::vector<GarchVector>* scores = nullptr;  // the gradient's terms, one a return
    std::vector<double>* variances = nullptr;
    double next_variance = 0.0;
};

/// Of one series under one spec. Keeps a view of the returns; what the start needs is worked out once.
class GarchLikelihood {
public:
    /// Wants at least one return.
    GarchLikelihood(std::span<const double> returns, const GarchSpec& spec);

    /// ln L; -infinity where the parameters give no positive variance.
    [[nodiscard]] double value(const GarchParameters& parameters) const;

    /// ln L by one pass that also takes derivatives.
    double derive(const GarchParameters& parameters, GarchDerivatives& out) const;

    [[nodiscard]] double sample_variance() const { return variance_; }  // divisor n
    [[nodiscard]] double sample_mean() const { return mean_; }
    [[nodiscard]] std::size_t size() const { return returns_.size(); }
    [[nodiscard]] std::span<const double> returns() const { return returns_; }
    [[nodiscard]] const GarchSpec& spec() const { return spec_; }

private:
    /// The squared return that stands before the first, and how it moves with mu.
    struct Presample {
        double square, by_mu;
    };
    [[nodiscard]] Presample presample(double mu) const;
    [[nodiscard]] double fast_normal(const GarchParameters& parameters) const;

    std::span<const double> returns_;
    GarchSpec spec_;
    double mean_ = 0.0;
    double variance_ = 0.0;
    double backcast_ = 0.0;
};

}  // namespace tidemark::vol
