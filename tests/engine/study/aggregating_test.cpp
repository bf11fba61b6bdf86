// SPDX-License-Identifier: Apache-2.0
#include "engine/study/aggregating.hpp"

#include "engine/model/model.hpp"
#include "tests/support/study.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <functional>
#include <random>

using namespace zonerank;
using doctest::Approx;
using tests::StudyFolder;

namespace {

constexpr int side = 12;
const double gap = std::nan("");
using Row = std::vector<double>;

/// Maps of three measurements from 0 to 100 m, of which every ninth is missing.
class Land {
public:
    Land() {
        std::mt19937 random(8);
        for (std::size_t layer = 0; layer < 3; ++layer) {
            for (int c = 0; c < side * side; ++c)
                m_maps[layer].push_back(random() % 9 == 0 ? std::nanf("") : static_cast<float>(random() % 101));
            m_folder.raster(fmt::format("m{}.tif", layer), side, m_maps[layer]);
        }
    }

    /// A theme of the three with these weights; `more`: of the theme.
    std::string text(const std::string& aggregate, const Row& weights, const std::string& missing = "leave out") const {
        std::string study = "study: S\n" + tests::square_area(side) + aggregate + "\nlayers:\n";
        for (int layer = 0; layer < 3; ++layer)
            study += fmt::format("  m{0}: {{source: m{0}.tif, unit: m}}\n", layer);
        study += "criteria:\n  land:\n";
        for (std::size_t layer = 0; layer < weights.size(); ++layer)
            study += fmt::format("    c{0}: {{weight: {1}, missing: {2}, measure: {{sample: {{of: m{0}}}}}, value: "
                                 "{{linear: {{worst: 0 m, best: 100 m}}}}}}\n",
                                 layer, weights[layer], missing);
        return study;
    }

    /// How many cells' scores are not near what `expected` gives for their known values and weights.
    int wrong(const std::string& aggregate, const Row& weights,
              const std::function<double(const Row&, const Row&)>& expected) const {
        const auto prepared = m_folder.ready(text(aggregate, weights) + "known: 0 %\n");
        const engine::Evaluation found = prepared->model->evaluate(prepared->model->grid().window());
        int count = 0;
        for (std::size_t c = 0; c < side * side; ++c) {
            Row values, counted;
            for (std::size_t layer = 0; layer < weights.size(); ++layer)
                if (!std::isnan(m_maps[layer][c]) && weights[layer] > 0) {
                    values.push_back(m_maps[layer][c] / 100);
                    counted.push_back(weights[layer]);
                }
            const double score = found.score.values()[c], wanted = values.empty() ? gap : expected(values, counted);
            count += !(std::isnan(wanted) ? std::isnan(score) : std::abs(score - wanted) < 1e-6);
        }
        return count;
    }

    std::string complaints(const std::string& study) const {
        return tests::text_of(m_folder.prepared(study)->problems);
    }
    std::string complaints_of_one(const std::string& study, const std::string& criterion) const {
        return tests::text_of(m_folder.prepared(study, 1, engine::Asked{.criterion = criterion})->problems);
    }
    std::unique_ptr<engine::Prepared> ready(const std::string& study) const { return m_folder.ready(study); }

private:
    StudyFolder m_folder;
    std::array<std::vector<float>, 3> m_maps;
};

double total(const Row& row) {
    return std::accumulate(row.begin(), row.end(), 0.0);
}

double weighted(const Row& values, const Row& weights) {
    double sum = 0;
    for (std::size_t m = 0; m < values.size(); ++m)
        sum += values[m] * weights[m];
    return sum / total(weights);
}

double product(const Row& values, const Row& weights) {
    double all = 1;
    for (std::size_t m = 0; m < values.size(); ++m)
        all *= std::pow(values[m], weights[m] / total(weights));
    return all;
}

double root_of_squares(const Row& values, const Row& weights, double from) {
    double sum = 0;
    for (std::size_t m = 0; m < values.size(); ++m)
        sum += std::pow(weights[m] * (values[m] - from), 2);
    return std::sqrt(sum);
}

/// Q(r) = r^2, and the best first.
double cautious(const Row& values, const Row& weights) {
    std::vector<std::pair<double, double>> best;
    for (std::size_t m = 0; m < values.size(); ++m)
        best.emplace_back(values[m], weights[m] / total(weights));
    std::ranges::sort(best, std::greater());
    double passed = 0, sum = 0;
    for (const auto& [value, share] : best) {
        sum += value * ((passed + share) * (passed + share) - passed * passed);
        passed += share;
    }
    return sum;
}

} // namespace

