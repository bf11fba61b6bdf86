// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>

namespace zonerank::rasters {

/// Calls work(i) for each i below n, in any order, with as many threads as TBB has
/// where it is called. The first exception stops what has not begun and is rethrown. Within
/// another loop or unit that ends by an exception elsewhere: Error "stopped", so that what is
/// returned from is always whole.
/// A thread that waits here takes up nothing else meanwhile, so the caller may hold
/// what is its own.
void in_parallel(std::size_t n, const std::function<void(std::size_t)>& work);

/// The same for long loops of small steps: work(first, last) for each of the pieces,
/// a multiple of `grain` long, that 0..n is cut into.
inline void in_pieces(std::size_t n, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& work) {
    constexpr std::size_t worthwhile = 16384; // steps
    const std::size_t piece = (worthwhile + grain - 1) / grain * grain;
    in_parallel((n + piece - 1) / piece, [&](std::size_t i) { work(i * piece, std::min(n, (i + 1) * piece)); });
}

namespace detail {
void in_order(std::size_t n, std::size_t most, const std::function<std::shared_ptr<const void>(std::size_t)>& make,
              const std::function<void(const void*)>& show);
} // namespace detail

/// The same with results: make(i) as above, show(result) one after the other, in the
/// order of i. At most `most` results are there at a time.
template <typename Make, typename Show>
void in_order(std::size_t n, std::size_t most, Make&& make, Show&& show) {
    using Result = decltype(make(n));
    detail::in_order(
        n, most, [&](std::size_t i) { return std::make_shared<const Result>(make(i)); },
        [&](const void* result) { show(*static_cast<const Result*>(result)); });
}

} // namespace zonerank::rasters
