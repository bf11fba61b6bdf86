// SPDX-License-Identifier: Apache-2.0
// How fast six values of a cell become a score: 16 million cells, by the CPU they take. Each
// score is compared with a plain computation of it first.
#include "tests/support/aggregations.hpp"
#include "engine/decision/aggregation.hpp"
#include "tests/bench/timing.hpp"

#include <functional>
#include <numeric>

using namespace zonerank;
using namespace zonerank::bench;
using tests::Row;

namespace {

using Plain = std::function<double(const Row& values, const Row& weights)>;

constexpr std::size_t cells = std::size_t{1} << 24;
constexpr std::size_t members = 6;
const Row weights{0.25, 0.2, 0.15, 0.15, 0.15, 0.1};
const Row places{0.5, 0.3, 0.1, 0.05, 0.03, 0.02}; // from the lowest value on

const std::vector<std::vector<float>>& maps() {
    static const std::vector<std::vector<float>> made = [] {
        tests::Random random(1);
        std::vector<std::vector<float>> all(members, std::vector<float>(cells));
        for (auto& map : all)
            for (float& value : map)
                value = static_cast<float>(random.in(0, 1));
        return all;
    }();
    return made;
}

double weighted_sum(const Row& values, const Row& weighed) {
    return std::inner_product(values.begin(), values.end(), weighed.begin(), 0.0);
}

double weighted_product(const Row& values, const Row& weighed) {
    double product = 1;
    for (std::size_t m = 0; m < members; ++m)
        product *= std::pow(values[m], weighed[m]);
    return product;
}

std::vector<std::size_t> lowest_first(const Row& values) {
    std::vector<std::size_t> at(members);
    std::iota(at.begin(), at.end(), 0U);
    std::ranges::sort(at, [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    return at;
}

double by_places(const Row& values, const Row& importances) {
    const auto at = lowest_first(values);
    double top = 0, bottom = 0;
    for (std::size_t k = 0; k < members; ++k) {
        top += places[k] * importances[at[k]] * values[at[k]];
        bottom += places[k] * importances[at[k]];
    }
    return top / bottom;
}

double relaxed(const Row& values, const Row& weighed) {
    double squares = 0;
    for (const double place : places)
        squares += (place - 1.0 / 6) * (place - 1.0 / 6);
    const double tradeoff = 1 - std::sqrt(6 * squares / 5);
    Row drawn = weighed;
    for (double& weight : drawn)
        weight = tradeoff * weight + (1 - tradeoff) / 6;
    return by_places(values, drawn);
}

/// Risk 1/3: the square of the importances' share.
double cautious(const Row& values, const Row& weighed) {
    double passed = 0, score = 0;
    const auto at = lowest_first(values);
    for (std::size_t k = members; k-- > 0;) {
        const double next = passed + weighed[at[k]];
        score += values[at[k]] * (next * next - passed * passed);
        passed = next;
    }
    return score;
}

double gamma_of(const Row& values, const Row&) {
    double product = 1, rest = 1;
    for (const double value : values) {
        product *= value;
        rest *= 1 - value;
    }
    return std::pow(1 - rest, 0.9) * std::pow(product, 0.1);
}

double closeness(const Row& values, const Row& weighed) {
    double best = 0, worst = 0;
    for (std::size_t m = 0; m < members; ++m) {
        best += std::pow(weighed[m] * (1 - values[m]), 2);
        worst += std::pow(weighed[m] * values[m], 2);
    }
    return std::sqrt(worst) / (std::sqrt(worst) + std::sqrt(best));
}

double plain_score(const Plain& plain, std::size_t cell) {
    Row values;
    for (const auto& map : maps())
        values.push_back(map[cell]);
    return plain(values, weights);
}

/// In the stretches that a study folds.
void fold_all(const engine::Aggregation& made, std::span<float> score) {
    constexpr std::size_t stretch = 8192;
    std::vector<std::span<const float>> values(members);
    for (std::size_t first = 0; first < cells; first += stretch) {
        for (std::size_t m = 0; m < members; ++m)
            values[m] = std::span(maps()[m]).subspan(first, stretch);
        made.fold(values, weights, score.subspan(first, stretch));
    }
}

void six_values(benchmark::State& state, const tests::Sample& sample, const Plain& plain) {
    const engine::Aggregation made = tests::aggregation(sample.name, sample.body, members);
    std::vector<float> score(cells);
    fold_all(made, score);
    const std::span<const float> some = std::span(score).first(cells / 64);
    const auto expected = [&](std::size_t c) { return plain_score(plain, c); };
    if (!right(state, near_all(some, expected, 1e-6)))
        return;
    time(state, static_cast<double>(cells), 28.0 * static_cast<double>(cells), [&] { fold_all(made, score); });
}

[[maybe_unused]] const bool registered = [] {
    const std::string order = "{order weights: [0.5, 0.3, 0.1, 0.05, 0.03, 0.02]}";
    const std::pair<tests::Sample, Plain> rows[] = {
        {{"weighted sum", ""}, weighted_sum}, {{"weighted product", ""}, weighted_product},
        {{"owa", order}, by_places},          {{"owa terrset", order}, relaxed},
        {{"fuzzy gamma", ""}, gamma_of},      {{"owa quantifier", "{risk: 1/3}"}, cautious},
        {{"topsis", ""}, closeness},
    };
    for (const auto& [sample, plain] : rows)
        benchmark::RegisterBenchmark((sample.name + " of six").c_str(), six_values, sample, plain)
            ->Unit(benchmark::kMillisecond);
    return true;
}();

} // namespace
