// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/value_plot.hpp"

#include "engine/decision/value_function.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace zonerank;

TEST_CASE("plot: a rising line, in plain characters") {
    const std::string text = engine::plot({[](double x) { return x; }, 0, 1, "0 km", "1 km"}, false);
    CHECK(text == "1 |                                    ****\n"
                  "  |                            ********    \n"
                  "  |                    ********            \n"
                  "  |            ********                    \n"
                  "  |    ********                            \n"
                  "0 |****                                    \n"
                  "   0 km                                1 km\n");
}

TEST_CASE("plot: a step is joined, what is unknown is left out") {
    const auto column = [](const std::string& text, std::size_t x) {
        std::string marks;
        for (std::size_t line = 0; line < 6; ++line)
            marks += text[line * 44 + 3 + x];
        return marks;
    };
    const std::string down = engine::plot({[](double x) { return x < 20 ? 1.0 : 0.0; }, 0, 39}, false);
    CHECK(column(down, 19) == "*     ");
    CHECK(column(down, 20) == " *****");
    CHECK(column(down, 21) == "     *");
    const std::string up = engine::plot({[](double x) { return x < 20 ? 0.0 : 1.0; }, 0, 39}, false);
    CHECK(column(up, 20) == "***** ");
    const std::string gap = engine::plot({[](double x) { return x < 20 ? NAN : 1.0; }, 0, 39}, false);
    CHECK(column(gap, 19) == "      ");
    CHECK(column(gap, 20) == "*     ");
}

TEST_CASE("plot: in braille, two by four dots to a character") {
    const std::string text = engine::plot({[](double) { return 1.0; }, 0, 1, "a", "b"}, true);
    CHECK(text.starts_with("1 │⠉⠉⠉"));
    const std::string low = engine::plot({[](double) { return 0.0; }, 0, 1, "a", "b"}, true);
    CHECK(low.find("0 │⣀⣀⣀") != low.npos);
}

TEST_CASE("plots: one of each value function") {
    for (const auto& kind : engine::value_functions()) {
        CAPTURE(kind.name);
        const std::string text = engine::typical_plot(kind.name, false);
        CHECK(text.starts_with(std::string(kind.name) + ": {"));
        CHECK(std::ranges::count(text, '\n') == 8);
        CHECK(std::ranges::count(text, '*') >= 32);
    }
    CHECK_THROWS_AS(engine::typical_plot("lineal", false), Error);
}
