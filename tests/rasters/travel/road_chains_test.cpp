// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/road_chains.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace zonerank::rasters;

static constexpr Point a{0, 0}, b{10, 0}, c{20, 5}, d{30, 5}, e{20, 50};

TEST_CASE("lines that go on are joined, whatever their speeds and directions") {
    const std::vector<RoadLine> lines{{{c, b}, 30, false}, {{a, b}, 60, false}, {{c, d}, 90, false}};
    const RoadChains chains(lines);
    REQUIRE(chains.all().size() == 1);
    const RoadChain chain = chains.all().front();
    CHECK(chain.path == Path{d, c, b, a});
    REQUIRE(chain.stretches.size() == 3);
    CHECK(chain.stretches[0].last == 1);
    CHECK(chain.stretches[0].km_per_hour == 90);
    CHECK(chain.stretches[1].km_per_hour == 30);
    CHECK(chain.stretches[2].last == 3);
    CHECK(!chains.meet(b));
    CHECK(chains.meet(a));
    CHECK(!chains.meet(e));
}

TEST_CASE("three lines meet, and so do two where one begins on another") {
    const std::vector<RoadLine> star{{{a, c}, 60, false}, {{c, d}, 60, false}, {{c, e}, 60, false}};
    CHECK(RoadChains(star).all().size() == 3);
    CHECK(RoadChains(star).meet(c));
    const std::vector<RoadLine> passed{{{a, b}, 60, false}, {{b, c}, 60, false}, {{e, b, d}, 60, false}};
    CHECK(RoadChains(passed).all().size() == 3);
    CHECK(RoadChains(passed).meet(b));
}

TEST_CASE("one-way lines are joined in their direction only") {
    const auto parts = [](const std::vector<RoadLine>& lines) { return RoadChains(lines).all(); };
    const auto one = parts({{{b, c}, 60, true}, {{a, b}, 60, true}});
    REQUIRE(one.size() == 1);
    CHECK(one.front().one_way);
    CHECK(one.front().path == Path{a, b, c});
    CHECK(parts({{{a, b}, 60, true}, {{c, b}, 60, true}}).size() == 2);
    CHECK(parts({{{a, b}, 60, true}, {{b, c}, 60, false}}).size() == 2);
}

TEST_CASE("rings end where they began") {
    const std::vector<RoadLine> pieces{{{a, b}, 60, false}, {{c, b}, 60, false}, {{c, a}, 60, false}};
    const RoadChains ring(pieces);
    REQUIRE(ring.all().size() == 1);
    CHECK(ring.all().front().path == Path{a, b, c, a});
    const std::vector<RoadLine> whole{{{a, b, c, a}, 60, false}};
    CHECK(RoadChains(whole).all().front().path == Path{a, b, c, a});
    CHECK(RoadChains(whole).meet(a));
    const std::vector<RoadLine> none{{{}, 60, false}, {{a}, 60, false}, {{b, b}, 60, false}};
    CHECK(RoadChains(none).all().size() == 2);
}
