// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/linear_program.hpp"

#include <cassert>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <numeric>

namespace zonerank::engine {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

CoinPackedMatrix matrix_of(const LinearProgram& program) {
    std::vector<int> rows, columns;
    std::vector<double> coefficients;
    for (std::size_t r = 0; r < program.rows.size(); ++r)
        for (const Term& term : program.rows[r].terms) {
            assert(term.column < program.costs.size());
            rows.push_back(static_cast<int>(r));
            columns.push_back(static_cast<int>(term.column));
            coefficients.push_back(term.coefficient);
        }
    CoinPackedMatrix matrix(true, rows.data(), columns.data(), coefficients.data(),
                            static_cast<CoinBigIndex>(rows.size()));
    matrix.setDimensions(static_cast<int>(program.rows.size()), static_cast<int>(program.costs.size()));
    return matrix;
}

// Clp takes any number this large for no bound.
double clp(double bound) {
    return bound == infinity ? COIN_DBL_MAX : bound == -infinity ? -COIN_DBL_MAX : bound;
}

std::vector<double> bounds(const std::vector<double>& given, std::size_t size, double fallback) {
    assert(given.empty() || given.size() == size);
    std::vector<double> result(size, clp(fallback));
    for (std::size_t i = 0; i < given.size(); ++i)
        result[i] = clp(given[i]);
    return result;
}

void load(ClpSimplex& model, const LinearProgram& program) {
    const std::size_t size = program.costs.size();
    const std::vector<double> lower = bounds(program.lower, size, 0), upper = bounds(program.upper, size, infinity);
    std::vector<double> row_lower, row_upper;
    for (const LinearRow& row : program.rows) {
        row_lower.push_back(clp(row.lower));
        row_upper.push_back(clp(row.upper));
    }
    model.loadProblem(matrix_of(program), lower.data(), upper.data(), program.costs.data(), row_lower.data(),
                      row_upper.data());
}

LinearStatus status_of(const ClpSimplex& model) {
    switch (model.status()) {
    case 0:
        return LinearStatus::optimal;
    case 1:
        return LinearStatus::infeasible;
    case 2:
        return LinearStatus::unbounded;
    default:
        return LinearStatus::gave_up;
    }
}

} // namespace

LinearSolution minimise(const LinearProgram& program) {
    ClpSimplex model;
    model.setLogLevel(0);
    model.setPrimalTolerance(1e-9);
    model.setDualTolerance(1e-9);
    load(model, program);
    model.dual();
    if (model.status() != 0) // the dual method calls some unbounded programs infeasible
        model.primal();
    LinearSolution solution{status_of(model), {}, 0};
    if (solution.status != LinearStatus::optimal)
        return solution;
    const double* x = model.primalColumnSolution();
    solution.x.assign(x, x + program.costs.size());
    solution.value = std::inner_product(solution.x.begin(), solution.x.end(), program.costs.begin(), 0.0);
    return solution;
}

} // namespace zonerank::engine
