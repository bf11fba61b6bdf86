// SPDX-License-Identifier: Apache-2.0
#include "engine/model/file_states.hpp"

#include "engine/model/changed.hpp"
#include "tests/support/folder.hpp"

#include <cpl_vsi.h>
#include <doctest/doctest.h>

#include <chrono>

using namespace zonerank;
using namespace zonerank::tests;
namespace fs = std::filesystem;

static fs::path written(const Folder& folder, const char* name, const std::string& text) {
    write_file(folder / name, text);
    return folder / name;
}

TEST_CASE("a file that is what it was passes, another does not") {
    const Folder folder;
    const fs::path file = written(folder, "roads.csv", "1,2");
    engine::FileStates states;
    states.check(file); // nothing is known of it
    states.note(file);
    states.check(file);
    const fs::file_time_type then = fs::last_write_time(file);

    written(folder, "roads.csv", "1,23");
    fs::last_write_time(file, then);
    const std::string told = file.string() + ": has changed while the study was running; run it again";
    CHECK_THROWS_WITH_AS(states.check(file), told.c_str(), engine::Changed); // another size
    written(folder, "roads.csv", "3,4");
    fs::last_write_time(file, then);
    states.check(folder.path() / "." / "roads.csv"); // the same size and time: nothing tells them apart
    fs::last_write_time(file, then + std::chrono::microseconds(1));
    states.note(file); // known already: what was first counts
    CHECK_THROWS_AS(states.check(file), engine::Changed);
    fs::remove(file); // or the disk that it is on: nobody knows
    try {
        states.check(file);
        FAIL("it was told unchanged");
    } catch (const engine::Changed&) {
        FAIL("it was told changed");
    } catch (const Error& error) {
        CHECK(error.what() == file.string() + ": can't be read any more");
    }
}

TEST_CASE("another file of the same size and time is another") {
    const Folder folder;
    const fs::path file = written(folder, "roads.csv", "1,2"), other = written(folder, "other.csv", "2,1");
    engine::FileStates states;
    states.note(file);
    fs::last_write_time(other, fs::last_write_time(file));
    fs::rename(other, file);
    CHECK_THROWS_AS(states.check(file), Error);
}

TEST_CASE("times ahead of the clock are times as others") {
    const Folder folder;
    const fs::path file = written(folder, "roads.csv", "1,2");
    fs::last_write_time(file, fs::last_write_time(file) + std::chrono::hours(24 * 365));
    engine::FileStates states;
    states.note(file);
    states.check(file);
}

TEST_CASE("what is behind GDAL's names is watched, too") {
    const std::string name = "/vsimem/zonerank-file-states.txt";
    const auto write = [&](const std::string& text) {
        VSILFILE* file = VSIFOpenL(name.c_str(), "wb");
        REQUIRE(file);
        CHECK(VSIFWriteL(text.data(), 1, text.size(), file) == text.size());
        VSIFCloseL(file);
    };
    write("one");
    engine::FileStates states;
    states.note(name);
    states.check(name);
    write("three");
    CHECK_THROWS_WITH_AS(states.check(name), doctest::Contains((name + ": has changed").c_str()), Error);
    VSIUnlink(name.c_str());
    CHECK_THROWS_AS(states.check(name), Error);
}

TEST_CASE("what is in an archive is what the archive is") {
    const Folder folder;
    const fs::path archive = written(folder, "data.zip", "PK one");
    for (const std::string& name :
         {"/vsizip/" + archive.string() + "/roads.shp", "NETCDF:" + archive.string() + ":mm"}) {
        engine::FileStates states;
        states.note_with_companions(name);
        states.check_all();
        written(folder, "data.zip", name);
        CHECK_THROWS_WITH_AS(states.check_all(), doctest::Contains((name + ": has changed").c_str()), Error);
    }
}

TEST_CASE("what is read beside a file counts, and so does what comes beside it; what is no file is left out") {
    const Folder folder;
    const fs::path file = written(folder, "roads.shp", "1"), part = written(folder, "roads.dbf", "2"),
                   other = written(folder, "roads.log", "3");
    const auto states = [&](auto&&... change) {
        engine::FileStates noted;
        noted.note_with_companions(file);
        noted.note_with_companions("/vsicurl/https://example.org/x.tif");
        noted.note(folder.path());
        (change(), ...);
        noted.check_all();
    };
    states();
    states([&] { fs::resize_file(other, 5); });
    states([&] { written(folder, "roads.shp.aux.xml", "statistics that QGIS leaves"); });
    CHECK_THROWS_WITH_AS(states([&] { fs::resize_file(part, 5); }), doctest::Contains("roads.dbf: has changed"),
                         engine::Changed);
    CHECK_THROWS_WITH_AS(states([&] { written(folder, "roads.cpg", "UTF-8"); }),
                         doctest::Contains("roads.cpg: has changed"), engine::Changed);
    CHECK_THROWS_AS(states([&] { fs::remove(folder / "roads.cpg"); }), Error);
}

TEST_CASE("the text of states is the same for those who see the same") {
    const Folder folder;
    const fs::path file = written(folder, "roads.csv", "1,2");
    const auto text = [&] {
        engine::FileStates states;
        states.note_with_companions(file);
        return states.text();
    };
    const std::string before = text();
    CHECK(before == text());
    written(folder, "roads.csv", "1,23");
    CHECK(before != text());
}

TEST_CASE("a table that can't be asked for is left out, for who reads it to tell") {
    engine::FileStates states;
    states.note_table("PG:host=/nowhere dbname=gis", "roads", {});
    CHECK_FALSE(states.of_table("PG:host=/nowhere dbname=gis", "roads"));
    states.check_all();
}
