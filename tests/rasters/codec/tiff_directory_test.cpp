// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tiff_directory.hpp"

#include "rasters/core/error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/tiff.hpp"
#include "tests/support/tiff_bytes.hpp"

#include <doctest/doctest.h>

#include <cstring>

#include <fcntl.h>

using namespace zonerank;
using namespace zonerank::rasters;
using namespace zonerank::tests;

namespace {

std::optional<TiffDirectory> directory_of(const std::string& text) {
    const Folder folder;
    write_file(folder / "a.tif", text);
    return read_directory(FileDescriptor(::open((folder / "a.tif").c_str(), O_RDONLY | O_CLOEXEC)));
}

using Numbers = std::vector<std::uint64_t>;

} // namespace

TEST_CASE("fields of all kinds, in classic TIFF and BigTIFF, in either order of bytes") {
    for (const bool big : {false, true})
        for (const bool swapped : {false, true}) {
            TiffBytes tiff(big, swapped);
            tiff.directory({{256, 3, {70}},
                            {258, 3, {8, 16, 32, 9, 10}},
                            {273, 4, {1, 2, 3'000'000'000}},
                            {324, 16, {1, 5'000'000'000}},
                            {999, 77, {}},
                            {42113, 2, {'-', '1', 0, 'x'}},
                            {256, 3, {71}}});
            const auto found = directory_of(tiff.text);
            REQUIRE(found);
            CHECK(found->big == big);
            CHECK(found->swapped == swapped);
            CHECK(!found->masked);
            CHECK(found->file_bytes == tiff.text.size());
            CHECK(found->fields.size() == 6);
            CHECK(found->number(256) == 70U);
            CHECK(found->find(258)->whole_numbers() == Numbers{8, 16, 32, 9, 10});
            CHECK(found->find(258)->type == 3);
            CHECK(found->find(258)->count == 5);
            CHECK(found->find(273)->whole_numbers() == Numbers{1, 2, 3'000'000'000});
            CHECK(found->find(324)->whole_numbers() == Numbers{1, 5'000'000'000});
            CHECK(found->find(42113)->text() == "-1");
            CHECK(found->find(999) == nullptr);
            CHECK(!found->number(258));
            CHECK(!found->number(42113));
            CHECK(!found->number(7));
            CHECK(found->number(7, 5) == 5U);
        }
}

TEST_CASE("what GDAL writes of a raster's place is there to be read") {
    const Folder folder;
    GDALDataset* file = create_tiff(folder / "a.tif", {10, 10, 1, GDT_Float32, {"ENDIANNESS=BIG"}});
    std::vector<double> place{500'000, 30, 0, 2'500'000, 0, -20};
    REQUIRE(file->SetGeoTransform(place.data()) == CE_None);
    GDALClose(file);
    const auto found = directory_of(read_file(folder / "a.tif"));
    REQUIRE(found);
    const TiffField* scale = found->find(33550);
    REQUIRE(scale);
    REQUIRE(scale->data.size() == 24);
    std::vector<double> numbers(3);
    std::memcpy(numbers.data(), scale->data.data(), 24);
    CHECK(numbers == std::vector<double>{30, 20, 0});
}

TEST_CASE("a later directory that is a mask is told of") {
    const auto with_later = [](std::uint64_t subfile_type) {
        TiffBytes tiff;
        const std::uint64_t second = tiff.first_directory() + 2 + 12 + 4;
        tiff.directory({{256, 3, {70}}}, second);
        tiff.directory({{254, 4, {subfile_type}}, {256, 3, {70}}});
        return directory_of(tiff.text);
    };
    CHECK(!with_later(0)->masked);
    CHECK(!with_later(1)->masked);
    CHECK(with_later(4)->masked);
    CHECK(!with_later(5)->masked);
}

TEST_CASE("what is no TIFF or none to be trusted is nothing") {
    for (const std::string& text :
         {std::string(), std::string("II"), std::string("no TIFF at all"), std::string("II\x2a\0", 4)})
        CHECK(!directory_of(text));
    struct Row {
        unsigned type;
        std::uint64_t count, value;
    };
    for (const bool big : {false, true}) {
        for (const Row& row : {Row{4, 3, 1'000'000}, Row{4, 0xFFFFFFFF, 8}, Row{12, 0x20000001, 8}, Row{2, 300, 8}})
            CHECK(!directory_of(TiffBytes(big).raw_directory(256, row.type, row.count, row.value).text));
        TiffBytes itself(big);
        itself.directory({{256, 3, {70}}}, itself.first_directory());
        CHECK(!directory_of(itself.text));
        TiffBytes beyond(big);
        beyond.directory({{256, 3, {70}}}, 1'000'000);
        CHECK(!directory_of(beyond.text));
    }
    CHECK(!directory_of(TiffBytes(true).raw_directory(256, 16, std::uint64_t{1} << 61, 16).text));
    CHECK(!directory_of(TiffBytes(true).raw_directory(256, 16, 4, ~std::uint64_t{} - 16).text));
    std::string odd = TiffBytes(true).directory({{256, 3, {70}}}).text;
    REQUIRE(directory_of(odd));
    odd[4] = 4; // bytes of an offset
    CHECK(!directory_of(odd));
}

TEST_CASE("cut anywhere, it is nothing") {
    for (const bool big : {false, true}) {
        const std::string whole = TiffBytes(big).directory({{256, 3, {70}}, {273, 4, {1, 2, 3}}}).text;
        REQUIRE(directory_of(whole));
        for (std::size_t bytes = 0; bytes < whole.size(); ++bytes)
            CHECK(!directory_of(whole.substr(0, bytes)));
    }
}

TEST_CASE("more fields than any file has are nothing") {
    CHECK(directory_of(TiffBytes().directory(std::vector<TiffBytes::Entry>(4096, {256, 3, {1}})).text));
    CHECK(!directory_of(TiffBytes().directory(std::vector<TiffBytes::Entry>(4097, {256, 3, {1}})).text));
}

TEST_CASE("all the fields together are bounded, however often they name the same bytes") {
    TiffBytes tiff;
    tiff.put(2, 4000);
    for (unsigned i = 0; i < 4000; ++i) {
        tiff.put(2, 1000 + i);
        tiff.put(2, 1);
        tiff.put(4, 100'000);
        tiff.put(4, 8);
    }
    tiff.put(4, 0);
    tiff.text.resize(200'000);
    CHECK(!directory_of(tiff.text));
}

TEST_CASE("bytes are read where they are") {
    const Folder folder;
    write_file(folder / "a", "0123456789");
    const FileDescriptor file(::open((folder / "a").c_str(), O_RDONLY | O_CLOEXEC));
    std::vector<std::byte> bytes(3);
    CHECK(read_at(file, 7, bytes));
    CHECK(bytes == std::vector<std::byte>{std::byte{'7'}, std::byte{'8'}, std::byte{'9'}});
    CHECK(!read_at(file, 8, bytes));
    CHECK(read_at(file, 100, {}));
    CHECK_THROWS_AS(read_at(FileDescriptor(), 0, bytes), Error);
}

TEST_CASE("what is no regular file is nothing") {
    CHECK(!read_directory(FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC))));
    CHECK_THROWS_AS(read_directory(FileDescriptor()), Error);
}
