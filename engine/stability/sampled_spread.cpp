// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/sampled_spread.hpp"

#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace zonerank::engine {

namespace {

constexpr std::size_t group = 64;  ///< cells side by side
constexpr std::size_t chunk = 256; ///< draws whose sums float holds well

using Cells = std::array<float, group>;

/// Floats in vectors as wide as the processor's.
template <std::size_t doubles>
struct Lanes {
    typedef float Vector __attribute__((vector_size(doubles * 8), aligned(4), may_alias));
    static constexpr std::size_t floats = doubles * 2;
};

/// Values of a group, criterion by criterion, 0 where there is none; and 1 where there is one.
struct Group {
    std::vector<float> values, known;
    Cells reference{}; ///< a score near all that are drawn
    bool gaps = false;
};

/// Draws that follow each other.
struct Stretch {
    std::size_t first, count;
};

struct Sums {
    Cells sum, square, above;
};

template <std::size_t doubles>
ZONERANK_INLINE inline const typename Lanes<doubles>::Vector& vector_at(const float* from, std::size_t number) {
    return *reinterpret_cast<const typename Lanes<doubles>::Vector*>(from + number * Lanes<doubles>::floats);
}
template <std::size_t doubles>
ZONERANK_INLINE inline typename Lanes<doubles>::Vector& vector_at(float* from, std::size_t number) {
    return *reinterpret_cast<typename Lanes<doubles>::Vector*>(from + number * Lanes<doubles>::floats);
}

/// `together` vectors of cells at once hide how long an addition takes.
template <std::size_t doubles, std::size_t together>
ZONERANK_INLINE inline void add_draws(const Group& cells, std::size_t at, const DrawnWeights& draws, Stretch of,
                                      float cut, Sums& sums) {
    using Vector = typename Lanes<doubles>::Vector;
    Vector sum[together]{}, square[together]{}, above[together]{}, reference[together];
    for (std::size_t v = 0; v < together; ++v)
        reference[v] = vector_at<doubles>(cells.reference.data() + at, v);
    for (std::size_t d = of.first; d < of.first + of.count; ++d) {
        const float* weights = draws.weights.data() + d * draws.criteria;
        Vector score[together]{}, known[together]{};
        for (std::size_t m = 0; m < draws.criteria; ++m)
            for (std::size_t v = 0; v < together; ++v) {
                score[v] += weights[m] * vector_at<doubles>(cells.values.data() + m * group + at, v);
                if (cells.gaps)
                    known[v] += weights[m] * vector_at<doubles>(cells.known.data() + m * group + at, v);
            }
        for (std::size_t v = 0; v < together; ++v) {
            // One rescaling for all cells: the same bits with and without gaps beside them.
            const Vector scale = cells.gaps ? 1.0F / known[v] : Vector{} + draws.scales[d];
            const Vector scaled = score[v] * scale, off = scaled - reference[v];
            sum[v] += off;
            square[v] += off * off;
            above[v] += scaled >= cut ? Vector{} + 1.0F : Vector{};
        }
    }
    for (std::size_t v = 0; v < together; ++v) {
        vector_at<doubles>(sums.sum.data() + at, v) = sum[v];
        vector_at<doubles>(sums.square.data() + at, v) = square[v];
        vector_at<doubles>(sums.above.data() + at, v) = above[v];
    }
}

void add_draws(const Group& cells, const DrawnWeights& draws, Stretch of, float cut, Sums& sums) {
    rasters::vectorised([&]<std::size_t doubles>(rasters::Width<doubles>) ZONERANK_INLINE {
        constexpr std::size_t together = 4;
        for (std::size_t at = 0; at < group; at += together * Lanes<doubles>::floats)
            add_draws<doubles, together>(cells, at, draws, of, cut, sums);
    });
}

void fill(Group& cells, CellValues values, std::size_t begin, std::size_t count) {
    std::ranges::fill(cells.values, 0.0F);
    std::ranges::fill(cells.known, 1.0F);
    cells.gaps = false;
    for (std::size_t m = 0; m < values.size(); ++m)
        for (std::size_t c = 0; c < count; ++c) {
            const float value = values[m][begin + c];
            const bool gap = std::isnan(value);
            cells.values[m * group + c] = gap ? 0 : value;
            cells.known[m * group + c] = gap ? 0 : 1;
            cells.gaps |= gap;
        }
}

/// The score by the first draw: as good as any, since it only has to be near.
void set_reference(Group& cells, const float* draw, std::size_t n) {
    for (std::size_t c = 0; c < group; ++c) {
        float score = 0, known = 0;
        for (std::size_t m = 0; m < n; ++m) {
            score += draw[m] * cells.values[m * group + c];
            known += draw[m] * cells.known[m * group + c];
        }
        cells.reference[c] = score * (1 / known);
    }
}

/// What is drawn of a group, in double.
struct GroupSums {
    std::array<double, group> sum{}, square{}, above{};

