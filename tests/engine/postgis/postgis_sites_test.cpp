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
    const Ranking ranking = tests::small_ranking();
    const Territory territory;
    const SiteTable sites = table_of(ranking, territory, "run");
    const std::string before = said([&] { check_target(sites, Columns::all, target); });
    CHECK(before.starts_with("database 'zones': connection to server"));
    const std::string after = said([&] { write_sites_to_postgis(sites, target); });
    CHECK(after == before + "; nothing was changed in the database");
}

TEST_CASE("postgis_sites: who is stopped on the way to a database is told what there is") {
    {
        const OnTheWay on_the_way("/out");
        CHECK(rasters::kept_words() ==
              "/out is complete, but its sites may be missing in the database: the same command writes them");
    }
    CHECK(rasters::kept_words().empty());
}
