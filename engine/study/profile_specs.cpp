// SPDX-License-Identifier: Apache-2.0
#include "engine/study/profile_specs.hpp"

#include "engine/study/reading.hpp"
#include "engine/study/study_parts.hpp"

#include <cmath>

namespace zonerank::engine {

using layers::Node;
using layers::Problems;

namespace {

constexpr double most = 100'000; // sites of an industry, industries of a site

int whole_number(const Section& section, std::string_view key, int fallback) {
    const std::size_t before = section.problems().failures();
    const double number = section.number(key).value_or(fallback);
    if (number >= 1 && number <= most && number == std::floor(number))
        return static_cast<int>(number);
    if (section.problems().failures() == before)
        section.problems().error(section.find(key)->mark,
                                 fmt::format("{}: expected a whole number from 1 to {:.0f}, found '{}'",
                                             section.path(key), most, layers::excerpt(section.text(key))));
    return fallback;
}

void read_need(const std::string& criterion, const Node& node, const std::string& what, ProfileSpec& profile,
               Problems& problems) {
    const std::vector<std::string> known{"at most", "at least"};
    const Section need(node, fmt::format("{}: needs: '{}'", what, criterion), known, problems);
    if (!node.is_map())
        return;
    if (node.entries.empty())
        problems.error(node.mark, need.what() + ": expected {at most: ...} or {at least: ...}, found nothing");
    for (const std::string& key : known)
        if (const Node* limit = need.find(key))
            profile.needs.push_back({criterion, key == "at least", *limit, node.key_mark});
}

void read_needs(const Section& section, ProfileSpec& profile) {
    const Node* needs = section.find("needs");
    if (needs && !needs->is_map())
        section.problems().error(needs->mark,
                                 fmt::format("{}: expected limits such as {{power: {{at most: 10 km}}}}, found {}",
                                             section.path("needs"), needs->kind_name()));
    else if (needs)
        for (const auto& [criterion, node] : needs->entries)
            read_need(criterion, node, section.what(), profile, section.problems());
}

void read_values(const Section& section, ProfileSpec& profile) {
    const Node* values = section.find("values");
    if (values && !values->is_map())
        section.problems().error(
            values->mark, fmt::format("{}: expected value functions such as {{water: {{linear: {{best: 0 km, worst: 3 "
                                      "km}}}}}}, found {}",
                                      section.path("values"), values->kind_name()));
    else if (values)
        for (const auto& [criterion, node] : values->entries)
            section.problems().guard(node.mark, fmt::format("{}: '{}'", section.path("values"), criterion), [&] {
                profile.values.emplace_back(criterion, layers::parse_choice(node));
                profile.value_marks.push_back(node.key_mark);
            });
}

ProfileSpec read_profile(const std::string& name, const Node& node, Problems& problems) {
    ProfileSpec profile{.name = name, .label = name, .mark = node.key_mark};
    const Section section(node, fmt::format("profile '{}'", name), keys_of("profile"), problems);
    if (!node.is_map())
        return profile;
    profile.label = section.text("label", name);
    profile.weights = section.choice("weights");
    read_needs(section, profile);
    read_values(section, profile);
    profile.sites = whole_number(section, "sites", 1);
    return profile;
}

} // namespace

std::vector<ProfileSpec> read_profiles(const Node& node, Problems& problems) {
    std::vector<ProfileSpec> profiles;
    if (!node.is_map() || node.entries.empty()) {
        problems.error(node.mark, fmt::format("profiles: expected a mapping of industries, found {}",
                                              node.is_map() ? "nothing" : node.kind_name()));
        return profiles;
    }
    for (const auto& [name, body] : node.entries)
        if (check_identifier("profile", name, body.key_mark, problems))
            profiles.push_back(read_profile(name, body, problems));
    return profiles;
}

AssignSpec read_assign(const Node& node, Problems& problems) {
    AssignSpec assign{.mark = node.key_mark};
    const Section section(node, "assign", keys_of("assign"), problems);
    if (!node.is_map())
        return assign;
    const Node* per_site = section.find("per site");
    if (per_site && per_site->is_map()) {
        const std::vector<std::string> known{"field"};
        const Section of(*per_site, "assign: per site", known, problems);
        of.need("field", "of the sites, with the number of industries that each takes");
        assign.field = of.text("field");
    } else if (per_site) {
        assign.per_site = whole_number(section, "per site", 1);
    }
    const std::vector<std::string> aims{"total score", "most placed"};
    const std::string aim = section.text("aim", aims.front());
    assign.aim = aim == aims[1] ? Aim::most_placed : Aim::total_score;
    if (aim != aims[0] && aim != aims[1])
        problems.error(section.find("aim")->mark, "assign: " + layers::unknown("aim", aim, aims));
    return assign;
}

} // namespace zonerank::engine
