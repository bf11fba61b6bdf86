// SPDX-License-Identifier: Apache-2.0
#include "engine/records/map_difference.hpp"

#include "engine/records/difference_style.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/wording.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/core/stopped.hpp"
#include "rasters/reader.hpp"
#include "rasters/writer.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::Grid;
using rasters::RasterInfo;
using rasters::Tile;
using rasters::Window;

namespace {

constexpr int side = 512;          // cells: the blocks that maps are packed in
constexpr std::size_t at_once = 8; // tiles in memory

rasters::RasterSource source_of(const fs::path& path) {
    return {.paths = {path.string()}, .resample = rasters::Resample::nearest};
}

/// Where the two maps' grids part; empty: they are one.
std::string grids_differ(const RasterInfo& a, const RasterInfo& b) {
    if (!rasters::same(a.crs, b.crs))
        return fmt::format("their CRSs differ: {} and {}", a.crs.label(), b.crs.label());
    if (a.cols != b.cols || a.rows != b.rows)
        return fmt::format("their grids differ: {} x {} and {} x {} cells", a.cols, a.rows, b.cols, b.rows);
    const double slack = 1e-6 * a.cell_x;
    const auto apart = [&](double one, double other) { return !(std::abs(one - other) <= slack); };
    if (apart(a.cell_x, b.cell_x) || apart(a.box.xmin, b.box.xmin) || apart(a.box.ymax, b.box.ymax))
        return fmt::format("their grids differ: cells of {:g} and {:g} m from ({:.1f}, {:.1f}) and ({:.1f}, {:.1f})",
                           a.cell_x, b.cell_x, a.box.xmin, a.box.ymax, b.box.xmin, b.box.ymax);
    if (a.turned || b.turned || apart(a.cell_x, a.cell_y))
        return "their cells are not square, north up";
    return "";
}

Grid grid_of(const RasterInfo& info) {
    return {.crs = info.crs.wkt,
            .cell = info.cell_x,
            .cols = info.cols,
            .rows = info.rows,
            .anchor = {info.box.xmin, info.box.ymax}};
}

/// Sums of a tile, added in the tiles' order, so that they do not depend on threads.
struct Part {
    Tile changes; ///< after less before
    MapDifference sums;
};

void add_cell(float before, float after, float& change, MapDifference& sums) {
    change = after - before; // NaN where either is
    sums.gained += std::isnan(before) && !std::isnan(after);
    sums.lost += !std::isnan(before) && std::isnan(after);
    if (std::isnan(change))
        return;
    const double size = change;
    ++sums.both;
    sums.changed += change != 0;
    sums.mean += size;
    sums.mean_size += std::abs(size);
    sums.least = std::min(sums.least, size);
    sums.most = std::max(sums.most, size);
}

Part part_of(const Tile& before, const Tile& after) {
    Part part{Tile::unset(before.window()), {}};
    const auto from = before.values(), to = after.values();
    const auto changes = part.changes.values();
    for (std::size_t i = 0; i < from.size(); ++i)
        add_cell(from[i], to[i], changes[i], part.sums);
    return part;
}

void add(MapDifference& all, const MapDifference& part) {
    all.both += part.both;
    all.changed += part.changed;
    all.gained += part.gained;
    all.lost += part.lost;
    all.mean += part.mean;
    all.mean_size += part.mean_size;
    all.least = std::min(all.least, part.least);
    all.most = std::max(all.most, part.most);
}

using Writer = std::optional<rasters::CogWriter<float>>;

MapDifference compare(const rasters::RasterReader& before, const rasters::RasterReader& after, Writer& writer,
                      const std::function<bool()>& stopped) {
    const std::vector<Window> windows = rasters::tiles(before.grid().window(), side);
    MapDifference all;
    rasters::in_order(
        windows.size(), at_once,
        [&](std::size_t i) {
            if (stopped())
                throw Stopped();
            return part_of(before.read(windows[i]), after.read(windows[i]));
        },
        [&](const Part& part) {
            add(all, part.sums);
            if (writer)
                writer->write(part.changes);
        });
    const double cells = static_cast<double>(std::max<std::int64_t>(all.both, 1));
    all.mean /= cells;
    all.mean_size /= cells;
    return all;
}

void write_style(const fs::path& map, const MapDifference& difference) {
    rasters::write_text(fs::path(map).replace_extension(".qml"),
                        difference_style(std::max(-difference.least, difference.most)));
}

} // namespace

MapComparison compare_maps(const fs::path& before, const fs::path& after, const std::optional<fs::path>& write_to,
                           const std::function<bool()>& stopped) {
    const rasters::Access access{};
    const RasterInfo a = rasters::inspect(source_of(before), access), b = rasters::inspect(source_of(after), access);
    if (const std::string apart = grids_differ(a, b); !apart.empty())
        return {.reason = apart};
    const Grid grid = grid_of(a);
    const rasters::RasterReader one(source_of(before), grid, access), other(source_of(after), grid, access);
    Writer writer;
    if (write_to)
        writer.emplace(*write_to, grid, rasters::MapOptions{.description = "change of suitability"});
    MapDifference difference = compare(one, other, writer, stopped);
    difference.classes = a.values == rasters::Values::classes;
    if (writer) {
        writer->close();
        write_style(*write_to, difference);
    }
    return {.difference = difference};
}

std::string difference_text(const MapDifference& d) {
    if (d.same())
        return fmt::format("no cell of {} differs", with_thousands(d.both));
    std::string text =
        fmt::format("{} of {} cells changed ({})", with_thousands(d.changed), with_thousands(d.both),
                    percent_text(d.both ? static_cast<double>(d.changed) / static_cast<double>(d.both) : 0));
    if (d.changed && !d.classes)
        text += fmt::format(", on average by {:+.4f}, at most by {:+.4f} and {:+.4f}", d.mean, d.least, d.most);
    if (d.gained)
        text += fmt::format("; {} that had no value have one", with_thousands(d.gained));
    if (d.lost)
        text += fmt::format("; {} lost their value", with_thousands(d.lost));
    return text;
}

} // namespace zonerank::engine
