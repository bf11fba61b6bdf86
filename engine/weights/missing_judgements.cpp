// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/missing_judgements.hpp"

#include "engine/decision/linear_equations.hpp"
#include "engine/text/listing.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace zonerank::engine {

namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

/// Names that judgements join, each group in the names' order.
std::vector<std::vector<std::size_t>> groups_of(const Judgements& matrix) {
    std::vector<std::vector<std::size_t>> groups;
    std::vector<bool> seen(matrix.size());
    for (std::size_t first = 0; first < matrix.size(); ++first) {
        if (seen[first])
            continue;
        std::vector<std::size_t> group{first};
        seen[first] = true;
        for (std::size_t at = 0; at < group.size(); ++at)
            for (std::size_t other = 0; other < matrix.size(); ++other)
                if (!seen[other] && !std::isnan(matrix[group[at]][other])) {
                    seen[other] = true;
                    group.push_back(other);
                }
        std::ranges::sort(group);
        groups.push_back(std::move(group));
    }
    return groups;
}

std::string written(const std::vector<std::size_t>& group, std::span<const std::string> names) {
    std::vector<std::string> quoted;
    for (const std::size_t member : group)
        quoted.push_back(fmt::format("'{}'", names[member]));
    return listed(std::move(quoted), 4);
}

void require_joined(const Judgements& matrix, std::span<const std::string> names) {
    constexpr std::size_t listed = 5;
    const auto groups = groups_of(matrix);
    if (groups.size() <= 1)
        return;
    std::vector<std::string> texts;
    for (std::size_t g = 0; g < std::min(groups.size(), listed); ++g)
        texts.push_back(written(groups[g], names));
    if (groups.size() > listed)
        texts.push_back(fmt::format("{} more", groups.size() - listed));
    throw Error("no judgement joins {}; give one between them, such as '{} vs {}'", fmt::join(texts, " | "),
                names[groups[0][0]], names[groups[1][0]]);
}

Pairs missing_pairs(const Judgements& matrix) {
    Pairs pairs;
    for (std::size_t i = 0; i < matrix.size(); ++i)
        for (std::size_t j = i + 1; j < matrix.size(); ++j)
            if (std::isnan(matrix[i][j]))
                pairs.emplace_back(i, j);
    return pairs;
}

/// Logarithms of weights that fit the logarithms of the judgements by least squares
/// (Bozoki, Fulop and Ronyai 2010, section 5): the first name's is 0.
std::vector<double> least_squares(const Judgements& matrix) {
    const std::size_t n = matrix.size();
    SquareMatrix equations(n, std::vector<double>(n));
    std::vector<double> right(n);
    for (std::size_t i = 1; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            if (i != j && !std::isnan(matrix[i][j])) {
                equations[i][i] += 1;
                equations[i][j] -= 1;
                right[i] += std::log(matrix[i][j]);
            }
    equations[0][0] = 1;
    const auto logarithms = solve(std::move(equations), std::move(right));
    assert(logarithms); // the judgements join all names
    return *logarithms;
}

void put(Judgements& matrix, const Pairs& pairs, const std::vector<double>& logarithms) {
    for (std::size_t p = 0; p < pairs.size(); ++p) {
        matrix[pairs[p].first][pairs[p].second] = std::exp(logarithms[p]);
        matrix[pairs[p].second][pairs[p].first] = std::exp(-logarithms[p]);
    }
}

Judgements transposed(const Judgements& matrix) {
    Judgements result = matrix;
    for (std::size_t i = 0; i < matrix.size(); ++i)
        for (std::size_t j = 0; j < matrix.size(); ++j)
            result[i][j] = matrix[j][i];
    return result;
}

/// Where each missing judgement would have to go if the eigenvectors stayed: against
/// the slope of the eigenvalue in each of them, so downhill.
std::vector<double> downhill(const Judgements& matrix, const Pairs& pairs, const std::vector<double>& right,
                             const std::vector<double>& left) {
    std::vector<double> steps;
    for (const auto& [i, j] : pairs)
        steps.push_back(0.5 * std::log(left[j] * right[i] * matrix[j][i] / (left[i] * right[j] * matrix[i][j])));
    return steps;
}

/// Descends to the least eigenvalue, which is a convex function of the logarithms.
class Completion {
public:
    Completion(Judgements matrix, Pairs pairs) : m_matrix(std::move(matrix)), m_pairs(std::move(pairs)) {
        const std::vector<double> start = least_squares(m_matrix);
        for (const auto& [i, j] : m_pairs)
            m_logarithms.push_back(start[i] - start[j]);
        put(m_matrix, m_pairs, m_logarithms);
        m_right = principal(m_matrix);
        m_left = principal(transposed(m_matrix)).vector;
    }

    Judgements solved() {
        constexpr int patience = 100'000;
        for (int round = 0; round < patience; ++round) {
            const std::vector<double> steps = downhill(m_matrix, m_pairs, m_right.vector, m_left);
            if (std::ranges::all_of(steps, [](double step) { return std::abs(step) <= 1e-11; }) || !stepped(steps))
                break;
        }
        return m_matrix;
    }

private:
    /// Half as far until it gets no worse; false where rounding leaves nothing to gain.
    bool stepped(const std::vector<double>& steps) {
        for (double length = 1; length > 1e-6; length /= 2) {
            std::vector<double> logarithms = m_logarithms;
            for (std::size_t p = 0; p < steps.size(); ++p)
                logarithms[p] += length * steps[p];
            put(m_matrix, m_pairs, logarithms);
            Principal next = principal(m_matrix, m_right.vector);
            if (next.value > m_right.value * (1 + 1e-14))
                continue;
            m_logarithms = std::move(logarithms);
            m_right = std::move(next);
            m_left = principal(transposed(m_matrix), m_left).vector;
            return true;
        }
        put(m_matrix, m_pairs, m_logarithms);
        return false;
    }

    Judgements m_matrix;
    Pairs m_pairs;
    std::vector<double> m_logarithms;
    Principal m_right;
    std::vector<double> m_left;
};

} // namespace

Filled fill_missing(Judgements matrix, std::span<const std::string> names) {
    require_joined(matrix, names);
    Pairs pairs = missing_pairs(matrix);
    if (pairs.empty())
        return {std::move(matrix), {}};
    return {Completion(std::move(matrix), pairs).solved(), pairs};
}

} // namespace zonerank::engine
