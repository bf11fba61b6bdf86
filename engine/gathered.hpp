// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/before_scores.hpp"
#include "engine/model/counts.hpp"
#include "engine/model/prepared.hpp"
#include "engine/outputs/maps.hpp"
#include "engine/outputs/spread_maps.hpp"
#include "engine/report/display_maps.hpp"
#include "engine/site_sums.hpp"
#include "engine/tile_sum.hpp"

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What the scored tiles of a map add up to: its maps, what the report shows of them, counts
/// of cells, known zones and sites. The order in which tiles come makes no difference.
class Gathered : public TileSum {
public:
    /// Of a prepared study, whose model has its facts and weights before the first tile.
    /// `folder`: where its maps will lie; none are made with `sites_only`.
    Gathered(const Prepared& prepared, const std::filesystem::path& folder, bool sites_only);

    /// Once the model's weights are known and before the first tile.
    void weigh();

    /// Whether a tile has anything to add.
    bool asks_for(rasters::Window tile) const;

    /// Scores a tile. Throws Error for a damaged input and a full disk.
    void add(rasters::Window tile) override;

    /// Puts what the tiles of a part of the map came to, all that were scored: a window whose edges are
    /// multiples of rasters::block_side or the grid's. Nothing more is scored then. Of the same ground
    /// always the same bytes, whatever tiles and threads it came from. Throws Error.
    void put(rasters::ArchiveOut& out, const rasters::Window& part) override;

    /// Adds what others of the same study have put, in any order, with the least memory in that of
    /// rasters::order_in_squares(); weigh() isn't needed for it. Maps stay in the archive's file until they are
    /// closed. Not while tiles are scored. Throws Error for a damaged file, another study's, and
    /// ground that is there already.
    void take(rasters::ArchiveIn& in) override;

    /// What is left to be done once all tiles are there, each once; different ones at once.
    std::vector<Maps::Closing> closings();
    std::vector<std::string> write_styles() const; ///< beside the maps; the files' names

    bool has_maps() const { return m_maps.has_value(); }
    bool is_weighed() const { return m_spread.has_value(); }                  ///< whether weigh() has anything to do
    const CellCounts* counts() const { return m_maps ? &m_counts : nullptr; } ///< null: not all cells are seen
    const DisplayMaps* display() const { return m_display ? &*m_display : nullptr; }
    const MapScores* known() const { return m_known ? &*m_known : nullptr; } ///< of known zones on the map
    const SiteSums& sites() const { return m_sites; }

private:
    void skip(rasters::Window tile);
    void write(const Evaluation& evaluation);
    void count(const Evaluation& evaluation);

    const Prepared& m_p;
    const Model& m_model;
    std::optional<Maps> m_maps;
    std::optional<SpreadMaps> m_spread;
    std::optional<DisplayMaps> m_display; ///< of the report
    CellCounts m_counts;
    std::optional<MapScores> m_known;
    SiteSums m_sites;
    std::mutex m_mutex; ///< of counts and known zones
};

/// How the cells of a prepared study's map are scored, tile by tile: what they add up to is a Gathered.
TileUnits score_units(const Prepared& prepared, const Cutting& cutting, bool sites_only);

} // namespace zonerank::engine
