// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/publish.hpp"

#include "engine/text/sha256.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/said.hpp"
#include "tests/support/without.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace zonerank;
using namespace zonerank::engine;
using tests::read_file;
using tests::write_file;
namespace fs = std::filesystem;

namespace {

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        names.insert(entry.path().lexically_relative(folder).generic_string());
    return names;
}

using Names = std::set<std::string>;

void write_run(const fs::path& folder, const std::string& text) {
    fs::create_directories(folder / "criteria");
    write_file(folder / "ranking.csv", text);
    write_file(folder / "criteria/road.tif", text);
    write_file(
        folder / "manifest.json",
        fmt::format(
            R"({{"program": "zonerank", "outputs": {{"ranking.csv": {{"sha256": "{0}"}}, "criteria/road.tif": {{"sha256": "{0}"}}}}}})",
            sha256(text)));
}

std::vector<std::string> publish(const fs::path& target, const std::string& text) {
    Staging staging(target);
    write_run(staging.folder(), text);
    return staging.commit();
}

const Names one_run{"ranking.csv", "criteria", "criteria/road.tif", "manifest.json"};

/// Does it in a process that dies at once, as by kill -9.
void in_killed_process(const std::function<void()>& doing) {
    const pid_t child = ::fork();
    if (child == 0) {
        doing();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(status == 0);
}

} // namespace

TEST_CASE("publish: results appear whole, with their parents, and nothing else") {
    const tests::Folder folder;
    const fs::path target = folder / "out/mirpur";
    {
        Staging staging(target);
        CHECK(staging.folder().parent_path() == staging.target().parent_path());
        CHECK(staging.folder().filename().string().starts_with(".mirpur.part-"));
        write_run(staging.folder(), "first");
        CHECK_FALSE(fs::exists(target));
        CHECK(staging.commit().empty());
    }
    CHECK(names_in(target) == one_run);
    CHECK(names_in(folder / "out").size() == one_run.size() + 1);
}

TEST_CASE("publish: without commit() nothing is left, and the earlier result stays") {
    const tests::Folder folder;
    {
        Staging staging(folder / "out/deep/mirpur");
        write_run(staging.folder(), "never");
    }
    CHECK(fs::is_empty(folder.path()));
    publish(folder / "out", "first");
    {
        Staging staging(folder / "out");
        write_run(staging.folder(), "never");
    }
    CHECK(read_file(folder / "out/ranking.csv") == "first");
    CHECK(names_in(folder.path()).size() == one_run.size() + 1);
}

