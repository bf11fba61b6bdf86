// SPDX-License-Identifier: Apache-2.0
#include "engine/study/compare.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

const std::vector<MatrixCriterion> criteria{{"power", layers::unit_called("km")}, {"port", layers::unit_called("min")}};

std::vector<Contestant> made(const std::string& text, layers::Problems& problems) {
    const CompareSpec spec = read_compare(tests::yaml(text), problems);
    return contestants(spec, criteria, problems);
}

std::string complaints(const std::string& text) {
    layers::Problems problems;
    made(text, problems);
    return tests::text_of(problems);
}

} // namespace

TEST_CASE("compare is a list, all, or a mapping of both") {
    layers::Problems problems;
    const auto listed = made("[weighted sum, {topsis: {normalisation: minmax}, label: near the best}]", problems);
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].label == "weighted sum");
    CHECK(listed[1].label == "near the best");
    CHECK(listed[1].kind->name == "topsis");
    CHECK(made("all", problems).size() == ranking_methods().size());
    CHECK(made("{}", problems).size() == 5);
    CHECK(made("all", problems)[3].method.of == Of::values); // not listed: what works on any study
    CHECK(made("{}", problems)[3].method.of == Of::values);
    CHECK(made("{of: measurements}", problems)[3].method.of == Of::measurements);
    CHECK(made("{methods: all}", problems).size() == ranking_methods().size());
    CHECK(tests::text_of(problems) == "");
}

TEST_CASE("what all work on goes to those that don't say it") {
    layers::Problems problems;
    const auto of = made("{methods: [vikor, weighted sum, {topsis: {of: measurements}}], of: values}", problems);
    REQUIRE(of.size() == 3);
    CHECK(of[0].method.of == Of::values);
    CHECK(of[1].method.of == Of::values);
    CHECK(of[2].method.of == Of::measurements);
    CHECK(made("[vikor]", problems)[0].method.of == Of::measurements);
    CHECK(tests::text_of(problems) == "");
}

TEST_CASE("thresholds are in the criterion's unit") {
    CHECK(complaints("[{promethee: {preference: linear, indifference: {power: 1 km, port: 0}, threshold: {power: 5 km, "
                     "port: 2 h}}}]") == "");
    CHECK(complaints("[{promethee: {preference: v-shape, threshold: {power: 5 min, port: 2 h}}}]")
              .starts_with("compare: promethee: threshold: power: expected a length"));
}

TEST_CASE("what is wrong is one line") {
    CHECK(complaints("[vikr]") == "compare: unknown method 'vikr'; did you mean 'vikor'?");
    CHECK(complaints("[vikor, vikor]") == "compare: there are two 'vikor'; give one of them another `label`");
    CHECK(complaints("[]") == "compare: methods: expected all, or a list such as [vikor, {topsis: {normalisation: "
                              "minmax}}], found an empty list");
    CHECK(complaints("some").ends_with("found 'some'"));
    CHECK(complaints("{methods: [topsis, vikor], of: scores}") ==
          "compare: of: unknown choice 'scores'; there is measurements, values");
    CHECK(complaints("{method: all}") == "compare: unknown key 'method'; did you mean 'methods'?");
    CHECK(complaints("[{vikor: {w: 1}}]").starts_with("compare: vikor: unknown parameter 'w'"));
    CHECK(complaints("[{vikor: {v: 3}}]") == "compare: vikor: v: expected a number from 0 to 1, found 3");
    CHECK(complaints("{of: value}").find("did you mean 'values'?") != std::string::npos);
}
