// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/grid_reader.hpp"

#include "rasters/reader.hpp"
#include "rasters/writer.hpp"
#include "tests/support/bits.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <tuple>

using namespace zonerank;
using namespace zonerank::rasters;
using tests::same_bits;

namespace {

const std::string utm43 = parse_crs("EPSG:32643").wkt, utm42 = parse_crs("EPSG:32642").wkt;
constexpr double x = 500'000, y = 3'600'000;

Grid some_grid(const Box& box, double cell, const std::string& crs = utm43) {
    return grid_over(box, cell, crs, {x, y});
}

Tile random_tile(const Grid& grid, bool holes) {
    tests::Random random(5);
    Tile tile(grid.window());
    for (float& value : tile.values())
        value = holes && random.below(6) == 0 ? no_data : static_cast<float>(random.in(0, 1000));
    return tile;
}

/// What a window of a grid holds; NaN outside.
GridReader::Computed computed(const Tile& all) {
    return [&all](Window window) {
        Tile part(window, no_data);
        const Window shared = intersection(window, all.window());
        for (int row = shared.row; row < shared.row + shared.rows; ++row)
            for (int col = shared.col; col < shared.col + shared.cols; ++col)
                part[{col, row}] = all[{col, row}];
        return part;
    };
}

bool same_in_parts(const GridReader& reader, const Tile& from, const Tile& all) {
    for (const Window& window : tiles(all.window(), 19)) {
        const Tile part = reader.read(window, computed(from));
        for (int row = window.row; row < window.row + window.rows; ++row)
            if (std::memcmp(part.row(row).data(), &all[{window.col, row}], part.row(row).size_bytes()) != 0)
                return false;
    }
    return true;
}

} // namespace

TEST_CASE("what a file of the same numbers gives, on the same cells, shifted, finer, coarser and in another CRS") {
    const Grid from = some_grid({x, y, x + 9'000, y + 6'000}, 100);
    const Tile numbers = random_tile(from, true);
    const tests::Folder folder;
    const std::string path = folder / "numbers.tif";
    CogWriter<float> writer(path, from, {});
    writer.write(numbers);
    writer.close();
    const Box inside{x + 1'000, y + 700, x + 7'900, y + 5'100}, beyond{x - 900, y - 700, x + 4'000, y + 7'000};
    const Box in_other_zone = reproject(inside, Transform(parse_crs(utm43), parse_crs(utm42)));
    for (const Grid& to : {from, some_grid(inside, 100), some_grid(beyond, 100), some_grid(inside, 70),
                           some_grid(beyond, 130), some_grid(inside, 170), some_grid(beyond, 400),
                           some_grid(in_other_zone, 90, utm42), some_grid(in_other_zone, 260, utm42)}) {
        CAPTURE(to.cell);
        const RasterReader file({.paths = {path}, .values = Values::continuous}, to, {});
        const GridReader reader(from, to);
        const Tile read = reader.read(to.window(), computed(numbers));
        CHECK(same_bits(read, file.read(to.window())));
        CHECK(same_in_parts(reader, numbers, read));
    }
}

TEST_CASE("nothing of the other side of a barrier gets into a number") {
    const Grid from = some_grid({x, y, x + 3'000, y + 3'000}, 100), to = some_grid({x, y, x + 3'000, y + 3'000}, 30);
    Tile numbers(from.window());
    for (int row = 0; row < from.rows; ++row)
        for (int col = 0; col < from.cols; ++col) {
            const int side = col - (10 + row / 3); // a staircase of cells that share sides
            numbers[{col, row}] = side < -1 ? 1.0F : side > 0 ? 2.0F : no_data;
        }
    const Tile read = GridReader(from, to).read(to.window(), computed(numbers));
    for (const float value : read.values())
        CHECK((std::isnan(value) || value == 1 || value == 2));
    for (int row = 0; row < to.rows; ++row) // on a barrier there is no number, beside it there is one
        for (int col = 0; col < to.cols; ++col) {
            const Window at = from.cover({to.centre_x(col), to.centre_y(row), to.centre_x(col), to.centre_y(row)});
            CHECK(std::isnan(read[{col, row}]) == std::isnan(numbers[{at.col, at.row}]));
        }
}

TEST_CASE("codes are those of the cell in which a centre lies") {
    const Grid from = some_grid({x, y, x + 3'000, y + 2'000}, 100), to = some_grid({x, y, x + 3'000, y + 2'000}, 40);
    const Tile codes = random_tile(from, true);
    const GridReader reader = GridReader::of_codes(from, to);
    const Tile read = reader.read(to.window(), computed(codes));
    CHECK(same_in_parts(reader, codes, read));
    for (int row = 0; row < to.rows; ++row)
        for (int col = 0; col < to.cols; ++col) {
            const Window at = from.cover({to.centre_x(col), to.centre_y(row), to.centre_x(col), to.centre_y(row)});
            const float code = codes[{at.col, at.row}];
            CHECK((read[{col, row}] == code || (std::isnan(code) && std::isnan(read[{col, row}]))));
        }
}
