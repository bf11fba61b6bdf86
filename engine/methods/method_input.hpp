// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/decision_matrix.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Which numbers of a decision matrix a method works on.
enum class Of { measurements, values };

/// One table of numbers, each criterion with a direction: n sites x m criteria, row by
/// row. At least one site; no entry is NaN or infinite; weights are not negative, sum 1.
struct MethodInput {
    std::vector<std::string> sites, criteria;
    std::vector<double> weights;
    std::vector<bool> less; ///< of a criterion less is better
    std::vector<double> entries;

    std::size_t rows() const { return sites.size(); }
    std::size_t columns() const { return criteria.size(); }
    double at(std::size_t site, std::size_t criterion) const { return entries[site * columns() + criterion]; }
    /// The same, turned so that more is better.
    double gain(std::size_t site, std::size_t criterion) const {
        return less[criterion] ? -at(site, criterion) : at(site, criterion);
    }
    std::vector<double> column(std::size_t criterion) const; ///< of entries
    std::vector<double> gains(std::size_t criterion) const;
};

/// Values are more the better. Throws Error when there is no site, when a number is
/// missing, or when a criterion's measurements have no sense ("use `of: values`").
/// A criterion of weight 0 says nothing and is left out.
MethodInput method_input(const DecisionMatrix& matrix, Of of);

} // namespace zonerank::engine
