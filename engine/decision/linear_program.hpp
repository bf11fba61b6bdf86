// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace zonerank::engine {

/// One term of a row: coefficient times the variable `column`.
struct Term {
    std::size_t column = 0;
    double coefficient = 0;
};

/// A row of a linear program: `lower` <= the sum of its terms <= `upper`. A column
/// may come once only. An infinite bound is none; equal bounds are an equation.
struct LinearRow {
    std::vector<Term> terms;
    double lower = -std::numeric_limits<double>::infinity();
    double upper = std::numeric_limits<double>::infinity();
};

/// Minimise costs . x subject to rows and bounds on each variable.
struct LinearProgram {
    std::vector<double> costs;        ///< one per variable
    std::vector<double> lower, upper; ///< bounds of the variables, as many; may be infinite; none given: 0 and above
    std::vector<LinearRow> rows;
};

enum class LinearStatus { optimal, infeasible, unbounded, gave_up };

struct LinearSolution {
    LinearStatus status = LinearStatus::gave_up;
    std::vector<double> x; ///< empty unless optimal
    double value = 0;      ///< costs . x
};

/// Clp's dual simplex method: feasible to 1e-9 in each row. Deterministic: the same
/// program gives the same answer, with several optima too. Prints nothing and
/// throws nothing for a program without an answer (see `status`); a column out of
/// range or bounds of another length are mistakes of ours (asserts).
/// Thread-safe.
LinearSolution minimise(const LinearProgram& program);

} // namespace zonerank::engine
