// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/ahp_weights.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;
using engine::Weighing;

namespace {

const std::vector<std::string> members{"power", "highway", "rail"};

Weighing weigh(const std::string& body, const std::vector<std::string>& of = members) {
    return engine::ahp_weights(tests::yaml(body), of);
}

std::string refusal(const std::string& body) {
    try {
        weigh(body);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

const engine::Detail& detail(const Weighing& weighing, std::string_view name) {
    const auto it = std::ranges::find(weighing.details, name, &engine::Detail::name);
    REQUIRE(it != weighing.details.end());
    return *it;
}

double number(const Weighing& weighing, std::string_view name) {
    return std::get<double>(detail(weighing, name).value);
}

// Geometric means of judgements and of priorities by geometric means are the same (Crawford and Williams 1985).
const std::string people = "{people: {Planner: {power vs highway: 2, highway vs rail: 3, power vs rail: 5}, Utility: "
                           "{power vs highway: 4, highway vs rail: 1/2, power vs rail: 3}}, method: geometric mean";

} // namespace

// Saaty 2008; numbers as in PhilipGriffith/AHPy, tests/test_ahp.py.
TEST_CASE("AHP weights: published case, drinks, with both random indices (Saaty 2008)") {
    const std::vector<std::string> drinks{"coffee", "wine", "tea", "beer", "soda", "milk", "water"};
    const Weighing weighing =
        weigh("{of: [coffee, wine, tea, beer, soda, milk, water], matrix: [[1, 9, 5, 2, 1, 1, 1/2], "
              "[~, 1, 1/3, 1/9, 1/9, 1/9, 1/9], [~, ~, 1, 1/3, 1/4, 1/3, 1/9], "
              "[~, ~, ~, 1, 1/2, 1, 1/3], [~, ~, ~, ~, 1, 2, 1/2], [~, ~, ~, ~, ~, 1, 1/3], "
              "[~, ~, ~, ~, ~, ~, 1]]}",
              drinks);
    CHECK(std::abs(number(weighing, "consistency ratio (Saaty 1980)") - 0.022) <= 0.001);
    CHECK(std::abs(number(weighing, "consistency ratio (Donegan and Dodd 1991)") - 0.0235) <= 0.001);
    CHECK(std::abs(weighing.weights[6] - 0.3268) <= 0.00005);
}

TEST_CASE("AHP weights: all three methods stand side by side, and the choice counts") {
    const std::string judgements = "power vs highway: 3, power vs rail: 3, highway vs rail: 2";
    const Weighing weighing = weigh("{" + judgements + "}");
    const auto& means = std::get<std::vector<double>>(detail(weighing, "column mean").value);
    CHECK(std::get<std::vector<double>>(detail(weighing, "eigenvector").value)[0] == weighing.weights[0]);
    const Weighing chosen = weigh("{" + judgements + ", method: column mean}");
    CHECK(chosen.weights[0] == means[0]);
    CHECK(chosen.summary == "AHP, mean of normalised columns, CR 0.05 (Saaty 1980)");
    CHECK(weigh("{" + judgements + ", method: geometric mean}").summary.starts_with("AHP, geometric mean of rows"));
}

TEST_CASE("AHP weights: the worst three and what would mend them, in words") {
    const Weighing weighing = weigh("{power vs highway: 2, highway vs rail: 3, power vs rail: 1/5}");
    CHECK(std::get<std::string>(detail(weighing, "worst three").value) ==
          "'power vs highway' 2, 'highway vs rail' 3, 'power vs rail' 1/5");
    CHECK(std::get<std::string>(detail(weighing, "what would mend it").value) ==
          "'highway vs power' 15 instead of 1/2 would make the ratio 0.00");
}

TEST_CASE("AHP weights: missing pairs are filled in, and a note says with what") {
    const Weighing weighing = weigh("{power vs highway: 2, rail vs highway: 6}");
    CHECK(weighing.weights[2] == doctest::Approx(6.0 / 9));
    REQUIRE(weighing.warnings.size() == 1);
    CHECK(weighing.warnings[0] ==
          "not judged, and filled in so that the rest contradicts itself least: 'rail vs power' 3");
    CHECK(weighing.summary == "AHP, principal eigenvector, CR 0.00 (Saaty 1980), least contradictory completion "
                              "(Bozoki et al. 2010)");
}

TEST_CASE("AHP weights: several people, by judgements and by priorities") {
    const Weighing together = weigh(people + "}"), apart = weigh(people + ", by: priorities}");
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(together.weights[i] == doctest::Approx(apart.weights[i]).epsilon(1e-12));
    const double raw[] = {std::cbrt(std::sqrt(8) * std::sqrt(15)), std::cbrt(std::sqrt(1.5) / std::sqrt(8)),
                          std::cbrt(1 / std::sqrt(15) / std::sqrt(1.5))};
    CHECK(together.weights[0] == doctest::Approx(raw[0] / (raw[0] + raw[1] + raw[2])).epsilon(1e-12));
    CHECK(
        together.summary.starts_with("AHP of 2 people, geometric mean of their judgements (Forman and Peniwati 1998)"));
    CHECK(apart.summary.find("geometric mean of their priorities") != std::string::npos);
    CHECK(std::get<std::vector<double>>(detail(apart, "Planner").value)[0] > 0.5);
    CHECK(number(apart, "Utility: share of the say") == 0.5);
    const Weighing odd = weigh("{people: {A: {power vs highway: 2, highway vs rail: 3, power vs rail: 6}, B: {power vs "
                               "highway: 2, highway vs rail: 3, power vs rail: 1/5}}, by: priorities}");
    REQUIRE(odd.warnings.size() == 1);
    CHECK(odd.warnings[0].starts_with("'B': consistency ratio 1.232 is above 0.10"));
}

TEST_CASE("AHP weights: who has all the say decides alone") {
    const Weighing alone = weigh("{power vs highway: 2, highway vs rail: 3, power vs rail: 5, method: geometric mean}");
    for (const char* by : {"judgements", "priorities"}) {
        const Weighing all = weigh(fmt::format("{}, importance: {{Planner: 1, Utility: 0}}, by: {}}}", people, by));
        for (std::size_t i = 0; i < 3; ++i)
            CHECK(all.weights[i] == doctest::Approx(alone.weights[i]).epsilon(1e-12));
    }
}

TEST_CASE("AHP weights: together people may judge what each alone does not") {
    const Weighing weighing = weigh("{people: {A: {power vs highway: 2}, B: {highway vs rail: 3}}}");
    CHECK(weighing.weights[0] == doctest::Approx(0.6));
    CHECK(refusal("{people: {A: {power vs highway: 2, highway vs rail: 3}, B: {}}}") ==
          "'people': 'B': expected judgements such as {power vs highway: 2}, found an empty mapping");
    CHECK(refusal("{people: {A: {power vs highway: 2}, B: {highway vs rail: 3}}, by: priorities}") ==
          "'A': no judgement joins 'power', 'highway' | 'rail'; give one between them, such as 'power vs rail'");
}

TEST_CASE("AHP weights: what can't be meant") {
    CHECK(refusal("{power vs highway: 2}") ==
          "no judgement joins 'power', 'highway' | 'rail'; give one between them, such as 'power vs rail'");
    CHECK(refusal("{power vs highway: 0, power vs rail: 1}").ends_with("a judgement must be above 0"));
    CHECK(refusal("{power vs highway: 2, power vs rail: 1, method: eigen}") ==
          "'method': unknown method 'eigen'; there is eigenvector, geometric mean, column mean");
    CHECK(refusal("{people: {A: {power vs highway: 2}}, power vs rail: 2}") ==
          "'power vs rail' does not go together with 'people'");
    CHECK(refusal("{people: {A: {power vs hihgway: 2}}}") ==
          "'people': 'A': unknown name 'hihgway'; did you mean 'highway'?");
    CHECK(refusal("{people: {A: {power vs highway: 2, highway vs power: 2}}}")
              .starts_with("'people': 'A': 'power vs highway' is 2, but 'highway vs power' is 2"));
    CHECK(refusal(people + ", by: votes}") == "'by': unknown way 'votes'; there is judgements, priorities");
    CHECK(refusal(people + ", importance: {Planner: 1}}") == "'importance': 'Utility' has no weight (0 leaves it out)");
    CHECK(refusal("{people: []}").starts_with("'people': expected judgements of each person"));
}
