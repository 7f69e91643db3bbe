// One price bar whose four prices are known to be consistent.
#pragma once

#include "core/measure.hpp"
#include "core/result.hpp"

namespace tidemark {

/// Invariant: 0 < low <= open, close <= high < infinity. Only make() builds one,
/// so no estimator has to check again, and no variance can come out negative.
class OhlcBar {
public:
    static Result<OhlcBar> make(Price open, Price high, Price low, Price close);

    [[nodiscard]] double open() const { return open_; }
    [[nodiscard]] double high() const { return high_; }
    [[nodiscard]] double low() const { return low_; }
    [[nodiscard]] double close() const { return close_; }

private:
    OhlcBar(double open, double high, double low, double close)
        : open_{open}, high_{high}, low_{low}, close_{close} {}

    double open_, high_, low_, close_;
};

}  // namespace tidemark
