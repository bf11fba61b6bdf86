// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace zonerank::engine {

/// Why a text is not YAML, in words for who wrote it, and where to mend it.
struct YamlSlip {
    int line = 0, column = 0; ///< from 1
    std::string text;
    friend bool operator==(const YamlSlip&, const YamlSlip&) = default;
};

/// Whether the quote that begins at a place ends. One that doesn't takes the rest
/// of the text with it, and the parser is content. Other texts than quoted ones end.
bool quote_ends(const std::string& text, int line, int column);

/// What the parser complains of: where it begins and not where it was noticed, when
/// that is a quote or a bracket, and in plainer words where there are.
YamlSlip yaml_slip(const std::string& text, int line, int column, const std::string& complaint);

} // namespace zonerank::engine
