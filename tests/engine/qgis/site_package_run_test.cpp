// SPDX-License-Identifier: Apache-2.0
#include "engine/qgis/site_package.hpp"

#include "tests/support/folder.hpp"
#include "tests/support/run.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace zonerank;
using namespace zonerank::engine;

TEST_CASE("site_package: a run leaves one, the same for any tiles and threads") {
    const tests::StudyFolder folder;
    const auto prepared = folder.ready(tests::small_study(folder));
    const RunResult result = tests::run_in(folder, *prepared);
    CHECK(std::ranges::find(result.outputs, "sites.gpkg") != result.outputs.end());
    const std::string first = tests::read_file(folder.path("out/sites.gpkg"));
    CHECK(first.starts_with("SQLite format 3"));
    RunOptions options;
    options.tile = 5;
    options.threads = 1;
    const auto again = folder.ready(tests::small_study(folder));
    tests::run_in(folder, *again, options);
    CHECK(tests::read_file(folder.path("out/sites.gpkg")) == first);
}
