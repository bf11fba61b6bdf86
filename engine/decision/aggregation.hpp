// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/kind.hpp"

#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace zonerank::engine {

/// One of the numbers by which others can repeat an aggregation: one, or one for each
/// place or member, or a word.
struct AggregationNumber {
    std::string name; ///< "gamma", "order weights", "ideal"
    std::variant<double, std::vector<double>, std::string> value;
};

/// Folds the values of a group's members into one score in [0, 1].
/// A member that is NaN in a cell is left out there and the other weights are
/// rescaled; a member of weight 0 does not count and is not looked at; NaN where
/// nothing is left. Weights may be on any scale, none negative: one for each of the
/// members it was made for, in their order. Constant once made: safe from any thread.
struct Aggregation {
    /// For a run of cells: values[m][c] is member m's value in cell c, as many cells
    /// each as `score` (none where the weight is 0). Gives float(fold_one) of each
    /// cell, to the bit. The score's memory must be none of the values'.
    std::function<void(std::span<const std::span<const float>> values, std::span<const double> weights,
                       std::span<float> score)>
        fold;
    /// For one cell: a value and a weight per member.
    std::function<double(std::span<const double> values, std::span<const double> weights)> fold_one;
    bool additive = false;    ///< score = sum of weight x value: contributions exist
    bool allows_gaps = false; ///< `missing: leave out` makes sense with it
    std::string summary{};    ///< "OWA, risk 0.3: ANDness 0.70 ..."; empty: the name says all
    bool by_weight = true;    ///< false: a weight only says whether a member counts
    /// In value terms, with what a study leaves to fallbacks: order weights from the lowest
    /// value to the highest, points of each member.
    std::vector<AggregationNumber> numbers{};
};

/// What an aggregation may know of a member of its group.
struct Member {
    std::string name;
    /// What a measurement as a study writes it is worth to the member: "20 km" of a
    /// criterion, 0..1 of a theme. Throws Error when it can't be told.
    std::function<double(const std::string& text)> value;
};

/// The group that an aggregation is made for.
struct Membership {
    std::vector<Member> members;
    /// The study's one choice for several groups: what it says of members `elsewhere`
    /// is not for this group, and a group of one needs nothing said of its order.
    bool shared = false;
    std::vector<std::string> elsewhere{};
};

/// Makers throw Error for what can't be meant: a parameter beyond its range, order
/// weights of another number than there are members, a point of no member (with the
/// nearest name), an ideal no better than the anti-ideal.
using AggregationKind = layers::Kind<Aggregation (*)(const layers::Params&, const Membership&)>;

/// The table of aggregations. The properties of a row are those it has for all its
/// parameters (engine/decision/properties.hpp).
std::span<const AggregationKind> aggregations();

} // namespace zonerank::engine
