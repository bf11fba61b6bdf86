// SPDX-License-Identifier: Apache-2.0
#include "rasters/block_cache.hpp"

#include <array>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include <sys/stat.h>

namespace zonerank::rasters {

namespace {

/// What tells a file from another, and from what it was before it was written again.
using FileState = std::array<std::int64_t, 5>;

FileState state_of(const std::filesystem::path& path) {
    struct stat s {};
    if (::stat(path.c_str(), &s) != 0)
        return {};
    return {static_cast<std::int64_t>(s.st_dev), static_cast<std::int64_t>(s.st_ino),
            static_cast<std::int64_t>(s.st_size), s.st_mtim.tv_sec, s.st_mtim.tv_nsec};
}

} // namespace

std::shared_ptr<const TiffFile> shared_tiff(const std::filesystem::path& path, int band) {
    static std::mutex mutex;
    static std::map<std::pair<FileState, int>, std::weak_ptr<const TiffFile>> known;
    const std::scoped_lock lock(mutex);
    std::erase_if(known, [](const auto& entry) { return entry.second.expired(); });
    std::weak_ptr<const TiffFile>& place = known[{state_of(path), band}];
    if (auto file = place.lock())
        return file;
    constexpr std::size_t most_open = 256;
    auto file = known.size() <= most_open ? TiffFile::open(path, band) : nullptr;
    place = file;
    return file;
}

struct BlockCache::Blocks {
    using Key = std::tuple<const TiffFile*, int, int>;
    struct Slot {
        std::shared_ptr<const TiffFile> file; ///< keeps its address from being another's
        std::mutex filling{};
        std::shared_ptr<const Bytes> bytes{};
    };
    struct Entry {
        Key key;
        std::shared_ptr<Slot> slot;
    };

    std::size_t most_bytes = 0, bytes = 0;
    std::mutex mutex{};
    std::list<Entry> used{}; ///< the last one first
    std::map<Key, std::list<Entry>::iterator> places{};

    std::shared_ptr<Slot> slot(const std::shared_ptr<const TiffFile>& file, int col, int row) {
        const std::scoped_lock lock(mutex);
        const Key key{file.get(), col, row};
        if (const auto found = places.find(key); found != places.end()) {
            used.splice(used.begin(), used, found->second);
            return found->second->slot;
        }
        used.push_front({key, std::make_shared<Slot>(file)});
        places[key] = used.begin();
        bytes += file->block_bytes();
        make_room();
        return used.front().slot;
    }

    void make_room() {
        while (bytes > most_bytes && used.size() > 1) {
            bytes -= used.back().slot->file->block_bytes();
            places.erase(used.back().key);
            used.pop_back();
        }
    }
};

BlockCache::BlockCache(std::size_t most_bytes) : m_blocks(std::make_unique<Blocks>()) {
    m_blocks->most_bytes = most_bytes;
}

BlockCache::~BlockCache() = default;

std::shared_ptr<const Bytes> BlockCache::block(const std::shared_ptr<const TiffFile>& file, int col, int row) {
    const auto slot = m_blocks->slot(file, col, row);
    const std::scoped_lock filling(slot->filling);
    if (!slot->bytes) {
        Bytes bytes(file->block_bytes());
        file->read(col, row, bytes);
        slot->bytes = std::make_shared<const Bytes>(std::move(bytes));
    }
    return slot->bytes;
}

void BlockCache::clear() {
    const std::scoped_lock lock(m_blocks->mutex);
    m_blocks->places.clear();
    m_blocks->used.clear();
    m_blocks->bytes = 0;
}

BlockCache& block_cache() {
    static BlockCache cache(block_cache_bytes);
    return cache;
}

} // namespace zonerank::rasters
