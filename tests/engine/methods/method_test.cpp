// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/method.hpp"

#include "tests/support/methods.hpp"

#include <algorithm>

using namespace zonerank;
using namespace zonerank::engine;

TEST_CASE("each method tells its variant, what it assumes and its parameters") {
    for (const RankingMethodKind& kind : ranking_methods()) {
        const Method method = tests::method_of(kind.name, "", 2);
        CAPTURE(kind.name);
        CHECK_FALSE(method.variant.empty());
        CHECK_FALSE(method.assumes.empty());
        CHECK_FALSE(kind.source.empty());
        for (const layers::Parameter& parameter : kind.parameters)
            if (!parameter.fallback.empty())
                CHECK(std::ranges::find(method.parameters, std::string(parameter.name),
                                        &std::pair<std::string, std::string>::first) != method.parameters.end());
    }
}

TEST_CASE("tables of pairs are kept of few sites alone") {
    for (const std::size_t n : {most_pairs_told, most_pairs_told + 1}) {
        MethodInput input{.criteria = {"a"}, .weights = {1}, .less = {false}};
        input.sites.resize(n);
        input.entries.resize(n);
        CHECK(tests::method_of("electre 1", "", 1).rank(input).pairs.empty() == (n > most_pairs_told));
        CHECK(tests::method_of("promethee", "", 1).rank(input).pairs.empty() == (n > most_pairs_told));
    }
}
