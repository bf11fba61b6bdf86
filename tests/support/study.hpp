// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/matrix.hpp"
#include "engine/model/prepared.hpp"
#include "tests/support/files.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/yaml.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace zonerank::tests {

/// South-west corner of the ground that the made studies lie on, UTM 43N.
inline constexpr double west = 500'000, south = 3'600'000;

/// A feature of a made layer; its corners are in metres from that corner of the ground.
struct MadeFeature {
    std::string properties; ///< JSON: R"("name": "a", "price": 3)"
    std::string type;       ///< "Point", "LineString", "Polygon"
    std::vector<std::pair<double, double>> corners;
};

inline MadeFeature rectangle(double x, double y, double width, double height, std::string properties = "") {
    return {
        std::move(properties), "Polygon", {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}}};
}

inline std::string coordinates(const MadeFeature& feature) {
    std::string text;
    for (const auto& [x, y] : feature.corners)
        text += fmt::format("{}[{}, {}]", text.empty() ? "" : ", ", west + x, south + y);
    if (feature.type == "Point")
        return text;
    return feature.type == "Polygon" ? "[[" + text + "]]" : "[" + text + "]";
}

/// A study in a folder of its own: its data and its text.
class StudyFolder {
public:
    std::string path(const std::string& name) const { return (m_folder / name).string(); }

    /// A raster of cells of that size from the south-west corner on, drawn north up; NaN: no data.
    void raster(const std::string& name, int cols, std::vector<float> values, double cell = 10) const {
        const int rows = static_cast<int>(values.size()) / cols;
        for (float& value : values)
            value = std::isnan(value) ? -9999 : value;
        write_raster(path(name), {.west = west, .north = south + rows * cell, .cell = cell, .cols = cols, .rows = rows},
                     values);
    }

    /// A GeoJSON file in UTM 43N, as its `crs` says.
    void features(const std::string& name, const std::vector<MadeFeature>& features) const {
        std::string text;
        for (const MadeFeature& feature : features)
            text += fmt::format(R"({}{{"type": "Feature", "properties": {{{}}}, "geometry": {{"type": "{}", )"
                                R"("coordinates": {}}}}})",
                                text.empty() ? "" : ",\n", feature.properties, feature.type, coordinates(feature));
        write_file(path(name), R"({"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": )"
                               R"("urn:ogc:def:crs:EPSG::32643"}}, "features": [)" +
                                   text + "]}\n");
    }

    std::unique_ptr<engine::Prepared> prepared(const std::string& text, unsigned threads = 1,
                                               const std::optional<engine::Asked>& asked = {}) const {
        write_file(path("study.yaml"), text);
        return engine::prepare(path("study.yaml"), {}, threads, {}, false, asked);
    }

    /// The same; throws Error with all complaints.
    std::unique_ptr<engine::Prepared> ready(const std::string& text, unsigned threads = 1) const {
        auto prepared = this->prepared(text, threads);
        if (!prepared->problems.ok())
            throw Error("{}", text_of(prepared->problems));
        learn(*prepared);
        return prepared;
    }

private:
    static void learn(engine::Prepared& prepared) {
        for (const std::size_t criterion : prepared.model->need_facts())
            prepared.model->learn(criterion,
                                  engine::facts_of(prepared.model->facts(criterion, prepared.model->grid().window())));
    }

    Folder m_folder;
};

/// An area of whole cells of 10 m from the south-west corner on.
inline std::string square_area(int cells) {
    return fmt::format("area: {{box: [{}, {}, {}, {}], crs: EPSG:32643}}\ngrid: {{crs: EPSG:32643, cell: 10 m}}\n",
                       west, south, west + cells * 10, south + cells * 10);
}

/// All sites' tallies, the grid cut into tiles of that side.
inline std::vector<engine::SiteTally> tallied(const engine::Prepared& p, int side = 512) {
    const engine::Model& model = *p.model;
    std::vector<engine::SiteTally> tallies(p.territory.candidates.size(), {model, 1'000'000});
    for (const rasters::Window& tile : rasters::tiles(model.grid().window(), side)) {
        const engine::Evaluation evaluation = model.evaluate(tile);
        for (std::size_t i = 0; i < tallies.size(); ++i)
            tallies[i].add(model, evaluation, p.territory.candidates[i].shape);
    }
    return tallies;
}

inline engine::Ranking ranked(const engine::Prepared& p, int side = 512) {
    return engine::rank_sites(p.study, *p.model, p.territory, tallied(p, side));
}

inline const engine::SiteRow& row_of(const engine::Ranking& ranking, const std::string& site) {
    return *std::ranges::find(ranking.rows, site, &engine::SiteRow::name);
}

} // namespace zonerank::tests
