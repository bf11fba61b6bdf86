// SPDX-License-Identifier: Apache-2.0
#include "engine/model/graph.hpp"

#include "rasters/core/stopped.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <barrier>
#include <chrono>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace zonerank;
using engine::Graph;
using engine::Progress;
using engine::Unit;

namespace {

const std::atomic<bool> never = false;

void run(Graph& graph, unsigned threads) {
    graph.run(threads, {}, never);
}

std::string refusal(Graph& graph, unsigned threads, const std::atomic<bool>& stop = never) {
    try {
        graph.run(threads, {}, stop);
    } catch (const Error& error) {
        return error.what();
    }
    return "done";
}

} // namespace

TEST_CASE("a unit starts when all that it waits for is done") {
    for (const unsigned threads : {1U, 2U, 4U}) {
        CAPTURE(threads);
        Graph graph;
        std::mt19937 random(11); // NOLINT: the same graph each time
        std::vector<std::atomic<bool>> done(300);
        std::atomic<int> early = 0, runs = 0;
        for (std::size_t i = 0; i < done.size(); ++i) {
            std::set<std::size_t> after;
            for (std::size_t k = 0; i > 0 && k < random() % 4; ++k)
                after.insert(random() % i);
            graph.add({.kind = "score",
                       .name = std::to_string(i),
                       .after = {after.begin(), after.end()},
                       .work = [&, i, after] {
                           for (const std::size_t before : after)
                               early += !done[before];
                           ++runs;
                           done[i] = true;
                       }});
        }
        run(graph, threads);
        CHECK(early == 0);
        CHECK(runs == 300);
    }
}

TEST_CASE("one thread does what is ready in the order it was added") {
    Graph graph;
    std::string order;
    const std::size_t a = graph.add({.kind = "a", .work = [&] { order += 'a'; }});
    graph.add({.kind = "b", .after = {a}, .work = [&] { order += 'b'; }});
    graph.add({.kind = "c", .work = [&] { order += 'c'; }});
    run(graph, 1);
    CHECK(order.size() == 3);
    CHECK(order.find('a') < order.find('b'));
    CHECK(order.find('a') < order.find('c'));
}

TEST_CASE("as many at once as threads were asked for") {
    // Four units that each wait for the other three: done only when all run at once.
    Graph graph;
    std::barrier all(4);
    for (int i = 0; i < 4; ++i)
        graph.add({.kind = "score", .work = [&] { all.arrive_and_wait(); }});
    run(graph, 4);
    CHECK(graph.units().size() == 4);
}

TEST_CASE("never more at once than threads were asked for") {
    Graph graph;
    std::atomic<int> now = 0, most = 0;
    for (int i = 0; i < 40; ++i)
        graph.add({.kind = "score", .work = [&] {
                       const int count = ++now;
                       for (int seen = most; seen < count && !most.compare_exchange_weak(seen, count);)
                           ;
                       std::this_thread::sleep_for(std::chrono::microseconds(200));
                       --now;
                   }});
    SUBCASE("one") {
        run(graph, 1);
        CHECK(most == 1);
    }
    SUBCASE("two") {
        run(graph, 2);
        CHECK(most <= 2);
    }
}

TEST_CASE("the first exception stops what has not begun and comes out") {
    for (const unsigned threads : {1U, 4U}) {
        CAPTURE(threads);
        Graph graph;
        std::atomic<int> later = 0;
        const std::size_t bad = graph.add({.kind = "prepare", .work = [] { throw Error("no such file"); }});
        for (int i = 0; i < 50; ++i)
            graph.add({.kind = "score", .after = {bad}, .work = [&] { ++later; }});
        CHECK(refusal(graph, threads) == "no such file");
        CHECK(later == 0);
    }
}

TEST_CASE("what is not an Error comes out as it is") {
    Graph graph;
    graph.add({.kind = "prepare", .work = [] { throw std::bad_alloc(); }});
    CHECK_THROWS_AS(run(graph, 2), std::bad_alloc);
}

TEST_CASE("a flag stops the run") {
    std::atomic<bool> stop = false;
    std::atomic<int> done = 0;
    Graph graph;
    std::size_t last = 0;
    for (int i = 0; i < 10; ++i) {
        const std::vector<std::size_t> after = i == 0 ? std::vector<std::size_t>{} : std::vector{last};
        last = graph.add({.kind = "score", .after = after, .work = [&] { stop = ++done == 3; }});
    }
    CHECK(refusal(graph, 2, stop) == "stopped");
    CHECK(done == 3);
    // What is done stays done: the next run takes up where this one stopped.
    stop = false;
    done = 10;
    CHECK(refusal(graph, 2, stop) == "done");
    CHECK(done == 17);
}

TEST_CASE("a run that is stopped before it begins does nothing") {
    Graph graph;
    bool ran = false;
    graph.add({.kind = "score", .work = [&] { ran = true; }});
    CHECK(refusal(graph, 1, true) == "stopped");
    CHECK_THROWS_AS(graph.run(1, {}, true), Stopped);
    CHECK_FALSE(ran);
}

TEST_CASE("a second run does the new units only") {
    Graph graph;
    std::vector<int> runs(4, 0);
    const std::size_t a = graph.add({.kind = "prepare", .work = [&] { ++runs[0]; }});
    graph.add({.kind = "prepare", .after = {a}, .work = [&] { ++runs[1]; }});
    run(graph, 2);
    CHECK(runs == std::vector{1, 1, 0, 0});
    const std::size_t c = graph.add({.kind = "score", .after = {a}, .work = [&] { ++runs[2]; }});
    graph.add({.kind = "rank", .after = {c, a}, .work = [&] { ++runs[3]; }});
    run(graph, 2);
    CHECK(runs == std::vector{1, 1, 1, 1});
    run(graph, 2);
    CHECK(runs == std::vector{1, 1, 1, 1});
}

