// SPDX-License-Identifier: Apache-2.0
#include "layers/vectors/shared_inputs.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/parallel.hpp"
#include "tests/support/folder.hpp"

#include <cpl_vsi.h>
#include <doctest/doctest.h>

#include <atomic>
#include <cstring>

using namespace zonerank;
using namespace zonerank::layers;

TEST_CASE("without a sharing, each makes its own") {
    int made = 0;
    for (int i = 0; i < 2; ++i)
        CHECK(*shared_as<int>("number", "a", [&] { return ++made; }) == i + 1);
    CHECK_FALSE(Sharing::on());
}

TEST_CASE("what is shared is made once for each name and kind, and again after a release") {
    int made = 0;
    const auto number = [&](const char* kind, const char* name) {
        return *shared_as<int>(kind, name, [&] { return ++made; });
    };
    Sharing sharing;
    CHECK(Sharing::on());
    CHECK(number("x", "a") == 1);
    CHECK(number("x", "a") == 1);
    CHECK(number("x", "b") == 2);
    CHECK(number("y", "a") == 3);
    sharing.release();
    CHECK(number("x", "a") == 4);
}

TEST_CASE("what two studies have not asked for is let go of, and the rest stays") {
    Sharing sharing;
    std::vector<std::weak_ptr<const int>> own;
    int made = 0;
    for (int study = 0; study < 6; ++study) {
        sharing.next_study();
        own.push_back(shared_as<int>("own", std::to_string(study), [] { return 1; }));
        CHECK(*shared_as<int>("common", "a", [&] { return ++made; }) == 1);
        if (study % 2 == 0)
            CHECK(*shared_as<int>("common", "of every other", [&] { return study; }) == 0);
    }
    for (int study = 0; study < 6; ++study)
        CHECK(own[static_cast<std::size_t>(study)].expired() == (study < 3));
}

TEST_CASE("nothing outlives the sharing but what someone holds") {
    std::weak_ptr<const int> dropped;
    std::shared_ptr<const int> held;
    {
        const Sharing sharing;
        dropped = shared_as<int>("x", "dropped", [] { return 1; });
        held = shared_as<int>("x", "held", [] { return 2; });
        CHECK_FALSE(dropped.expired());
    }
    CHECK(dropped.expired());
    CHECK(*held == 2);
}

TEST_CASE("an error is told to who made it, and the next one tries again") {
    const Sharing sharing;
    const auto fails = []() -> int { throw Error("can't be read"); };
    CHECK_THROWS_AS(shared_as<int>("x", "a", fails), Error);
    CHECK(*shared_as<int>("x", "a", [] { return 7; }) == 7);
}

TEST_CASE("threads that want the same thing at once get one") {
    const Sharing sharing;
    std::atomic<int> made = 0;
    std::vector<const int*> seen(200);
    std::vector<std::shared_ptr<const int>> holds(seen.size());
    rasters::in_parallel(seen.size(), [&](std::size_t i) {
        holds[i] = shared_as<int>("x", std::to_string(i % 3), [&] { return ++made; });
    });
    CHECK(made == 3);
    for (std::size_t i = 3; i < holds.size(); ++i)
        CHECK(holds[i] == holds[i % 3]);
}

TEST_CASE("a source's name knows its files' size and time, condition and fields") {
    const tests::Folder folder;
    const std::string path = (folder / "roads.geojson").string();
    tests::write_file(path, "one");
    const FeatureSource source{.paths = {path}};
    const std::string before = name_of_source(source, {});
    CHECK(before == name_of_source(source, {}));
    CHECK(before != name_of_source({.paths = {path}, .where = "class = 1"}, {}));
    CHECK(before != name_of_source({.paths = {path}, .fields = {"class"}}, {}));
    CHECK(before != name_of_source({.paths = {path}, .layer = "roads"}, {}));
    tests::write_file(path, "other");
    CHECK(before != name_of_source(source, {}));
}

