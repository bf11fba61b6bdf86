// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/shell_parts.hpp"

#include <doctest/doctest.h>

using namespace zonerank::engine;

TEST_CASE("lists_of: a line each, none lost at the ends of pieces") {
    CHECK(lists_of({}, 2).empty());
    CHECK(lists_of({"a", "b"}, 2) == std::vector<std::string>{"a\nb\n"});
    CHECK(lists_of({"a", "b", "c"}, 2) == std::vector<std::string>{"a\nb\n", "c\n"});
    CHECK(lists_of({"a", "b"}, 1) == std::vector<std::string>{"a\n", "b\n"});
}

TEST_CASE("settings and access are words of a shell") {
    ClusterWork work;
    work.plan = "/a b/it's.plan";
    work.bundle = 3;
    work.time_limit = 10;
    CHECK(shell_settings(work) == "plan='/a b/it'\\''s.plan'\nzonerank='zonerank'\nbundle=3\nretries=3\nlimit=30\n");
    CHECK(shell_access(work).empty());
    work.access = {"--allow-network", "--allow-driver=a b"};
    CHECK(shell_access(work) == " '--allow-network' '--allow-driver=a b'");
    work.memory = "2GiB";
    CHECK(shell_unit_words(work) == " '--allow-network' '--allow-driver=a b' '--memory=2GiB'");
    CHECK(shell_finish(work) == "\"$zonerank\" finish \"$plan\" '--allow-network' '--allow-driver=a b'\n");
    work.finish = {"--to-postgis=PG:dbname='a b'"};
    CHECK(shell_access(work) == " '--allow-network' '--allow-driver=a b'"); // units know nothing of it
    CHECK(shell_finish(work).ends_with(" '--allow-driver=a b' '--to-postgis=PG:dbname='\\''a b'\\'''\n"));
}
