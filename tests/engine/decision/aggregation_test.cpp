// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/aggregation.hpp"

#include "engine/decision/properties.hpp"
#include "rasters/core/simd.hpp"
#include "tests/support/aggregations.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>

using namespace zonerank;
using doctest::Approx;
using engine::Aggregation;
using tests::Row;
namespace property = engine::property;

namespace {

const double gap = std::nan("");

using Cells = std::vector<std::vector<float>>;

std::vector<float> fold(const Aggregation& aggregation, const Cells& rows, const Row& weights, std::size_t begin,
                        std::size_t count) {
    std::vector<std::span<const float>> members;
    for (std::size_t m = 0; m < rows.size(); ++m) // what does not count need not be there
        members.push_back(weights[m] > 0 ? std::span(rows[m]).subspan(begin, count) : std::span<const float>());
    std::vector<float> score(count + 1, -1.0F);
    aggregation.fold(members, weights, std::span(score).first(count));
    CHECK(score.back() == -1); // nothing is written past the end
    score.pop_back();
    return score;
}

// Values in 0 .. 1 with whole zeros and ones and equal ones among them; every sixth is missing if `gaps`.
Cells random_cells(std::size_t members, std::size_t cells, bool gaps) {
    std::mt19937 random(5);
    Cells rows(members, std::vector<float>(cells));
    for (auto& row : rows)
        for (float& value : row) {
            value = static_cast<float>(random() % 101) / 100.0F;
            if (gaps && random() % 6 == 0)
                value = std::nanf("");
        }
    return rows;
}

Row cell(const Cells& rows, std::size_t c) {
    Row values;
    for (const auto& row : rows)
        values.push_back(row[c]);
    return values;
}

bool same_bits(float a, float b) {
    return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

std::size_t differing(const Aggregation& aggregation, const Cells& rows, const Row& weights, std::size_t begin) {
    const std::size_t count = rows[0].size() - begin;
    const auto score = fold(aggregation, rows, weights, begin, count);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < count; ++i)
        wrong += !same_bits(score[i], static_cast<float>(aggregation.fold_one(cell(rows, begin + i), weights)));
    return wrong;
}

void on_each_simd(const std::function<void()>& check) {
    const rasters::Simd best = rasters::simd();
    for (const rasters::Simd level : {rasters::Simd::baseline, rasters::Simd::avx2, rasters::Simd::avx512})
        if (level <= best) {
            rasters::limit_simd(level);
            check();
        }
    rasters::limit_simd(best);
}

/// Calls `check` with each sample, and random rows and weights for it.
void at_random(const std::function<void(const tests::Sample&, const Aggregation&, const Row&, const Row&)>& check) {
    std::mt19937 random(17);
    for (const std::size_t members : {1, 2, 3, 6})
        for (const tests::Sample& sample : tests::samples(members)) {
            const std::string sampled = sample.name + " " + sample.body;
            CAPTURE(sampled);
            const Aggregation aggregation = tests::aggregation(sample.name, sample.body, members);
            for (int i = 0; i < 400; ++i)
                check(sample, aggregation, tests::random_row(random, members), tests::random_weights(random, members));
        }
}

bool states(const tests::Sample& sample, std::string_view word) {
    const auto& properties = tests::kind_of(sample.name).properties;
    return std::ranges::find(properties, word) != properties.end();
}

} // namespace

TEST_CASE("aggregation: every row has a source and properties, and is sampled here") {
    for (const auto& kind : engine::aggregations()) {
        CAPTURE(kind.name);
        CHECK_FALSE(kind.source.empty());
        CHECK_FALSE(kind.properties.empty());
        CHECK(std::ranges::count(tests::samples(3), kind.name, &tests::Sample::name) > 0);
    }
    CHECK(engine::aggregations().size() == 16);
}

TEST_CASE("aggregation: contributions of the weighted sum alone; gaps where fewer values are as good") {
    for (const tests::Sample& sample : tests::samples(3)) {
        CAPTURE(sample.name + sample.body);
        const Aggregation made = tests::aggregation(sample.name, sample.body, 3);
        const bool no_mean = sample.name == "fuzzy product" || sample.name == "fuzzy sum" ||
                             sample.name == "fuzzy gamma" ||
                             (sample.name == "t-norm" && sample.body.find("zadeh") == std::string::npos);
        CHECK(made.additive == (sample.name == "weighted sum"));
        CHECK(made.allows_gaps == !no_mean);
    }
}

