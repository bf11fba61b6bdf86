// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/feature_codes.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using layers::Feature;
using layers::FeatureCodes;
using layers::FeatureSet;
using layers::Field;

static FeatureSet features_with(const std::vector<Field>& fields) {
    FeatureSet set;
    for (const Field& field : fields)
        set.features.push_back({.fields = {field}});
    return set;
}

TEST_CASE("texts become their place in the alphabet, null none") {
    const FeatureCodes coded =
        layers::codes_of(features_with({"urban", {}, "rural", "urban", std::int64_t{7}}), "kinds");
    CHECK(coded.names == std::vector<std::string>{"7", "rural", "urban"});
    CHECK(coded.codes[0] == 2);
    CHECK(std::isnan(coded.codes[1]));
    CHECK(coded.codes[2] == 1);
    CHECK(coded.codes[3] == 2);
    CHECK(coded.codes[4] == 0);
}

TEST_CASE("whole numbers are their own codes, others none") {
    const FeatureCodes coded = layers::codes_of(features_with({std::int64_t{30}, {}, 10.0}), "kinds");
    CHECK(coded.names.empty());
    CHECK(coded.codes[0] == 30);
    CHECK(std::isnan(coded.codes[1]));
    CHECK(coded.codes[2] == 10);
    CHECK_THROWS_WITH_AS(layers::codes_of(features_with({2.5}), "kinds"),
                         "layer 'kinds': 2.5 is no class; whole numbers up to 16777216 or texts are", Error);
    CHECK_THROWS_AS(layers::codes_of(features_with({std::int64_t{20'000'000}}), "kinds"), Error);
}
