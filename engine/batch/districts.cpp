// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/districts.hpp"

#include "engine/batch/folder_names.hpp"
#include "layers/sources.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace zonerank::engine {

using layers::Feature;
using layers::FeatureSet;
using rasters::Box;
using rasters::Crs;

namespace {

const layers::Field& value_of(const FieldValues& fields, const std::string& name) {
    const auto at = std::ranges::find(fields.names, name);
    return fields.values[static_cast<std::size_t>(at - fields.names.begin())];
}

/// The field as the file has it: letter case does not count where nothing fits better.
std::string real_field(const std::vector<std::string>& known, const std::string& wanted) {
    return known[static_cast<std::size_t>(layers::columns({wanted}, known, false).front())];
}

District district_of(const Feature& feature, const FeatureSet& set, const OverSpec& over, const std::string& field) {
    District district;
    district.fields = {set.fields, feature.fields};
    district.name = layers::to_text(value_of(district.fields, field));
    if (district.name.find_first_not_of(" \t\r\n") == std::string::npos)
        throw Error("feature {} has no name in '{}'", feature.fid, field);
    if (feature.shape.polygons.empty())
        throw Error("'{}' has no polygon", layers::excerpt(district.name));
    district.folder = folder_of(district.name);
    district.where = in_context(fmt::format("'{}'", district.name), [&] {
        return fmt::format("{} = {}", sql_name(field), sql_literal(value_of(district.fields, field)));
    });
    district.where = layers::both(district.where, over.where);
    district.shape.polygons = feature.shape.polygons;
    return district;
}

void check_folders(const std::vector<District>& districts) {
    FolderNames names("name them by a field in which they differ");
    std::set<std::string> seen;
    for (const District& district : districts) {
        if (!seen.insert(district.name).second)
            throw Error("several features are named '{}'; name them by a field in which all differ, or leave some out "
                        "with --where",
                        district.name);
        names.take(district.folder, fmt::format("'{}'", district.name));
    }
}

Box box_of_all(const std::vector<District>& districts) {
    rasters::Shape all;
    for (const District& district : districts)
        all.polygons.insert(all.polygons.end(), district.shape.polygons.begin(), district.shape.polygons.end());
    return rasters::lonlat_bounds(all);
}

bool is_true_to_scale(const Crs& crs, const Box& lonlat) {
    const Box box = rasters::reproject(lonlat, rasters::Transform(rasters::wgs84(), crs));
    return rasters::scale_error(crs, box) <= most_scale_error;
}

/// Those of one CRS together, so that what is read for one is there for the next.
void group(std::vector<District>& districts) {
    std::map<std::string, std::size_t> order;
    for (const District& district : districts)
        order.emplace(district.crs.wkt, order.size());
    std::ranges::stable_sort(districts, {}, [&](const District& district) { return order.at(district.crs.wkt); });
}

} // namespace

Districts read_districts(const OverSpec& over, GridChoice grid, const rasters::Access& access) {
    const layers::FeatureSource source{
        .paths = {over.file.string()}, .layer = over.layer, .where = over.where, .fields = {"*"}};
    constexpr double about_ten_metres = 1e-4; // degrees
    const FeatureSet set = layers::read_features(source, rasters::wgs84(), about_ten_metres, access);
    if (set.features.empty())
        throw Error("{}: no features{}", over.file.string(), over.where.empty() ? "" : " where " + over.where);
    return in_context(over.file.string(), [&] {
        Districts districts{.repairs = set.repairs};
        const std::string field = real_field(set.fields, over.name);
        for (const Feature& feature : set.features)
            districts.all.push_back(district_of(feature, set, over, field));
        check_folders(districts.all);
        const Box box = box_of_all(districts.all);
        districts.around = rasters::default_crs(box);
        districts.common_grid =
            grid == GridChoice::common || (grid == GridChoice::automatic && is_true_to_scale(districts.around, box));
        for (District& district : districts.all)
            district.crs =
                districts.common_grid ? districts.around : rasters::default_crs(rasters::lonlat_bounds(district.shape));
        group(districts.all);
        return districts;
    });
}

} // namespace zonerank::engine
