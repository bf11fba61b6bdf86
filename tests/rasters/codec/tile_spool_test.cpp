// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tile_spool.hpp"

#include "rasters/core/archive.hpp"
#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <utility>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

std::string text_of(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string framed(const Bytes& tile) {
    const auto size = static_cast<std::uint32_t>(tile.size());
    std::string text(4, '\0');
    std::memcpy(text.data(), &size, 4);
    text += text_of(tile);
    return text + text.substr(text.size() - 4);
}

} // namespace

TEST_CASE("tiles come out framed and in order, those without data as tiles like others") {
    const tests::Folder folder;
    TileSpool<std::uint8_t> spool(folder.path(), pyramid_levels(1000, 500), {});
    const std::vector<std::uint8_t> ones(block_cells, 1), twos(block_cells, 2), nothing(block_cells, 0);
    const BlockView<std::uint8_t> first{ones.data()}, second{twos.data()};
    spool.add(0, {1, 0}, &second);
    CHECK(spool.has(0, {1, 0}));
    CHECK_FALSE(spool.has(0, {0, 0}));
    spool.add(1, {0, 0}, &first);
    spool.add(0, {0, 0}, nullptr);

    Bytes one, two, none;
    encode(first, {}, one);
    encode(second, {}, two);
    encode(BlockView<std::uint8_t>{nothing.data()}, {Packing::Kind::zstd, 3, 0}, none);
    CHECK(none.size() < 100);
    const auto size = [](const Bytes& bytes) { return static_cast<std::uint32_t>(bytes.size()); };
    CHECK(spool.sizes() == std::vector<TileSizes>{{size(none), size(two)}, {size(one)}});
    OutputFile file(folder / "tiles");
    spool.copy_to(file, 0, {});
    CHECK(tests::read_file(folder / "tiles") == framed(one) + framed(none) + framed(two));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("tiles put into files are copied from there") {
    const tests::Folder folder;
    const std::vector<std::uint8_t> ones(block_cells, 1), twos(block_cells, 2);
    const BlockView<std::uint8_t> first{ones.data()}, second{twos.data()};
    const auto spool = [&] { return TileSpool<std::uint8_t>(folder.path(), pyramid_levels(1000, 500), {}); };
    TileSpool<std::uint8_t> whole = spool(), all = spool();
    const auto put = [&](const char* name, std::size_t level, BlockIndex index, const BlockView<std::uint8_t>* block) {
        whole.add(level, index, block);
        TileSpool<std::uint8_t> some = spool();
        some.add(level, index, block);
        ArchiveOut out(folder / name);
        some.put(out);
        out.close();
    };
    put("a", 0, {0, 0}, nullptr);
    put("b", 0, {1, 0}, &second);
    put("c", 1, {0, 0}, &first);
    for (const char* name : {"c", "a", "b"}) {
        ArchiveIn in(folder / name);
        all.take(in);
        in.close();
    }
    CHECK(all.sizes() == whole.sizes());
    for (const auto& [name, tiles] : {std::pair{"whole", &whole}, std::pair{"all", &all}}) {
        OutputFile file(folder / name);
        tiles->copy_to(file, 0, {});
    }
    CHECK((tests::read_file(folder / "all") == tests::read_file(folder / "whole")));
    ArchiveIn again(folder / "b");
    CHECK_THROWS_WITH_AS(all.take(again), doctest::Contains(same_ground), Error);
}

TEST_CASE("a folder that isn't there is an error that names it") {
    CHECK_THROWS_WITH_AS(TileSpool<float>("/nowhere", pyramid_levels(1, 1), {}), doctest::Contains("/nowhere"), Error);
}
