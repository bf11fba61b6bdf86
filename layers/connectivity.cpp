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
    {.name = "minutes to a seaport",
     .theme = theme,
     .label = "Time to a seaport",
     .inputs = {{"seaports", "points of seaports with container berths"}},
     .measure = "{travel time: {to: $seaports, limit: 36 h}}",
     .value = "{piecewise: {1 h: 1, 4.5 h: 0.8, 9 h: 0.6, 18 h: 0.3, 36 h: 0}}",
     .why = "what is within 4.5 h at the wheel is there and back in a driver's day, what is within 9 h is there "
            "tonight; each further day of 9 h costs another, and trucks have a pace of their own: set the `friction` "
            "to it",
     .source = "9 h a day, 4.5 h at a stretch: Regulation (EC) No 561/2006, articles 6 and 7; Pakistan's trucks moved "
               "at 25 km/h, stops on the way left out: Asian Development Bank, CAREC Corridor Performance Measurement "
               "and Monitoring 2022 (cpmm.carecprogram.org); values: engineering judgement"},
    {.name = "minutes to a dry port",
     .theme = theme,
     .label = "Time to a dry port",
     .inputs = {{"dryports", "points of dry ports and inland container depots"}},
     .measure = "{travel time: {to: $dryports, limit: 5 h}}",
     .value = "{linear: {best: 15 min, worst: 135 min}}",
     .why = "a truck makes two trips a day up to 135 min, a quarter of a driver's 9 h, one beyond",
     .source = "9 h a day: Regulation (EC) No 561/2006, article 6; two trips: engineering judgement"},
    {.name = "minutes to an airport",
     .theme = theme,
     .label = "Time to an airport",
     .inputs = {{"airports", "points or polygons of airports with scheduled flights"}},
     .measure = "{travel time: {to: $airports, limit: 4 h}}",
     .value = "{linear: {best: 30 min, worst: 2 h}}",
     .why = "who flies in for a day's work can spend an hour on the road at each end, hardly two",
     .source = "engineering judgement; zones in being lie 23 to 80 km from theirs (airport access), half an hour to "
               "two hours"},
    {.name = "minutes to a motorway",
     .theme = theme,
     .label = "Time to a motorway junction",
     .inputs = {{"junctions", "points of motorway junctions"}},
     .measure = "{travel time: {to: $junctions, limit: 2 h}}",
     .value = "{linear: {best: 5 min, worst: 45 min}}",
     .why = "a motorway is entered at its junctions alone, so that a zone beside it may be far; at 45 min the other "
            "roads have done the work",
     .source = "32 km at most from a main highway (Business Oregon, as for motorway access) are 45 min at 43 km/h; 5 "
               "min: engineering judgement"},
    {.name = "minutes to a station",
     .theme = theme,
     .label = "Time to a railway station",
     .inputs = {{"stations", "points of stations that handle freight"}},
     .measure = "{travel time: {to: $stations, limit: 2 h}}",
     .value = "{linear: {best: 5 min, worst: 60 min}}",
     .why = "a container is lifted twice more on its way by rail: that pays when the station is near; after an hour "
            "it stays on the truck",
     .source = "engineering judgement; Rashakai's station is 25 km away (urdupoint.com, 773513), less than an hour"},
    {.name = "minutes to the other zones",
     .theme = theme,
     .label = "Time to the nearest other zone",
     .inputs = {{"zones", "points or polygons of the other zones, without those that are being judged"}},
     .measure = "{travel time: {to: $zones, limit: 18 h}}",
     .value = "{linear: {best: 1 h, worst: 9 h}}",
     .why = "zones work for each other as far as goods go from one to the next within a driver's day",
     .source = "9 h a day: Regulation (EC) No 561/2006, article 6; 1 h: engineering judgement"},
    {.name = "minutes to a border crossing",
     .theme = theme,
     .label = "Time to a border crossing",
     .inputs = {{"crossings", "points of border crossings open to freight"}},
     .measure = "{travel time: {to: $crossings, limit: 36 h}}",
     .value = "{piecewise: {1 h: 1, 4.5 h: 0.8, 9 h: 0.5, 18 h: 0.2, 36 h: 0}}",
     .why = "up to 4.5 h a truck waits at the zone until it is called to the gate; at the gate it waits for a day as a "
            "rule, beside which some hours on the road count less than the way's length says",
     .source = "28.2 h to clear a crossing, mean of Pakistan's in 2022, 54 h at Chaman: Asian Development Bank, CAREC "
               "Corridor Performance Measurement and Monitoring (cpmm.carecprogram.org); 4.5 and 9 h: Regulation (EC) "
               "No 561/2006; values: "
               "engineering judgement"},
};

std::vector<CatalogueEntry> connectivity_criteria() {
    return table;
}

} // namespace zonerank::layers
