// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/model.hpp"
#include "rasters/core/archive.hpp"
#include "rasters/zonal/zonal.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <vector>

namespace zonerank::engine {

/// One criterion over a site's usable cells. Sums and counts have no order.
struct CriterionTally {
    rasters::ExactSum measurement, value;
    float min = std::numeric_limits<float>::infinity(); ///< of the measurement
    float max = -std::numeric_limits<float>::infinity();
    std::map<int, std::int64_t> classes{}; ///< weight by code, of categorical measurements
    rasters::ExactSum sine, cosine;        ///< of directions, which have no mean of their own
    std::int64_t flat = 0;                 ///< weight of cells that face nowhere
    std::int64_t lacking = 0;              ///< weight of cells without data

    void put(rasters::ArchiveOut& out) const;
    void take(rasters::ArchiveIn& in); ///< adds what others have put; throws Error for a damaged file
};

/// What a site's cells add up to. Weights count 2^-28 of a cell: its coverage
/// fraction, or of a cell whose 4 x 4 parts differ in area and constraints, the
/// parts' own. Merging has no order.
struct SiteTally {
    SiteTally(const Model& model, std::int64_t quantile_limit);

    /// Adds the site's cells of one evaluated window.
    void add(const Model& model, const Evaluation& evaluation, const rasters::Shape& site);
    void add(const SiteTally& other);

    bool empty() const; ///< nothing was added
    void put(rasters::ArchiveOut& out) const;
    void take(rasters::ArchiveIn& in); ///< adds what others of the site have put; throws Error for a damaged file

    std::int64_t usable() const {
        return by_state[static_cast<int>(State::valid)] + by_state[static_cast<int>(State::assumed)];
    }

    std::array<std::int64_t, 5> by_state{}; ///< weight by State
    std::vector<std::int64_t> excluded_by;  ///< weight by constraint
    std::vector<std::int64_t> freed_by;     ///< weight excluded now, usable were it not for this constraint
    std::vector<std::int64_t> unknown_by;   ///< weight of unknown ground by the criterion that has no data
    std::vector<CriterionTally> criteria;
    rasters::ExactSum score;
    float min = std::numeric_limits<float>::infinity();
    float max = -std::numeric_limits<float>::infinity();
    rasters::WeightedQuantile scores;

private:
    /// Cells of a row that count with one weight each.
    struct Piece {
        rasters::Cell first;
        int count;
        std::int64_t weight;
        Mask mask; ///< what they all have; of criteria without data at least
    };
    using Pieces = std::vector<Piece>;

    // What is usable is added to `pieces`.
    void add_whole(const Model& model, const Evaluation& evaluation, const rasters::Raster<std::int32_t>& cover,
                   rasters::Window block, Pieces& pieces);
    void add_parts(const Model& model, const Evaluation& evaluation, const rasters::Raster<std::int32_t>& cover,
                   rasters::Window block, const rasters::Shape& site, Pieces& pieces);
    void add_run(const Model& model, const Piece& run, Pieces& pieces);
    void add_split(const Model& model, rasters::Cell cell, std::span<const Mask> masks, Mask gaps,
                   std::span<const std::int32_t> weights, Pieces& pieces);
    bool add_state(const MaskCode& code, Mask mask, std::int64_t weight);
    void add_pieces(const Model& model, const Evaluation& evaluation, const Pieces& pieces);
    void add_measured(const Model& model, std::size_t criterion, std::span<const float> measured, std::int64_t weight);
};

} // namespace zonerank::engine
