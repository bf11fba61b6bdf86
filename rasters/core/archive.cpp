// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/archive.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <cstring>

namespace zonerank::rasters {

static constexpr std::size_t buffer_bytes = std::size_t{256} << 10;
/// What all archives begin with; on a machine of another byte order it is another number.
static constexpr std::uint64_t mark = 0x31'63'72'61'6b'6e'72'7a; // "zrnkarc1"

ArchiveOut::ArchiveOut(const std::filesystem::path& path) : m_file(path) {
    m_buffer.reserve(buffer_bytes);
    put(mark);
}

void ArchiveOut::flush() {
    m_file.write(m_written, m_buffer);
    m_written += m_buffer.size();
    m_buffer.clear();
}

void ArchiveOut::write(std::span<const std::byte> bytes) {
    if (m_buffer.size() + bytes.size() > buffer_bytes)
        flush();
    if (bytes.size() <= buffer_bytes) {
        m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
        return;
    }
    m_file.write(m_written, bytes);
    m_written += bytes.size();
}

void ArchiveOut::close() {
    flush();
}

ArchiveIn::ArchiveIn(const std::filesystem::path& path) : m_file(std::make_shared<InputFile>(path)) {
    require(left() >= sizeof(mark) && get<std::uint64_t>() == mark, "it is no archive of this program");
}

void ArchiveIn::fill() {
    m_buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left(), buffer_bytes)));
    m_file->read(m_at, m_buffer);
    m_buffer_at = m_at;
}

void ArchiveIn::read(std::span<std::byte> bytes) {
    require(bytes.size() <= left(), "it is cut short");
    if (bytes.size() > buffer_bytes) {
        m_file->read(m_at, bytes);
        m_at += bytes.size();
        return;
    }
    if (m_at < m_buffer_at || m_at + bytes.size() > m_buffer_at + m_buffer.size())
        fill();
    if (!bytes.empty())
        std::memcpy(bytes.data(), m_buffer.data() + (m_at - m_buffer_at), bytes.size());
    m_at += bytes.size();
}

std::uint64_t ArchiveIn::skip(std::uint64_t bytes) {
    require(bytes <= left(), "it is cut short");
    m_at += bytes;
    return m_at - bytes;
}

std::size_t ArchiveIn::count(std::size_t bytes_each) {
    const auto count = get<std::uint64_t>();
    require(count <= left() / bytes_each, "it is cut short");
    return static_cast<std::size_t>(count);
}

std::string ArchiveIn::get_text() {
    std::string text;
    get_list(text);
    return text;
}

void ArchiveIn::close() const {
    require(left() == 0);
}

void ArchiveIn::fail(std::string_view what) const {
    throw Error("{}: can't be used: {}", m_file->path().string(), what);
}

} // namespace zonerank::rasters
