// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/archive.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/said.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::said;
namespace fs = std::filesystem;

namespace {

enum class Colour : std::uint8_t { red, green };

struct Pair {
    std::int32_t a, b;
    friend bool operator==(const Pair&, const Pair&) = default;
};

static_assert(Plain<Pair> && Plain<std::array<double, 3>> && Plain<Colour> && Plain<float>);
static_assert(!Plain<const char*> && !Plain<std::string_view> && !Plain<std::span<int>> && !Plain<std::string>);

using Sums = std::vector<std::int64_t>;

const std::vector<float> floats{1, -0.0F, INFINITY};
const Sums sums{0, 7, 0, 0, -3, 0};

void write_example(const fs::path& path) {
    ArchiveOut out(path);
    out.put(Colour::green);
    out.put(Pair{3, -4});
    out.put_text("Mirpur");
    out.put_list(floats);
    out.put_sums(sums);
    out.put(std::int64_t{-1});
    out.close();
}

void read_example(const fs::path& path) { // nothing is checked before all is taken out: CHECK holds errors back
    ArchiveIn in(path);
    const auto colour = in.get<Colour>();
    const auto pair = in.get<Pair>();
    const std::string text = in.get_text();
    std::vector<float> list;
    in.get_list(list);
    Sums all{1, 1, 1, 1, 1, 1};
    in.add_sums(all);
    std::int64_t sum = 10;
    in.add(sum);
    in.close();
    CHECK(colour == Colour::green);
    CHECK(pair == Pair{3, -4});
    CHECK(text == "Mirpur");
    CHECK(list == floats);
    CHECK(std::signbit(list[1]));
    CHECK(all == Sums{1, 8, 1, 1, -2, 1});
    CHECK(sum == 9);
}

} // namespace

TEST_CASE("archive: what is put in comes out") {
    const tests::Folder folder;
    write_example(folder / "a");
    read_example(folder / "a");
}

TEST_CASE("archive: pieces of any size, larger and smaller than what is buffered, and some passed over") {
    const tests::Folder folder;
    std::mt19937 random(11);
    std::vector<std::vector<std::uint32_t>> lists;
    ArchiveOut out(folder / "a");
    for (int i = 0; i < 200; ++i) {
        std::vector<std::uint32_t>& list = lists.emplace_back(i % 20 == 0 ? random() % 200'000 : random() % 100);
        for (std::uint32_t& number : list)
            number = static_cast<std::uint32_t>(random());
        out.put_list(list);
    }
    out.close();
    ArchiveIn in(folder / "a");
    for (const std::vector<std::uint32_t>& list : lists) {
        std::vector<std::uint32_t> found;
        if (random() % 3 == 0) { // there all the same
            found.resize(in.count(sizeof(std::uint32_t)));
            const std::uint64_t at = in.skip(found.size() * sizeof(std::uint32_t));
            in.file()->read(at, std::as_writable_bytes(std::span(found)));
        } else {
            in.get_list(found);
        }
        CHECK(found == list);
    }
    in.close();
}

TEST_CASE("archive: one that is cut short anywhere is an Error that names it") {
    const tests::Folder folder;
    write_example(folder / "whole");
    const std::string whole = tests::read_file(folder / "whole");
    for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
        CAPTURE(bytes);
        tests::write_file(folder / "cut", whole.substr(0, bytes));
        const std::string error = said([&] { read_example(folder / "cut"); });
        CHECK(error == (folder / "cut").string() + ": can't be used: it is " +
                           (bytes < 8 ? "no archive of this program" : "cut short"));
    }
    tests::write_file(folder / "long", whole + "x");
    CHECK(said([&] { read_example(folder / "long"); }) ==
          (folder / "long").string() + ": can't be used: it is damaged");
}

TEST_CASE("archive: counts that the file can't hold are never asked of memory") {
    const tests::Folder folder;
    for (const std::uint64_t count : {std::uint64_t{2}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
        ArchiveOut out(folder / "a");
        out.put(count);
        out.put(std::uint32_t{1});
        out.close();
        std::vector<std::uint32_t> list;
        CHECK(said([&] { ArchiveIn(folder / "a").get_list(list); }).find("cut short") != std::string::npos);
        CHECK(said([&] { ArchiveIn(folder / "a").skip(count == 2 ? 13 : count); }).find("cut short") !=
              std::string::npos);
        CHECK(list.capacity() == 0);
    }
}

TEST_CASE("archive: sums of another number of things, in wrong places, or too large, are Errors") {
    const tests::Folder folder;
    const auto error = [&](std::uint64_t size, std::uint32_t at, std::int64_t sum) {
        ArchiveOut out(folder / "a");
        out.put(size);
        out.put(std::uint64_t{1});
        out.put(at);
        out.put(sum);
        out.close();
        return said([&] {
            Sums all{1, 2};
            ArchiveIn(folder / "a").add_sums(all);
        });
    };
    CHECK(error(2, 1, 5) == "no error");
    CHECK(error(3, 1, 5).find("of another study") != std::string::npos);
    CHECK(error(2, 2, 5).find("is damaged") != std::string::npos);
    CHECK(error(2, 0, INT64_MAX).find("is damaged") != std::string::npos);
}

TEST_CASE("archive: another file, or none, is an Error that names it") {
    const tests::Folder folder;
    tests::write_file(folder / "text", "some text or other");
    CHECK_THROWS_WITH_AS(ArchiveIn(folder / "text"), doctest::Contains("text: can't be used: it is no archive"), Error);
    CHECK_THROWS_WITH_AS(ArchiveIn(folder / "none"), doctest::Contains("none: can't be read"), Error);
    CHECK_THROWS_WITH_AS(ArchiveOut(folder / "no" / "a"), doctest::Contains("no/a: can't be written"), Error);
}
