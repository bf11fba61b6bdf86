// SPDX-License-Identifier: Apache-2.0
#include "engine/model/network.hpp"

#include "tests/support/random_shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>

using namespace zonerank;
using namespace zonerank::engine;
using tests::Random;

namespace {

MinutesMatrix matrix(std::size_t places, const std::vector<Link>& links) {
    MinutesMatrix minutes(places);
    for (const Link& link : links)
        minutes.at(link.a, link.b) = minutes.at(link.b, link.a) = link.minutes;
    return minutes;
}

MinutesMatrix random_matrix(Random& random, std::size_t places, bool whole) {
    MinutesMatrix minutes(places);
    for (std::size_t a = 0; a < places; ++a)
        for (std::size_t b = 0; b < places; ++b)
            if (a != b && (whole || random.below(3) > 0))
                minutes.at(a, b) = whole ? random.in(1, 100) : 1 + random.below(5);
    return minutes;
}

double sum_of(const std::vector<Link>& links) {
    return std::accumulate(links.begin(), links.end(), 0.0, [](double s, const Link& l) { return s + l.minutes; });
}

/// Number of groups that links make of places.
std::size_t groups(std::size_t places, const std::vector<Link>& links) {
    std::vector<std::size_t> of(places);
    std::iota(of.begin(), of.end(), 0);
    for (std::size_t round = 0; round < places; ++round)
        for (const Link& link : links)
            of[link.a] = of[link.b] = std::min(of[link.a], of[link.b]);
    std::size_t count = 0;
    for (std::size_t i = 0; i < places; ++i)
        count += of[i] == i ? 1 : 0;
    return count;
}

} // namespace

TEST_CASE("pairs need a way both ways") {
    MinutesMatrix minutes(3);
    minutes.at(0, 1) = 4;
    minutes.at(1, 0) = 6;
    minutes.at(0, 2) = 1;
    CHECK(pairwise(minutes) == std::vector<Link>{{0, 1, 5}});
}

TEST_CASE("a spanning tree is the least of all trees") {
    Random random(2);
    for (int trial = 0; trial < 60; ++trial) {
        const std::size_t places = 3 + static_cast<std::size_t>(random.below(4));
        const MinutesMatrix minutes = random_matrix(random, places, trial % 2 == 0);
        const std::vector<Link> all = pairwise(minutes), tree = spanning_tree(minutes);
        const std::size_t parts = groups(places, all);
        CHECK(tree.size() == places - parts);
        CHECK(groups(places, tree) == parts);
        double least = std::numeric_limits<double>::infinity();
        for (std::uint32_t choice = 0; choice < (1U << all.size()); ++choice) {
            std::vector<Link> some;
            for (std::size_t i = 0; i < all.size(); ++i)
                if (choice >> i & 1)
                    some.push_back(all[i]);
            if (some.size() == tree.size() && groups(places, some) == parts)
                least = std::min(least, sum_of(some));
        }
        CHECK(sum_of(tree) == doctest::Approx(least));
    }
}

TEST_CASE("each place is joined to its nearest hub") {
    const MinutesMatrix minutes = matrix(5, {{0, 3, 9}, {0, 4, 7}, {1, 3, 2}, {1, 4, 2}, {0, 1, 1}, {3, 4, 1}});
    CHECK(nearest_hub(minutes, std::vector<std::size_t>{3, 4}) == std::vector<Link>{{0, 4, 7}, {1, 3, 2}});
}

