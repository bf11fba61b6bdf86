// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/validation.hpp"

#include "rasters/core/error.hpp"

#include "tests/support/archive.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

std::vector<CountedScore> counted(const std::vector<double>& scores) {
    std::vector<CountedScore> result;
    for (const double score : scores)
        result.push_back({score, 1});
    return result;
}

// By the trapezoids under the curve, another way to the same area.
double area_under(const std::vector<RocPoint>& points) {
    double area = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
        area += (points[i].false_alarms - points[i - 1].false_alarms) * (points[i].hits + points[i - 1].hits) / 2;
    return area;
}

} // namespace

TEST_CASE("validation: Hanley and McNeil 1982, tables I and II: 109 CT images, area 0.893, error 0.032") {
    const std::vector<CountedScore> abnormal{{1, 3}, {2, 2}, {3, 2}, {4, 11}, {5, 33}};
    const std::vector<CountedScore> normal{{1, 33}, {2, 6}, {3, 6}, {4, 11}, {5, 2}};
    const Roc found = roc(abnormal, normal);
    CHECK(found.good == 51);
    CHECK(found.others == 58);
    CHECK(found.area == doctest::Approx(0.893).epsilon(0.0005));
    CHECK(found.standard_error == doctest::Approx(0.032).epsilon(0.02));
    CHECK(area_under(found.points) == doctest::Approx(found.area).epsilon(1e-12));
}

TEST_CASE("validation: SciPy 1.10 mannwhitneyu: U = 46.5 of 63, with ties") {
    const Roc found = roc(counted({0.81, 0.74, 0.74, 0.66, 0.52, 0.9, 0.33}),
                          counted({0.74, 0.5, 0.41, 0.66, 0.2, 0.12, 0.58, 0.81, 0.33}));
    CHECK(found.area == doctest::Approx(46.5 / 63).epsilon(1e-15));
    CHECK(found.standard_error == doctest::Approx(0.1315815731330744).epsilon(1e-12));
}

TEST_CASE("validation: the curve by hand, through ties and without points on straight ways") {
    const Roc found = roc(counted({0.9, 0.8, 0.5}), counted({0.5, 0.4, 0.3}));
    REQUIRE(found.points.size() == 4);
    CHECK(std::isinf(found.points[0].cut));
    CHECK(found.points[0].hits == 0);
    CHECK(found.points[1].cut == 0.8); // 0.9 is on the way up
    CHECK(found.points[1].hits == doctest::Approx(2.0 / 3));
    CHECK(found.points[1].false_alarms == 0);
    CHECK(found.points[2].cut == 0.5); // one of each
    CHECK(found.points[2].hits == 1);
    CHECK(found.points[2].false_alarms == doctest::Approx(1.0 / 3));
    CHECK(found.points[3].cut == 0.3);
    CHECK(found.points[3].false_alarms == 1);
    CHECK(found.area == doctest::Approx(8.5 / 9));
}

TEST_CASE("validation: perfect, reversed, all equal") {
    CHECK(roc(counted({0.9}), counted({0.1, 0.2})).area == 1);
    CHECK(roc(counted({0.9}), counted({0.1, 0.2})).standard_error == 0);
    CHECK(roc(counted({0.1}), counted({0.9, 0.2})).area == 0);
    CHECK(roc(counted({0.5, 0.5}), counted({0.5})).area == 0.5);
    CHECK(roc(counted({0.5, 0.5}), counted({0.5})).points.size() == 2);
}

TEST_CASE("validation: the area is what all pairs say, and the one under the curve") {
    std::mt19937 numbers(5);
    for (int round = 0; round < 200; ++round) {
        std::vector<CountedScore> good, others;
        for (unsigned i = 0; i < 1 + numbers() % 8; ++i)
            good.push_back({(numbers() % 10) / 10.0, 1 + static_cast<int>(numbers() % 3)});
        for (unsigned i = 0; i < 1 + numbers() % 8; ++i)
            others.push_back({(numbers() % 10) / 10.0, 1 + static_cast<int>(numbers() % 3)});
        double won = 0, pairs = 0;
        for (const CountedScore& g : good)
            for (const CountedScore& o : others) {
                const auto weight = static_cast<double>(g.count * o.count);
                won += weight * (g.score > o.score ? 1 : g.score == o.score ? 0.5 : 0);
                pairs += weight;
            }
        const Roc found = roc(good, others);
        CHECK(found.area == doctest::Approx(won / pairs).epsilon(1e-12));
        CHECK(area_under(found.points) == doctest::Approx(found.area).epsilon(1e-12));
        CHECK(found.points.back().hits == 1);
        CHECK(found.points.back().false_alarms == 1);
    }
}

TEST_CASE("validation: nothing to tell apart is said") {
    CHECK_THROWS_WITH_AS(roc({}, counted({0.5})), "nothing to tell apart: no good one has a score", zonerank::Error);
    CHECK_THROWS_WITH_AS(roc(counted({0.5}), {}), "nothing to tell apart: none of the others has a score",
                         zonerank::Error);
}

TEST_CASE("validation: the share of scores below") {
    const std::vector<CountedScore> scores{{0.2, 3}, {0.5, 2}, {0.9, 5}};
    CHECK(share_below(0.5, scores) == doctest::Approx(0.4));
    CHECK(share_below(0.1, scores) == 0);
    CHECK(share_below(1, scores) == 1);
    CHECK(std::isnan(share_below(1, {})));
}

TEST_CASE("validation: a histogram is near the scores, and merges") {
    ScoreHistogram first, second;
    for (const float score : {0.0F, 0.25F, 1.0F})
        first.add(score);
    second.add(0.25F);
    ScoreHistogram filed;
    tests::hand_over(second, filed);
    tests::hand_over(first, filed);
    first.add(second);
    CHECK((tests::put_by(filed) == tests::put_by(first)));
    CHECK(first.total() == 4);
    const std::vector<CountedScore> bins = first.counted();
    REQUIRE(bins.size() == 3);
    CHECK(bins[1].count == 2);
    CHECK(bins[1].score == doctest::Approx(0.25).epsilon(0.0001));
    CHECK(bins[1].score == ScoreHistogram::middle(0.25));
    CHECK(bins[2].score < 1);
}
