// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/ranking.hpp"

#include "tests/support/ranking.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

using namespace zonerank;
using namespace zonerank::engine;
using tests::site;

namespace {

std::vector<std::pair<int, std::string>> places(const Ranking& ranking) {
    std::vector<std::pair<int, std::string>> result;
    for (const SiteRow& row : ranking.rows)
        result.emplace_back(row.rank, row.name);
    return result;
}

Ranking of(std::vector<SiteRow> rows) {
    Ranking ranking;
    ranking.rows = std::move(rows);
    rank(ranking);
    return ranking;
}

} // namespace

TEST_CASE("ranking: the highest score comes first, ties share a rank and the next one skips") {
    const Ranking ranking = of({site("c", 0.5, {}), site("a", 0.7, {}), site("d", 0.1, {}), site("b", 0.5, {})});
    CHECK(places(ranking) == std::vector<std::pair<int, std::string>>{{1, "a"}, {2, "b"}, {2, "c"}, {4, "d"}});
}

TEST_CASE("ranking: sites without a rank come last, by name, whatever their score") {
    std::vector<SiteRow> rows{site("z", 0.9, {}), site("b", engine::nan, {}), site("a", 0.99, {}), site("c", 0, {})};
    rows[2].reason = "too small";
    const Ranking ranking = of(std::move(rows));
    CHECK(places(ranking) == std::vector<std::pair<int, std::string>>{{1, "z"}, {2, "c"}, {0, "a"}, {0, "b"}});
    CHECK(ranking.rows[2].reason == "too small");
    CHECK(ranking.rows[3].reason == "its score is unknown");
}

TEST_CASE("ranking: the order in which sites come does not matter") {
    std::vector<SiteRow> rows;
    for (int i = 0; i < 200; ++i)
        rows.push_back(site("site " + std::to_string(i % 90), i % 7 / 7.0, {}));
    for (int i = 0; i < 200; ++i) {
        rows[static_cast<std::size_t>(i)].id = std::to_string(i);
        if (i % 11 == 0)
            rows[static_cast<std::size_t>(i)].reason = "outside";
    }
    const auto ids = [](const Ranking& ranking) {
        std::vector<std::string> result;
        for (const SiteRow& row : ranking.rows)
            result.push_back(row.id + " " + std::to_string(row.rank));
        return result;
    };
    const auto expected = ids(of(rows));
    std::shuffle(rows.begin(), rows.end(), std::mt19937(3));
    CHECK(ids(of(rows)) == expected);
}

TEST_CASE("ranking: a rank is one more than the number of better sites") {
    std::mt19937 random(11);
    std::vector<SiteRow> rows;
    for (int i = 0; i < 300; ++i)
        rows.push_back(site(std::to_string(i), static_cast<double>(random() % 40) / 40, {}));
    const Ranking ranking = of(rows);
    for (const SiteRow& row : ranking.rows)
        CHECK(row.rank ==
              1 + std::count_if(rows.begin(), rows.end(), [&](const SiteRow& o) { return o.score > row.score; }));
}
