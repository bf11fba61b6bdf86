// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/method_input.hpp"

#include "rasters/core/error.hpp"

#include <cmath>

namespace zonerank::engine {

std::vector<double> MethodInput::column(std::size_t criterion) const {
    std::vector<double> result(rows());
    for (std::size_t i = 0; i < rows(); ++i)
        result[i] = at(i, criterion);
    return result;
}

std::vector<double> MethodInput::gains(std::size_t criterion) const {
    std::vector<double> result(rows());
    for (std::size_t i = 0; i < rows(); ++i)
        result[i] = gain(i, criterion);
    return result;
}

static std::vector<std::size_t> weighed(const DecisionMatrix& matrix) {
    std::vector<std::size_t> columns;
    for (std::size_t j = 0; j < matrix.columns(); ++j)
        if (matrix.weights[j] > 0)
            columns.push_back(j);
    return columns;
}

static void add_criterion(const DecisionMatrix& matrix, std::size_t j, Of of, MethodInput& input) {
    if (of == Of::measurements && matrix.senses[j] == Sense::neither)
        throw Error("'{}' has measurements of which neither more nor less is better; use `of: values`",
                    matrix.criteria[j]);
    input.criteria.push_back(matrix.criteria[j]);
    input.weights.push_back(matrix.weights[j]);
    input.less.push_back(of == Of::measurements && matrix.senses[j] == Sense::less);
}

static double entry(const DecisionMatrix& matrix, std::size_t i, std::size_t j, Of of) {
    const double x = (of == Of::values ? matrix.valued(i) : matrix.measured(i))[j];
    if (!std::isfinite(x))
        throw Error("'{}' has no {} of '{}'{}", matrix.alternatives[i], of == Of::values ? "value" : "measurement",
                    matrix.criteria[j], of == Of::values ? "" : "; use `of: values`, where it is assumed");
    return x;
}

MethodInput method_input(const DecisionMatrix& matrix, Of of) {
    if (matrix.rows() == 0)
        throw Error("no site has a rank");
    MethodInput input{.sites = matrix.alternatives};
    const std::vector<std::size_t> columns = weighed(matrix);
    for (const std::size_t j : columns)
        add_criterion(matrix, j, of, input);
    for (std::size_t i = 0; i < matrix.rows(); ++i)
        for (const std::size_t j : columns)
            input.entries.push_back(entry(matrix, i, j, of));
    return input;
}

} // namespace zonerank::engine
