// SPDX-License-Identifier: Apache-2.0
#include "rasters/block_cache.hpp"

#include "rasters/core/file_state.hpp"
#include "rasters/core/memory_shares.hpp"

#include <algorithm>
#include <list>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

namespace zonerank::rasters {

std::shared_ptr<const TiffFile> shared_tiff(const std::filesystem::path& path, int band) {
    static std::mutex mutex;
    static std::map<std::pair<FileState, int>, std::weak_ptr<const TiffFile>> known;
    const std::scoped_lock lock(mutex);
    std::erase_if(known, [](const auto& entry) { return entry.second.expired(); });
    std::weak_ptr<const TiffFile>& place = known[{file_state(path).value_or(FileState{}), band}];
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

    struct Share {
        std::size_t blocks = 0, together = 0;
    };

    std::size_t usual = 0, most = 0, bytes = 0, wanted = 0;
    std::mutex mutex{};
    std::list<Entry> used{}; ///< the last one first
    std::map<Key, std::list<Entry>::iterator> places{};
    std::map<const TiffFile*, Share> shares{}; ///< of the files that have blocks here

    std::shared_ptr<Slot> slot(const std::shared_ptr<const TiffFile>& file, int col, int row, std::size_t together) {
        const std::scoped_lock lock(mutex);
        Share& share = shares[file.get()];
        wanted += (std::max(together, share.together) - share.together) * file->block_bytes();
        share.together = std::max(together, share.together);
        const Key key{file.get(), col, row};
        if (const auto found = places.find(key); found != places.end()) {
            used.splice(used.begin(), used, found->second);
            return found->second->slot;
        }
        used.push_front({key, std::make_shared<Slot>(file)});
        places[key] = used.begin();
        ++share.blocks;
        bytes += file->block_bytes();
        make_room();
        return used.front().slot;
    }

    std::size_t room() const { return std::max(usual, std::min(wanted, most)); }

    void make_room() {
        while (bytes > room() && used.size() > 1) {
            leave(*used.back().slot->file);
            places.erase(used.back().key);
            used.pop_back();
        }
    }

    void leave(const TiffFile& file) {
        const auto found = shares.find(&file);
        bytes -= file.block_bytes();
        if (--found->second.blocks > 0)
            return;
        wanted -= found->second.together * file.block_bytes();
        shares.erase(found);
    }
};

BlockCache::BlockCache(std::size_t usual, std::size_t most) : m_blocks(std::make_unique<Blocks>()) {
    m_blocks->usual = usual;
    m_blocks->most = most;
}

BlockCache::~BlockCache() = default;

std::shared_ptr<const Bytes> BlockCache::block(const std::shared_ptr<const TiffFile>& file, int col, int row,
                                               std::size_t together) {
    const auto slot = m_blocks->slot(file, col, row, together);
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
    m_blocks->shares.clear();
    m_blocks->bytes = m_blocks->wanted = 0;
}

BlockCache& block_cache() {
    static BlockCache cache(memory_shares().blocks, memory_shares().most_blocks);
    return cache;
}

} // namespace zonerank::rasters
