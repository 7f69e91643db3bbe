// Preloaded into a program: at its end, how often it allocated and how much memory it took at most.
//
//     LD_PRELOAD=libprobe.so margin-calc book.jsonl > /dev/null      writes "probe: N allocations, M KiB"
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

extern "C" {

// The allocator of glibc, beneath the names that this library takes over.
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

static std::atomic<long> allocations{0};

void* malloc(std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_realloc(old, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    *out = aligned_alloc(alignment, size);
    return *out == nullptr ? ENOMEM : 0;
}

__attribute__((destructor)) static void report() {
    char status[4096] = {}, text[128];
    const int fd = open("/proc/self/status", O_RDONLY);
    const long got = fd < 0 ? -1 : static_cast<long>(read(fd, status, sizeof status - 1));
    const char* peak = got < 0 ? nullptr : std::strstr(status, "VmHWM:");
    long kib = 0;
    if (peak != nullptr) std::sscanf(peak, "VmHWM: %ld", &kib);
    const int size =
        std::snprintf(text, sizeof text, "probe: %ld allocations, %ld KiB\n", allocations.load(), kib);
    if (write(STDERR_FILENO, text, static_cast<std::size_t>(size)) < 0) _exit(1);
}
}
