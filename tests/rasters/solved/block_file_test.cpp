// SPDX-License-Identifier: Apache-2.0
#include "rasters/solved/block_file.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::Folder;

namespace {

std::vector<std::uint32_t> noise(std::size_t count, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<std::uint32_t> numbers(count);
    for (std::uint32_t& n : numbers)
        n = random();
    return numbers;
}

const std::string head = "what they are";

void write(const std::filesystem::path& path) {
    BlockFileOut out(path);
    out.add(3, pack(noise(12, 3), 4));
    out.add(9, pack(noise(4096, 9), 64));
    out.close(std::as_bytes(std::span(head)));
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Whether all is read as it was written; false when it is said to be damaged.
bool reads(const std::filesystem::path& path) {
    try {
        const BlockFileIn in(path);
        std::vector<std::uint32_t> few(12), many(4096);
        in.read(3, 4, few);
        in.read(9, 64, many);
        REQUIRE(few == noise(12, 3));
        REQUIRE(many == noise(4096, 9));
        REQUIRE(std::ranges::equal(in.head(), std::as_bytes(std::span(head))));
        return true;
    } catch (const Error& e) {
        REQUIRE(std::string(e.what()).starts_with(path.string() + ": "));
        return false;
    }
}

} // namespace

TEST_CASE("blocks come back bit by bit, and files of the same are the same") {
    const Folder folder;
    write(folder / "a");
    write(folder / "b");
    CHECK(reads(folder / "a"));
    CHECK(bytes_of(folder / "a") == bytes_of(folder / "b"));
    const BlockFileIn in(folder / "a");
    CHECK(in.hash() == BlockFileIn(folder / "b").hash());
    CHECK(in.has(9));
    CHECK(!in.has(4));
    std::vector<std::uint32_t> wrong(13);
    CHECK_THROWS_AS(in.read(4, 1, wrong), Error);
    CHECK_THROWS_AS(in.read(3, 1, wrong), Error);
    BlockFileOut out(folder / "c");
    out.add(3, in.packed(3));
    out.add(9, in.packed(9));
    out.close(in.head());
    CHECK(bytes_of(folder / "a") == bytes_of(folder / "c"));
}

TEST_CASE("what is cut short or has a wrong byte is refused by name") {
    const Folder folder;
    write(folder / "good");
    const std::string good = bytes_of(folder / "good");
    for (std::size_t size = 0; size < good.size(); size += size < 100 || size + 150 > good.size() ? 1 : 97) {
        std::ofstream(folder / "short", std::ios::binary) << good.substr(0, size);
        REQUIRE(!reads(folder / "short"));
    }
    for (std::size_t at = 0; at < good.size(); at += at < 100 || at + 150 > good.size() ? 1 : 97) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        std::ofstream(folder / "bad", std::ios::binary) << bad;
        REQUIRE(!reads(folder / "bad"));
    }
    CHECK(!reads(folder / "nowhere"));
}

TEST_CASE("a file that wasn't closed isn't one") {
    const Folder folder;
    BlockFileOut out(folder / "open");
    out.add(0, pack(noise(64, 1), 8));
    CHECK_THROWS_AS(BlockFileIn(folder / "open"), Error);
    CHECK_THROWS_AS(BlockFileOut(folder / "no/such/folder"), Error);
}
