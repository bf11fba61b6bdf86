// SPDX-License-Identifier: Apache-2.0
#include "rasters/solved/block_file.hpp"

#include "rasters/codec/predictor.hpp"
#include "rasters/solved/content_hash.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace zonerank::rasters {

namespace {

struct Preamble {
    std::array<char, 8> magic{'Z', 'R', 'b', 'l', 'o', 'c', 'k', '1'};
    std::uint64_t directory = 0;        ///< where it begins: StoredBlocks, then the head
    std::uint64_t blocks = 0, head = 0; ///< how many; bytes
    std::uint64_t hash = 0;             ///< of directory and head
    std::uint64_t own_hash = 0;         ///< of all before it
};

constexpr int level = 1; // of zstd: quick, and times are alike

BlockShape shape_of(std::size_t numbers, std::size_t cols) {
    return {.cols = cols, .rows = numbers / cols};
}

std::uint64_t own_hash_of(const Preamble& preamble) {
    return content_hash(std::as_bytes(std::span(&preamble, 1)).first(offsetof(Preamble, own_hash)));
}

} // namespace

PackedBlock pack(std::span<const std::uint32_t> numbers, std::size_t cols) {
    static thread_local Bytes predicted;
    predicted.resize(numbers.size_bytes());
    apply_predictor(Predictor::floating_point, shape_of(numbers.size(), cols), std::as_bytes(numbers), predicted);
    PackedBlock block;
    compress(Compression::zstd, level, predicted, block.bytes);
    block.hash = content_hash(block.bytes);
    return block;
}

BlockFileOut::BlockFileOut(const std::filesystem::path& path) : m_file(path), m_end(sizeof(Preamble)) {}

void BlockFileOut::add(std::uint64_t number, const PackedBlock& block) {
    m_file.write(m_end, block.bytes);
    m_blocks.push_back({number, m_end, block.bytes.size(), block.hash});
    m_end += block.bytes.size();
}

void BlockFileOut::close(std::span<const std::byte> head) {
    const auto directory = std::as_bytes(std::span(m_blocks));
    std::vector<std::byte> tail(directory.begin(), directory.end());
    tail.insert(tail.end(), head.begin(), head.end());
    m_file.write(m_end, tail);
    Preamble preamble{.directory = m_end, .blocks = m_blocks.size(), .head = head.size(), .hash = content_hash(tail)};
    preamble.own_hash = own_hash_of(preamble);
    m_file.write(0, std::as_bytes(std::span(&preamble, 1)));
}

BlockFileIn::BlockFileIn(const std::filesystem::path& path)
    : m_path(path), m_file(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (!m_file.open())
        unreadable();
    open_directory();
}

void BlockFileIn::unreadable() const {
    throw Unreadable(m_path, errno);
}

std::uint64_t BlockFileIn::size() const {
    struct stat about {};
    if (::fstat(m_file.get(), &about) != 0)
        unreadable();
    return static_cast<std::uint64_t>(about.st_size);
}

// No memory is taken for what the file can't have.
void BlockFileIn::open_directory() {
    const std::uint64_t size = this->size();
    Preamble p;
    if (size < sizeof(p))
        damaged();
    read_at(0, std::as_writable_bytes(std::span(&p, 1)));
    if (p.magic != Preamble{}.magic || p.own_hash != own_hash_of(p) || p.directory > size ||
        p.blocks > size / sizeof(StoredBlock) || p.head > size ||
        p.directory + p.blocks * sizeof(StoredBlock) + p.head != size)
        damaged();
    std::vector<std::byte> tail(size - p.directory);
    read_at(p.directory, tail);
    if (content_hash(tail) != p.hash)
        damaged();
    for (std::size_t i = 0; i < p.blocks; ++i) {
        StoredBlock block;
        std::memcpy(&block, tail.data() + i * sizeof(block), sizeof(block));
        if (block.at > p.directory || block.bytes > p.directory - block.at)
            damaged();
        m_blocks.emplace_hint(m_blocks.end(), block.number, block);
    }
    m_head.assign(tail.end() - static_cast<std::ptrdiff_t>(p.head), tail.end());
    m_hash = p.own_hash;
}

void BlockFileIn::read_at(std::uint64_t at, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
        const ssize_t done = ::pread(m_file.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            unreadable();
        if (done == 0)
            damaged();
        at += static_cast<std::uint64_t>(done);
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
}

PackedBlock BlockFileIn::packed(std::uint64_t number) const {
    const auto found = m_blocks.find(number);
    if (found == m_blocks.end())
        damaged();
    PackedBlock block;
    block.bytes.resize(found->second.bytes);
    block.hash = found->second.hash;
    read_at(found->second.at, block.bytes);
    if (content_hash(block.bytes) != block.hash)
        damaged();
    return block;
}

void BlockFileIn::read(std::uint64_t number, std::size_t cols, std::span<std::uint32_t> numbers) const {
    static thread_local Bytes predicted;
    const PackedBlock block = packed(number);
    predicted.resize(numbers.size_bytes());
    if (in_context(m_path.string(), [&] { return decompress(Compression::zstd, block.bytes, predicted); }) !=
        predicted.size())
        damaged();
    undo_predictor(Predictor::floating_point, shape_of(numbers.size(), cols), false, predicted,
                   std::as_writable_bytes(numbers));
}

} // namespace zonerank::rasters
