// SPDX-License-Identifier: Apache-2.0
#include "engine/run.hpp"

#include "engine/analyses.hpp"
#include "engine/model/fields.hpp"
#include "engine/output_folder.hpp"
#include "engine/outputs/friction_maps.hpp"
#include "engine/outputs/manifest.hpp"
#include "engine/outputs/maps.hpp"
#include "engine/outputs/publish.hpp"
#include "engine/outputs/site_files.hpp"
#include "engine/outputs/spread_maps.hpp"
#include "engine/outputs/styles.hpp"
#include "engine/presentations.hpp"
#include "engine/qgis/site_package.hpp"
#include "engine/report/display_maps.hpp"
#include "engine/site_sums.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/trace.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>
#include <numeric>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::Window;

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
          m_counts(prepared.decision.criteria.size(), prepared.constraints.size()), m_sites(prepared),
          m_study_key(study_key(prepared.study)) {
        if (!options.sites_only)
            m_maps.emplace(m_model, prepared.study.outputs, m_staging.folder());
        if (m_maps && prepared.known && prepared.known->on_map)
            m_known.emplace(prepared.known->zones.size());
        if (m_maps && prepared.study.stability.maps)
            m_spread.emplace(m_model, prepared.study.stability, prepared.study.outputs.packing, m_staging.folder());
        if (m_maps && prepared.study.outputs.report)
            m_display.emplace(m_model);
    }

    RunResult operator()(const std::atomic<bool>& stop) {
        const auto start = std::chrono::steady_clock::now();
        add_hashes();
        const std::vector<std::size_t> solved = add_fields(m_p.graph, m_model, m_study_key);
        const std::vector<std::size_t> scored =
            add_scores(add_spread(add_facts_and_weights(m_p, m_study_key, m_options.tile, solved)));
        if (m_maps) {
            add_closings(scored);
            add_friction_maps();
        }
        add_map_validation(scored);
        if (m_p.study.sites)
            add_of_sites(add("rank", "sites", scored, 1, [this] { rank(); }));
        add_presentations();
        m_p.graph.run(m_options.threads, m_options.progress, stop);
        m_result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        publish();
        return std::move(m_result);
    }

