// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan_folder.hpp"

#include "engine/text/sha256.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/whole_file.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/said.hpp"
#include "tests/support/without.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace zonerank;
using engine::Plan;
using engine::PlanFolder;
using engine::PlannedUnit;
namespace fs = std::filesystem;

namespace {

PlannedUnit unit_of(const std::string& id, char letter = 'a') {
    return {.id = id, .signature = std::string(64, letter)};
}

Plan plan_of(std::vector<PlannedUnit> units) {
    return {.version = std::string(engine::version), .study = "study.yaml", .units = std::move(units)};
}

void keep(const PlanFolder& folder, const PlannedUnit& unit, const std::string& text) {
    folder.keep(unit, [&](const fs::path& path) { tests::write_file(path, text); });
}

std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

} // namespace

TEST_CASE("a plan's folder lies beside the results that it is for") {
    CHECK(PlanFolder::beside("/x/out") == "/x/out.plan");
    CHECK(PlanFolder("/x/out.plan").results() == "/x/out");
    CHECK(PlanFolder("/x/out.plan/plan.json").results() == "/x/out");
    CHECK(PlanFolder("/x/out.plan/").results() == "/x/out");
    CHECK_THROWS_AS(PlanFolder("/x/out").results(), Error);
}

TEST_CASE("a unit is done once its part and its marker are there, of its signature and size") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    const PlannedUnit unit = unit_of("score-0001");
    const auto lock = folder.lock(true);
    folder.replace_plan(plan_of({unit}));
    CHECK_FALSE(folder.is_done(unit));
    CHECK_THROWS_WITH_AS(folder.part(unit), doctest::Contains("unit 'score-0001' is not done yet"), Error);
    keep(folder, unit, "what was found");
    CHECK(folder.is_done(unit));
    CHECK(folder.is_whole(unit));
    CHECK(engine::sha256_of_file(folder.part(unit)) == engine::sha256("what was found"));
    CHECK_FALSE(folder.is_done(unit_of("score-0001", 'b')));
    CHECK(files_in(folder.units()) == 2);

    SUBCASE("a part of another size is none") {
        fs::resize_file(folder.part(unit), 3);
        CHECK_FALSE(folder.is_done(unit));
    }
    SUBCASE("a part with other bytes is not whole") {
        tests::write_file(folder.part(unit), "what was fOund");
        CHECK(folder.is_done(unit));
        CHECK_FALSE(folder.is_whole(unit));
        folder.drop(unit);
        CHECK_FALSE(folder.is_done(unit));
    }
    SUBCASE("half a marker is none") {
        fs::resize_file(folder.units() / "score-0001.json", 20);
        CHECK_FALSE(folder.is_done(unit));
    }
    SUBCASE("a marker can't name a file elsewhere") {
        std::string text = tests::read_file(folder.units() / "score-0001.json");
        text.replace(text.find("\"part\":\""), 8, "\"part\":\"../");
        tests::write_file(folder.units() / "score-0001.json", text);
        CHECK_FALSE(folder.is_done(unit));
    }
}

TEST_CASE("two that do one unit at once leave one that is done, whatever their bytes") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    const PlannedUnit unit = unit_of("score-0001");
    folder.replace_plan(plan_of({unit}));
    std::vector<std::thread> threads;
    for (const char letter : {'x', 'y', 'z', 'w'})
        threads.emplace_back([&folder, &unit, letter] {
            for (int i = 0; i < 20; ++i)
                keep(folder, unit, std::string(1000 + letter, letter));
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(folder.is_whole(unit));
}

TEST_CASE("a part that fails leaves nothing behind") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    folder.replace_plan(plan_of({unit_of("score-0001")}));
    const auto fail = [](const fs::path& path) {
        tests::write_file(path, "half");
        throw Error("the disk is full");
    };
    CHECK_THROWS_AS(folder.keep(unit_of("score-0001"), fail), Error);
    CHECK(files_in(folder.units()) == 0);
}

