// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/commands/study_options.hpp"
#include "engine/outputs/ranking_table.hpp"
#include "engine/run.hpp"

#include <string>

namespace zonerank::engine {

extern const char* const run_json_help; ///< of --json

/// What a run has found and left: the ranking where there are sites, what analyses tell, the files.
std::string result_text(const RunResult& result, bool sites, const TableStyle& style);

/// The same, on stdout: as tables, or one object with --json. `table`: that the sites are in, too.
void tell_result(const Prepared& prepared, const StudyOptions& options, const RunResult& result,
                 const std::string& table = "");

} // namespace zonerank::engine
