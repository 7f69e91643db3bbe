// What the accounts of a book are measured by: the median of their probabilities, so that the median account
// pays as before.
#pragma once

#include <cstdint>
#include <vector>

#include "core/bytes.hpp"

namespace tidemark::score {

/// A reduction over the book. Holds 8 bytes an account.
class BookMedian {
public:
    struct Contribution {
        double probability = 0.0;  // as it is charged, above 0

        void save(ByteSink& out) const { out.put(probability); }
        [[nodiscard]] bool load(ByteSource& in) { return in.get(probability); }
    };
    struct Closed {
        double reference = 1.0;
        std::int64_t accounts = 0;

        bool operator==(const Closed&) const = default;
    };

    void add(const Contribution& one) { all_.push_back(one.probability); }
    void merge(const BookMedian& other) { all_.insert(all_.end(), other.all_.begin(), other.all_.end()); }

    /// The middle of the probabilities; of an even number the geometric mean of the middle two, as odds are
    /// told apart by their ratio. 1 where there are none. With it, of how many it is.
    [[nodiscard]] Closed close() const;

    /// In ascending order, whatever the order that they came in.
    void save(ByteSink& out) const;
    [[nodiscard]] bool load(ByteSource& in);

private:
    std::vector<double> all_;
};

}  // namespace tidemark::score
