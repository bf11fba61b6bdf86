// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/run_server.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::served_path;

// What it answers to requests, tests/command_line/view_test.py has.
TEST_CASE("a listed file is found, and nothing that leads elsewhere") {
    const tests::Folder folder;
    std::filesystem::create_directory(folder / "run");
    tests::write_file(folder / "secret", "s");
    tests::write_file(folder / "run/a.csv", "1");
    tests::write_file(folder / "run/mine.txt", "1");
    std::filesystem::create_symlink(folder / "secret", folder / "run/link.csv");
    std::filesystem::create_directory_symlink(folder.path(), folder / "run/up");
    const std::set<std::string> files{"a.csv", "link.csv", "gone.csv", "../secret", "up/secret", ""};
    const auto run = folder / "run";
    CHECK(served_path(run, files, "a.csv").filename() == "a.csv");
    for (const char* name : {"mine.txt", "link.csv", "gone.csv", "../secret", "up/secret", "", "/etc/passwd"})
        CHECK_MESSAGE(served_path(run, files, name).empty(), name);
    CHECK_THROWS_AS(engine::served_files(run), Error);
}

TEST_CASE("types by the name's end, and only hosts of its own") {
    CHECK(engine::media_type("sites.geojson") == "application/geo+json");
    CHECK(engine::media_type("stability.json") == "application/json");
    CHECK(engine::media_type("study.qgz") == "application/octet-stream");
    CHECK(engine::is_own_host("127.0.0.1:80", 80));
    CHECK(engine::is_own_host("localhost:80", 80));
    for (const char* host : {"evil.example:80", "127.0.0.1:81", "127.0.0.1", "", "127.0.0.1:80.evil.example"})
        CHECK(!engine::is_own_host(host, 80));
}
