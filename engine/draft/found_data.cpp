// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/found_data.hpp"

#include "engine/text/listing.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/utf8.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace zonerank::engine {

namespace fs = std::filesystem;
using layers::FieldSurvey;
using rasters::DatasetKind;

namespace {

struct Ending {
    std::string_view text;
    DatasetKind kind;
};

constexpr std::array endings{
    Ending{".gpkg", DatasetKind::any},   Ending{".geojson", DatasetKind::vector}, Ending{".json", DatasetKind::vector},
    Ending{".shp", DatasetKind::vector}, Ending{".fgb", DatasetKind::vector},     Ending{".kml", DatasetKind::vector},
    Ending{".gml", DatasetKind::vector}, Ending{".csv", DatasetKind::vector},     Ending{".osm", DatasetKind::vector},
    Ending{".pbf", DatasetKind::vector}, Ending{".tif", DatasetKind::raster},     Ending{".tiff", DatasetKind::raster},
    Ending{".asc", DatasetKind::raster}, Ending{".hgt", DatasetKind::raster},     Ending{".nc", DatasetKind::raster},
    Ending{".grb", DatasetKind::raster}, Ending{".grib", DatasetKind::raster},    Ending{".vrt", DatasetKind::any},
};

const Ending* ending_of(const fs::path& path) {
    const std::string suffix = lower_case(path.extension().string());
    const auto it = std::ranges::find(endings, suffix, &Ending::text);
    return it == endings.end() ? nullptr : &*it;
}

/// A stem may have an ending of its own: "punjab.osm.pbf".
std::string stem_of(const fs::path& path) {
    const fs::path stem = path.stem();
    return ending_of(stem) ? stem.stem().string() : stem.string();
}

rasters::Box lonlat_of(const rasters::Box& box, const rasters::Crs& crs) {
    if (box.empty() || !crs.known())
        return {};
    try {
        return rasters::reproject(box, rasters::Transform(crs, rasters::wgs84()));
    } catch (const Error&) {
        return {};
    }
}

std::vector<FoundLayer> vector_layers(const fs::path& path, const rasters::Access& access, const SearchLimits& limits) {
    std::vector<FoundLayer> found;
    std::vector<layers::LayerSurvey> surveys = layers::survey(path.string(), access, limits.features);
    const bool several = surveys.size() > 1;
    for (layers::LayerSurvey& survey : surveys) {
        FoundLayer layer{.path = path, .called = several ? survey.layer : stem_of(path)};
        layer.layer = several ? survey.layer : "";
        layer.lonlat = lonlat_of(survey.extent, survey.crs);
        layer.survey = std::move(survey);
        found.push_back(std::move(layer));
    }
    return found;
}

FoundLayer raster_layer(const fs::path& path, const rasters::Access& access) {
    FoundLayer layer{.path = path, .called = stem_of(path), .raster = rasters::glance(path.string(), access)};
    layer.lonlat = lonlat_of(layer.raster->info.box, layer.raster->info.crs);
    return layer;
}

bool is_results(const fs::path& folder) {
    return fs::exists(folder / "manifest.json");
}

bool is_hidden(const fs::path& path) {
    return path.filename().string().starts_with('.');
}

/// All of the folder, each folder's files by name.
void gather(const fs::path& folder, int depth, std::vector<fs::path>& files) {
    std::vector<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(folder, fs::directory_options::skip_permission_denied))
        entries.push_back(entry.path());
    std::ranges::sort(entries);
    for (const fs::path& entry : entries) {
        const bool folder_of_its_own = fs::is_directory(fs::symlink_status(entry));
        if (is_hidden(entry) || (folder_of_its_own && (depth <= 0 || is_results(entry))))
            continue;
        if (folder_of_its_own)
            gather(entry, depth - 1, files);
        else if (ending_of(entry) && fs::is_regular_file(entry))
            files.push_back(entry);
    }
}

/// The folder is in front of most messages already told with the file's name.
std::string without(std::string why, const fs::path& path) {
    for (const std::string& name : {path.string() + ": ", path.filename().string() + ": "})
        for (auto at = why.find(name); at != why.npos; at = why.find(name))
            why.erase(at, name.size());
    return why;
}

