// A filter for tests: an account's answer is its `qty`, what it says of one account can be chosen, and where
// it has a book every answer is completed with the sum of them all.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>

#include "stream/law/filter.hpp"

namespace tidemark::stream {

/// Adds whole numbers, which any order adds to the same.
struct Sum {
    struct Contribution {
        std::int64_t value = 0;
        void save(ByteSink& out) const { out.put(value); }
        [[nodiscard]] bool load(ByteSource& in) { return in.get(value); }
    };
    using Closed = std::int64_t;

    void add(const Contribution& one) { all += one.value; }
    void merge(const Sum& other) { all += other.all; }
    [[nodiscard]] std::int64_t close() const { return all; }
    void save(ByteSink& out) const { out.put(all); }
    [[nodiscard]] bool load(ByteSource& in) { return in.get(all); }

    std::int64_t all = 0;
};
static_assert(Reduction<Sum>);

class SumFilter final : public Filter {
public:
    using Say = std::function<Result<Answer>(std::int64_t qty)>;

    explicit SumFilter(
        bool whole_book, Say say = [](std::int64_t) { return Answer{}; })
        : whole_book_{whole_book}, say_{std::move(say)} {}

    [[nodiscard]] Use use(std::string_view type) const override {
        return type == "account" ? Use::answer : Use::none;
    }
    Status learn(const json::Line&, std::string_view) override { return Ok{}; }
    [[nodiscard]] std::unique_ptr<Worker> worker() const override {
        return std::make_unique<One>(whole_book_, say_);
    }
    [[nodiscard]] std::unique_ptr<BookPass> book() const override {
        if (!whole_book_) return nullptr;
        return std::make_unique<BookPassOf<Sum>>(
            [](std::string& value, const Sum::Contribution& own, std::int64_t all) -> Status {
                value = fmt::format(R"({{"own":{},"all":{}}})", own.value, all);
                return Ok{};
            });
    }

private:
    class One final : public Worker {
    public:
        One(bool whole_book, const Say& say) : whole_book_{whole_book}, say_{say} {}
        Result<Answer> answer(const json::Line& line, std::string& value) override {
            const auto qty = static_cast<std::int64_t>(line.at(line.find(json::Line::root, "qty")).number);
            auto said = say_(qty);
            if (!said) return said;
            value = fmt::format(R"({{"own":{}}})", qty);
            if (whole_book_) said->contribution = contribution_bytes(Sum::Contribution{qty});
            return said;
        }

    private:
        bool whole_book_;
        const Say& say_;
    };

    bool whole_book_;
    Say say_;
};

inline std::string account_line(std::int64_t qty) {
    return fmt::format(R"({{"type":"account","account_id":"a{}","qty":{}}})", qty, qty) + "\n";
}

}  // namespace tidemark::stream
