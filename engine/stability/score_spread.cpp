// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/score_spread.hpp"

#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace zonerank::engine {

namespace {

constexpr std::size_t block = 512; ///< cells whose sums stay in the nearest cache

/// L of a covariance LL', lower triangle (Cholesky 1910). Weights that add up to 1 have a
/// covariance without full rank: what is left of a pivot is rounding, and counts as 0.
std::vector<double> factor_of(std::span<const double> covariance, std::size_t n) {
    std::vector<double> factor(n * n, 0.0);
    for (std::size_t k = 0; k < n; ++k) {
        double pivot = covariance[k * n + k];
        for (std::size_t j = 0; j < k; ++j)
            pivot -= factor[k * n + j] * factor[k * n + j];
        if (pivot <= 1e-12 * covariance[k * n + k])
            continue;
        factor[k * n + k] = std::sqrt(pivot);
        for (std::size_t i = k + 1; i < n; ++i) {
            double rest = covariance[i * n + k];
            for (std::size_t j = 0; j < k; ++j)
                rest -= factor[i * n + j] * factor[k * n + j];
            factor[i * n + k] = rest / factor[k * n + k];
        }
    }
    return factor;
}

/// Adds weight x value to the sums of a block.
ZONERANK_INLINE inline void add(double* sums, const float* value, double weight, std::size_t count) {
    for (std::size_t c = 0; c < count; ++c)
        sums[c] += weight * static_cast<double>(value[c]);
}

ZONERANK_INLINE inline void add_square(double* sums, const double* value, std::size_t count) {
    for (std::size_t c = 0; c < count; ++c)
        sums[c] += value[c] * value[c];
}

/// Of each cell the part of the variance that is largest so far, and whose it is.
ZONERANK_INLINE inline void keep_largest(const double* moved, const double* score, const float* value, double number,
                                         double* most, double* which, std::size_t count) {
    for (std::size_t c = 0; c < count; ++c) {
        const double part = moved[c] * (static_cast<double>(value[c]) - score[c]);
        which[c] = part > most[c] ? number : which[c];
        most[c] = part > most[c] ? part : most[c];
    }
}

/// Calls work(begin, count) for each block of cells.
template <typename Work>
void in_blocks(std::size_t cells, const Work& work) {
    for (std::size_t begin = 0; begin < cells; begin += block)
        work(begin, std::min(block, cells - begin));
}

} // namespace

WeightMoments::WeightMoments(std::span<const double> mean, std::span<const double> covariance)
    : m_mean(mean.begin(), mean.end()), m_covariance(covariance.begin(), covariance.end()),
      m_factor(factor_of(covariance, mean.size())) {
    assert(covariance.size() == mean.size() * mean.size());
}

void WeightMoments::spread(CellValues values, std::span<float> mean, std::span<float> deviation) const {
    assert(values.size() == size());
    in_blocks(mean.size(), [&](std::size_t begin, std::size_t count) {
        std::array<double, block> sum, part, square;
        rasters::vectorised([&]() ZONERANK_INLINE {
            std::fill_n(sum.data(), count, 0.0);
            std::fill_n(square.data(), count, 0.0);
            for (std::size_t k = 0; k < size(); ++k) {
                add(sum.data(), values[k].data() + begin, m_mean[k], count);
                std::fill_n(part.data(), count, 0.0);
                for (std::size_t i = k; i < size(); ++i)
                    add(part.data(), values[i].data() + begin, m_factor[i * size() + k], count);
                add_square(square.data(), part.data(), count);
            }
            for (std::size_t c = 0; c < count; ++c) {
                mean[begin + c] = static_cast<float>(sum[c]);
                deviation[begin + c] = static_cast<float>(std::sqrt(square[c]));
            }
        });
    });
}

std::vector<double> WeightMoments::shares(std::span<const double> values) const {
    const std::size_t n = size();
    double score = 0, total = 0;
    for (std::size_t i = 0; i < n; ++i)
        score += m_mean[i] * values[i];
    std::vector<double> shares(n);
    for (std::size_t i = 0; i < n; ++i) {
        double moved = 0;
        for (std::size_t k = 0; k < n; ++k)
            moved += m_covariance[i * n + k] * (values[k] - score);
        total += shares[i] = (values[i] - score) * moved;
    }
    for (double& share : shares)
        share = total != total ? total : total > 1e-18 ? share / total : 0;
    return shares;
}

