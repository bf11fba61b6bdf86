// SPDX-License-Identifier: Apache-2.0
#include "layers/similarity.hpp"

#include "layers/accessibility.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank;
using layers::Field;
using layers::Similarity;

namespace {

const std::string rows = "similarity: {textiles: {garments: 0.9, leather: 0.2, other: 0.1}, "
                         "leather goods: {leather: 1, garments: 0.5, other: 0}}";

Similarity similarity(const std::string& more) {
    layers::Problems problems;
    const layers::MeasureKind kind = layers::gravity_measure();
    const layers::Params params(
        tests::yaml("{of: clusters, decay: {exponential: {half: 9 km}}, limit: 9 km" + more + "}"), kind.parameters, {},
        kind.name, problems);
    REQUIRE(problems.ok());
    return Similarity(params);
}

std::string said(const std::string& more, const std::vector<Field>& industries = {}) {
    try {
        layers::FeatureSet set;
        for (const Field& industry : industries)
            set.features.push_back({.fields = {industry}});
        similarity(more).check("clusters", set, 0);
    } catch (const Error& e) {
        return e.what();
    }
    return "";
}

const Field garments = std::string("garments"), leather = std::string("leather"), marble = std::string("marble");

} // namespace

TEST_CASE("the mean, over the zone's industries, of what a feature's is to each") {
    const Similarity both = similarity(", by: sector, " + rows);
    CHECK(both.field() == "sector");
    CHECK(both.of(garments) == doctest::Approx((0.9 + 0.5) / 2));
    CHECK(both.of(leather) == doctest::Approx((0.2 + 1) / 2));
    CHECK(both.of(marble) == doctest::Approx(0.05));
    CHECK(both.of(Field{}) == doctest::Approx(0.05)); // null is other, too
    const Similarity one = similarity(", by: sector, industries: textiles, " + rows);
    CHECK(one.of(garments) == 0.9);
    CHECK(one.of(marble) == 0.1);
    CHECK(similarity(", by: sector, industries: [leather goods, textiles], " + rows).of(leather) ==
          doctest::Approx(0.6));
}

TEST_CASE("codes of industries, and ranges of them") {
    const Similarity codes = similarity(", by: isic, similarity: {13: {13..15: 1, other: 0.25}}");
    CHECK(codes.of(Field{std::int64_t{14}}) == 1);
    CHECK(codes.of(Field{std::string("15")}) == 1);
    CHECK(codes.of(Field{std::int64_t{23}}) == 0.25);
}

TEST_CASE("without a field all counts whole") {
    const Similarity none = similarity("");
    CHECK(none.field().empty());
    CHECK(none.of(garments) == 1);
}

TEST_CASE("what doesn't fit is told") {
    CHECK(said(", " + rows) == "by: which field tells each feature's industry?");
    CHECK(said(", by: sector").starts_with("similarity: how much do features count by 'sector'?"));
    CHECK(said(", by: sector, similarity: {textiles: {garments: 1.5}}") ==
          "similarity: textiles: 1.5 is not a share; what counts is from 0 to 1");
    CHECK(said(", by: sector, industries: [textile], " + rows) ==
          "industries: unknown row of `similarity` 'textile'; did you mean 'textiles'?");
    CHECK(said(", by: sector, industries: [textiles, textiles], " + rows) == "industries: 'textiles' is named twice");
}

TEST_CASE("an industry of which nothing is said, and a slip") {
    const std::string closed = ", by: sector, similarity: {textiles: {garments: 1, leather: 0}}";
    CHECK(said(closed, {garments, leather}).empty());
    CHECK(said(closed, {garments, marble, marble}) ==
          "layer 'clusters': sector: similarity: textiles: nothing is said of 'marble' (2 features); give it a share, "
          "or `other`");
    CHECK(said(closed, {Field{std::string("garment")}}) ==
          "layer 'clusters': sector: similarity: textiles: nothing is said of 'garment' (1 feature); give it a share, "
          "or `other`; did you mean 'garments'?");
    CHECK(said(closed, {Field{}}).find("nothing is said of null (1 feature)") != std::string::npos);
    const std::string open = ", by: sector, similarity: {textiles: {garmets: 1, other: 0}}";
    CHECK(said(open, {garments, leather}) ==
          "layer 'clusters': sector: similarity: textiles: no feature has 'garmets'; did you mean 'garments'?");
    CHECK(said(open, {leather, marble}).empty()); // a class that doesn't occur
}
