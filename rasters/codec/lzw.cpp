// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/lzw.hpp"

#include "rasters/core/error.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace zonerank::rasters {

namespace {

constexpr unsigned clear = 256, end_of_data = 257, first_free = 258;
constexpr unsigned widest = 12, most_codes = 1U << widest;
constexpr std::size_t chunk = 16;

/// Codes from bytes, high bits first.
class Codes {
public:
    explicit Codes(std::span<const std::byte> packed) : m_at(packed.data()), m_end(packed.data() + packed.size()) {}

    /// After the last byte, the data's end.
    unsigned next(unsigned width) {
        if (m_held < width)
            refill();
        if (m_held < width)
            return end_of_data;
        const auto code = static_cast<unsigned>(m_bits >> (64 - width));
        m_bits <<= width;
        m_held -= width;
        return code;
    }

private:
    void refill() {
        if (m_end - m_at >= 8) {
            std::uint64_t more = 0;
            std::memcpy(&more, m_at, 8);
            m_bits |= __builtin_bswap64(more) >> m_held;
            const unsigned bytes = (63 - m_held) / 8;
            m_at += bytes;
            m_held += bytes * 8;
            m_bits &= ~std::uint64_t{} << (64 - m_held); // what is not counted will come again
            return;
        }
        for (; m_at < m_end && m_held <= 56; m_held += 8)
            m_bits |= std::to_integer<std::uint64_t>(*m_at++) << (56 - m_held);
    }

    const std::byte *m_at, *m_end;
    std::uint64_t m_bits = 0; ///< from the highest bit on
    unsigned m_held = 0;      ///< bits in there
};

/// A code's string is where it was first put together in the output.
struct String {
    std::uint32_t at = 0, length = 0;
};

// They may overlap.
void copy_chunk(const std::byte* from, std::byte* to) {
    std::array<std::byte, chunk> bytes;
    std::memcpy(bytes.data(), from, chunk);
    std::memcpy(to, bytes.data(), chunk);
}

class Unpacking {
public:
    Unpacking(std::span<const std::byte> packed, std::span<std::byte> bytes) : m_codes(packed), m_bytes(bytes) {}

    std::size_t run() {
        while (m_done < m_bytes.size()) {
            const unsigned code = m_codes.next(m_width);
            if (code == end_of_data)
                break;
            if (code == clear)
                restart();
            else
                take(code);
        }
        return m_done;
    }

private:
    void restart() {
        m_free = first_free;
        m_width = 9;
        m_last = {};
    }

    // The new string is the last one and the first byte of this one, which it may be itself.
    void take(unsigned code) {
        if (m_last.length > 0 && m_free < most_codes) {
            m_strings[m_free++] = {m_last.at, m_last.length + 1};
            if (m_free + 1 >= 1U << m_width && m_width < widest)
                ++m_width;
        }
        if (code < clear)
            put_byte(static_cast<std::byte>(code));
        else if (code < m_free && m_last.length > 0)
            put_string(m_strings[code]);
        else
            throw Error("not what LZW writes");
    }

    void put_byte(std::byte byte) {
        m_last = {static_cast<std::uint32_t>(m_done), 1};
        m_bytes[m_done++] = byte;
    }

    void put_string(String string) {
        if (string.length > m_bytes.size() - m_done)
            throw Error("more than {} bytes", m_bytes.size());
        std::byte* to = m_bytes.data() + m_done;
        const std::byte* from = m_bytes.data() + string.at;
        const std::size_t before_last = string.length - 1; // all there already; the last may be the first to come
        if (m_bytes.size() - m_done >= before_last + chunk)
            for (std::size_t i = 0; i < before_last; i += chunk)
                copy_chunk(from + i, to + i);
        else
            std::memmove(to, from, before_last);
        to[before_last] = from[before_last];
        m_last = {static_cast<std::uint32_t>(m_done), string.length};
        m_done += string.length;
    }

    Codes m_codes;
    std::span<std::byte> m_bytes;
    std::size_t m_done = 0;
    unsigned m_free = first_free, m_width = 9;
    String m_last;
    std::array<String, most_codes> m_strings;
};

} // namespace

bool is_old_lzw(std::span<const std::byte> packed) {
    return packed.size() >= 2 && packed[0] == std::byte{} && (packed[1] & std::byte{1}) != std::byte{};
}

std::size_t unpack_lzw(std::span<const std::byte> packed, std::span<std::byte> bytes) {
    if (is_old_lzw(packed))
        throw Error("LZW of before 1988");
    return Unpacking(packed, bytes).run();
}

} // namespace zonerank::rasters
