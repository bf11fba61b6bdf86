// SPDX-License-Identifier: Apache-2.0
#include "rasters/writer.hpp"

#include "rasters/core/archive.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/said.hpp"
#include "tests/support/writing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;
namespace fs = std::filesystem;

namespace {

std::size_t open_files() {
    const fs::directory_iterator files("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

int drawn(std::mt19937& random, int from, int to) {
    return std::uniform_int_distribution<int>(from, to)(random);
}

/// A map's cells: noise with holes, and ground without data as large as blocks and larger.
template <typename T>
Raster<T> random_map(const Window& window, std::mt19937& random) {
    Raster<T> map(window, memory_no_data<T>);
    for (const Window& patch : tiles(window, drawn(random, 150, 900))) {
        if (drawn(random, 0, 2) == 0)
            continue;
        const int holes = drawn(random, 0, 3);
        for (int row = patch.row; row < patch.row + patch.rows; ++row)
            for (T& cell :
                 map.row(row).subspan(static_cast<std::size_t>(patch.col), static_cast<std::size_t>(patch.cols)))
                if (static_cast<int>(random() % 4) >= holes)
                    cell = std::is_same_v<T, float> ? static_cast<T>(random() % 1000) / T(999)
                                                    : static_cast<T>(random() % 7);
    }
    return map;
}

template <typename T>
Raster<T> part_of(const Raster<T>& map, const Window& window) {
    auto part = Raster<T>::unset(window);
    for (int row = window.row; row < window.row + window.rows; ++row)
        std::ranges::copy(
            map.row(row).subspan(static_cast<std::size_t>(window.col), static_cast<std::size_t>(window.cols)),
            part.row(row).begin());
    return part;
}

template <typename T>
bool has_data(const Raster<T>& cells) {
    return std::ranges::any_of(cells.values(), [](T cell) { return is_known(cell); });
}

/// A map that is written in parts: what a run on many machines has to keep apart.
template <typename T>
struct Parted {
    Parted(int cols, int rows, MapOptions o, unsigned seed)
        : g(grid(cols, rows)), options(std::move(o)), random(seed), map(random_map<T>(g.window(), random)) {}

    CogWriter<T> writer(const char* name) const { return {folder / name, g, options}; }

    std::string whole() {
        CogWriter<T> all = writer("whole.tif");
        all.write(map);
        all.close();
        return read_file(folder / "whole.tif");
    }

    /// Tiles in any order; those without data perhaps not at all.
    void put(const Window& window, const fs::path& path, int tile) {
        CogWriter<T> some = writer("map.tif");
        std::vector<Window> windows = tiles(window, tile);
        std::shuffle(windows.begin(), windows.end(), random);
        for (const Window& w : windows)
            if (const Raster<T> cells = part_of(map, w); has_data(cells) || random() % 2 == 0)
                some.write(cells);
        ArchiveOut out(path);
        some.put(out, window);
        out.close();
    }

    void put_all(int side, int tile) {
        for (const Window& window : tiles(g.window(), side))
            if (parts.push_back(folder / fmt::format("{}.part", parts.size())); true)
                put(window, parts.back(), tile);
        std::shuffle(parts.begin(), parts.end(), random);
    }

    std::string taken() {
        CogWriter<T> all = writer("map.tif");
        for (const fs::path& path : parts) {
            ArchiveIn in(path);
            all.take(in);
            in.close();
        }
        all.close();
        return read_file(folder / "map.tif");
    }

    Folder folder;
    Grid g;
    MapOptions options;
    std::mt19937 random;
    Raster<T> map;
    std::vector<fs::path> parts;
};

template <typename T>
void check_parts(MapOptions options, unsigned seed) {
    std::mt19937 random(seed);
    for (int round = 0; round < 3; ++round) {
        const int side = block_side * drawn(random, 1, 3), tile = drawn(random, 200, 1100);
        CAPTURE(side);
        CAPTURE(tile);
        Parted<T> parted(drawn(random, 1, 3000), drawn(random, 1, 3000), options, seed + 1);
        parted.put_all(side, tile);
        const bool same = parted.taken() == parted.whole();
        CHECK(same);
    }
}

} // namespace

TEST_CASE_TEMPLATE("writer: a map in parts, taken in any order, has the bytes of the whole", T, float, std::uint8_t,
                   std::uint16_t, std::uint64_t) {
    check_parts<T>({.description = "suitability"}, 1);
    check_parts<T>({.description = "", .kind = TiffKind::big}, 2);
}

TEST_CASE("writer: parts of every packing") {
    for (const Packing& packing : {Packing{Packing::Kind::deflate, 1, 0}, Packing{Packing::Kind::lerc, 0, 0.01}})
        check_parts<float>({.description = "", .packing = packing}, 3);
    check_parts<std::uint8_t>({.description = "state", .categories = {{1, "valid", {}}, {2, "other", {}}}}, 4);
}

TEST_CASE("writer: GDAL opens a map of parts, whose missing ones have no data") {
    Parted<float> parted(2100, 1300, {.description = ""}, 5);
    parted.put_all(512, 512);
    parted.parts.resize(parted.parts.size() - 4);
    REQUIRE(parted.taken().size() > 1000);
    const GdalComplaints complaints;
    const auto data = open((parted.folder / "map.tif").string(), DatasetKind::raster, {});
    std::vector<float> cells(2100 * 1300);
    REQUIRE(data->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, 2100, 1300, cells.data(), 2100, 1300, GDT_Float32, 0, 0) ==
            CE_None);
    int right = 0, missing = 0, wrong = 0;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (const float expected = parted.map.values()[i]; cells[i] == expected)
            ++right;
        else
            ++(cells[i] == -9999 ? missing : wrong);
    CHECK(right > 300'000);
    CHECK(missing > 300'000);
    CHECK(wrong == 0);
    CHECK(data->GetRasterBand(1)->GetOverviewCount() == 3);
    CHECK(complaints.count() == 0);
}

TEST_CASE("writer: the same part has the same bytes, whatever tiles it came in") {
    Parted<float> parted(2000, 1800, {.description = ""}, 6);
    for (const auto& [name, tile] : {std::pair{"a", 300}, std::pair{"b", 512}, std::pair{"c", 2048}})
        parted.put({512, 512, 1024, 1024}, parted.folder / name, tile);
    const std::string bytes = read_file(parted.folder / "a");
    CHECK(bytes.size() > 100'000);
    CHECK((read_file(parted.folder / "b") == bytes));
    CHECK((read_file(parted.folder / "c") == bytes));
}

TEST_CASE("writer: parts of parts add up like parts") {
    Parted<std::uint8_t> parted(2500, 1900, {.description = ""}, 7);
    parted.put_all(512, 512);
    std::vector<fs::path> larger;
    for (std::size_t first = 0; first < parted.parts.size(); first += 5) {
        CogWriter<std::uint8_t> some = parted.writer("some.tif");
        for (std::size_t i = first; i < std::min(first + 5, parted.parts.size()); ++i) {
            ArchiveIn in(parted.parts[i]);
            some.take(in);
        }
        ArchiveOut out(larger.emplace_back(parted.folder / fmt::format("larger-{}", first)));
        some.put(out, {});
        out.close();
    }
    parted.parts = larger;
    CHECK((parted.taken() == parted.whole()));
}

TEST_CASE("writer: more parts than files may be open") {
    const std::size_t before = open_files();
    Parted<std::uint8_t> parted(10 * 512, 10 * 512, {.description = ""}, 8);
    parted.put_all(512, 512);
    CogWriter<std::uint8_t> all = parted.writer("map.tif");
    for (const fs::path& path : parted.parts) {
        ArchiveIn in(path);
        all.take(in);
    }
    CHECK(open_files() <= before + 1 + most_open_inputs);
    all.close();
    CHECK((read_file(parted.folder / "map.tif") == parted.whole()));
    CHECK(open_files() == before);
}

namespace {

std::string error_of(const Parted<float>& parted, const std::vector<fs::path>& parts) {
    return said([&] {
        CogWriter<float> all = parted.writer("map.tif");
        for (const fs::path& path : parts) {
            ArchiveIn in(path);
            all.take(in);
            in.close();
        }
    });
}

} // namespace

TEST_CASE("writer: the same ground twice, and another map's, are Errors that name the part") {
    Parted<float> parted(1100, 700, {.description = ""}, 9);
    const auto path = [&](const char* name) { return parted.folder / name; };
    parted.put({0, 0, 512, 512}, path("a"), 512);
    parted.put({0, 0, 1100, 700}, path("b"), 512);
    const auto refused = [&](const char* name, const char* why) {
        return (path(name).string() + ": can't be used: ") + why;
    };
    CHECK(error_of(parted, {path("a"), path("a")}) == refused("a", "another part has the same ground"));
    CHECK(error_of(parted, {path("a"), path("b")}) == refused("b", "another part has the same ground"));
    Parted<float> other(1100, 701, {.description = ""}, 9);
    other.put({0, 0, 512, 512}, path("c"), 512);
    CHECK(error_of(parted, {path("c")}) == refused("c", "it is of another map"));
}

TEST_CASE("writer: a part that is damaged or cut short is an Error, whatever is wrong with it") {
    Parted<float> parted(1100, 700, {.description = ""}, 10);
    const fs::path path = parted.folder / "a", bad = parted.folder / "bad";
    for (std::size_t i = 0; i < parted.map.values().size(); ++i)
        parted.map.values()[i] = static_cast<float>(i % 1000);
    parted.put({0, 0, 1024, 512}, path, 512);
    const std::string whole = read_file(path);
    REQUIRE(whole.size() > 10'000);
    REQUIRE(error_of(parted, {path}) == "no error");
    std::mt19937 random(10);
    for (int i = 0; i < 60; ++i) {
        write_file(bad, whole.substr(0, random() % whole.size()));
        CHECK(error_of(parted, {bad}).starts_with(bad.string() + ": can't be used: it is "));
    }
    const auto errors = [&](const std::string& sound, std::size_t first, std::size_t end) { // of a bit in each byte
        int found = 0;
        for (std::size_t at = first; at < end; ++at) {
            std::string damaged = sound;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
            write_file(bad, damaged);
            const std::string error = error_of(parted, {bad});
            found += error.starts_with(bad.string() + ": can't be used: ");
            CHECK((error == "no error" || error.starts_with(bad.string())));
        }
        return found;
    };
    CHECK(errors(whole, 8, 100) > 30);
    errors(whole, whole.size() - 100, whole.size()); // statistics, where any number may be right
    std::ranges::fill(parted.map.values(), no_data);
    parted.put({0, 0, 1024, 512}, path, 512);
    const std::string empty = read_file(path); // nothing but what tells of blocks and quarters
    CHECK(empty.size() < 200);
    CHECK(errors(empty, 8, empty.size()) > 60);
}
