// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/study.hpp"
#include "tests/support/yaml.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

// Studies as text, and what reading says of them.

namespace zonerank::tests::written {

/// A study of two lines that is complete but for its criteria.
inline const std::string head = "area: {box: [73, 33, 74, 34]}\ngrid: {cell: 100 m}\n";
inline const std::string distance = "{measure: {distance: {to: roads}}, value: {linear: {best: 0 km, worst: 20 km}}}";

inline std::string criteria(const std::string& body) {
    return head + "criteria: {access: {highway: " + body + "}}\n";
}

inline engine::Study read(const std::string& text) {
    layers::Problems problems;
    engine::Study study = engine::study_from(yaml(text), "study.yaml", problems);
    if (!problems.ok())
        throw Error("{}", text_of(problems));
    return study;
}

inline engine::CriterionSpec criterion(const std::string& more) {
    return read(criteria(distance.substr(0, distance.size() - 1) + ", " + more + "}")).themes[0].criteria[0];
}

/// Every complaint in the order of the file, one a line.
inline std::string told(const layers::Problems& problems, const std::string& folder = "") {
    std::vector<layers::Problems::Problem> sorted = problems.errors();
    std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) {
        return std::pair(a.mark.line, a.mark.column) < std::pair(b.mark.line, b.mark.column);
    });
    std::string all;
    for (const auto& problem : sorted)
        all += fmt::format("{}: {}\n", to_string(problem.mark), problem.text);
    for (std::size_t at = all.find(folder); !folder.empty() && at != all.npos; at = all.find(folder))
        all.erase(at, folder.size());
    return all;
}

inline std::string complaints(const std::string& text) {
    layers::Problems problems;
    engine::study_from(yaml(text), "study.yaml", problems);
    return told(problems);
}

} // namespace zonerank::tests::written
