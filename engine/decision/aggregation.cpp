// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/aggregation.hpp"

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
        logarithm += weights[m] * std::log(values[m]);
        known += weights[m];
    }
    return known > 0 ? std::exp(logarithm / known) : unknown;
}

double minimum(std::span<const double> values, std::span<const double> weights) {
    double least = unknown;
    for (std::size_t m = 0; m < values.size(); ++m)
        if (weights[m] > 0 && !std::isnan(values[m]) && !(least <= values[m]))
            least = values[m];
    return least;
}

/// Lifts a function of one cell's values to runs of cells.
template <double (*one)(std::span<const double>, std::span<const double>)>
struct EachCell {
    Values values;
    std::span<const double> weights;
    std::vector<double> cell = std::vector<double>(values.size());

    float operator()(std::size_t c) {
        for (std::size_t m = 0; m < values.size(); ++m)
            cell[m] = values[m][c];
        return static_cast<float>(one(cell, weights));
    }

    static void fold(Values values, std::span<const double> weights, std::span<float> score) {
        assert(values.size() == weights.size());
        EachCell at{values, weights};
        for (std::size_t c = 0; c < score.size(); ++c)
            score[c] = at(c);
    }
};

// Sums whole blocks without asking for gaps, which a NaN in the sum gives away;
// those cells are done again one by one.
void fold_weighted_sum(Values values, std::span<const double> weights, std::span<float> score) {
    assert(values.size() == weights.size());
    constexpr std::size_t block = 512;
    std::array<double, block> sum;
    EachCell<weighted_sum> alone{values, weights};
    double total = 0;
    for (const double weight : weights)
        total += weight;
    for (std::size_t begin = 0; begin < score.size(); begin += block) {
        const std::size_t count = std::min(block, score.size() - begin);
        sum.fill(0);
        for (std::size_t m = 0; m < values.size(); ++m)
            for (std::size_t c = 0; c < count; ++c)
                sum[c] += weights[m] * values[m][begin + c];
        for (std::size_t c = 0; c < count; ++c)
            score[begin + c] = std::isnan(sum[c]) ? alone(begin + c) : static_cast<float>(sum[c] / total);
    }
}

} // namespace

std::span<const AggregationKind> aggregations() {
    static const AggregationKind kinds[] = {
        {"weighted sum",
         "good criteria make up for bad ones: sum of weight x value",
         {},
         [](const layers::Params&) {
             return Aggregation{fold_weighted_sum, weighted_sum, true, true};
         },
         "Fishburn 1967"},
        {"weighted product",
         "one bad criterion pulls the whole down, a 0 to 0: product of value ^ weight",
         {},
         [](const layers::Params&) {
             return Aggregation{EachCell<weighted_product>::fold, weighted_product, false, true};
         },
         "Bridgman 1922"},
        {"minimum",
         "as good as the worst criterion; a weight only says whether a criterion counts (above 0) or not (0)",
         {},
         [](const layers::Params&) {
             return Aggregation{EachCell<minimum>::fold, minimum, false, true};
         },
         "Bellman and Zadeh 1970"},
    };
    return kinds;
}

} // namespace zonerank::engine
