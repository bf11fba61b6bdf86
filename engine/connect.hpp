// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "engine/outputs/link_files.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace zonerank::engine {

struct ConnectOptions {
    std::optional<std::filesystem::path> output{}; ///< folder; instead of the one beside the study's, and anywhere
    unsigned threads = 0;                          ///< 0: one per core
    std::uint64_t memory = 0;                      ///< bytes, see hold_links(); 0: the machine's
    std::function<void(const Progress&)> progress{};
};

struct ConnectResult {
    LinkMap map;
    std::filesystem::path folder;
    std::vector<std::string> outputs; ///< names of the files in it
    std::vector<std::string> carried; ///< the user's own files, carried over from the folder's earlier content
    double seconds = 0;
};

/// Joins the places of a study's `links` by ways of the least travel time over its
/// friction, and leaves a folder with the network, the pairs and the places, whole or not at all.
/// One place after the other is solved for, with all threads; the bytes do not depend on their
/// number. Of the ways only those are kept that the network may still need. REQUIRES a
/// study prepared for its links. Pairs without a way are unknown, with the reason, which also
/// becomes a warning in the study's problems. Throws Error for fewer than two places, a
/// friction that can't be read, too little memory (before anything is solved), a folder that can't be written or is not
/// ours, and "stopped".
ConnectResult connect(Prepared& prepared, const ConnectOptions& options, const std::atomic<bool>& stop);

} // namespace zonerank::engine
