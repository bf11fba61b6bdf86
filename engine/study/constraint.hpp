// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/study.hpp"
#include "layers/open_layers.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// What a constraint says of a cell.
enum class Verdict : std::uint8_t { clear, excluded, unknown };

/// A constraint's verdicts on one grid; as a Layer's tile(): any window, any
/// thread, the same answer for a cell in whatever window.
using ConstraintTest = std::function<rasters::Raster<Verdict>(rasters::Window)>;

/// On the study's grid, and on the refined one that sites are split by.
struct ConstraintTests {
    ConstraintTest cells, parts;
    /// Whether in this window of cells every part of a cell certainly has its cell's verdict.
    std::function<bool(rasters::Window)> whole;
};

struct Constraint;

/// Opens and reads what a constraint needs. Throws Error naming the layer.
using ConstraintMaker = ConstraintTests (*)(const Constraint& constraint, layers::OpenLayers& opened,
                                            const std::array<rasters::Grid, 2>& grids);

/// How a row's tests are made, and how it is said of the ground that it rules out: each way
/// with {parameters} in it; the first counts of which all are there, the last whatever is.
struct ConstraintMaking {
    ConstraintMaker tests = nullptr;
    std::vector<std::string_view> words{};
};
using ConstraintKind = layers::Kind<ConstraintMaking>;

/// The table of constraints: inside, outside, above, below, classes.
std::span<const ConstraintKind> constraints();

/// A constraint as a study chose it, its parameters checked.
struct Constraint {
    std::string name, label;
    const ConstraintKind* kind = nullptr;
    layers::Params params;
    std::optional<layers::Measure> measure{}; ///< of above, below and classes
    layers::Mark mark{};

    ConstraintTests tests(layers::OpenLayers& opened, const std::array<rasters::Grid, 2>& grids) const {
        return kind->make.tests(*this, opened, grids);
    }
};

/// Checks one; what is wrong goes to `problems`. Nothing, when it can't be used.
std::optional<Constraint> read_constraint(const ConstraintSpec& spec, const layers::Sources& sources,
                                          layers::Problems& problems);

} // namespace zonerank::engine