TEST_CASE("another plan keeps the units that are the same and clears the rest away") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    const auto lock = folder.lock(true);
    folder.replace_plan(plan_of({unit_of("score-0001"), unit_of("score-0002")}));
    keep(folder, unit_of("score-0001"), "one");
    keep(folder, unit_of("score-0002"), "two");
    fs::create_directories(folder.units() / "criteria"); // of a block's maps
    tests::write_file(folder.units() / ".score-0003.tmp-1-00", "of a process that was killed");
    folder.replace_plan(plan_of({unit_of("score-0001"), unit_of("score-0002", 'b')}));
    CHECK(folder.is_done(unit_of("score-0001")));
    CHECK_FALSE(folder.is_done(unit_of("score-0002", 'b')));
    CHECK(files_in(folder.units()) == 2);
    folder.forget();
    folder.replace_plan(plan_of({unit_of("score-0001")}));
    CHECK_FALSE(folder.is_done(unit_of("score-0001")));
    folder.remove();
    CHECK_FALSE(fs::exists(folder.path()));
}

TEST_CASE("many do units, one alone puts them together, and a folder of others is refused") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    folder.replace_plan(plan_of({}));
    {
        const auto one = folder.lock(false), two = folder.lock(false);
        CHECK_THROWS_WITH_AS(folder.lock(true), doctest::Contains("another zonerank is at work on it"), Error);
    }
    fs::remove(folder.plan_file());
    const auto alone = folder.lock(true);
    CHECK(folder.is_begun());
    CHECK_FALSE(folder.exists());
    tests::write_file(folder.path() / ".plan.json.tmp-1-00", "{");
    CHECK_NOTHROW(folder.replace_plan(plan_of({})));
    CHECK_THROWS_WITH_AS(folder.lock(false), doctest::Contains("another zonerank is at work on it"), Error);
    fs::remove(folder.plan_file());
    tests::write_file(folder.path() / "diary.txt", "mine");
    CHECK_THROWS_WITH_AS(folder.replace_plan(plan_of({})), doctest::Contains("diary.txt"), Error);
}

TEST_CASE("a plan that can't be read is none") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    CHECK_FALSE(folder.plan());
    folder.replace_plan(plan_of({unit_of("score-0001")}));
    REQUIRE(folder.plan());
    CHECK(folder.plan()->units.size() == 1);
    fs::resize_file(folder.plan_file(), 100);
    CHECK_FALSE(folder.plan());
}

TEST_CASE("what can't be read just now is neither done again nor removed") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    const PlannedUnit unit = unit_of("score-0001");
    folder.replace_plan(plan_of({unit}));
    keep(folder, unit, "what was found");
    {
        const tests::WithoutDescriptors none;
        CHECK_THROWS_WITH_AS(folder.is_done(unit), doctest::Contains("score-0001.json: can't be read: Too many open"),
                             rasters::Unreadable);
        CHECK_THROWS_AS(folder.plan(), rasters::Unreadable);
        CHECK_THROWS_AS(folder.replace_plan(plan_of({unit})), Error);
    }
    CHECK(folder.is_whole(unit));
    fs::remove(folder.part(unit));
    fs::create_symlink(std::string(300, 'x'), folder.part(unit)); // of which no state can be told
    CHECK_THROWS_WITH_AS(folder.is_done(unit), doctest::Contains("can't be read: File name too long"), Error);
    CHECK_THROWS_AS(folder.replace_plan(plan_of({unit})), rasters::Unreadable);
    CHECK(fs::exists(folder.units() / "score-0001.json"));
}

TEST_CASE("a file system without locks is refused, and nothing is left there") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    const auto lock = [&] { return tests::said([&] { folder.lock(true); }); };
    CHECK(tests::without_locks(lock).starts_with(folder.path().string() + ": its file system has no locks"));
    CHECK_FALSE(fs::exists(folder.path()));
    folder.replace_plan(plan_of({}));
    CHECK(tests::without_locks(lock).find("has no locks") != std::string::npos);
    CHECK(folder.exists());
    CHECK(lock() == "no error");
}

