// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// What has to be done one after the other; units of one stage don't wait for each other.
enum class Stage {
    regions, ///< parts of large fields, in rounds: due again when a neighbour has changed
    solve,   ///< fields: travel times over the friction
    facts,   ///< what value functions have to know of the whole map
    weights, ///< what the sites measure, for weights that follow from them
    score,   ///< the map and the sites
};
inline constexpr Stage all_stages[] = {Stage::regions, Stage::solve, Stage::facts, Stage::weights, Stage::score};
std::string_view name_of(Stage stage); ///< "solve"

/// A step of a run that can be done on its own, by any process that sees the study and the
/// plan's folder, and leaves one file.
struct PlannedUnit {
    std::string id; ///< "score-0003": also its file's name
    Stage stage = Stage::score;
    std::size_t subject = 0; ///< regions, solve: number of the field; facts: of the criterion
    std::size_t block = 0;   ///< of the map; regions: of the field
    std::size_t of = 0;      ///< regions: how many the field has
    std::string what;        ///< "columns 4096..8191, rows 0..4095"
    /// Files it is made of, as the study's folder sees them. Of a plan that was read: none.
    std::vector<std::string> inputs{};
    std::string signature{}; ///< hash of its parameters, inputs and the program's version; regions: the field's
    double cells = 0;
    double cost = 0; ///< seconds of one core, about
};

/// A file that the units read, as it was when the plan was made; or a table: its rows, and a number for its state.
struct PlannedInput {
    std::string path; ///< as the study's folder sees it
    std::uint64_t bytes = 0;
    std::int64_t modified = 0; ///< nanoseconds since 1970
    std::string sha256{};
};

/// A run, cut into units that can be done by many processes.
struct Plan {
    std::string version; ///< of the program that made it
    std::string study;   ///< the study's file, as the plan's folder sees it
    int block = 4096;    ///< cells to a side of a block
    bool sites_only = false;
    bool regions = false; ///< whether large fields are solved by regions
    std::vector<PlannedInput> inputs{};
    std::vector<PlannedUnit> units{}; ///< stage by stage
};

std::string plan_json(const Plan& plan);

/// A plan.json. It is another's text: throws Error naming the file where something in it is of another
/// shape than this program writes, or of another version.
Plan read_plan(const std::filesystem::path& file);

/// Whether the units of both are the same, so that what is done of one is done of the other.
bool has_same_units(const Plan& a, const Plan& b);

/// Throws Error with the nearest id.
const PlannedUnit& unit_called(const Plan& plan, std::string_view id);

} // namespace zonerank::engine
