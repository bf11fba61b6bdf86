// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/comparison.hpp"
#include "layers/terms/choice.hpp"
#include "layers/terms/problems.hpp"

#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a study says under `compare`: methods that rank the sites beside its own score.
struct CompareSpec {
    struct Entry {
        layers::Choice choice; ///< of the table of ranking methods, or of none, which resolving tells
        std::string label;     ///< what people read; the method's name where none is given
    };
    std::vector<Entry> methods;
    layers::Mark mark;
};

/// Reads `compare`: `all`, a list of methods, or {methods: ..., of: values}; {} stands for the
/// weighted sum and product, TOPSIS, VIKOR and PROMETHEE. `of` goes to each method that has the
/// parameter and doesn't say; it is `values` where methods are not listed. What is wrong goes to `problems`, at its place.
CompareSpec read_compare(const layers::Node& node, layers::Problems& problems);

/// The methods, made for these criteria. Reports unknown methods and wrong parameters.
std::vector<Contestant> contestants(const CompareSpec& spec, std::span<const MatrixCriterion> criteria,
                                    layers::Problems& problems);

} // namespace zonerank::engine
