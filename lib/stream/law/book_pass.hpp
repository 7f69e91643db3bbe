// What answers need of all accounts at once: a reduction over the book. Each answered line is added to it
// once, on whichever thread answered it; every thread has a shard of its own, and the shards are merged in
// any order. The state is a function of the set of what was added, so the same bytes come out of any split;
// the held answers are completed from it behind the last line.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tidemark::stream {

/// What an account contributes: a value that can be written to bytes and read back from them, in any process.
template <class T>
concept Contribution = std::default_initializable<T> &&
    requires(T value, const T& given, ByteSink& out, ByteSource& in) {
    given.save(out);
    { value.load(in) } -> std::same_as<bool>;
};

/// A pure calculation over all contributions. save() writes the state in a canonical form: equal sets give
/// equal bytes. load() is false where the bytes are not what save() wrote.
template <class R>
concept Reduction = std::default_initializable<R> && Contribution<typename R::Contribution> &&
    requires(R all, const R& other, const typename R::Contribution& one, ByteSink& out, ByteSource& in) {
    all.add(one);
    all.merge(other);
    { other.close() } -> std::same_as<typename R::Closed>;
    other.save(out);
    { all.load(in) } -> std::same_as<bool>;
};

template <Contribution C>
std::string contribution_bytes(const C& contribution) {
    ByteSink out;
    contribution.save(out);
    return out.bytes();
}

/// A reduction as the stream carries it, its contributions as bytes.
class BookPass {
public:
    virtual ~BookPass() = default;
    /// An empty one of the same kind.
    [[nodiscard]] virtual std::unique_ptr<BookPass> shard() const = 0;
    virtual void add(std::string_view contribution) = 0;
    /// Takes in what a shard of this one was given.
    virtual void merge(const BookPass& shard) = 0;
    /// All accounts have been added: called once, before complete().
    virtual void close() = 0;
    /// Completes the answer that came with this contribution. Fails where it has no figures then, which costs
    /// the answer's line.
    virtual Status complete(std::string& value, std::string_view contribution) const = 0;
    /// The state, for comparison and for another process.
    [[nodiscard]] virtual std::string bytes() const = 0;
};

template <Reduction R>
class BookPassOf final : public BookPass {
public:
    using Given = typename R::Contribution;
    using Complete = std::function<Status(std::string& value, const Given&, const typename R::Closed&)>;

    explicit BookPassOf(Complete complete) : complete_{std::move(complete)} {}

    [[nodiscard]] std::unique_ptr<BookPass> shard() const override {
        return std::make_unique<BookPassOf>(complete_);
    }
    void add(std::string_view contribution) override { all_.add(read(contribution)); }
    void merge(const BookPass& shard) override { all_.merge(dynamic_cast<const BookPassOf&>(shard).all_); }
    void close() override { closed_.emplace(all_.close()); }
    Status complete(std::string& value, std::string_view contribution) const override {
        return complete_(value, read(contribution), closed_.value());
    }
    [[nodiscard]] std::string bytes() const override {
        ByteSink out;
        all_.save(out);
        return out.bytes();
    }

private:
    static Given read(std::string_view contribution) {
        ByteSource in{contribution};
        Given given;
        if (!given.load(in) || !in.at_end())
            throw std::logic_error{"a contribution is not what its worker wrote"};
        return given;
    }

    Complete complete_;
    R all_;
    std::optional<typename R::Closed> closed_;
};

}  // namespace tidemark::stream
