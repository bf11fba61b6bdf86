// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/turns.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

namespace fs = std::filesystem;
using namespace zonerank;
using engine::BatchRow;
using engine::Turns;
using State = BatchRow::State;

static const std::vector<BatchRow> three{{.name = "A", .folder = "A", .best_score = {}},
                                         {.name = "B", .folder = "B", .best_score = {}},
                                         {.name = "C", .folder = "C", .best_score = {}}};
static const std::atomic<bool> go_on = false, stop = true;

static BatchRow done(const std::string& name) {
    return {.name = name, .folder = name, .state = State::done, .seconds = 2, .best_score = {}};
}

TEST_CASE("alone, each has its turn once, in order") {
    Turns turns(3);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto turn = turns.next(go_on);
        REQUIRE(turn);
        CHECK(turn->district == i);
        CHECK_FALSE(turn->done);
        turns.leave(*turn, done("A"));
    }
    CHECK_FALSE(turns.next(go_on));
    CHECK_FALSE(turns.seen(0));
    CHECK_FALSE(Turns(3).next(stop));
}

TEST_CASE("of two who share, each does what the other doesn't, and both know of all") {
    const tests::Folder folder;
    Turns mine(three, folder.path()), yours(three, folder.path());
    auto a = mine.next(go_on), b = yours.next(go_on);
    CHECK(a->district == 0);
    CHECK(b->district == 1);
    CHECK_FALSE(mine.seen(1));
    yours.leave(*b, done("B"));
    b.reset();
    CHECK(mine.seen(1)->seconds == 2);
    b = mine.next(go_on);
    REQUIRE(b->done);
    CHECK(b->done->state == State::done);
    const auto c = mine.next(go_on);
    CHECK(c->district == 2);
    CHECK_FALSE(c->done);
    CHECK_FALSE(mine.next(go_on));
}

TEST_CASE("what another is at is waited for, and taken over when that one is gone") {
    const tests::Folder folder;
    Turns mine(three, folder.path()), yours(three, folder.path());
    auto killed = yours.next(go_on);
    CHECK(mine.next(go_on)->district == 1);
    CHECK(mine.next(go_on)->district == 2);
    std::jthread end([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        killed.reset();
    });
    const auto taken = mine.next(go_on);
    REQUIRE(taken);
    CHECK(taken->district == 0);
    CHECK_FALSE(taken->done);
    CHECK_FALSE(mine.next(go_on));
}

TEST_CASE("half a word, or one of another district, is none") {
    const tests::Folder folder;
    const Turns turns(three, folder.path());
    for (const std::string& text : {std::string("{\"program\": \"zone"), engine::row_text(done("X")), std::string()}) {
        tests::write_file(folder / "0", text);
        CHECK_FALSE(turns.seen(0));
    }
}
