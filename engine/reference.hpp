// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/kind.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// One thing that a study can name, whatever table it stands in.
struct ReferenceEntry {
    std::string name, summary, source;
    std::string details; ///< what is worth knowing besides
    std::vector<layers::Parameter> parameters;
    std::string need{};                    ///< "halo", "facts" ...; empty: nothing
    std::vector<std::string> properties{}; ///< what it keeps whatever it is given
    std::string plot{}, ascii_plot{};      ///< of a value function, with typical parameters, lines of text
};

/// One of the program's tables, as people read it.
struct ReferenceTable {
    std::string name; ///< "measures"
    std::string what; ///< "what is measured at each cell"
    std::vector<ReferenceEntry> entries;
};

/// All tables: measures, decays, values, weights, aggregations, methods, constraints, weight spaces,
/// uncertainties, networks, compressions, keys, criteria.
std::vector<ReferenceTable> reference();

/// Small plots in text, where there are any.
enum class Plots { none, ascii, unicode };

/// For a terminal `width` columns wide; `details` adds each parameter on a line of its own.
std::string reference_text(const std::vector<ReferenceTable>& tables, bool details, int width,
                           Plots plots = Plots::none);
std::string reference_markdown(const std::vector<ReferenceTable>& tables);
std::string reference_json(const std::vector<ReferenceTable>& tables);

/// JSON Schema (2020-12) of a study file, for editors.
std::string study_schema();

} // namespace zonerank::engine
