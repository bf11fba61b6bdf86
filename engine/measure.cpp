// SPDX-License-Identifier: Apache-2.0
#include "engine/measure.hpp"

#include "engine/before_scores.hpp"
#include "engine/model/inputs.hpp"
#include "engine/outputs/memory.hpp"
#include "engine/outputs/site_columns.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/parallel.hpp"
#include "rasters/core/trace.hpp"
#include "rasters/writer.hpp"
#include "rasters/zonal/coverage.hpp"
#include "rasters/zonal/zonal_statistics.hpp"

#include <iterator>
#include <mutex>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::Tile;
using rasters::Window;

namespace {

/// What a measuring run does with the tiles of its criterion.
class Measuring {
public:
    Measuring(Prepared& prepared, const MeasureOptions& options)
        : m_p(prepared), m_model(*prepared.model), m_options(options),
          m_number(criterion_called(prepared.decision, options.criterion)) {}

    void write_map(const std::atomic<bool>& stop) {
        rasters::CogWriter<float> writer(m_options.output, m_model.grid(),
                                         {.description = title(),
                                          .metadata = {{"zonerank_version", version}},
                                          .averages = layer().has_mean(),
                                          .packing = m_p.study.outputs.packing});
        const auto write = [&](Window window) {
            if (!m_model.touches_area(window))
                return;
            Tile tile = m_model.measurement(m_number, window);
            clear_outside(tile);
            writer.write(tile);
        };
        run(
            write, [&] { writer.close(); }, stop);
    }

    void write_table(const std::atomic<bool>& stop) {
        const std::vector<Candidate>& sites = m_p.territory.candidates;
        if (!layer().has_mean())
            throw layers::ErrorAt(
                criterion().mark,
                fmt::format("criterion '{}' measures {}, of which there is no mean; a map (.tif) of it can be written",
                            criterion().name, layer().categorical ? "classes" : "directions"));
        for (const Candidate& site : sites)
            m_reach.push_back(m_model.grid().cover(rasters::bounds(site.shape)));
        const bool percentiles = quantiles_fit(m_p.territory, m_options.most_quantile_cells);
        if (!percentiles)
            warn_of_percentiles();
        std::vector<rasters::ZonalStatistics> statistics(sites.size(), {.keeps_numbers = percentiles});
        std::vector<std::mutex> mutexes(sites.size());
        run([&](Window window) { add_sites(window, statistics, mutexes); }, [&] { write_rows(statistics); }, stop);
    }

private:
    const layers::Layer& layer() const { return m_model.layer(m_number); }
    const Criterion& criterion() const { return m_p.decision.criteria[m_number]; }
    std::string title() const {
        const std::string& unit = criterion().unit.name;
        return unit.empty() ? criterion().label : fmt::format("{}, {}", criterion().label, unit);
    }

    void warn_of_percentiles() {
        m_p.problems.warning(m_p.study.sites->mark,
                             fmt::format("sites: more than {} cells together; their percentiles (p10, median, p90) are "
                                         "left empty; take a larger cell, or fewer sites by `where`",
                                         with_thousands(m_options.most_quantile_cells)));
    }

    /// A unit for each tile, and one after them all.
    void run(const std::function<void(Window)>& work, const std::function<void()>& finish,
             const std::atomic<bool>& stop) {
        std::vector<std::size_t> measured;
        const std::vector<std::size_t> solved = add_fields(m_p, {.tile = m_options.tile});
        for (const Window& window : rasters::tiles(m_model.grid().window(), m_options.tile))
            measured.push_back(m_p.graph.add({"measure", fmt::format("tile at {}, {}", window.col, window.row), "",
                                              solved, 1, [&work, window] { work(window); }}));
        m_p.graph.add({"finish", m_options.output.filename().string(), "", measured, 1, finish});
        m_p.graph.run(m_options.threads, m_options.progress, stop);
    }

    void clear_outside(Tile& tile) const {
        const rasters::Raster<Mask> mask = m_model.area_mask(tile.window());
        for_each_run(mask.values(), [&](std::size_t first, std::size_t count, Mask outside) {
            if (outside != 0)
                std::ranges::fill(tile.values().subspan(first, count), rasters::no_data);
        });
    }

