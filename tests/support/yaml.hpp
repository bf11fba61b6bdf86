// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/text/yaml.hpp"
#include "layers/terms/params.hpp"

#include <algorithm>
#include <string>

namespace zonerank::tests {

/// Every complaint as one text, "a\nb".
inline std::string text_of(const layers::Problems& problems) {
    std::string all;
    for (const auto& problem : problems.errors())
        all += (all.empty() ? "" : "\n") + problem.text;
    return all;
}

/// A piece of a study. Throws Error with all complaints.
inline layers::Node yaml(const std::string& text) {
    layers::Problems problems;
    layers::Node node = engine::parse_yaml(text, "test.yaml", problems);
    if (!problems.ok())
        throw Error("{}", text_of(problems));
    return node;
}

/// The same tree, wherever it was written.
inline bool same_tree(const layers::Node& a, const layers::Node& b) {
    const auto entry = [](const auto& x, const auto& y) { return x.first == y.first && same_tree(x.second, y.second); };
    return a.kind == b.kind && a.text == b.text && a.quoted == b.quoted &&
           std::ranges::equal(a.items, b.items, same_tree) && std::ranges::equal(a.entries, b.entries, entry);
}

/// The parameters of a row, from a body as a study would write it; "" for none.
template <typename Kind>
layers::Params params(const Kind& kind, const std::string& body, const layers::Unit& measurement = {}) {
    layers::Problems problems;
    layers::Params result(body.empty() ? layers::Node{} : yaml(body), kind.parameters, measurement, kind.name,
                          problems);
    if (!problems.ok())
        throw Error("{}", text_of(problems));
    return result;
}

} // namespace zonerank::tests
