// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/unit.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zonerank::engine {

/// A formula whose quantities have names in their place, as long as what they
/// replace, so that places in the text stay what they are.
struct FormulaText {
    std::string text;                                       ///< "1 - (x / _0   )^2"
    std::vector<std::pair<std::string, double>> quantities; ///< by name, in the unit of x
};

/// Finds numbers with units ("20 km", "15%") in a formula and puts them in the unit
/// `in`. Throws Error, with the character at fault, for a unit that does not fit, for
/// more than 36 quantities, an assignment, or more than 1000 characters.
FormulaText read_formula(const std::string& text, const layers::Unit& base, const layers::Unit& in);

/// Throws Error "formula, character 7: ..."; `at` counts bytes.
[[noreturn]] void refuse_formula(std::string_view text, std::size_t at, const std::string& why);

} // namespace zonerank::engine
