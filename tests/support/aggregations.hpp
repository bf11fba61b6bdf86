// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/aggregation.hpp"
#include "layers/terms/unit.hpp"
#include "tests/support/yaml.hpp"

#include <limits>
#include <random>
#include <string>
#include <vector>

namespace zonerank::tests {

using Row = std::vector<double>;

/// A group of that many members, "a", "b" ...; a point for one is a value itself.
inline engine::Membership group_of(std::size_t members) {
    engine::Membership group;
    for (std::size_t m = 0; m < members; ++m)
        group.members.push_back({std::string(1, static_cast<char>('a' + m)), [](const std::string& text) {
                                     return layers::convert(layers::parse_quantity(text), layers::Unit{});
                                 }});
    return group;
}

inline const engine::AggregationKind& kind_of(const std::string& name) {
    return layers::find(engine::aggregations(), "aggregation", name);
}

/// A row of the table, made as a study would.
inline engine::Aggregation aggregation(const std::string& name, const std::string& body, std::size_t members) {
    const engine::AggregationKind& kind = kind_of(name);
    return kind.make(params(kind, body), group_of(members));
}

/// A row of the table and parameters for it.
struct Sample {
    std::string name, body;
};

/// Each row with some of its parameters, for groups of that many members.
inline std::vector<Sample> samples(std::size_t members) {
    std::string order;
    for (std::size_t m = 0; m < members; ++m)
        order += fmt::format("{}{}", m ? ", " : "", m * m % 5 + (m == 0));
    std::vector<Sample> all{{"weighted sum", ""},
                            {"weighted product", ""},
                            {"waspas", ""},
                            {"waspas", "{lambda: 0.2}"},
                            {"minimum", ""},
                            {"maximum", ""},
                            {"fuzzy and", ""},
                            {"fuzzy or", ""},
                            {"fuzzy product", ""},
                            {"fuzzy sum", ""},
                            {"fuzzy gamma", ""},
                            {"fuzzy gamma", "{gamma: 0}"},
                            {"fuzzy gamma", "{gamma: 0.3}"},
                            {"fuzzy gamma", "{gamma: 1}"},
                            {"topsis", ""},
                            {"topsis", "{ideal: {a: 0.8}, anti-ideal: {a: 0.1}}"},
                            {"compromise", ""}};
    for (const char* p : {"1", "3.5", "inf"})
        all.push_back({"compromise", fmt::format("{{p: {}, ideal: {{a: 0.7}}}}", p)});
    for (const char* family : {"zadeh", "product", "lukasiewicz", "drastic", "fodor", "hamacher"})
        for (const char* of : {"and", "or"})
            all.push_back({"t-norm", fmt::format("{{family: {}, of: {}}}", family, of)});
    for (const char* owa : {"owa", "owa quantifier", "owa terrset"}) {
        for (const char* risk : {"0", "0.3", "0.5", "1"})
            all.push_back({owa, fmt::format("{{risk: {}}}", risk)});
        all.push_back({owa, fmt::format("{{order weights: [{}]}}", order)});
    }
    return all;
}

/// A random row of values on a grid, so that some are equal, some 0 and some 1.
inline Row random_row(std::mt19937& random, std::size_t members, unsigned steps = 12) {
    Row row(members);
    for (double& value : row)
        value = static_cast<double>(random() % (steps + 1)) / steps;
    return row;
}

/// Weights on any scale; one at least is above 0.
inline Row random_weights(std::mt19937& random, std::size_t members) {
    Row weights(members);
    for (double& weight : weights)
        weight = random() % 6 == 0 ? 0 : static_cast<double>(random() % 100 + 1) / 7;
    weights[random() % members] = 3;
    return weights;
}

} // namespace zonerank::tests
