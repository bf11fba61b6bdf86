// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/study.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Something in a study by which the scores of two of its runs mean different things.
struct Incomparable {
    layers::Mark mark;
    std::string what; ///< "criterion 'slope': value: stretch follows from each map"
};

/// The first of them; none where every anchor is absolute. What is misspelt is not looked at.
std::optional<Incomparable> incomparable(const Study& study);

/// The themes whose weights follow from the sites; "": those of the themes.
std::vector<std::string> weighed_by_sites(const Study& study);

} // namespace zonerank::engine
