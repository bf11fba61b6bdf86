// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/touching.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace zonerank;
using layers::touching;
using rasters::Box;
using Groups = std::vector<std::vector<std::size_t>>;

TEST_CASE("boxes that touch are together, also by way of others") {
    CHECK(touching({}).empty());
    CHECK(touching({{0, 0, 1, 1}, {5, 5, 6, 6}, {1, 1, 2, 2}, {2, 0, 5, 5}, {9, 9, 10, 10}}) ==
          Groups{{0, 1, 2, 3}, {4}});
    CHECK(touching({{0, 0, 4, 4}, Box{}, {1, 1, 2, 2}}) == Groups{{0, 2}, {1}});
}

TEST_CASE("groups of many boxes are those found pair by pair") {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> place(0, 100), side(0, 4);
    std::vector<Box> boxes;
    for (int i = 0; i < 500; ++i) {
        const double x = place(random), y = place(random);
        boxes.push_back({x, y, x + side(random), y + side(random)});
    }
    std::vector<std::size_t> group(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i)
        group[i] = i;
    for (bool changed = true; changed;) { // the least number spreads
        changed = false;
        for (std::size_t i = 0; i < boxes.size(); ++i)
            for (std::size_t k = 0; k < boxes.size(); ++k)
                if (boxes[i].intersects(boxes[k]) && group[k] < group[i]) {
                    group[i] = group[k];
                    changed = true;
                }
    }
    Groups expected;
    for (std::size_t first = 0; first < boxes.size(); ++first) {
        std::vector<std::size_t> members;
        for (std::size_t i = first; i < boxes.size(); ++i)
            if (group[i] == first)
                members.push_back(i);
        if (!members.empty())
            expected.push_back(members);
    }
    CHECK(expected.size() > 50);
    CHECK(touching(boxes) == expected);
}
