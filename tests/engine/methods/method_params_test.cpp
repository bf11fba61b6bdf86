// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/method_params.hpp"

#include "tests/support/methods.hpp"

using namespace zonerank;
using namespace zonerank::engine;

namespace {

const std::vector<MatrixCriterion> criteria{
    {"power", layers::unit_called("km")}, {"port", layers::unit_called("min")}, {"rank", {}}};

layers::Params promethee(const std::string& body) {
    return tests::params(layers::find(ranking_methods(), "method", "promethee"), body);
}

} // namespace

TEST_CASE("one for all criteria, or one for each") {
    CHECK(read_each(promethee("{preference: linear}"), "preference", criteria)[2] == "linear");
    const auto each = read_each(promethee("{preference: {port: level, other: usual}}"), "preference", criteria);
    CHECK(each[0] == "usual");
    CHECK(each[1] == "level");
    CHECK_FALSE(read_each(promethee("{preference: {port: level}}"), "preference", criteria)[0]);
    CHECK_THROWS_WITH(read_each(promethee("{preference: {prot: level}}"), "preference", criteria),
                      "preference: unknown criterion 'prot'; did you mean 'port'?");
}

TEST_CASE("differences are in the criterion's unit, of values plain") {
    const auto q =
        read_differences(promethee("{threshold: {power: 1.5 km, port: 2 h}}"), "threshold", criteria, Of::measurements);
    CHECK(*q[0] == 1500);
    CHECK(*q[1] == 120);
    CHECK_FALSE(q[2]);
    CHECK(*read_differences(promethee("{threshold: 0.2}"), "threshold", criteria, Of::values)[0] == 0.2);
    CHECK_THROWS_AS(read_differences(promethee("{threshold: 20 min}"), "threshold", criteria, Of::measurements), Error);
    CHECK_THROWS_AS(read_differences(promethee("{threshold: 1 km}"), "threshold", criteria, Of::values), Error);
}

TEST_CASE("parameters are stated as they are used, defaults and all") {
    const auto texts = stated(promethee("{threshold: {power: 1 km, other: 3}, preference: linear}"));
    using Pair = std::pair<std::string, std::string>;
    CHECK(texts ==
          std::vector<Pair>{{"of", "measurements"}, {"preference", "linear"}, {"threshold", "power: 1 km, other: 3"}});
    CHECK(read_of(promethee("{of: values}")) == Of::values);
}

TEST_CASE("what is known by criterion comes in the order of the input") {
    MethodInput input{.criteria = {"c", "a"}};
    CHECK(in_order_of<int>(input, {{"a", 1}, {"b", 2}, {"c", 3}}) == std::vector{3, 1});
}
