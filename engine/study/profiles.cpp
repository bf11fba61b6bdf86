// SPDX-License-Identifier: Apache-2.0
#include "engine/study/profiles.hpp"

#include "engine/study/group.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using layers::Node;
using layers::Problems;

bool Need::met_by(double measurement) const {
    const double rounding = 1e-6 * std::abs(limit);
    return at_least ? measurement >= limit - rounding : measurement <= limit + rounding;
}

namespace {

/// The names in a text: "power vs highway", "power > highway, water", "power".
std::vector<std::string> names_in(std::string text) {
    for (const std::string_view between : {" vs ", " = ", ">", "~"})
        for (std::size_t at = text.find(between); at != text.npos; at = text.find(between))
            text.replace(at, between.size(), ",");
    std::vector<std::string> names;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(',', from), text.size());
        const std::size_t first = std::min(text.find_first_not_of(' ', from), to);
        const std::size_t last = text.find_last_not_of(' ', to == 0 ? 0 : to - 1);
        if (first < to && last != text.npos && last >= first)
            names.push_back(text.substr(first, last - first + 1));
        from = to + 1;
    }
    return names;
}

void add_names(const Node& node, std::vector<std::string>& names) {
    const auto add = [&](const std::string& text) {
        for (std::string& name : names_in(text))
            names.push_back(std::move(name));
    };
    if (node.is_scalar())
        add(node.text);
    for (const Node& item : node.items)
        add_names(item, names);
    for (const auto& [key, value] : node.entries) {
        add(key);
        add_names(value, names);
    }
}

class ProfileReader {
public:
    ProfileReader(const Decision& decision, Problems& problems) : m_decision(decision), m_problems(problems) {
        for (const Criterion& criterion : decision.criteria)
            m_names.push_back(criterion.name);
    }

    Profile read(const ProfileSpec& spec) {
        Profile profile{.name = spec.name, .label = spec.label, .sites = spec.sites, .mark = spec.mark};
        m_what = fmt::format("profile '{}'", spec.name);
        read_weights(spec, profile);
        for (const NeedSpec& need : spec.needs)
            read_need(need, profile);
        check_gaps(spec, profile);
        for (std::size_t i = 0; i < spec.values.size(); ++i)
            read_value(spec.values[i].first, spec.values[i].second, spec.value_marks[i], profile);
        return profile;
    }

private:
    std::size_t number_of(const std::string& name) const {
        return static_cast<std::size_t>(std::ranges::find(m_names, name) - m_names.begin());
    }

    /// The criterion's number; where there is none it's told, and m_names.size().
    std::size_t criterion(const std::string& name, const layers::Mark& mark, const std::string& what) {
        const std::size_t number = number_of(name);
        if (number == m_names.size())
            m_problems.error(mark, fmt::format("{}: {}", what, layers::unknown("criterion", name, m_names)));
        return number;
    }

    /// Those that the weights name, in the study's order; all where none is named.
    std::vector<std::string> weighed(const layers::Choice& weights) const {
        std::vector<std::string> said, members;
        add_names(weights.body, said);
        for (const std::string& name : m_names)
            if (std::ranges::find(said, name) != said.end())
                members.push_back(name);
        return members.empty() ? m_names : members;
    }

    static bool is_one_of(std::string_view kind, std::initializer_list<std::string_view> kinds) {
        return std::ranges::find(kinds, kind) != kinds.end();
    }

    /// Tells of each name in a text that is no criterion's.
    void are_criteria(const std::string& text, const layers::Mark& mark, const std::string& what) {
        for (const std::string& name : names_in(text))
            criterion(name, mark, what);
    }

    /// Of all criteria the nearest, where the method knows only those that are named.
    bool are_known(const layers::Choice& weights, const std::string& what) {
        const std::size_t before = m_problems.failures();
        if (weights.body.is_map())
            for (const auto& [key, node] : weights.body.entries)
                if (is_one_of(weights.kind, {"direct", "points", "swing", "fixed"}) || key.find(" vs ") != key.npos)
                    are_criteria(key, node.key_mark, what);
        if (is_one_of(weights.kind, {"rank order centroid", "rank sum", "rank reciprocal", "order"}))
            for (const Node& item : weights.body.items)
                if (item.is_scalar())
                    are_criteria(item.text, item.mark, what);
        return m_problems.failures() == before;
    }

