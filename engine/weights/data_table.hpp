// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/decision_matrix.hpp"

#include <string>
#include <vector>

namespace zonerank::engine {

/// The numbers to weigh by: sites x criteria, all finite, two sites and one criterion
/// or more.
struct DataTable {
    std::vector<std::string> sites, criteria;
    std::vector<bool> less;                   ///< of each criterion: less is better
    std::vector<std::vector<double>> columns; ///< one per criterion, each as long as sites
};

/// What of a matrix is weighed by.
enum class Numbers { measurements, values };

/// Its columns, without the sites that lack a number; of values more is always better.
/// Throws Error when fewer than two sites are left, and for measurements that have no
/// better end.
DataTable data_table(const DecisionMatrix& matrix, Numbers numbers);

} // namespace zonerank::engine
