// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_rows.hpp"

namespace zonerank::engine {

namespace {

constexpr std::array criteria{
    CriterionRow{"power", "grid connection", {"substations"}},
    CriterionRow{"gas", "gas connection", {"gas mains"}},
    CriterionRow{"water", "water supply", {"rivers", "lakes"}},
    CriterionRow{"motorway", "motorway access", {"motorways"}},
    CriterionRow{"trunk road", "trunk road access", {"main roads"}},
    CriterionRow{"local roads", "road density", {"roads"}},
    CriterionRow{"rail", "rail access", {"rail"}},
    CriterionRow{"slope", "gentle slope", {"terrain"}},
    CriterionRow{"land cover", "buildable land cover", {"landcover", "corine"}},
    CriterionRow{"flood", "flood plain distance", {"floodplains"}},
    CriterionRow{"nature", "protected area distance", {"protected"}},
    CriterionRow{"neighbours", "distance from homes", {"homes"}},
    CriterionRow{"cluster", "cluster proximity", {"clusters", "industry"}},
    CriterionRow{"workers", "labor pool", {"towns"}, "labor pool within 45 min", "population", "weight"},
    CriterionRow{"literacy", "literacy", {"literacy"}, "", "literacy", "field"},
    CriterionRow{"training", "technical training", {"colleges", "campuses"}},
    CriterionRow{.name = "colleges", .use = "training places", .roles = {"colleges"}, .unless = "training"},
    CriterionRow{"job seekers", "unemployment", {"unemployment"}, "", "unemployment", "field"},
    CriterionRow{"wages", "wages", {"wages"}, "", "wage", "field"},
    CriterionRow{"dry port", "dry port access", {"dry ports"}, "minutes to a dry port"},
    CriterionRow{"seaport", "seaport access", {"seaports"}, "minutes to a seaport"},
    CriterionRow{"airport", "airport access", {"airports"}, "minutes to an airport"},
    CriterionRow{"market", "market access", {"cities"}},
    CriterionRow{"border", "border access", {"border crossings"}, "minutes to a border crossing"},
};

constexpr std::array constraints{
    ConstraintRow{"open water", "lakes", "{inside: {of: lakes}}", "no building in lakes and wide rivers"},
    ConstraintRow{"wetland", "wetlands", "{inside: {of: wetlands}}", "nor in wetlands"},
    ConstraintRow{"floodplain", "floodplains", "{inside: {of: floodplains}}", "nor where it floods"},
    ConstraintRow{"protected", "protected", "{inside: {of: protected}}", "nor in protected areas"},
    ConstraintRow{"residential", "homes", "{inside: {of: homes}}", "nor where people live"},
    ConstraintRow{"military", "military", "{inside: {of: military}}", "nor on military ground"},
    ConstraintRow{"steep", "terrain", "{above: {measure: {slope: {of: terrain}}, limit: 15 %}}",
                  "too steep to level for halls"},
    ConstraintRow{"built up", "landcover", "{classes: {of: landcover, exclude: [50, 80]}}", "built up, or water"},
    ConstraintRow{"built up or water", "corine",
                  "{classes: {of: corine, exclude: [111, 112, 511, 512, 521, 522, 523]}}", "built up, or water"},
};

constexpr std::array speeds{SpeedRow{"motorway", 80},  SpeedRow{"trunk", 60},    SpeedRow{"primary", 50},
                            SpeedRow{"secondary", 40}, SpeedRow{"tertiary", 35}, SpeedRow{"unclassified", 30}};

} // namespace

const std::string_view corine_values =
    "{categories: {211: 1, 212: 1, 231: 0.9, 242: 0.9, 243: 0.8, 321: 0.9, 322: 0.8, 324: 0.7, 333: 0.9, 121: 0.6, "
    "133: 0.6, 311: 0.2, 312: 0.2, 313: 0.2, other: 0.1}}";

std::span<const CriterionRow> criterion_rows() {
    return criteria;
}

std::span<const ConstraintRow> constraint_rows() {
    return constraints;
}

std::span<const SpeedRow> speed_rows() {
    return speeds;
}

} // namespace zonerank::engine
