// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/commands/study_options.hpp"
#include "engine/model/prepared.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace zonerank::engine {

// What commands print with --json: one object, in which no NaN stands (null: not known).

using Json = nlohmann::ordered_json;

/// On stdout, indented, with a line's end. Bytes that are no UTF-8 become U+FFFD.
void print_json(const Json& object);

/// {file, line, column, text} each, in the order of the file; line and column are null where
/// a problem has no place, the file is then the `study`.
Json problems_json(const std::vector<layers::Problems::Problem>& problems, const std::filesystem::path& study);

/// {ok, study, errors, warnings}: how an object begins; a command adds what it found.
Json study_json(const Prepared& prepared, const StudyOptions& options);

/// Of a study with errors, which are told already: the object with --json, and the exit code.
int refused(const Prepared& prepared, const StudyOptions& options);

/// Of an Error that ended a command: {ok: false, errors: [...]}.
Json failure_json(const layers::Mark& mark, const std::string& text);

/// {name, bytes} for each of the outputs in the folder.
Json files_json(const std::filesystem::path& folder, const std::vector<std::string>& outputs);

} // namespace zonerank::engine
