// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/maps.hpp"

#include "engine/outputs/styles.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/files.hpp"
#include "rasters/polygon_index.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace zonerank::engine {

using rasters::CogWriter;
using rasters::MapOptions;
using rasters::Raster;
using rasters::Tile;
using rasters::Window;
namespace fs = std::filesystem;

static MapOptions described(std::string text, const rasters::Packing& packing) {
    return {.description = std::move(text), .metadata = {{"zonerank_version", version}}, .packing = packing};
}

static MapOptions state_options(const Model& model, const rasters::Packing& packing) {
    MapOptions options = described("cell state", packing);
    options.categories = state_categories(model.constraints());
    return options;
}

/// Beyond it, no legend holds them.
static constexpr std::size_t most_codes = 256;

static bool has_names(const std::vector<std::string>& classes) {
    return std::ranges::any_of(classes, [](const std::string& name) { return !name.empty(); });
}

/// What a measurement looks like: classes as such, by their names or by the codes that occur; all else by its range.
static std::string look_of(const std::vector<std::string>& classes, const std::set<int>& codes, const std::string& unit,
                           const rasters::Statistics& found) {
    if (has_names(classes))
        return categories_style(named_classes(classes));
    const bool listed = !codes.empty() && codes.size() <= most_codes;
    return listed ? categories_style(numbered_classes(codes)) : measurement_style(found.min, found.max, unit);
}

/// The codes of classes that have names say so in the file's metadata.
static MapOptions measurement_options(const std::string& label, const std::vector<std::string>& classes,
                                      const rasters::Packing& packing, bool averages) {
    MapOptions options = described(label, packing);
    options.averages = averages;
    for (std::size_t code = 0; code < classes.size(); ++code)
        if (!classes[code].empty())
            options.metadata[fmt::format("class_{}", code)] = classes[code];
    return options;
}

Maps::Maps(const Model& model, const OutputsSpec& wanted, fs::path folder)
    : m_model(model), m_folder(std::move(folder)),
      m_score(m_folder / "suitability.tif", model.grid(), described("suitability, 0 to 1", wanted.packing)),
      m_state(m_folder / "constraints.tif", model.grid(), state_options(model, wanted.packing)) {
    if (wanted.reasons)
        m_reasons.emplace(m_folder / "reasons.tif", model.grid(),
                          described("bit mask: criteria without data from bit 0, then constraints that exclude; "
                                    "62: a constraint without data; 63: outside",
                                    wanted.packing));
    if (wanted.criteria)
        fs::create_directories(m_folder / "criteria");
    for (std::size_t i = 0; wanted.criteria && i < model.decision().criteria.size(); ++i) {
        const Criterion& c = model.decision().criteria[i];
        if (!c.on_map())
            continue;
        const std::string name = fmt::format("criteria/{}.{}", c.theme, c.name);
        const std::string unit = c.map_unit().name.empty() ? "" : fmt::format(", {}", c.map_unit().name);
        const std::string far = c.limit() ? fmt::format("; {:g} stands for all beyond", *c.limit()) : "";
        m_criteria.push_back(
            {i,
             name,
             {m_folder / (name + ".tif"), model.grid(), described(c.label + ", value 0 to 1", wanted.packing)},
             {m_folder / (name + ".measurement.tif"), model.grid(),
              measurement_options(c.label + unit + far, model.layer(i).classes, wanted.packing,
                                  model.layer(i).has_mean())}});
    }
}

std::uint8_t state_class(const MaskCode& code, Mask mask) {
    switch (code.state(mask)) {
    case State::outside:
        return 0;
    case State::valid:
        return 1;
    case State::assumed:
        return 2;
    case State::unknown:
        return unknown_code;
    case State::excluded:
        return static_cast<std::uint8_t>(first_constraint_code + code.first_excluding(mask));
    }
    return 0;
}

