// SPDX-License-Identifier: Apache-2.0
#include "engine/options.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using engine::Options;

static Options options(const std::vector<const char*>& words) {
    return std::get<Options>(engine::read_options(static_cast<int>(words.size()), words.data()));
}

// What is wrong usage, commands_test has.
TEST_CASE("a command has its options, and the rest as it is by default") {
    const Options run = options({"zonerank", "run", "a.yaml", "-t", "3", "--allow-driver", "A", "--allow-driver", "B"});
    CHECK(run.command == "run");
    CHECK(run.study == "a.yaml");
    CHECK(run.threads == 3);
    CHECK(run.tile == 512);
    CHECK(run.access().drivers == std::vector<std::string>{"A", "B"});
    CHECK(!run.expected);
    const Options measure = options({"zonerank", "measure", "a.yaml", "power", "-o", "p.tif", "--overwrite"});
    CHECK(measure.command == "measure");
    CHECK(measure.criterion == "power");
    CHECK(measure.output == "p.tif");
    CHECK(measure.overwrite);
    CHECK(options({"zonerank", "list", "values"}).table == "values");
    const Options explain = options({"zonerank", "explain", "a.yaml", "Jatlan", "--json"});
    CHECK(explain.site == "Jatlan");
    CHECK(explain.json);
    CHECK(options({"zonerank", "check", "a.yaml"}).command == "check");
}
