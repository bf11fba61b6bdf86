// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/distance_points.hpp"

#include "tests/support/methods.hpp"

#include <cmath>

using namespace zonerank;
using namespace zonerank::engine;
using tests::check_near;
using tests::input_of;

TEST_CASE("CODAS: robots, Keshavarz Ghorabaee et al. 2016") {
    const auto input = input_of({{60, 0.4, 2540, 500, 990},
                                 {6.35, 0.15, 1016, 3000, 1041},
                                 {6.8, 0.1, 1727.2, 1500, 1676},
                                 {10, 0.2, 1000, 2000, 965},
                                 {2.5, 0.1, 560, 500, 915},
                                 {4.5, 0.08, 1016, 350, 508},
                                 {3, 0.1, 1778, 1000, 920}},
                                {0.036, 0.192, 0.326, 0.326, 0.12}, {1, -1, 1, 1, 1});
    check_near(codas(input, 0.02).figures,
               {0.512176491, 1.463300035, 1.07153259, -0.212467998, -1.851520552, -1.17167677, 0.188656204}, 1e-5);
}

TEST_CASE("CODAS: suppliers, Badi et al. 2017") {
    const auto input = input_of({{45, 3600, 45, 0.9},
                                 {25, 3800, 60, 0.8},
                                 {23, 3100, 35, 0.9},
                                 {14, 3400, 50, 0.7},
                                 {15, 3300, 40, 0.8},
                                 {28, 3000, 30, 0.6}},
                                {0.2857, 0.3036, 0.2321, 0.1786}, {1, -1, 1, 1});
    check_near(codas(input, 0.02).figures, {1.3914, 0.3411, -0.2170, -0.5381, -0.7292, -0.2481}, 1e-4);
}

TEST_CASE("CODAS in n log n is that of all pairs") {
    tests::Random random(5);
    std::vector<std::vector<double>> rows;
    for (int i = 0; i < 60; ++i)
        rows.push_back({random.in(0, 4), std::floor(random.in(1, 6)), random.in(0, 9)});
    const auto input = input_of(rows, {0.5, 0.3, 0.2}, {1, -1, 1});
    for (const double threshold : {0.0, 0.02, 0.1, 1.0}) {
        const Outcome outcome = codas(input, threshold);
        const auto &e = outcome.more[0].values, &t = outcome.more[1].values;
        std::vector<double> expected(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i)
            for (std::size_t k = 0; k < rows.size(); ++k)
                expected[i] += e[i] - e[k] + (std::abs(e[i] - e[k]) >= threshold ? t[i] - t[k] : 0);
        check_near(outcome.figures, expected, 1e-10);
    }
}

TEST_CASE("MARCOS: stackers, Ulutas et al. 2020") {
    const auto input = input_of({{660, 1000, 1600, 18, 1200},
                                 {800, 1000, 1600, 24, 900},
                                 {980, 1000, 2500, 24, 900},
                                 {920, 1500, 1600, 24, 900},
                                 {1380, 1500, 1500, 24, 1150},
                                 {1230, 1000, 1600, 24, 1150},
                                 {680, 1500, 1600, 18, 1100},
                                 {960, 2000, 1600, 12, 1150}},
                                {0.1061, 0.3476, 0.3330, 0.1185, 0.0949}, {-1, 1, 1, 1, 1});
    check_near(marcos(input).figures, {0.5649, 0.5543, 0.6410, 0.6174, 0.6016, 0.5453, 0.6282, 0.6543}, 2e-4);
}

TEST_CASE("shares of nothing: a clear line, and 0 where all are 0") {
    for (const auto& rank :
         {+[](const MethodInput& i) { return codas(i, 0.02); }, +[](const MethodInput& i) { return marcos(i); }}) {
        CHECK_THROWS_WITH(rank(input_of({{1}, {0}}, {1}, {-1})),
                          "it divides by measurements, and 'a' of 'B' is 0, of which less is better; use `of: values`");
        CHECK_THROWS_WITH(rank(input_of({{-1}, {2}}, {1}, {1})),
                          "it divides by measurements, and 'a' of 'A' is negative; use `of: values`");
        check_near(rank(input_of({{0}, {0}}, {1}, {1})).figures, {0, 0}, 0);
        CHECK(rank(input_of({{0, 1}}, {0.5, 0.5}, {1, 1})).ranks == std::vector{1});
        CHECK(rank(input_of({{0, 1}, {0, 1}}, {0.5, 0.5}, {1, 1})).ranks == std::vector{1, 1});
    }
}
