// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/files.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/memory_shares.hpp"
#include "tests/support/folder.hpp"

#include <doctest/doctest.h>

#include <span>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>

using namespace zonerank;
using namespace zonerank::rasters;

namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

std::string text_at(const Scratch& scratch, std::uint64_t at, std::size_t n) {
    std::string text(n, 'x');
    scratch.read(at, std::as_writable_bytes(std::span(text)));
    return text;
}

} // namespace

TEST_CASE("files: scratch space keeps what is appended, from several threads, and has no name") {
    const tests::Folder folder;
    Scratch in_memory(folder.path()), on_disk(folder.path());
    for (Scratch* scratch : {&in_memory, &on_disk}) {
        CHECK(scratch->append(bytes_of("zone")) == 0);
        CHECK(scratch->append(bytes_of("rank")) == 4);
        CHECK(text_at(*scratch, 2, 4) == "nera");
        std::vector<std::uint64_t> places(2'000);
        const auto half = [&](std::size_t from) {
            for (std::size_t i = from; i < places.size(); i += 2)
                places[i] = scratch->append(bytes_of(std::to_string(100'000 + i)));
        };
        std::thread other(half, 1);
        half(0);
        other.join();
        int wrong = 0;
        for (std::size_t i = 0; i < places.size(); ++i)
            wrong += text_at(*scratch, places[i], 6) != std::to_string(100'000 + i);
        CHECK(wrong == 0);
        CHECK_THROWS_WITH_AS(text_at(*scratch, 12'006, 4), doctest::Contains("cut short"), Error);
    }
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("files: scratch space can be written over, in memory and on disk") {
    const tests::Folder folder;
    Scratch in_memory(folder.path()), on_disk(folder.path());
    for (Scratch* scratch : {&in_memory, &on_disk}) {
        scratch->append(bytes_of("zonerank"));
        scratch->overwrite(2, bytes_of("RERA"));
        CHECK(text_at(*scratch, 0, 8) == "zoRERAnk");
        CHECK(scratch->append(bytes_of("!")) == 8);
    }
}

TEST_CASE("files: scratch space goes on from memory to disk") {
    const tests::Folder folder;
    Scratch scratch(folder.path());
    std::string piece(1 << 20, ' ');
    for (std::size_t i = 0; i < piece.size(); ++i)
        piece[i] = static_cast<char>(i % 251);
    CHECK(scratch.append(bytes_of("odd")) == 0);
    for (std::size_t i = 0; i < memory_shares().scratch / piece.size() + 3; ++i) {
        piece[0] = static_cast<char>(i);
        CHECK(text_at(scratch, scratch.append(bytes_of(piece)), piece.size()) == piece);
    }
    piece[0] = 63; // the piece over the edge
    CHECK(text_at(scratch, 3 + 63 * piece.size(), piece.size()) == piece);
    piece[0] = 64;
    CHECK(text_at(scratch, 3 + 64 * piece.size() - 3, piece.size() + 3).substr(3) == piece);
}

TEST_CASE("files: scratch space that can't be, and space that isn't there") {
    const tests::Folder folder;
    CHECK_THROWS_WITH_AS(Scratch(folder / "nowhere"), doctest::Contains("nowhere"), Error);
    CHECK_NOTHROW(check_space(folder.path(), 1));
    CHECK_THROWS_WITH_AS(check_space(folder.path(), 1ULL << 60), doctest::Contains("too full"), Error);
}

TEST_CASE("files: an output is written piece by piece, and replaces what was there") {
    const tests::Folder folder;
    tests::write_file(folder / "map", "something longer");
    {
        OutputFile file(folder / "map");
        file.write(4, bytes_of("two"));
        file.write(7, {});
        file.write(0, bytes_of("one "));
    }
    CHECK(tests::read_file(folder / "map") == "one two");
    CHECK_THROWS_WITH_AS(OutputFile("/nowhere/a"), "/nowhere/a: can't be written: No such file or directory", Error);
    OutputFile full("/dev/full");
    CHECK_THROWS_WITH_AS(full.write(0, bytes_of("a")), doctest::Contains("/dev/full: can't be written: No space left"),
                         Error);
}

TEST_CASE("files: with sync off a missing file is still an error") {
    const tests::Folder folder;
    set_sync(false);
    tests::write_file(folder / "a", "a");
    CHECK_NOTHROW(move_into_place(folder / "a", folder / "b"));
    CHECK_THROWS_AS(sync(folder / "a"), Error);
    set_sync(true);
    CHECK_NOTHROW(sync(folder / "b"));
}

TEST_CASE("files: a move into place replaces what was there") {
    const tests::Folder folder;
    tests::write_file(folder / "new", "new");
    tests::write_file(folder / "result", "old");
    move_into_place(folder / "new", folder / "result");
    CHECK(tests::read_file(folder / "result") == "new");
    CHECK_FALSE(std::filesystem::exists(folder / "new"));
    CHECK_THROWS_WITH_AS(move_into_place(folder / "new", folder / "result"), doctest::Contains("new"), Error);
    CHECK_THROWS_WITH_AS(sync(folder / "new"), doctest::Contains("new"), Error);
}

TEST_CASE("files: a descriptor is closed once, by its last owner") {
    const tests::Folder folder;
    int number = -1;
    {
        FileDescriptor first(::open(folder.path().c_str(), O_RDONLY));
        number = first.get();
        FileDescriptor second(std::move(first));
        CHECK(second.open());
        FileDescriptor third;
        third = std::move(second);
        CHECK(third.get() == number);
        CHECK(::fcntl(number, F_GETFD) >= 0);
    }
    CHECK(::fcntl(number, F_GETFD) == -1);
}

TEST_CASE("files: what is written can be read, to the byte") {
    const tests::Folder folder;
    write_text(folder / "whole", std::string("a\r\nb\0c", 6));
    CHECK(tests::read_file(folder / "whole") == std::string("a\r\nb\0c", 6));
    TextFile file(folder / "pieces");
    file.write("one ");
    file.write("two");
    file.close();
    CHECK(tests::read_file(folder / "pieces") == "one two");
    write_text(folder / "whole", "");
    CHECK(tests::read_file(folder / "whole") == "");
}

TEST_CASE("files: failures name the file and why") {
    CHECK_THROWS_WITH_AS(write_text("/nowhere/a", ""), "/nowhere/a: can't be written: No such file or directory",
                         Error);
    CHECK_THROWS_WITH_AS(write_text("/dev/full", "short"), doctest::Contains("/dev/full: can't be written"), Error);
    CHECK_THROWS_WITH_AS(write_text("/dev/full", std::string(100'000, 'x')),
                         doctest::Contains("/dev/full: can't be written"), Error);
}
