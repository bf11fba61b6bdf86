// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/undo.hpp"

#include <mutex>
#include <utility>

namespace zonerank::rasters {

namespace {

struct Known {
    std::mutex mutex;   ///< of all but the other
    std::mutex placing; ///< held while results take their place; taken before the other
    std::list<std::function<void()>> all;
    bool placed = false; ///< what was begun last
    std::string kept_words{};
};

// Never destroyed: a thread may ask while the process ends.
Known& known() {
    static Known& known = *new Known;
    return known;
}

} // namespace

Undo::Undo(std::function<void()> undo) {
    const std::scoped_lock lock(known().mutex);
    m_place = known().all.insert(known().all.begin(), std::move(undo));
    known().placed = false;
}

Undo::~Undo() {
    const std::scoped_lock lock(known().mutex);
    known().all.erase(m_place);
}

Placing::Placing() {
    known().placing.lock();
}

Placing::~Placing() {
    {
        const std::scoped_lock lock(known().mutex);
        known().placed = true;
    }
    known().placing.unlock();
}

void set_kept_words(std::string words) {
    const std::scoped_lock lock(known().mutex);
    known().kept_words = std::move(words);
}

std::string kept_words() {
    const std::scoped_lock lock(known().mutex);
    return known().kept_words;
}

bool undo_all() {
    known().placing.lock();
    known().mutex.lock(); // neither is let go: the process ends
    for (const std::function<void()>& undo : known().all)
        undo();
    return known().placed;
}

} // namespace zonerank::rasters
