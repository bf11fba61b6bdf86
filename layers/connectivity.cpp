// SPDX-License-Identifier: Apache-2.0
#include "layers/catalogue.hpp"

namespace zonerank::layers {

static constexpr std::string_view theme = "connectivity";

static const std::vector<CatalogueEntry> table{
    {.name = "dry port access",
     .theme = theme,
     .label = "Dry port access",
     .inputs = {{"dryports", "points of dry ports and inland container depots"}},
     .measure = "{distance: {to: $dryports}}",
     .value = "{linear: {best: 5 km, worst: 70 km}}",
     .why = "customs is cleared there; zones in being lie 32 and 65 km from theirs, and beyond 70 km a truck makes "
            "one trip a day instead of two",
     .source = "Bostan 32 km (urdupoint.com, 919210), Rashakai 65 km (urdupoint.com, 773513); anchors: engineering "
               "judgement"},
    {.name = "seaport access",
     .theme = theme,
     .label = "Seaport access",
     .inputs = {{"seaports", "points of seaports with container berths"}},
     .measure = "{distance: {to: $seaports}}",
     .value = "{linear: {best: 50 km, worst: 1200 km}}",
     .why = "exports pay for each kilometre to the berth; the anchors span the country, from a zone at the coast to "
            "one in the far north, so set them anew for a single province",
     .source = "Dhabeji 85 km (urdu.app.com.pk, 120040), Bostan 713 km (urdupoint.com, 919210); anchors: "
               "engineering judgement"},
    {.name = "customs access",
     .theme = theme,
     .label = "Nearest place of clearance",
     .inputs = {{"seaports", "points of seaports with container berths"},
                {"dryports", "points of dry ports and inland container depots"}},
     .measure = "{distance: {to: [$seaports, $dryports]}}",
     .value = "{linear: {best: 5 km, worst: 100 km}}",
     .why = "goods can be cleared at a seaport or at a dry port: the nearest of both counts, in a study that "
            "compares the coast with the interior",
     .source = "engineering judgement, from the distances of Dhabeji (85 km to its seaport; urdu.app.com.pk, 120040) "
               "and Bostan (32 km to its dry port; urdupoint.com, 919210)"},
    {.name = "airport access",
     .theme = theme,
     .label = "Airport access",
     .inputs = {{"airports", "points or polygons of airports with scheduled flights"}},
     .measure = "{distance: {to: $airports}}",
     .value = "{linear: {best: 20 km, worst: 100 km}}",
     .why = "buyers, engineers and urgent parts come by air; zones in being lie 23 to 80 km from theirs, an hour or "
            "two",
     .source = "Bostan 23 km (urdupoint.com, 919210), Rashakai 65 km (urdupoint.com, 773513), Dhabeji 80 km "
               "(urdu.app.com.pk, 120040; 35 km by dunya.com.pk, 2411808); anchors: engineering judgement"},
    {.name = "market access",
     .theme = theme,
     .label = "Nearness to a large city",
     .inputs = {{"cities", "points of the cities that buy: say from 500,000 people on"}},
     .measure = "{distance: {to: $cities}}",
     .value = "{linear: {best: 20 km, worst: 200 km}}",
     .why = "a truck reaches a market within 200 km and is back the same day; nearer than 20 km a zone stands in "
            "the city's own traffic and gains no more",
     .source = "engineering judgement"},
    {.name = "border access",
     .theme = theme,
     .label = "Border crossing access",
     .inputs = {{"crossings", "points of border crossings open to freight"}},
     .measure = "{distance: {to: $crossings}}",
     .value = "{linear: {best: 50 km, worst: 500 km}}",
     .why = "trade by land: within 50 km trucks wait at the zone instead of at the gate; beyond 500 km the crossing "
            "is one of several",
     .source = "engineering judgement"},
};

std::vector<CatalogueEntry> connectivity_criteria() {
    return table;
}

} // namespace zonerank::layers
