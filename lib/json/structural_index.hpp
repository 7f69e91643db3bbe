// Where the tokens of a line begin: the first stage of simdjson, and the one file that leans on what that
// library calls internal.
//
// These are: internal::dom_parser_implementation with stage1(), stage1_mode::regular, structural_indexes and
// n_structural_indexes, and implementation::create_dom_parser_implementation. Its public parsers go on to a
// second stage, which reads every value, where a record wants some of them. structural_index.cpp refuses to
// compile against a major version that it was not written for, and its unit test says what the stage has to
// give.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/result.hpp"

namespace tidemark::json {

class StructuralIndex {
public:
    StructuralIndex();
    StructuralIndex(StructuralIndex&&) noexcept;
    StructuralIndex& operator=(StructuralIndex&&) noexcept;
    ~StructuralIndex();

    /// Fails with bad_utf8 or malformed_json, and says where.
    Status index(std::string_view text);

    /// Of every bracket, colon, comma, opening quote and first byte of a scalar; until the next index().
    [[nodiscard]] std::span<const std::uint32_t> positions() const;

private:
    struct Stage;
    std::unique_ptr<Stage> stage_;
};

}  // namespace tidemark::json
