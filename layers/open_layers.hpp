// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/layer.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace zonerank::layers {

/// The measurements of a run, each made once: what a criterion and a constraint both
/// look at is opened once, and a tile that two ask for in turn, in one thread, is
/// measured once. Thread-safe; does not move.
class OpenLayers {
public:
    explicit OpenLayers(Sources& sources) : m_sources(sources) {}

    Sources& sources() { return m_sources; }

    /// As Measure::layer(); the same measure on the same grid gives the same layer.
    Layer layer(const Measure& measure, const rasters::Grid& grid);

    /// What the layers so far need solved before they are measured, each once.
    std::vector<SolvedField> fields() const;

private:
    struct Shared;

    Sources& m_sources;
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Shared>> m_layers;
};

} // namespace zonerank::layers
