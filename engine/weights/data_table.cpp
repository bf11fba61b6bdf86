// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/data_table.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

static void require_two_sites(std::size_t count) {
    if (count < 2)
        throw Error("weights that follow from the sites need two ranked sites with all numbers, and there {} {}",
                    count == 1 ? "is" : "are", count);
}

DataTable data_table(const DecisionMatrix& matrix, Numbers numbers) {
    require_two_sites(matrix.rows());
    const bool values = numbers == Numbers::values;
    DataTable table{{}, matrix.criteria, {}, std::vector<std::vector<double>>(matrix.columns())};
    for (std::size_t c = 0; c < matrix.columns(); ++c) {
        if (!values && matrix.senses[c] == Sense::neither)
            throw Error("'{}' has no measurements of which more or less is better throughout; weigh `of: values`",
                        matrix.criteria[c]);
        table.less.push_back(!values && matrix.senses[c] == Sense::less);
    }
    for (std::size_t s = 0; s < matrix.rows(); ++s) {
        const auto row = values ? matrix.valued(s) : matrix.measured(s);
        if (!std::ranges::all_of(row, [](double number) { return std::isfinite(number); }))
            continue;
        table.sites.push_back(matrix.alternatives[s]);
        for (std::size_t c = 0; c < row.size(); ++c)
            table.columns[c].push_back(row[c]);
    }
    require_two_sites(table.sites.size());
    return table;
}

} // namespace zonerank::engine
