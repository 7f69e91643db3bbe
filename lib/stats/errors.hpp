// The reasons this layer gives, in one line each.
#pragma once

#include <string>
#include <utility>

#include "core/result.hpp"

namespace tidemark::stats {

/// What was asked for does not exist for these numbers.
inline Error out_of_domain(std::string message) {
    return {Errc::out_of_domain, std::move(message), {}, 0};
}

/// The sample is too short for the method.
inline Error not_enough_data(std::string message) {
    return {Errc::not_enough_data, std::move(message), {}, 0};
}

/// An iteration ended without an answer.
inline Error no_convergence(std::string message) {
    return {Errc::no_convergence, std::move(message), {}, 0};
}

}  // namespace tidemark::stats
