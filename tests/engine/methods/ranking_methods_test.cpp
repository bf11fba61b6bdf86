// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/ranking_methods.hpp"

#include "engine/decision/properties.hpp"
#include "tests/support/methods.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace zonerank;
using namespace zonerank::engine;
using tests::input_of;
using tests::method_of;
using Rows = std::vector<std::vector<double>>;

namespace {

constexpr std::size_t columns = 3;

bool has(const RankingMethodKind& kind, std::string_view property) {
    return std::ranges::find(kind.properties, property) != kind.properties.end();
}

/// A small matrix that every method can work on: shares above 0, some equal, more is better.
struct Trial {
    Rows rows;
    std::vector<double> weights;

    explicit Trial(tests::Random& random) {
        const int n = 2 + random.below(5);
        for (int i = 0; i < n; ++i)
            rows.push_back(row(random));
        double sum = 0;
        for (std::size_t j = 0; j < columns; ++j)
            sum += weights.emplace_back(0.1 + random.in(0, 1));
        for (double& weight : weights)
            weight /= sum;
    }

    static std::vector<double> row(tests::Random& random) {
        std::vector<double> entries;
        for (std::size_t j = 0; j < columns; ++j)
            entries.push_back((1 + random.below(20)) / 20.0);
        return entries;
    }
};

Outcome ranked(const RankingMethodKind& kind, const Rows& rows, const std::vector<double>& weights) {
    static std::map<std::string, Method> methods;
    const auto [method, made] = methods.try_emplace(std::string(kind.name));
    if (made)
        method->second = method_of(kind.name, "", columns);
    return method->second.rank(input_of(rows, weights, {1, 1, 1}));
}

/// What a random search finds a method to break.
struct Broken {
    bool monotone = false, independent = false, idempotent = false, bounded = false;
};

void try_monotone(const RankingMethodKind& kind, tests::Random& random, const Trial& trial, Broken& broken) {
    Rows better = trial.rows;
    double& entry = better.front()[static_cast<std::size_t>(random.below(columns))];
    entry = std::min(1.0, entry + random.in(0, 0.5));
    broken.monotone |=
        ranked(kind, better, trial.weights).ranks.front() > ranked(kind, trial.rows, trial.weights).ranks.front();
}

/// Whether a further site turns the order of two others.
bool turned(const std::vector<int>& before, const std::vector<int>& after) {
    for (std::size_t a = 0; a < before.size(); ++a)
        for (std::size_t b = 0; b < before.size(); ++b)
            if (before[a] < before[b] && after[a] > after[b])
                return true;
    return false;
}

void try_independent(const RankingMethodKind& kind, tests::Random& random, const Trial& trial, Broken& broken) {
    Rows more = trial.rows;
    more.push_back(Trial::row(random));
    broken.independent |=
        turned(ranked(kind, trial.rows, trial.weights).ranks, ranked(kind, more, trial.weights).ranks);
}

void try_mean(const RankingMethodKind& kind, const Trial& trial, Broken& broken) {
    const std::vector<double> figures = ranked(kind, trial.rows, trial.weights).figures;
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const auto [least, most] = std::ranges::minmax(trial.rows[i]);
        broken.bounded |= figures[i] < least - 1e-12 || figures[i] > most + 1e-12;
    }
    const Rows same{std::vector<double>(columns, 0.3), std::vector<double>(columns, 0.7)};
    const std::vector<double> of_same = ranked(kind, same, trial.weights).figures;
    broken.idempotent |= std::abs(of_same[0] - 0.3) > 1e-12 || std::abs(of_same[1] - 0.7) > 1e-12;
}

/// Searches on while a property that the row doesn't state is not seen to be broken.
Broken broken(const RankingMethodKind& kind) {
    tests::Random random(61);
    Broken result;
    const auto seen = [&] {
        return result.monotone == !has(kind, property::monotone) &&
               result.independent == !has(kind, property::independent);
    };
    for (int trial = 0; trial < 2000 || (trial < 60000 && !seen()); ++trial) {
        const Trial one(random);
        try_monotone(kind, random, one, result);
        try_independent(kind, random, one, result);
        try_mean(kind, one, result);
    }
    return result;
}

} // namespace

TEST_CASE("methods have exactly the properties that their rows state: for the others there is a counter-example") {
    for (const RankingMethodKind& kind : ranking_methods()) {
        const Broken of = broken(kind);
        CAPTURE(kind.name);
        CHECK(has(kind, property::monotone) == !of.monotone);
        CHECK(has(kind, property::independent) == !of.independent);
        CHECK(has(kind, property::idempotent) == !of.idempotent);
        CHECK(has(kind, property::bounded) == !of.bounded);
    }
}

