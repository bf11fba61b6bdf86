// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/validation.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace zonerank::engine {

namespace {

std::int64_t total_of(const std::vector<CountedScore>& scores) {
    std::int64_t total = 0;
    for (const CountedScore& score : scores)
        total += score.count;
    return total;
}

/// The highest first.
void sort(std::vector<CountedScore>& scores) {
    std::ranges::sort(scores, std::greater<>(), &CountedScore::score);
}

/// Takes all that score `cut` from the front.
std::int64_t take(const std::vector<CountedScore>& scores, std::size_t& at, double cut) {
    std::int64_t taken = 0;
    for (; at < scores.size() && scores[at].score == cut; ++at)
        taken += scores[at].count;
    return taken;
}

// On the way straight up, or straight to the right: by whole numbers, so it's certain.
bool is_between(const RocPoint& before, const RocPoint& at, const RocPoint& after) {
    return (before.hits == at.hits && at.hits == after.hits) ||
           (before.false_alarms == at.false_alarms && at.false_alarms == after.false_alarms);
}

void add_point(std::vector<RocPoint>& points, const RocPoint& point) {
    if (points.size() > 1 && is_between(points[points.size() - 2], points.back(), point))
        points.back() = point;
    else
        points.push_back(point);
}

// Q1: two good ones both above another; Q2: a good one above two others.
double hanley_mcneil(double area, double good, double others) {
    const double both_good = area / (2 - area), both_others = 2 * area * area / (1 + area);
    const double variance = area * (1 - area) + (good - 1) * (both_good - area * area) +
                            (others - 1) * (both_others - area * area);
    return std::sqrt(std::max(variance, 0.0) / (good * others));
}

} // namespace

Roc roc(std::vector<CountedScore> good, std::vector<CountedScore> others) {
    Roc result{.points = {{std::numeric_limits<double>::infinity()}}, .good = total_of(good), .others = total_of(others)};
    if (result.good == 0 || result.others == 0)
        throw Error("nothing to tell apart: {} has a score", result.good == 0 ? "no good one" : "none of the others");
    sort(good);
    sort(others);
    std::int64_t hits = 0, alarms = 0, twice_won = 0; // pairs that a good one wins, in halves
    for (std::size_t g = 0, o = 0; g < good.size() || o < others.size();) {
        const bool from_good = o == others.size() || (g < good.size() && good[g].score >= others[o].score);
        const double cut = from_good ? good[g].score : others[o].score;
        const std::int64_t here = take(good, g, cut), equal = take(others, o, cut);
        alarms += equal;
        hits += here;
        twice_won += here * (2 * (result.others - alarms) + equal);
        add_point(result.points, {cut, static_cast<double>(hits) / static_cast<double>(result.good),
                                  static_cast<double>(alarms) / static_cast<double>(result.others)});
    }
    const auto n = static_cast<double>(result.good), m = static_cast<double>(result.others);
    result.area = static_cast<double>(twice_won) / (2 * n * m);
    result.standard_error = hanley_mcneil(result.area, n, m);
    return result;
}

double share_below(double score, const std::vector<CountedScore>& scores) {
    std::int64_t twice_below = 0;
    for (const CountedScore& other : scores)
        twice_below += other.score < score ? 2 * other.count : other.score == score ? other.count : 0;
    return static_cast<double>(twice_below) / (2 * static_cast<double>(total_of(scores)));
}

std::size_t ScoreHistogram::bin(double score) {
    return std::min(static_cast<std::size_t>(std::max(score, 0.0) * double{bins}), bins - 1);
}

double ScoreHistogram::middle(double score) {
    return (static_cast<double>(bin(score)) + 0.5) / double{bins};
}

void ScoreHistogram::add(const ScoreHistogram& other) {
    for (std::size_t i = 0; i < bins; ++i)
        m_counts[i] += other.m_counts[i];
}

std::int64_t ScoreHistogram::total() const {
    std::int64_t total = 0;
    for (const std::int64_t count : m_counts)
        total += count;
    return total;
}

std::vector<CountedScore> ScoreHistogram::counted() const {
    std::vector<CountedScore> result;
    for (std::size_t i = 0; i < bins; ++i)
        if (m_counts[i] > 0)
            result.push_back({(static_cast<double>(i) + 0.5) / double{bins}, m_counts[i]});
    return result;
}

} // namespace zonerank::engine
