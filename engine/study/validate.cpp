// SPDX-License-Identifier: Apache-2.0
#include "engine/study/validate.hpp"

#include "engine/study/reading.hpp"
#include "engine/study/study_parts.hpp"

namespace zonerank::engine {

using layers::Node;
using layers::Problems;

static void check_way(const Section& section, const KnownSpec& known, bool has_sites) {
    const bool of_sites = section.find("sites") || (!known.on_map() && section.find("where"));
    const bool told = section.misspelt("source") || section.misspelt("sites") || section.find("source");
    if (known.on_map() && section.find("sites"))
        section.refuse("sites", "the zones come from `source` or `layer`; only one of the two can count");
    else if (!known.on_map() && !of_sites && !told)
        section.problems().error(known.mark, section.what() + ": expected `source` or `layer` with known zones, or "
                                                              "`sites` or `where` for some of the candidate sites");
    else if (of_sites && !has_sites)
        section.problems().error(known.mark,
                                 section.what() + ": the study has no sites to choose from; give a `source`");
    else if (section.find("sites") && section.find("where"))
        section.refuse("where", "the sites are named; only one of the two can count");
}

static KnownSpec read_known(const Node& node, const std::string& what, bool has_sites, Problems& problems) {
    KnownSpec known{.mark = node.key_mark};
    const Section section(node, what, keys_of("good"), problems);
    if (!node.is_map())
        return known;
    read_known_source(section, known);
    known.name_field = section.text("name");
    known.sites = section.texts("sites");
    if (const Node* sites = section.find("sites"); sites && sites->is_list() && sites->items.empty())
        section.problems().error(sites->mark, section.path("sites") + ": expected names of sites, found an empty list");
    if (!known.on_map())
        section.refuse("name", "the candidate sites have names");
    check_way(section, known, has_sites);
    return known;
}

ValidateSpec read_validate(const Node& node, bool has_sites, Problems& problems) {
    ValidateSpec validate{.mark = node.key_mark};
    const Section section(node, "validate", keys_of("validate"), problems);
    if (!node.is_map())
        return validate;
    if (const Node* good = section.need("good", "zones that do well: {source: data/zones.geojson}"))
        validate.good = read_known(*good, "validate: good", has_sites, problems);
    if (const Node* bad = section.find("bad"))
        validate.bad = read_known(*bad, "validate: bad", has_sites, problems);
    if (validate.bad && validate.bad->on_map() != validate.good.on_map() && problems.ok())
        problems.error(validate.bad->mark, "validate: bad: one of good and bad is ground on the map and the other "
                                           "candidate sites; both are to be the same");
    const std::size_t before = problems.failures();
    validate.cut = section.number("cut").value_or(validate.cut);
    if (problems.failures() == before && !(validate.cut > 0 && validate.cut <= 1))
        problems.error(section.find("cut")->mark, fmt::format("validate: cut: expected a score above 0, at most 1, "
                                                              "found '{}'",
                                                              layers::excerpt(section.text("cut"))));
    return validate;
}

} // namespace zonerank::engine
