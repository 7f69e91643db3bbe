#include "stream/law/workers.hpp"

#include "stream/law/complaint.hpp"

namespace tidemark::stream {
namespace {

/// What is thrown ends the chunk: the thread goes on, and the run ends where the chunk's turn comes.
void answer_all(Chunk& chunk, AccountAnswerer& answerer) {
    try {
        for (const LineView& view : chunk.lines) answerer.answer(view, chunk.out);
    } catch (...) {
        chunk.failure = thrown();
        chunk.out.keep_whole_lines();
    }
}

}  // namespace

void Chunk::add(const LineView& view) {
    starts.push_back(bytes.size());
    bytes += view.raw;
    lines.push_back(view);
}

void Chunk::seal() {
    bytes.append(json::padding, '\0');
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (std::string_view* part : {&lines[i].text, &lines[i].raw})
            *part = std::string_view{bytes.data() + starts[i], part->size()};
}

Workers::Workers(std::vector<std::unique_ptr<AccountAnswerer>> answerers) : answerers_{std::move(answerers)} {
    try {
        for (const auto& answerer : answerers_) threads_.emplace_back([this, &answerer] { work(*answerer); });
    } catch (...) {
        stop();  // those that were started; then there are no more
        throw;
    }
}

Workers::~Workers() {
    stop();
}

void Workers::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    ready_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void Workers::submit(std::unique_ptr<Chunk> chunk) {
    {
        const std::lock_guard lock{mutex_};
        waiting_.push_back(chunk.get());
        order_.push_back(std::move(chunk));
    }
    ready_.notify_one();
}

std::unique_ptr<Chunk> Workers::collect() {
    std::unique_lock lock{mutex_};
    if (order_.empty()) return nullptr;
    done_.wait(lock, [this] { return order_.front()->done; });
    std::unique_ptr<Chunk> chunk = std::move(order_.front());
    order_.pop_front();
    return chunk;
}

void Workers::work(AccountAnswerer& answerer) {
    while (true) {
        Chunk* chunk = nullptr;
        {
            std::unique_lock lock{mutex_};
            ready_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            chunk = waiting_.front();
            waiting_.pop_front();
        }
        answer_all(*chunk, answerer);
        {
            const std::lock_guard lock{mutex_};
            chunk->done = true;
        }
        done_.notify_all();
    }
}

}  // namespace tidemark::stream
