// The reasons that several layers give, in one line each. What was wanted stands before what came or where.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace tidemark {

/// What was asked for does not exist for these numbers.
Error out_of_domain(std::string message);
/// The same, as "want {wanted}, got {got}".
Error out_of_domain(std::string_view wanted, double got);

/// A sum that no double holds, of amounts that each fit one.
Error amounts_overflow();

/// The sample is too short for the method.
Error not_enough_data(std::string message);

/// An iteration ended without an answer.
Error no_convergence(std::string message);

/// A policy that says what none may, or that contradicts itself; `field` is its parameter, empty where it is
/// none.
Error bad_policy(std::string message, std::string_view field = {});

}  // namespace tidemark
