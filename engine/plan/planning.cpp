// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/planning.hpp"

#include "engine/model/changed.hpp"
#include "engine/model/inputs.hpp"
#include "engine/plan/signatures.hpp"
#include "engine/text/version.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/connection.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/file_state.hpp"
#include "rasters/remote_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::Window;

std::vector<Window> blocks_of(const Model& model, int block) {
    return rasters::tiles(model.grid().window(), block);
}

std::string name_of(Window w) {
    return fmt::format("columns {}..{}, rows {}..{}", w.col, w.col + w.cols - 1, w.row, w.row + w.rows - 1);
}

namespace {

// Seconds of one core that a cell takes, about: of one criterion; of a field; of one that is solved already.
constexpr double criterion_cost = 1.5e-8, field_cost = 2e-7, gather_cost = 1e-8;

rasters::FileState state_of(const fs::path& file) {
    if (const std::optional<rasters::FileState> state = rasters::file_state(file))
        return *state;
    throw Error("{}: no such file", file.string());
}

bool looks_like(const fs::path& file, const PlannedInput& planned) {
    return state_of(file).looks_like({.bytes = planned.bytes, .modified = planned.modified});
}

/// All files of a study's inputs, each once, by their paths as it sees them.
std::map<std::string, fs::path> files_of_inputs(const Prepared& prepared, FileHashes* hashes) {
    std::map<std::string, fs::path> files;
    for (const std::string& source : input_sources(prepared)) {
        const auto list = [&] { return input_files(source, prepared); };
        for (const fs::path& file : hashes ? hashes->parts(source, list) : list())
            files.emplace(path_in_study(file, prepared.study), file);
    }
    return files;
}

/// Puts the units of a plan together.
class Planner {
public:
    Planner(const Prepared& prepared, const PlanRequest& request, std::vector<PlannedInput> inputs)
        : m_p(prepared), m_model(*prepared.model), m_request(request), m_inputs(std::move(inputs)),
          m_signatures(prepared, m_inputs),
          m_blocks(blocks_of(m_model, request.block)), m_plan{.version = version,
                                                              .study = study_seen_from(request.folder),
                                                              .block = request.block,
                                                              .sites_only = request.sites_only,
                                                              .regions = request.regions,
                                                              .inputs = m_inputs} {}

    Plan operator()() {
        for (const Candidate& site : m_p.territory.candidates)
            m_sites.push_back(m_model.grid().cover(rasters::bounds(site.shape)));
        add_fields();
        for (const std::size_t criterion : m_model.need_facts())
            add_facts(criterion);
        if (m_p.decision.awaits_sites())
            add_blocks(Stage::weights, 0, true, m_signatures.of_weights());
        add_blocks(Stage::score, 0, m_request.sites_only, m_signatures.of_score(m_request.sites_only));
        return std::move(m_plan);
    }

private:
    std::string study_seen_from(const fs::path& folder) const {
        return fs::absolute(m_p.study.file)
            .lexically_normal()
            .lexically_relative(fs::absolute(folder).lexically_normal())
            .generic_string();
    }

    /// Of large fields the regions first.
    void add_fields() {
        const std::vector<layers::SolvedField> fields = m_model.fields();
        for (std::size_t i = 0; m_request.regions && i < fields.size(); ++i)
            for (std::size_t region = 0; fields[i].regions && region < fields[i].regions->count; ++region)
                add_region(fields[i], i, region);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            PlannedUnit& whole = add_field(fields[i], i, fmt::format("solve-{:02}", i + 1));
            if (m_request.regions && fields[i].regions) // which are put together
                whole.cost = whole.cells * gather_cost;
        }
    }

    PlannedUnit& add_field(const layers::SolvedField& field, std::size_t i, std::string id) {
        Signature signature = m_signatures.of_field(i);
        m_plan.units.push_back({.id = std::move(id),
                                .stage = Stage::solve,
                                .subject = i,
                                .what = field.name,
                                .inputs = std::move(signature.files),
                                .signature = std::move(signature.hash),
                                .cells = field.cells,
                                .cost = field.cells * field_cost});
        return m_plan.units.back();
    }

    void add_region(const layers::SolvedField& field, std::size_t i, std::size_t region) {
        PlannedUnit& unit = add_field(field, i, fmt::format("regions-{:02}-{:04}", i + 1, region + 1));
        unit.stage = Stage::regions;
        unit.block = region;
        unit.of = field.regions->count;
        unit.cells /= static_cast<double>(unit.of);
        unit.cost /= static_cast<double>(unit.of);
    }

    void add_facts(std::size_t criterion) {
        add_blocks(Stage::facts, criterion, false, m_signatures.of_facts(criterion));
    }

    std::string id_of(Stage stage, std::size_t subject, std::size_t block) const {
        return stage == Stage::facts ? fmt::format("facts-{:02}-{:04}", subject + 1, block + 1)
                                     : fmt::format("{}-{:04}", name_of(stage), block + 1);
    }

