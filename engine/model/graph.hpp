// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/course.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A step of a run: what it is, what must be done before, what it does. `key`
/// names its result: a hash of its parameters, its inputs and the program's
/// version, so that the same unit has the same key on every machine.
struct Unit {
    std::string kind; ///< "prepare", "facts", "score", "rank", "finish"
    std::string name; ///< "criterion 'power'", "rows 0..511"
    std::string key;
    std::vector<std::size_t> after{}; ///< numbers of units added before
    double cost = 1;                  ///< relative to the others, for progress
    std::function<void()> work{};
    /// Instead of `work`, of a long unit: tells how far it is, and can be stopped.
    std::function<void(const rasters::Course&)> long_work{};
};

/// Where a run stands, told after each unit and in the course of long ones.
struct Progress {
    std::string stage;   ///< kind of the unit
    double done = 0;     ///< 0..1, by cost
    double of_stage = 0; ///< 0..1, the same of this stage's units alone
};

/// The units of a run and the order they depend on. run() does those not yet
/// done; more may be added and run again.
class Graph {
public:
    std::size_t add(Unit unit); ///< its number

    /// As many at once as there are threads (0: one per core). `progress` is
    /// called from one thread at a time. The first exception stops what has not
    /// begun and is rethrown; `stop` set does the same with Stopped, and ends long work.
    void run(unsigned threads, const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop);

    const std::vector<Unit>& units() const { return m_units; }
    /// Seconds of work by kind of unit, added over threads.
    std::vector<std::pair<std::string, double>> seconds() const;

private:
    std::vector<Unit> m_units;
    std::vector<double> m_seconds; ///< below 0: not done
};

/// SHA-256 over the parts, each with its length, as hexadecimal: a unit's key.
std::string key_of(const std::vector<std::string>& parts);

} // namespace zonerank::engine
