#include "core/errors.hpp"

#include <fmt/format.h>

#include <utility>

namespace tidemark {

Error out_of_domain(std::string message) {
    return {Errc::out_of_domain, std::move(message), "", 0};
}

Error out_of_domain(std::string_view wanted, double got) {
    return out_of_domain(fmt::format("want {}, got {}", wanted, got));
}

Error amounts_overflow() {
    return out_of_domain("amounts beyond what a double holds");
}

Error not_enough_data(std::string message) {
    return {Errc::not_enough_data, std::move(message), "", 0};
}

Error no_convergence(std::string message) {
    return {Errc::no_convergence, std::move(message), "", 0};
}

Error bad_policy(std::string message, std::string_view field) {
    return {Errc::policy, std::move(message), std::string{field}, 0};
}

}  // namespace tidemark
