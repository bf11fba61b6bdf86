// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/error.hpp"
#include "rasters/travel/travel_regions.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

// What regions were solved to, read.

namespace zonerank::rasters {

namespace fs = std::filesystem;

struct TravelRegions::Times::Kept {
    Kept(const TravelRegions& all, fs::path in, std::uint64_t memory)
        : regions(all), folder(std::move(in)), blocks(memory) {
        for (const TravelPhase phase : regions.m_phases)
            for (std::size_t region = 0; region < regions.size(); ++region)
                if (const File file = regions.open(folder, phase, region))
                    hashes[{phase, region}] = file->hash();
    }

    File file(TravelPhase phase, std::size_t region) {
        constexpr std::size_t most = 64;
        const std::scoped_lock lock(mutex);
        if (files.size() >= most)
            files.clear();
        File& file = files[{phase, region}];
        if (!file)
            file = regions.open(folder, phase, region);
        const auto known = hashes.find({phase, region});
        if (!file || known == hashes.end() || file->hash() != known->second)
            throw Error("{}: changed while it was read", regions.path(folder, phase, region).string());
        return file;
    }
    std::shared_ptr<const KeptBlocks::Block> block(TravelPhase phase, std::size_t tile) {
        const Tiling& tiles = regions.m_layout.tiles;
        const Window w = tiles.window(tile);
        return blocks.block(tile * 3 + static_cast<std::size_t>(phase), [&] {
            const std::size_t region = regions.m_layout.regions.of({w.col, w.row});
            const File from = file(phase, region);
            KeptBlocks::Block block(from->has(tile) ? tiles.cells() : 0);
            try {
                if (!block.empty())
                    from->restore(tiles, tile, reinterpret_cast<std::uint32_t*>(block.data()));
            } catch (const Damaged&) { // it is due again
                regions.drop(folder, phase, region);
                throw;
            }
            return block;
        });
    }
    /// Calls visit(from, to, cols) for each row of a window that lies in a block.
    template <typename Value, typename Visit>
    void each_row(TravelPhase phase, Raster<Value>& out, Visit&& visit) {
        const Tiling& tiles = regions.m_layout.tiles;
        tiles.each(out.window(), [&](std::size_t tile) {
            const auto from = block(phase, tile);
            const Window w = tiles.window(tile), shared = intersection(w, out.window());
            for (int row = shared.row; row < shared.row + shared.rows && !from->empty(); ++row)
                visit(from->data() + TileLayout::at(shared.col - w.col, row - w.row), &out[{shared.col, row}],
                      static_cast<std::size_t>(shared.cols));
        });
    }

    TravelRegions regions;
    fs::path folder;
    KeptBlocks blocks;
    std::mutex mutex;
    using Place = std::pair<TravelPhase, std::size_t>; ///< region
    std::map<Place, File> files{};
    std::map<Place, std::uint64_t> hashes{}; ///< that the files had when nothing was due
};

TravelRegions::Times TravelRegions::times(const fs::path& folder, std::uint64_t memory) const {
    const auto kept = std::make_shared<Times::Kept>(*this, folder, memory); // who comes late is found out by due()
    if (const std::size_t left = due(folder).size(); left > 0)
        throw Error("{}: {} of {} regions are still to be solved", folder.string(), left, size());
    return Times(kept);
}

Tile TravelRegions::Times::times(Window window) const {
    const auto& phases = m_kept->regions.m_phases;
    const TravelPhase phase = phases.back() == TravelPhase::beyond ? phases.back() : TravelPhase::times;
    Tile out(window, no_data);
    m_kept->each_row(phase, out, [](const float* from, float* to, std::size_t cols) {
        for (std::size_t i = 0; i < cols; ++i)
            to[i] = from[i] == TravelTimes::Field::beyond ? unreached : from[i] < unreached ? from[i] : no_data;
    });
    return out;
}

Raster<std::int32_t> TravelRegions::Times::allocation(Window window) const {
    assert(std::ranges::find(m_kept->regions.m_phases, TravelPhase::targets) != m_kept->regions.m_phases.end());
    Raster<std::int32_t> out(window, -1);
    m_kept->each_row(TravelPhase::targets, out, [](const float* from, std::int32_t* to, std::size_t cols) {
        std::memcpy(to, from, cols * sizeof(float));
        std::replace(to, to + cols, TravelTimes::Field::nobody, -1);
    });
    return out;
}

} // namespace zonerank::rasters
