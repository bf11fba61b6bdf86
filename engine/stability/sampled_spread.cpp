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

/// A group's values, criterion by criterion.
struct Group {
    std::vector<float> values;
    Cells reference{}; ///< a score near all that are drawn
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
        Vector score[together]{};
        for (std::size_t m = 0; m < draws.criteria; ++m)
            for (std::size_t v = 0; v < together; ++v)
                score[v] += weights[m] * vector_at<doubles>(cells.values.data() + m * group + at, v);
        for (std::size_t v = 0; v < together; ++v) {
            const Vector off = score[v] - reference[v];
            sum[v] += off;
            square[v] += off * off;
            above[v] += score[v] >= cut ? Vector{} + 1.0F : Vector{};
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
    for (std::size_t m = 0; m < values.size(); ++m)
        std::ranges::copy(values[m].subspan(begin, count),
                          cells.values.begin() + static_cast<std::ptrdiff_t>(m * group));
}

/// The score by the first draw: as good as any, since it only has to be near.
void set_reference(Group& cells, std::span<const float> draw) {
    cells.reference = {};
    for (std::size_t m = 0; m < draw.size(); ++m)
        for (std::size_t c = 0; c < group; ++c)
            cells.reference[c] += draw[m] * cells.values[m * group + c];
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

void sampled_spread(CellValues values, const DrawnWeights& draws, double cut, const SpreadOfCells& result) {
    assert(values.size() == draws.criteria && draws.size() >= 2);
    const std::size_t cells = result.mean.size();
    Group of{std::vector<float>(draws.criteria * group)};
    for (std::size_t begin = 0; begin < cells; begin += group) {
        const std::size_t width = std::min(group, cells - begin);
        fill(of, values, begin, width);
        set_reference(of, std::span(draws.weights).first(draws.criteria));
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

SpreadSums::SpreadSums(std::size_t cells, std::span<const double> mean)
    : m_sum(cells), m_square(cells), m_above(cells), m_mean(mean.begin(), mean.end()), m_spread(mean.size()),
      m_together(mean.size(), std::vector<double>(cells)) {}

void SpreadSums::add(std::span<const float> score, std::span<const double> weights, double cut) {
    const auto limit = static_cast<float>(cut);
    ++m_draws;
    rasters::vectorised([&]() ZONERANK_INLINE {
        for (std::size_t c = 0; c < score.size(); ++c) {
            const double off = static_cast<double>(score[c]) - 0.5;
            m_sum[c] += off;
            m_square[c] += off * off;
            m_above[c] += score[c] >= limit ? 1 : 0;
        }
        for (std::size_t i = 0; i < m_mean.size(); ++i) {
            const double apart = weights[i] - m_mean[i];
            m_spread[i] += apart * apart;
            for (std::size_t c = 0; c < score.size(); ++c)
                m_together[i][c] += apart * (static_cast<double>(score[c]) - 0.5);
        }
    });
}

void SpreadSums::result(const SpreadOfCells& result) const {
    for (std::size_t c = 0; c < m_sum.size(); ++c)
        conclude(0.5, m_sum[c], m_square[c], m_above[c], m_draws, c, result);
}

void SpreadSums::driver(std::span<std::uint8_t> code) const {
    for (std::size_t c = 0; c < code.size(); ++c) {
        double most = 1e-18;
        code[c] = 0;
        for (std::size_t i = 0; i < m_mean.size(); ++i) {
            const double followed = m_together[i][c] * m_together[i][c] / m_spread[i];
            if (followed > most) {
                most = followed;
                code[c] = static_cast<std::uint8_t>(i + 1);
            }
        }
    }
}

} // namespace zonerank::engine
