// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/archive.hpp"
#include "rasters/core/buffers.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace zonerank::rasters {

/// A weighted sum that has no order: values are rounded to 2^-36 (ties to even)
/// and multiplied by integer weights in 128 bits. Holds 2^32 whole cells of
/// values below 2^31, or 2^29 of values below 2^34.
class ExactSum {
public:
    /// `weight` counts 2^-28 of a cell, 0 .. 2^56. Throws Error when |value| >= 2^34
    /// or NaN, or when the sum grows too large.
    void add(double value, std::int64_t weight);
    void add(std::span<const float> values, std::int64_t weight); ///< each with this weight
    void add(const ExactSum& other);

    void put(ArchiveOut& out) const;
    void take(ArchiveIn& in); ///< adds what another has put; throws Error for a damaged file

    std::int64_t weight() const { return m_weight; }
    double mean() const; ///< NaN when nothing was added

private:
    __extension__ typedef __int128 Wide;

    Wide m_sum = 0;
    std::int64_t m_weight = 0;
};

/// The weighted p-quantile of a sample: the smallest value whose cumulative
/// weight reaches p of the total (the inverse of the weighted distribution
/// function; Hyndman and Fan 1996, definition 1, with weights). Exact up to
/// `limit` entries (8 bytes each); beyond, a histogram of 16,384 bins over
/// [0, 1], whose upper bin edge is less than 1/16,384 too high. The answer does
/// not depend on the order of add() or how the sample was split and merged.
class WeightedQuantile {
public:
    explicit WeightedQuantile(std::int64_t limit = 32'000'000);

    /// Value in [0, 1], weight in 1 .. 2^32 - 1. Throws Error for NaN.
    void add(float value, std::int64_t weight);
    void add(std::span<const float> values, std::int64_t weight); ///< each with this weight
    void add(const WeightedQuantile& other);                      ///< of the same limit

    void put(ArchiveOut& out) const; ///< of the same sample the same bytes, however it was split
    void take(ArchiveIn& in);        ///< adds what another has put; throws Error for a damaged file

    double at(double p) const; ///< NaN when empty; p in [0, 1], taken to 1e-12
    bool exact() const { return m_bins.empty(); }

private:
    struct Entry {
        float value;
        std::uint32_t weight;
    };
    using Entries = std::vector<Entry, BufferAllocator<Entry>>;

    Entries sorted() const;
    void count(const Entry& entry);
    void keep_limit();
    double from_entries(double p) const;
    double from_bins(double p) const;

    Entries m_entries;
    std::vector<std::int64_t> m_bins; ///< weights; empty while exact
    std::size_t m_limit;
};

} // namespace zonerank::rasters
