// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_area.hpp"

#include "layers/terms/problems.hpp"
#include "layers/vectors/features.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace zonerank::engine {

using rasters::Box;

namespace {

std::string name_of(const FoundLayer& layer) {
    const std::string file = layer.path.filename().string();
    return layer.layer.empty() ? file : fmt::format("{} of {}", layer.layer, file);
}

/// "; did you mean 'Mirpur'?" for a text in a condition that no feature has.
std::string nearest_value(const NamedLayer& source, const rasters::Access& access) {
    const std::size_t open = source.where.find('\''), close = source.where.rfind('\'');
    if (open == source.where.npos || open == close)
        return "";
    const std::string sought = source.where.substr(open + 1, close - open - 1);
    std::vector<std::string> known;
    for (const FoundLayer& layer : layers_in(source.path, access))
        if (source.layer.empty() || layer.survey.layer == source.layer)
            for (const layers::FieldSurvey& field : layer.survey.fields)
                for (const layers::ValueCount& value : field.values)
                    known.push_back(value.value);
    const std::string near = layers::nearest(sought, known);
    return near.empty() || near == sought ? "" : fmt::format("; did you mean '{}'?", near);
}

DraftArea from_file(const NamedLayer& source, const rasters::Access& access) {
    const layers::FeatureSet set =
        layers::read_features({.paths = {source.path.string()}, .layer = source.layer, .where = source.where},
                              rasters::wgs84(), 1e-4, access);
    DraftArea area{.source = source};
    for (const layers::Feature& feature : set.features)
        std::ranges::copy(feature.shape.polygons, std::back_inserter(area.outline.polygons));
    const std::string name = source.path.filename().string();
    if (set.features.empty())
        throw Error("{}: no feature{}{}", name, source.where.empty() ? "" : " where " + source.where,
                    nearest_value(source, access));
    if (area.outline.polygons.empty())
        throw Error("{}: no polygon{}; an area is made of polygons", name,
                    source.where.empty() ? "" : " where " + source.where);
    area.lonlat = rasters::lonlat_bounds(area.outline);
    area.why = fmt::format("{}{}{}", name, source.layer.empty() ? "" : ", " + source.layer,
                           source.where.empty() ? "" : " where " + source.where);
    return area;
}

const Guess* guess_for(std::span<const Guess> guesses, std::string_view role) {
    const auto it = std::ranges::find_if(guesses, [&](const Guess& g) { return g.role->name == role; });
    return it == guesses.end() ? nullptr : &*it;
}

Box common(const Box& a, const Box& b) {
    const Box both{std::max(a.xmin, b.xmin), std::max(a.ymin, b.ymin), std::min(a.xmax, b.xmax),
                   std::min(a.ymax, b.ymax)};
    return both.xmin < both.xmax && both.ymin < both.ymax ? both : a;
}

const FoundLayer* widest_known(std::span<const Guess> guesses, const FoundData& data) {
    for (const char* role : {"roads", "main roads"})
        if (const Guess* guess = guess_for(guesses, role); guess && !guess->layer->lonlat.empty())
            return guess->layer;
    const FoundLayer* best = nullptr;
    for (const FoundLayer& layer : data.layers)
        if (!layer.lonlat.empty() && layer.lonlat.width() > 0 && layer.lonlat.height() > 0 &&
            (!best || layer.survey.count > best->survey.count))
            best = &layer;
    return best;
}

Box inward(const Box& box) {
    constexpr double unit = 1e4; // of a degree, some 10 m
    return {std::ceil(box.xmin * unit) / unit, std::ceil(box.ymin * unit) / unit, std::floor(box.xmax * unit) / unit,
            std::floor(box.ymax * unit) / unit};
}

/// " (x.gpkg was not opened: ...)", for the first of those.
std::string not_opened(const FoundData& data) {
    if (data.skipped.empty())
        return "";
    const SkippedFile& first = data.skipped.front();
    return fmt::format(" ({} was not opened: {})", first.path.filename().string(), first.why);
}

DraftArea where_data_reach(std::span<const Guess> guesses, const FoundData& data) {
    const FoundLayer* layer = widest_known(guesses, data);
    if (!layer)
        throw Error("nothing in the folder says where the study is; give --area, --box or --around{}",
                    not_opened(data));
    DraftArea area{.lonlat = layer->lonlat,
                   .why = fmt::format("where {} reaches, since none was named", name_of(*layer))};
    for (const char* role : {"terrain", "landcover", "corine"})
        if (const Guess* guess = guess_for(guesses, role); guess && !guess->layer->lonlat.empty()) {
            area.lonlat = common(area.lonlat, guess->layer->lonlat);
            area.why =
                fmt::format("where {} and {} reach, since none was named", name_of(*layer), name_of(*guess->layer));
        }
    area.lonlat = inward(area.lonlat);
    return area;
}

DraftArea around(const NamedLayer& sites, const rasters::Access& access) {
    const layers::FeatureSet set = layers::read_features(
        {.paths = {sites.path.string()}, .layer = sites.layer, .where = sites.where}, rasters::wgs84(), 1e-4, access);
    if (set.features.empty())
        throw Error("{}: no feature{}{}", sites.path.filename().string(),
                    sites.where.empty() ? "" : " where " + sites.where, nearest_value(sites, access));
    const Box box = set.extent;
    if (box.empty())
        throw Error("{}: no feature has a place", sites.path.filename().string());
    const double lat = around_sites_buffer / 111'000;
    const double lon = lat / std::cos(std::min(89.0, std::abs(box.centre().y)) * std::numbers::pi / 180);
    return {.around_sites = true,
            .lonlat = {box.xmin - lon, box.ymin - lat, box.xmax + lon, box.ymax + lat},
            .why = fmt::format("20 km around the sites of {}", sites.path.filename().string())};
}

} // namespace

