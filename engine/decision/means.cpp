// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/means.hpp"

#include "engine/decision/cellwise.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/exponential.hpp"

namespace zonerank::engine {

namespace {

using Values = std::span<const std::span<const float>>;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
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

template <typename Mean>
double one_mean(std::span<const double> values, std::span<const double> weights) {
    double sum = 0, known = 0;
    for (std::size_t m = 0; m < values.size(); ++m) {
        if (weights[m] == 0 || std::isnan(values[m]))
            continue;
        sum += weights[m] * Mean::term(values[m]);
        known += weights[m];
    }
    return known > 0 ? Mean::result(sum / known) : unknown;
}

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
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t begin = 0; begin < score.size(); begin += block) {
        const std::span<float> part = score.subspan(begin, std::min(block, score.size() - begin));
        if (fold_block<Mean>(values, weights, begin, total, part))
            fold_gaps<Mean>(values, weights, begin, part);
    }
}

/// Both means at once.
struct Waspas {
    double lambda;

    static constexpr std::size_t sums = 2;
    static constexpr std::array<double, sums> start{0, 0};
    ZONERANK_INLINE static double member(std::size_t, double share) { return share; }
    ZONERANK_INLINE static void add(std::array<double, sums>& sum, double value, double share) {
        sum[0] += share * value;
        sum[1] += share * rasters::logarithm(value);
    }
    ZONERANK_INLINE double result(const std::array<double, sums>& sum, double known) const {
        return lambda * (sum[0] / known) + (1 - lambda) * rasters::exponential(sum[1] / known);
    }
};

/// The least, or the greatest, value.
template <bool least>
struct Extreme {
    static constexpr std::size_t sums = 1;
    static constexpr std::array<double, sums> start{least ? HUGE_VAL : -HUGE_VAL};
    ZONERANK_INLINE static double member(std::size_t, double share) { return share; }
    ZONERANK_INLINE static void add(std::array<double, sums>& found, double value, double) {
        found[0] = (least ? value < found[0] : value > found[0]) ? value : found[0];
    }
    ZONERANK_INLINE static double result(const std::array<double, sums>& found, double) { return found[0]; }
};

template <bool least>
Aggregation extreme() {
    Aggregation aggregation = cellwise(Extreme<least>{});
    aggregation.allows_gaps = true;
    aggregation.by_weight = false;
    return aggregation;
}

} // namespace

Aggregation weighted_sum() {
    return {fold_mean<Arithmetic>, one_mean<Arithmetic>, true, true};
}

Aggregation weighted_product() {
    return {fold_mean<Geometric>, one_mean<Geometric>, false, true};
}

Aggregation waspas(double lambda) {
    if (!(lambda >= 0 && lambda <= 1))
        throw Error("lambda: the weighted sum's share is from 0 to 1, found {:g}", lambda);
    Aggregation aggregation = cellwise(Waspas{lambda});
    aggregation.allows_gaps = true;
    aggregation.summary = fmt::format("WASPAS, {:g} x weighted sum + {:g} x weighted product (Zavadskas et al. 2012)",
                                      lambda, 1 - lambda);
    aggregation.numbers = {{"lambda", lambda}};
    return aggregation;
}

Aggregation minimum() {
    return extreme<true>();
}

Aggregation maximum() {
    return extreme<false>();
}

} // namespace zonerank::engine
