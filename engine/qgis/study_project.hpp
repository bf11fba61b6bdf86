// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/outputs/results.hpp"
#include "engine/qgis/project.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// A run as a QGIS project: all that it has written and what it was made from.
Project study_project(const Results& results);

/// The files that write_study_project() leaves.
std::vector<std::string> study_project_files();

/// study.qgz, and the study area as a file of its own, which the project shows. Paths in it
/// are relative to `results.target`. Throws Error naming what can't be read or written.
void write_study_project(const Results& results);

} // namespace zonerank::engine
