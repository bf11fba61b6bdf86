// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"

#include "engine/commands/telling.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>

namespace zonerank::engine {

void print_json(const Json& object) {
    fmt::print("{}\n", object.dump(2, ' ', false, Json::error_handler_t::replace));
}

static Json problem_json(const layers::Mark& mark, const std::string& text) {
    const auto place = [](int count) { return count > 0 ? Json(count) : Json(); };
    return {{"file", mark.file ? Json(*mark.file) : Json()},
            {"line", place(mark.line)},
            {"column", place(mark.column)},
            {"text", text}};
}

Json problems_json(const std::vector<layers::Problems::Problem>& problems, const std::filesystem::path& study) {
    Json list = Json::array();
    for (const auto& problem : in_order(problems, study))
        list.push_back(problem_json(problem.mark, problem.text));
    return list;
}

Json study_json(const Prepared& prepared, const StudyOptions& options) {
    return {{"ok", prepared.problems.ok()},
            {"study", prepared.study.title},
            {"errors", problems_json(prepared.problems.errors(), options.study)},
            {"warnings", problems_json(prepared.problems.warnings(), options.study)}};
}

int refused(const Prepared& prepared, const StudyOptions& options) {
    if (options.json)
        print_json(study_json(prepared, options));
    return users_error;
}

Json failure_json(const layers::Mark& mark, const std::string& text) {
    return {{"ok", false}, {"errors", Json::array({problem_json(mark, text)})}};
}

Json files_json(const std::filesystem::path& folder, const std::vector<std::string>& outputs) {
    Json files = Json::array();
    for (const std::string& name : outputs)
        files.push_back({{"name", name}, {"bytes", std::filesystem::file_size(folder / name)}});
    return files;
}

} // namespace zonerank::engine
