// SPDX-License-Identifier: Apache-2.0
#include "layers/catalogue.hpp"

namespace zonerank::layers {

static constexpr std::string_view theme = "location";

static const std::vector<CatalogueEntry> table{
    {.name = "gentle slope",
     .theme = theme,
     .label = "Gentle slope",
     .inputs = {{"terrain", "raster of elevations, unit: m"}},
     .measure = "{slope: {of: $terrain}}",
     .value = "{piecewise: {0 %: 1, 5 %: 1, 7 %: 0.5, 15 %: 0}}",
     .why = "large halls want level floors and trucks gentle ramps: most industries take up to 5 %, some up to "
            "7 %; beyond 15 % earthworks cost more than the land",
     .source = "5 and 7 %: Business Oregon's site requirements, quoted by the City of Eugene "
               "(pddfiles.eugene-or.gov/PDDDocumentViewer/0/doc/1843977, page 25); 15 %: engineering judgement"},
    {.name = "level ground",
     .theme = theme,
     .label = "Level ground",
     .inputs = {{"terrain", "raster of elevations of about 1 km, unit: m"}},
     .measure = "{ruggedness: {of: $terrain}}",
     .value = "{linear: {best: 80 m, worst: 240 m}}",
     .why = "a first sieve over a whole country, from level to moderately rugged; the index grows with the cell, so "
            "these anchors are for an elevation model of about 1 km and no other",
     .source = "classes of Riley, DeGloria and Elliot 1999"},
    {.name = "buildable land cover",
     .theme = theme,
     .label = "Buildable land cover",
     .inputs = {{"landcover", "raster of land cover with the codes of ESA WorldCover, values: classes"}},
     .measure = "{category: {of: $landcover}}",
     .value = "{categories: {60: 1, 30: 0.9, 20: 0.8, 40: 0.4, 10: 0.2, 100: 0.2, 50: 0.1, other: 0}}",
     .why = "bare ground, grass and scrub are free to build on; prime fields and forest are to be spared, built-up "
            "land is taken, and snow, water, wetland and mangroves are out",
     .source = "codes: ESA WorldCover (Zanaga et al. 2022); fields and forest: Indian Ministry of Environment and "
               "Forests, siting guidelines 1985; values: engineering judgement"},
    {.name = "flood plain distance",
     .theme = theme,
     .label = "Distance from flood plains",
     .inputs = {{"floodplains", "polygons of flood plains or flood extents"}},
     .measure = "{distance: {to: $floodplains, limit: 1 km}}",
     .value = "{linear: {worst: 0 m, best: 500 m}}",
     .why = "an industrial estate is not to lie within 500 m of a flood plain: its stores and effluent works must "
            "stay dry",
     .source = "Pakistan Environmental Protection Agency, guidelines for environmental reports: industrial estates, "
               "1997; the same in the Indian siting guidelines of 1985"},
    {.name = "protected area distance",
     .theme = theme,
     .label = "Distance from protected areas",
     .inputs = {{"protected", "polygons of national parks, sanctuaries, wetlands and heritage sites"}},
     .measure = "{distance: {to: $protected, limit: 30 km}}",
     .value = "{linear: {worst: 0 km, best: 25 km}}",
     .why = "within 25 km of an ecologically sensitive area an industrial estate needs a case of its own; the "
            "nearer, the harder",
     .source = "25 km: Pakistan Environmental Protection Agency, guidelines for environmental reports: industrial "
               "estates, 1997"},
    {.name = "distance from homes",
     .theme = theme,
     .label = "Distance from homes",
     .inputs = {{"homes", "polygons of residential areas or villages"}},
     .measure = "{distance: {to: $homes, limit: 2 km}}",
     .value = "{linear: {worst: 0 m, best: 500 m}}",
     .why = "noise, smell, trucks and accidents: at least 500 m are to lie between an industrial estate and any "
            "residential area",
     .source = "National Reference Manual on Planning and Infrastructure Standards, Pakistan 1986, in the "
               "Environmental Protection Agency's guidelines for industrial estates, 1997"},
    {.name = "cluster proximity",
     .theme = theme,
     .label = "Nearness to industrial clusters",
     .inputs = {{"clusters", "points or polygons of industrial clusters that the zone is to work with"}},
     .measure = "{distance: {to: $clusters}}",
     .value = "{piecewise: {0 km: 1, 5 km: 0.8, 30 km: 0.5, 120 km: 0}}",
     .why = "suppliers, repair and skilled hands are shared: what neighbours gain falls fast within the first few "
            "miles and slowly after; 120 km is a supplier's truck there and back in half a day",
     .source = "shape: Rosenthal and Strange 2003; 30 and 120 km: engineering judgement"},
    {.name = "industrial clusters",
     .theme = theme,
     .label = "Firms of industrial clusters, by nearness",
     .inputs = {{"clusters", "points or polygons of industrial clusters with a field `firms`"}},
     .measure = "{gravity: {of: $clusters, weight: firms, decay: {exponential: {half: 30 km}}, limit: 200 km}}",
     .value = "{linear: {worst: 0, best: 200}}",
     .why = "suppliers, repair and skilled hands: of a cluster at the door all firms count, 30 km away half of them. "
            "One's own and kindred trades are worth more than others: `by` and `similarity` in the measure say so",
     .source = "potential: Hansen 1959; own trade, fast falling: Rosenthal and Strange 2003; 235 marble works make up "
               "Peshawar's cluster (urdupoint.com, 2042509); anchors and 30 km: engineering judgement"},
};

std::vector<CatalogueEntry> location_criteria() {
    return table;
}

} // namespace zonerank::layers
