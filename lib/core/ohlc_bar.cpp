#include "core/ohlc_bar.hpp"

#include <fmt/format.h>

#include <cmath>

namespace tidemark {

Result<OhlcBar> OhlcBar::make(Price open, Price high, Price low, Price close) {
    const double o = open.value(), h = high.value(), l = low.value(), c = close.value();
    // Written so that a NaN anywhere fails: every comparison with one is false.
    const bool consistent = l > 0.0 && l <= o && l <= c && o <= h && c <= h && std::isfinite(h);
    if (!consistent) {
        return Error{
            Errc::out_of_range,
            fmt::format("want 0 < low <= open, close <= high; got open {}, high {}, low {}, close {}", o, h,
                        l, c),
            "", 0};
    }
    return OhlcBar{o, h, l, c};
}

}  // namespace tidemark
