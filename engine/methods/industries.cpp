// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/industries.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace zonerank::engine {

static std::vector<std::size_t> numbered(std::size_t count) {
    std::vector<std::size_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    return numbers;
}

std::vector<std::size_t> suited_sites(const IndustryMatrix& matrix, std::size_t industry) {
    std::vector<std::size_t> sites = numbered(matrix.sites.size());
    std::erase_if(sites, [&](std::size_t site) { return !matrix.at(site, industry).suited(); });
    std::ranges::sort(sites, {}, [&](std::size_t site) {
        return std::tuple(-matrix.at(site, industry).score, matrix.sites[site].name, matrix.sites[site].id);
    });
    return sites;
}

void rank(IndustryMatrix& matrix) {
    for (std::size_t industry = 0; industry < matrix.industries.size(); ++industry) {
        const std::vector<std::size_t> sites = suited_sites(matrix, industry);
        for (std::size_t i = 0; i < sites.size(); ++i) {
            Fit& fit = matrix.at(sites[i], industry);
            const bool equal = i > 0 && matrix.at(sites[i - 1], industry).score == fit.score;
            fit.rank = equal ? matrix.at(sites[i - 1], industry).rank : static_cast<int>(i) + 1;
        }
    }
}

double regret(const IndustryMatrix& matrix, std::size_t industry) {
    const std::vector<std::size_t> sites = suited_sites(matrix, industry);
    return sites.size() < 2 ? std::numeric_limits<double>::quiet_NaN()
                            : matrix.at(sites[0], industry).score - matrix.at(sites[1], industry).score;
}

std::vector<std::size_t> suited_industries(const IndustryMatrix& matrix, std::size_t site) {
    std::vector<std::size_t> industries = numbered(matrix.industries.size());
    std::erase_if(industries, [&](std::size_t industry) { return !matrix.at(site, industry).suited(); });
    std::ranges::sort(industries, {}, [&](std::size_t industry) {
        return std::tuple(-matrix.at(site, industry).score, matrix.industries[industry].name);
    });
    return industries;
}

namespace {

/// Sites and industries in an order that doesn't depend on theirs.
struct Order {
    explicit Order(const IndustryMatrix& matrix)
        : sites(numbered(matrix.sites.size())), industries(numbered(matrix.industries.size())) {
        std::ranges::sort(sites, {}, [&](std::size_t i) { return std::tie(matrix.sites[i].name, matrix.sites[i].id); });
        std::ranges::sort(industries, {}, [&](std::size_t i) { return matrix.industries[i].name; });
    }
    std::vector<std::size_t> sites, industries;
};

AssignmentProblem problem_of(const IndustryMatrix& matrix, const Order& order) {
    AssignmentProblem problem;
    for (const std::size_t site : order.sites)
        problem.capacity.push_back(matrix.sites[site].capacity);
    for (const std::size_t industry : order.industries) {
        problem.wanted.push_back(matrix.industries[industry].wanted);
        for (const std::size_t site : order.sites) {
            const Fit& fit = matrix.at(site, industry);
            problem.worth.push_back(fit.suited() ? fit.score : std::numeric_limits<double>::quiet_NaN());
        }
    }
    return problem;
}

} // namespace

IndustryPlan plan(const IndustryMatrix& matrix, Aim aim) {
    const Order order(matrix);
    IndustryPlan plan;
    for (const Industry& industry : matrix.industries)
        plan.without.push_back(industry.wanted);
    for (const Placed& placed : assigned(problem_of(matrix, order), aim)) {
        plan.places.push_back({order.industries[placed.seeker], order.sites[placed.place]});
        --plan.without[plan.places.back().industry];
    }
    std::ranges::stable_sort(plan.places, {}, [&](const IndustryPlan::Place& place) {
        return std::tuple(place.industry, -matrix.at(place.site, place.industry).score);
    });
    std::vector<double> scores;
    for (const IndustryPlan::Place& place : plan.places)
        scores.push_back(matrix.at(place.site, place.industry).score);
    std::ranges::sort(scores); // a sum that no order has a say in
    plan.total = std::accumulate(scores.begin(), scores.end(), 0.0);
    return plan;
}

} // namespace zonerank::engine
