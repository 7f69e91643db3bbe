// Adapters for conditional variance models.
#include <stdexcept>
#include <string>
#include <vector>

#include "adapter.hpp"
#include "vol/garch/garch.hpp"
#include "vol/garch/garch_fit.hpp"
#include "vol/garch/garch_forecast.hpp"

namespace tidemark::vectors {

void add_garch(Registry& registry);

namespace {

template <class T>
T need(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return *std::move(result);
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

vol::GarchModel model_of(const std::string& name) {
    if (has(name, "egarch")) return vol::GarchModel::egarch;
    return has(name, "gjr") ? vol::GarchModel::gjr : vol::GarchModel::garch;
}

/// From a case's name, such as garch.mle.gjr_t.
vol::GarchSpec spec_of(const std::string& name, const Json& input) {
    vol::GarchSpec spec;
    spec.model = model_of(input.value("model", name));
    const std::string dist = input.value("dist", name.ends_with("_t") ? "t" : "n");
    spec.innovation = dist == "t" ? vol::Innovation::student_t : vol::Innovation::normal;
    spec.start =
        has(input.value("init", ""), "backcast") ? vol::GarchStart::backcast : vol::GarchStart::sample;
    spec.stationary = has(input.value("constraint", ""), "<=1");
    return spec;
}

std::vector<double> returns_of(const Json& input, const Context& context) {
    return context.column(input.at("data"), "");
}

vol::GarchParameters parameters_of(const Json& params) {
    vol::GarchVector v{};
    for (std::size_t i = 0; i < v.size(); ++i)
        v[i] = params.value(std::string{vol::garch_parameter_names[i]}, 0.0);
    return vol::to_parameters(v);
}

Json named(const vol::GarchSpec& spec, const vol::GarchParameters& parameters) {
    Json out;
    for (const std::size_t i : vol::free_parameters(spec)) {
        out[std::string{vol::garch_parameter_names[i]}] = vol::to_vector(parameters)[i];
    }
    return out;
}

Json answer(const vol::GarchFit& fit) {
    Json out{{"loglik", fit.log_likelihood},
             {"params", named(fit.spec, fit.parameters)},
             {"h_first", fit.first_variance},
             {"h_last", fit.last_variance},
             {"h_next", fit.next_variance},
             {"persistence", fit.persistence},
             {"flag", vol::fit_status_name(fit.status)}};
    if (fit.errors) {
        out["se_hessian"] = fit.errors->hessian;
        out["se_opg"] = fit.errors->outer_product;
        out["se_qmle"] = fit.errors->sandwich;
    }
    return out;
}

Adapter mle(const std::string& name) {
    return [=](const Json& input, const Context& context) -> Json {
        return answer(need(vol::garch_fit(returns_of(input, context), spec_of(name, input))));
    };
}

Adapter filter(const std::string& name) {
    return [=](const Json& input, const Context& context) -> Json {
        const auto path = need(vol::garch_filter(returns_of(input, context), spec_of(name, input),
                                                 parameters_of(input.at("params"))));
        return {{"loglik", path.log_likelihood},
                {"h_first", path.variances.front()},
                {"h_last", path.variances.back()},
                {"h_next", path.next_variance}};
    };
}

Json or_null(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

Adapter forecast(const std::string& name) {
    return [=](const Json& input, const Context&) -> Json {
        const vol::GarchSpec spec = spec_of(name, input);
        const auto horizon = input.at("horizon").get<std::size_t>();
        const auto path = need(vol::garch_forecast(
            spec.model, spec.innovation, parameters_of(input.at("params")), input.at("h_next"), horizon));
        Json h = Json::array();
        const std::vector<std::size_t> steps{1, 2, 5, 10, horizon};
        double sum = 0.0;
        for (const double variance : path.variances) sum += variance;
        for (const std::size_t step : steps) h.push_back(path.variances.at(step - 1));
        const std::string length = std::to_string(horizon);
        return {{"h", h},
                {"steps", steps},
                {"unconditional", or_null(path.unconditional)},
                {"half_life", or_null(path.half_life)},
                {"sum" + length, sum},
                {"annual_vol_365_" + length + "d",
                 vol::term_vols(path.variances, PerYear{365.0}).back().value()}};
    };
}

Json arch_forecast(const Json& input, const Context& context) {
    const vol::GarchSpec spec = spec_of(input.at("model"), input);
    const auto fit = need(vol::garch_fit(returns_of(input, context), spec));
    return need(vol::garch_forecast(spec.model, spec.innovation, fit.parameters, fit.next_variance,
                                    input.at("horizon")))
        .variances;
}

}  // namespace

void add_garch(Registry& registry) {
    for (const std::string model : {"garch", "gjr", "egarch"}) {
        for (const std::string dist : {"_n", "_t"}) {
            const std::string name = model + dist;
            registry["garch.mle." + name] = mle(name);
            registry["garch.constrained." + name] = mle(name);
            registry["garch.filter." + name] = filter(name);
            registry["garch.forecast." + name] = forecast(name);
        }
    }
    registry["garch.fcp_benchmark_published"] = mle("garch_n");
    registry["garch.arch_forecast"] = arch_forecast;
}

}  // namespace tidemark::vectors
