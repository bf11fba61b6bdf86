// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/spread_maps.hpp"

#include "engine/outputs/styles.hpp"
#include "engine/study/stability.hpp"
#include "engine/text/utf8.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/files.hpp"

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::MapOptions;

namespace {

constexpr std::uint64_t most_of_sums = 1000, most_of_others = 256; ///< draws for each cell

std::uint64_t draws_of(const Model& model, const StabilitySpec& stability) {
    return std::max<std::uint64_t>(
        2, std::min(stability.draws, model.decision().additive() ? most_of_sums : most_of_others));
}

/// What a map's numbers come from, for whoever opens the file alone.
std::string how(const Model& model, const StabilitySpec& stability, bool of_cut) {
    const std::string draws = fmt::format("{} draws, seed {}", draws_of(model, stability), stability.seed);
    if (!model.decision().additive())
        return draws;
    const std::string gaps = " (" + draws + ", where a criterion is left out)";
    if (!of_cut || stability.weights.kind == "uniform")
        return "exact" + gaps;
    return stability.weights.kind == "ordinal" ? "exact if no two weights have one rank, else " + draws : draws;
}

MapOptions described(std::string text, const std::string& method, const rasters::Packing& packing) {
    return {.description = std::move(text),
            .metadata = {{"zonerank_version", version}, {"method", method}},
            .packing = packing};
}

MapOptions of_classes(MapOptions options, std::vector<rasters::Category> categories) {
    options.categories = std::move(categories);
    return options;
}

fs::path made(const fs::path& folder) {
    fs::create_directories(folder / "stability");
    return folder;
}

} // namespace

SpreadMaps::SpreadMaps(const Model& model, const StabilitySpec& stability, const rasters::Packing& packing,
                       fs::path folder)
    : m_model(model), m_stability(stability), m_folder(made(folder)),
      m_mean(m_folder / "stability/mean.tif", model.grid(),
             described("mean score under uncertain weights", how(model, stability, false), packing)),
      m_deviation(
          m_folder / "stability/deviation.tif", model.grid(),
          described("standard deviation of the score under uncertain weights", how(model, stability, false), packing)),
      m_above(m_folder / "stability/above.tif", model.grid(),
              described(fmt::format("share of the weights by which the score is {:g} or more", stability.cut),
                        how(model, stability, true), packing)),
      m_driver(m_folder / "stability/driver.tif", model.grid(),
               of_classes(described("criterion whose uncertain weight moves the score most",
                                    how(model, stability, false), packing),
                          drivers())) {}

void SpreadMaps::weigh() {
    std::vector<std::string> names;
    std::vector<double> given;
    for (const Criterion& criterion : m_model.decision().criteria) {
        names.push_back(criterion.name);
        given.push_back(criterion.weight);
    }
    const WeightSpace space = weight_space(m_stability.weights, names, given);
    m_spread.emplace(m_model, space,
                     SpreadSettings{.cut = m_stability.cut,
                                    .seed = m_stability.seed,
                                    .draws = draws_of(m_model, m_stability),
                                    .even = even_order(m_stability.weights, space)});
}

std::vector<rasters::Category> SpreadMaps::drivers() const {
    std::vector<rasters::Category> categories{{0, "none", {0, 0, 0, 0}}};
    const std::vector<Criterion>& criteria = m_model.decision().criteria;
    for (std::size_t i = 0; i < criteria.size(); ++i)
        if (criteria[i].on_map())
            categories.push_back({static_cast<int>(i + 1), valid_utf8(criteria[i].label), class_colour(i)});
    return categories;
}

void SpreadMaps::write(const Evaluation& evaluation) {
    SpreadTiles tiles = m_spread->of(evaluation);
    for_each_run(evaluation.mask.values(), [&](std::size_t first, std::size_t count, Mask mask) {
        if (usable(m_model.code().state(mask)))
            return;
        for (rasters::Tile* tile : {&tiles.mean, &tiles.deviation, &tiles.above})
            std::ranges::fill(tile->values().subspan(first, count), rasters::no_data);
        std::ranges::fill(tiles.driver.values().subspan(first, count), std::uint8_t{0});
    });
    keep_largest(tiles.deviation);
    m_mean.write(tiles.mean);
    m_deviation.write(tiles.deviation);
    m_above.write(tiles.above);
    m_driver.write(tiles.driver);
}

/// For the legend.
void SpreadMaps::keep_largest(const rasters::Tile& deviation) {
    float largest = 0;
    for (const float cell : deviation.values())
        largest = cell > largest ? cell : largest; // NaN is not
    const std::scoped_lock lock(m_mutex);
    m_largest = std::max(m_largest, static_cast<double>(largest));
}

void SpreadMaps::put(rasters::ArchiveOut& out, const rasters::Window& part) {
    for (rasters::CogWriter<float>* map : {&m_mean, &m_deviation, &m_above})
        map->put(out, part);
    m_driver.put(out, part);
    out.put(m_largest);
}

void SpreadMaps::take(rasters::ArchiveIn& in) {
    for (rasters::CogWriter<float>* map : {&m_mean, &m_deviation, &m_above})
        map->take(in);
    m_driver.take(in);
    m_largest = std::max(m_largest, in.get<double>());
}

std::vector<Maps::Closing> SpreadMaps::closings() {
    std::vector<Maps::Closing> closings;
    const auto add = [&](auto& writer, const std::string& name, std::function<std::string()> style) {
        closings.push_back(
            {{name + ".tif", name + ".qml"}, [this, &writer, name, style = std::move(style)](FileHashes& hashes) {
                 rasters::write_text(m_folder / (name + ".qml"), style());
                 hashes.write(m_folder / (name + ".tif"), [&](const rasters::Watch& watch) { writer.close(watch); });
             }});
    };
    add(m_mean, "stability/mean", suitability_style);
    add(m_deviation, "stability/deviation", [this] { return deviation_style(m_largest); });
    add(m_above, "stability/above", share_style);
    add(m_driver, "stability/driver", [this] { return categories_style(drivers()); });
    closings.back().files.emplace_back("stability/driver.tif.aux.xml");
    return closings;
}

} // namespace zonerank::engine