private:
    std::size_t add(std::string kind, std::string name, std::vector<std::size_t> after, double cost,
                    std::function<void()> work) {
        std::string key = key_of({m_study_key, kind, name});
        return m_p.graph.add(
            {std::move(kind), std::move(name), std::move(key), std::move(after), cost, std::move(work)});
    }

    void add_hashes() {
        for (const std::string& source : input_sources(m_p))
            add("hash", source, {}, 1, [this, source] {
                for (const fs::path& file : m_hashes.parts(source, [&] { return input_files(source, m_p); }))
                    m_hashes.of(file);
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
        if (m_spread)
            after.push_back(add("facts", "uncertain weights", after, 1, [this] { m_spread->weigh(); }));
        return after;
    }

    void add_closings(const std::vector<std::size_t>& scored) {
        std::vector<Maps::Closing> closings = m_maps->closings();
        for (Maps::Closing& closing : m_spread ? m_spread->closings() : std::vector<Maps::Closing>{})
            closings.push_back(std::move(closing));
        for (Maps::Closing& closing : closings)
            add_files(std::move(closing.files), scored, [this, work = std::move(closing.work)] { work(m_hashes); });
        for (std::string& style : m_maps->write_styles())
            m_result.outputs.push_back(std::move(style));
    }

    void add_friction_maps() {
        if (!m_p.study.outputs.friction)
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
        for (Presentation& shown : presentations(m_p, m_display ? &*m_display : nullptr))
            add_files(std::move(shown.files), all, [this, written, work = std::move(shown.work)] {
                work({.prepared = m_p,
                      .ranking = m_result.ranking,
                      .counts = m_maps ? &m_counts : nullptr,
                      .exact_percentiles = m_sites.exact_percentiles(),
                      .folder = m_staging.folder(),
                      .target = m_options.lies_in.value_or(m_staging.target()),
                      .files = *written,
                      .hashes = &m_hashes});
            });
    }

    void add_map_validation(const std::vector<std::size_t>& scored) {
        if (m_known)
            add_analysis(map_validation(m_p, *m_known), scored);
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
        if (m_maps)
            add_files({"ranking.tif", "ranking.tif.aux.xml", "ranking.qml"}, {ranked}, [=, this, &ranking] {
                write_ranking_map(ranking, m_model.grid(), m_p.study.outputs.packing, folder);
            });
    }

    std::vector<std::size_t> add_scores(const std::vector<std::size_t>& before) {
        std::vector<std::size_t> scored = before;
        for (const Window& tile : tiles_of(m_model, m_options.tile)) {
            std::vector<std::size_t> sites = m_sites.in(tile);
            if (sites.empty() && m_options.sites_only)
                continue;
            scored.push_back(
                add("score", name_of(tile), before, 5, [this, tile, sites = std::move(sites)] { score(tile, sites); }));
        }
        return scored;
    }

    void score(const Window& tile, const std::vector<std::size_t>& sites) {
        if (sites.empty() && !m_model.touches_area(tile))
            return skip(tile);
        const Evaluation evaluation = m_model.evaluate(tile, !sites.empty() || m_p.study.outputs.criteria);
        if (m_display) // first: what was computed last is still in a cache
            m_display->add(evaluation);
        if (m_maps)
            m_maps->write(evaluation);
        if (m_spread)
            m_spread->write(evaluation);
        CellCounts counts(m_p.decision.criteria.size(), m_p.constraints.size());
        counts.add(m_model.code(), evaluation.mask);
        m_sites.add(evaluation, sites);
        look_at_known(evaluation);
        const std::scoped_lock lock(m_mutex);
        m_counts.add(counts);
    }

    void look_at_known(const Evaluation& evaluation) {
        if (!m_known)
            return;
        MapScores here(m_p.known->zones.size());
        here.add(m_model, evaluation, m_p.known->zones, m_p.study.validate->cut);
        const std::scoped_lock lock(m_mutex);
        m_known->add(here);
    }

    void skip(const Window& tile) {
        if (m_maps)
            m_maps->skip(tile);
        const std::scoped_lock lock(m_mutex);
        m_counts.by_state[static_cast<std::size_t>(State::outside)] += tile.size();
    }

    void rank() { m_result.ranking = m_sites.ranking(); }

    void publish() {
        const RunRecord record{.prepared = &m_p,
                               .counts = m_maps ? &m_counts : nullptr,
                               .sites_only = m_options.sites_only,
                               .exact_quantiles = m_sites.exact_percentiles(),
                               .seconds = m_result.seconds,
                               .stages = m_p.graph.seconds(),
                               .inner = stages_since(m_before),
                               .outputs = m_result.outputs,
                               .folder = m_staging.folder(),
                               .hashes = &m_hashes};
        rasters::write_text(m_staging.folder() / "manifest.json", manifest_json(record));
        m_result.outputs.emplace_back("manifest.json");
        m_result.carried = m_staging.commit();
        m_result.folder = m_staging.target();
    }

    Prepared& m_p;
    Model& m_model;
    const RunOptions& m_options;
    Staging& m_staging;
    std::optional<Maps> m_maps;
    std::optional<SpreadMaps> m_spread;
    std::optional<DisplayMaps> m_display; ///< of the report
    CellCounts m_counts;
    std::optional<MapScores> m_known; ///< of known zones on the map, where there is one
    SiteSums m_sites;
    std::string m_study_key;
    std::mutex m_mutex;
    FileHashes m_hashes;
    RunResult m_result;
    std::array<double, rasters::stage_count> m_before = rasters::stage_seconds();
};

} // namespace

RunResult run(Prepared& prepared, const RunOptions& options, const std::atomic<bool>& stop) {
    Staging staging(output_folder(prepared.study, options.output));
    try {
        return Run(prepared, options, staging)(stop);
    } catch (const layers::ErrorAt&) { // of the study, not of the folder
        throw;
    } catch (const Error& e) {
        throw_with_target(e, staging);
    }
}

} // namespace zonerank::engine
