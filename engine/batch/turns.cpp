// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/turns.hpp"

#include "engine/text/checked_json.hpp"
#include "rasters/core/error.hpp"

#include <chrono>
#include <numeric>
#include <thread>

namespace zonerank::engine {

namespace fs = std::filesystem;

Turns::Turns(std::size_t districts) : m_left(districts) {
    std::iota(m_left.begin(), m_left.end(), std::size_t{0});
}

Turns::Turns(const std::vector<BatchRow>& districts, const fs::path& folder) : Turns(districts.size()) {
    m_folder = folder;
    for (const BatchRow& row : districts)
        m_names.push_back(row.name);
}

fs::path Turns::file_of(std::size_t district) const {
    return m_folder / std::to_string(district);
}

/// One that is being written, or was when its writer was killed, says nothing.
std::optional<BatchRow> Turns::seen(std::size_t district) const {
    if (m_folder.empty())
        return std::nullopt;
    try {
        BatchRow row = row_from(read_own_json(file_of(district), 1, "what became of a district"));
        return row.name == m_names[district] ? std::optional(std::move(row)) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::optional<Turns::Turn> Turns::take(std::size_t district) const {
    if (m_folder.empty())
        return Turn{district};
    std::optional<rasters::FileDescriptor> lock = rasters::lock_file(file_of(district), rasters::Lock::alone);
    if (!lock)
        return std::nullopt;
    return Turn{district, seen(district), std::move(*lock)};
}

std::optional<Turns::Turn> Turns::take_any() {
    const std::scoped_lock lock(m_mutex);
    for (auto it = m_left.begin(); it != m_left.end(); ++it)
        if (std::optional<Turn> turn = take(*it)) {
            m_left.erase(it);
            return turn;
        }
    return std::nullopt;
}

std::optional<Turns::Turn> Turns::next(const std::atomic<bool>& stop) {
    constexpr std::chrono::milliseconds between_looks{200};
    while (!stop) {
        if (std::optional<Turn> turn = take_any())
            return turn;
        if (const std::scoped_lock lock(m_mutex); m_left.empty())
            return std::nullopt;
        std::this_thread::sleep_for(between_looks);
    }
    return std::nullopt;
}

void Turns::leave(const Turn& turn, const BatchRow& row) const {
    if (!m_folder.empty())
        rasters::write_text(file_of(turn.district), row_text(row));
}

} // namespace zonerank::engine
