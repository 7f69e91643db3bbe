#include "vol/history/packed_bars.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace tidemark::vol {
namespace {

constexpr std::size_t block_bars = 256;
constexpr int most_decimals = 12;
constexpr double largest_ticks = 9007199254740992.0;  // 2^53: whole numbers are exact below
constexpr std::array<double, most_decimals + 1> powers{1e0, 1e1, 1e2, 1e3,  1e4,  1e5, 1e6,
                                                       1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
constexpr std::array<std::size_t, 4> widths{1, 2, 3, 8};  // bytes of an integer

static_assert(std::endian::native == std::endian::little, "numbers are cut off at their high end");

// The first byte of a bar.
constexpr std::uint8_t width_bits = 3, suspect_bit = 4, gap_bit = 8, raw_bit = 16;
constexpr std::uint8_t joined_bit = 32;  // opens where the one before it closed: the open is left out
constexpr std::size_t longest_bar = 1 + 4 + 4 * 8;
constexpr std::size_t word_bytes = 8;  // bytes that may be read or written where fewer belong to a number

/// As IEEE division is exact to the last bit, so is the way back.
bool ticks_of(double price, double power, std::int64_t& out) {
    const double scaled = price * power;
    if (!(scaled < largest_ticks)) return false;
    out = std::llround(scaled);
    return static_cast<double>(out) / power == price;
}

/// Signs alternate, so that small numbers of either sign stay small.
constexpr std::uint64_t folded(std::int64_t x) {
    return (static_cast<std::uint64_t>(x) << 1) ^ static_cast<std::uint64_t>(x >> 63);
}
constexpr std::int64_t unfolded(std::uint64_t x) {
    return static_cast<std::int64_t>(x >> 1) ^ -static_cast<std::int64_t>(x & 1);
}

std::size_t width_code(std::uint64_t greatest) {
    const auto bits = std::bit_width(greatest);
    return bits <= 8 ? 0 : bits <= 16 ? 1 : bits <= 24 ? 2 : 3;
}

template <class T>
T read_as(const std::uint8_t* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

std::uint64_t read_number(const std::uint8_t*& at, std::size_t width) {
    const auto value = read_as<std::uint64_t>(at);
    at += width;
    return value & (~std::uint64_t{0} >> 8 * (word_bytes - width));
}

}  // namespace

bool PackedBars::to_ticks(const OhlcBar& bar, Ticks& out) const {
    const double power = powers[static_cast<std::size_t>(decimals_)];
    return ticks_of(bar.open(), power, out.open) && ticks_of(bar.high(), power, out.high) &&
           ticks_of(bar.low(), power, out.low) && ticks_of(bar.close(), power, out.close);
}

/// Where the bar needs more decimals than those before it, all later ones have them too.
bool PackedBars::find_ticks(const OhlcBar& bar, Ticks& out) {
    if (to_ticks(bar, out)) return true;
    if (off_grid_) return false;
    const int before = decimals_;
    while (decimals_ < most_decimals) {
        ++decimals_;
        if (to_ticks(bar, out)) return true;
    }
    decimals_ = before;
    off_grid_ = true;
    return false;
}

/// A block that is full keeps what it used; the next one takes its room over.
void PackedBars::begin_block(Timestamp first) {
    std::vector<std::uint8_t> room;
    if (!blocks_.empty()) {
        Block& full = blocks_.back();
        room = std::exchange(
            full.bytes,
            {full.bytes.begin(), full.bytes.begin() + static_cast<std::ptrdiff_t>(full.used + word_bytes)});
    }
    blocks_.push_back({first, decimals_, 0, 0, std::move(room)});
    last_close_ = 0;
    off_grid_ = false;
}

void PackedBars::push(const WindowBar& bar) {
    Ticks ticks;
    const int before = decimals_;
    const bool on_grid = find_ticks(bar.bar, ticks);
    const std::int64_t since = size_ == 0 ? 0 : (bar.open.ms - last_open_.ms) / interval_ms_;
    const bool fits = !blocks_.empty() && blocks_.back().bars < block_bars && decimals_ == before &&
                      since <= std::numeric_limits<std::uint32_t>::max();
    if (!fits) begin_block(bar.open);
    append(bar, fits ? static_cast<std::uint32_t>(since) : 1, on_grid ? &ticks : nullptr);
    last_open_ = bar.open;
    if (++size_ > capacity_) drop_oldest();
}

void PackedBars::append(const WindowBar& bar, std::uint32_t bars_since, const Ticks* ticks) {
    std::array<std::uint64_t, 4> numbers{
        std::bit_cast<std::uint64_t>(bar.bar.open()), std::bit_cast<std::uint64_t>(bar.bar.high()),
        std::bit_cast<std::uint64_t>(bar.bar.low()), std::bit_cast<std::uint64_t>(bar.bar.close())};
    std::uint8_t head = raw_bit;
    if (ticks != nullptr) {
        numbers = {folded(ticks->open - last_close_), static_cast<std::uint64_t>(ticks->high - ticks->open),
                   static_cast<std::uint64_t>(ticks->open - ticks->low),
                   static_cast<std::uint64_t>(ticks->close - ticks->low)};
        head = numbers[0] == 0 ? joined_bit : 0;
        last_close_ = ticks->close;
    }
    const std::size_t code = width_code(numbers[0] | numbers[1] | numbers[2] | numbers[3]);
    if (bar.suspect) head |= suspect_bit;
    if (bars_since != 1) head |= gap_bit;
    Block& block = blocks_.back();
    if (block.bytes.size() < block.used + longest_bar + word_bytes) block.bytes.resize(2 * block.used + 1024);
    std::uint8_t* const begin = block.bytes.data() + block.used;
    *begin = static_cast<std::uint8_t>(head | code);
    std::uint8_t* end = begin + 1;
    if (bars_since != 1) {
        std::memcpy(end, &bars_since, sizeof bars_since);
        end += sizeof bars_since;
    }
    for (std::size_t i = (head & joined_bit) != 0 ? 1 : 0; i < numbers.size(); ++i) {
        std::memcpy(end, &numbers[i], word_bytes);  // the next one lies over what is too much
        end += widths[code];
    }
    block.used += static_cast<std::size_t>(end - begin);
    ++block.bars;
}

void PackedBars::drop_oldest() {
    --size_;
    if (++dropped_ < blocks_.front().bars) return;
    blocks_.pop_front();
    dropped_ = 0;
}

std::size_t PackedBars::bytes() const {
    std::size_t sum = 0;
    for (const Block& block : blocks_) sum += block.bytes.capacity();
    return sum;
}

PackedBars::Reader PackedBars::reader() const {
    return Reader{*this};
}

PackedBars::Reader::Reader(const PackedBars& of) : of_{&of} {
    for (std::size_t i = 0; i < of.dropped_; ++i) next();
}

const WindowBar* PackedBars::Reader::next() {
    if (block_ == of_->blocks_.size()) return nullptr;
    const Block& block = of_->blocks_[block_];
    if (place_ == 0) {
        at_ = block.bytes.data();
        close_ = 0;
    }
    unpack(block);
    if (++place_ == block.bars) {
        ++block_;
        place_ = 0;
    }
    return &*bar_;
}

void PackedBars::Reader::unpack(const Block& block) {
    const std::uint8_t head = *at_++;
    std::int64_t since = 1;
    if ((head & gap_bit) != 0) {
        since = read_as<std::uint32_t>(at_);
        at_ += sizeof(std::uint32_t);
    }
    opened_ = place_ == 0 ? block.first : Timestamp{opened_.ms + since * of_->interval_ms_};
    const std::size_t width = widths[head & width_bits];
    std::array<double, 4> prices{};
    if ((head & raw_bit) != 0) {
        for (double& price : prices) price = std::bit_cast<double>(read_number(at_, width));
    } else {
        const std::int64_t open =
            (head & joined_bit) != 0 ? close_ : close_ + unfolded(read_number(at_, width));
        const std::int64_t high = open + static_cast<std::int64_t>(read_number(at_, width));
        const std::int64_t low = open - static_cast<std::int64_t>(read_number(at_, width));
        close_ = low + static_cast<std::int64_t>(read_number(at_, width));
        const double power = powers[static_cast<std::size_t>(block.decimals)];
        prices = {static_cast<double>(open) / power, static_cast<double>(high) / power,
                  static_cast<double>(low) / power, static_cast<double>(close_) / power};
    }
    bar_ = {opened_,
            OhlcBar::make(Price{prices[0]}, Price{prices[1]}, Price{prices[2]}, Price{prices[3]}).value(),
            (head & suspect_bit) != 0};
}

}  // namespace tidemark::vol
