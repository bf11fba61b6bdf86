// SPDX-License-Identifier: Apache-2.0
#include "engine/analyses.hpp"

#include "tests/support/study.hpp"

#include <doctest/doctest.h>

TEST_CASE("analyses: none without sites") {
    const zonerank::tests::StudyFolder folder;
    folder.raster("hill.tif", 2, {1, 2, 3, 4});
    const auto p = folder.ready(zonerank::tests::square_area(2) +
                                "layers: {hill: {source: hill.tif, unit: m}}\n"
                                "criteria: {land: {hill: {measure: {sample: {of: hill}}, value: {linear: {worst: 0 "
                                "m, best: 10 m}}}}}\n");
    CHECK(analyses(*p).empty());
}
