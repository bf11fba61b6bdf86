// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace zonerank::rasters {

/// A weighted sum that has no order: values are rounded to 2^-36 and multiplied
/// by integer weights in 128 bits. Holds 2^32 cells of values below 2^34.
class ExactSum {
public:
    /// `weight` counts 2^-28 of a cell. Throws Error when |value| >= 2^34 or NaN.
    void add(double value, std::int64_t weight);
    void add(const ExactSum& other);

    std::int64_t weight() const { return m_weight; }
    double mean() const; ///< NaN when nothing was added

private:
    __int128 m_sum = 0;
    std::int64_t m_weight = 0;
};

/// The weighted p-quantile of a sample: the smallest value whose cumulative
/// weight reaches p of the total (the inverse of the weighted distribution
/// function; Hyndman and Fan 1996, definition 1, with weights). Exact up to
/// `limit` entries; beyond, a histogram of 16,384 bins over [0, 1], whose upper
/// bin edge is at most 1/16,384 too high. The answer does not depend on the order
/// of add() or how the sample was split and merged.
class WeightedQuantile {
public:
    explicit WeightedQuantile(std::int64_t limit = 32'000'000);
    void add(float value, std::int64_t weight); ///< value in [0, 1]; weight > 0
    void add(const WeightedQuantile& other);
    double at(double p) const; ///< NaN when empty; p in [0, 1]
    bool exact() const;

private:
    struct Entry {
        float value;
        std::int64_t weight;
    };
    std::vector<Entry> m_entries;
    std::vector<std::int64_t> m_bins;
    std::int64_t m_limit;
    bool m_exact = true;
};

} // namespace zonerank::rasters