static DraftArea area_of(const Wishes& wishes, std::span<const Guess> guesses, const FoundData& data,
                         const rasters::Access& access) {
    if (wishes.area)
        return from_file(*wishes.area, access);
    if (wishes.box)
        return {.lonlat = *wishes.box, .why = "the box that was asked for"};
    if (wishes.sites)
        return around(*wishes.sites, access);
    if (const Guess* guess = guess_for(guesses, "area"))
        return from_file({.path = guess->layer->path, .layer = guess->layer->layer}, access);
    return where_data_reach(guesses, data);
}

static Box unwrapped(Box box) {
    box.xmax += box.xmax < box.xmin ? 360 : 0;
    return box;
}

static bool meet(const Box& one, const Box& other) {
    const Box a = unwrapped(one), b = unwrapped(other);
    const auto wide = [&](double shift) { return a.xmin + shift <= b.xmax && b.xmin <= a.xmax + shift; };
    return a.ymin <= b.ymax && b.ymin <= a.ymax && (wide(-360) || wide(0) || wide(360));
}

/// Longitude and latitude are swapped easily.
static void check_has_data(const DraftArea& area, const FoundData& data) {
    const FoundLayer* known = nullptr;
    for (const FoundLayer& layer : data.layers) {
        if (layer.lonlat.empty())
            continue;
        if (meet(area.lonlat, layer.lonlat))
            return;
        known = known ? known : &layer;
    }
    if (known)
        throw Error("no data lie in {}; those of {} are within {:.4g},{:.4g},{:.4g},{:.4g} (west,south,east,north)",
                    area.why, name_of(*known), known->lonlat.xmin, known->lonlat.ymin, known->lonlat.xmax,
                    known->lonlat.ymax);
}

DraftArea draft_area(const Wishes& wishes, std::span<const Guess> guesses, const FoundData& data,
                     const rasters::Access& access) {
    const DraftArea area = area_of(wishes, guesses, data, access);
    check_has_data(area, data);
    return area;
}

/// Of the box, on a sphere as large as the earth: near enough for a round number.
static double square_metres(const Box& lonlat) {
    constexpr double radius = 6'371'000, degree = std::numbers::pi / 180;
    const Box box = unwrapped(lonlat);
    return radius * radius * box.width() * degree * (std::sin(box.ymax * degree) - std::sin(box.ymin * degree));
}

double cells_in(const Box& lonlat, double cell) {
    return square_metres(lonlat) / (cell * cell);
}

double round_cell(const Box& lonlat, double cells) {
    constexpr std::array series{1.0, 2.0, 2.5, 5.0, 10.0};
    const double exact = std::sqrt(square_metres(lonlat) / cells);
    const double decade = std::pow(10, std::floor(std::log10(exact)));
    const auto nearest =
        std::ranges::min_element(series, {}, [&](double step) { return std::abs(std::log(step * decade / exact)); });
    return std::max(1.0, *nearest * decade);
}

} // namespace zonerank::engine
