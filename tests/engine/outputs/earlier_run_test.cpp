// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/earlier_run.hpp"

#include "engine/text/sha256.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include <sys/stat.h>

using namespace zonerank;
using namespace zonerank::engine;
using tests::read_file;
using tests::write_file;
namespace fs = std::filesystem;

TEST_CASE("earlier_run: a manifest of ours lists what was written") {
    const tests::Folder folder;
    CHECK_FALSE(files_of_run(folder.path()));
    write_file(
        folder / "manifest.json",
        R"({"program": "zonerank", "version": "0.1", "outputs": {"a.tif": {"sha256": "12"}, "b/c.tif": {"sha256": "34", "bytes": 5}, "odd": 7}})");
    CHECK(files_of_run(folder.path()) == WrittenFiles{{"a.tif", "12"}, {"b/c.tif", "34"}});
}

TEST_CASE("earlier_run: what is no manifest of ours is none") {
    const tests::Folder folder;
    for (const std::string text : {"", "{", "[]", "null", "\"zonerank\"", "{}", R"({"program": "other"})",
                                   R"({"program": 7})", R"({"programs": "zonerank"})"}) {
        CAPTURE(text);
        write_file(folder / "manifest.json", text);
        CHECK_FALSE(files_of_run(folder.path()));
    }
    for (const std::string outputs : {"7", "[]", "null", "\"x\"", "[{\"sha256\": 5}]"}) {
        CAPTURE(outputs);
        write_file(folder / "manifest.json", R"({"program": "zonerank", "outputs": )" + outputs + "}");
        REQUIRE(files_of_run(folder.path()));
        CHECK(files_of_run(folder.path())->empty());
    }
    write_file(folder / "manifest.json", std::string(1'000'000, '['));
    CHECK_FALSE(files_of_run(folder.path()));
    fs::remove(folder / "manifest.json");
    fs::create_directory(folder / "manifest.json");
    CHECK_FALSE(files_of_run(folder.path()));
}

TEST_CASE("earlier_run: the user's files come along, ours do not") {
    const tests::Folder from, to;
    fs::create_directories(from / "criteria" / "mine");
    fs::create_directory(from / "empty");
    for (const char* ours : {"manifest.json", "ranking.csv", "map.tif", "criteria/road.tif"})
        write_file(from / ours, "ours");
    for (const char* users :
         {"notes.txt", "criteria/mine/photo.jpg", "map.tif.aux.xml", "mine.tif.aux.xml", "report.html"})
        write_file(from / users, users);
    fs::create_symlink("/nowhere/at/all", from / "link");
    write_file(to / "report.html", "new");
    write_file(to / "ranking.csv", "new");
    write_file(from / "ranking.csv", "changed");

    const WrittenFiles written{
        {"ranking.csv", sha256("ours")}, {"map.tif", sha256("ours")}, {"criteria/road.tif", sha256("ours")}};
    CHECK(carry_over(from.path(), written, to.path()) ==
          std::vector<std::string>{"criteria/mine/photo.jpg", "empty", "link", "map.tif.aux.yours.xml",
                                   "mine.tif.aux.xml", "notes.txt", "ranking.yours.csv", "report.yours.html"});
    CHECK(read_file(to / "notes.txt") == "notes.txt");
    CHECK(read_file(to / "criteria/mine/photo.jpg") == "criteria/mine/photo.jpg");
    CHECK(read_file(to / "map.tif.aux.yours.xml") == "map.tif.aux.xml");
    CHECK(read_file(to / "ranking.csv") == "new");
    CHECK(read_file(to / "ranking.yours.csv") == "changed");
    CHECK(read_file(to / "report.html") == "new");
    CHECK(read_file(to / "report.yours.html") == "report.html");
    CHECK(fs::read_symlink(to / "link") == "/nowhere/at/all");
    CHECK_FALSE(fs::exists(to / "manifest.json"));
    CHECK_FALSE(fs::exists(to / "map.tif"));
    CHECK_FALSE(fs::exists(to / "criteria/road.tif"));
    CHECK(read_file(from / "ranking.csv") == "changed"); // the old folder is as it was
}

TEST_CASE("earlier_run: names with .yours are kept, and never taken twice") {
    const tests::Folder first, second, third;
    const WrittenFiles written{{"a.csv", sha256("ours")}};
    write_file(first / "a.csv", "mine 1");
    write_file(second / "a.csv", "mine 2");
    CHECK(carry_over(first.path(), written, second.path()) == std::vector<std::string>{"a.yours.csv"});
    CHECK(carry_over(second.path(), written, third.path()) == std::vector<std::string>{"a.yours-2.csv", "a.yours.csv"});
    CHECK(read_file(third / "a.yours.csv") == "mine 1");
    CHECK(read_file(third / "a.yours-2.csv") == "mine 2");
}

TEST_CASE("earlier_run: a folder of the user's where a result lies now is an error, not a loss") {
    const tests::Folder from, to;
    fs::create_directory(from / "report.html");
    write_file(from / "report.html" / "page", "mine");
    write_file(to / "report.html", "new");
    CHECK_THROWS_WITH_AS(carry_over(from.path(), {}, to.path()), doctest::Contains("can't be carried over"), Error);
    CHECK(read_file(from / "report.html/page") == "mine");
}
