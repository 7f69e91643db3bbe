// Every model of daily variance by name.
#pragma once

#include <string_view>

#include "vol/daily/day_model.hpp"

namespace tidemark::vol {

struct NamedDayModel {
    std::string_view name;
    std::string_view assumes;
    DayModel model;
};

constexpr NamedDayModel garch_named(std::string_view name, std::string_view assumes, GarchModel model,
                                    Innovation innovation) {
    return {name, assumes, {daily_garch(model, innovation)}};
}

inline constexpr NamedDayModel day_models[] = {
    garch_named("garch-normal", "GARCH(1,1), mean return 0", GarchModel::garch, Innovation::normal),
    garch_named("garch-t", "the same with Student errors", GarchModel::garch, Innovation::student_t),
    garch_named("gjr-normal", "falls weigh more than rises", GarchModel::gjr, Innovation::normal),
    garch_named("gjr-t", "the same with Student errors", GarchModel::gjr, Innovation::student_t),
    garch_named("egarch-normal", "moves of the logarithm of variance", GarchModel::egarch,
                Innovation::normal),
    garch_named("egarch-t", "the same with Student errors", GarchModel::egarch, Innovation::student_t),
    {"har", "variance by the day, week and month before", {HarScale::level}},
    {"har-sqrt", "the same of its root", {HarScale::sqrt}},
    {"har-log", "the same of its logarithm", {HarScale::log}},
};

}  // namespace tidemark::vol
