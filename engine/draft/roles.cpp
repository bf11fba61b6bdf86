// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/roles.hpp"

#include <algorithm>
#include <array>

namespace zonerank::engine {

namespace {

constexpr RoleGeometry points{.points = true}, lines{.lines = true}, polygons{.polygons = true}, raster{.raster = true},
    places{.points = true, .polygons = true}, mains{.points = true, .lines = true};

// Codes of ESA WorldCover (10 to 100) and of CORINE's third level (111 to 523).
bool is_worldcover(const rasters::Glance& glance) {
    constexpr std::array codes{0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100};
    return glance.whole && glance.classes.size() >= 3 && glance.classes.back() >= 40 &&
           std::ranges::all_of(glance.classes, [&](int code) { return std::ranges::find(codes, code) != codes.end(); });
}

bool is_corine(const rasters::Glance& glance) {
    const auto fits = [](int code) { return code >= 111 && code <= 523 && code % 10 > 0 && code / 10 % 10 > 0; };
    return glance.whole && glance.classes.size() >= 3 && std::ranges::all_of(glance.classes, fits);
}

/// Coarser ones say nothing of slopes.
bool shows_slopes(const rasters::RasterInfo& info) {
    constexpr double most = 1000, metres_per_degree = 111'000;
    return info.cell_x * (info.crs.geographic ? metres_per_degree : info.crs.metres_per_unit) <= most;
}

bool is_relief(const rasters::Glance& glance) {
    return shows_slopes(glance.info) && glance.info.values == rasters::Values::continuous && glance.least >= -500 &&
           glance.most <= 9000 && glance.most - glance.least > 2 && !is_worldcover(glance) && !is_corine(glance);
}

constexpr std::string_view population = "population pop einwohner habitants poblacion populacao bevolkerung people";

constexpr std::array table{
    Role{.name = "substations",
         .what = "substations or power plants",
         .geometry = places,
         .words = "substation grid_station power_station power_plant powerplant umspannwerk kraftwerk "
                  "poste_electrique subestacion",
         .without = "line cable",
         .values = "substation sub_station power=plant power=substation power=station"},
    Role{.name = "gas mains",
         .what = "gas mains or their stations",
         .geometry = mains,
         .words = "gas_main gas_pipeline gas_line gas_network gaspipeline gasleitung gasnetz gasoduc gasoducto",
         .values = "substance=gas"},
    Role{.name = "rivers",
         .what = "rivers and canals",
         .geometry = lines,
         .words = "river waterway canal hydrograph watercourse fluss fluesse gewässer gewaesser riviere rivière "
                  "cours_d_eau rio rios nehr دریا نہر",
         .values = "river canal"},
    Role{.name = "lakes",
         .what = "lakes, reservoirs and wide rivers",
         .geometry = polygons,
         .words = "water lake reservoir see seen gewässer gewaesser wasser lac lacs lago embalse plan_d_eau",
         .without = "shed catchment works supply",
         .values = "lake reservoir river riverbank lagoon natural=water water=lake water=reservoir water"},
    Role{.name = "motorways",
         .what = "motorways",
         .geometry = lines,
         .words = "motorway autobahn autoroute autopista autostrada expressway freeway",
         .values = "motorway motorway_link freeway expressway interstate"},
    Role{.name = "main roads",
         .what = "motorways, trunk and primary roads",
         .geometry = lines,
         .words =
             "road highway street main_road hauptstrass bundesstrass strasse straße route carretera strada дорог 道路",
         .without = "minor local track service foot cycle path residential air shipping",
         .values = "motorway trunk primary motorway_link trunk_link primary_link"},
    Role{.name = "roads",
         .what = "roads that trucks can use",
         .geometry = lines,
         .words = "road highway street strasse straße route carretera strada дорог 道路",
         .without = "track foot cycle path air shipping",
         .values = "motorway trunk primary secondary tertiary unclassified motorway_link trunk_link primary_link "
                   "secondary_link tertiary_link"},
    Role{.name = "rail",
         .what = "railways",
         .geometry = lines,
         .words = "rail bahn gleis chemin_de_fer voie_ferree ferrocarril ferrovi kolej eisenbahn train_line",
         .without = "station stop subway tram guard",
         .values = "rail narrow_gauge railway=rail railway=narrow_gauge"},
    Role{.name = "stations",
         .what = "railway stations",
         .geometry = places,
         .words =
             "railway_station train_station rail_station bahnhof gare gares estacion_de_tren freight_station goods",
         .without = "bus fuel petrol gas police",
         .values = "railway=station railway=yard"},
    Role{.name = "terrain",
         .what = "elevations",
         .geometry = raster,
         .words = "dem dtm dsm mnt dgm srtm elevation terrain relief hoehe altitude alos aster copernicus fabdem topo",
         .unit = "m",
         .raster = is_relief},
    Role{.name = "landcover",
         .what = "land cover with the codes of ESA WorldCover",
         .geometry = raster,
         .words = "landcover land_cover worldcover lulc landuse land_use",
         .raster = is_worldcover,
         .by_numbers = true},
    Role{.name = "corine",
         .what = "land cover with the codes of CORINE",
         .geometry = raster,
         .words = "corine clc landcover land_cover",
         .raster = is_corine,
         .by_numbers = true},
    Role{.name = "floodplains",
         .what = "flood plains",
         .geometry = polygons,
         .words = "flood hochwasser überschwemm ueberschwemm inondation inundacion",
         .values = "floodplain flood_plain hazard=flood"},
    Role{.name = "protected",
         .what = "protected areas",
         .geometry = polygons,
         .words = "protected nature_reserve reserve national_park schutzgebiet naturschutz aires_protegees "
                  "areas_protegidas wdpa natura_2000 conservation",
         .values = "nature_reserve national_park protected_area boundary=protected_area"},
    Role{.name = "homes",
         .what = "residential areas",
         .geometry = polygons,
         .words = "residential housing settlement wohn habitat built_up builtup village",
         .values = "residential"},
    Role{.name = "military",
         .what = "military areas",
         .geometry = polygons,
         .words = "military militär militaer militaire militar",
         .values = "military danger_area"},
    Role{.name = "wetlands",
         .what = "wetlands",
         .geometry = polygons,
         .words = "wetland marsh swamp feuchtgebiet zone_humide humedal",
         .values = "wetland marsh swamp"},
    Role{.name = "clusters", .what = "industrial clusters", .geometry = places, .words = "cluster"},
    Role{.name = "industry",
         .what = "industrial areas",
         .geometry = polygons,
         .words = "industr gewerbe zone_industrielle",
         .values = "industrial"},
    Role{.name = "towns",
         .what = "towns and villages with their people",
         .geometry = points,
         .words = "town place city cities village settlement ort orte localit ciudad ville villes",
         .field = population,
         .unit = "people"},
    Role{.name = "literacy",
         .what = "districts with their literacy",
         .geometry = polygons,
         .words = "",
         .field = "literacy lit_rate literate_share alphabet",
         .unit = "%"},
    Role{.name = "unemployment",
         .what = "districts with their unemployment",
         .geometry = polygons,
         .words = "",
         .field = "unemployment unemp_rate arbeitslosenquote chomage desempleo",
         .unit = "%"},
    Role{.name = "wages",
         .what = "districts with their wages",
         .geometry = polygons,
         .words = "",
         .field = "wage monthly_wage",
         .unit = "PKR/month"},
    Role{.name = "colleges",
         .what = "colleges and universities, as points",
         .geometry = points,
         .words = "college universit polytechnic tevta vocational hochschul berufsschul",
         .values = "college university"},
    Role{.name = "campuses",
         .what = "colleges and universities, as areas",
         .geometry = polygons,
         .words = "college universit polytechnic campus hochschul berufsschul",
         .values = "college university"},
    Role{.name = "dry ports",
         .what = "dry ports",
         .geometry = places,
         .words = "dry_port dryport inland_port container_depot icd gueterverkehrszentrum",
         .values = "dry_port"},
    Role{.name = "seaports",
         .what = "seaports",
         .geometry = places,
         .words = "seaport sea_port port ports harbour harbor hafen haefen puerto puertos",
         .without = "airport dry inland",
         .values = "harbour harbor industrial=port"},
    Role{.name = "airports",
         .what = "airports",
         .geometry = places,
         .words = "airport aerodrome airfield flughaf aeroport aéroport aeropuerto",
         .values = "aerodrome airport aeroway=aerodrome",
         .only = "scheduled=TRUE scheduled=yes iata iata_code"},
    Role{.name = "cities",
         .what = "large cities",
         .geometry = points,
         .words = "large_cities big_cities grossstaedte metropol",
         .values = "city place=city"},
    Role{.name = "border crossings",
         .what = "border crossings",
         .geometry = points,
         .words = "border_crossing border_post border_control grenzuebergang",
         .values = "border_control barrier=border_control"},
    Role{.name = "sites",
         .what = "candidate sites",
         .geometry = places,
         .words = "site sites candidate sez sezs zones plots parcels standort parzelle emplacement",
         .without = "heritage camp power"},
    Role{.name = "districts",
         .what = "districts",
         .geometry = polygons,
         .words = "district tehsil taluk county counties admin municip province kreis gemeinde commune departement "
                  "states state region",
         .without = "residential"},
    Role{.name = "area",
         .what = "the study area",
         .geometry = polygons,
         .words = "study_area project_area area_of_interest aoi perimeter untersuchungsgebiet perimetre extent"},
};

} // namespace

std::span<const Role> roles() {
    return table;
}

} // namespace zonerank::engine
