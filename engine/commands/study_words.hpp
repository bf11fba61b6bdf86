// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "engine/reference.hpp"
#include "engine/text/ink.hpp"

#include <string>

namespace zonerank::engine {

/// How words are laid out.
struct Page {
    int width = 100;            ///< columns
    Plots plots = Plots::ascii; ///< of the value functions
    Ink ink{};
};

/// A prepared study explained back: what is looked for and where, each theme with its
/// criteria and their value functions drawn, how weights came about, what ground is ruled out.
std::string study_words(const Prepared& prepared, const Page& page);

/// What is measured, as a sentence has it: "distance to substations, limit 20 km".
std::string measure_words(const layers::Choice& choice);

/// The ground that a constraint rules out: "within 200 m of reservoir".
std::string constraint_words(const layers::Choice& choice);

} // namespace zonerank::engine
