// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/model.hpp"
#include "engine/report/score_bins.hpp"
#include "rasters/core/archive.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace zonerank::engine {

/// How the display pixels of a page lie on a grid: of step x step cells from the
/// north-west corner, the last ones cut by the grid's edge.
struct DisplayGrid {
    int step = 1;           ///< cells
    int first = 0;          ///< of a pixel's cells across and down, the one that it shows
    int cols = 0, rows = 0; ///< pixels

    std::size_t pixels() const { return static_cast<std::size_t>(cols) * static_cast<std::size_t>(rows); }
};

/// The finest with at most so many pixels; REQUIRES a grid with cells, most_pixels > 0.
DisplayGrid display_grid(const rasters::Grid& grid, std::size_t most_pixels);

/// Pixels to gather, by maps: 300,000, and at most 32 MiB of them all.
std::size_t most_display_pixels(std::size_t maps);

inline constexpr int display_levels = 254; ///< a value v is shown as round(254 v)
inline constexpr std::uint8_t display_no_data = 255;

/// What a page shows of the maps, gathered while they pass by, a window at a time: display
/// pixels, each with the values and the state of ONE of its cells, and sums over all cells.
/// The same, to the byte, whatever the windows and their order. Memory: pixels x (criteria
/// on the map + 1) bytes. What no window brought is outside the area.
class DisplayMaps {
public:
    /// `most_pixels`: to gather; 0: most_display_pixels().
    explicit DisplayMaps(const Model& model, std::size_t most_pixels = 0);

    /// Windows must not overlap. Safe from several threads.
    void add(const Evaluation& evaluation);

    /// Puts what the windows brought, all of which lie in `part`.
    void put(rasters::ArchiveOut& out, rasters::Window part) const;
    /// Adds what others of the same study have put, in any order; their parts don't overlap. Not while
    /// windows are added. Throws Error for a damaged file.
    void take(rasters::ArchiveIn& in);

    /// The maps as they are shown.
    struct Shown {
        DisplayGrid grid;
        std::string state;                                ///< state_class() of each pixel, as blob()
        std::vector<std::optional<std::string>> criteria; ///< values; none: not on the map
    };
    /// Once all is added: as fine as gathered, or else as fine as fits so many bytes (of all maps
    /// as a page holds them, see engine/report/blob.hpp), to within some percent. Pixels of any
    /// whole number of cells: each shows the gathered cell that is nearest to its middle (of the
    /// last of a row or column perhaps one just before it).
    Shown shown(std::size_t most_bytes) const;

    /// Usable cells by score, all of them, not those shown.
    std::vector<std::int64_t> score_counts() const;
    /// Cells by state_class(), of those within the area.
    std::int64_t cells_of(std::uint8_t state) const { return m_cells[state]; }

    const DisplayGrid& gathered() const { return m_grid; }

private:
    using Pixels = std::vector<std::uint8_t>;

    void count(const Evaluation& evaluation);
    Shown packed(const DisplayGrid& grid) const;
    /// Of a pixel, in each of the maps.
    std::size_t place_of(int col, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(m_grid.cols) + static_cast<std::size_t>(col);
    }
    rasters::Window pixels_in(const rasters::Window& cells) const;
    template <typename Self, typename Visit>
    static void each_row(Self& maps, const rasters::Window& pixels, Visit&& visit);
    void gather(const Evaluation& evaluation);
    void gather_row(const Evaluation& evaluation, int row, std::size_t pixel, std::span<const std::int32_t> cells);
    void gather_states(std::span<const Mask> masks, std::span<const std::int32_t> cells, std::uint8_t* states) const;

    const Model& m_model;
    DisplayGrid m_grid;
    Pixels m_state;
    std::vector<Pixels> m_criteria; ///< empty: not on the map
    std::array<std::atomic<std::int64_t>, score_bins> m_scores{};
    std::array<std::atomic<std::int64_t>, 256> m_cells{};
};

} // namespace zonerank::engine
