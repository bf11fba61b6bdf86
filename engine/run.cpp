// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include "engine/analyses.hpp"
#include "engine/before_scores.hpp"
#include "engine/gathered.hpp"
#include "engine/model/fields.hpp"
#include "engine/model/inputs.hpp"
#include "engine/needs/disk.hpp"
#include "engine/output_folder.hpp"
#include "engine/outputs/friction_maps.hpp"
#include "engine/outputs/manifest.hpp"
#include "engine/outputs/memory.hpp"
#include "engine/outputs/publish.hpp"
#include "engine/outputs/site_files.hpp"
#include "engine/outputs/styles.hpp"
#include "engine/plan/part_sizes.hpp"
#include "engine/plan/planning.hpp"
#include "engine/plan/signatures.hpp"
#include "engine/presentations.hpp"
#include "engine/qgis/site_package.hpp"
#include "engine/run_plan.hpp"
#include "engine/study/no_sites.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/stopped.hpp"
#include "rasters/core/trace.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <numeric>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

std::vector<std::pair<std::string, double>> stages_since(const std::array<double, rasters::stage_count>& before) {
    const auto now = rasters::stage_seconds();
    std::vector<std::pair<std::string, double>> stages;
    for (std::size_t i = 0; i < now.size(); ++i)
        stages.emplace_back(rasters::name_of(static_cast<rasters::Stage>(i)), now[i] - before[i]);
    return stages;
}

/// One run: what its units share.
class Run {
public:
    Run(Prepared& prepared, const RunOptions& options, Staging& staging)
        : m_p(prepared), m_model(*prepared.model), m_options(options), m_staging(staging),
          m_gathered(prepared, staging.folder(), options.sites_only), m_study_key(study_key(prepared.study)),
          m_plan(prepared, options, staging.target()) {}

    RunResult operator()(const std::atomic<bool>& stop) {
        const auto start = std::chrono::steady_clock::now();
        m_hashes.know(m_options.known);
        add_hashes();
        if (m_plan.is_wanted() && can_keep())
            open_plan(stop);
        add_units();
        m_p.graph.run(m_options.threads, m_options.progress, stop);
        m_result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        publish();
        if (!m_plan.close())
            m_p.problems.warning({}, "units are still at work beside the results; the last of them removes the plan");
        return std::move(m_result);
    }

private:
    std::size_t add(std::string kind, std::string name, std::vector<std::size_t> after, double cost,
                    std::function<void()> work) {
        std::string key = key_of({m_study_key, kind, name});
        return m_p.graph.add(
            {std::move(kind), std::move(name), std::move(key), std::move(after), cost, std::move(work)});
    }

    /// Whether units can be told to be those of these inputs; where not, that is told.
    bool can_keep() const {
        const std::optional<std::string> untold = m_options.finish ? std::nullopt : untold_input(m_p);
        if (untold)
            m_p.problems.warning({},
                                 fmt::format("{}: nothing tells whether it changes, so no units are kept", *untold));
        return !untold;
    }

    void open_plan(const std::atomic<bool>& stop) {
        m_p.graph.run(m_options.threads, m_options.progress, stop); // units are named after their inputs' hashes
        m_plan.open(m_hashes, [this] { m_p.files.check_files(); });
        m_result.units = m_plan.kept()->plan.units.size();
        m_result.kept = m_options.finish ? 0 : m_plan.kept()->done(); // of finish there is nothing to say
        check_disk_of(*m_plan.kept());
    }

    /// Parts lie beside the results.
    void check_disk_of(const KeptUnits& kept) const {
        const bool maps = !m_options.sites_only;
        check_parts(m_p, kept.folder, units_left(kept.plan, kept.folder), !maps, maps ? disk_needed(m_p) : 0);
    }

    void add_units() {
        const Cutting cutting{.key = m_study_key, .tile = m_options.tile, .kept = m_plan.kept()};
        const std::vector<std::size_t> scored = add_scores(cutting, add_spread(add_before(Stage::score, m_p, cutting)));
        add_closings(scored);
        add_friction_maps();
        add_map_validation(scored);
        if (ranks_sites(m_p.study, m_p.territory))
            add_of_sites(add("rank", "sites", scored, 1, [this] { rank(); }));
        add_presentations();
    }

