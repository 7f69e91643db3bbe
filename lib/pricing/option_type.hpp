// Call or put.
#pragma once

namespace tidemark::pricing {

enum class OptionType { call, put };

/// +1 for a call, -1 for a put: the sign that lets one formula serve both.
constexpr double option_sign(OptionType type) {
    return type == OptionType::call ? 1.0 : -1.0;
}

}  // namespace tidemark::pricing