TEST_CASE("closeness and betweenness of a chain, a star and a square") {
    const auto chain = standings(4, std::vector<Link>{{0, 1, 10}, {1, 2, 20}, {2, 3, 30}});
    CHECK(chain[0].mean_minutes == doctest::Approx((10 + 30 + 60) / 3.0));
    CHECK(chain[0].closeness == doctest::Approx(60 / (100 / 3.0)));
    CHECK(chain[0].betweenness == 0);
    CHECK(chain[1].betweenness == doctest::Approx(2 / 3.0)); // of the pairs 0-2, 0-3, 2-3 two
    CHECK(chain[2].betweenness == doctest::Approx(2 / 3.0));
    CHECK(chain[1].links == 2);
    const auto star = standings(4, std::vector<Link>{{0, 1, 1}, {0, 2, 1}, {0, 3, 1}});
    CHECK(star[0].betweenness == doctest::Approx(1));
    CHECK(star[0].closeness == doctest::Approx(60));
    CHECK(star[3].mean_minutes == doctest::Approx(5 / 3.0));
    // Both ways round are as quick: each of the two between counts for half.
    const auto square = standings(4, std::vector<Link>{{0, 1, 0.1}, {1, 2, 0.2}, {2, 3, 0.1}, {0, 3, 0.2}});
    for (const Standing& s : square)
        CHECK(s.betweenness == doctest::Approx(0.5 / 3));
}

TEST_CASE("what isn't joined is not as close; alone it is nothing") {
    const auto parts = standings(5, std::vector<Link>{{0, 1, 30}, {2, 3, 60}});
    CHECK(parts[0].reached == 1);
    CHECK(parts[0].closeness == doctest::Approx(60.0 / 30 * 1 / 4));
    CHECK(parts[2].closeness == doctest::Approx(60.0 / 60 * 1 / 4));
    CHECK(parts[4].reached == 0);
    CHECK(parts[4].closeness == 0);
    CHECK(std::isnan(parts[4].mean_minutes));
    CHECK(standings(2, std::vector<Link>{{0, 1, 5}})[0].betweenness == 0);
}

TEST_CASE("betweenness counts the quickest ways, as counting them all does") {
    Random random(9);
    for (int trial = 0; trial < 30; ++trial) {
        const std::size_t places = 6;
        std::vector<Link> links;
        for (std::size_t a = 0; a < places; ++a)
            for (std::size_t b = a + 1; b < places; ++b)
                if (random.below(2))
                    links.push_back({a, b, 1.0 + random.below(3)});
        const MinutesMatrix direct = matrix(places, links);
        std::vector<double> through(places);
        for (std::size_t s = 0; s < places; ++s)
            for (std::size_t t = s + 1; t < places; ++t) {
                double least = 1e9, ways = 0;
                std::vector<double> with(places);
                std::vector<std::size_t> way{s};
                const std::function<void(double)> go = [&](double minutes) {
                    if (way.back() == t) {
                        if (minutes < least) {
                            least = minutes;
                            ways = 0;
                            with.assign(places, 0);
                        }
                        if (minutes == least) {
                            ++ways;
                            for (std::size_t i = 1; i + 1 < way.size(); ++i)
                                ++with[way[i]];
                        }
                        return;
                    }
                    for (std::size_t next = 0; next < places; ++next) {
                        const double step = direct.at(way.back(), next);
                        if (std::isnan(step) || std::find(way.begin(), way.end(), next) != way.end())
                            continue;
                        way.push_back(next);
                        go(minutes + step);
                        way.pop_back();
                    }
                };
                go(0);
                for (std::size_t i = 0; i < places && ways > 0; ++i)
                    through[i] += with[i] / ways;
            }
        const auto found = standings(places, links);
        for (std::size_t i = 0; i < places; ++i)
            CHECK(found[i].betweenness == doctest::Approx(through[i] / 10)); // pairs of 5 others
    }
}

TEST_CASE("places at the same place have no closeness, and other ways lead through both alike") {
    const std::vector<Link> links{{0, 1, 0}};
    const std::vector<Standing> two = engine::standings(2, links);
    CHECK(two[0].reached == 1);
    CHECK(std::isnan(two[0].closeness));
    const std::vector<Link> chain{{0, 1, 5}, {1, 2, 0}, {2, 3, 5}};
    const std::vector<Standing> four = engine::standings(4, chain);
    CHECK(four[1].betweenness == doctest::Approx(four[2].betweenness));
    CHECK(std::isfinite(four[1].closeness));
}
