// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "tests/support/random_shapes.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <ctime>
#include <limits>
#include <span>
#include <vector>

namespace zonerank::bench {

inline bool all_right = true; ///< until an answer was wrong

inline double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Bytes per second, read and written, of copying 64 MiB: the best of ten.
inline double copy_rate() {
    const std::size_t n = std::size_t{1} << 26;
    std::vector<char> from(n, 1), to(n, 2);
    double best = std::numeric_limits<double>::infinity();
    for (int i = 0; i < 10; ++i) {
        const double began = cpu_seconds();
        std::memcpy(to.data(), from.data(), n);
        benchmark::DoNotOptimize(to.data());
        benchmark::ClobberMemory();
        best = std::min(best, cpu_seconds() - began);
    }
    return 2 * static_cast<double>(n) / best;
}

/// The same, measured when first asked for.
inline double memory_rate() {
    static const double rate = copy_rate();
    return rate;
}

/// Times run() by the CPU it takes. It is given how many cells (or other items) that makes
/// and, unless 0, the bytes that can't be spared.
template <typename Run>
void time(benchmark::State& state, double items, double bytes, Run&& run) {
    const double limit = memory_rate(), began = cpu_seconds();
    for (auto _ : state)
        run();
    const double seconds = cpu_seconds() - began;
    const auto times = static_cast<double>(state.iterations());
    state.SetItemsProcessed(static_cast<std::int64_t>(times * items));
    if (bytes == 0)
        return;
    state.SetBytesProcessed(static_cast<std::int64_t>(times * bytes));
    state.counters["percent_of_copy"] = 100 * times * bytes / seconds / limit;
}

/// Whether the answer is right; otherwise there is nothing to time.
inline bool right(benchmark::State& state, bool holds) {
    if (!holds) {
        all_right = false;
        state.SkipWithError("the answer is wrong");
    }
    return holds;
}

inline bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}

/// Whether expected(i) is near values[i] for every cell.
template <typename Expected>
bool near_all(std::span<const float> values, Expected&& expected, double tolerance) {
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!near(values[i], expected(i), tolerance))
            return false;
    return true;
}

/// Whether expected(cell) is near the tile's at a hundred of its cells.
template <typename Expected>
bool near_some(const rasters::Tile& tile, Expected&& expected, double tolerance) {
    tests::Random random(99);
    const rasters::Window& w = tile.window();
    for (int i = 0; i < 100; ++i) {
        const rasters::Cell cell{w.col + random.below(w.cols), w.row + random.below(w.rows)};
        if (!near(tile[cell], expected(cell), tolerance))
            return false;
    }
    return true;
}

} // namespace zonerank::bench