TEST_CASE("publish: a second run takes the first one's place, the user's files survive") {
    const tests::Folder folder;
    const fs::path target = folder / "out";
    CHECK(publish(target, "first").empty());
    write_file(target / "notes.txt", "mine");
    write_file(target / "ranking.csv", "mine too");
    CHECK(publish(target / "", "second") == std::vector<std::string>{"notes.txt", "ranking.yours.csv"});
    CHECK(read_file(target / "ranking.csv") == "second");
    CHECK(read_file(target / "criteria/road.tif") == "second");
    CHECK(read_file(target / "notes.txt") == "mine");
    CHECK(read_file(target / "ranking.yours.csv") == "mine too");
    CHECK(publish(target, "third") == std::vector<std::string>{"notes.txt", "ranking.yours.csv"});
    CHECK(names_in(target).size() == one_run.size() + 2);
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("publish: an output that a run no longer has goes away") {
    const tests::Folder folder;
    publish(folder / "out", "first");
    Staging staging(folder / "out");
    write_file(staging.folder() / "manifest.json", R"({"program": "zonerank", "outputs": {}})");
    CHECK(staging.commit().empty());
    CHECK(names_in(folder / "out") == Names{"manifest.json"});
}

TEST_CASE("publish: an empty folder may be the target, and keeps its permissions") {
    const tests::Folder folder;
    fs::create_directory(folder / "out");
    fs::permissions(folder / "out", fs::perms::owner_all | fs::perms::group_all);
    publish(folder / "out", "first");
    CHECK(fs::status(folder / "out").permissions() == (fs::perms::owner_all | fs::perms::group_all));
    CHECK(names_in(folder / "out") == one_run);
}

TEST_CASE("publish: a symbolic link to a folder stays one") {
    const tests::Folder folder;
    fs::create_directory(folder / "real");
    fs::create_directory_symlink("real", folder / "link");
    publish(folder / "link", "first");
    publish(folder / "link", "second");
    CHECK(fs::is_symlink(folder / "link"));
    CHECK(read_file(folder / "real/ranking.csv") == "second");
}

TEST_CASE("publish: what is not ours is not touched") {
    const tests::Folder folder;
    fs::create_directory(folder / "photos");
    write_file(folder / "photos/a.jpg", "a");
    CHECK_THROWS_WITH_AS(Staging(folder / "photos"),
                         doctest::Contains("photos: holds files that zonerank has not written"), Error);
    write_file(folder / "file", "a");
    CHECK_THROWS_WITH_AS(Staging(folder / "file"), doctest::Contains("is no folder"), Error);
    CHECK_THROWS_AS(Staging("/"), Error);
    CHECK(names_in(folder.path()) == Names{"file", "photos", "photos/a.jpg"});
}

TEST_CASE("publish: a target that became another's meanwhile is not touched") {
    const tests::Folder folder;
    Staging staging(folder / "out");
    write_run(staging.folder(), "new");
    fs::create_directory(folder / "out");
    write_file(folder / "out/photo.jpg", "mine");
    CHECK_THROWS_WITH_AS(staging.commit(), doctest::Contains("holds files"), Error);
    CHECK(names_in(folder / "out") == Names{"photo.jpg"});
}

TEST_CASE("publish: a folder that can't be written is an error that names it") {
    CHECK_THROWS_WITH_AS(Staging("/proc/zonerank/out"), doctest::Contains("/proc/zonerank"), Error);
    CHECK_THROWS_WITH_AS(Staging("/proc/out"), doctest::Contains("/proc: can't be written to"), Error);
}

TEST_CASE("publish: a mount point is refused with a way out") {
    const tests::Folder folder;
    fs::create_directory(folder / "out");
    if (::mount("none", (folder / "out").c_str(), "tmpfs", 0, "size=1m") != 0) {
        MESSAGE("skipped: nothing can be mounted here");
        return;
    }
    CHECK_THROWS_WITH_AS(Staging(folder / "out"), doctest::Contains("name a folder inside it"), Error);
    CHECK_NOTHROW(publish(folder / "out/run", "first"));
    CHECK(::umount((folder / "out").c_str()) == 0);
}

TEST_CASE("publish: one run at a time") {
    const tests::Folder folder;
    {
        const Staging first(folder / "out");
        CHECK_THROWS_WITH_AS(Staging(folder / "out"), doctest::Contains("another run of zonerank is writing it"),
                             Error);
        CHECK_NOTHROW(Staging(folder / "other"));
        CHECK(fs::exists(first.folder()));
    }
    CHECK_NOTHROW(Staging(folder / "out"));
}

TEST_CASE("publish: a file system without locks is refused, and nothing is left there") {
    const tests::Folder folder;
    const auto begin = [&] { return tests::said([&] { Staging(folder / "out"); }); };
    CHECK(tests::without_locks(begin).starts_with(folder.path().string() + ": its file system has no locks"));
    CHECK(fs::is_empty(folder.path()));
    CHECK(begin() == "no error");
}

TEST_CASE("publish: of many that begin at once, one goes through") {
    const tests::Folder folder;
    for (int round = 0; round < 20; ++round) {
        std::atomic<int> made = 0, refused = 0;
        std::vector<std::thread> threads;
        std::atomic<bool> go = false;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                while (!go) {
                }
                try {
                    const Staging staging(folder / "out");
                    ++made;
                    while (made + refused < 4)
                        std::this_thread::yield();
                } catch (const Error&) {
                    ++refused;
                }
            });
        go = true;
        for (std::thread& thread : threads)
            thread.join();
        CHECK(made == 1);
        CHECK(refused == 3);
        CHECK(fs::is_empty(folder.path()));
    }
}

