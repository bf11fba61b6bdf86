// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/results.hpp"
#include "engine/qgis/project.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// What a study was made from, as given: area, sites and layers in the study's order, a group for
/// a layer of several files. Vectors show the study's `where`, where the file's driver means the
/// same by it. What is not a file (a database, an address) is left out, and so is what has a name
/// that QGIS can't hold.
std::vector<TreeNode> input_layers(const Results& results);

/// The file as a project in `folder` names it, so that both can be moved together: "../data/a.tif".
/// Files below `home` are reached by way of it, whatever it is a link to. Nothing where there is no
/// such file, or QGIS can't hold its name: no UTF-8, control characters, '|'.
std::optional<std::string> source_in(const std::filesystem::path& folder, const std::filesystem::path& file,
                                     const std::filesystem::path& home);

} // namespace zonerank::engine