    void read_weights(const ProfileSpec& spec, Profile& profile) {
        profile.weighing = "the study's";
        if (!spec.weights || !are_known(*spec.weights, m_what + ": weights"))
            return;
        m_problems.guard(spec.weights->mark, m_what + ": weights", [&] {
            const Group group{m_what, weighed(*spec.weights), {}, spec.weights, spec.mark};
            const Weighing weighing = weigh(group);
            if (weighing.later)
                throw Error("{} weights follow from all sites and are the study's alone; give an industry's own, such "
                            "as {{direct: {{power: 30, highway: 20}}}}",
                            spec.weights->kind);
            profile.weights.assign(m_names.size(), 0);
            for (std::size_t i = 0; i < group.members.size(); ++i)
                profile.weights[number_of(group.members[i])] = weighing.weights[i];
            profile.weighing = weighing.summary;
            for (const std::string& warning : weighing.warnings)
                m_problems.warning(spec.weights->mark, fmt::format("{}: weights: {}", m_what, warning));
        });
    }

    /// Throws Error for a limit that says nothing of what is measured.
    static void check_limit(const Criterion& of, const Need& need) {
        const std::optional<double> farthest = of.limit();
        if (!farthest || need.limit < *farthest || (need.at_least && need.limit == *farthest))
            return;
        throw Error("what is farther than {:g} {} is measured as that (the measure's `limit`); take less, or a larger "
                    "limit",
                    layers::shown_in(of.shown, *farthest), of.shown.name);
    }

    void read_need(const NeedSpec& spec, Profile& profile) {
        const std::string what = fmt::format("{}: needs", m_what);
        const std::size_t number = criterion(spec.criterion, spec.mark, what);
        if (number == m_names.size())
            return;
        const Criterion& of = m_decision.criteria[number];
        if (of.on_map() && !of.measure.kind)
            return; // what it measures is wrong, and told: nothing is known of its unit
        const bool share = of.site.kind == SiteRule::Kind::share;
        m_problems.guard(spec.limit.mark, fmt::format("{}: '{}'", what, spec.criterion), [&] {
            if (of.on_map() && of.measure.kind && of.measure.kind->make.of_classes && !share)
                throw Error("classes have no order to set a limit in");
            if (!spec.limit.is_scalar())
                throw Error("expected a measurement, found {}", spec.limit.kind_name());
            const layers::Unit unit = share ? layers::unit_called("%") : of.unit;
            profile.needs.push_back(
                {number, spec.at_least, layers::convert(layers::parse_quantity(spec.limit.text), unit)});
            check_limit(of, profile.needs.back());
        });
    }

    /// Tells of needs that no measurement meets: at least 5 km, at most 1 km.
    void check_gaps(const ProfileSpec& spec, const Profile& profile) {
        for (const Need& least : profile.needs)
            for (const Need& most : profile.needs)
                if (least.criterion == most.criterion && least.at_least && !most.at_least && least.limit > most.limit)
                    m_problems.error(spec.mark, fmt::format("{}: needs: '{}': what is wanted at least is more than "
                                                            "what is wanted at most; no site fits",
                                                            m_what, m_names[least.criterion]));
    }

    /// A map's measurements are checked in the run, and an industry's own functions are not for maps.
    static bool stops_beyond_its_ends(const layers::Choice& choice) {
        const Node* beyond = choice.body.find("beyond");
        return beyond && beyond->text == "error";
    }

    void read_value(const std::string& name, const layers::Choice& choice, const layers::Mark& mark, Profile& profile) {
        const std::string what = fmt::format("{}: values: '{}'", m_what, name);
        const std::size_t number = criterion(name, mark, m_what + ": values");
        if (number == m_names.size() || !m_decision.criteria[number].value_kind)
            return;
        OwnValue own{number, m_decision.criteria[number]};
        if (!engine::read_value(choice, what, own.as, m_problems))
            return;
        if (own.as.value_kind->need == layers::Need::facts)
            m_problems.error(choice.mark, fmt::format("{}: {} goes by the map's range; an industry's own value "
                                                      "function has the site's measurement alone",
                                                      what, own.as.value_kind->name));
        else if (stops_beyond_its_ends(choice))
            m_problems.error(choice.mark,
                             fmt::format("{}: `beyond: error` is for the map's measurements; an industry's "
                                         "own value function takes clip or extrapolate",
                                         what));
        else
            profile.values.push_back(std::move(own));
    }

    const Decision& m_decision;
    Problems& m_problems;
    std::vector<std::string> m_names;
    std::string m_what;
};

} // namespace

std::vector<Profile> check_profiles(const Study& study, const Decision& decision, Problems& problems) {
    ProfileReader reader(decision, problems);
    std::vector<Profile> profiles;
    for (const ProfileSpec& spec : study.profiles)
        profiles.push_back(reader.read(spec));
    return profiles;
}

} // namespace zonerank::engine
