// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_sites.hpp"

#include "engine/draft/site_names.hpp"
#include "layers/vectors/features.hpp"
#include "rasters/core/error.hpp"
#include "rasters/distance.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

using rasters::Box;
using rasters::Point;
using rasters::Shape;

namespace {

constexpr std::size_t most_sites = 30; ///< that are proposed: as many as people can talk about
constexpr std::int64_t most_looked_at = 20'000;

/// Whether places in degrees lie in the area.
class Inside {
public:
    explicit Inside(const DraftArea& area) : m_box(area.lonlat) {
        if (!area.outline.empty())
            m_outline.emplace(std::span(&area.outline, 1));
        m_box.xmax += m_box.xmax < m_box.xmin ? 360 : 0;
    }
    bool operator()(Point p) const {
        if (!m_box.contains(p) && !m_box.contains({p.x + 360, p.y}))
            return false;
        return !m_outline || m_outline->to(Shape{.points = {p}}) == 0;
    }

private:
    Box m_box;
    std::optional<rasters::DistanceIndex> m_outline;
};

const FoundLayer& layer_of(const std::vector<FoundLayer>& layers, const NamedLayer& source) {
    for (const FoundLayer& layer : layers)
        if (source.layer.empty() || layer.survey.layer == source.layer)
            return layer;
    return layers.front();
}

DraftSites wished(const NamedLayer& source, const rasters::Access& access) {
    layers::check({.paths = {source.path.string()}, .layer = source.layer, .where = source.where}, access);
    const std::vector<FoundLayer> layers = layers_in(source.path, access);
    const FoundLayer& layer = layer_of(layers, source);
    if (layer.raster)
        throw Error("{}: a raster; sites are polygons or points", source.path.filename().string());
    const layers::Geometries& kinds = layer.survey.geometries;
    if (!kinds.points && !kinds.polygons)
        throw Error("{}: no points or polygons; sites are made of those", source.path.filename().string());
    return {.source = source,
            .name = name_field(layer.survey),
            .points = kinds.points,
            .why =
                fmt::format("{}{}", source.path.filename().string(), source.layer.empty() ? "" : ", " + source.layer)};
}

struct Ground {
    std::int64_t fid = 0;
    double hectares = 0;
};

/// The features of a layer whose middle lies in the area.
std::vector<Ground> ground_inside(const Guess& guess, const DraftArea& area, const rasters::Access& access) {
    const layers::FeatureSet set = layers::read_features(
        {.paths = {guess.layer->path.string()}, .layer = guess.layer->layer, .where = guess.where}, rasters::wgs84(),
        1e-4, access);
    const Inside inside(area);
    std::vector<Ground> ground;
    for (const layers::Feature& feature : set.features)
        if (inside(rasters::bounds(feature.shape).centre()))
            ground.push_back({feature.fid, rasters::ellipsoidal_area(feature.shape, rasters::wgs84()) / 10'000});
    return ground;
}

std::string chosen(std::vector<Ground> ground) {
    std::ranges::sort(ground, {}, &Ground::fid);
    std::string list;
    for (const Ground& g : ground)
        list += fmt::format("{}{}", list.empty() ? "" : ", ", g.fid);
    return fmt::format("fid in ({})", list);
}

std::optional<DraftSites> named_so(const Guess& guess, const DraftArea& area, const rasters::Access& access) {
    const std::vector<Ground> ground = ground_inside(guess, area, access);
    if (ground.empty())
        return std::nullopt;
    const bool all = static_cast<std::int64_t>(ground.size()) == guess.features;
    return DraftSites{.source = NamedLayer{guess.layer->path, guess.layer->layer, all ? guess.where : chosen(ground)},
                      .name = name_field(guess.layer->survey),
                      .points = guess.layer->survey.geometries.points,
                      .why = fmt::format("the {} of {} that {} in the area, taken for sites by its name",
                                         ground.size() == 1 ? "one" : std::to_string(ground.size()),
                                         guess.layer->called, ground.size() == 1 ? "lies" : "lie")};
}

/// The least of some round sizes that leaves no more than people can talk about.
double least_size(const std::vector<Ground>& ground) {
    for (const double hectares : {10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0})
        if (std::ranges::count_if(ground, [&](const Ground& g) { return g.hectares >= hectares; }) <=
            static_cast<std::ptrdiff_t>(most_sites))
            return hectares;
    return 2000;
}

DraftSites of_industry(const Guess& guess, const DraftArea& area, const rasters::Access& access) {
    std::vector<Ground> ground = ground_inside(guess, area, access);
    const double least = least_size(ground);
    const std::size_t all = ground.size();
    std::erase_if(ground, [&](const Ground& g) { return g.hectares < least; });
    const std::string of = fmt::format("{} of {}", guess.layer->called, guess.layer->path.filename().string());
    if (ground.size() < 2)
        return {.why = fmt::format("none: of the industrial areas in {}, {} in the area {} {:g} ha or more", of,
                                   ground.empty() ? "none" : "only one", ground.empty() ? "have" : "has", least)};
    return {.source = NamedLayer{.path = guess.layer->path, .layer = guess.layer->layer, .where = chosen(ground)},
            .name = name_field(guess.layer->survey),
            .industry = true,
            .remark =
                fmt::format("{} of the {} in the area; leave out a number to leave out a site.", ground.size(), all),
            .why = fmt::format("the {} industrial areas of {:g} ha or more in {}, since none were named", ground.size(),
                               least, of)};
}

} // namespace

DraftSites draft_sites(const Wishes& wishes, const DraftArea& area, std::span<const Guess> guesses,
                       const rasters::Access& access) {
    if (wishes.no_sites)
        return {.why = "none, as asked for"};
    if (wishes.sites)
        return wished(*wishes.sites, access);
    const auto find = [&](std::string_view role) {
        return std::ranges::find_if(guesses, [&](const Guess& g) { return g.role->name == role; });
    };
    const auto is_there = [&](auto guess) { return guess != guesses.end() && guess->features <= most_looked_at; };
    if (const auto guess = find("sites"); is_there(guess))
        if (std::optional<DraftSites> sites = named_so(*guess, area, access))
            return *sites;
    if (const auto guess = find("industry"); is_there(guess))
        return of_industry(*guess, area, access);
    return {.why = "none: no layer looks like candidate sites or industrial areas"};
}

} // namespace zonerank::engine
