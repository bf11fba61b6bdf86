// SPDX-License-Identifier: Apache-2.0
#include "engine/study/aggregating.hpp"
#include "engine/study/criteria.hpp"
#include "engine/study/criterion_reading.hpp"
#include "engine/study/group.hpp"

#include <algorithm>

namespace zonerank::engine {

using layers::Choice;
using layers::Node;
using layers::Params;
using layers::Problems;
using layers::Sources;

namespace {

class DecisionReader {
public:
    DecisionReader(const Study& study, const Sources& sources, Problems& problems)
        : m_study(study), m_sources(sources), m_problems(problems) {}

    Decision read() {
        m_decision.known = m_study.known;
        // One criterion alone is not put together with what the aggregation may name.
        const Choice choice = m_study.asked ? Study{}.aggregate : m_study.aggregate;
        m_shared = read_aggregation(choice, "aggregate", m_problems);
        Group group{"criteria", {}, {}, m_study.weights, m_study.weights ? m_study.weights->mark : layers::Mark{},
                    true};
        for (const ThemeSpec& theme : m_study.themes) {
            add_theme(theme);
            group.members.push_back(theme.name);
            group.beside.push_back(theme.weight);
            if (!group.mark.line)
                group.mark = theme.mark;
        }
        weigh_into(group, m_decision.weighing, m_decision.weights_mark);
        m_decision.share_out();
        check_weights();
        check_awaited();
        aggregate();
        check_left_out();
        return std::move(m_decision);
    }

private:
    /// Last, when all that a group's members are is known.
    void aggregate() {
        if (!m_problems.ok())
            return;
        Membership all;
        for (std::size_t t = 0; t < m_decision.themes.size(); ++t) {
            Theme& theme = m_decision.themes[t];
            Membership group;
            for (const std::size_t i : theme.members)
                group.members.push_back(as_member(m_decision.criteria[i]));
            make(m_own[t], std::move(group), theme.aggregation, theme.aggregation_name);
            all.members.push_back(as_member(theme));
        }
        make({}, std::move(all), m_decision.aggregation, m_decision.aggregation_name);
    }

    /// From the group's own choice, or the study's.
    void make(const std::optional<AggregationChoice>& own, Membership group, Aggregation& aggregation,
              std::string& name) {
        const AggregationChoice& choice = own ? *own : *m_shared;
        group.shared = !own;
        if (!own)
            group.elsewhere = all_names();
        const std::size_t before = m_problems.failures();
        if (own || !m_shared_failed) // what is wrong with the groups' common choice is told once
            aggregation = make_aggregation(choice, group, m_problems);
        m_shared_failed = m_shared_failed || (!own && m_problems.failures() > before);
        name = choice.kind->name;
    }

    std::vector<std::string> all_names() const {
        std::vector<std::string> names;
        for (const Theme& theme : m_decision.themes)
            names.push_back(theme.name);
        for (const Criterion& criterion : m_decision.criteria)
            names.push_back(criterion.name);
        return names;
    }

    void weigh_into(const Group& group, Weighing& weighing, layers::Mark& mark) {
        mark = group.weights ? group.weights->mark : group.mark;
        m_problems.guard(mark, group.what + ": weights", [&] { weighing = weigh(group); });
        for (const std::string& warning : weighing.warnings)
            m_problems.warning(group.mark, fmt::format("{}: weights: {}", group.what, warning));
    }

    void add_theme(const ThemeSpec& spec) {
        Theme theme{.name = spec.name, .label = spec.label};
        const std::string what = fmt::format("theme '{}'", spec.name);
        m_own.push_back(spec.aggregate ? read_aggregation(*spec.aggregate, what + ": aggregate", m_problems)
                                       : std::nullopt);
        Group group{what, {}, {}, spec.weights, spec.mark};
        for (const CriterionSpec& criterion : spec.criteria) {
            theme.members.push_back(m_decision.criteria.size());
            group.members.push_back(criterion.name);
            group.beside.push_back(criterion.weight);
            m_decision.criteria.push_back(read_criterion(criterion, m_study, m_sources, m_problems));
        }
        if (!group.members.empty())
            weigh_into(group, theme.weighing, theme.weights_mark);
        m_decision.themes.push_back(std::move(theme));
    }

    void check_weights() {
        const bool map =
            std::ranges::any_of(m_decision.criteria, [](const Criterion& c) { return c.on_map() && c.weight > 0; });
        if (m_problems.ok() && !map && m_study.asked)
            for (const Criterion& criterion : m_decision.criteria)
                m_problems.error(criterion.mark,
                                 fmt::format("criterion '{}' is a field of the sites and measures no ground; "
                                             "ranking.csv has it",
                                             criterion.name));
        else if (m_problems.ok() && !map)
            m_problems.error(m_study.criteria_mark,
                             "criteria: none with a weight can be mapped; a study needs one at least");
    }

    /// Weights that follow from the sites are found before anything depends on weights.
    void check_awaited() {
        const std::optional<layers::Mark> mark = m_decision.awaits_sites();
        if (!mark || m_study.asked)
            return;
        if (!m_study.sites)
            m_problems.error(*mark, "weights: these follow from the sites, and there are no `sites`");
        for (const Criterion& criterion : m_decision.criteria)
            if (criterion.missing.policy == Missing::Policy::leave_out)
                m_problems.error(*mark,
                                 fmt::format("weights: these follow from the sites, so that '{}' can't be left out by "
                                             "its weight; say what else its missing data are worth",
                                             criterion.name));
    }

    void check_left_out() {
        if (!m_problems.ok())
            return;
        for (const Theme& theme : m_decision.themes)
            for (const std::size_t i : theme.members)
                if (m_decision.criteria[i].missing.policy == Missing::Policy::leave_out &&
                    !(theme.aggregation.allows_gaps && m_decision.aggregation.allows_gaps))
                    m_problems.error(m_decision.criteria[i].mark,
                                     fmt::format("criterion '{}': missing: leave out does not go with {}, by which "
                                                 "fewer values give a higher or "
                                                 "lower score",
                                                 m_decision.criteria[i].name,
                                                 theme.aggregation.allows_gaps ? m_decision.aggregation_name
                                                                               : theme.aggregation_name));
    }

    const Study& m_study;
    const Sources& m_sources;
    Problems& m_problems;
    Decision m_decision;
    std::optional<AggregationChoice> m_shared; ///< the study's
    bool m_shared_failed = false;
    std::vector<std::optional<AggregationChoice>> m_own; ///< of the themes; none: the study's
};

} // namespace

Decision read_decision(const Study& study, const Sources& sources, Problems& problems) {
    return DecisionReader(study, sources, problems).read();
}

} // namespace zonerank::engine