    void add_sites(Window window, std::vector<rasters::ZonalStatistics>& all, std::vector<std::mutex>& mutexes) const {
        std::optional<Tile> tile;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Window here = rasters::intersection(window, m_reach[i]);
            if (here.empty())
                continue;
            if (!tile)
                tile = m_model.measurement(m_number, window);
            const rasters::StageTimer timer(rasters::Stage::sites);
            rasters::ZonalStatistics part{.keeps_numbers = all[i].keeps_numbers};
            in_context(fmt::format("{}: criterion '{}'", to_string(criterion().mark), criterion().name), [&] {
                part.add(*tile, rasters::coverage(m_p.territory.candidates[i].shape, m_model.grid(), here));
            });
            const std::scoped_lock lock(mutexes[i]);
            all[i].add(part);
        }
    }

    void write_rows(const std::vector<rasters::ZonalStatistics>& statistics) const {
        std::vector<std::string> rows(statistics.size());
        rasters::in_parallel(rows.size(), [&](std::size_t i) {
            const Candidate& site = m_p.territory.candidates[i];
            rows[i] = fmt::format("{},{},{}\n", csv_field(site.id), csv_field(site.name), numbers(statistics[i]));
        });
        const std::string name = measurement_column({.name = criterion().name, .unit = criterion().unit});
        const rasters::Unfinished part(m_options.output.string() + ".part");
        rasters::write_text(part.path(),
                            fmt::format("id,name,cells,{0}_mean,{0}_min,{0}_p10,{0}_median,{0}_p90,{0}_max\n{1}", name,
                                        fmt::join(rows, "")));
        rasters::move_into_place(part.path(), m_options.output);
    }

    static std::string numbers(const rasters::ZonalStatistics& s) {
        constexpr double shares[] = {0.1, 0.5, 0.9};
        if (s.cells() == 0)
            return "0,,,,,,";
        if (!s.keeps_numbers)
            return fmt::format("{:.9g},{:.9g},{:.9g},,,,{:.9g}", s.cells(), s.sum.mean(), s.min, s.max);
        const std::vector<double> q = s.numbers.quantiles(shares);
        return fmt::format("{:.9g},{:.9g},{:.9g},{:.9g},{:.9g},{:.9g},{:.9g}", s.cells(), s.sum.mean(), s.min, q[0],
                           q[1], q[2], s.max);
    }

    Prepared& m_p;
    const Model& m_model;
    const MeasureOptions& m_options;
    std::size_t m_number;
    std::vector<Window> m_reach; ///< of the sites
};

} // namespace

/// Nothing of the user's is lost, and nothing is computed in vain.
static void check_target(const Prepared& prepared, const MeasureOptions& options) {
    const fs::path& output = options.output;
    if (output.has_parent_path() && !fs::is_directory(output.parent_path()))
        throw Error("{}: there is no such folder", output.parent_path().string());
    std::error_code ignored;
    const fs::file_status status = fs::status(output, ignored);
    if (!fs::exists(status))
        return;
    if (!fs::is_regular_file(status))
        throw Error("{}: is no file that could be replaced", output.string());
    if (!options.overwrite)
        throw Error("{}: is there already; --overwrite replaces it", output.string());
    std::vector<fs::path> inputs{prepared.study.file};
    for (const std::string& source : input_sources(prepared))
        std::ranges::move(input_files(source, prepared), std::back_inserter(inputs));
    for (const fs::path& input : inputs)
        if (fs::equivalent(output, input, ignored))
            throw Error("{}: the study reads it; name another file", output.string());
}

bool is_site_table(const fs::path& file) {
    const std::string end = file.extension().string();
    if (end != ".tif" && end != ".csv")
        throw Error("{}: a map ends in .tif, a table of the sites in .csv", file.string());
    return end == ".csv";
}

void measure(Prepared& prepared, const MeasureOptions& wanted, const std::atomic<bool>& stop) {
    const bool table = is_site_table(wanted.output);
    check_target(prepared, wanted);
    const Held way =
        hold(prepared, table ? MemoryFor::table : MemoryFor::map, wanted.threads, wanted.tile, wanted.memory);
    MeasureOptions options = wanted;
    options.threads = way.threads;
    options.tile = way.tile;
    Measuring measuring(prepared, options);
    if (table)
        measuring.write_table(stop);
    else
        measuring.write_map(stop);
}

} // namespace zonerank::engine
