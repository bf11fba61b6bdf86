// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/industry_table.hpp"

#include <doctest/doctest.h>

using namespace zonerank::engine;

TEST_CASE("industries: a matrix, the plan and who goes without, in words") {
    Industries all;
    all.matrix = {{{"1", "Bong"}, {"2", "Jat\x1blan"}},
                  {{"textile", "Textile"}, {"marble", "Marble", 2}},
                  {{0.9}, {0.8, 0, "power 30 km, at most 20 km needed"}, {0.5}, {0.25}}};
    rank(all.matrix);
    all.plan = plan(all.matrix, Aim::total_score);
    const std::string text = industry_text(all);
    CHECK(text.find("0.90 ▇ *<") != std::string::npos);
    CHECK(text.find("not suited") != std::string::npos);
    CHECK(text.find("Marble not at Bong: power 30 km, at most 20 km needed\n") != std::string::npos);
    CHECK(text.find("The scores add up to 1.150: no other way gives more.\n") != std::string::npos);
    CHECK(text.find("Marble goes without 1 of 2 sites: only 1 site suits it.\n") != std::string::npos);
    CHECK(text.find("The industries look for 3 sites, and the sites take 2.\n") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("nan") == std::string::npos);
}

TEST_CASE("industries: many sites are cut, many industries stand in blocks") {
    Industries all;
    for (int i = 0; i < 30; ++i)
        all.matrix.sites.push_back({std::to_string(i), "site " + std::to_string(i)});
    for (int i = 0; i < 8; ++i)
        all.matrix.industries.push_back({"i" + std::to_string(i), "I" + std::to_string(i)});
    all.matrix.fits.assign(240, {0.5});
    rank(all.matrix);
    all.plan = plan(all.matrix, Aim::total_score);
    const std::string text = industry_text(all);
    CHECK(text.find("… and 10 more in industries/scores.csv\n") != std::string::npos);
    CHECK(text.find("site 19 ") != std::string::npos);
    CHECK(text.find("I7") != std::string::npos);
}
