// SPDX-License-Identifier: Apache-2.0
#include "engine/tile_sum.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <atomic>

using namespace zonerank;
using engine::KeptUnits;
using engine::PlannedUnit;
using rasters::Window;

namespace {

/// Cells, and how often any were added.
class Cells : public engine::TileSum {
public:
    void add(Window tile) override {
        cells += tile.size();
        ++tiles;
    }
    void put(rasters::ArchiveOut& archive, const Window&) override { archive.put(cells.load()); }
    void take(rasters::ArchiveIn& archive) override { cells += archive.get<long long>(); }

    std::atomic<long long> cells = 0;
    static inline std::atomic<int> tiles = 0;
};

engine::TileUnits units_of(int blocks) {
    engine::TileUnits units{.kind = "score", .key = "key", .tile = 16};
    for (int i = 0; i < blocks; ++i)
        units.blocks.push_back({i * 64, 0, 64, 48});
    units.of_block = [] { return std::make_shared<Cells>(); };
    return units;
}

KeptUnits kept_in(const tests::Folder& home, std::size_t blocks) {
    KeptUnits kept{{.version = "0.1.0", .study = "study.yaml"}, engine::PlanFolder(home / "out.plan")};
    for (std::size_t i = 0; i < blocks; ++i)
        kept.plan.units.push_back(
            {.id = fmt::format("score-{:04}", i + 1), .block = i, .signature = std::string(64, 'a')});
    kept.folder.replace_plan(kept.plan);
    return kept;
}

/// How many cells there are, and how many tiles were looked at.
std::pair<long long, int> added(const engine::TileUnits& units, const KeptUnits* kept) {
    Cells all;
    Cells::tiles = 0;
    engine::Graph graph;
    engine::add_tiles(graph, units, all, kept, {});
    graph.run(2, {}, false);
    return {all.cells, Cells::tiles};
}

} // namespace

TEST_CASE("all tiles are added once, on the way over the disk or not") {
    const tests::Folder home;
    const engine::TileUnits units = units_of(3);
    using Added = std::pair<long long, int>;
    CHECK(added(units, nullptr) == Added{3 * 64 * 48, 36});
    KeptUnits kept = kept_in(home, 2); // the third is no unit of the plan
    CHECK(added(units, &kept) == Added{3 * 64 * 48, 36});
    CHECK(kept.done() == 2);
    CHECK(added(units, &kept) == Added{3 * 64 * 48, 12});
}

TEST_CASE("a block is done by itself, and taken by who puts together; what isn't there is missed") {
    const tests::Folder home;
    const engine::TileUnits units = units_of(2);
    KeptUnits kept = kept_in(home, 2);
    engine::Graph graph;
    engine::add_block(graph, units, kept.plan.units[1], kept, {});
    graph.run(2, {}, false);
    CHECK(kept.done() == 1);
    kept.only = true;
    CHECK_THROWS_WITH_AS(added(units, &kept), doctest::Contains("unit 'score-0001' is not done yet"), Error);
    engine::Graph other;
    engine::add_block(other, units, kept.plan.units[0], kept, {});
    other.run(1, {}, false);
    CHECK(added(units, &kept) == std::pair<long long, int>{2 * 64 * 48, 0});
}

TEST_CASE("of many processes the first adds up what there is, for the others") {
    const tests::Folder home;
    const engine::TileUnits units = units_of(3);
    KeptUnits kept = kept_in(home, 2); // the third is no unit of the plan: its tiles are added each time
    using Added = std::pair<long long, int>;
    CHECK(added(units, &kept) == Added{3 * 64 * 48, 36});
    kept.only = kept.is_of_many = true;
    const auto damage = [&](const char* name) {
        for (const auto& entry : std::filesystem::directory_iterator(kept.folder.units()))
            if (entry.path().filename().string().starts_with(name) && entry.path().extension() == ".part") {
                std::string bytes = tests::read_file(entry.path());
                bytes.back() ^= 1;
                tests::write_file(entry.path(), bytes);
            }
    };
    SUBCASE("and reads no part again") {
        CHECK(added(units, &kept) == Added{3 * 64 * 48, 12});
        damage("score-0001-");
        CHECK(added(units, &kept) == Added{3 * 64 * 48, 0});
        CHECK(kept.done() == 2); // whether they are whole is asked by who puts the run together
        damage("score-01-");     // the sum itself
        CHECK_THROWS_WITH_AS(added(units, &kept), doctest::Contains("unit 'score-0001' is not done yet"), Error);
        CHECK(kept.done() == 1);
    }
    SUBCASE("of a part that is damaged it tells, which is due again") {
        damage("score-0002-");
        CHECK_THROWS_WITH_AS(added(units, &kept), doctest::Contains("unit 'score-0002' is not done yet"), Error);
        CHECK(kept.done() == 1);
    }
    SUBCASE("a sum is of the very units") {
        CHECK(added(units, &kept) == Added{3 * 64 * 48, 12});
        kept.plan.units[0].signature = std::string(64, 'b');
        CHECK_THROWS_WITH_AS(added(units, &kept), doctest::Contains("unit 'score-0001' is not done yet"), Error);
    }
}

TEST_CASE("a damaged part is done again") {
    const tests::Folder home;
    const engine::TileUnits units = units_of(2);
    KeptUnits kept = kept_in(home, 2);
    added(units, &kept);
    const std::filesystem::path part = kept.folder.part(kept.plan.units[0]);
    std::string bytes = tests::read_file(part);
    bytes.back() ^= 1;
    tests::write_file(part, bytes);
    kept.drop_damaged();
    CHECK(kept.done() == 1);
    CHECK(added(units, &kept) == std::pair<long long, int>{2 * 64 * 48, 12});
}

TEST_CASE("tiles that nobody asks for are left out") {
    engine::TileUnits units = units_of(1);
    units.asks_for = [](Window tile) { return tile.col == 0; };
    CHECK(added(units, nullptr) == std::pair<long long, int>{16 * 48, 3});
}

TEST_CASE("no more blocks are begun than threads can work at") {
    const tests::Folder home;
    engine::TileUnits units = units_of(20);
    const auto alive = std::make_shared<std::atomic<int>>(0);
    const auto most = std::make_shared<std::atomic<int>>(0);
    units.of_block = [alive, most] {
        int now = ++*alive, seen = *most;
        while (now > seen && !most->compare_exchange_weak(seen, now)) {
        }
        return std::shared_ptr<engine::TileSum>(new Cells, [alive](engine::TileSum* sum) {
            --*alive;
            delete sum; // NOLINT: a shared_ptr's own
        });
    };
    KeptUnits kept = kept_in(home, 20);
    CHECK(added(units, &kept).first == 20 * 64 * 48);
    CHECK(*most <= 3);
    CHECK(*alive == 0);
}
