// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// Whether more of a measurement is better: by its value function over the matrix.
/// Neither: it rises and falls, or has no order; such a criterion has values alone.
enum class Sense { more, less, neither };

/// Alternatives x criteria, as plain numbers. A table of n rows and m columns lies
/// row by row: entry (i, j) at i * m + j. No entry is NaN but a measurement whose
/// value is assumed or left out, and a value that `missing: leave out` leaves out.
struct DecisionMatrix {
    std::vector<std::string> alternatives; ///< what people call them; may repeat
    std::vector<std::string> criteria;     ///< unique names
    std::vector<double> weights;           ///< one per criterion, none negative, sum 1
    std::vector<Sense> senses;             ///< of the measurements
    std::vector<double> measurements;      ///< n x m, in base units
    std::vector<double> values;            ///< n x m, 0 useless .. 1 ideal

    std::size_t rows() const { return alternatives.size(); }
    std::size_t columns() const { return criteria.size(); }
    std::span<const double> measured(std::size_t row) const { return of(measurements, row); }
    std::span<const double> valued(std::size_t row) const { return of(values, row); }

private:
    std::span<const double> of(const std::vector<double>& table, std::size_t row) const {
        return std::span(table).subspan(row * columns(), columns());
    }
};

/// The first `count` rows, or all.
inline DecisionMatrix first_rows(const DecisionMatrix& matrix, std::size_t count) {
    DecisionMatrix first = matrix;
    first.alternatives.resize(count < matrix.rows() ? count : matrix.rows());
    first.measurements.resize(first.rows() * first.columns());
    first.values.resize(first.rows() * first.columns());
    return first;
}

} // namespace zonerank::engine
