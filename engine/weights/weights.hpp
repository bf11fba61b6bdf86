// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/terms/kind.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace zonerank::engine {

struct DecisionMatrix;

/// How much each member of a group counts: never negative, summing to 1.
class Weights {
public:
    Weights() = default;
    /// Scales, but for a sum that is 1 to 1e-12: recorded weights stay what they were.
    /// Throws Error when one is negative or no number, or all are 0.
    static Weights of(std::span<const double> raw);
    static Weights equal(std::size_t count); ///< none for 0

    std::size_t size() const { return m_values.size(); }
    double operator[](std::size_t i) const { return m_values[i]; }
    auto begin() const { return m_values.begin(); }
    auto end() const { return m_values.end(); }

private:
    explicit Weights(std::vector<double> values) : m_values(std::move(values)) {}
    std::vector<double> m_values;
};

/// A figure behind weights: one number, a text, or a number for each member (NaN
/// where it has none).
struct Detail {
    std::string name; ///< "consistency ratio"
    std::variant<double, std::string, std::vector<double>> value;
};

/// How a group's weights came about, for the manifest and the report.
struct Weighing {
    Weights weights;
    std::string method;                  ///< name of the row of weighting_methods()
    std::string summary;                 ///< "AHP, principal eigenvector, CR 0.03 (Saaty 1980)"
    std::vector<std::string> warnings{}; ///< "consistency ratio 0.21 is above 0.10; ..."
    std::vector<Detail> details{};       ///< in the order to show them
    /// Of `fixed` with intervals: the least and the greatest share of each member, 0..1; else empty.
    std::vector<std::pair<double, double>> intervals{};
    /// Of `order`: members of which the first matters at least as much as the second; else empty.
    std::vector<std::pair<std::size_t, std::size_t>> order{};
    /// Of weights that follow from the sites, until these are known: what they are,
    /// from a matrix whose columns are the members, in order. Until then weights are
    /// equal, and this is null once they are known. A group of themes has their scores
    /// as values (see `Group::of_themes`). Throws Error for a matrix from which no
    /// weights follow, naming the criterion.
    std::function<Weighing(const DecisionMatrix&)> later{};
};

/// A weight as a study writes it: 30, 1/3, 30 %.
struct DirectWeight {
    double value = 0;
    bool percent = false;
};
DirectWeight parse_weight(const layers::Node& node); ///< throws Error when it's none, or negative

/// From weights given one by one. Throws Error when only some are percentages, or all are 0.
Weighing direct_weighing(std::span<const DirectWeight> given);

/// Makes a group's weights from what its `weights:` choice says. `members` are
/// the names of the group's criteria or themes, in the study's order; so are the
/// weights. A csv's path must be absolute.
using WeightingKind = layers::Kind<Weighing (*)(const layers::Node& body, std::span<const std::string> members)>;

/// The table of weighting methods, whose rows say how a study writes each. Those that
/// follow from the sites need `facts` and wait (`Weighing::later`); the others are
/// `independent` of them. Makers throw Error for what can't be meant: a name that is no
/// member (with the nearest), a member without a weight, a negative weight, all weights
/// 0, judgements that contradict each other in one pair, an order in a circle.
std::span<const WeightingKind> weighting_methods();

} // namespace zonerank::engine
