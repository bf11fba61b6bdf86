// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/node.hpp"
#include "layers/terms/problems.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// YAML text as a tree with a place for every value. Aliases, anchors, more than
/// 64 levels or 10,000 keys in one mapping, a second document and keys that are not
/// plain text are refused; a duplicate key is
/// reported to `problems` and its later value left out.
/// Throws Error "file:line:column: ..." for text that is not YAML.
layers::Node parse_yaml(const std::string& text, const std::string& file, layers::Problems& problems);

/// The same from a file of at most 16 MiB, with its `extends:` chain merged in:
/// mappings merge, everything else replaces, null removes. Marks name the file
/// a value comes from.
layers::Node read_yaml(const std::filesystem::path& path, layers::Problems& problems);

/// The tree as YAML text in block style, which parse_yaml reads back to the same tree.
std::string to_yaml(const layers::Node& node);

} // namespace zonerank::engine
