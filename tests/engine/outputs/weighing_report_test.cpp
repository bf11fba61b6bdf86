// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/weighing_report.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace zonerank;

static const std::vector<std::string> members{"power", "rail"};

TEST_CASE("weighing report: summary, a table by name, then the rest a line each") {
    const engine::Weighing weighing{
        engine::Weights::of(std::vector<double>{3, 1}),
        "ahp",
        "AHP",
        {},
        {{"column mean", std::vector<double>{0.7, std::numeric_limits<double>::quiet_NaN()}},
         {"ratio", 0.05},
         {"no ratio", std::numeric_limits<double>::quiet_NaN()},
         {"worst three", std::string("'a vs b' 2")}}};
    CHECK(engine::weighing_text(weighing, members, 80) == "  AHP\n"
                                                          "  name   weight  column mean\n"
                                                          "  ─────  ──────  ───────────\n"
                                                          "  power  0.7500       0.7000\n"
                                                          "  rail   0.2500\n"
                                                          "  ratio: 0.0500\n"
                                                          "  no ratio:\n"
                                                          "  worst three: 'a vs b' 2\n");
}

TEST_CASE("weighing report: long lines wrap, and control characters are shown") {
    const engine::Weighing weighing{
        engine::Weights::equal(2), "ahp", "one two three four", {}, {{"x", std::string("\x1b[2J")}}};
    const std::string text = engine::weighing_text(weighing, members, 12);
    CHECK(text.starts_with("  one two\n  three four\n"));
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(engine::weighing_text(weighing, members, 0).starts_with("  one two three four\n"));
}

TEST_CASE("weighing report: weights that wait for the sites are not shown as if they were known") {
    engine::Weighing weighing{engine::Weights::equal(2), "entropy", "entropy, of the sites once they are measured"};
    weighing.later = [](const engine::DecisionMatrix&) { return engine::Weighing{}; };
    CHECK(engine::weighing_text(weighing, members, 80) == "  entropy, of the sites once they are measured\n");
}
