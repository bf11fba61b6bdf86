// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/value_function.hpp"
#include "tests/support/yaml.hpp"

#include <string>
#include <string_view>

namespace zonerank::tests {

inline const layers::Unit metres = layers::base_unit(layers::Dimension::length);

/// A value function from its body as a study would write it.
inline engine::ValueFunction value_function(std::string_view name, const std::string& body,
                                            const layers::Unit& unit = {}, const engine::Measured& measured = {}) {
    const auto& kind = layers::find(engine::value_functions(), "value function", name);
    return kind.make(params(kind, body, unit), measured);
}

/// What is said against it; "accepted" when nothing is.
inline std::string refusal(std::string_view name, const std::string& body, const layers::Unit& unit = {},
                           const engine::Measured& measured = {}) {
    try {
        value_function(name, body, unit, measured);
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace zonerank::tests
