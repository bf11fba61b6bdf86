// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/kind.hpp"
#include "layers/problems.hpp"

#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// How much each member of a group counts: never negative, summing to 1.
class Weights {
public:
    Weights() = default;
    static Weights of(std::span<const double> raw); ///< scales; throws Error when one is negative or all are 0
    static Weights equal(std::size_t count);

    std::size_t size() const { return m_values.size(); }
    double operator[](std::size_t i) const { return m_values[i]; }
    auto begin() const { return m_values.begin(); }
    auto end() const { return m_values.end(); }

private:
    explicit Weights(std::vector<double> values) : m_values(std::move(values)) {}
    std::vector<double> m_values;
};

/// Saaty's judgements, as a full matrix: a[i][j] says how many times more i
/// matters than j.
using Judgements = std::vector<std::vector<double>>;

/// Two judgements that fit worst, for the warning: i against j.
struct WorstJudgement {
    std::size_t i = 0, j = 0;
    double given = 1, implied = 1; ///< the ratio given, and that of the weights
};

/// Analytic hierarchy process: principal eigenvector (Saaty 1977, 1980).
struct Ahp {
    Weights weights;
    double lambda_max = 0;
    double consistency_index = 0;
    double consistency_ratio = 0; ///< above 0.10 the judgements contradict each other
    WorstJudgement worst;
};

/// Throws Error when the matrix is not square, has an entry of 0 or below, a
/// diagonal other than 1, or is not reciprocal (naming the cells by `names`);
/// reciprocal within 1 %, so that decimals such as 0.33 pass.
Ahp ahp(const Judgements& matrix, std::span<const std::string> names);

/// The random index used for the consistency ratio, by size (0 for 1 and 2), and
/// the name of the table it comes from.
double random_index(std::size_t size);
std::string_view random_index_source();

/// How a group's weights came about, for the manifest and the report.
struct Weighing {
    Weights weights;
    std::string method;                  ///< name of the row of weighting_methods()
    std::string summary;                 ///< "AHP, principal eigenvector, CR 0.03 (Saaty 1980)"
    std::vector<std::string> warnings{}; ///< "consistency ratio 0.21 is above 0.10; ..."
};

/// Makes a group's weights from what its `weights:` choice says. `members` are
/// the names of the group's criteria or themes, in the study's order.
using WeightingKind = layers::Kind<Weighing (*)(const layers::Node& body, std::span<const std::string> members)>;

/// The table of weighting methods: direct ({direct: {power: 30, highway: 20}}),
/// equal, ahp ({ahp: {power vs highway: 2}}, {ahp: {matrix: [[..]], of: [..]}} or
/// {ahp: {csv: file}}). Makers throw Error for what can't be meant, with the
/// nearest member's name.
std::span<const WeightingKind> weighting_methods();

} // namespace zonerank::engine
