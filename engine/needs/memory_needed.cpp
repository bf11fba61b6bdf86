// SPDX-License-Identifier: Apache-2.0
#include "engine/needs/memory_needed.hpp"

#include "engine/needs/disk.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <thread>

namespace zonerank::engine {

using rasters::MemoryShares;

namespace {

// The widest disc that a measure looks through around each cell, in cells.
double farthest_look(const Prepared& p) {
    double radius = 0;
    const auto look = [&](const layers::Measure& measure) {
        if (measure.kind && measure.kind->need == layers::Need::halo)
            radius = std::max(radius, measure.params.number("radius"));
    };
    for (const Criterion& criterion : p.decision.criteria)
        look(criterion.measure);
    for (const Constraint& constraint : p.constraints)
        if (constraint.measure)
            look(*constraint.measure);
    return radius / p.territory.grid.cell;
}

// A tile and what a disc sees around it: as read, filled, and the squares in halves.
double halo_memory(const Prepared& p, int tile_side) {
    const rasters::Grid& grid = p.territory.grid;
    const double reach = farthest_look(p);
    const double cells = (std::min(tile_side, grid.cols) + 2 * reach) * (std::min(tile_side, grid.rows) + 2 * reach);
    return reach > 0 ? cells * (4 + 4 + 2 * 8) : 0;
}

// What is kept of decoded rasters.
double blocks_kept(const Prepared& p, const MemoryShares& shares) {
    double bytes = 0;
    for (const layers::LayerSpec& spec : p.study.layers) {
        if (spec.paths.empty() || !p.sources->is_raster(spec.name))
            continue;
        const rasters::RasterInfo info = p.sources->raster_info(spec.name);
        bytes += 4.0 * info.cols * info.rows;
    }
    return std::min(bytes, static_cast<double>(shares.blocks));
}

// Measures that two look at: each thread keeps the tile that it measured last.
double shared_measures(const Prepared& p) {
    std::map<std::string, int> users;
    for (const Criterion& criterion : p.decision.criteria)
        if (criterion.on_map())
            ++users[criterion.measure.key];
    for (const Constraint& constraint : p.constraints)
        if (constraint.measure)
            ++users[constraint.measure->key];
    return static_cast<double>(std::ranges::count_if(users, [](const auto& entry) { return entry.second > 1; }));
}

// Features of 25 corners, with their edges and the index of those.
double vectors_kept(const Prepared& p) {
    double bytes = 0;
    for (const auto& [name, repairs] : p.sources->repairs())
        bytes += static_cast<double>(repairs.read) * 2000;
    return bytes;
}

// For percentiles; beyond their limit a run counts in bins, and a table has none.
double site_cells(const Prepared& p) {
    double cells = 0;
    for (const Candidate& site : p.territory.candidates)
        cells += static_cast<double>(p.territory.grid.cover(rasters::bounds(site.shape)).size());
    return quantiles_fit(p.territory) ? cells : 0;
}

// One field is solved at a time; those that are solved keep a part. They were prepared with the shares
// of this process: of more memory they would take more, at the most so many times as much.
double fields_solved(const Prepared& p, const MemoryShares& shares) {
    const double more = std::max(1.0, 1.0 * shares.times / rasters::memory_shares().times);
    double kept = 0, most = 0;
    for (const layers::SolvedField& field : p.model->fields()) {
        most = std::max(most, field.bytes - field.kept);
        kept += field.kept;
    }
    return more * (most + kept);
}

double tile_cells(const Prepared& p, int side) {
    return 1.0 * std::min(side, p.territory.grid.cols) * std::min(side, p.territory.grid.rows);
}

// What a unit of each tile takes, with its names, its key and who waits for it.
double units(const Prepared& p, int side) {
    const rasters::Grid& grid = p.territory.grid;
    return 1000 * std::ceil(1.0 * grid.cols / side) * std::ceil(1.0 * grid.rows / side);
}

// Tiles come row by row: of each map a row of blocks whose other half is to come, at each level of its
// overviews, and where tiles aren't whole blocks the row that they are put together in.
double waiting_blocks(const Prepared& p, int side, double cell) {
    constexpr int block = 512, slack = 2; // blocks to a row beyond the last, and in each thread
    const int cols = p.territory.grid.cols;
    const bool whole = side % block == 0 || side >= cols;
    return cell * (cols + slack * block) * (block / 2 + (whole ? 0 : block));
}

// Pixels of the report's maps, and what is packed of them: see engine/report/display_maps.hpp.
double report_maps(const Prepared& p) {
    constexpr double most = 32 << 20, most_pixels = 300'000;
    const rasters::Grid& grid = p.territory.grid;
    const double pixels = std::min(most_pixels, 1.0 * grid.cols * grid.rows);
    return p.study.outputs.report ? 2 * std::min(most, pixels * (1.0 + p.decision.criteria.size())) : 0;
}

} // namespace

MemoryItems kept_items(const Prepared& p, const MemoryShares& shares) {
    return {{"the program and its libraries", 65e6},
            {"the beginning of scratch files", static_cast<double>(shares.scratch)},
            {"features and their indexes", vectors_kept(p)},
            {"blocks of rasters", blocks_kept(p, shares)}};
}

namespace {

MemoryItems items_on_a_map(const Prepared& p, const MemoryShares& shares) {
    MemoryItems items = kept_items(p, shares);
    items.push_back({"what is solved over a friction", fields_solved(p, shares)});
    return items;
}

MemoryItems items_to_run(const Prepared& p, const TileWork& work) {
    const auto rasters = static_cast<double>(p.decision.criteria.size());
    // Measurement and value per criterion, mask, score, and two rasters in the making.
    const double cell = rasters * 8 + 8 + 4 + 4 * 4 * 2 + shared_measures(p) * 4;
    MemoryItems items = items_on_a_map(p, work.shares);
    items.push_back({"tiles in work", (tile_cells(p, work.tile) * cell + halo_memory(p, work.tile)) * work.threads});
    items.push_back({"overviews of the maps", waiting_blocks(p, work.tile, bytes_of_maps(p))});
    items.push_back({"percentiles of the sites", site_cells(p) * 8});
    items.push_back({"the report's maps", report_maps(p)});
    items.push_back({"the list of tiles", units(p, work.tile)});
    return items;
}

MemoryItems items_to_measure(const Prepared& p, const TileWork& work, bool table) {
    // The measurement, the area's mask, and two rasters in the making.
    const double tile = tile_cells(p, work.tile) * (4 + 8 + 4 * 4 * 2) + halo_memory(p, work.tile);
    MemoryItems items = items_on_a_map(p, work.shares);
    items.push_back({"tiles in work", tile * work.threads});
    items.push_back({"the list of tiles", units(p, work.tile)});
    if (table)
        items.push_back({"percentiles of the sites", site_cells(p) * 40});
    else
        items.push_back({"overviews of the map", waiting_blocks(p, work.tile, 4)});
    return items;
}

} // namespace

MemoryItems memory_items(const Prepared& p, MemoryFor purpose, const TileWork& work) {
    return purpose == MemoryFor::run ? items_to_run(p, work) : items_to_measure(p, work, purpose == MemoryFor::table);
}

double bytes_of(const MemoryItems& items) {
    return std::accumulate(items.begin(), items.end(), 0.0,
                           [](double bytes, const MemoryItem& item) { return bytes + item.bytes; });
}

double memory_needed(const Prepared& p, unsigned threads, int tile_side) {
    return bytes_of(items_to_run(p, {thread_count(threads), tile_side, rasters::memory_shares()}));
}

double memory_to_measure(const Prepared& p, unsigned threads, int tile_side, bool table) {
    return bytes_of(items_to_measure(p, {thread_count(threads), tile_side, rasters::memory_shares()}, table));
}

unsigned thread_count(unsigned threads) {
    return threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
}

} // namespace zonerank::engine
