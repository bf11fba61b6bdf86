// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/aggregation.hpp"

#include "rasters/core/exponential.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace zonerank::engine {

namespace {

using Values = std::span<const std::span<const float>>;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double weighted_sum(std::span<const double> values, std::span<const double> weights) {
    double sum = 0, known = 0;
    for (std::size_t m = 0; m < values.size(); ++m) {
        if (std::isnan(values[m]))
            continue;
        sum += weights[m] * values[m];
        known += weights[m];
    }
    return known > 0 ? sum / known : unknown;
}

double weighted_product(std::span<const double> values, std::span<const double> weights) {
    double logarithm = 0, known = 0;
    for (std::size_t m = 0; m < values.size(); ++m) {
        if (std::isnan(values[m]) || weights[m] == 0)
            continue;
        logarithm += weights[m] * rasters::logarithm(values[m]);
        known += weights[m];
    }
    return known > 0 ? rasters::exponential(logarithm / known) : unknown;
}

double minimum(std::span<const double> values, std::span<const double> weights) {
    double least = unknown;
    for (std::size_t m = 0; m < values.size(); ++m)
        if (weights[m] > 0 && !std::isnan(values[m]) && !(least <= values[m]))
            least = values[m];
    return least;
}

void fold_minimum(Values values, std::span<const double> weights, std::span<float> score) {
    assert(values.size() == weights.size());
    rasters::vectorised([&]() ZONERANK_INLINE {
        const std::size_t count = score.size();
        float* least = score.data();
        std::fill_n(least, count, static_cast<float>(unknown));
        for (std::size_t m = 0; m < values.size(); ++m) {
            const float* value = values[m].data();
            for (std::size_t c = 0; c < count && weights[m] > 0; ++c)
                least[c] = (value[c] != value[c]) | (least[c] <= value[c]) ? least[c] : value[c];
        }
    });
}

constexpr std::size_t block = 1024; ///< cells whose sums stay in the nearest cache

/// What a weighted mean adds up of each value, and what its result is.
struct Arithmetic {
    ZONERANK_INLINE static double term(double value) { return value; }
    ZONERANK_INLINE static double result(double mean) { return mean; }
};
struct Geometric {
    ZONERANK_INLINE static double term(double value) { return rasters::logarithm(value); }
    ZONERANK_INLINE static double result(double mean) { return rasters::exponential(mean); }
};

// Sums a block without asking for gaps; says whether a NaN in a sum gives one away.
template <typename Mean>
bool fold_block(Values values, std::span<const double> weights, std::size_t begin, double total,
                std::span<float> score) {
    std::array<double, block> sum;
    bool gaps = false;
    rasters::vectorised([&]() ZONERANK_INLINE {
        const std::size_t count = score.size();
        double* sums = sum.data();
        float* out = score.data();
        std::fill_n(sums, count, 0.0);
        for (std::size_t m = 0; m < values.size(); ++m) {
            const float* value = values[m].data() + begin;
            const double weight = weights[m];
            for (std::size_t c = 0; c < count && weight > 0; ++c)
                sums[c] += weight * Mean::term(static_cast<double>(value[c]));
        }
        unsigned unknown_sums = 0;
        for (std::size_t c = 0; c < count; ++c) {
            unknown_sums |= sums[c] != sums[c];
            out[c] = static_cast<float>(Mean::result(sums[c] / total));
        }
        gaps = unknown_sums != 0;
    });
    return gaps;
}

// The same of a block with gaps, which leaves members out cell by cell.
template <typename Mean>
void fold_gaps(Values values, std::span<const double> weights, std::size_t begin, std::span<float> score) {
    std::array<double, block> sum, known;
    rasters::vectorised([&]() ZONERANK_INLINE {
        const std::size_t count = score.size();
        double *sums = sum.data(), *weight_sums = known.data();
        std::fill_n(sums, count, 0.0);
        std::fill_n(weight_sums, count, 0.0);
        for (std::size_t m = 0; m < values.size(); ++m) {
            const float* value = values[m].data() + begin;
            const double weight = weights[m];
            for (std::size_t c = 0; c < count && weight > 0; ++c) {
                const double v = static_cast<double>(value[c]);
                sums[c] += v != v ? 0 : weight * Mean::term(v);
                weight_sums[c] += v != v ? 0 : weight;
            }
        }
        for (std::size_t c = 0; c < count; ++c)
            score[c] = static_cast<float>(weight_sums[c] > 0 ? Mean::result(sums[c] / weight_sums[c]) : unknown);
    });
}

template <typename Mean>
void fold_mean(Values values, std::span<const double> weights, std::span<float> score) {
    assert(values.size() == weights.size());
    double total = 0;
    for (const double weight : weights)
        total += weight;
    for (std::size_t begin = 0; begin < score.size(); begin += block) {
        const std::span<float> part = score.subspan(begin, std::min(block, score.size() - begin));
        if (fold_block<Mean>(values, weights, begin, total, part))
            fold_gaps<Mean>(values, weights, begin, part);
    }
}

} // namespace

std::span<const AggregationKind> aggregations() {
    static const AggregationKind kinds[] = {
        {"weighted sum",
         "good criteria make up for bad ones: sum of weight x value",
         {},
         [](const layers::Params&) {
             return Aggregation{fold_mean<Arithmetic>, weighted_sum, true, true};
         },
         "Fishburn 1967"},
        {"weighted product",
         "one bad criterion pulls the whole down, a 0 to 0: product of value ^ weight",
         {},
         [](const layers::Params&) {
             return Aggregation{fold_mean<Geometric>, weighted_product, false, true};
         },
         "Bridgman 1922"},
        {"minimum",
         "as good as the worst criterion; a weight only says whether a criterion counts (above 0) or not (0)",
         {},
         [](const layers::Params&) {
             return Aggregation{fold_minimum, minimum, false, true};
         },
         "Bellman and Zadeh 1970"},
    };
    return kinds;
}

} // namespace zonerank::engine