void look_into(const fs::path& path, const rasters::Access& access, const SearchLimits& limits, FoundData& data) {
    try {
        for (FoundLayer& layer : layers_in(path, access, limits))
            data.layers.push_back(std::move(layer));
    } catch (const Error& e) {
        data.skipped.push_back({path, without(e.what(), path)});
    }
}

std::string kinds_text(const layers::Geometries& kinds) {
    std::vector<std::string> names;
    if (kinds.points)
        names.emplace_back("points");
    if (kinds.lines)
        names.emplace_back("lines");
    if (kinds.polygons)
        names.emplace_back("polygons");
    return names.empty() ? "features" : fmt::format("{}", fmt::join(names, " and "));
}

/// Whether its values are few enough to be classes, and occur more than once.
bool is_class(const FieldSurvey& field) {
    return !field.more && !field.values.empty() && field.values.size() <= 40 && field.values.front().count > 1;
}

std::string classes_text(const layers::LayerSurvey& survey) {
    const auto field = std::ranges::find_if(survey.fields, [](const FieldSurvey& f) {
        return !f.numbers && is_class(f) && f.filled * 2 > f.values.front().count;
    });
    if (field == survey.fields.end())
        return "";
    std::vector<std::string> values;
    for (const layers::ValueCount& value : field->values)
        values.push_back(value.value);
    return fmt::format("; {}: {}", field->name, listed(values, 5));
}

std::string raster_text(const rasters::Glance& glance) {
    const std::string size =
        fmt::format("{} x {} pixels", with_thousands(glance.info.cols), with_thousands(glance.info.rows));
    if (!glance.classes.empty() && glance.whole)
        return fmt::format("{}; classes {}", size,
                           listed(
                               [&] {
                                   std::vector<std::string> names;
                                   for (const int code : glance.classes)
                                       names.push_back(std::to_string(code));
                                   return names;
                               }(),
                               8));
    return fmt::format("{}; {:.4g} to {:.4g}{}", size, glance.least, glance.most,
                       glance.unit.empty() ? "" : " " + glance.unit);
}

} // namespace

std::vector<FoundLayer> layers_in(const fs::path& file, const rasters::Access& access, const SearchLimits& limits) {
    if (valid_utf8(file.string()) != file.string() || file.string().find_first_of("\n\r") != std::string::npos)
        throw Error("its name can't be written into a study");
    const Ending* ending = ending_of(file);
    if (ending && ending->text == ".pbf" && fs::file_size(file) > limits.osm)
        throw Error("{} is more than is looked through; cut out the area first",
                    bytes_text(static_cast<double>(fs::file_size(file))));
    const DatasetKind kind = ending ? ending->kind : DatasetKind::any;
    const bool as_raster =
        kind == DatasetKind::raster || (kind == DatasetKind::any && !layers::has_features(file.string(), access));
    if (as_raster)
        return {raster_layer(file, access)};
    return vector_layers(file, access, limits);
}

FoundData find_data(const fs::path& folder, const rasters::Access& access, const SearchLimits& limits) {
    if (!fs::is_directory(folder))
        throw Error("{}: {}", folder.string(), fs::exists(folder) ? "not a folder" : "no such folder");
    std::vector<fs::path> files;
    gather(fs::absolute(folder).lexically_normal(), limits.depth, files);
    FoundData data;
    for (std::size_t i = 0; i < std::min(files.size(), limits.files); ++i)
        look_into(files[i], access, limits, data);
    if (files.size() > limits.files)
        data.skipped.push_back(
            {files[limits.files], fmt::format("not looked at, nor {} more after it", files.size() - limits.files - 1)});
    return data;
}

std::string described(const FoundLayer& layer) {
    if (layer.raster)
        return raster_text(*layer.raster);
    return with_thousands(layer.survey.count) + " " + kinds_text(layer.survey.geometries) + classes_text(layer.survey);
}

} // namespace zonerank::engine
