// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/raster.hpp"
#include "rasters/placement.hpp"
#include "rasters/resample.hpp"

#include <functional>
#include <optional>

namespace zonerank::rasters {

/// Reads what was computed on one grid on another, of any CRS and cell, as RasterReader
/// reads a file of it: the same cells where the grids share a lattice; otherwise between
/// four centres, or averaged where a cell is 1.5 or more of theirs to a side (Method).
/// Between centres a cell without a number is left out, and a cell whose centre lies in
/// such a one has none itself; so over a barrier of cells that share sides nothing of the
/// other side gets into a number. A cell has the same one, to the last bit, in whatever
/// window it is read. Immutable; safe to call from any thread.
class GridReader {
public:
    /// What was computed, for a window of `from` that may reach beyond it: NaN there.
    using Computed = std::function<Tile(Window)>;

    /// Throws Error when there is no way from `to`'s CRS to `from`'s.
    GridReader(const Grid& from, const Grid& to);
    /// Of codes: those of the cells in which the centres lie.
    static GridReader of_codes(const Grid& from, const Grid& to);

    Tile read(Window window, const Computed& computed) const; ///< of `to`; may reach outside

private:
    GridReader(const Grid& from, const Grid& to, Method method);
    Tile read_part(Window part, const Computed& computed) const;

    Method m_method;
    Window m_extent; ///< of `from`
    Placement m_placement;
    std::optional<Cell> m_first; ///< the cell of `from` that cell (0, 0) is, where all of them are
    int m_side = 0;              ///< of windows whose cells of `from` fit in memory
};

} // namespace zonerank::rasters