TEST_CASE("a plan ends while a unit that nobody waits for is at work, which clears up") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    const PlannedUnit unit = unit_of("score-0001");
    folder.replace_plan(plan_of({unit}));
    auto straggler = folder.lock(false), finish = folder.lock(false);
    CHECK_FALSE(folder.end(std::move(finish)));
    CHECK_FALSE(folder.exists()); // no unit begins any more
    CHECK_THROWS_WITH_AS(folder.lock(false), doctest::Contains("there is no plan in it any more"), Error);
    CHECK_NOTHROW(keep(folder, unit, "late"));
    SUBCASE("the last removes the folder") {
        CHECK(folder.leave(std::move(straggler)));
        CHECK_FALSE(fs::exists(folder.path()));
    }
    SUBCASE("unless a plan is there again") {
        folder.replace_plan(plan_of({unit}));
        CHECK_FALSE(folder.leave(std::move(straggler)));
        CHECK(folder.is_done(unit));
    }
    SUBCASE("who is killed leaves what the next one takes for its own") {
        straggler = {};
        CHECK(folder.is_begun());
        const auto next = folder.lock(true);
        folder.replace_plan(plan_of({unit}));
        CHECK(folder.is_done(unit));
    }
}

TEST_CASE("a plan without stragglers goes at its end, and leaves what another has put there") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    folder.replace_plan(plan_of({}));
    CHECK_FALSE(folder.leave(folder.lock(false))); // it isn't over
    CHECK(folder.exists());
    tests::write_file(folder.path() / "mine.txt", "mine");
    CHECK(folder.end(folder.lock(false)));
    CHECK_FALSE(fs::exists(folder.units()));
    CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a plan that is over is not brought back by a unit that comes late") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    {
        const auto lock = folder.lock(true);
        folder.replace_plan(plan_of({}));
        folder.remove();
    }
    CHECK_THROWS_WITH_AS(folder.lock(false), doctest::Contains("there is no plan in it any more"), Error);
    CHECK_FALSE(fs::exists(folder.path()));
}

TEST_CASE("of those that make and remove a plan at once one is alone at any time") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    std::atomic<int> inside = 0, most = 0, came = 0;
    const auto work = [&] {
        for (int i = 0; i < 300; ++i)
            try {
                const auto lock = folder.lock(true);
                most = std::max(most.load(), ++inside);
                ++came;
                std::this_thread::yield();
                --inside;
                folder.remove();
            } catch (const Error&) { // another is at work on it
            }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back(work);
    for (std::thread& thread : threads)
        thread.join();
    CHECK(most == 1);
    CHECK(came > 10);
}

TEST_CASE("another's folder stays as it is") {
    const tests::Folder home;
    const PlanFolder folder(home / "out.plan");
    fs::create_directories(folder.units());
    const auto refuses = [&](const char* name) {
        const std::size_t files = files_in(folder.path()) + files_in(folder.units());
        CHECK_THROWS_WITH_AS(folder.lock(true), doctest::Contains(name), Error);
        CHECK_THROWS_AS(folder.forget(), Error);
        CHECK_THROWS_AS(folder.replace_plan(plan_of({})), Error);
        folder.remove();
        CHECK(files_in(folder.path()) + files_in(folder.units()) == files);
    };
    SUBCASE("a plan of another program") {
        tests::write_file(folder.plan_file(), R"({"program": "masterplan", "phases": []})");
        refuses("plan.json");
    }
    SUBCASE("maps of another") {
        fs::create_directories(folder.units() / "criteria" / "mine");
        refuses("criteria");
    }
    SUBCASE("units of another") {
        tests::write_file(folder.units() / "score-card.json", "{}");
        refuses("score-card.json");
    }
    SUBCASE("what another has put into ours outlives it") {
        const PlannedUnit unit = unit_of("score-0001");
        folder.replace_plan(plan_of({unit}));
        keep(folder, unit, "one");
        for (const fs::path& mine : {folder.path() / "mine.txt", folder.units() / "mine.txt"})
            tests::write_file(mine, "mine");
        folder.replace_plan(plan_of({}));
        CHECK(files_in(folder.units()) == 1);
        folder.forget();
        folder.remove();
        CHECK(tests::read_file(folder.path() / "mine.txt") == "mine");
        CHECK(tests::read_file(folder.units() / "mine.txt") == "mine");
        CHECK(files_in(folder.path()) == 2);
    }
    SUBCASE("a plan that a power cut has left empty is ours") {
        tests::write_file(folder.plan_file(), "");
        CHECK_NOTHROW(folder.replace_plan(plan_of({})));
        folder.remove();
        CHECK_FALSE(fs::exists(folder.path()));
    }
}
