#include "margin/model/free_loans.hpp"

#include <algorithm>
#include <array>

#include "margin/model/by_asset.hpp"

namespace tidemark::margin {
namespace {

constexpr std::array by_position{"tiered", "static", "strategy", "regt"};

}  // namespace

bool leaves_loan_free(const policy::Document& policy, const std::string& asset) {
    if (std::find(by_position.begin(), by_position.end(), policy.model()) == by_position.end()) return false;
    for (const std::string& name : {asset, std::string{every_other_asset}}) {
        const auto rate = policy.shown("loan_initial_rates." + name);
        if (rate) return *rate == "0";
    }
    return true;
}

}  // namespace tidemark::margin
