#include "json/walk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/escape.hpp"
#include "json/name_hash.hpp"
#include "json/number.hpp"

namespace tidemark::json {
namespace {

bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

Walk::Walk(std::string_view text, std::span<const std::uint32_t> positions, const Limits& limits,
           Token* tokens)
    : data_{text.data()},
      size_{text.size()},
      positions_{positions.data()},
      count_{positions.size()},
      limits_{limits},
      tokens_{tokens},
      has_escapes_{text.find('\\') != std::string_view::npos} {}

Status Walk::run() {
    const bool rooted = peek() == '{' || (limits_.array_root && peek() == '[');
    Next next = rooted ? Next::value : wanted("want one JSON object a line", here());
    while (next != Next::done && next != Next::failed) next = step(next);
    if (error_) return *std::move(error_);
    if (at_ != count_)
        return Error{Errc::trailing_data, "want nothing after the object on its line", "", here()};
    return Ok{};
}

Walk::Next Walk::step(Next next) {
    switch (next) {
        case Next::key:
            return key();
        case Next::value:
            return value();
        case Next::after:
            return after();
        case Next::close:
            return close();
        default:
            return next;
    }
}

/// Members whose value is a string or a number, blanks nowhere: nearly all there are.
Walk::Next Walk::plain_members() {
    Open& object = stack_[depth_ - 1];
    while (at_ + 4 <= count_ && !has_escapes_) {
        const std::uint32_t *p = positions_ + at_, name = p[0], colon = p[1], value = p[2], end = p[3];
        if (data_[name] != '"' || data_[colon] != ':' || colon - name < 2 || data_[colon - 1] != '"') break;
        const bool text = data_[value] == '"' && end - value >= 2 && data_[end - 1] == '"';
        double number = 0.0;
        if (!text && ((data_[value] != '-' && (data_[value] < '0' || data_[value] > '9')) ||
                      read_number(data_ + value, data_ + end, number) != data_ + end))
            break;
        Token& key = push(Kind::string, name + 1, colon - 1);
        key.name_hash = padded_name_hash(data_ + key.begin, key.end - key.begin);
        const bool maybe = object.see(key.name_hash);
        if ((++object.members > limits_.members || maybe) && !doubtful(key)) return Next::failed;
        if (text) {
            push(Kind::string, value + 1, end - 1);
        } else {
            push(Kind::number, value, end).number = number;
        }
        at_ += 3;
        if (data_[end] != ',') return data_[end] == '}' ? Next::close : Next::after;
        ++at_;
    }
    return Next::key;
}

Walk::Next Walk::key() {
    if (const Next next = plain_members(); next != Next::key) return next;
    if (peek() != '"') return wanted("want a member name in quotes", here());
    Token& name = tokens_[made_];
    if (string() == Next::failed || !unique(name)) return Next::failed;
    if (peek() != ':') return wanted("want ':' after a member name", here());
    ++at_;
    return Next::value;
}

Walk::Next Walk::value() {
    switch (peek()) {
        case '{':
            return open(Kind::object);
        case '[':
            return open(Kind::array);
        case '"':
            return string();
        case 't':
            return literal("true", Kind::boolean, 1.0);
        case 'f':
            return literal("false", Kind::boolean, 0.0);
        case 'n':
            return literal("null", Kind::null, 0.0);
        default:
            return number();
    }
}

Walk::Next Walk::after() {
    if (depth_ == 0) return Next::done;
    const bool in_object = tokens_[stack_[depth_ - 1].token].kind == Kind::object;
    if (peek() == ',') {
        ++at_;
        return in_object ? Next::key : Next::value;
    }
    if (peek() == (in_object ? '}' : ']')) return Next::close;
    return wanted(in_object ? "want ',' or '}'" : "want ',' or ']'", here());
}

Walk::Next Walk::close() {
    Token& token = tokens_[stack_[--depth_].token];
    token.end = static_cast<std::uint32_t>(here() + 1);
    token.next = made_;
    ++at_;
    return Next::after;
}

Walk::Next Walk::open(Kind kind) {
    if (depth_ == std::min(limits_.depth, std::size(stack_)))
        return refuse({Errc::too_deep, fmt::format("want at most {} levels", limits_.depth), "", here()});
    stack_[depth_++] = {made_, 0, {}};
    push(kind, here(), here() + 1);
    ++at_;
    if (kind == Kind::array) return peek() == ']' ? Next::close : Next::value;
    return peek() == '}' ? Next::close : Next::key;
}

Walk::Next Walk::literal(std::string_view word, Kind kind, double number) {
    const std::size_t begin = here();
    if (scalar() != word) return wanted("want a JSON value", begin);
    push(kind, begin, begin + word.size()).number = number;
    return Next::after;
}

Walk::Next Walk::number() {
    const std::size_t begin = here();
    const std::string_view text = scalar();
    const char* const end = text.data() + text.size();
    double value = 0.0;
    if (text.empty() || read_number(text.data(), end, value) != end) {
        if (!is_number(text)) return wanted("want a JSON value", begin);
        return refuse({Errc::out_of_range,
                       fmt::format("want a number that a double can hold, got '{}'", text.substr(0, 24)), "",
                       begin});
    }
    push(Kind::number, begin, begin + text.size()).number = value;
    return Next::after;
}

Walk::Next Walk::string() {
    const std::size_t begin = here();
    const std::string_view quoted = scalar();
    if (quoted.size() < 2 || quoted.back() != '"') return wanted("want a closed string", begin);
    const std::string_view body = quoted.substr(1, quoted.size() - 2);
    Token& token = push(Kind::string, begin + 1, begin + 1 + body.size());
    if (has_escapes_ && body.find('\\') != std::string_view::npos) {
        token.escaped = true;
        if (!valid_escapes(body)) return wanted("want only JSON's own escapes in a string", begin);
    }
    return Next::after;
}

/// The scalar at the current position: up to the next position, without the blanks before that.
std::string_view Walk::scalar() {
    const std::size_t begin = here();
    if (at_ < count_) ++at_;
    std::size_t end = here();
    while (end > begin && blank(data_[end - 1])) --end;
    return {data_ + begin, end - begin};
}

[[gnu::noinline]] bool Walk::doubtful(Token& key) {
    Open& object = stack_[depth_ - 1];
    if (object.members > limits_.members) {
        refuse({Errc::too_many, fmt::format("want at most {} members in an object", limits_.members), "",
                key.begin});
        return false;
    }
    if (key.escaped) {
        std::string name;
        unescape(name, body(key));
        key.name_hash = name_hash(name);
    }
    object.see(key.name_hash);
    if (!repeated(object.token, key)) return true;
    std::string name;
    unescape(name, body(key));
    refuse({Errc::duplicate_key, fmt::format("want each member once, got '{}' twice", printable(name)),
            printable(name), key.begin});
    return false;
}

bool Walk::repeated(std::uint32_t object, const Token& key) const {
    for (const Token* t = tokens_ + object + 1; t != &key; t = tokens_ + t[1].next) {
        if (t->name_hash != key.name_hash) continue;
        if (!t->escaped && !key.escaped && body(*t) == body(key)) return true;
        std::string mine, theirs;
        unescape(mine, body(key));
        unescape(theirs, body(*t));
        if (mine == theirs) return true;
    }
    return false;
}

Walk::Next Walk::wanted(std::string_view what, std::size_t offset) {
    const std::string_view got = std::string_view{data_, size_}.substr(std::min(offset, size_), 12);
    return refuse({Errc::malformed_json,
                   got.empty() ? fmt::format("{}, got the end of the line", what)
                               : fmt::format("{}, got '{}'", what, printable(got)),
                   "", offset});
}

Walk::Next Walk::refuse(Error error) {
    error_ = std::move(error);
    return Next::failed;
}

}  // namespace tidemark::json
