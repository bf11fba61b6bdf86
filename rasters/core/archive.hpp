// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/input_file.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace zonerank::rasters {

/// What goes into an archive as it lies in memory: numbers, enumerations, and arrays and plain
/// structures of them without padding, whose bytes could be anything.
template <typename T>
concept Plain = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> && !std::is_array_v<T> &&
                (!std::is_class_v<T> || std::is_aggregate_v<T>);

/// A new file of values, one after the other, which an ArchiveIn takes out in the same order: of
/// the same program, on a machine of the same architecture. Buffered. From one thread.
class ArchiveOut {
public:
    /// Throws Error naming the file.
    explicit ArchiveOut(const std::filesystem::path& path);

    template <Plain T>
    void put(const T& value) {
        write(std::as_bytes(std::span(&value, 1)));
    }
    /// Plain values that lie side by side, and how many they are.
    template <typename List>
    void put_list(const List& values) {
        static_assert(Plain<typename List::value_type>);
        put<std::uint64_t>(values.size());
        write(std::as_bytes(std::span(values)));
    }
    void put_text(std::string_view text) { put_list(text); }

    /// Whole numbers most of which are 0, of which only the others take space.
    template <typename List>
    void put_sums(const List& sums);

    /// Bytes whose number the reader knows. Throws Error on a full disk.
    void write(std::span<const std::byte> bytes);

    /// Throws Error if anything was not written. Without it the file is of no use.
    void close();

private:
    void flush();

    OutputFile m_file;
    std::vector<std::byte> m_buffer;
    std::uint64_t m_written = 0; ///< bytes, without those of the buffer
};

/// Takes out what an ArchiveOut has put in. What comes from it fits what the file can hold, so
/// that a damaged one, or one cut short, is an Error naming it: never a crash, nor a demand for
/// more memory than the file is large. From one thread.
class ArchiveIn {
public:
    /// Throws Error for a file that isn't there or no archive.
    explicit ArchiveIn(const std::filesystem::path& path);

    template <Plain T>
    T get() {
        T value;
        read(std::as_writable_bytes(std::span(&value, 1)));
        return value;
    }
    /// As put_list() puts them.
    template <typename List>
    void get_list(List& values) {
        static_assert(Plain<typename List::value_type>);
        values.resize(count(sizeof(values[0])));
        read(std::as_writable_bytes(std::span(values)));
    }
    std::string get_text();

    /// How many follow, of which each takes at least so many bytes.
    std::size_t count(std::size_t bytes_each);

    /// Adds a number, or sums as put_sums() puts as many. Too large ones are damage.
    template <typename T>
    void add(T& sum);
    template <typename List>
    void add_sums(List& sums);

    void read(std::span<std::byte> bytes);
    /// Passes over them, which file() still has there. Returns where that is.
    std::uint64_t skip(std::uint64_t bytes);
    const std::shared_ptr<const InputFile>& file() const { return m_file; }

    /// Throws Error unless all has been taken out.
    void close() const;

    /// "path: can't be used: what".
    [[noreturn]] void fail(std::string_view what) const;
    void require(bool is_right, std::string_view otherwise = "it is damaged") const {
        if (!is_right)
            fail(otherwise);
    }

private:
    std::uint64_t left() const { return m_file->size() - m_at; }
    void fill();

    std::shared_ptr<const InputFile> m_file;
    std::uint64_t m_at = 0; ///< of the next byte
    std::vector<std::byte> m_buffer;
    std::uint64_t m_buffer_at = 0; ///< of its first byte
};

template <typename List>
void ArchiveOut::put_sums(const List& sums) {
    std::uint64_t others = 0;
    for (const auto& sum : sums)
        others += sum != 0;
    put<std::uint64_t>(sums.size());
    put(others);
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (sums[i] != 0) {
            put(static_cast<std::uint32_t>(i));
            put(sums[i]);
        }
}

template <typename T>
void ArchiveIn::add(T& sum) {
    require(!__builtin_add_overflow(sum, get<T>(), &sum));
}

template <typename List>
void ArchiveIn::add_sums(List& sums) {
    require(get<std::uint64_t>() == sums.size(), "it is of another study");
    for (std::size_t others = count(sizeof(std::uint32_t) + sizeof(sums[0])); others > 0; --others) {
        const auto at = get<std::uint32_t>();
        require(at < sums.size());
        add(sums[at]);
    }
}

} // namespace zonerank::rasters
