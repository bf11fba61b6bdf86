// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_rows.hpp"

#include "engine/draft/roles.hpp"
#include "layers/catalogue.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace zonerank;

TEST_CASE("every row names roles and criteria that there are, each once") {
    std::set<std::string_view> seen;
    for (const engine::CriterionRow& row : engine::criterion_rows()) {
        CAPTURE(row.name);
        CHECK(seen.insert(row.name).second);
        CHECK_NOTHROW(layers::catalogue_entry(row.use));
        if (!row.timed.empty())
            CHECK_NOTHROW(layers::catalogue_entry(row.timed));
        for (const std::string_view role : row.roles)
            if (!role.empty())
                CHECK_NOTHROW(engine::role_called(role));
    }
    for (const engine::ConstraintRow& row : engine::constraint_rows()) {
        CAPTURE(row.name);
        CHECK(seen.insert(row.name).second); // criteria and constraints share their names
        CHECK_NOTHROW(engine::role_called(row.role));
        CHECK(row.body.find(std::string("of: ") + std::string(row.role)) != row.body.npos);
    }
}

TEST_CASE("all four themes, and faster roads first") {
    std::set<std::string_view> themes;
    for (const engine::CriterionRow& row : engine::criterion_rows())
        themes.insert(layers::catalogue_entry(row.use).theme);
    CHECK(themes.size() == 4);
    int before = 1000;
    for (const engine::SpeedRow& row : engine::speed_rows()) {
        CHECK(row.speed < before);
        before = row.speed;
    }
    CHECK(engine::corine_values.starts_with("{categories: {"));
}