TEST_CASE("a source's name knows the files beside it, in it and behind it") {
    const tests::Folder folder;
    const auto named = [&](const char* file) { return name_of_source({.paths = {(folder / file).string()}}, {}); };
    tests::write_file(folder / "roads.shp", "shapes");
    tests::write_file(folder / "roads.dbf", "fields");
    std::filesystem::create_directory(folder / "roads.gdb");
    tests::write_file(folder / "roads.gdb" / "a1.gdbtable", "table");
    tests::write_file(folder / "towns.csv", "x,y\n1,2\n");
    tests::write_file(folder / "towns.vrt",
                      "<OGRVRTDataSource><OGRVRTLayer name='towns'><SrcDataSource relativeToVRT='1'>"
                      "towns.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
    const Sharing sharing;
    const std::string shapes = named("roads.shp"), table = named("roads.gdb"), towns = named("towns.vrt");
    CHECK(towns == named("towns.vrt"));
    tests::write_file(folder / "roads.dbf", "other fields");
    CHECK(named("roads.shp") != shapes);
    tests::write_file(folder / "roads.gdb" / "a1.gdbtable", "other table");
    CHECK(named("roads.gdb") != table);
    tests::write_file(folder / "towns.csv", "x,y\n1,2\n3,4\n");
    CHECK(named("towns.vrt") != towns);
    CHECK(named("roads.gdb") == named("roads.gdb"));
    tests::write_file(folder / "towns.csvt", "String,Real");
    const std::string typed = named("towns.vrt");
    tests::write_file(folder / "towns.csvt", "Real,String,");
    CHECK(named("towns.vrt") != typed);
}

TEST_CASE("what is in an archive is as old as the archive") {
    const tests::Folder folder;
    const FeatureSource source{.paths = {"/vsizip/" + (folder / "roads.zip").string() + "/roads.shp"}};
    tests::write_file(folder / "roads.zip", "PK one");
    const std::string before = name_of_source(source, {});
    CHECK(before == name_of_source(source, {}));
    tests::write_file(folder / "roads.zip", "PK other");
    CHECK(before != name_of_source(source, {}));
}

TEST_CASE("what is elsewhere is what its server tells, until it is to be asked again; if it tells nothing, it is not "
          "shared") {
    const FeatureSource source{.paths = {"/vsimem/zonerank-shared.csv"}};
    const rasters::Access network{.network = true};
    const auto write = [&](const char* text) {
        VSIFCloseL(VSIFileFromMemBuffer(source.paths.front().c_str(), reinterpret_cast<GByte*>(const_cast<char*>(text)),
                                        std::strlen(text), FALSE));
    };
    const Sharing sharing;
    CHECK(name_of_source(source, network) != name_of_source({.paths = source.paths, .layer = "other"}, network));
    Sharing::ask_again();
    write("x,y");
    const std::string before = name_of_source(source, network);
    CHECK(before == name_of_source(source, network));
    write("x,y\n1,2");
    CHECK(before == name_of_source(source, network));
    Sharing::ask_again();
    CHECK(before != name_of_source(source, network));
    VSIUnlink(source.paths.front().c_str());
    Sharing::ask_again();
    const std::string unknown = name_of_source(source, network);
    Sharing::ask_again();
    CHECK(unknown != name_of_source(source, network));
}

TEST_CASE("an index is one for the same sets in the same order, and holds them") {
    const auto one = std::make_shared<const FeatureSet>(), other = std::make_shared<const FeatureSet>();
    int made = 0;
    const auto index = [&](const char* kind, const FeatureSets& sets) {
        return *shared_index<std::shared_ptr<int>>(kind, sets, [&] { return std::make_shared<int>(++made); });
    };
    const Sharing sharing;
    CHECK(index("a", {one, other}) == 1);
    CHECK(index("a", {one, other}) == 1);
    CHECK(index("a", {other, one}) == 2);
    CHECK(index("b", {one, other}) == 3);
    CHECK(one.use_count() == 4); // ours, and one in each
}
