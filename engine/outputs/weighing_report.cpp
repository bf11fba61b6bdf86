// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/weighing_report.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"

#include <fmt/format.h>

#include <climits>
#include <cmath>

namespace zonerank::engine {

using Names = std::span<const std::string>;

static std::string figure(double number) {
    return std::isfinite(number) ? fmt::format("{:.4f}", number) : "";
}

static std::vector<std::vector<std::string>> member_rows(const Weighing& weighing, Names members) {
    std::vector<std::vector<std::string>> rows{{"name", "weight"}};
    for (std::size_t i = 0; i < members.size() && i < weighing.weights.size(); ++i)
        rows.push_back({members[i], figure(weighing.weights[i])});
    for (const Detail& detail : weighing.details)
        if (const auto* numbers = std::get_if<std::vector<double>>(&detail.value)) {
            rows[0].push_back(detail.name);
            for (std::size_t i = 1; i < rows.size(); ++i)
                rows[i].push_back(i <= numbers->size() ? figure((*numbers)[i - 1]) : "");
        }
    return rows;
}

std::string weighing_text(const Weighing& weighing, Names members, int width) {
    std::string text;
    const auto add = [&](const std::string& paragraph) {
        for (const std::string& line : wrapped(shown_on_terminal(paragraph), width > 2 ? width - 2 : INT_MAX))
            text += "  " + line + "\n";
    };
    add(weighing.summary);
    if (weighing.later)
        return text;
    text += aligned(member_rows(weighing, members), "  ", width);
    for (const Detail& detail : weighing.details)
        if (const auto* number = std::get_if<double>(&detail.value))
            add(fmt::format("{}: {}", detail.name, figure(*number)));
        else if (const auto* words = std::get_if<std::string>(&detail.value))
            add(fmt::format("{}: {}", detail.name, *words));
    return text;
}

} // namespace zonerank::engine
