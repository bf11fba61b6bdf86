// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/kept_words.hpp"

#include "rasters/core/undo.hpp"

#include <fmt/format.h>

#include <utility>

namespace zonerank::engine {

KeptWords::KeptWords(std::filesystem::path folder, std::size_t kept, std::size_t all)
    : m_folder(std::move(folder)), m_all(all), m_kept(std::make_shared<std::atomic<std::size_t>>(kept)) {
    tell(kept);
}

void KeptWords::one_more() const {
    tell(++*m_kept);
}

void KeptWords::end() {
    rasters::set_kept_words("");
}

void KeptWords::tell(std::size_t kept) const {
    if (kept > 0)
        rasters::set_kept_words(fmt::format("{} of {} units are kept in {}: the same command goes on with them", kept,
                                            m_all, m_folder.string()));
}

} // namespace zonerank::engine
