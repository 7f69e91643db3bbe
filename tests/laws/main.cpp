// The laws of margin models, on random accounts in random weather. The same seed gives the same accounts;
// RC_PARAMS="seed=1 max_success=100000" in the environment asks for others.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "scene.hpp"

namespace tidemark::laws {
namespace {

/// The dynamic policy without what depends on size.
constexpr const char* scenarios_alone =
    "dynamic+liquidity_weight=0+concentration_weight=0+measured_haircut_weight=0";

const std::vector<Subject>& subjects() {
    static const std::vector<Subject> all{{"dynamic", anything, netted | ranged | joined | sized | closed},
                                          {scenarios_alone, anything, netted | joined},
                                          {scenarios_alone, linear, 0},
                                          {"static", anything, 0},
                                          {"aave-v3", no_positions, 0},
                                          {"binance-usdm", bitcoin, sized},
                                          {"cboe-regt", options, stepped},
                                          {"deribit-pm-2019", anything, paired},
                                          {"deribit-sm", anything, sized},
                                          {"deribit-spm", anything, sized},
                                          {"derive-pm1", anything, netted},
                                          {"derive-pm2", anything, netted},
                                          {"derive-srm", anything, 0},
                                          {"drift", delta_one, sized},
                                          {"dydx-v4", delta_one, 0},
                                          {"ftx-imf", delta_one, sized},
                                          {"hyperliquid", delta_one, sized},
                                          {"hyperliquid-2023-03", delta_one, sized},
                                          {"mango-v4", linear, 0},
                                          {"paradex-pm", anything, netted},
                                          {"span16", anything, netted},
                                          {"vega", linear, 0}};
    return all;
}

/// Every built-in policy has to say what it promises.
bool all_are_subjects() {
    bool all = true;
    for (const policy::Preset& preset : policy::presets()) {
        const bool known = std::any_of(subjects().begin(), subjects().end(),
                                       [&](const Subject& subject) { return subject.preset == preset.name; });
        if (!known)
            std::printf("%s: want it among the subjects of the laws\n", std::string{preset.name}.c_str());
        all = all && known;
    }
    return all;
}

bool obey() {
    bool all_hold = all_are_subjects();
    std::vector<Law> laws = exact_laws();
    const std::vector<Law> monotone = monotone_laws();
    laws.insert(laws.end(), monotone.begin(), monotone.end());
    for (const Law& law : laws) {
        for (const Subject& subject : subjects()) {
            if ((subject.traits & law.needs) != law.needs || (subject.traits & law.except) != 0) continue;
            const bool holds =
                rc::check(std::string{subject.preset} + ": " + law.says, [&] { law.check(subject); });
            all_hold = all_hold && holds;
        }
    }
    return all_hold;
}

}  // namespace
}  // namespace tidemark::laws

int main() {
    setenv("RC_PARAMS", "seed=20260101 max_success=500", 0);
    std::printf("RC_PARAMS=\"%s\"\n", std::getenv("RC_PARAMS"));
    return tidemark::laws::obey() ? 0 : 1;
}
