// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/tiff_directory.hpp"

#include "rasters/codec/predictor.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

namespace zonerank::rasters {

namespace {

constexpr std::uint64_t most_fields = 4096;
constexpr std::uint64_t most_directories = 1024;
constexpr std::uint64_t most_bytes = std::uint64_t{256} << 20;
constexpr std::uint16_t subfile_type = 254;

struct Type {
    std::size_t bytes = 0;  ///< of one value; 0 for unknown types
    std::size_t number = 0; ///< of the numbers in it: a RATIONAL is two
};

Type type_of(std::uint16_t type) {
    constexpr std::array<Type, 19> types{Type{}, {1, 1}, {1, 1}, {2, 2}, {4, 4}, {8, 4}, {1, 1}, {1, 1}, {2, 2}, {4, 4},
                                         {8, 4}, {4, 4}, {8, 8}, {4, 4}, {},     {},     {8, 8}, {8, 8}, {8, 8}};
    return type < types.size() ? types[type] : Type{};
}

/// The entries of one directory as they are in the file.
struct Entries {
    std::vector<std::byte> bytes;
    std::size_t count = 0;
    std::uint64_t next = 0; ///< where the next directory is, 0 after the last
};

/// A file whose byte order and kind are known.
struct Source {
    const FileDescriptor& file;
    std::uint64_t bytes = 0;
    bool swapped = false, big = false;

    std::size_t offset_bytes() const { return big ? 8 : 4; }
    std::size_t entry_bytes() const { return big ? 20 : 12; }

    bool has(std::uint64_t at, std::uint64_t n) const { return at <= bytes && n <= bytes - at; }

    std::optional<std::vector<std::byte>> read(std::uint64_t at, std::uint64_t n) const {
        if (!has(at, n))
            return {};
        std::vector<std::byte> found(n);
        if (!read_at(file, at, found))
            return {};
        return found;
    }

