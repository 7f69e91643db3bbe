// Several threads over chunks of account lines; what they give comes out in the order it went in.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "stream/law/account_answerer.hpp"

namespace tidemark::stream {

/// Whole lines, copied out of the input buffer, and what answering them gave.
struct Chunk {
    std::string bytes;  // lines, one after another, with padding at the end
    std::vector<LineView> lines;
    std::vector<std::size_t> starts;
    Written out;
    std::optional<Error> failure;  // thrown while the line behind what is in `out` was answered
    bool done = false;

    void add(const LineView& view);
    /// Points the lines at the bytes, once no more are added.
    void seal();
};

class Workers {
public:
    static constexpr std::size_t chunk_bytes = std::size_t{256} << 10;

    /// One thread an answerer.
    explicit Workers(std::vector<std::unique_ptr<AccountAnswerer>> answerers);
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers();

    void submit(std::unique_ptr<Chunk> chunk);
    /// The oldest chunk that was submitted, once it is done; null where none is under way.
    std::unique_ptr<Chunk> collect();
    [[nodiscard]] std::size_t under_way() const { return order_.size(); }
    [[nodiscard]] std::size_t room() const { return 2 * threads_.size(); }

    /// To be called where no chunk is under way.
    [[nodiscard]] const std::vector<std::unique_ptr<AccountAnswerer>>& answerers() const {
        return answerers_;
    }

private:
    void work(AccountAnswerer& answerer);
    void stop();

    std::vector<std::unique_ptr<AccountAnswerer>> answerers_;
    std::deque<std::unique_ptr<Chunk>> order_;  // owned here, oldest first
    std::deque<Chunk*> waiting_;
    std::mutex mutex_;
    std::condition_variable ready_, done_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tidemark::stream