TEST_CASE("publish: what a killed run has left is cleared away") {
    const tests::Folder folder;
    publish(folder / "out", "first");
    in_killed_process([&] {
        Staging* staging = std::make_unique<Staging>(folder / "out").release(); // never destroyed
        write_run(staging->folder(), "killed");
    });
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 2);
    fs::create_directory(folder / ".out.part-mine");
    write_file(folder / ".out.part-mine/letter", "not ours");
    publish(folder / "out", "second");
    CHECK(read_file(folder / "out/ranking.csv") == "second");
    CHECK(read_file(folder / ".out.part-mine/letter") == "not ours");
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("publish: folders swap in one step") {
    const tests::Folder folder;
    fs::create_directory(folder / "a");
    fs::create_directory(folder / "b");
    write_file(folder / "a/1", "");
    fs::create_directories(folder / "b/2/below");
    REQUIRE(exchange(folder / "a", folder / "b"));
    CHECK(names_in(folder.path()) == Names{"a", "a/2", "a/2/below", "b", "b/1"});
    CHECK_FALSE(exchange(folder / "a", folder / "a/2/below")); // the system says EINVAL, as where it can't at all
    CHECK_THROWS_WITH_AS(exchange(folder / "a", folder / "gone"), doctest::Contains("gone"), Error);
}

TEST_CASE("publish: in two steps, and back when the second fails") {
    const tests::Folder folder;
    fs::create_directory(folder / "out");
    fs::create_directory(folder / "fresh");
    write_file(folder / "out/old", "");
    CHECK_THROWS_AS(replace(folder / "out", folder / "gone", folder / "aside"), Error);
    CHECK(names_in(folder.path()) == Names{"out", "out/old", "fresh"});
    replace(folder / "out", folder / "fresh", folder / "aside");
    CHECK(names_in(folder.path()) == Names{"out", "aside", "aside/old"});
}

TEST_CASE("publish: a run that was killed between the two steps is mended") {
    const tests::Folder folder;
    publish(folder / "out", "first");
    fs::rename(folder / "out", folder / ".out.old-abc123");
    {
        const Staging staging(folder / "out");
        CHECK(read_file(folder / "out/ranking.csv") == "first");
    }
    CHECK(names_in(folder / "out") == one_run);
    // Killed after the second step: the old one is only in the way.
    fs::copy(folder / "out", folder / ".out.old-abc123", fs::copy_options::recursive);
    publish(folder / "out", "second");
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("publish: a reader sees one run or the other") {
    const tests::Folder folder;
    const fs::path target = folder / "out";
    publish(target, "0");
    std::atomic<bool> done = false;
    int mixed = 0, whole = 0, missing = 0;
    std::thread reader([&] {
        while (!done) {
            const rasters::FileDescriptor at(::open(target.c_str(), O_RDONLY | O_DIRECTORY));
            missing += !at.open();
            const auto read = [&](const char* name) {
                const rasters::FileDescriptor file(::openat(at.get(), name, O_RDONLY));
                std::string text(8, '\0');
                const ssize_t got = ::read(file.get(), text.data(), text.size());
                return got < 0 ? std::string() : text.substr(0, static_cast<std::size_t>(got));
            };
            const std::string a = read("ranking.csv"), b = read("criteria/road.tif");
            if (!a.empty() && !b.empty()) // the old folder may be on its way out
                ++(a == b ? whole : mixed);
        }
    });
    for (int i = 1; i < 100; ++i)
        publish(target, std::to_string(i));
    done = true;
    reader.join();
    CHECK(mixed == 0);
    CHECK(missing == 0);
    CHECK(whole > 0);
}
