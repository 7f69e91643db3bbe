// JSON documents out of lines: one a line, or spread over many as pretty-printers do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "feed/shared/importer.hpp"
#include "json/line.hpp"

namespace tidemark::feed {

/// An importer of JSON: finds the documents, parses each strictly, and hands it on.
class Documents : public Importer {
public:
    void line(std::string_view text, Output& out) final;
    void finish(Output& out) final;

protected:
    Documents();

    /// One whole document, an object or an array.
    virtual void document(const json::Line& document, Output& out) = 0;
    virtual void end(Output&) {}

private:
    void scan(std::string_view text);
    void parse(std::string_view text, bool one_line, Output& out);

    json::Line line_;
    std::string pending_;  // of a document that is not complete
    std::int64_t depth_ = 0;
    std::int64_t lines_ = 0, began_ = 0;
    bool open_string_ = false;
};

}  // namespace tidemark::feed
