// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace zonerank::engine {

/// A text as one YAML scalar, in block or in flow style, that reads back as that
/// text: plain where nothing in it means anything else, in double quotes otherwise.
/// Valid UTF-8 is expected.
std::string yaml_word(std::string_view text);

/// A text for a comment or one line of a terminal: control characters and line
/// ends are shown, and it ends at `most` characters (0: never).
std::string comment_text(std::string_view text, std::size_t most = 0);

/// A value in a `where`: 'O''Brien'.
std::string where_text(std::string_view value);
/// A field in a `where`: class, or "land use" in quotes.
std::string where_field(std::string_view name);

} // namespace zonerank::engine
