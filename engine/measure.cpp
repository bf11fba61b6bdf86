// SPDX-License-Identifier: Apache-2.0
#include "engine/measure.hpp"

#include "engine/outputs/site_columns.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/trace.hpp"
#include "rasters/coverage.hpp"
#include "rasters/writer.hpp"
#include "rasters/zonal_statistics.hpp"

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
          m_number(criterion_called(prepared.decision, options.criterion)) {
        if (!criterion().on_map())
            throw Error("criterion '{}' is a field of the sites and measures no ground", options.criterion);
    }

    void write_map(const std::atomic<bool>& stop) {
        rasters::CogWriter<float> writer(m_options.output, m_model.grid(),
                                         {.description = title(), .metadata = {{"zonerank_version", version}}});
        for_tiles(stop, [&](Window window) {
            if (!m_model.touches_area(window))
                return;
            Tile tile = m_model.measurement(m_number, window);
            clear_outside(tile);
            writer.write(tile);
        });
        writer.close();
    }

    void write_table(const std::atomic<bool>& stop) {
        const std::vector<Candidate>& sites = m_p.territory.candidates;
        if (sites.empty())
            throw Error("the study has no sites to take statistics of");
        if (m_model.layer(m_number).categorical || m_model.layer(m_number).circular)
            throw Error("criterion '{}' measures {}, of which there is no mean", m_options.criterion,
                        m_model.layer(m_number).categorical ? "classes" : "directions");
        std::vector<rasters::ZonalStatistics> statistics(sites.size());
        std::mutex mutex;
        for_tiles(stop, [&](Window window) { add_sites(window, statistics, mutex); });
        write_rows(statistics);
    }

private:
    const Criterion& criterion() const { return m_p.decision.criteria[m_number]; }
    std::string title() const {
        const std::string& unit = criterion().unit.name;
        return unit.empty() ? criterion().label : fmt::format("{}, {}", criterion().label, unit);
    }

    /// A unit for each tile of the area.
    template <typename Work>
    void for_tiles(const std::atomic<bool>& stop, Work&& work) {
        for (const Window& window : rasters::tiles(m_model.grid().window(), m_options.tile))
            m_p.graph.add(
                {"measure", fmt::format("tile at {}, {}", window.col, window.row), "", {}, 1, [&work, window] {
                     work(window);
                 }});
        m_p.graph.run(m_options.threads, m_options.progress, stop);
    }

    void clear_outside(Tile& tile) const {
        const rasters::Raster<Mask> mask = m_model.area_mask(tile.window());
        for_each_run(mask.values(), [&](std::size_t first, std::size_t count, Mask outside) {
            if (outside != 0)
                std::ranges::fill(tile.values().subspan(first, count), rasters::no_data);
        });
    }

    void add_sites(Window window, std::vector<rasters::ZonalStatistics>& all, std::mutex& mutex) const {
        std::optional<Tile> tile;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const rasters::Shape& shape = m_p.territory.candidates[i].shape;
            const Window here = rasters::intersection(window, m_model.grid().cover(rasters::bounds(shape)));
            if (here.empty())
                continue;
            if (!tile)
                tile = m_model.measurement(m_number, window);
            const rasters::StageTimer timer(rasters::Stage::sites);
            rasters::ZonalStatistics part;
            part.add(*tile, rasters::coverage(shape, m_model.grid(), here));
            const std::scoped_lock lock(mutex);
            all[i].add(part);
        }
    }

    void write_rows(const std::vector<rasters::ZonalStatistics>& statistics) const {
        constexpr double shares[] = {0.1, 0.5, 0.9};
        const std::string name = measurement_column({.name = criterion().name, .unit = criterion().unit});
        rasters::TextFile file(m_options.output.string() + ".part");
        file.write(fmt::format("id,name,cells,{0}_mean,{0}_min,{0}_p10,{0}_median,{0}_p90,{0}_max\n", name));
        for (std::size_t i = 0; i < statistics.size(); ++i) {
            const Candidate& site = m_p.territory.candidates[i];
            const rasters::ZonalStatistics& s = statistics[i];
            file.write(fmt::format("{},{},{:.9g}", csv_field(site.id), csv_field(site.name), s.cells()));
            if (s.cells() == 0) {
                file.write(",,,,,,\n");
                continue;
            }
            const std::vector<double> q = s.numbers.quantiles(shares);
            file.write(fmt::format(",{:.9g},{:.9g},{:.9g},{:.9g},{:.9g},{:.9g}\n", s.sum.mean(), s.min, q[0], q[1],
                                   q[2], s.max));
        }
        file.close();
        rasters::move_into_place(m_options.output.string() + ".part", m_options.output);
    }

    Prepared& m_p;
    const Model& m_model;
    const MeasureOptions& m_options;
    std::size_t m_number;
};

} // namespace

void measure(Prepared& prepared, const MeasureOptions& options, const std::atomic<bool>& stop) {
    const std::string end = options.output.extension().string();
    if (end != ".tif" && end != ".csv")
        throw Error("{}: a map ends in .tif, a table of the sites in .csv", options.output.string());
    if (fs::exists(options.output) && !options.overwrite)
        throw Error("{}: is there already; --overwrite replaces it", options.output.string());
    if (options.output.has_parent_path() && !fs::is_directory(options.output.parent_path()))
        throw Error("{}: there is no such folder", options.output.parent_path().string());
    Measuring measuring(prepared, options);
    if (end == ".tif")
        measuring.write_map(stop);
    else
        measuring.write_table(stop);
}

} // namespace zonerank::engine
