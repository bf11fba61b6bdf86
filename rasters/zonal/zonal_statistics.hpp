// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/buffers.hpp"
#include "rasters/core/raster.hpp"
#include "rasters/zonal/zonal.hpp"

#include <limits>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// Weighted numbers whose quantiles are interpolated between them: with n of them,
/// x_i with weights w_i and C_i = w_0 + .. + w_i, x_i lies at i w_i + (n - 1) C_(i-1)
/// on the way to (n - 1) C_(n-1), and the p-quantile at p of that way. Definition 7 of
/// Hyndman and Fan (1996), with weights, as exactextract has it; but that one makes one
/// number of equal ones, and so a median of 50 of a zone full of 0 with one cell of 100.
/// The order in which they came doesn't matter.
class WeightedNumbers {
public:
    void add(std::span<const float> values, float weight); ///< each with this weight, above 0
    void add(const WeightedNumbers& other);

    /// At each p in [0, 1], ascending or not; NaN when there are no numbers.
    std::vector<double> quantiles(std::span<const double> p) const;

private:
    struct Entry {
        float value, weight;
    };
    std::vector<Entry, BufferAllocator<Entry>> m_entries;
};

/// The cells of a zone, each by the fraction of it that the zone covers; cells
/// without data are left out.
struct ZonalStatistics {
    /// Adds the cells of a window; `cover` as coverage() gives it, of a part of the
    /// tile's window. Throws Error as ExactSum::add().
    void add(const Tile& tile, const Raster<std::int32_t>& cover);
    void add(const ZonalStatistics& other);

    double cells() const; ///< covered with data, in cells

    bool keeps_numbers = true; ///< for quantiles; without them, memory does not grow with the cells
    ExactSum sum;
    float min = std::numeric_limits<float>::infinity();
    float max = -std::numeric_limits<float>::infinity();
    WeightedNumbers numbers;
};

} // namespace zonerank::rasters
