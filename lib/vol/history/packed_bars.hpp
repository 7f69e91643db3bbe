// The bars of a window in a dozen bytes each, and back to the last bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/ohlc_bar.hpp"
#include "core/time.hpp"

namespace tidemark::vol {

struct WindowBar {
    Timestamp open;
    OhlcBar bar;
    bool suspect = false;
};

/// The last so many bars of one length. A venue's prices are decimals, so whole numbers of some 10^-n, and
/// those of a bar lie near its open and that near the close before: four small integers. A price that is no
/// such decimal is kept as it is.
class PackedBars {
public:
    PackedBars(std::int64_t interval_ms, std::size_t capacity)
        : interval_ms_{interval_ms}, capacity_{capacity} {}

    /// Of full bars the oldest goes. Wants one that opens whole bars after the last.
    void push(const WindowBar& bar);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t capacity() const { return capacity_; }
    [[nodiscard]] std::size_t bytes() const;  // kept for them

    class Reader;

    /// Gives the bars one by one, the oldest first, while this object stays as it is.
    [[nodiscard]] Reader reader() const;

private:
    struct Block {
        Timestamp first;  // when its first bar opened
        int decimals = 0;
        std::size_t bars = 0, used = 0;
        std::vector<std::uint8_t> bytes;  // those used, and room
    };
    struct Ticks {
        std::int64_t open = 0, high = 0, low = 0, close = 0;
    };

    bool to_ticks(const OhlcBar& bar, Ticks& out) const;
    bool find_ticks(const OhlcBar& bar, Ticks& out);
    void begin_block(Timestamp first);
    void append(const WindowBar& bar, std::uint32_t bars_since, const Ticks* ticks);
    void drop_oldest();

    std::int64_t interval_ms_;
    std::size_t capacity_, size_ = 0;
    std::deque<Block> blocks_;
    std::size_t dropped_ = 0;  // bars of the front block that are gone
    Timestamp last_open_;
    std::int64_t last_close_ = 0;  // in ticks
    int decimals_ = 0;
    bool off_grid_ = false;  // a price of this block is no decimal
};

class PackedBars::Reader {
public:
    explicit Reader(const PackedBars& of);

    /// The next bar, until the next call; null at the end.
    const WindowBar* next();

private:
    void unpack(const Block& block);

    const PackedBars* of_;
    std::optional<WindowBar> bar_;
    std::size_t block_ = 0, place_ = 0;  // in the block
    const std::uint8_t* at_ = nullptr;
    Timestamp opened_;
    std::int64_t close_ = 0;  // in ticks, of the last bar of the block that has them
};

}  // namespace tidemark::vol