    void add_blocks(Stage stage, std::size_t subject, bool of_sites, const Signature& signature) {
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            const Window& block = m_blocks[i];
            if (!holds_site(block) && (of_sites || !touches_area(block)))
                continue;
            const auto cells = static_cast<double>(block.size());
            const double measured = stage == Stage::facts ? 1 : static_cast<double>(m_p.decision.criteria.size());
            m_plan.units.push_back({.id = id_of(stage, subject, i),
                                    .stage = stage,
                                    .subject = subject,
                                    .block = i,
                                    .what = name_of(block),
                                    .inputs = signature.files,
                                    .signature = key_of({signature.hash, name_of(block)}),
                                    .cells = cells,
                                    .cost = cells * measured * criterion_cost});
        }
    }

    bool holds_site(Window block) const {
        return std::ranges::any_of(m_sites,
                                   [&](const Window& site) { return !rasters::intersection(block, site).empty(); });
    }

    /// In pieces, of which the first that does is enough: a block has many cells.
    bool touches_area(Window block) const {
        return std::ranges::any_of(rasters::tiles(block, 512),
                                   [&](const Window& piece) { return m_model.touches_area(piece); });
    }

    const Prepared& m_p;
    const Model& m_model;
    const PlanRequest& m_request;
    std::vector<PlannedInput> m_inputs;
    Signatures m_signatures;
    std::vector<Window> m_blocks, m_sites; ///< of cells; that each site may reach
    Plan m_plan;
};

} // namespace

/// `modified` tells of its state before its rows were read.
static PlannedInput planned_table(const std::string& database, const std::string& table, const Prepared& prepared,
                                  FileHashes& hashes) {
    const std::optional<std::int64_t> state = prepared.files.of_table(database, table);
    if (!state)
        throw Error("{}: nothing told whether its rows change while they are read; plan again",
                    table_input(database, table));
    const TableHash hash = hashes.of_table(database, table, prepared.sources->access());
    return {table_input(database, table), hash.rows, *state, hash.sha256};
}

/// What is neither on this machine nor in a database.
static std::vector<std::string> remote_inputs(const Prepared& prepared) {
    std::vector<std::string> sources = input_sources(prepared);
    std::erase_if(sources, [](const std::string& source) {
        return rasters::names_database(source) || rasters::local_file(source);
    });
    return sources;
}

static std::optional<PlannedInput> told_of(const std::string& source) {
    const std::optional<rasters::RemoteState> state = rasters::remote_state(source);
    if (!state)
        return std::nullopt;
    return PlannedInput{source, state->bytes, state->modified * 1'000'000'000,
                        key_of({fmt::format("{} {}", state->bytes, state->modified), state->tag})};
}

static PlannedInput planned_remote(const std::string& source) {
    if (const std::optional<PlannedInput> input = told_of(source))
        return *input;
    throw Error("{}: nothing tells whether it changes, so no units can be kept; copy it to a file", source);
}

std::optional<std::string> untold_input(const Prepared& prepared) {
    for (const std::string& source : remote_inputs(prepared))
        if (!told_of(source))
            return source;
    return std::nullopt;
}

std::vector<PlannedInput> planned_inputs(const Prepared& prepared, FileHashes& hashes) {
    std::vector<PlannedInput> inputs;
    for (const auto& [path, file] : files_of_inputs(prepared, &hashes)) {
        const rasters::FileState state = state_of(file);
        inputs.push_back({path, state.bytes, state.modified, hashes.of(file).sha256});
    }
    for (const std::string& source : remote_inputs(prepared))
        inputs.push_back(planned_remote(source));
    for (const auto& [database, table] : input_tables(prepared.study))
        inputs.push_back(planned_table(database, table, prepared, hashes));
    return inputs;
}

Plan make_plan(const Prepared& prepared, const PlanRequest& request, FileHashes& hashes) {
    return Planner(prepared, request, planned_inputs(prepared, hashes))();
}

/// Inputs by their paths, to be found among thousands.
class InputsByPath {
public:
    explicit InputsByPath(const std::vector<PlannedInput>& inputs) {
        for (const PlannedInput& input : inputs)
            m_inputs.emplace(input.path, &input);
    }

    const PlannedInput* find(const std::string& path) const { ///< null: there is none
        const auto found = m_inputs.find(path);
        return found == m_inputs.end() ? nullptr : found->second;
    }
    const PlannedInput* as_now(const std::string& path, const fs::path& file) const { ///< null: or another state
        const PlannedInput* planned = find(path);
        return planned && looks_like(file, *planned) ? planned : nullptr;
    }

private:
    std::unordered_map<std::string_view, const PlannedInput*> m_inputs;
};

void trust_planned(const Prepared& prepared, const Plan& plan, FileHashes& hashes) {
    const InputsByPath inputs(plan.inputs);
    KnownFiles known;
    for (const auto& [path, file] : files_of_inputs(prepared, &hashes))
        if (const PlannedInput* planned = inputs.as_now(path, file))
            known.hashes[file] = {planned->bytes, planned->sha256};
    for (const auto& table : input_tables(prepared.study))
        if (const PlannedInput* planned = inputs.find(table_input(table.first, table.second));
            planned && prepared.files.of_table(table.first, table.second) == planned->modified)
            known.tables[table] = {planned->bytes, planned->sha256};
    hashes.know(known);
}

[[noreturn]] static void throw_changed(const std::string& input) {
    throw Changed("{}: has changed {}", input, this_plan);
}

void check_unchanged(const Prepared& prepared, const std::vector<PlannedInput>& inputs) {
    prepared.files.check_files(this_plan);
    const InputsByPath planned(inputs);
    for (const auto& [path, file] : files_of_inputs(prepared, nullptr))
        if (!planned.as_now(path, file))
            throw_changed(file.string());
    for (const std::string& source : remote_inputs(prepared))
        if (const PlannedInput* input = planned.find(source); !input || input->sha256 != planned_remote(source).sha256)
            throw_changed(source);
}

} // namespace zonerank::engine
