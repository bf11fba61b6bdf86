// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_page.hpp"

#include "tests/support/batch.hpp"

#include <doctest/doctest.h>

#include <regex>

using namespace zonerank;

static std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

TEST_CASE("the page shows each district's map with its sites, and needs nothing else") {
    const tests::StudyFolder folder;
    const engine::BatchResult result = engine::run_batch(tests::batch_over_halves(folder), false);
    const auto sites = engine::combined_sites(result.folder, result.summary.rows);
    const std::string page = engine::batch_page(result.folder, result.summary, sites);
    CHECK(count(page, "data:image/png;base64,iVBOR") == 2);
    CHECK(count(page, "<circle ") == 2);
    CHECK(count(page, "href=\"West/report.html\"") == 2);
    CHECK_FALSE(std::regex_search(page, std::regex("https?://")));
    CHECK(count(page, "'unsafe") == 0);
}

TEST_CASE("texts are escaped, and what failed is said") {
    const tests::Folder folder;
    engine::BatchSummary summary{.study = "<i>Zones</i>", .no_ranking = "a < b"};
    summary.rows.push_back({.name = "<script>x",
                            .folder = "f",
                            .state = engine::BatchRow::State::failed,
                            .best_score = {},
                            .error = "\"roads\" & gone"});
    const std::string page = engine::batch_page(folder.path(), summary, {});
    CHECK(count(page, "<i>") == 0);
    CHECK(count(page, "<script>") == 1);
    CHECK(count(page, "&lt;script&gt;x") == 2); // among the failures and in the table
    CHECK(count(page, "&quot;roads&quot; &amp; gone") == 1);
    CHECK(count(page, "No combined ranking: a &lt; b.") == 1);
    CHECK(count(page, "<bdi>&lt;script&gt;x</bdi>: <span class=\"bad\">") == 1);
}

TEST_CASE("one line for an error that districts share, and sites nowhere are told") {
    const tests::Folder folder;
    engine::BatchSummary summary{.study = "Zones", .sites_nowhere = 1200};
    for (const char* name : {"b", "a"})
        summary.rows.push_back({.name = name,
                                .folder = name,
                                .state = engine::BatchRow::State::failed,
                                .best_score = {},
                                .error = "gone"});
    const std::string page = engine::batch_page(folder.path(), summary, {});
    CHECK(count(page, "<bdi>a</bdi>, <bdi>b</bdi>: <span class=\"bad\">gone</span>") == 1);
    CHECK(count(page, "1,200 of the sites") == 1);
}