TEST_CASE("aggregation: runs of cells agree with single ones to the bit, wherever they start, on every SIMD") {
    const Row weights{0.3, 2, 0, 0.7, 0.1};
    for (const bool gaps : {false, true}) {
        const Cells rows = random_cells(5, 2100, gaps);
        for (const tests::Sample& sample : tests::samples(5)) {
            CAPTURE(sample.name + sample.body);
            const Aggregation aggregation = tests::aggregation(sample.name, sample.body, 5);
            on_each_simd([&] {
                for (const std::size_t begin : {0, 1, 1023, 2099})
                    CHECK(differing(aggregation, rows, weights, begin) == 0);
            });
        }
    }
}

TEST_CASE("aggregation: a gap counts as little as a weight of 0, and nothing known is unknown") {
    at_random([](const tests::Sample&, const Aggregation& aggregation, const Row& row, const Row& weights) {
        const double without = aggregation.fold_one(row, weights);
        Row holed = row;
        for (std::size_t m = 0; m < row.size(); ++m)
            holed[m] = weights[m] > 0 ? row[m] : gap;
        CHECK(without == aggregation.fold_one(holed, weights));
        CHECK((without >= 0 && without <= 1 + 1e-14));
        CHECK(std::isnan(aggregation.fold_one(Row(row.size(), gap), weights)));
    });
}

TEST_CASE("aggregation: weights that are all on unknown data leave the cell unknown, in runs as alone") {
    for (const tests::Sample& sample : tests::samples(2)) {
        CAPTURE(sample.name + sample.body);
        const Aggregation aggregation = tests::aggregation(sample.name, sample.body, 2);
        CHECK(std::isnan(aggregation.fold_one(Row{gap, 0.5}, Row{1, 0})));
        const auto scores = fold(aggregation, {{std::nanf(""), 0.5F}, {0.5F, 0.5F}}, {1, 0}, 0, 2);
        CHECK(std::isnan(scores[0]));
        CHECK_FALSE(std::isnan(scores[1]));
    }
}

TEST_CASE("aggregation: without a value the others' weights count as they would alone") {
    std::mt19937 random(3);
    for (const tests::Sample& sample : tests::samples(3)) {
        if (sample.body.find("order") != std::string::npos || sample.body.find("risk: 0.3") != std::string::npos)
            continue; // three places' weights, read off for two: see owa_test
        CAPTURE(sample.name + sample.body);
        const Aggregation three = tests::aggregation(sample.name, sample.body, 3);
        const Aggregation two = tests::aggregation(sample.name, sample.body, 2);
        for (int i = 0; i < 200; ++i) {
            const Row row = tests::random_row(random, 2);
            CHECK(three.fold_one(Row{row[0], row[1], gap}, Row{2, 5, 4}) ==
                  Approx(two.fold_one(row, Row{2, 5})).epsilon(1e-13));
        }
    }
}

TEST_CASE("aggregation: one member alone is its value") {
    for (const tests::Sample& sample : tests::samples(1)) {
        if (sample.body.find("ideal") != std::string::npos)
            continue; // other points have other values
        CAPTURE(sample.name + sample.body);
        for (const double value : {0.0, 0.25, 0.7, 1.0})
            CHECK(tests::aggregation(sample.name, sample.body, 1).fold_one(Row{value}, Row{0.3}) ==
                  Approx(value).epsilon(1e-14));
    }
}

TEST_CASE("aggregation: neither the scale of the weights nor the members' order says anything") {
    at_random([](const tests::Sample& sample, const Aggregation& aggregation, const Row& row, const Row& weights) {
        const double score = aggregation.fold_one(row, weights);
        Row scaled = weights;
        for (double& weight : scaled)
            weight *= 12.5;
        CHECK(aggregation.fold_one(row, scaled) == Approx(score).epsilon(1e-13));
        if (sample.body.find("ideal") != std::string::npos)
            return; // a point belongs to its member
        const Row mirrored(row.rbegin(), row.rend()), with(weights.rbegin(), weights.rend());
        CHECK(std::abs(aggregation.fold_one(mirrored, with) - score) <= 1e-14);
    });
}

