// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/input_file.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
namespace fs = std::filesystem;

namespace {

std::string text_at(const InputFile& file, std::uint64_t at, std::size_t n) {
    std::string text(n, 'x');
    file.read(at, std::as_writable_bytes(std::span(text)));
    return text;
}

std::size_t open_files() {
    const fs::directory_iterator files("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

/// Files each of which holds its number.
struct Many {
    tests::Folder folder;
    std::vector<std::unique_ptr<InputFile>> files;

    explicit Many(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const fs::path path = folder / std::to_string(i);
            tests::write_file(path, std::to_string(100'000 + i));
            files.push_back(std::make_unique<InputFile>(path));
        }
    }
};

} // namespace

TEST_CASE("input file: pieces are read from anywhere, and an Error names it") {
    const tests::Folder folder;
    tests::write_file(folder / "text", "zonerank");
    const InputFile file(folder / "text");
    CHECK(file.size() == 8);
    CHECK(file.path() == folder / "text");
    CHECK(text_at(file, 4, 4) == "rank");
    CHECK(text_at(file, 0, 8) == "zonerank");
    CHECK(text_at(file, 8, 0).empty());
    CHECK_THROWS_WITH_AS(text_at(file, 5, 4), ((folder / "text").string() + ": can't be read: cut short").c_str(),
                         Error);
    CHECK_THROWS_WITH_AS(InputFile(folder / "none"), doctest::Contains("none: can't be read: No such file"), Error);
}

TEST_CASE("input file: thousands are read by several threads while few are open") {
    const std::size_t before = open_files();
    {
        const Many many(3 * most_open_inputs);
        CHECK(open_files() <= before + most_open_inputs);
        std::atomic<int> wrong = 0;
        const auto read_all = [&](std::size_t from) {
            for (std::size_t i = 0; i < 4 * many.files.size(); ++i) {
                const std::size_t n = (from + 7 * i) % many.files.size();
                wrong += text_at(*many.files[n], 0, 6) != std::to_string(100'000 + n);
            }
        };
        std::thread other(read_all, 50);
        read_all(0);
        other.join();
        CHECK(wrong == 0);
        CHECK(open_files() <= before + most_open_inputs);
    }
    CHECK(open_files() == before);
}

TEST_CASE("input file: one that is gone or has changed when it is opened again is an Error") {
    const Many many(most_open_inputs + 2);
    const fs::path gone = many.files[0]->path(), changed = many.files[1]->path();
    fs::remove(gone);
    tests::write_file(changed, "12345");
    CHECK_THROWS_WITH_AS(text_at(*many.files[0], 0, 1),
                         (gone.string() + ": can't be read: No such file or directory").c_str(), Error);
    CHECK_THROWS_WITH_AS(text_at(*many.files[1], 0, 1), (changed.string() + ": has changed while it was read").c_str(),
                         Error);
}
