// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/methods/ranking_methods.hpp"
#include "tests/support/random_shapes.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace zonerank::tests {

/// Sites A, B, ... and criteria a, b, ...; types: 1 more, -1 less is better.
inline engine::MethodInput input_of(const std::vector<std::vector<double>>& rows, std::vector<double> weights,
                                    const std::vector<int>& types) {
    engine::MethodInput input{.weights = std::move(weights)};
    for (std::size_t j = 0; j < types.size(); ++j) {
        input.criteria.emplace_back(1, static_cast<char>('a' + j));
        input.less.push_back(types[j] < 0);
    }
    for (const auto& row : rows) {
        input.sites.push_back(fmt::format("{}", static_cast<char>('A' + input.sites.size() % 26)));
        input.entries.insert(input.entries.end(), row.begin(), row.end());
    }
    return input;
}

/// A method of the table with a body as a study would write it; criteria a, b, ... without a unit.
inline engine::Method method_of(std::string_view name, const std::string& body, std::size_t criteria) {
    std::vector<engine::MatrixCriterion> named;
    for (std::size_t j = 0; j < criteria; ++j)
        named.push_back({std::string(1, static_cast<char>('a' + j)), {}});
    const auto& kind = layers::find(engine::ranking_methods(), "method", name);
    return kind.make(params(kind, body), named);
}

inline void check_near(const std::vector<double>& figures, const std::vector<double>& expected, double tolerance) {
    REQUIRE(figures.size() == expected.size());
    for (std::size_t i = 0; i < figures.size(); ++i) {
        CAPTURE(i);
        CHECK(std::abs(figures[i] - expected[i]) <= tolerance);
    }
}

} // namespace zonerank::tests
