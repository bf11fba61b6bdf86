// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/course.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank;
using namespace zonerank::rasters;

TEST_CASE("nobody listens, nothing stops it") {
    const Course course;
    CHECK_NOTHROW(course.check());
    CHECK_NOTHROW(course.at(0.5));
}

TEST_CASE("a course ends when it is asked to, and so does a silent one") {
    std::atomic<bool> stop = false;
    std::vector<double> told;
    const Course course(stop, [&](double part) { told.push_back(part); });
    const Course silent = course.silent();
    course.at(0.25);
    silent.at(0.5);
    course.stretch(0.5, 1).at(0.5);
    CHECK(told == std::vector{0.25, 0.75});
    stop = true;
    CHECK_THROWS_WITH_AS(course.check(), "stopped", Error);
    CHECK_THROWS_WITH_AS(silent.at(0.75), "stopped", Error);
}

TEST_CASE("every thousandth of an advance is told") {
    std::atomic<bool> stop = false;
    std::vector<double> told;
    const Course course(stop, [&](double part) { told.push_back(part); });
    Advance advance(course, 1e6);
    for (int i = 0; i < 1e6; ++i)
        advance.add(1);
    CHECK(told.size() == 1000);
    CHECK(told.front() == doctest::Approx(0.001));
    CHECK(told.back() == 1);
    stop = true;
    CHECK_THROWS_AS(advance.add(1), Error);
    Advance nothing(Course(), 0);
    CHECK_NOTHROW(nothing.add(1));
}