static Raster<std::uint8_t> states_of(const MaskCode& code, const Raster<Mask>& masks) {
    auto states = Raster<std::uint8_t>::unset(masks.window());
    for_each_run(masks.values(), [&](std::size_t first, std::size_t count, Mask mask) {
        std::ranges::fill(states.values().subspan(first, count), state_class(code, mask));
    });
    return states;
}

/// The tile with no data where `hidden` says so of the state; itself, where nowhere.
static void write_shown(CogWriter<float>& writer, const Tile& tile, const MaskCode& code, std::span<const Mask> masks,
                        bool (*hidden)(State state)) {
    std::optional<Tile> shown;
    for_each_run(masks, [&](std::size_t first, std::size_t count, Mask mask) {
        if (!hidden(code.state(mask)))
            return;
        if (!shown)
            shown = tile.copy();
        std::ranges::fill(shown->values().subspan(first, count), rasters::no_data);
    });
    writer.write(shown ? *shown : tile);
}

/// Outside nothing else is told of a cell, whether its tile was looked at or not.
static Raster<Mask> reasons(const Raster<Mask>& mask) {
    auto result = Raster<Mask>::unset(mask.window());
    std::ranges::transform(mask.values(), result.values().begin(),
                           [](Mask cell) { return cell & MaskCode::outside ? MaskCode::outside : cell; });
    return result;
}

void Maps::write(const Evaluation& evaluation) {
    const MaskCode& code = m_model.code();
    const std::span<const Mask> masks = evaluation.mask.values();
    write_shown(m_score, evaluation.score, code, masks, [](State state) { return !usable(state); });
    m_state.write(states_of(code, evaluation.mask));
    if (m_reasons)
        m_reasons->write(reasons(evaluation.mask));
    const auto outside = [](State state) { return state == State::outside; };
    for (CriterionMaps& maps : m_criteria) {
        write_shown(maps.value, evaluation.values[maps.criterion], code, masks, outside);
        write_shown(maps.measurement, evaluation.measurements[maps.criterion], code, masks, outside);
        if (const layers::Layer& layer = m_model.layer(maps.criterion); layer.categorical && !has_names(layer.classes))
            add_codes(maps, evaluation);
    }
}

void Maps::add_codes(CriterionMaps& maps, const Evaluation& evaluation) {
    const std::span<const float> codes = evaluation.measurements[maps.criterion].values();
    const std::span<const Mask> masks = evaluation.mask.values();
    std::set<int> here;
    float last = rasters::no_data;
    for (std::size_t i = 0; i < codes.size() && here.size() <= most_codes; ++i)
        if (codes[i] != last && !std::isnan(codes[i]) && !(masks[i] & MaskCode::outside)) {
            last = codes[i];
            here.insert(static_cast<int>(last));
        }
    const std::scoped_lock lock(m_mutex);
    if (maps.codes.size() <= most_codes)
        maps.codes.merge(here);
}

// Cells that are never written have no data, which is what outside means in all
// maps but the mask.
void Maps::skip(Window window) {
    if (m_reasons)
        m_reasons->write(Raster<Mask>(window, MaskCode::outside));
}

void Maps::put(rasters::ArchiveOut& out, const Window& part) {
    m_score.put(out, part);
    m_state.put(out, part);
    if (m_reasons)
        m_reasons->put(out, part);
    for (CriterionMaps& maps : m_criteria) {
        maps.value.put(out, part);
        maps.measurement.put(out, part);
        put_codes(maps, out);
    }
}

void Maps::take(rasters::ArchiveIn& in) {
    m_score.take(in);
    m_state.take(in);
    if (m_reasons)
        m_reasons->take(in);
    for (CriterionMaps& maps : m_criteria) {
        maps.value.take(in);
        maps.measurement.take(in);
        take_codes(maps, in);
    }
}

// Of too many for a legend it doesn't matter which they are; but the same part has the same bytes.
void Maps::put_codes(const CriterionMaps& maps, rasters::ArchiveOut& out) {
    std::vector<int> codes(maps.codes.begin(), maps.codes.end());
    if (codes.size() > most_codes) {
        codes.resize(most_codes + 1);
        std::iota(codes.begin(), codes.end(), 0);
    }
    out.put_list(codes);
}

