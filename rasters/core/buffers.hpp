// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace zonerank::rasters {

/// Memory for tiles. What is given back is kept for the next to ask: the first
/// touch of fresh memory costs more than most of what is computed in it. The bytes
/// are whatever they were. Safe from any thread.
void* take_buffer(std::size_t bytes); ///< throws std::bad_alloc
void give_buffer(void* buffer, std::size_t bytes) noexcept;

/// For std::vector: memory from there, and elements that are not set unless a
/// value is given.
template <typename T>
struct BufferAllocator {
    using value_type = T;

    BufferAllocator() = default;
    template <typename U>
    BufferAllocator(const BufferAllocator<U>&) {}

    T* allocate(std::size_t n) { return static_cast<T*>(take_buffer(n * sizeof(T))); }
    void deallocate(T* p, std::size_t n) noexcept { give_buffer(p, n * sizeof(T)); }

    template <typename U>
    void construct(U* p) {
        ::new (static_cast<void*>(p)) U;
    }
    template <typename U, typename... Args>
    void construct(U* p, Args&&... args) {
        ::new (static_cast<void*>(p)) U(std::forward<Args>(args)...);
    }

    friend bool operator==(const BufferAllocator&, const BufferAllocator&) { return true; }
};

} // namespace zonerank::rasters
