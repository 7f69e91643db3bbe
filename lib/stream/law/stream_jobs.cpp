#include "stream/law/stream_loop.hpp"

namespace tidemark::stream {
namespace {

/// A line that may go to a worker unread. Others are looked at first, so this decides speed, never meaning.
bool plainly_account(std::string_view line) {
    return line.starts_with(R"({"type":"account",)");
}

}  // namespace

std::unique_ptr<AccountAnswerer> Stream::new_answerer(std::unique_ptr<Worker> worker) const {
    auto shard = book_ ? book_->shard() : nullptr;
    return std::make_unique<AccountAnswerer>(style_, std::move(worker), std::move(shard), line_bytes());
}

void Stream::start_workers() {
    std::vector<std::unique_ptr<AccountAnswerer>> answerers;
    for (std::int64_t i = 0; i < settings_.jobs; ++i) answerers.push_back(new_answerer(filter_.worker()));
    workers_.emplace(std::move(answerers));
    chunk_ = std::make_unique<Chunk>();
}

Status Stream::take(const LineView& view) {
    if (workers_ && !unsettled_ && plainly_account(view.text)) return give(view);
    if (Status drained = drain(); !drained) return drained;
    if (filter_.imports())
        import_line(view);
    else
        take_parsed(view);
    return Ok{};
}

Status Stream::give(const LineView& view) {
    // What came before goes out before what the workers give.
    if (out_.any_lines()) {
        if (Status written = write(out_); !written) return written;
    }
    count_account();
    chunk_->add(view);
    return chunk_->bytes.size() < Workers::chunk_bytes ? Status{Ok{}} : dispatch();
}

Status Stream::dispatch() {
    if (chunk_->lines.empty()) return Ok{};
    chunk_->seal();
    workers_->submit(std::move(chunk_));
    chunk_ = std::make_unique<Chunk>();
    while (workers_->under_way() > workers_->room()) {
        if (Status collected = collect(*workers_->collect()); !collected) return collected;
    }
    return Ok{};
}

/// What a worker threw ends the run behind what it gave before.
Status Stream::collect(Chunk& chunk) {
    Status written = write(chunk.out);
    return written && chunk.failure ? Status{*chunk.failure} : written;
}

/// Waits for every line that has been given out: the market may change after this.
Status Stream::drain() {
    if (!workers_) return Ok{};
    if (Status sent = dispatch(); !sent) return sent;
    while (auto chunk = workers_->collect()) {
        if (Status collected = collect(*chunk); !collected) return collected;
    }
    return Ok{};
}

}  // namespace tidemark::stream
