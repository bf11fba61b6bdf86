// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <list>
#include <string>

namespace zonerank::rasters {

/// What has to be taken back when the process is ended in the middle of something: as long as this
/// lives, undo_all() calls `undo`, which must neither throw nor make or end an Undo. It does nothing by
/// itself when it goes out of scope. From any thread.
class Undo {
public:
    explicit Undo(std::function<void()> undo);
    Undo(const Undo&) = delete;
    Undo& operator=(const Undo&) = delete;
    ~Undo();

private:
    std::list<std::function<void()>>::iterator m_place;
};

/// Results take their place while this lives: undo_all() waits for it. Afterwards, until the next Undo is
/// made for more, there is something that was not taken back.
class Placing {
public:
    Placing();
    Placing(const Placing&) = delete;
    Placing& operator=(const Placing&) = delete;
    ~Placing();
};

/// What stays although the process is ended in the middle, to be told then: "12 of 64 units are kept in
/// out.plan". Nothing at first, and with an empty text, once that goes. From any thread.
void set_kept_words(std::string words);
std::string kept_words(); ///< before undo_all(), or else it waits forever

/// Takes back all that is unfinished, the latest first, before the process ends itself: whoever makes
/// or ends an Undo or a Placing from now on waits forever, so that nothing unfinished becomes a result.
/// Returns whether what was begun last is in place. Call once.
bool undo_all();

} // namespace zonerank::rasters
