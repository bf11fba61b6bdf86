// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace zonerank::tests {

/// The bytes of a TIFF, written number by number: also of those that no program writes.
class TiffBytes {
public:
    explicit TiffBytes(bool big = false, bool swapped = false) : m_big(big), m_swapped(swapped) {
        text = swapped ? "MM" : "II";
        put(2, big ? 43 : 42);
        if (big)
            put(4, swapped ? 0 : 8);
        if (big && swapped) // two numbers of 2 bytes
            text.replace(4, 4, std::string("\0\x8\0\0", 4));
        put_offset(first_directory());
    }

    struct Entry {
        unsigned tag = 0, type = 4; ///< types 1, 2: bytes; 3: SHORT; 4: LONG; 16: LONG8
        std::vector<std::uint64_t> values;
    };

    std::uint64_t first_directory() const { return m_big ? 16 : 8; }

    /// A directory at the end; values that don't fit its entries follow it.
    TiffBytes& directory(const std::vector<Entry>& entries, std::uint64_t next = 0) {
        put(m_big ? 8 : 2, entries.size());
        std::uint64_t place = text.size() + entries.size() * (m_big ? 20 : 12) + offset_bytes();
        std::string values;
        for (const Entry& entry : entries) {
            put(2, entry.tag);
            put(2, entry.type);
            put_offset(entry.values.size());
            const std::string own = values_of(entry);
            const bool fits = own.size() <= offset_bytes();
            if (fits)
                text += own + std::string(offset_bytes() - own.size(), '\0');
            else
                put_offset(place + values.size());
            values += fits ? "" : own;
        }
        put_offset(next);
        text += values;
        return *this;
    }

    /// An entry as it is, whatever is there.
    TiffBytes& raw_directory(unsigned tag, unsigned type, std::uint64_t count, std::uint64_t value) {
        put(m_big ? 8 : 2, 1);
        put(2, tag);
        put(2, type);
        put_offset(count);
        put_offset(value);
        put_offset(0);
        return *this;
    }

    void put(std::size_t bytes, std::uint64_t number) { text += number_of(bytes, number); }
    void put_offset(std::uint64_t offset) { put(offset_bytes(), offset); }

    std::string text;

private:
    std::size_t offset_bytes() const { return m_big ? 8 : 4; }

    std::string number_of(std::size_t bytes, std::uint64_t number) const {
        std::string found;
        for (std::size_t i = 0; i < bytes; ++i)
            found += static_cast<char>(number >> 8 * i);
        if (m_swapped)
            std::reverse(found.begin(), found.end());
        return found;
    }

    std::string values_of(const Entry& entry) const {
        std::string found;
        for (const std::uint64_t value : entry.values)
            found += number_of(entry.type == 3 ? 2 : entry.type == 4 ? 4 : entry.type == 16 ? 8 : 1, value);
        return found;
    }

    bool m_big, m_swapped;
};

} // namespace zonerank::tests
