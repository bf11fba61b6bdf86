// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/sheet_words.hpp"

#include <doctest/doctest.h>

using namespace zonerank;
using namespace zonerank::engine;

static const MatrixColumn km{.name = "power", .unit = layers::unit_called("km"), .limit = 20'000};
static const MatrixColumn people{.name = "workers", .unit = layers::unit_called("people")};
static const MatrixColumn plain{.name = "index"};
static const MatrixColumn cover{.name = "cover", .classes = {"", "trees"}};

TEST_CASE("a measurement in three digits, with its unit") {
    CHECK(measurement_text(km, 8437) == "8.44 km");
    CHECK(measurement_text(km, 0) == "0 km");
    CHECK(measurement_text(people, 230'417) == "230,417 people");
    CHECK(measurement_text(plain, 0.5) == "0.5");
    CHECK(measurement_text(km, engine::nan) == "no data");
}

TEST_CASE("a class by its name, or its number") {
    CHECK(measurement_text(cover, 1) == "trees");
    CHECK(measurement_text(cover, 7) == "class 7");
}

TEST_CASE("beyond the limit only more than the limit is known") {
    CHECK(measurement_text(km, MatrixEntry{.measurement = 20'000, .beyond = Beyond::all}) == "> 20 km");
    CHECK(measurement_text(km, MatrixEntry{.measurement = 9'000, .beyond = Beyond::part}) == "9 km");
}

TEST_CASE("what has to be reached is rounded so that it is enough") {
    CHECK(reached_text(km, 8'400, 3'149) == "3.14 km");
    CHECK(reached_text(km, 1'000, 3'141) == "3.15 km");
    CHECK(reached_text(km, 8'400, 3'000) == "3 km");
    CHECK(reached_text(people, 100'000, 230'417.2) == "230,418 people");
    CHECK(reached_text(km, 8'400, 0) == "0 km");
    CHECK(reached_text(cover, 7, 1) == "trees");
}

TEST_CASE("figures by size, texts in lines") {
    CHECK(most_first({1, 3, 2, 3}) == std::vector<std::size_t>{1, 3, 2, 0});
    CHECK(paragraph("one two", 5) == "  one two\n"); // narrower than a terminal is
    CHECK(paragraph(std::string(39, 'a') + " bb", 42) == "  " + std::string(39, 'a') + "\n  bb\n");
}
