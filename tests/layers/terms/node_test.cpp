// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/node.hpp"

#include <doctest/doctest.h>

using namespace zonerank::layers;

TEST_CASE("a place is file:line:column") {
    const auto file = std::make_shared<const std::string>("base.yaml");
    CHECK(to_string(Mark{file, 14, 7}) == "base.yaml:14:7");
    CHECK(to_string(Mark{file, 0, 0}) == "base.yaml");
    CHECK(to_string(Mark{}) == "study");
    CHECK(to_string(Mark{{}, 3, 1}) == "study:3:1");
}

TEST_CASE("entries are found by their key, in the order written") {
    Node map;
    map.kind = Node::Kind::map;
    map.entries.push_back({"b", scalar("2")});
    map.entries.push_back({"a", scalar("1", {{}, 5, 3})});
    REQUIRE(map.find("a"));
    CHECK(map.find("a")->text == "1");
    CHECK(map.find("a")->mark.line == 5);
    CHECK(map.find("c") == nullptr);
    *map.find("b") = scalar("3");
    CHECK(map.entries.front().second.text == "3");
    CHECK(scalar("x").find("x") == nullptr);
}

TEST_CASE("kinds of node and their names for messages") {
    Node node;
    CHECK(node.is_null());
    CHECK(node.kind_name() == "nothing");
    node = scalar("");
    CHECK(node.is_scalar());
    CHECK_FALSE(node.is_null());
    CHECK(node.kind_name() == "a single value");
    node.kind = Node::Kind::list;
    CHECK(node.is_list());
    CHECK(node.kind_name() == "an empty list");
    node.items.emplace_back();
    CHECK(node.kind_name() == "a list");
    node.kind = Node::Kind::map;
    CHECK(node.is_map());
    CHECK(node.kind_name() == "an empty mapping");
    node.entries.emplace_back("key", Node{});
    CHECK(node.kind_name() == "a mapping");
}
