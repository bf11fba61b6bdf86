// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/spread_maps.hpp"

#include "engine/outputs/styles.hpp"
#include "engine/text/utf8.hpp"
#include "engine/text/version.hpp"
#include "rasters/core/files.hpp"

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::MapOptions;

namespace {

/// What a map's numbers come from, for whoever opens the file alone.
std::string how(bool exact, const SpreadSettings& settings) {
    return exact ? "exact" : fmt::format("{} draws, seed {}", settings.draws, settings.seed);
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

SpreadMaps::SpreadMaps(const Model& model, const WeightSpace& space, const SpreadSettings& settings,
                       const rasters::Packing& packing, fs::path folder)
    : m_model(model), m_folder(made(folder)), m_spread(model, space, settings),
      m_mean(m_folder / "stability/mean.tif", model.grid(),
             described("mean score under uncertain weights", how(m_spread.exact(), settings), packing)),
      m_deviation(m_folder / "stability/deviation.tif", model.grid(),
                  described("standard deviation of the score under uncertain weights", how(m_spread.exact(), settings),
                            packing)),
      m_above(m_folder / "stability/above.tif", model.grid(),
              described(fmt::format("share of the weights by which the score is {:g} or more", settings.cut),
                        how(m_spread.exact_above(), settings), packing)),
      m_driver(m_folder / "stability/driver.tif", model.grid(),
               of_classes(described("criterion whose uncertain weight moves the score most",
                                    how(m_spread.exact(), settings), packing),
                          drivers())) {}

std::vector<rasters::Category> SpreadMaps::drivers() const {
    std::vector<rasters::Category> categories{{0, "none", {0, 0, 0, 0}}};
    const std::vector<std::size_t>& active = m_spread.active();
    for (std::size_t i = 0; i < active.size(); ++i)
        categories.push_back(
            {static_cast<int>(i + 1), valid_utf8(m_model.decision().criteria[active[i]].label), class_colour(i)});
    return categories;
}

void SpreadMaps::write(const Evaluation& evaluation) {
    SpreadTiles tiles = m_spread.of(evaluation);
    for_each_run(evaluation.mask.values(), [&](std::size_t first, std::size_t count, Mask mask) {
        if (usable(m_model.code().state(mask)))
            return;
        for (rasters::Tile* tile : {&tiles.mean, &tiles.deviation, &tiles.above})
            std::ranges::fill(tile->values().subspan(first, count), rasters::no_data);
        std::ranges::fill(tiles.driver.values().subspan(first, count), std::uint8_t{0});
    });
    m_mean.write(tiles.mean);
    m_deviation.write(tiles.deviation);
    m_above.write(tiles.above);
    m_driver.write(tiles.driver);
}

std::vector<Maps::Closing> SpreadMaps::closings() {
    std::vector<Maps::Closing> closings;
    const auto add = [&](auto& writer, const std::string& name) {
        closings.push_back({{name}, [this, &writer, name](FileHashes& hashes) {
                                hashes.write(m_folder / name,
                                             [&](const rasters::Watch& watch) { writer.close(watch); });
                            }});
    };
    add(m_mean, "stability/mean.tif");
    add(m_deviation, "stability/deviation.tif");
    add(m_above, "stability/above.tif");
    add(m_driver, "stability/driver.tif");
    closings.back().files.emplace_back("stability/driver.tif.aux.xml");
    return closings;
}

std::vector<std::string> SpreadMaps::write_styles() const {
    const std::pair<std::string, std::string> styles[] = {
        {"stability/mean.qml", suitability_style()},
        {"stability/deviation.qml", deviation_style(m_spread.largest_deviation())},
        {"stability/above.qml", share_style()},
        {"stability/driver.qml", categories_style(drivers())},
    };
    std::vector<std::string> files;
    for (const auto& [name, style] : styles) {
        rasters::write_text(m_folder / name, style);
        files.push_back(name);
    }
    return files;
}

} // namespace zonerank::engine
