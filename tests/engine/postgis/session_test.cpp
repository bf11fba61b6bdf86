// SPDX-License-Identifier: Apache-2.0
#include "engine/postgis/session.hpp"

#include "rasters/connection.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace zonerank;
using namespace zonerank::engine;

// What a server answers is tested with a real one: tests/app/postgis_test.py.

TEST_CASE("a session that finds no server says so in one line, without the password") {
    const tests::Folder folder;
    const std::string name =
        rasters::without_password("PG:dbname=zones user=anna password=hunter2 host=" + folder.path().string());
    try {
        const Session session(name);
        FAIL("there is no server");
    } catch (const Error& e) {
        const std::string text = e.what();
        CHECK(text.starts_with("database 'zones': connection to server"));
        CHECK(text.find('\n') == text.npos);
        CHECK(text.find("hunter2") == text.npos);
    }
}

TEST_CASE("identifiers are quoted, whatever stands in them") {
    CHECK(Session::identifier("sites") == "\"sites\"");
    CHECK(Session::identifier("a\"; DROP TABLE b; --") == "\"a\"\"; DROP TABLE b; --\"");
}
