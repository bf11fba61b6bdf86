// SPDX-License-Identifier: Apache-2.0
#include "engine/records/verification.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/past_run.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::FileState;
namespace fs = std::filesystem;

static engine::Verification verified(const fs::path& folder) {
    const engine::PastRun run = engine::read_past_run(folder / "out");
    return engine::verify(run, engine::study_folder_of(run));
}

static FileState state_of(const engine::Verification& found, const std::string& path) {
    const auto file = std::ranges::find(found.files, path, &engine::CheckedFile::path);
    REQUIRE(file != found.files.end());
    return file->state;
}

TEST_CASE("verification: a run that nobody touched") {
    const tests::Folder folder;
    tests::write_small_run(folder.path(), tests::small_manifest());
    const engine::Verification found = verified(folder.path());
    CHECK(found.as_was());
    CHECK(found.files.size() == 3);
    CHECK(engine::verification_sentence(found) ==
          "The run is as it was: 2 outputs and 1 input have the same SHA-256 as in its manifest.");
}

TEST_CASE("verification: changed, missing, new, a link in a file's place") {
    const tests::Folder folder;
    tests::write_small_run(folder.path(), tests::small_manifest());
    tests::write_file(folder / "out" / "a.txt", "onf"); // as long as before
    fs::remove(folder / "data" / "roads.gpkg");
    tests::write_file(folder / "out" / "b" / "notes.txt", "mine");
    tests::write_file(folder / "elsewhere", "two");
    fs::remove(folder / "out" / "b" / "c.txt");
    fs::create_symlink(folder / "elsewhere", folder / "out" / "b" / "c.txt");
    const engine::Verification found = verified(folder.path());
    CHECK_FALSE(found.as_was());
    CHECK(state_of(found, "a.txt") == FileState::changed);
    CHECK(state_of(found, "b/c.txt") == FileState::changed);
    CHECK(state_of(found, "b/notes.txt") == FileState::added);
    CHECK(state_of(found, "data/roads.gpkg") == FileState::missing);
    CHECK(engine::verification_sentence(found) ==
          "2 outputs are changed and 1 input is missing; 1 file in the folder is "
          "not the run's.");
    CHECK(engine::verification_text(found, 100).find("input: roads  data/roads.gpkg") != std::string::npos);
}

TEST_CASE("verification: new files alone do no harm, and inputs that nobody can find are told") {
    const tests::Folder folder;
    auto manifest = tests::small_manifest();
    manifest.erase("study_folder");
    tests::write_small_run(folder.path(), manifest);
    tests::write_file(folder / "out" / "notes.txt", "mine");
    const engine::Verification found = verified(folder.path());
    CHECK(found.as_was());
    CHECK(state_of(found, "data/roads.gpkg") == FileState::unlooked);
    CHECK(engine::verification_sentence(found).find("name the study's folder with --study") != std::string::npos);
    CHECK(engine::verify(engine::read_past_run(folder / "out"), folder.path()).count(FileState::as_was, true) == 1);
}

TEST_CASE("verification: devices and folders are not read, and it can be stopped") {
    const tests::Folder folder;
    auto manifest = tests::small_manifest();
    manifest["inputs"]["roads"]["files"][0]["path"] = "data";
    tests::write_small_run(folder.path(), manifest);
    CHECK(state_of(verified(folder.path()), "data") == FileState::changed);
    CHECK_THROWS_WITH(engine::verify(engine::read_past_run(folder / "out"), std::nullopt, [] { return true; }),
                      "stopped");
}

TEST_CASE("verification: tables are looked at when that is allowed") {
    const tests::Folder folder;
    auto manifest = tests::small_manifest();
    const std::string database = "PG:dbname=zones host=" + folder.path().string(); // where no server is
    manifest["inputs"]["roads"]["files"] = {
        {{"database", database}, {"table", "gis.roads"}, {"rows", 2}, {"sha256", std::string(64, 'a')}}};
    tests::write_small_run(folder.path(), manifest);
    const engine::PastRun run = engine::read_past_run(folder / "out");
    const engine::Verification found = verified(folder.path());
    CHECK(found.as_was());
    CHECK(state_of(found, "gis.roads in database 'zones'") == FileState::unlooked);
    CHECK(engine::verification_sentence(found).ends_with("tables are read with --allow-network."));
    const auto never = [] { return false; };
    const engine::Verification allowed = engine::verify(run, folder.path(), never, {.network = true});
    CHECK(state_of(allowed, "gis.roads in database 'zones'") == FileState::unreadable);
    CHECK_FALSE(allowed.as_was());
}

TEST_CASE("verification: servers are asked when that is allowed") {
    const tests::Folder folder;
    auto manifest = tests::small_manifest();
    const std::string nobody = "/vsicurl/http://127.0.0.1:9/a.tif";
    manifest["inputs"]["roads"]["files"] = {{{"source", nobody}, {"bytes", 3}, {"modified", 7}, {"tag", ""}}};
    tests::write_small_run(folder.path(), manifest);
    const engine::Verification found = verified(folder.path());
    CHECK(found.as_was());
    CHECK(state_of(found, nobody) == FileState::unlooked);
    CHECK(engine::verification_sentence(found).ends_with("servers are asked with --allow-network."));
    const auto never = [] { return false; };
    const engine::PastRun run = engine::read_past_run(folder / "out");
    CHECK(state_of(engine::verify(run, folder.path(), never, {.network = true}), nobody) == FileState::unreadable);
}