void Maps::take_codes(CriterionMaps& maps, rasters::ArchiveIn& in) {
    std::vector<int> codes;
    in.get_list(codes);
    if (maps.codes.size() <= most_codes)
        maps.codes.insert(codes.begin(), codes.end());
}

template <typename Writer>
static std::function<void(FileHashes&)> closing(Writer& writer, fs::path file) {
    return [&writer, file = std::move(file)](FileHashes& hashes) {
        hashes.write(file, [&](const rasters::Watch& watch) { writer.close(watch); });
    };
}

std::vector<Maps::Closing> Maps::closings() {
    std::vector<Closing> closings;
    const auto add = [&](auto& writer, const std::string& name) {
        closings.push_back({{name}, closing(writer, m_folder / name)});
    };
    add(m_score, "suitability.tif");
    add(m_state, "constraints.tif");
    closings.back().files.emplace_back("constraints.tif.aux.xml");
    if (m_reasons)
        add(*m_reasons, "reasons.tif");
    for (CriterionMaps& maps : m_criteria) {
        add(maps.value, maps.name + ".tif");
        closings.push_back({{maps.name + ".measurement.tif", maps.name + ".measurement.qml"},
                            [this, &maps](FileHashes& hashes) { close_measurement(maps, hashes); }});
    }
    return closings;
}

void Maps::close_measurement(CriterionMaps& maps, FileHashes& hashes) const {
    const fs::path stem = m_folder / (maps.name + ".measurement");
    rasters::Statistics found;
    hashes.write(stem.string() + ".tif", [&](const rasters::Watch& watch) { found = maps.measurement.close(watch); });
    rasters::write_text(stem.string() + ".qml",
                        look_of(m_model.layer(maps.criterion).classes, maps.codes,
                                m_model.decision().criteria[maps.criterion].map_unit().name, found));
}

std::vector<std::string> Maps::write_styles() const {
    std::map<std::string, std::string> styles{
        {"suitability.qml", suitability_style()},
        {"constraints.qml", categories_style(state_categories(m_model.constraints()))}};
    for (const CriterionMaps& maps : m_criteria)
        styles[maps.name + ".qml"] = suitability_style();
    std::vector<std::string> files;
    for (const auto& [name, style] : styles) {
        rasters::write_text(m_folder / name, style);
        files.push_back(name);
    }
    return files;
}

static Raster<std::uint16_t> ranks_in(Window window, const rasters::Grid& grid, const Ranking& ranking) {
    Raster<std::uint16_t> ranks(window);
    for (const SiteRow& row : ranking.rows) {
        const Window touched = rasters::intersection(window, grid.cover(rasters::bounds(row.shape)));
        if (row.rank == 0 || touched.empty())
            continue;
        const auto rank = static_cast<std::uint16_t>(std::min(row.rank, 65'535));
        for (const rasters::Run& run : rasters::PolygonIndex(row.shape).inside(grid, touched))
            for (std::uint16_t& cell : ranks.row(run.row).subspan(static_cast<std::size_t>(run.col - window.col),
                                                                  static_cast<std::size_t>(run.cols)))
                cell = cell == 0 ? rank : cell; // rows come best first
    }
    return ranks;
}

std::vector<std::string> write_ranking_map(const Ranking& ranking, const rasters::Grid& grid,
                                           const rasters::Packing& packing, const fs::path& folder) {
    MapOptions options = described("rank of the site, 1 is best", packing);
    options.categories = rank_categories(ranking);
    CogWriter<std::uint16_t> writer(folder / "ranking.tif", grid, options);
    constexpr int side = 1024;
    for (const Window& window : rasters::tiles(grid.window(), side))
        writer.write(ranks_in(window, grid, ranking));
    writer.close();
    rasters::write_text(folder / "ranking.qml", ranking_style(ranking));
    return {"ranking.tif", "ranking.tif.aux.xml", "ranking.qml"};
}

} // namespace zonerank::engine