void WeightMoments::driver(CellValues values, std::span<std::uint8_t> code) const {
    assert(values.size() == size() && size() < 255);
    in_blocks(code.size(), [&](std::size_t begin, std::size_t count) {
        std::array<double, block> score, moved, most, which;
        const std::size_t n = size();
        const double *mean = m_mean.data(), *covariance = m_covariance.data();
        rasters::vectorised([&]() ZONERANK_INLINE {
            std::fill_n(score.data(), count, 0.0);
            std::fill_n(most.data(), count, 1e-18);
            std::fill_n(which.data(), count, 0.0);
            for (std::size_t k = 0; k < n; ++k)
                add(score.data(), values[k].data() + begin, mean[k], count);
            for (std::size_t i = 0; i < n; ++i) {
                // Rows of the covariance add up to 0, so that Cu is Cv.
                std::fill_n(moved.data(), count, 0.0);
                for (std::size_t k = 0; k < n; ++k)
                    add(moved.data(), values[k].data() + begin, covariance[i * n + k], count);
                keep_largest(moved.data(), score.data(), values[i].data() + begin, static_cast<double>(i + 1),
                             most.data(), which.data(), count);
            }
        });
        std::ranges::transform(std::span(which).first(count), code.begin() + static_cast<std::ptrdiff_t>(begin),
                               [](double number) { return static_cast<std::uint8_t>(number); });
    });
}

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t lanes = 64; ///< cells whose volumes stay in the nearest cache

/// Rows of numbers of as many cells, one after the other.
using Rows = std::vector<double>;

/// Varsi's recurrence, cell by cell side by side: every value below the cut takes its part off
/// the volumes of those above. All terms are positive: nothing cancels. `rows`: values less the
/// cut, `volume`: as many rows.
ZONERANK_INLINE inline void take_off(const double* low, const double* rows, double* volume, double* last,
                                     std::size_t n) {
    std::array<double, lanes> before;
    std::fill_n(before.data(), lanes, 1.0);
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t c = 0; c < lanes; ++c) {
            const double high = rows[k * lanes + c], apart = high - low[c];
            const double next = (high * volume[k * lanes + c] - low[c] * before[c]) / apart;
            const bool counts = (low[c] < 0) & (high >= 0);
            volume[k * lanes + c] = counts ? next : volume[k * lanes + c];
            before[c] = counts ? next : before[c];
        }
    for (std::size_t c = 0; c < lanes; ++c)
        last[c] = low[c] < 0 ? before[c] : last[c];
}

/// Means of the first 1, 2 ... values in that order, in the place of the values.
void to_means(Rows& rows, std::span<const std::size_t> order) {
    const Rows given = rows;
    std::array<double, lanes> sum{};
    for (std::size_t k = 0; k < order.size(); ++k)
        for (std::size_t c = 0; c < lanes; ++c) {
            sum[c] += given[order[k] * lanes + c];
            rows[k * lanes + c] = sum[c] / static_cast<double>(k + 1);
        }
}

/// Of one group of cells: `rows` holds their values.
void share_of_simplex(Rows& rows, double cut, Rows& volume, std::array<double, lanes>& share) {
    const std::size_t n = rows.size() / lanes;
    std::array<double, lanes> below;
    double *values = rows.data(), *volumes = volume.data();
    rasters::vectorised([&]() ZONERANK_INLINE {
        std::fill_n(volumes, n * lanes, 0.0);
        std::fill_n(below.data(), lanes, 0.0);
        for (std::size_t i = 0; i < n * lanes; ++i)
            values[i] -= cut;
        for (std::size_t h = 0; h < n; ++h)
            take_off(values + h * lanes, values, volumes, below.data(), n);
        for (std::size_t c = 0; c < lanes; ++c)
            share[c] = 1 - below[c];
        for (std::size_t i = 0; i < n * lanes; ++i)
            share[i % lanes] = values[i] != values[i] ? unknown : share[i % lanes];
    });
}

} // namespace

void share_above(CellValues values, double cut, std::span<const std::size_t> order, std::span<float> share) {
    assert(order.empty() || order.size() == values.size());
    Rows rows(values.size() * lanes), volume(rows.size());
    std::array<double, lanes> of_cells;
    for (std::size_t begin = 0; begin < share.size(); begin += lanes) {
        const std::size_t count = std::min(lanes, share.size() - begin);
        for (std::size_t m = 0; m < values.size(); ++m)
            std::ranges::copy(values[m].subspan(begin, count), rows.begin() + static_cast<std::ptrdiff_t>(m * lanes));
        if (!order.empty())
            to_means(rows, order);
        share_of_simplex(rows, cut, volume, of_cells);
        for (std::size_t c = 0; c < count; ++c)
            share[begin + c] = static_cast<float>(of_cells[c]);
    }
}

} // namespace zonerank::engine
