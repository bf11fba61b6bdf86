// SPDX-License-Identifier: Apache-2.0
#include "engine/study/links.hpp"

#include "tests/support/yaml.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

LinksSpec links(const std::string& text, layers::Problems& problems) {
    return read_links(tests::yaml(text), problems);
}

} // namespace

TEST_CASE("links are read, a spanning tree where nothing else is said") {
    layers::Problems problems;
    const LinksSpec tree = links("{between: [sites, ports]}", problems);
    CHECK(tree.between == std::vector<std::string>{"sites", "ports"});
    CHECK(tree.network == NetworkKind::spanning_tree);
    CHECK(std::isinf(tree.limit));
    const LinksSpec hubs = links("{between: [sites, ports], network: nearest hub, hubs: ports, limit: 3 h}", problems);
    CHECK(hubs.network == NetworkKind::nearest_hub);
    CHECK(hubs.hubs == "ports");
    CHECK(hubs.limit == 180);
    CHECK(hubs.cost_per_hour == 60); // its minutes
    CHECK(hubs.cost_per_km == 0);
    const LinksSpec priced = links("{between: [a, b], cost per km: 45}", problems);
    CHECK(priced.cost_per_hour == 0);
    CHECK(priced.cost_per_km == 45);
    CHECK(links("{between: sites, network: pairwise}", problems).between == std::vector<std::string>{"sites"});
    CHECK(problems.ok());
}

TEST_CASE("a cost is no less than nothing") {
    layers::Problems problems;
    links("{between: [a, b], cost per hour: -1, cost per km: much}", problems);
    REQUIRE(problems.errors().size() == 2);
    CHECK(problems.errors()[0].text == "links: cost per hour: expected 0 or more, found '-1'");
}

TEST_CASE("a network that is none comes with the nearest") {
    layers::Problems problems;
    links("{between: [a, b], network: pairwize}", problems);
    REQUIRE(problems.errors().size() == 1);
    CHECK(problems.errors()[0].text == "links: network: unknown network 'pairwize'; did you mean 'pairwise'?");
}

TEST_CASE("networks have the names that a study gives them") {
    for (const NetworkKind kind : {NetworkKind::pairwise, NetworkKind::spanning_tree, NetworkKind::nearest_hub}) {
        layers::Problems problems;
        CHECK(links(fmt::format("{{between: [a, b], hubs: a, network: {}}}", network_name(kind)), problems).network ==
              kind);
    }
}

TEST_CASE("names have to be the study's") {
    layers::Problems problems;
    check_links(links("{between: [sites, ports]}", problems), {"ports"}, true, problems);
    CHECK(problems.ok());
    check_links(links("{between: [sites, prots, prots]}", problems), {"ports"}, false, problems);
    REQUIRE(problems.errors().size() == 3);
    CHECK(problems.errors()[0].text == "links: between: the study has no sites; add `sites: {source: ...}`");
    CHECK(problems.errors()[1].text.find("unknown layer 'prots'; did you mean 'ports'?") != std::string::npos);
    CHECK(problems.errors()[2].text == "links: between: 'prots' is named twice");
}