TEST_CASE("aggregation: a row keeps what it states, whatever values and weights it is given") {
    at_random([](const tests::Sample& sample, const Aggregation& aggregation, const Row& row, const Row& weights) {
        const double score = aggregation.fold_one(row, weights);
        double least = 1, greatest = 0;
        for (std::size_t m = 0; m < row.size(); ++m)
            if (weights[m] > 0) {
                least = std::min(least, row[m]);
                greatest = std::max(greatest, row[m]);
            }
        if (states(sample, property::bounded))
            CHECK((score >= least - 1e-14 && score <= greatest + 1e-14));
        if (states(sample, property::idempotent))
            CHECK(aggregation.fold_one(Row(row.size(), row[0]), weights) == Approx(row[0]).epsilon(1e-13));
        for (std::size_t m = 0; m < row.size() && states(sample, property::monotone); ++m) {
            Row better = row;
            better[m] += (1 - better[m]) / 3;
            CHECK(aggregation.fold_one(better, weights) >= score - 1e-13);
        }
    });
}

TEST_CASE("aggregation: what the order of places gives and takes away makes a better value harm") {
    // b passes c: the heavier b hands the heavier place on to the lighter c.
    for (const std::string name : {"owa", "owa terrset"}) {
        const Aggregation owa = tests::aggregation(name, "{order weights: [0.1, 0.8, 0.1]}", 3);
        const Row weights{0.2, 0.6, 0.2};
        CHECK(owa.fold_one(Row{0, 0.51, 0.5}, weights) < owa.fold_one(Row{0, 0.49, 0.5}, weights));
        CHECK_FALSE(states({name, ""}, property::monotone));
    }
    CHECK(states({"owa quantifier", ""}, property::monotone));
}

TEST_CASE("aggregation: rows that are no means give other values to equal ones, beyond them") {
    struct Example {
        tests::Sample sample;
        double score;
    };
    for (const Example& example : {
             Example{{"fuzzy product", ""}, 0.25},
             {{"fuzzy sum", ""}, 0.75},
             {{"fuzzy gamma", "{gamma: 0}"}, 0.25},
             {{"t-norm", "{family: lukasiewicz}"}, 0},
             {{"topsis", "{ideal: {a: 0.5, b: 0.5}}"}, 1},
             {{"compromise", "{ideal: {a: 0.5, b: 0.5}}"}, 1},
         }) {
        CAPTURE(example.sample.name);
        CHECK(tests::aggregation(example.sample.name, example.sample.body, 2).fold_one(Row{0.5, 0.5}, Row{1, 1}) ==
              Approx(example.score));
        CHECK_FALSE(states(example.sample, property::idempotent));
        CHECK_FALSE(states(example.sample, property::bounded));
    }
}

TEST_CASE("aggregation: between their fixed ends distances are idempotent and bounded") {
    std::mt19937 random(9);
    for (const auto& [name, body] : {tests::Sample{"topsis", ""}, {"compromise", ""}, {"compromise", "{p: inf}"}})
        for (int i = 0; i < 300; ++i) {
            const Row row = tests::random_row(random, 4), weights = tests::random_weights(random, 4);
            const Aggregation made = tests::aggregation(name, body, 4);
            CHECK(made.fold_one(Row(4, row[0]), weights) == Approx(row[0]).epsilon(1e-13));
            const double score = made.fold_one(row, weights);
            CHECK(score >= *std::ranges::min_element(row) - 1e-14);
            CHECK(score <= *std::ranges::max_element(row) + 1e-14);
        }
}

TEST_CASE("aggregation: no cell depends on another") {
    const Cells rows = random_cells(4, 900, true);
    const Row weights{1, 2, 3, 4};
    for (const tests::Sample& sample : tests::samples(4)) {
        CAPTURE(sample.name + sample.body);
        CHECK(states(sample, property::independent));
        const Aggregation aggregation = tests::aggregation(sample.name, sample.body, 4);
        const auto all = fold(aggregation, rows, weights, 0, 900), some = fold(aggregation, rows, weights, 300, 17);
        for (std::size_t i = 0; i < some.size(); ++i)
            CHECK(same_bits(some[i], all[300 + i]));
    }
}
