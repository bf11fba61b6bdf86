// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/script_folder.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;
using namespace zonerank::tests;

namespace fs = std::filesystem;

TEST_CASE("leave_scripts: what an earlier plan had goes, what is another's stays") {
    const Folder folder;
    const fs::path here = folder / "a" / "b";
    leave_scripts(here, {{"run.sh", "zonerank=1", true},
                         {"facts.json", "zonerank"},
                         {"lists/score.0000", "score-1"},
                         {"lists/score.0001", "score-2"}});
    for (const char* name : {"mine.json", "lists/score.old", "due"})
        write_file(here / name, "mine");
    leave_scripts(here, {{"run.sh", "zonerank=2", true}, {"lists/score.0000", "score-3"}});
    CHECK(read_file(here / "run.sh") == "zonerank=2");
    CHECK((fs::status(here / "run.sh").permissions() & fs::perms::owner_exec) != fs::perms::none);
    CHECK(read_file(here / "lists" / "score.0000") == "score-3");
    CHECK(!fs::exists(here / "lists" / "score.0001"));
    CHECK(!fs::exists(here / "facts.json"));
    for (const char* name : {"mine.json", "lists/score.old", "due"})
        CHECK(read_file(here / name) == "mine");
}

TEST_CASE("leave_scripts: a script of another's is not written over, nor anything beside it") {
    const Folder folder;
    write_file(folder / "run.sh", "make world");
    CHECK_THROWS_WITH_AS(
        leave_scripts(folder.path(), {{"due.sh", "zonerank"}, {"run.sh", "zonerank"}}),
        ((folder / "run.sh").string() + ": is there, and not by zonerank; name another folder (-o)").c_str(), Error);
    CHECK(read_file(folder / "run.sh") == "make world");
    CHECK(!fs::exists(folder / "due.sh"));
}
