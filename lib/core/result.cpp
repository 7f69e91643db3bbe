#include "core/result.hpp"

namespace tidemark {

std::string_view errc_name(Errc code) {
    switch (code) {
        case Errc::malformed_json:
            return "malformed_json";
        case Errc::embedded_nul:
            return "embedded_nul";
        case Errc::bad_utf8:
            return "bad_utf8";
        case Errc::trailing_data:
            return "trailing_data";
        case Errc::duplicate_key:
            return "duplicate_key";
        case Errc::wrong_type:
            return "wrong_type";
        case Errc::missing_field:
            return "missing_field";
        case Errc::suspect_field:
            return "suspect_field";
        case Errc::out_of_range:
            return "out_of_range";
        case Errc::unit_suspect:
            return "unit_suspect";
        case Errc::bad_timestamp:
            return "bad_timestamp";
        case Errc::bad_symbol:
            return "bad_symbol";
        case Errc::bad_series:
            return "bad_series";
        case Errc::line_too_long:
            return "line_too_long";
        case Errc::too_deep:
            return "too_deep";
        case Errc::too_many:
            return "too_many";
        case Errc::not_jsonl:
            return "not_jsonl";
        case Errc::conflict:
            return "conflict";
        case Errc::missing_market:
            return "missing_market";
        case Errc::stale:
            return "stale";
        case Errc::expired:
            return "expired";
        case Errc::no_input:
            return "no_input";
        case Errc::truncated:
            return "truncated";
        case Errc::out_of_domain:
            return "out_of_domain";
        case Errc::not_enough_data:
            return "not_enough_data";
        case Errc::no_convergence:
            return "no_convergence";
        case Errc::usage:
            return "usage";
        case Errc::policy:
            return "policy";
        case Errc::io:
            return "io";
        case Errc::internal:
            return "internal";
    }
    return "internal";
}

}  // namespace tidemark