TEST_CASE("aggregated maps: as a plain computation has them, gaps, weights of 0 and single criteria too") {
    const Land land;
    for (const Row& weights : {Row{5, 3, 2}, {1, 0, 4}, {7}}) {
        CAPTURE(weights.size());
        CHECK(land.wrong("aggregate: weighted sum", weights, weighted) == 0);
        CHECK(land.wrong("aggregate: weighted product", weights, product) == 0);
        CHECK(land.wrong("aggregate: {waspas: {lambda: 0.3}}", weights,
                         [](const Row& v, const Row& w) { return 0.3 * weighted(v, w) + 0.7 * product(v, w); }) == 0);
        for (const char* least : {"minimum", "fuzzy and", "owa: {risk: 0}", "owa quantifier: {risk: 0}"})
            CHECK(land.wrong(fmt::format("aggregate: {{{}}}", least), weights,
                             [](const Row& v, const Row&) { return *std::ranges::min_element(v); }) == 0);
        for (const char* greatest : {"maximum", "fuzzy or", "owa: {risk: 1}", "owa terrset: {risk: 1}"})
            CHECK(land.wrong(fmt::format("aggregate: {{{}}}", greatest), weights,
                             [](const Row& v, const Row&) { return *std::ranges::max_element(v); }) == 0);
        CHECK(land.wrong("aggregate: {owa quantifier: {risk: 1/3}}", weights, cautious) == 0);
        CHECK(land.wrong("aggregate: topsis", weights, [](const Row& v, const Row& w) {
            const double best = root_of_squares(v, w, 1), worst = root_of_squares(v, w, 0);
            return worst / (worst + best);
        }) == 0);
        CHECK(land.wrong("aggregate: {compromise: {p: 2}}", weights, [](const Row& v, const Row& w) {
            return 1 - root_of_squares(v, w, 1) / root_of_squares(Row(w.size(), 0), w, 1);
        }) == 0);
    }
}

TEST_CASE("aggregated maps: ideal and anti-ideal in the criterion's units") {
    const Land land;
    const auto held = [](double value) { return std::clamp(value, 0.1, 0.8); };
    CHECK(land.wrong("aggregate: {compromise: {p: 1, ideal: {c0: 80 m}, anti-ideal: {c0: 0.01 km}}}", {1},
                     [&](const Row& v, const Row&) { return (held(v[0]) - 0.1) / 0.7; }) == 0);
    CHECK(land.complaints(land.text("aggregate: {topsis: {ideal: {c0: 20 min}}}", {1, 1})) ==
          "aggregate: ideal: c0: expected a length (m, km, cm), found '20 min'");
    CHECK(land.complaints(land.text("aggregate: {topsis: {ideal: {c0: 20 m}, anti-ideal: {c0: 30 m}}}", {1, 1})) ==
          "aggregate: c0: the ideal, of value 0.2, must be better than the anti-ideal, of value 0.3");
    CHECK(land.complaints(land.text("aggregate: {topsis: {ideal: {d0: 20 m}}}", {1, 1})) ==
          "aggregate: ideal: unknown member 'd0'; did you mean 'c0'?");
    CHECK(land.complaints(land.text("aggregate: {topsis: {ideal: {land: 2}}}", {1, 1})) ==
          "aggregate: ideal: land: a theme's value is from 0 to 1, found '2'");
}

