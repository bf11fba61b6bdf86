// SPDX-License-Identifier: Apache-2.0
#include "layers/catalogue.hpp"

namespace zonerank::layers {

static constexpr std::string_view theme = "labor";

static const std::vector<CatalogueEntry> table{
    {.name = "labor pool",
     .theme = theme,
     .label = "Labor pool within 30 km",
     .inputs = {{"towns", "points of towns and villages with a field `population`, unit: people"}},
     .measure = "{density: {of: $towns, weight: population, radius: 30 km, kernel: uniform}}",
     .value = "{linear: {worst: 50 people/km², best: 500 people/km²}}",
     .why = "workers come by bus within an hour, about 30 km; 500 people/km² there are 1.4 million, of whom a "
            "zone's ten thousands are few; Pakistan as a whole has 303",
     .source = "303 people/km²: 241.5 million on 796,096 km², Pakistan Bureau of Statistics, census 2023; anchors: "
               "engineering judgement"},
    {.name = "labor pool within 45 min",
     .theme = theme,
     .label = "Labor pool within 45 min",
     .inputs = {{"towns", "points of towns and villages, or polygons of districts, with a field `population`, unit: "
                          "people"}},
     .measure = "{people within: {of: $towns, weight: population, within: 45 min}}",
     .value = "{linear: {worst: 100000 people, best: 1500000 people}}",
     .why = "workers come each day from where a bus takes 45 min by the roads there are (the study's `friction`), not "
            "from across a gorge; of 1.5 million a zone's ten thousands are few, 100,000 are one town that has work",
     .source = "an hour of travel a day, as much as most people bear: Marchetti 1994; 45 min and anchors: engineering "
               "judgement, as for the labor pool within 30 km"},
    {.name = "population density",
     .theme = theme,
     .label = "Population density",
     .inputs = {{"people", "raster of people per km², unit: people/km²"}},
     .measure = "{sample: {of: $people}}",
     .value = "{piecewise: {0 people/km²: 0, 50 people/km²: 0.2, 300 people/km²: 1, 1000 people/km²: 0.6, "
              "3000 people/km²: 0}}",
     .why = "no workers in the empty quarter, no land in the town: best is the settled country in between; where "
            "towns are known as points, take the labor pool",
     .source = "300 people/km² is Pakistan's mean (Pakistan Bureau of Statistics, census 2023); shape: engineering "
               "judgement"},
    {.name = "literacy",
     .theme = theme,
     .label = "Literacy",
     .inputs = {{"districts", "polygons of districts with a field `literacy`, unit: %"}},
     .measure = "{attribute: {of: $districts, field: literacy}}",
     .value = "{linear: {worst: 30 %, best: 80 %}}",
     .why = "training on the job begins with reading; the nation's mean of 61 % is worth 0.62, and good districts "
            "stand at 80 %",
     .source = "61 % of people aged 10 and over, Jhelum 81 %: Pakistan Bureau of Statistics, census 2023; anchors: "
               "engineering judgement"},
    {.name = "technical training",
     .theme = theme,
     .label = "Nearness to technical colleges",
     .inputs = {{"colleges", "points or polygons of technical colleges, polytechnics and universities"}},
     .measure = "{distance: {to: $colleges}}",
     .value = "{logistic: {midpoint: 15 km, spread: 4 km, falling: true}}",
     .why = "apprentices go to both in one day when the college is within half an hour, about 15 km; beyond 30 km "
            "they must lodge",
     .source = "engineering judgement"},
    {.name = "training places",
     .theme = theme,
     .label = "Technical colleges around",
     .inputs = {{"colleges", "points of technical colleges, polytechnics and universities"}},
     .measure = "{density: {of: $colleges, radius: 30 km, kernel: count}}",
     .value = "{linear: {worst: 0, best: 5}}",
     .why = "one college gives one trade; with five in reach of a bus most trades of a zone are taught",
     .source = "engineering judgement"},
    {.name = "skilled labor",
     .theme = theme,
     .label = "Students of technical colleges within 45 min",
     .inputs = {{"colleges", "points of technical colleges, polytechnics and universities with a field `students`"}},
     .measure = "{people within: {of: $colleges, weight: students, within: 45 min}}",
     .value = "{linear: {worst: 0, best: 5000}}",
     .why = "who has learned a trade within a commute can begin on Monday, and those at the college learn for the zone "
            "if it asks; take it beside literacy, which says who can be trained at all",
     .source = "engineering judgement: of 5,000 in courses of three years some 1,700 finish each year"},
    {.name = "unemployment",
     .theme = theme,
     .label = "Unemployment",
     .inputs = {{"districts",
                 "polygons of districts with a field `unemployment`, percent of the labor force, unit: %"}},
     .measure = "{attribute: {of: $districts, field: unemployment}}",
     .value = "{linear: {worst: 3 %, best: 10 %}}",
     .why = "where people look for work they need not be drawn from other employers, and a zone does most good; below "
            "3 % hardly anyone is free",
     .source = "6.3 % in Pakistan, 8.8 % in Khyber Pakhtunkhwa, the most of the provinces: Pakistan Bureau of "
               "Statistics, Labour Force Survey 2020-21 (thenews.com.pk, 947036); anchors: engineering judgement"},
    {.name = "wages",
     .theme = theme,
     .label = "Wages",
     .inputs = {{"districts", "polygons of districts with a field `wage`, the monthly wage of unskilled factory work, "
                              "unit: PKR/month"}},
     .measure = "{attribute: {of: $districts, field: wage}}",
     .value = "{linear: {best: 37000 PKR/month, worst: 74000 PKR/month}}",
     .why = "the law's minimum is the least that is paid; at twice that, work that lives by cheap hands goes "
            "elsewhere. Prices run away from these anchors: set them anew for another year than 2024",
     .source = "37,000 PKR a month from July 2024 (Punjab's notification; en.dailypakistan.com.pk, 5 November 2024); "
               "twice that: engineering judgement"},
};

std::vector<CatalogueEntry> labor_criteria() {
    return table;
}

} // namespace zonerank::layers
