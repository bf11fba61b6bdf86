// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/commands/study_options.hpp"
#include "engine/model/prepared.hpp"
#include "engine/progress.hpp"
#include "engine/reference.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// In the characters that the terminal's locale (LC_ALL, LC_CTYPE, LANG) has.
Plots plots_here();

/// Problems in the order of their files, those without a place standing for the whole `study`.
std::vector<layers::Problems::Problem> in_order(std::vector<layers::Problems::Problem> problems,
                                                const std::filesystem::path& study);

/// One line each on stderr: "study.yaml:14:7: criterion 'power': ...", in the order of the
/// file, `kind` in front of the text.
void tell(const std::vector<layers::Problems::Problem>& problems, const std::filesystem::path& study,
          std::string_view kind);
void tell_warnings(const Prepared& prepared, const StudyOptions& options);

/// How far it is, on stderr; with --json on a terminal alone, as scripts keep stderr.
ProgressLine progress_line(const StudyOptions& options);

/// A study as prepare() leaves it, its errors told. Without an `output` of the user's, the
/// study's own is looked at, too.
std::unique_ptr<Prepared> prepare_and_tell(const StudyOptions& options, const std::filesystem::path& output,
                                           const std::atomic<bool>& stop, const std::optional<Asked>& asked = {});

} // namespace zonerank::engine
