// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/method_rows.hpp"

#include "tests/support/methods.hpp"

#include <algorithm>

using namespace zonerank;
using namespace zonerank::engine;

TEST_CASE("method rows: all topics make the table, each name once") {
    std::vector<std::string> names = layers::names(ranking_methods());
    CHECK(names.size() == compensating_rows().size() + outranking_rows().size());
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
}

TEST_CASE("method rows: a method without `of` works on values, the others on what it says") {
    CHECK(tests::method_of("weighted sum", "", 2).of == Of::values);
    CHECK(tests::method_of("topsis", "", 2).of == Of::measurements);
    CHECK(tests::method_of("topsis", "{of: values}", 2).of == Of::values);
}
