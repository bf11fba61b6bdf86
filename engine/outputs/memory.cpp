// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/memory.hpp"

#include "engine/text/byte_size.hpp"
#include "layers/travel_field.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/stat.h>

namespace zonerank::engine {

using rasters::MemoryShares;
namespace fs = std::filesystem;

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
static double blocks_kept(const Prepared& p, const MemoryShares& shares) {
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

// One field is solved at a time; those that are solved keep a part. They were prepared with the shares
// of this process: of more memory they would take more, at the most so many times as much.
static double fields_solved(const Prepared& p, const MemoryShares& shares) {
    const double more = std::max(1.0, 1.0 * shares.times / rasters::memory_shares().times);
    double kept = 0, most = 0;
    for (const layers::SolvedField& field : p.model->fields()) {
        most = std::max(most, field.bytes - field.kept);
        kept += field.kept;
    }
    return more * (most + kept);
}

static double tile_cells(const Prepared& p, int side) {
    return 1.0 * std::min(side, p.territory.grid.cols) * std::min(side, p.territory.grid.rows);
}

// What a unit of each tile takes, with its names, its key and who waits for it.
static double units(const Prepared& p, int side) {
    const rasters::Grid& grid = p.territory.grid;
    return 1000 * std::ceil(1.0 * grid.cols / side) * std::ceil(1.0 * grid.rows / side);
}

// The bytes of a cell of all maps that a run writes as it goes.
static double bytes_of_maps(const Prepared& p) {
    const OutputsSpec& wanted = p.study.outputs;
    const auto on_map = static_cast<double>(std::ranges::count_if(p.decision.criteria, &Criterion::on_map));
    constexpr double score = 4, state = 1, reasons = 8, value_and_measurement = 8, spread = 3 * 4 + 1;
    return score + state + (wanted.reasons ? reasons : 0) + (wanted.criteria ? on_map * value_and_measurement : 0) +
           (p.study.stability.maps ? spread : 0);
}

// Tiles come row by row: of each map a row of blocks whose other half is to come, at each level of its
// overviews, and where tiles aren't whole blocks the row that they are put together in.
static double waiting_blocks(const Prepared& p, int side, double cell) {
    constexpr int block = 512, slack = 2; // blocks to a row beyond the last, and in each thread
    const int cols = p.territory.grid.cols;
    const bool whole = side % block == 0 || side >= cols;
    return cell * (cols + slack * block) * (block / 2 + (whole ? 0 : block));
}

// Pixels of the report's maps, and what is packed of them: see engine/report/display_maps.hpp.
static double report_maps(const Prepared& p) {
    constexpr double most = 32 << 20, most_pixels = 300'000;
    const rasters::Grid& grid = p.territory.grid;
    const double pixels = std::min(most_pixels, 1.0 * grid.cols * grid.rows);
    return p.study.outputs.report ? 2 * std::min(most, pixels * (1.0 + p.decision.criteria.size())) : 0;
}

namespace {

/// What holds memory, and how much.
struct Item {
    std::string what;
    double bytes;
};

/// How a run is to go.
struct Way {
    unsigned threads;
    int tile;
    MemoryShares shares;
};

using Items = std::vector<Item>;

Items kept_items(const Prepared& p, const MemoryShares& shares) {
    return {{"the program and its libraries", 65e6},
            {"the beginning of scratch files", static_cast<double>(shares.scratch)},
            {"features and their indexes", vectors_kept(p)},
            {"blocks of rasters", blocks_kept(p, shares)},
            {"what is solved over a friction", fields_solved(p, shares)}};
}

Items items_to_run(const Prepared& p, const Way& way) {
    const auto rasters = static_cast<double>(p.decision.criteria.size());
    // Measurement and value per criterion, mask, score, and two rasters in the making.
    const double cell = rasters * 8 + 8 + 4 + 4 * 4 * 2 + shared_measures(p) * 4;
    Items items = kept_items(p, way.shares);
    items.push_back({"tiles in work", (tile_cells(p, way.tile) * cell + halo_memory(p, way.tile)) * way.threads});
    items.push_back({"overviews of the maps", waiting_blocks(p, way.tile, bytes_of_maps(p))});
    items.push_back({"percentiles of the sites", site_cells(p) * 8});
    items.push_back({"the report's maps", report_maps(p)});
    items.push_back({"the list of tiles", units(p, way.tile)});
    return items;
}

Items items_to_measure(const Prepared& p, const Way& way, bool table) {
    // The measurement, the area's mask, and two rasters in the making.
    const double tile = tile_cells(p, way.tile) * (4 + 8 + 4 * 4 * 2) + halo_memory(p, way.tile);
    Items items = kept_items(p, way.shares);
    items.push_back({"tiles in work", tile * way.threads});
    items.push_back({"the list of tiles", units(p, way.tile)});
    if (table)
        items.push_back({"percentiles of the sites", site_cells(p) * 40});
    else
        items.push_back({"overviews of the map", waiting_blocks(p, way.tile, 4)});
    return items;
}

Items items(const Prepared& p, const Way& way, MemoryFor purpose) {
    return purpose == MemoryFor::run ? items_to_run(p, way) : items_to_measure(p, way, purpose == MemoryFor::table);
}

double sum(const Items& items) {
    return std::accumulate(items.begin(), items.end(), 0.0,
                           [](double bytes, const Item& item) { return bytes + item.bytes; });
}

/// Where a limit is to be kept, what the estimate leaves out counts: buffers that wait for the next tile,
/// GDAL's cache, and what the system's own allocator can't give back.
double sure(const Items& items, const MemoryShares& shares) {
    return 1.05 * sum(items) + static_cast<double>(shares.spare + shares.gdal / 2);
}

/// The sides that a tile may be cut down to, the one asked for first.
std::vector<int> sides_from(int tile) {
    std::vector<int> sides{tile};
    for (int side = 512; side >= 64; side /= 2)
        if (side < tile)
            sides.push_back(side);
    return sides;
}

/// The first that fits: with as many threads as may be, in tiles as asked for if that can be.
std::optional<Held> fitting(const Prepared& p, MemoryFor purpose, unsigned threads, int tile, std::uint64_t bytes) {
    const MemoryShares shares = rasters::shares_of(bytes);
    for (unsigned count = threads; count > 0; --count)
        for (const int side : sides_from(tile)) {
            const double needed = sure(items(p, {count, side, shares}, purpose), shares);
            if (needed <= static_cast<double>(bytes))
                return Held{count, side, needed};
        }
    return std::nullopt;
}

/// The least, to some percent, in which it fits on one thread.
std::uint64_t would_do(const Prepared& p, MemoryFor purpose, int tile, std::uint64_t too_little) {
    double bytes = static_cast<double>(too_little);
    while (!fitting(p, purpose, 1, tile, round_up(static_cast<std::uint64_t>(bytes))))
        bytes *= 1.03;
    return round_up(static_cast<std::uint64_t>(bytes));
}

[[noreturn]] void throw_too_little(const Prepared& p, MemoryFor purpose, int tile, std::uint64_t bytes) {
    const std::uint64_t enough = would_do(p, purpose, tile, bytes);
    const Items all = items(p, {1, tile, rasters::shares_of(enough)}, purpose);
    const Item most = *std::ranges::max_element(all, {}, &Item::bytes);
    throw Error("the study doesn't fit into {} of memory; {} would do (--memory {}); most of it is for {}, about {}",
                byte_size_text(bytes), byte_size_text(enough), byte_size_text(enough), most.what,
                byte_size_text(round_up(static_cast<std::uint64_t>(most.bytes))));
}

} // namespace

double memory_needed(const Prepared& p, unsigned threads, int tile_side) {
    return sum(items_to_run(p, {thread_count(threads), tile_side, rasters::memory_shares()}));
}

double memory_to_measure(const Prepared& p, unsigned threads, int tile_side, bool table) {
    return sum(items_to_measure(p, {thread_count(threads), tile_side, rasters::memory_shares()}, table));
}

double packed_maps(const Prepared& p, double cells) {
    const rasters::Grid& grid = p.territory.grid;
    const double inside = rasters::ellipsoidal_area(p.territory.area, p.territory.crs) / (grid.cell * grid.cell);
    return bytes_of_maps(p) * cells * std::min(1.0, inside / (1.0 * grid.cols * grid.rows)) * usually_packed;
}

double disk_needed(const Prepared& p) {
    constexpr double again = 0.5, of_a_site = 20'000; // in four files
    const rasters::Grid& grid = p.territory.grid;
    return packed_maps(p, 1.0 * grid.cols * grid.rows) * (1 + again) +
           of_a_site * static_cast<double>(p.territory.candidates.size());
}

double scratch_needed(const Prepared& p) {
    constexpr double times_and_ground = 8;
    double bytes = 0;
    for (const layers::SolvedField& field : p.model->fields()) {
        double all = 0;
        for (const rasters::Grid& grid : field.grids)
            all += times_and_ground * grid.cols * grid.rows;
        bytes += std::max(0.0, all - field.bytes);
    }
    return bytes;
}

static fs::path first_that_exists(fs::path folder) {
    std::error_code failed;
    folder = fs::absolute(folder);
    while (!fs::exists(folder, failed) && folder.has_relative_path())
        folder = folder.parent_path();
    return folder;
}

static bool on_one_disk(const fs::path& a, const fs::path& b) {
    struct stat first {
    }, second{};
    return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev;
}

static void check_half(const fs::path& what, const fs::path& folder, double bytes) {
    in_context(what.string(), [&] { rasters::check_space(folder, static_cast<std::uint64_t>(bytes / 2)); });
}

void check_room(const fs::path& folder, double bytes, double of_scratch) {
    const fs::path there = first_that_exists(folder), scratch = layers::scratch_folder();
    if (on_one_disk(there, scratch))
        return check_half(folder, there, bytes + of_scratch);
    check_half(folder, there, bytes);
    check_half(scratch, scratch, of_scratch);
}

void check_disk(const Prepared& p, const fs::path& results) {
    check_room(results, disk_needed(p), scratch_needed(p));
}

Held hold(const Prepared& p, MemoryFor purpose, unsigned threads, int tile_side, std::uint64_t bytes) {
    const std::uint64_t limit = bytes > 0 ? bytes : rasters::machine_memory();
    if (const auto held = fitting(p, purpose, thread_count(threads), tile_side, limit))
        return *held;
    throw_too_little(p, purpose, tile_side, limit);
}

} // namespace zonerank::engine
