// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/browser.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <stdlib.h>

using namespace zonerank;

TEST_CASE("a path as an address: only what needs no escape stays") {
    CHECK(engine::file_url("/a/b-1.html") == "file:///a/b-1.html");
    CHECK(engine::file_url("/a b/ä#?%.html") == "file:///a%20b/%C3%A4%23%3F%25.html");
}

TEST_CASE("BROWSER is words, not a line for a shell") {
    using Words = std::vector<std::string>;
    CHECK(engine::browser_words("firefox", "u") == Words{"firefox", "u"});
    CHECK(engine::browser_words("w3m -N %s:lynx", "u") == Words{"w3m", "-N", "u"});
    CHECK(engine::browser_words("x --url=%s", "u") == Words{"x", "--url=u"});
    CHECK(engine::browser_words("", "u").empty());
}

TEST_CASE("a browser that is not there has opened nothing") {
    ::setenv("BROWSER", "/nowhere/browser", 1);
    CHECK(!engine::open_in_browser("file:///x"));
    ::setenv("BROWSER", "/bin/false", 1);
    CHECK(!engine::open_in_browser("file:///x"));
    ::setenv("BROWSER", "/bin/true", 1);
    CHECK(engine::open_in_browser("file:///x"));
    ::unsetenv("BROWSER");
}
