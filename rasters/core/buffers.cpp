// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/buffers.hpp"

#include "rasters/core/memory_shares.hpp"

#include <array>
#include <bit>
#include <mutex>
#include <new>
#include <vector>

namespace zonerank::rasters {

namespace {

constexpr std::size_t smallest = std::size_t{1} << 15; ///< below, the system's own memory is reused
constexpr std::size_t largest = std::size_t{1} << 26;  ///< above, the computing costs more
constexpr std::align_val_t line{64};

// The address sanitizer has to see every tile come and go.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool keeps = false;
#else
constexpr bool keeps = true;
#endif

class Pool {
public:
    void* take(std::size_t bytes) {
        const std::scoped_lock lock(m_mutex);
        std::vector<void*>& free = m_free[size_class(bytes)];
        if (free.empty())
            return nullptr;
        void* buffer = free.back();
        free.pop_back();
        m_kept -= bytes;
        return buffer;
    }
    bool keep(void* buffer, std::size_t bytes) noexcept try {
        const std::scoped_lock lock(m_mutex);
        if (m_kept + bytes > memory_shares().spare)
            return false;
        m_free[size_class(bytes)].push_back(buffer);
        m_kept += bytes;
        return true;
    } catch (const std::bad_alloc&) {
        return false;
    }

private:
    static std::size_t size_class(std::size_t bytes) { return static_cast<std::size_t>(std::countr_zero(bytes)); }

    std::mutex m_mutex;
    std::array<std::vector<void*>, 64> m_free;
    std::size_t m_kept = 0;
};

// Never destroyed: tiles of other static objects may outlive it.
Pool& pool() {
    static Pool& pool = *new Pool;
    return pool;
}

bool pooled(std::size_t bytes) {
    return keeps && bytes >= smallest && bytes <= largest;
}

} // namespace

void* take_buffer(std::size_t bytes) {
    if (!pooled(bytes))
        return ::operator new(bytes, line);
    const std::size_t whole = std::bit_ceil(bytes);
    void* buffer = pool().take(whole);
    return buffer ? buffer : ::operator new(whole, line);
}

void give_buffer(void* buffer, std::size_t bytes) noexcept {
    if (!pooled(bytes) || !pool().keep(buffer, std::bit_ceil(bytes)))
        ::operator delete(buffer, line);
}

} // namespace zonerank::rasters
