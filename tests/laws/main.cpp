// The laws of margin models, on random accounts in random weather. The same seed gives the same accounts;
// RC_PARAMS="seed=1 max_success=100000" in the environment asks for others. A law is tried on a model until
// LAW_SECONDS are over (0.5; what a case costs differs a hundredfold between models and builds), but never on
// fewer than 40 accounts: the last line says how many were tried.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "scene.hpp"

namespace tidemark::laws {
namespace {

/// The dynamic policy without what depends on size.
constexpr const char* scenarios_alone =
    "dynamic+liquidity_weight=0+concentration_weight=0+measured_haircut_weight=0";

const std::vector<Subject>& subjects() {
    static const std::vector<Subject> all{{"dynamic", anything},
                                          {scenarios_alone, anything, netted | joined},
                                          {scenarios_alone, linear, 0},
                                          {"static", anything},
                                          {"aave-v3", no_positions},
                                          {"binance-coinm", inverse_bitcoin},
                                          {"binance-usdm", bitcoin},
                                          {"bybit-inverse", inverse_bitcoin, sized | costed | sided},
                                          {"bybit-linear", bitcoin, sized | costed | sided},
                                          {"cboe-regt", options},
                                          {"deribit-pm-2019", anything, paired},
                                          {"deribit-sm", anything, sized},
                                          {"deribit-spm", anything, sized},
                                          {"derive-pm1", anything},
                                          {"derive-pm2", anything},
                                          {"derive-srm", anything},
                                          {"drift", delta_one, sized},
                                          {"dydx-v4", delta_one, 0},
                                          {"ftx-imf", delta_one, sized},
                                          {"gate-isolated", bitcoin},
                                          {"hyperliquid", delta_one, sized},
                                          {"hyperliquid-2023-03", delta_one, sized},
                                          {"liquity", no_positions},
                                          {"mango-v4", linear},
                                          {"okx-isolated", ether, sized | stepped | sided},
                                          {"okx-pm", anything, netted | sized},
                                          {"opyn", options},
                                          {"paradex-pm", anything},
                                          {"span16", anything},
                                          {"vega", linear}};
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

/// Tries of one law on one model, until their time is over. A failed one is made smaller without a limit.
class Tries {
public:
    explicit Tries(double seconds)
        : until_{Clock::now() +
                 std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds))} {}

    void make(const Law& law, const Subject& subject) {
        if (!failed_ && tried_ >= least && Clock::now() > until_) {
            cut_ = true;
            return;
        }
        ++tried_;
        try {
            law.check(subject);
        } catch (...) {
            failed_ = true;
            throw;
        }
    }

    [[nodiscard]] int tried() const { return tried_; }
    [[nodiscard]] bool cut() const { return cut_; }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr int least = 40;
    Clock::time_point until_;
    int tried_ = 0;
    bool failed_ = false, cut_ = false;
};

double seconds_a_law() {
    const char* const asked = std::getenv("LAW_SECONDS");
    return asked != nullptr ? std::atof(asked) : 0.5;
}

bool obey() {
    bool all_hold = all_are_subjects();
    int checked = 0, cut = 0, cases = 0;
    std::vector<Law> laws = exact_laws();
    const std::vector<Law> monotone = monotone_laws();
    laws.insert(laws.end(), monotone.begin(), monotone.end());
    for (const Law& law : laws) {
        for (const Subject& subject : subjects()) {
            const unsigned traits = subject.traits();
            if ((traits & law.needs) != law.needs || (traits & law.except) != 0) continue;
            Tries tries{seconds_a_law()};
            const bool holds =
                rc::check(std::string{subject.preset} + ": " + law.says, [&] { tries.make(law, subject); });
            all_hold = all_hold && holds;
            ++checked;
            cut += tries.cut() ? 1 : 0;
            cases += tries.tried();
        }
    }
    std::printf("%d laws of models on %d accounts, %d of them until their time was over\n", checked, cases,
                cut);
    return all_hold;
}

}  // namespace
}  // namespace tidemark::laws

int main() {
    setenv("RC_PARAMS", "seed=20260101 max_success=500", 0);
    std::printf("RC_PARAMS=\"%s\"\n", std::getenv("RC_PARAMS"));
    return tidemark::laws::obey() ? 0 : 1;
}
