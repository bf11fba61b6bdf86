// SPDX-License-Identifier: Apache-2.0
#include "engine/text/checked_json.hpp"

#include "rasters/core/whole_file.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/without.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::engine;
using Json = nlohmann::ordered_json;

TEST_CASE("a file of our own is read, another is refused") {
    const tests::Folder folder;
    const auto file = folder / "x.json";
    CHECK_THROWS_WITH_AS(read_own_json(file, 1, "a plan"), "no such file", Error);
    tests::write_file(file, R"({"program": "zonerank", "x": 1})");
    CHECK(read_own_json(file, 1, "a plan")["x"] == 1);
    for (const char* other : {"", "[1", "[]", R"({"program": "other"})"}) {
        tests::write_file(file, other);
        CHECK_THROWS_WITH_AS(read_own_json(file, 1, "a plan"), "not a plan", Error);
    }
    {
        const tests::WithoutDescriptors none;
        CHECK_THROWS_WITH_AS(read_own_json(file, 1, "a plan"), doctest::Contains("can't be read: Too many open files"),
                             rasters::Unreadable);
    }
    tests::write_file(file, std::string(100, '[') + std::string(100, ']'));
    CHECK_THROWS_WITH_AS(read_own_json(file, 1, "a plan"), "more than 64 levels deep", Error);
    tests::write_file(file, std::string((1 << 20) + 1, ' '));
    CHECK_THROWS_WITH_AS(read_own_json(file, 1, "a plan"), "larger than 1 MiB", Error);
}

TEST_CASE("members are of the shape that is asked for, or told by name") {
    const Json json =
        Json::parse(R"({"text": "a", "flag": true, "number": 1.5, "count": 3, "list": [1], "object": {"b": 2},
        "sum": ")" + std::string(64, '0') +
                    R"("})");
    CHECK(text_member(json, "text") == "a");
    CHECK(text_member(json, "none").empty());
    CHECK(flag_member(json, "flag"));
    CHECK_FALSE(flag_member(json, "none"));
    CHECK(number_member(json, "number") == 1.5);
    CHECK(std::isnan(number_member(json, "none")));
    CHECK(count_member(json, "count") == 3);
    CHECK(list_member(json, "list").size() == 1);
    CHECK(object_member(json, "object").size() == 1);
    CHECK(object_member(json, "none").empty());
    CHECK(sha256_member(json, "x", "sum") == std::string(64, '0'));
    CHECK_THROWS_WITH_AS(text_member(json, "none", true), "'none' is not a text", Error);
    CHECK_THROWS_WITH_AS(text_member(json, "flag"), "'flag' is not a text", Error);
    CHECK_THROWS_WITH_AS(flag_member(json, "text"), "'text' is not true or false", Error);
    CHECK_THROWS_WITH_AS(number_member(json, "text"), "'text' is not a number", Error);
    CHECK_THROWS_WITH_AS(count_member(json, "number"), "'number' is not a whole number", Error);
    CHECK_THROWS_WITH_AS(list_member(json, "object"), "'object' is not a list", Error);
    CHECK_THROWS_WITH_AS(object_member(json, "list"), "'list' is not an object", Error);
    CHECK_THROWS_WITH_AS(sha256_member(json, "x", "text"), "'x' has no SHA-256", Error);
}