    void add(const Sums& part) {
        for (std::size_t c = 0; c < group; ++c) {
            sum[c] += static_cast<double>(part.sum[c]);
            square[c] += static_cast<double>(part.square[c]);
            above[c] += static_cast<double>(part.above[c]);
        }
    }
};

/// From the sums of what scores are off a reference.
void conclude(double reference, double sum, double square, double above, double draws, std::size_t cell,
              const SpreadOfCells& result) {
    const double off = sum / draws, score = reference + off;
    const double rest = (square - off * sum) / (draws - 1), variance = rest < 0 ? 0 : rest; // NaN stays
    result.mean[cell] = static_cast<float>(score);
    result.deviation[cell] = static_cast<float>(std::sqrt(variance));
    result.above[cell] = static_cast<float>(score != score ? score : above / draws);
}

} // namespace

DrawnWeights::DrawnWeights(std::size_t of, std::vector<float> drawn) : criteria(of), weights(std::move(drawn)) {
    assert(criteria > 0 && weights.size() % criteria == 0 && weights.size() >= 2 * criteria);
    for (std::size_t d = 0; d < size(); ++d) {
        float total = 0;
        for (std::size_t m = 0; m < criteria; ++m)
            total += weights[d * criteria + m];
        scales.push_back(1 / total);
    }
}

void sampled_spread(CellValues values, const DrawnWeights& draws, double cut, const SpreadOfCells& result) {
    assert(values.size() == draws.criteria);
    const std::size_t cells = result.mean.size();
    Group of{std::vector<float>(draws.criteria * group), std::vector<float>(draws.criteria * group)};
    for (std::size_t begin = 0; begin < cells; begin += group) {
        const std::size_t width = std::min(group, cells - begin);
        fill(of, values, begin, width);
        set_reference(of, draws.weights.data(), draws.criteria);
        GroupSums sums;
        Sums part;
        for (std::size_t first = 0; first < draws.size(); first += chunk) {
            add_draws(of, draws, {first, std::min(chunk, draws.size() - first)}, static_cast<float>(cut), part);
            sums.add(part);
        }
        for (std::size_t c = 0; c < width; ++c)
            conclude(static_cast<double>(of.reference[c]), sums.sum[c], sums.square[c], sums.above[c],
                     static_cast<double>(draws.size()), begin + c, result);
    }
}

void SpreadSums::add(std::span<const float> score, double cut) {
    const auto limit = static_cast<float>(cut);
    ++m_draws;
    rasters::vectorised([&]() ZONERANK_INLINE {
        for (std::size_t c = 0; c < score.size(); ++c) {
            const double off = static_cast<double>(score[c]) - 0.5;
            m_sum[c] += off;
            m_square[c] += off * off;
            m_above[c] += score[c] >= limit ? 1 : 0;
        }
    });
}

void SpreadSums::result(const SpreadOfCells& result) const {
    for (std::size_t c = 0; c < m_sum.size(); ++c)
        conclude(0.5, m_sum[c], m_square[c], m_above[c], m_draws, c, result);
}

} // namespace zonerank::engine
