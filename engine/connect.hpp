// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/prepared.hpp"
#include "engine/outputs/link_files.hpp"

#include <atomic>
#include <filesystem>
#include <functional>

namespace zonerank::engine {

struct ConnectOptions {
    std::filesystem::path output; ///< .geojson; the matrix goes beside it as .csv
    unsigned threads = 0;         ///< 0: one per core
    bool overwrite = false;       ///< files that are there
    std::function<void(const Progress&)> progress{};
};

/// Joins the places of a study's `links` by ways of the least travel time over its
/// friction, and writes the network and the matrix of minutes. One place after the other is
/// solved for, with all threads. REQUIRES a study prepared for its links. Pairs
/// without a way are unknown, with the reason, which also becomes a warning in the study's problems.
/// Throws Error for fewer than two places, a friction that can't be read, files that are
/// there or can't be written, and "stopped".
LinkMap connect(Prepared& prepared, const ConnectOptions& options, const std::atomic<bool>& stop);

} // namespace zonerank::engine