TEST_CASE("permuting sites or criteria changes no rank") {
    tests::Random random(62);
    for (const RankingMethodKind& kind : ranking_methods())
        for (int trial = 0; trial < 200; ++trial) {
            const Trial one(random);
            const std::vector<int> ranks = ranked(kind, one.rows, one.weights).ranks;
            const Rows turned(one.rows.rbegin(), one.rows.rend());
            const std::vector<int> of_turned = ranked(kind, turned, one.weights).ranks;
            CAPTURE(kind.name);
            CHECK(std::equal(ranks.begin(), ranks.end(), of_turned.rbegin()));
            Rows rolled = one.rows;
            for (std::vector<double>& row : rolled)
                std::ranges::rotate(row, row.begin() + 1);
            std::vector<double> weights = one.weights;
            std::ranges::rotate(weights, weights.begin() + 1);
            CHECK(ranked(kind, rolled, weights).ranks == ranks);
        }
}

TEST_CASE("rank reversal: a further site, itself last, turns the order of the first two") {
    tests::Random random(63);
    for (const char* method : {"topsis", "vikor", "promethee", "codas", "marcos", "electre 2"}) {
        bool found = false;
        const auto& kind = layers::find(ranking_methods(), "method", method);
        for (int trial = 0; trial < 20000 && !found; ++trial) {
            const Trial one(random);
            Rows more = one.rows;
            more.push_back(Trial::row(random));
            const std::vector<int> before = ranked(kind, one.rows, one.weights).ranks,
                                   after = ranked(kind, more, one.weights).ranks;
            const int last =
                static_cast<int>(std::ranges::count_if(after, [&](int r) { return r < after.back(); })) + 1;
            found = last == static_cast<int>(more.size()) && turned(before, after);
        }
        CAPTURE(method);
        CHECK(found);
    }
}

TEST_CASE("no method makes a NaN of one site, of equals, or of nothing but 0") {
    for (const RankingMethodKind& kind : ranking_methods())
        for (const Rows& rows :
             {Rows{{0.2, 0.4, 0}}, Rows{{0, 0, 0}, {0, 0, 0}}, Rows{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}}) {
            const Outcome outcome = ranked(kind, rows, {0.5, 0.25, 0.25});
            CAPTURE(kind.name);
            CHECK(std::ranges::all_of(outcome.figures, [](double x) { return std::isfinite(x); }));
            CHECK(std::ranges::all_of(outcome.ranks, [](int rank) { return rank == 1; }));
            for (const SiteFigures& more : outcome.more)
                CHECK(std::ranges::all_of(more.values, [](double x) { return std::isfinite(x); }));
            for (const PairFigures& pairs : outcome.pairs)
                CHECK(std::ranges::all_of(pairs.values, [](double x) { return std::isfinite(x); }));
        }
}

TEST_CASE("parameters that contradict each other, or are none, are told in one line") {
    struct Row {
        const char *method, *body, *text;
    };
    for (const Row& row :
         {Row{"vikor", "{v: 2}", "v: expected a number from 0 to 1, found 2"},
          {"promethee", "{preference: liner}",
           "preference: unknown preference function 'liner'; did you mean 'linear'?"},
          {"promethee", "{preference: linear}",
           "indifference: 'a' has none, which its preference function linear needs"},
          {"promethee", "{preference: linear, indifference: 2, threshold: 1}",
           "threshold: 'a' has 1, which must be above its indifference 2 (base units)"},
          {"promethee", "{preference: gaussian, spread: {a: 1, other: 0}}", "spread: 'b' has 0; it must be above"},
          {"promethee", "{threshold: {aa: 1}}", "threshold: unknown criterion 'aa'; did you mean 'a'?"},
          {"promethee", "{threshold: {a: -1}}", "threshold: a: expected 0 or more, found '-1'"},
          {"electre 2", "{weak: 0.9}", "strong, middle and weak must not rise, found 0.65, 0.5, 0.9"},
          {"electre 2", "{wide: 0.1}", "strict: 0.35 must not be above wide, 0.1"},
          {"electre 3", "{indifference: 2, threshold: 1}",
           "threshold: 'a' has 1, which must not be below its indifference 2 (base units)"},
          {"electre 3", "{threshold: 1, veto: {b: 1}}",
           "veto: 'b' has 1, which must be above its threshold 1 (base units)"}})
        CHECK_THROWS_WITH(method_of(row.method, row.body, 3), row.text);
}

TEST_CASE("preferences go with their criterion, though others have no weight") {
    const Method method = method_of("promethee", "{preference: {b: v-shape, other: usual}, threshold: {b: 10}}", 3);
    MethodInput input = input_of({{1, 5}, {2, 0}}, {0.5, 0.5}, {1, 1});
    input.criteria = {"a", "b"};
    tests::check_near(method.rank(input).figures, {-0.5 + 0.25, 0.5 - 0.25}, 1e-12);
    input.criteria = {"b", "c"};
    tests::check_near(method.rank(input).figures, {-0.05 + 0.5, 0.05 - 0.5}, 1e-12);
}