TEST_CASE("a unit that failed is tried again by the next run") {
    Graph graph;
    int tries = 0;
    graph.add({.kind = "prepare", .work = [&] {
                   if (++tries == 1)
                       throw Error("once");
               }});
    CHECK(refusal(graph, 1) == "once");
    CHECK(refusal(graph, 1) == "done");
    CHECK(tries == 2);
}

TEST_CASE("an empty graph is done") {
    Graph graph;
    CHECK(refusal(graph, 0) == "done");
}

TEST_CASE("progress grows to 1, by cost") {
    Graph graph;
    std::size_t last = graph.add({.kind = "prepare", .cost = 1, .work = [] {}});
    for (const double cost : {2.0, 3.0, 4.0})
        last = graph.add({.kind = "score", .after = {last}, .cost = cost, .work = [] {}});
    std::vector<double> done, of_stage;
    std::vector<std::string> stages;
    const auto note = [&](const Progress& progress) {
        done.push_back(progress.done);
        of_stage.push_back(progress.of_stage);
        stages.push_back(progress.stage);
    };
    graph.run(4, note, never);
    CHECK(done == std::vector{0.1, 0.3, 0.6, 1.0});
    CHECK(stages == std::vector<std::string>{"prepare", "score", "score", "score"});
    CHECK(of_stage == std::vector{1.0, 2.0 / 9, 5.0 / 9, 1.0});
    // What is done counts, so that a later run begins where the earlier one ended.
    done.clear();
    graph.add({.kind = "rank", .after = {last}, .cost = 10, .work = [] {}});
    graph.run(4, note, never);
    CHECK(done == std::vector{1.0});
}

TEST_CASE("progress never falls with many threads, and is told by one at a time") {
    Graph graph;
    for (int i = 0; i < 200; ++i)
        graph.add({.kind = "score", .work = [] {}});
    std::vector<double> done;
    std::atomic<int> inside = 0;
    bool alone = true;
    graph.run(
        4,
        [&](const Progress& progress) {
            alone = alone && ++inside == 1;
            done.push_back(progress.done);
            --inside;
        },
        never);
    CHECK(alone);
    CHECK(done.size() == 200);
    CHECK(std::ranges::is_sorted(done));
    CHECK(done.back() == doctest::Approx(1).epsilon(1e-12));
}

TEST_CASE("seconds by kind, in the order of their first unit") {
    Graph graph;
    const auto nap = [] { std::this_thread::sleep_for(std::chrono::milliseconds(5)); };
    graph.add({.kind = "prepare", .work = nap});
    graph.add({.kind = "score", .work = nap});
    graph.add({.kind = "prepare", .work = nap});
    CHECK(graph.seconds()[0].second == 0); // nothing is done yet
    run(graph, 2);
    const auto seconds = graph.seconds();
    REQUIRE(seconds.size() == 2);
    CHECK(seconds[0].first == "prepare");
    CHECK(seconds[1].first == "score");
    CHECK(seconds[0].second >= 0.010);
    CHECK(seconds[1].second >= 0.005);
}

TEST_CASE("a key is a hash of its parts and of where one ends and the next begins") {
    using engine::key_of;
    CHECK(key_of({"a", "b"}) == key_of({"a", "b"}));
    CHECK(key_of({"a", "b"}).size() == 64);
    // printf '1:a2:bc' | sha256sum
    CHECK(key_of({"a", "bc"}) == "5310a58788781ab25d5ad7c3f85035824b4eb7bdfa394e0ac2186271472b5492");
    const std::set<std::string> keys{key_of({}),           key_of({""}),       key_of({"", ""}),   key_of({"ab"}),
                                     key_of({"a", "b"}),   key_of({"b", "a"}), key_of({"ab", ""}), key_of({"", "ab"}),
                                     key_of({"1:a", "b"}), key_of({"1:a1:b"})};
    CHECK(keys.size() == 10);
}

TEST_CASE("long work tells how far it is, and ends when it is asked to") {
    std::atomic<bool> stop = false;
    std::vector<double> told;
    Graph graph;
    graph.add({.kind = "field", .name = "a", .cost = 3, .long_work = [](const rasters::Course& course) {
                   for (const double part : {0.25, 0.5, 0.4, 1.5})
                       course.at(part);
               }});
    graph.add({.kind = "score", .name = "b", .after = {0}, .cost = 1, .work = [] {}});
    graph.run(
        1, [&](const Progress& progress) { told.push_back(progress.done); }, never);
    CHECK(told == std::vector{0.1875, 0.375, 0.375, 0.75, 0.75, 1.0});
    Graph endless;
    endless.add({.kind = "field", .name = "c", .long_work = [&](const rasters::Course& course) {
                     for (int i = 0;; ++i) {
                         stop = i == 5;
                         course.check();
                     }
                 }});
    CHECK(refusal(endless, 1, stop) == "stopped");
}

TEST_CASE("of units that are ready the first that was added is next, so that what ends a block comes before the next") {
    Graph graph;
    std::vector<std::string> order;
    const auto add = [&](const std::string& name, std::vector<std::size_t> after) {
        return graph.add({.kind = "score", .name = name, .after = std::move(after), .work = [&order, name] {
                              order.push_back(name);
                          }});
    };
    for (const std::string block : {"a", "b", "c"}) {
        const std::size_t one = add(block + " 1", {}), two = add(block + " 2", {});
        add("keep " + block, {one, two});
    }
    run(graph, 1);
    CHECK(order == std::vector<std::string>{"a 1", "a 2", "keep a", "b 1", "b 2", "keep b", "c 1", "c 2", "keep c"});
}
