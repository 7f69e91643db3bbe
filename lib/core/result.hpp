// A value, or the reason there is none.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace tidemark {

/// Why something was refused. The names that error records carry are errc_name's.
enum class Errc {
    malformed_json,
    embedded_nul,
    bad_utf8,
    trailing_data,
    duplicate_key,
    wrong_type,
    missing_field,
    suspect_field,  // an unknown member whose name is nearly a known one
    out_of_range,
    unit_suspect,  // a percentage where a fraction is wanted, and the like
    bad_timestamp,
    bad_symbol,
    bad_series,
    line_too_long,
    too_deep,
    too_many,
    not_jsonl,
    conflict,  // two different values for one key at one time
    missing_market,
    stale,
    expired,
    no_input,
    truncated,
    out_of_domain,
    not_enough_data,
    no_convergence,
    usage,
    policy,
    io,
    internal,
};

std::string_view errc_name(Errc code);

struct Error {
    Errc code;
    std::string message;     // lower case, no full stop; what was wanted and what came
    std::string field;       // path of the member, such as positions[3].qty; empty where none
    std::size_t offset = 0;  // byte within the line, from 0
};

/// What std::expected<T, Error> would be, and the compiler warns if one is dropped unread.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
    Result(Error error) : state_{std::in_place_index<1>, std::move(error)} {}

    explicit operator bool() const { return state_.index() == 0; }
    const T& operator*() const& { return *std::get_if<0>(&state_); }
    T& operator*() & { return *std::get_if<0>(&state_); }
    T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
    const T* operator->() const { return std::get_if<0>(&state_); }
    T* operator->() { return std::get_if<0>(&state_); }
    const Error& error() const { return *std::get_if<1>(&state_); }
    Error& error() { return *std::get_if<1>(&state_); }
    const T& value() const& { return std::get<0>(state_); }  // throws where there is none
    T value() && { return std::get<0>(std::move(state_)); }

    template <class F>
    std::invoke_result_t<F, const T&> and_then(F&& next) const {
        if (!*this) return error();
        return std::invoke(std::forward<F>(next), **this);
    }

private:
    std::variant<T, Error> state_;
};

struct Ok {};
using Status = Result<Ok>;  // for work that gives nothing back

}  // namespace tidemark
