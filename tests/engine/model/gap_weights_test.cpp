// SPDX-License-Identifier: Apache-2.0
#include "engine/model/gap_weights.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using doctest::Approx;

/// Two themes, of three criteria and of one.
static std::string four_criteria(const tests::StudyFolder& folder) {
    folder.raster("hill.tif", 2, {1, 2, 3, 4});
    const std::string measure = "measure: {sample: {of: hill}}, value: {linear: {worst: 0 m, best: 10 m}}, "
                                "missing: leave out";
    std::string text = tests::square_area(2) + "layers: {hill: {source: hill.tif, unit: m}}\nknown: 1 %\ncriteria:\n";
    text += "  land:\n    weight: 60\n";
    for (const char* name : {"a", "b", "c"})
        text += fmt::format("    {}: {{weight: 1, {}}}\n", name, measure);
    return text + fmt::format("  ways:\n    weight: 40\n    d: {{{}}}\n", measure);
}

TEST_CASE("gap weights give the score that the decision gives with the same gaps") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(four_criteria(folder));
    const std::vector<std::vector<double>> drawn{
        {0.1, 0.2, 0.3, 0.4}, {0.25, 0.05, 0.5, 0.2}, {0.6, 0.3, 0.05, 0.05}, {0.01, 0.02, 0.03, 0.94}};
    const std::vector<std::size_t> criteria{0, 1, 2, 3};
    for (std::uint64_t gaps = 1; gaps < 15; ++gaps) {
        const engine::GapWeights weights = engine::gap_weights(p->decision, criteria, gaps, drawn);
        std::vector<double> values{0.9, 0.1, 0.4, 0.7};
        for (std::size_t i = 0; i < 4; ++i)
            if (gaps >> i & 1)
                values[i] = engine::nan;
        for (std::size_t d = 0; d < drawn.size(); ++d) {
            double score = 0, sum = 0;
            for (std::size_t i = 0; i < weights.left.size(); ++i) {
                const double weight = weights.draws.weights[d * weights.left.size() + i];
                score += weight * values[weights.left[i]];
                sum += weight;
            }
            CHECK(sum == Approx(1).epsilon(1e-6));
            CHECK(score == Approx(p->decision.score(values, drawn[d])).epsilon(1e-6));
        }
    }
}

TEST_CASE("gap weights: moments of the draws themselves") {
    const tests::StudyFolder folder;
    const auto p = folder.ready(four_criteria(folder));
    const std::vector<std::vector<double>> drawn{{0.2, 0.2, 0.2, 0.4}, {0.4, 0.2, 0.2, 0.2}};
    const engine::GapWeights weights =
        engine::gap_weights(p->decision, std::vector<std::size_t>{0, 1, 2, 3}, 0b0110, drawn); // a and d are left
    CHECK(weights.left == std::vector<std::size_t>{0, 3});
    const std::vector<float> a{1}, d{0};
    const std::vector<std::span<const float>> values{a, d};
    std::vector<float> mean(1), deviation(1);
    weights.moments.spread(values, mean, deviation);
    CHECK(mean[0] == Approx(0.7)); // a has 0.6, then 0.8
    CHECK(deviation[0] == Approx(std::sqrt(2 * 0.1 * 0.1)).epsilon(1e-6));
}