    std::vector<fs::path> files_of(const std::string& source) {
        return m_hashes.parts(source, [&] { return input_files(source, m_p); });
    }

    void add_hashes() {
        for (const std::string& source : input_sources(m_p))
            add("hash", source, {}, 1, [this, source] {
                m_p.files.note(source);
                for (const fs::path& file : files_of(source)) {
                    m_p.files.note_with_companions(file);
                    m_hashes.of(file);
                }
            });
        for (const auto& [database, table] : input_tables(m_p.study))
            add("hash", table_input(database, table), {}, 1, [this, database = database, table = table] {
                m_hashes.of_table(database, table, m_p.sources->access());
                if (!m_p.files.of_table(database, table))
                    throw Error("{}: nothing told whether its rows change while they are read; run it again",
                                table_input(database, table));
            });
    }

    /// Files of the results, each written and hashed.
    void add_files(std::vector<std::string> names, std::vector<std::size_t> after, std::function<void()> write) {
        m_result.outputs.insert(m_result.outputs.end(), names.begin(), names.end());
        std::string name = names.front();
        add("finish", std::move(name), std::move(after), 1, [this, names = std::move(names), write = std::move(write)] {
            write();
            for (const std::string& file : names)
                m_hashes.of(m_staging.folder() / file);
        });
    }

    /// What uncertain weights do to the map, once the weights are known.
    std::vector<std::size_t> add_spread(std::vector<std::size_t> after) {
        if (m_gathered.is_weighed())
            after.push_back(add("facts", "uncertain weights", after, 1, [this] { m_gathered.weigh(); }));
        return after;
    }

    void add_closings(const std::vector<std::size_t>& scored) {
        for (Maps::Closing& closing : m_gathered.closings())
            add_files(std::move(closing.files), scored, [this, work = std::move(closing.work)] { work(m_hashes); });
        for (std::string& style : m_gathered.write_styles())
            m_result.outputs.push_back(std::move(style));
    }

    void add_friction_maps() {
        if (!m_p.study.outputs.friction || !m_gathered.has_maps())
            return;
        const std::vector<rasters::Grid> grids = friction_grids(m_model);
        for (std::size_t i = 0; i < grids.size(); ++i)
            add_files(friction_files(i), {},
                      [this, i, grid = grids[i]] { write_friction_map(grid, i, m_p, m_staging.folder()); });
    }

    void add_of_sites(std::size_t ranked) {
        add_site_files(ranked);
        for (Analysis& analysis : analyses(m_p))
            add_analysis(std::move(analysis), {ranked});
    }

