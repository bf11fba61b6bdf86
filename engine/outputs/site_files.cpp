// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/site_files.hpp"

#include "engine/outputs/site_columns.hpp"
#include "engine/outputs/site_outline.hpp"
#include "engine/text/escape.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/parallel.hpp"

#include <cmath>

namespace zonerank::engine {

using layers::Field;

namespace {

std::string csv_text(const Field& field) {
    const auto* text = std::get_if<std::string>(&field);
    return text ? csv_field(*text) : layers::to_text(field);
}

std::string json_text(const Field& field) {
    if (const auto* text = std::get_if<std::string>(&field))
        return json_string(*text);
    return std::holds_alternative<std::monostate>(field) ? "null" : layers::to_text(field);
}

template <typename Text>
std::string joined(const std::vector<SiteColumn>& columns, Text&& text) {
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        line += i ? "," : "";
        line += text(columns[i]);
    }
    return line;
}

std::string properties(const std::vector<SiteColumn>& columns, const SiteRow& row) {
    return joined(columns, [&](const SiteColumn& c) { return json_string(c.name) + ":" + json_text(c.of(row)); });
}

std::string bbox(const std::vector<Outline>& outlines) {
    const auto box = bounding_box(outlines);
    return std::isnan(box[0]) ? "" : fmt::format("\"bbox\":[{}],\n", fmt::join(box, ","));
}

} // namespace

void write_ranking_csv(const Ranking& ranking, const std::filesystem::path& path) {
    const std::vector<SiteColumn> columns = site_columns(ranking);
    rasters::TextFile file(path);
    file.write(joined(columns, [](const SiteColumn& column) { return csv_field(column.name); }) + "\n");
    for (const SiteRow& row : ranking.rows)
        file.write(joined(columns, [&](const SiteColumn& column) { return csv_text(column.of(row)); }) + "\n");
    file.close();
}

void write_sites_geojson(const Ranking& ranking, const rasters::Grid& grid, const std::filesystem::path& path) {
    const Outliner outliner(grid);
    const std::vector<SiteColumn> columns = site_columns(ranking);
    std::vector<Outline> outlines(ranking.rows.size());
    std::vector<std::string> features(outlines.size());
    rasters::in_parallel(outlines.size(), [&](std::size_t i) {
        const SiteRow& row = ranking.rows[i];
        outlines[i] = in_context(fmt::format("site '{}'", row.name), [&] { return outliner(row.shape); });
        features[i] = fmt::format("{{\"type\":\"Feature\",\"properties\":{{{}}},\"geometry\":{}}}",
                                  properties(columns, row), geometry_json(outlines[i]));
    });
    rasters::write_text(path,
                        fmt::format("{{\"type\":\"FeatureCollection\",\n\"name\":{},\n{}\"features\":[\n{}\n]}}\n",
                                    json_string(ranking.study), bbox(outlines), fmt::join(features, ",\n")));
}

} // namespace zonerank::engine