    std::uint64_t number(const std::byte* from, std::size_t size) const {
        std::array<std::byte, 8> value{};
        std::memcpy(value.data(), from, size);
        if (swapped)
            std::reverse(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(size));
        return std::bit_cast<std::uint64_t>(value);
    }
};

} // namespace

static_assert(std::endian::native == std::endian::little, "number() fills from the low byte on");

static std::optional<Entries> entries_at(const Source& source, std::uint64_t at) {
    const std::size_t count_bytes = source.big ? 8 : 2;
    const auto head = source.read(at, count_bytes);
    if (!head)
        return {};
    const std::uint64_t count = source.number(head->data(), count_bytes);
    if (count > most_fields)
        return {};
    const std::uint64_t entries = count * source.entry_bytes();
    auto bytes = source.read(at + count_bytes, entries + source.offset_bytes());
    if (!bytes)
        return {};
    const std::uint64_t next = source.number(bytes->data() + entries, source.offset_bytes());
    return Entries{std::move(*bytes), count, next};
}

// The field of an entry; one without data when its type is unknown, nothing when its
// values are not in the file or exceed `most`.
static std::optional<TiffField> field_of(const Source& source, const std::byte* entry, std::uint64_t most) {
    const std::size_t offset_bytes = source.offset_bytes();
    TiffField field{static_cast<std::uint16_t>(source.number(entry, 2)),
                    static_cast<std::uint16_t>(source.number(entry + 2, 2)),
                    source.number(entry + 4, offset_bytes),
                    {}};
    const auto [size, number] = type_of(field.type);
    if (size == 0)
        return field;
    if (field.count > most / size)
        return {};
    const std::uint64_t bytes = field.count * size;
    const std::byte* value = entry + 4 + offset_bytes;
    if (bytes <= offset_bytes)
        field.data.assign(value, value + bytes);
    else if (auto found = source.read(source.number(value, offset_bytes), bytes))
        field.data = std::move(*found);
    else
        return {};
    if (source.swapped)
        swap_bytes(field.data, number);
    return field;
}

static std::optional<std::vector<TiffField>> fields_of(const Source& source, const Entries& entries) {
    std::vector<TiffField> fields;
    std::uint64_t left = most_bytes;
    for (std::size_t i = 0; i < entries.count; ++i) {
        auto field = field_of(source, entries.bytes.data() + i * source.entry_bytes(), left);
        if (!field)
            return {};
        left -= field->data.size();
        if (type_of(field->type).bytes > 0)
            fields.push_back(std::move(*field));
    }
    return fields;
}

static bool is_mask(const Source& source, const Entries& entries) {
    for (std::size_t i = 0; i < entries.count; ++i) {
        const std::byte* entry = entries.bytes.data() + i * source.entry_bytes();
        if (source.number(entry, 2) != subfile_type)
            continue;
        const auto field = field_of(source, entry, source.offset_bytes());
        const auto numbers = field ? field->whole_numbers() : std::vector<std::uint64_t>{};
        return numbers.size() == 1 && (numbers[0] & 5U) == 4; // a mask, not of a reduced image
    }
    return false;
}

// Whether one of the directories after the first is a mask; nothing when they can't be
// followed to their end.
static std::optional<bool> masked(const Source& source, std::uint64_t next) {
    bool found = false;
    for (std::uint64_t directories = 1; next != 0; ++directories) {
        const auto entries = directories < most_directories ? entries_at(source, next) : std::nullopt;
        if (!entries)
            return {};
        found = found || is_mask(source, *entries);
        next = entries->next;
    }
    return found;
}

// Where the first directory is; sets what the header tells of the source.
static std::optional<std::uint64_t> read_header(Source& source) {
    const auto head = source.read(0, 8);
    if (!head)
        return {};
    const auto is = [&](char order) { return (*head)[0] == std::byte(order) && (*head)[1] == std::byte(order); };
    if (!is('I') && !is('M'))
        return {};
    source.swapped = is('M');
    const std::uint64_t version = source.number(head->data() + 2, 2);
    if (version == 42)
        return source.number(head->data() + 4, 4);
    source.big = true;
    const auto offset = source.read(8, 8);
    if (version != 43 || source.number(head->data() + 4, 4) != (source.swapped ? 0x80000U : 8U) || !offset)
        return {};
    return source.number(offset->data(), 8);
}

static std::optional<std::uint64_t> size_of(const FileDescriptor& file) {
    struct stat info {};
    if (::fstat(file.get(), &info) != 0)
        throw Error("can't be read: {}", std::strerror(errno));
    if (!S_ISREG(info.st_mode))
        return {};
    return static_cast<std::uint64_t>(info.st_size);
}

std::optional<TiffDirectory> read_directory(const FileDescriptor& file) {
    const auto bytes = size_of(file);
    if (!bytes)
        return {};
    Source source{file, *bytes};
    const auto first = read_header(source);
    const auto entries = first ? entries_at(source, *first) : std::nullopt;
    if (!entries)
        return {};
    auto fields = fields_of(source, *entries);
    const auto mask = masked(source, entries->next);
    if (!fields || !mask)
        return {};
    return TiffDirectory{source.big, source.swapped, *mask, *bytes, std::move(*fields)};
}

bool read_at(const FileDescriptor& file, std::uint64_t at, std::span<std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            throw Error("can't be read: {}", std::strerror(errno));
        if (done == 0)
            return false;
        at += static_cast<std::uint64_t>(done);
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    return true;
}

template <typename T>
static std::vector<std::uint64_t> numbers_of(const std::vector<std::byte>& data) {
    std::vector<std::uint64_t> numbers(data.size() / sizeof(T));
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        T value{};
        std::memcpy(&value, data.data() + i * sizeof(T), sizeof(T));
        numbers[i] = value;
    }
    return numbers;
}

std::vector<std::uint64_t> TiffField::whole_numbers() const {
    switch (type) {
    case 3:
        return numbers_of<std::uint16_t>(data);
    case 4:
        return numbers_of<std::uint32_t>(data);
    case 16:
        return numbers_of<std::uint64_t>(data);
    default:
        return {};
    }
}

std::string TiffField::text() const {
    const auto end = std::find(data.begin(), data.end(), std::byte{});
    return {reinterpret_cast<const char*>(data.data()), static_cast<std::size_t>(end - data.begin())};
}

const TiffField* TiffDirectory::find(std::uint16_t tag) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const TiffField& f) { return f.tag == tag; });
    return found == fields.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> TiffDirectory::number(std::uint16_t tag, std::optional<std::uint64_t> otherwise) const {
    const TiffField* field = find(tag);
    if (!field)
        return otherwise;
    const auto numbers = field->whole_numbers();
    return numbers.size() == 1 ? std::optional(numbers[0]) : std::nullopt;
}

} // namespace zonerank::rasters
