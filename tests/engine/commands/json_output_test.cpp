// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/outputs/figures.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using engine::Json;

TEST_CASE("problems have their place, or null where they have none") {
    const auto file = std::make_shared<const std::string>("b.yaml");
    const Json problems = engine::problems_json({{{file, 2, 7}, "wrong"}, {{}, "missing"}}, "a.yaml");
    CHECK(problems.dump() == R"([{"file":"a.yaml","line":null,"column":null,"text":"missing"},)"
                             R"({"file":"b.yaml","line":2,"column":7,"text":"wrong"}])");
    CHECK(engine::failure_json({}, "stopped").dump() ==
          R"({"ok":false,"errors":[{"file":null,"line":null,"column":null,"text":"stopped"}]})");
}

TEST_CASE("files with their sizes, and fields as they are") {
    const tests::Folder folder;
    tests::write_file(folder / "a b.csv", "1,2\n");
    CHECK(engine::files_json(folder.path(), {"a b.csv"}).dump() == R"([{"name":"a b.csv","bytes":4}])");
    CHECK(engine::field_json({}).is_null());
    CHECK(engine::field_json(std::nan("")).is_null());
    CHECK(engine::field_json(std::int64_t{3}).dump() == "3");
    CHECK(engine::field_json(0.25).dump() == "0.25");
    CHECK(engine::field_json(std::string("\"x\"")) == "\"x\"");
}
