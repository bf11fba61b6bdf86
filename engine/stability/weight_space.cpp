// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/weight_space.hpp"

#include "engine/stability/box_slice.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/exponential.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

namespace zonerank::engine {

namespace {

std::vector<std::size_t> with_weight(std::span<const double> given) {
    std::vector<std::size_t> active;
    for (std::size_t i = 0; i < given.size(); ++i)
        if (given[i] > 0)
            active.push_back(i);
    return active;
}

void scale(std::span<double> weights) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight /= sum;
}

void fill_uniform(Draw& draw, std::span<double> weights) {
    for (double& weight : weights)
        weight = draw.exponential();
    scale(weights);
}

// Gammas over their sum, by their logarithms: those of small shapes are too small for a double.
void fill_dirichlet(Draw& draw, std::span<const double> shapes, std::span<double> weights) {
    double most = -HUGE_VAL;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        most = std::max(most, weights[i] = draw.log_gamma(shapes[i]));
    for (double& weight : weights)
        weight = rasters::exponential(weight - most);
    scale(weights);
}

double dirichlet_covariance(double a, double b, bool same, double concentration) {
    return (same ? a * (1 - a) : -a * b) / (concentration + 1);
}

/// Criteria by falling weight, those of equal weight together.
struct Ranks {
    std::vector<std::size_t> order; ///< of the active criteria
    std::vector<std::size_t> begin; ///< of each group in it, and the end
};

Ranks ranks_of(std::span<const double> weights) {
    Ranks ranks;
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    ranks.order.resize(weights.size());
    std::iota(ranks.order.begin(), ranks.order.end(), 0);
    std::ranges::stable_sort(ranks.order, [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (i == 0 || weights[ranks.order[i - 1]] - weights[ranks.order[i]] > 1e-9 * sum)
            ranks.begin.push_back(i);
    ranks.begin.push_back(weights.size());
    return ranks;
}

// Uniform on the simplex and sorted is uniform among ordered weights; shuffled
// within groups, among those that any order within a group allows.
void fill_ordinal(Draw& draw, const Ranks& ranks, std::span<double> weights) {
    std::vector<double> sorted(weights.size());
    fill_uniform(draw, sorted);
    std::ranges::sort(sorted, std::greater<>());
    for (std::size_t g = 0; g + 1 < ranks.begin.size(); ++g)
        for (std::size_t i = ranks.begin[g + 1]; i-- > ranks.begin[g] + 1;) {
            const double among = static_cast<double>(i - ranks.begin[g] + 1) * draw.uniform();
            std::swap(sorted[i], sorted[ranks.begin[g] + static_cast<std::size_t>(among)]);
        }
    for (std::size_t i = 0; i < sorted.size(); ++i)
        weights[ranks.order[i]] = sorted[i];
}

/// Mean and mean product of the weights at each place of the order: the k-th is the sum of u_j / j over
/// j >= k, u being uniform on the simplex (rank order centroid).
class OrderMoments {
public:
    explicit OrderMoments(std::size_t count) : m_inverse(count + 1), m_square(count + 1), m_count(count) {
        for (std::size_t j = count; j-- > 0;) {
            const double share = 1 / static_cast<double>(j + 1);
            m_inverse[j] = m_inverse[j + 1] + share;
            m_square[j] = m_square[j + 1] + share * share;
        }
    }

    double mean(std::size_t place) const { return m_inverse[place] / static_cast<double>(m_count); }
    // E[u_i u_j] = (1 + [i = j]) / (m (m + 1))
    double product(std::size_t a, std::size_t b) const {
        const auto m = static_cast<double>(m_count);
        return (m_inverse[a] * m_inverse[b] + m_square[std::max(a, b)]) / (m * (m + 1));
    }

private:
    std::vector<double> m_inverse, m_square; ///< sums of 1 / j and 1 / j^2 from each place on
    std::size_t m_count;
};

/// Of two criteria, or one and itself, over the places that their groups leave them.
double mean_product(const OrderMoments& moments, const Ranks& ranks, std::size_t a, std::size_t b, bool same) {
    double sum = 0, count = 0;
    for (std::size_t i = ranks.begin[a]; i < ranks.begin[a + 1]; ++i)
        for (std::size_t j = ranks.begin[b]; j < ranks.begin[b + 1]; ++j)
            if (a != b || (i == j) == same) {
                sum += moments.product(i, j);
                ++count;
            }
    return sum / count;
}

double mean_place(const OrderMoments& moments, const Ranks& ranks, std::size_t group) {
    double sum = 0;
    for (std::size_t i = ranks.begin[group]; i < ranks.begin[group + 1]; ++i)
        sum += moments.mean(i);
    return sum / static_cast<double>(ranks.begin[group + 1] - ranks.begin[group]);
}

std::vector<std::size_t> group_of_each(const Ranks& ranks) {
    std::vector<std::size_t> group(ranks.order.size());
    for (std::size_t g = 0; g + 1 < ranks.begin.size(); ++g)
        for (std::size_t i = ranks.begin[g]; i < ranks.begin[g + 1]; ++i)
            group[ranks.order[i]] = g;
    return group;
}

std::vector<double> picked(std::span<const double> given, const std::vector<std::size_t>& active) {
    std::vector<double> result;
    for (const std::size_t i : active)
        result.push_back(given[i]);
    scale(result);
    return result;
}

void check_ranges(std::span<const WeightRange> ranges) {
    double least = 0, most = 0;
    for (const WeightRange& range : ranges) {
        if (!(range.least >= 0 && range.least <= range.most))
            throw Error("a weight from {:g} to {:g} % is none", 100 * range.least, 100 * range.most);
        least += range.least;
        most += range.most;
    }
    constexpr double rounding = 1e-9;
    if (!(least <= 1 + rounding))
        throw Error("the least weights sum to {:g} %, more than 100 %", 100 * least);
    if (!(most >= 1 - rounding))
        throw Error("the greatest weights sum to {:g} %, less than 100 %", 100 * most);
}

} // namespace

WeightSpace::WeightSpace(std::vector<std::size_t> active, std::size_t size)
    : m_size(size), m_active(std::move(active)), m_mean(size), m_covariance(size * size), m_ranges(size, {0, 0}) {
    if (m_active.empty())
        throw Error("no criterion has a weight");
    for (const std::size_t i : m_active)
        m_ranges[i] = {};
}

void WeightSpace::set_moments(std::span<const double> mean,
                              const std::function<double(std::size_t, std::size_t)>& covariance) {
    for (std::size_t i = 0; i < m_active.size(); ++i) {
        m_mean[m_active[i]] = mean[i];
        for (std::size_t j = 0; j < m_active.size(); ++j)
            m_covariance[m_active[i] * m_size + m_active[j]] = covariance(i, j);
    }
}

WeightSpace WeightSpace::uniform(std::span<const double> given) {
    WeightSpace space(with_weight(given), given.size());
    const auto count = static_cast<double>(space.m_active.size());
    space.m_fill = fill_uniform;
    space.set_moments(std::vector<double>(space.m_active.size(), 1 / count), [&](std::size_t i, std::size_t j) {
        return dirichlet_covariance(1 / count, 1 / count, i == j, count);
    });
    return space;
}

WeightSpace WeightSpace::ordinal(std::span<const double> given) {
    WeightSpace space(with_weight(given), given.size());
    const Ranks ranks = ranks_of(picked(given, space.m_active));
    const OrderMoments moments(space.m_active.size());
    const std::vector<std::size_t> group = group_of_each(ranks);
    std::vector<double> mean;
    for (const std::size_t g : group)
        mean.push_back(mean_place(moments, ranks, g));
    space.set_moments(mean, [&](std::size_t i, std::size_t j) {
        return mean_product(moments, ranks, group[i], group[j], i == j) - mean[i] * mean[j];
    });
    for (std::size_t g = 0; g + 2 < ranks.begin.size(); ++g)
        for (std::size_t i = ranks.begin[g]; i < ranks.begin[g + 1]; ++i)
            for (std::size_t j = ranks.begin[g + 1]; j < ranks.begin[g + 2]; ++j)
                space.m_order.emplace_back(space.m_active[ranks.order[i]], space.m_active[ranks.order[j]]);
    space.m_fill = [ranks](Draw& draw, std::span<double> weights) { fill_ordinal(draw, ranks, weights); };
    return space;
}

WeightSpace WeightSpace::intervals(std::span<const WeightRange> ranges) {
    check_ranges(ranges);
    std::vector<double> most;
    for (const WeightRange& range : ranges)
        most.push_back(range.most);
    WeightSpace space(with_weight(most), ranges.size());
    std::vector<double> low, high;
    for (const std::size_t i : space.m_active) {
        low.push_back(ranges[i].least);
        high.push_back(std::min(ranges[i].most, 1.0));
    }
    space.m_ranges.assign(ranges.begin(), ranges.end());
    space.m_fill = [slice = BoxSlice(std::move(low), std::move(high))](Draw& draw, std::span<double> weights) {
        slice.fill(draw, weights);
    };
    space.sample_moments();
    return space;
}

WeightSpace WeightSpace::dirichlet(std::span<const double> given, double concentration) {
    WeightSpace space(with_weight(given), given.size());
    const std::vector<double> mean = picked(given, space.m_active);
    std::vector<double> shapes;
    for (const double weight : mean)
        shapes.push_back(weight * concentration);
    space.set_moments(mean, [&](std::size_t i, std::size_t j) {
        return dirichlet_covariance(mean[i], mean[j], i == j, concentration);
    });
    space.m_fill = [shapes](Draw& draw, std::span<double> weights) { fill_dirichlet(draw, shapes, weights); };
    return space;
}

void WeightSpace::sample_moments() {
    m_sampled = true;
    const std::size_t count = m_active.size();
    std::vector<double> weights(count), mean(count), products(count * count);
    for (std::uint64_t number = 0; number < moment_draws; ++number) {
        Draw source(1, Purpose::moments, number);
        m_fill(source, weights);
        for (std::size_t i = 0; i < count; ++i) {
            mean[i] += weights[i];
            for (std::size_t j = 0; j < count; ++j)
                products[i * count + j] += weights[i] * weights[j];
        }
    }
    for (double& sum : mean)
        sum /= moment_draws;
    set_moments(
        mean, [&](std::size_t i, std::size_t j) { return products[i * count + j] / moment_draws - mean[i] * mean[j]; });
}

void WeightSpace::draw(std::uint64_t seed, std::uint64_t number, std::span<double> weights) const {
    Draw source(seed, Purpose::weights, number);
    if (m_active.size() == m_size)
        return m_fill(source, weights);
    std::vector<double> active(m_active.size());
    m_fill(source, active);
    std::ranges::fill(weights, 0.0);
    for (std::size_t i = 0; i < active.size(); ++i)
        weights[m_active[i]] = active[i];
}

std::vector<double> WeightSpace::draw(std::uint64_t seed, std::uint64_t number) const {
    std::vector<double> weights(m_size);
    draw(seed, number, weights);
    return weights;
}

double concentration_of(double spread, std::size_t criteria) {
    const double most = std::sqrt(static_cast<double>(criteria) - 1);
    if (!(spread > 0))
        throw Error("the spread must be above 0");
    if (criteria > 1 && !(spread < most))
        throw Error("weights of {} criteria can't spread by {:g} %, only by less than {:g} %", criteria, 100 * spread,
                    100 * most);
    return criteria > 1 ? (static_cast<double>(criteria) - 1) / (spread * spread) - 1 : 1;
}

} // namespace zonerank::engine
