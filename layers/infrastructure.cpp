// SPDX-License-Identifier: Apache-2.0
#include "layers/catalogue.hpp"

namespace zonerank::layers {

static constexpr std::string_view theme = "infrastructure";

static const std::vector<CatalogueEntry> table{
    {.name = "grid connection",
     .theme = theme,
     .label = "Grid connection",
     .inputs = {{"substations", "points or polygons of 132 kV substations, grid stations or power plants"}},
     .measure = "{distance: {to: $substations}}",
     .value = "{linear: {best: 0 km, worst: 20 km}}",
     .why = "a zone asks for 50 to 210 MW, more than 11 or 33 kV lines carry: it needs a grid station of its own, "
            "and a line to it whose cost grows with the kilometre; beyond 20 km it is a project of its own",
     .source = "demand: Mohmand 50 MW (urdupoint.com, 2042509), Rashakai 210 MW (dawn.com, 1527760); "
               "anchors: engineering judgement"},
    {.name = "gas connection",
     .theme = theme,
     .label = "Gas connection",
     .inputs = {{"gas", "lines of transmission or distribution mains, or points of their stations"}},
     .measure = "{distance: {to: $gas}}",
     .value = "{linear: {best: 0 km, worst: 15 km}}",
     .why = "process heat and captive power run on gas; a spur is cheaper than a power line by the kilometre, but "
            "its permits are slower",
     .source = "engineering judgement"},
    {.name = "water supply",
     .theme = theme,
     .label = "Water supply",
     .inputs = {{"water", "lines or polygons of rivers that run all year, large canals and reservoirs"}},
     .measure = "{distance: {to: $water}}",
     .value = "{linear: {best: 0 km, worst: 10 km}}",
     .why = "textiles, food and leather need thousands of cubic metres a day; a raw-water main longer than 10 km "
            "needs pumping stages and land of its own",
     .source = "engineering judgement"},
    {.name = "motorway access",
     .theme = theme,
     .label = "Motorway access",
     .inputs = {{"motorways", "points of interchanges where known, else lines of motorways"}},
     .measure = "{distance: {to: $motorways}}",
     .value = "{linear: {best: 3 km, worst: 32 km}}",
     .why = "freight leaves by road; manufacturers go no farther than 20 miles (32 km) from a main highway, and an "
            "access road of 3 km is built as a matter of course",
     .source = "20 miles: Business Oregon's site requirements, quoted by the City of Eugene "
               "(pddfiles.eugene-or.gov/PDDDocumentViewer/0/doc/1843977, page 25); 3 km: Rashakai's road to the "
               "M-1 (urdupoint.com, 773513)"},
    {.name = "trunk road access",
     .theme = theme,
     .label = "Trunk road access",
     .inputs = {{"roads", "lines of motorways, trunk and primary roads"}},
     .measure = "{distance: {to: $roads}}",
     .value = "{linear: {best: 0.5 km, worst: 10 km}}",
     .why = "trucks must reach a road built for them without passing through towns; zones in being lie 4.5 and 5 km "
            "from their highway, which is half",
     .source = "Dhabeji 4.5 km (urdu.app.com.pk, 120040), Rashakai 5 km (urdupoint.com, 773513); at least 500 m "
               "from a highway: Indian Ministry of Environment and Forests, siting guidelines 1985"},
    {.name = "rail access",
     .theme = theme,
     .label = "Rail access",
     .inputs = {{"rail", "points of freight stations where known, else lines of railways in use"}},
     .measure = "{distance: {to: $rail}}",
     .value = "{linear: {best: 1 km, worst: 25 km}}",
     .why = "bulk and containers for the port go by rail where a siding can be had; at 25 km the goods are on a "
            "truck already and stay there",
     .source = "5 km from Dhabeji's station (urdu.app.com.pk, 120040), 25 km from Rashakai's (urdupoint.com, "
               "773513); anchors: engineering judgement"},
    {.name = "road density",
     .theme = theme,
     .label = "Road density",
     .inputs = {{"roads", "lines of all public roads that a truck can use"}},
     .measure = "{density: {of: $roads, radius: 5 km}}",
     .value = "{linear: {worst: 0 km/km², best: 1 km/km²}}",
     .why = "a net has ways round a closure and serves buses for the workers, a single road does neither; a grid "
            "of roads 2 km apart has 1 km/km²",
     .source = "engineering judgement"},
};

std::vector<CatalogueEntry> infrastructure_criteria() {
    return table;
}

} // namespace zonerank::layers