    /// After all units so far.
    void add_presentations() {
        std::vector<std::size_t> all(m_p.graph.units().size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        const auto written = std::make_shared<const std::vector<std::string>>(m_result.outputs);
        for (Presentation& shown : presentations(m_p, m_gathered.display()))
            add_files(std::move(shown.files), all, [this, written, work = std::move(shown.work)] {
                work({.prepared = m_p,
                      .ranking = m_result.ranking,
                      .counts = m_gathered.counts(),
                      .exact_percentiles = m_gathered.sites().exact_percentiles(),
                      .folder = m_staging.folder(),
                      .target = m_options.lies_in.value_or(m_staging.target()),
                      .files = *written,
                      .hashes = &m_hashes});
            });
    }

    void add_map_validation(const std::vector<std::size_t>& scored) {
        if (const MapScores* known = m_gathered.known())
            add_analysis(map_validation(m_p, *known), scored);
        else if (m_p.known && m_p.known->on_map)
            m_result.tables.emplace_back("validate: the known zones are held against the map, which --sites-only "
                                         "leaves out\n");
    }

    void add_analysis(Analysis analysis, std::vector<std::size_t> after) {
        m_result.outputs.insert(m_result.outputs.end(), analysis.files.begin(), analysis.files.end());
        const std::string name = analysis.files.front();
        const std::size_t place = m_result.tables.size();
        m_result.tables.emplace_back();
        const auto work = [this, place, analysis = std::move(analysis)](const rasters::Course& course) {
            m_result.tables[place] = analysis.work(m_result.ranking, m_staging.folder(), course);
            for (const std::string& file : analysis.files)
                m_hashes.of(m_staging.folder() / file);
        };
        m_p.graph.add({"analyse", name, key_of({m_study_key, "analyse", name}), std::move(after), 1, {}, work});
    }

    void add_site_files(std::size_t ranked) {
        const fs::path folder = m_staging.folder();
        const Ranking& ranking = m_result.ranking;
        add_files({"sites.geojson"}, {ranked},
                  [=, this, &ranking] { write_sites_geojson(ranking, m_model.grid(), folder / "sites.geojson"); });
        add_files({"sites.gpkg"}, {ranked},
                  [=, this, &ranking] { write_site_package(ranking, m_p.territory, folder / "sites.gpkg"); });
        add_files({"sites.qml"}, {ranked},
                  [=, &ranking] { rasters::write_text(folder / "sites.qml", sites_style(ranking)); });
        add_files({"ranking.csv"}, {ranked}, [=, &ranking] { write_ranking_csv(ranking, folder / "ranking.csv"); });
        if (m_gathered.has_maps())
            add_files({"ranking.tif", "ranking.tif.aux.xml", "ranking.qml"}, {ranked}, [=, this, &ranking] {
                write_ranking_map(ranking, m_model.grid(), m_p.study.outputs.packing, folder);
            });
    }

    std::vector<std::size_t> add_scores(const Cutting& cutting, const std::vector<std::size_t>& before) {
        return add_tiles(m_p.graph, score_units(m_p, cutting, m_options.sites_only), m_gathered, cutting.kept, before);
    }

    void rank() { m_result.ranking = m_gathered.sites().ranking(); }

    void publish() {
        const RunRecord record{.prepared = &m_p,
                               .counts = m_gathered.counts(),
                               .sites_only = m_options.sites_only,
                               .exact_quantiles = m_gathered.sites().exact_percentiles(),
                               .seconds = m_result.seconds,
                               .stages = m_p.graph.seconds(),
                               .inner = stages_since(m_before),
                               .outputs = m_result.outputs,
                               .folder = m_staging.folder(),
                               .hashes = &m_hashes};
        const std::string manifest = manifest_json(record); // which asks servers once more
        m_p.files.check_all(); // what it tells of the inputs has to be true of what was read
        rasters::write_text(m_staging.folder() / "manifest.json", manifest);
        m_result.outputs.emplace_back("manifest.json");
        m_result.carried = m_staging.commit();
        m_result.folder = m_staging.target();
    }

    Prepared& m_p;
    Model& m_model;
    const RunOptions& m_options;
    Staging& m_staging;
    Gathered m_gathered;
    std::string m_study_key;
    FileHashes m_hashes;
    RunPlan m_plan;
    RunResult m_result;
    std::array<double, rasters::stage_count> m_before = rasters::stage_seconds();
};

} // namespace

/// The options as they fit into the memory that they name.
static RunOptions held(const Prepared& prepared, RunOptions options) {
    const Held way = hold(prepared, MemoryFor::run, options.threads, options.tile, options.memory);
    options.threads = way.threads;
    options.tile = way.tile;
    return options;
}

RunResult run(Prepared& prepared, const RunOptions& wanted, const std::atomic<bool>& stop) {
    const RunOptions options = held(prepared, wanted);
    Staging staging(output_folder(prepared.study, options.output));
    try {
        if (!options.sites_only)
            check_disk(prepared, staging.target());
        return Run(prepared, options, staging)(stop);
    } catch (const layers::ErrorAt&) { // of the study, not of the folder
        throw;
    } catch (const Stopped&) {
        throw;
    } catch (const Error& e) {
        throw_with_target(e, staging);
    }
}

} // namespace zonerank::engine