TEST_CASE("order weights are those of a theme, and fit it") {
    const Land land;
    CHECK(land.wrong("aggregate: {owa: {order weights: [2, 1]}}", {1, 1}, [](const Row& v, const Row&) {
        return v.size() == 1 ? v[0] : (2 * std::min(v[0], v[1]) + std::max(v[0], v[1])) / 3;
    }) == 0);
    CHECK(land.complaints(land.text("aggregate: {owa: {order weights: [2, 1]}}", {1, 1, 1})) ==
          "aggregate: order weights: 2 given, and there are 3 members to order (c0, c1, c2); give each theme an "
          "`aggregate` of its own");
    const std::string second =
        "  more:\n    d: {measure: {sample: {of: m0}}, value: {linear: {worst: 0 m, best: 9 m}}}\n";
    CHECK(land.complaints(land.text("aggregate: {owa: {order weights: [2]}}", {1, 1, 1}) + second) ==
          "aggregate: order weights: 1 given, and there are 3 members to order (c0, c1, c2); give each theme an "
          "`aggregate` of its own"); // once, and not for the themes as well
    CHECK(land.complaints(land.text("aggregate: {owa: {order wieghts: [2, 1]}}", {1, 1})) ==
          "aggregate: unknown parameter 'order wieghts'; did you mean 'order weights'?");
    CHECK(land.complaints(land.text("aggregate: {owa: {order weights: [2, x]}}", {1, 1}))
              .starts_with("aggregate: order weights: "));
    CHECK(land.ready(land.text("aggregate: {owa: {risk: 0.3}}", {1, 1}))->decision.aggregation.summary.find("ORness") !=
          std::string::npos);
}

TEST_CASE("one criterion measured alone is not asked what the aggregation says of the others") {
    const Land land;
    CHECK(land.complaints_of_one(land.text("aggregate: {topsis: {ideal: {c0: 80 m}}}", {1, 1}), "c1").empty());
    CHECK(land.complaints_of_one(land.text("aggregate: {owa: {order weights: [2, 1]}}", {1, 1}), "c1").empty());
}

TEST_CASE("a value may be left out only where fewer values are as good") {
    const Land land;
    CHECK(land.complaints(land.text("aggregate: fuzzy product", {1})) ==
          "criterion 'c0': missing: leave out does not go with fuzzy product, by which fewer values give a higher or "
          "lower score");
    const auto assumed = land.ready(land.text("aggregate: fuzzy sum", {1, 1}, "worst"));
    const engine::Evaluation found = assumed->model->evaluate(assumed->model->grid().window());
    for (std::size_t c = 0; c < found.score.values().size(); ++c) {
        const double a = found.values[0].values()[c], b = found.values[1].values()[c];
        CHECK(found.score.values()[c] == Approx(a + b - a * b).epsilon(1e-6));
    }
}

TEST_CASE("members: a point goes through the value function, where that goes by measurements") {
    engine::Criterion criterion{.name = "power"};
    criterion.unit = layers::unit_called("m");
    const auto valued = [&](const char* kind, const char* body) {
        criterion.value_kind = &layers::find(engine::value_functions(), "value function", kind);
        criterion.value_params = tests::params(*criterion.value_kind, body, criterion.unit);
        return engine::as_member(criterion);
    };
    CHECK(valued("linear", "{best: 0 km, worst: 20 km}").value("5 km") == 0.75);
    CHECK_THROWS_WITH(valued("stretch", "").value("5 km"),
                      "stretch depends on the map's own range, so no measurement has a value of its own");
    CHECK_THROWS_WITH(valued("categories", "{10: 1}").value("10"),
                      "its value goes by classes; an ideal is a measurement");
    CHECK(engine::as_member(engine::Theme{.name = "labor"}).value("0.25") == 0.25);
}
