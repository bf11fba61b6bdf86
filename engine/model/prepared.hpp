// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/context.hpp"
#include "engine/model/file_states.hpp"
#include "engine/model/graph.hpp"
#include "engine/model/known_zones.hpp"
#include "engine/model/model.hpp"
#include "engine/study/criteria.hpp"
#include "engine/study/profiles.hpp"
#include "engine/study/study.hpp"
#include "engine/study/territory.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace zonerank::engine {

/// A study whose words are checked and whose sources are opened: what `check`
/// tells about and `run` computes from. Does not move: the model refers to it.
struct Prepared {
    ~Prepared(); ///< lets the rasters' files and blocks go, however a run has ended

    layers::Problems problems;
    Study study;
    std::optional<layers::Sources> sources;
    Decision decision;
    std::vector<Profile> profiles;
    std::vector<Constraint> constraints;
    Territory territory;
    std::optional<KnownZones> known; ///< there when the study is to be validated
    std::optional<Model> model;      ///< there when the problems are ok, and criteria asked for
    Graph graph;                     ///< the prepare units are done
    Context context;                 ///< for the report's map, where the study has one
    FileStates files;                ///< inputs, as they were before they were read
};

/// Reads, checks and opens everything a study names; all that is wrong is in
/// `problems`. Throws Error only for text that is not YAML and for `stop`. With a
/// criterion asked for, only what this one stands on is opened, and told of.
std::unique_ptr<Prepared> prepare(const std::filesystem::path& path, const rasters::Access& access, unsigned threads,
                                  const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop,
                                  const std::optional<Asked>& asked = {});

/// The same of a study that is there already, such as the expanded one of an earlier run: its paths are as
/// seen from `file`'s folder; the file itself need not be there.
std::unique_ptr<Prepared> prepare(const layers::Node& study, const std::filesystem::path& file,
                                  const rasters::Access& access, unsigned threads,
                                  const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop,
                                  const std::optional<Asked>& asked = {});

/// The number of a criterion. Throws Error with the nearest name.
std::size_t criterion_called(const Decision& decision, const std::string& name);

} // namespace zonerank::engine
