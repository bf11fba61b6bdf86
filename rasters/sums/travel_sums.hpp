// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/memory_shares.hpp"
#include "rasters/distance_sums.hpp"
#include "rasters/travel/travel_time.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace zonerank::rasters {

/// What counts for those who reach it, or are reached by it.
struct TravelWeight {
    Cell cell;         ///< travel begins at its centre
    double weight = 0; ///< finite, 0 or more
};

/// How far from its cell a weight on ground that nothing crosses begins at the most:
/// people live by the river, not in it.
inline constexpr int cells_to_ground = 4;

/// The nearest cell, the cell itself first, that passes a test; of equals the most
/// northern, then the most western. Nothing, when none does within cells_to_ground.
std::optional<Cell> nearest_ground(Cell from, const std::function<bool(Cell)>& passes);

struct TravelSumOptions {
    double limit_minutes = 0; ///< what is farther counts nothing
    double fastest = 0;       ///< metres in a minute; a wrong one costs time and changes no sum
    TravelMethod method = TravelMethod::eikonal;
    std::shared_ptr<const Relief> relief{}; ///< as in TravelOptions, going from the weights on; asked as slowness is
    std::uint64_t memory = memory_shares().sums;    ///< bytes in RAM, of sums, ground and solves; others wait on disk
    std::filesystem::path scratch = ".";            ///< folder for them
    std::uint64_t kept = memory_shares().sums_kept; ///< bytes of both in RAM when all is solved
    Course course{};                                ///< told of, by what part of the weights is done
};

/// Sums over a whole grid. Copies share them. Safe to call from any thread.
class TravelSums {
public:
    /// At each cell; 0 where nothing is in reach. NaN where nothing crosses the cell, no
    /// road either, and outside the grid.
    Tile sums(Window window) const;

    struct Field;
    explicit TravelSums(std::shared_ptr<const Field> field) : m_field(std::move(field)) {}

private:
    std::shared_ptr<const Field> m_field;
};

/// For each cell the sum of all weights, each times what the decay leaves of it at its
/// minutes from the weight's cell: cumulative opportunities where the decay is 1, a
/// potential otherwise (Hansen 1959).
///
/// A travel time is solved from each cell that has weights, up to the limit, on the part
/// of the grid that can be reached. Shares of weights are rounded to 2^-61 of all weights
/// together, so that sums are of whole numbers and have no order: the same bits for any
/// threads and order of weights. Weights on ground that nothing crosses, without a road,
/// begin at the nearest_ground(), or nowhere.
///
/// `slowness` is asked once for each block of the grid, roads as in travel_times().
/// Throws Error for a weight outside the grid or one that is negative or not finite, and
/// as travel_times() and `options.course` do.
TravelSums travel_sums(const Grid& grid, const Slowness& slowness, std::span<const RoadStep> roads,
                       std::span<const TravelWeight> weights, const Decay& decay, const TravelSumOptions& options);

/// The cells of a window that travel may reach from its middle: what each weight costs.
double cells_in_reach(const Grid& grid, const TravelSumOptions& options);

} // namespace zonerank::rasters
