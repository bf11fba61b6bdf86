// SPDX-License-Identifier: Apache-2.0
#include "engine/study/packing.hpp"

#include "engine/text/yaml.hpp"
#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using rasters::Packing;

namespace {

struct Read {
    Packing packing;
    std::string said;
};

Read read(const std::string& text) {
    layers::Problems problems;
    const Packing packing =
        engine::read_packing(layers::parse_choice(tests::yaml(text)), "outputs: compression", problems);
    return {packing, problems.ok() ? "" : tests::text_of(problems)};
}

} // namespace

TEST_CASE("ways to compress, with what they take") {
    CHECK(read("zstd").packing.kind == Packing::Kind::zstd);
    CHECK(read("zstd").packing.level == 0);
    CHECK(read("zstd: {level: 9}").packing.level == 9);
    CHECK(read("deflate: {level: 12}").packing.kind == Packing::Kind::deflate);
    CHECK(read("lerc: {max error: 0.001}").packing.kind == Packing::Kind::lerc);
    CHECK(read("lerc: {max error: 0.001}").packing.max_error == 0.001);
}

TEST_CASE("what can't be meant is said") {
    CHECK(read("zstt").said.find("did you mean 'zstd'") != std::string::npos);
    CHECK(read("zstd: {level: 23}").said.find("level: a whole number from 1 to 22 is expected, not 23") !=
          std::string::npos);
    CHECK(read("deflate: {level: 1.5}").said.find("from 1 to 12") != std::string::npos);
    CHECK(read("lerc").said.find("max error") != std::string::npos);
    CHECK(read("lerc: {max error: 0}").said.find("a number above 0 is expected") != std::string::npos);
}
