// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <string>

namespace zonerank::engine {

/// From now on SIGINT, SIGTERM and, unless it is ignored (nohup), SIGHUP set the flag that is returned. Work that looks
/// at it ends by itself; what does not within half a second, deep in a library perhaps, is ended: what is unfinished is
/// taken back (rasters::undo_all()), `tell` has its say, and the process exits with `code`, all within 2 s of the
/// signal. While results take their place it is let finish. A second signal, 2 s after the first at the
/// earliest, ends the process at once: a terminal and the program that started us may both pass on one key.
/// Call once, from the main thread.
const std::atomic<bool>& stop_on_signals(int code, std::function<void(const std::string& line)> tell);

/// What is told of a run that was stopped; `placed`: what it began last is in place; `kept`: what else stays,
/// see rasters::set_kept_words().
std::string stopped_line(bool placed, const std::string& kept = {});

/// Whether who asks is to tell how the process ends: the first to ask. Always, before stop_on_signals().
bool last_word();

} // namespace zonerank::engine
