// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/sources.hpp"
#include "layers/terms/kind.hpp"
#include "rasters/core/course.hpp"
#include "rasters/core/raster.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zonerank::rasters {
class SolvedOut;
class SolvedIn;
} // namespace zonerank::rasters

namespace zonerank::layers {

/// A field that may be solved by regions, in whatever processes: a folder that all of them
/// see holds what is known so far. A region is due when it hasn't been looked at, or its
/// neighbours have changed since; all that are due can be solved at once, in any order, and
/// twice. When none is due the field is there: the same numbers as SolvedField::solve() finds.
struct SolvedRegions {
    std::size_t count = 0; ///< numbered from 0
    /// Throw Error naming a file of the folder that is damaged, or of another field.
    std::function<std::vector<std::size_t>(const std::filesystem::path& folder)> due;
    /// Leaves what the folder had, or all of what was found, whenever it ends.
    std::function<void(std::size_t region, const std::filesystem::path& folder, const rasters::Course&)> solve;
    std::function<void(const std::filesystem::path& folder)> load; ///< as SolvedField::load()
};

/// A whole raster that has to be there before a measurement can be handed out, such as
/// travel times.
struct SolvedField {
    std::string name;
    double cells = 0; ///< that are solved
    double bytes = 0; ///< of memory that this takes, at the most
    double kept = 0;  ///< of those, what its numbers take afterwards
    /// Tells how far it is. Throws Error, and when it is stopped.
    std::function<void(const rasters::Course&)> solve;
    std::vector<rasters::Grid> grids{}; ///< of the friction that is travelled over
    std::string key{};                  ///< the same for the same measure on the same grid; of OpenLayers::fields()
    std::function<void(rasters::SolvedOut&)> put{};      ///< what was solved
    std::function<void(rasters::SolvedIn&)> take{};      ///< what put() has put there, instead of solving
    std::optional<SolvedRegions> regions = std::nullopt; ///< where it may be solved piece by piece

    /// Writes what solve() has found; the same bytes each time. Throws Error naming the file.
    void save(const std::filesystem::path& path) const;
    /// Instead of solve(), in another process perhaps: the layer measures the same, to the
    /// last bit, in any window. Blocks are read as they are asked for, so the file has to stay.
    /// Throws Error naming the file when it is damaged, or of another field or grid.
    void load(const std::filesystem::path& path) const;
};

/// A measurement on a grid, handed out window by window: metres to the nearest
/// substation, percent of slope. Making it may be slow; tile() is quick, has no
/// side effects, may be called from any thread and with a window that reaches
/// outside the grid, and gives a cell the same number in whatever window.
/// NaN: no data.
struct Layer {
    Unit unit; ///< base unit of its dimension
    std::function<rasters::Tile(rasters::Window)> tile;
    /// Names of the classes by code, when the measurement is a class with a name.
    std::vector<std::string> classes{};
    bool categorical = false; ///< codes: no mean can be taken of them
    bool of_pixels = false;   ///< a cell is a pixel of the source, so every part of it measures the same
    bool circular = false;    ///< degrees of direction, -1 for none: no mean can be taken of the numbers
    /// Exact measurement from a shape's own outline (distance only), for `site: edge`.
    std::function<double(const rasters::Shape&)> from_shape{};
    std::optional<SolvedField> field{}; ///< to be solved, once, before the first tile()
    std::string hint{};                 ///< what was found on the way and may mislead; empty: nothing

    bool has_mean() const { return !categorical && !circular; }
};

struct MeasureMaker {
    /// The unit of the measurement, known before anything is read.
    Unit (*unit)(const Params& params, const Sources& sources);
    /// Opens and reads. Throws Error naming the layer.
    Layer (*layer)(const Params& params, Sources& sources, const rasters::Grid& grid);
    bool of_points = false;    ///< of a cell's centre alone, whatever the cell around it
    bool of_classes = false;   ///< codes without an order
    bool needs_ground = false; ///< none where its layer has no ground; others count or look far
    bool of_outlines = false;  ///< has Layer::from_shape
    std::string_view none{};   ///< why there may be no measurement, other than for want of data
};
using MeasureKind = Kind<MeasureMaker>;

/// The table of measures.
std::span<const MeasureKind> measures();

/// A measure as a study chose it, its parameters checked.
struct Measure {
    const MeasureKind* kind = nullptr;
    Params params;
    Unit unit;
    std::string key{}; ///< the choice in one line: the same for the same measure

    Layer layer(Sources& sources, const rasters::Grid& grid) const { return kind->make.layer(params, sources, grid); }
};

/// Checks a choice of measure; what is wrong goes to `problems`, prefixed with
/// `what`. Nothing, when it can't be used.
std::optional<Measure> read_measure(const Choice& choice, const Sources& sources, std::string_view what,
                                    Problems& problems);

/// Names of the layers that a measure reads.
std::vector<std::string> layers_of(const Measure& measure);

} // namespace zonerank::layers
