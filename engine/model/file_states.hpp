// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>

namespace zonerank::engine {

/// What files were when they were looked at first: device, number, size and time of the last change to the
/// nanosecond, which no clock of ours is held against; of "/vsi..." names rasters::remote_state(). Safe from any
/// thread.
class FileStates {
public:
    /// Keeps what the file is now, unless that is known; what can't be told is left out.
    void note(const std::filesystem::path& file);

    /// The same of a file and those beside it that differ in what follows its stem: the parts of a Shapefile, the
    /// statistics of a raster.
    void note_with_parts(const std::filesystem::path& file);

    /// Throws Changed when the file is another than it was, Error when that can't be told; not for one never noted.
    void check(const std::filesystem::path& file) const;

private:
    using State = std::array<std::int64_t, 5>;
    static State state_of(const std::filesystem::path& file);

    mutable std::mutex m_mutex;
    std::map<std::filesystem::path, State> m_known;
};

} // namespace zonerank::engine
