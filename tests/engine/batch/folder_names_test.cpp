// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/folder_names.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank;

/// What is wrong with runs in these folders; nothing when all is well.
static std::string told(const std::vector<std::string>& folders) {
    engine::FolderNames names("rename one");
    try {
        for (const std::string& folder : folders)
            names.take(folder, "'" + folder + "'");
        return "";
    } catch (const Error& error) {
        return error.what();
    }
}

TEST_CASE("a folder's name is one that no run in the making has") {
    CHECK(engine::folder_of("North/East") == "North_East");
    CHECK(engine::folder_of(".hidden") == "_hidden");
    CHECK(engine::folder_of(std::string(200, 'x')).size() == 200);
    CHECK_THROWS_WITH_AS(engine::folder_of(std::string(201, 'x')), doctest::Contains("longer than 200 bytes"), Error);
}

TEST_CASE("two runs have two folders, in either case of letters") {
    CHECK(told({"a", "b", "a b", "a.pla"}).empty());
    CHECK(told({"North", "b", "NORTH"}) == "'NORTH' and 'North' would have one folder, NORTH; rename one");
}

TEST_CASE("no run's folder is the plan of another, in whichever order") {
    CHECK(told({"x", "X.plan"}) == "'X.plan' and 'x' would have one folder, X.plan; rename one");
    CHECK(told({"x.plan", "x"}) == "'x' and 'x.plan' would have one folder, x.plan; rename one");
}

TEST_CASE("none is a file of the batch") {
    CHECK(told({"a", "Ranking.CSV"}) == "'Ranking.CSV' and the batch's own files would have one folder, Ranking.CSV; "
                                        "rename one");
}
