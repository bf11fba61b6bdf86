// SPDX-License-Identifier: Apache-2.0
#include "engine/weights/data_table.hpp"

#include "rasters/core/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace zonerank;
using engine::DataTable;
using engine::DecisionMatrix;
using engine::Numbers;
using engine::Sense;

TEST_CASE("data table: sites without a number are left out; two must stay; a sense is needed") {
    const double none = std::numeric_limits<double>::quiet_NaN();
    DecisionMatrix matrix{{"x", "y", "z"},
                          {"a", "b"},
                          {0.5, 0.5},
                          {Sense::less, Sense::more},
                          {1, 2, none, 3, 5, 4},
                          {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}};
    const DataTable measured = engine::data_table(matrix, Numbers::measurements);
    CHECK(measured.sites == std::vector<std::string>{"x", "z"});
    CHECK(measured.columns[0] == std::vector<double>{1, 5});
    CHECK(measured.less == std::vector<bool>{true, false});
    const DataTable valued = engine::data_table(matrix, Numbers::values);
    CHECK(valued.sites.size() == 3);
    CHECK(valued.less == std::vector<bool>{false, false});
    CHECK(valued.columns[1] == std::vector<double>{0.2, 0.4, 0.6});
    matrix.senses[1] = Sense::neither;
    CHECK_THROWS_WITH_AS(engine::data_table(matrix, Numbers::measurements),
                         "'b' has no measurements of which more or less is better throughout; weigh `of: values`",
                         Error);
    CHECK(engine::data_table(matrix, Numbers::values).sites.size() == 3);
    matrix.values[0] = matrix.values[2] = none;
    CHECK_THROWS_WITH_AS(engine::data_table(matrix, Numbers::values),
                         "weights that follow from the sites need two ranked sites with all numbers, and there is 1",
                         Error);
}
