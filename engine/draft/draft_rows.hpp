// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace zonerank::engine {

/// Which roles serve a criterion of the catalogue. Where the study has a friction,
/// `timed`, another criterion, takes its place.
struct CriterionRow {
    std::string_view name, use;
    std::array<std::string_view, 2> roles;
    std::string_view timed{};
    std::string_view field{}; ///< that the catalogue's measure names
    std::string_view field_key{};
    std::string_view unless{}; ///< a criterion before it that looks at the same: with that one it is left out
};

/// By theme, as a study lists them.
std::span<const CriterionRow> criterion_rows();

/// What a study excludes when a layer plays that role; the role's name stands for the layer.
struct ConstraintRow {
    std::string_view name, role, body, remark;
};

std::span<const ConstraintRow> constraint_rows();

/// Assumed speeds of trucks, km/h.
struct SpeedRow {
    std::string_view road;
    int speed;
};
std::span<const SpeedRow> speed_rows();

/// Values of CORINE's codes, in the place of WorldCover's in `buildable land cover`.
extern const std::string_view corine_values;

} // namespace zonerank::engine
