// SPDX-License-Identifier: Apache-2.0
#include "engine/postgis/postgis_sites.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

using namespace zonerank;
using namespace zonerank::engine;

// What a server makes of it is tested with a real one: tests/app/postgis_test.py.

static std::string said(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& e) {
        return e.what();
    }
    return "nothing";
}

TEST_CASE("postgis_sites: without a server the target is refused, and nothing was changed") {
    const tests::Folder folder;
    const PostgisTarget target{.database = "PG:dbname=zones host=" + folder.path().string()};
    const std::string before = said([&] { check_target(target); });
    CHECK(before.starts_with("database 'zones': connection to server"));
    const std::string after = said([&] { write_sites_to_postgis(tests::small_ranking(), {}, "run", target); });
    CHECK(after == before + "; nothing was changed in the database");
}
