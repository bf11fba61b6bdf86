// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/memory.hpp"

#include "rasters/block_cache.hpp"
#include "rasters/core/files.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <thread>

namespace zonerank::engine {

unsigned thread_count(unsigned threads) {
    return threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
}

// The widest disc that a measure looks through around each cell, in cells.
static double farthest_look(const Prepared& p) {
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
static double halo_memory(const Prepared& p, int tile_side) {
    const rasters::Grid& grid = p.territory.grid;
    const double reach = farthest_look(p);
    const double cells = (std::min(tile_side, grid.cols) + 2 * reach) * (std::min(tile_side, grid.rows) + 2 * reach);
    return reach > 0 ? cells * (4 + 4 + 2 * 8) : 0;
}

// What is kept of decoded rasters.
static double blocks_kept(const Prepared& p) {
    double bytes = 0;
    for (const layers::LayerSpec& spec : p.study.layers) {
        if (spec.paths.empty() || !p.sources->is_raster(spec.name))
            continue;
        const rasters::RasterInfo info = p.sources->raster_info(spec.name);
        bytes += 4.0 * info.cols * info.rows;
    }
    return std::min(bytes, static_cast<double>(rasters::block_cache_bytes));
}

// Measures that two look at: each thread keeps the tile that it measured last.
static double shared_measures(const Prepared& p) {
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
static double vectors_kept(const Prepared& p) {
    double bytes = 0;
    for (const auto& [name, repairs] : p.sources->repairs())
        bytes += static_cast<double>(repairs.read) * 2000;
    return bytes;
}

// For percentiles; beyond their limit a run counts in bins, and a table has none.
static double site_cells(const Prepared& p) {
    double cells = 0;
    for (const Candidate& site : p.territory.candidates)
        cells += static_cast<double>(p.territory.grid.cover(rasters::bounds(site.shape)).size());
    return quantiles_fit(p.territory) ? cells : 0;
}

// One field is solved at a time; those that are solved keep a part.
static double fields_solved(const Prepared& p) {
    double kept = 0, most = 0;
    for (const layers::SolvedField& field : p.model->fields()) {
        most = std::max(most, field.bytes - field.kept);
        kept += field.kept;
    }
    return most + kept;
}

static double tile_cells(const Prepared& p, int side) {
    return 1.0 * std::min(side, p.territory.grid.cols) * std::min(side, p.territory.grid.rows);
}

// What a unit of each tile takes, with its names, its key and who waits for it.
static double units(const Prepared& p, int side) {
    const rasters::Grid& grid = p.territory.grid;
    return 1000 * std::ceil(1.0 * grid.cols / side) * std::ceil(1.0 * grid.rows / side);
}

// Blocks of which a part is there, and quarters of overviews, of each map.
static double waiting_blocks(const Prepared& p, double maps) {
    return maps * 4 * (512.0 * p.territory.grid.cols);
}

// Pixels of the report's maps, and what is packed of them: see engine/report/display_maps.hpp.
static double report_maps(const Prepared& p) {
    constexpr double most = 32 << 20, most_pixels = 300'000;
    const rasters::Grid& grid = p.territory.grid;
    const double pixels = std::min(most_pixels, 1.0 * grid.cols * grid.rows);
    return p.study.outputs.report ? 2 * std::min(most, pixels * (1.0 + p.decision.criteria.size())) : 0;
}

// GDAL, PROJ and their libraries, packed maps, and what layers keep.
static double kept(const Prepared& p) {
    return 65e6 + static_cast<double>(rasters::scratch_memory) + vectors_kept(p) + blocks_kept(p) + fields_solved(p);
}

double memory_needed(const Prepared& p, unsigned threads, int tile_side) {
    const auto rasters = static_cast<double>(p.decision.criteria.size());
    // Measurement and value per criterion, mask, score, and two rasters in the making.
    const double cell = rasters * 8 + 8 + 4 + 4 * 4 * 2 + shared_measures(p) * 4;
    const double tile = tile_cells(p, tile_side) * cell + halo_memory(p, tile_side);
    return kept(p) + tile * thread_count(threads) +
           waiting_blocks(p, 2 + (p.study.outputs.criteria ? 2 * rasters : 0)) + site_cells(p) * 8 + report_maps(p) +
           units(p, tile_side);
}

double memory_to_measure(const Prepared& p, unsigned threads, int tile_side, bool table) {
    // The measurement, the area's mask, and two rasters in the making.
    const double tile = tile_cells(p, tile_side) * (4 + 8 + 4 * 4 * 2) + halo_memory(p, tile_side);
    return kept(p) + tile * thread_count(threads) + units(p, tile_side) +
           (table ? site_cells(p) * 40 : waiting_blocks(p, 1));
}

} // namespace zonerank::engine
