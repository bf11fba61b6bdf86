// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/results.hpp"

#include <doctest/doctest.h>

TEST_CASE("results: knows its files by their whole names") {
    const zonerank::engine::Prepared prepared;
    const zonerank::engine::Ranking ranking;
    const std::vector<std::string> files{"suitability.tif", "stability/stability.json"};
    const zonerank::engine::Results results{
        .prepared = prepared, .ranking = ranking, .folder = {}, .target = {}, .files = files};
    CHECK(results.has("stability/stability.json"));
    CHECK_FALSE(results.has("stability.json"));
}
