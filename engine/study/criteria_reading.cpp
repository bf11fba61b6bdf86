// SPDX-License-Identifier: Apache-2.0
#include "engine/study/aggregating.hpp"
#include "engine/study/criteria.hpp"
#include "engine/study/group.hpp"
#include "engine/study/stability.hpp"

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

using layers::Choice;
using layers::Node;
using layers::Params;
using layers::Problems;
using layers::Sources;

namespace {

/// Throws Error for a value function that the measurements can't have.
void check_fit(const ValueKind& kind, const Criterion& criterion) {
    const bool share = criterion.site.kind == SiteRule::Kind::share;
    const bool categories = kind.name == "categories";
    if (criterion.on_map() && criterion.measure.kind->make.of_classes && !share && !categories)
        throw Error("classes have no order, and {} needs one; use categories", kind.name);
    if (categories && (share || criterion.unit.dimension == layers::Dimension::length))
        throw Error("categories values classes, not {}; use piecewise or step", share ? "shares" : "lengths");
}

/// Throws Error for one that needs a map where there is none.
void check_map(const Criterion& criterion) {
    const bool share = criterion.site.kind == SiteRule::Kind::share;
    if (criterion.needs_facts() && (share || !criterion.on_map()))
        throw Error("{} needs the map's range, and {} has none", criterion.value_kind->name,
                    share ? "a share" : "a field of the sites");
}

/// Throws Error for a value that depends on what a measure's limit hides.
void check_far_end(const Criterion& criterion, const ValueFunction& function) {
    constexpr double flat = 0.01;
    const std::optional<double> limit = criterion.limit();
    if (!limit || criterion.needs_facts())
        return;
    const double there = function.of(*limit), far = function.of(HUGE_VAL);
    if (std::abs(there - far) > flat)
        throw Error("is {:.3g} at the measure's `limit` and goes on to {:.3g} beyond it, where all is measured as the "
                    "limit; take a larger limit, or a function that ends there",
                    there, far);
}

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
            m_decision.criteria.push_back(read_criterion(criterion));
        }
        if (!group.members.empty())
            weigh_into(group, theme.weighing, theme.weights_mark);
        m_decision.themes.push_back(std::move(theme));
    }

    Criterion read_criterion(const CriterionSpec& spec) {
        Criterion criterion{.name = spec.name,
                            .label = spec.label,
                            .theme = spec.theme,
                            .missing = spec.missing,
                            .site = spec.site,
                            .mark = spec.mark};
        const std::string what = fmt::format("criterion '{}'", spec.name);
        const bool measured = !spec.measure.kind.empty() && read_measurement(spec.measure, what, criterion);
        if (!is_known(spec.value, what) || !measured)
            return criterion;
        criterion.shown = criterion.unit;
        if (spec.site.kind == SiteRule::Kind::share && !read_share(what, criterion))
            return criterion;
        read_value(spec.value, what, criterion);
        check_site_rule(what, criterion);
        if (spec.uncertainty)
            read_uncertainty_of(*spec.uncertainty, what, criterion);
        return criterion;
    }

    /// An empty kind was told when the study was read.
    bool is_known(const Choice& value, const std::string& what) {
        return !value.kind.empty() && m_problems.guard(value.mark, what + ": value", [&] {
            layers::find(value_functions(), "value function", value.kind);
        });
    }

    bool read_measurement(const Choice& choice, const std::string& what, Criterion& criterion) {
        if (choice.kind == site_field_kind().name) {
            const Params params(choice.body, site_field_kind().parameters, {}, what + ": site field", m_problems);
            criterion.site_field = params.text("field");
            criterion.unit = layers::unit_called(params.text("unit"));
            if (!m_study.sites)
                m_problems.error(choice.mark, what + ": a site field needs `sites`");
            return !criterion.site_field.empty();
        }
        const auto measure = layers::read_measure(choice, m_sources, what, m_problems);
        if (!measure)
            return false;
        criterion.measure = *measure;
        criterion.unit = measure->unit;
        return true;
    }

    bool read_share(const std::string& what, Criterion& criterion) {
        return m_problems.guard(criterion.site.limit->mark, what + ": site: share", [&] {
            const layers::Quantity limit = layers::parse_quantity(criterion.site.limit->text);
            criterion.site_limit = layers::convert(limit, criterion.unit);
        });
    }

    void read_value(const Choice& choice, const std::string& what, Criterion& criterion) {
        if (engine::read_value(choice, what, criterion, m_problems) && criterion.needs_facts() && !m_study.asked)
            m_problems.warning(
                choice.mark, fmt::format("{}: {} depends on the map's own range: scores of two areas can't be compared",
                                         what, criterion.value_kind->name));
    }

    void read_uncertainty_of(const Choice& choice, const std::string& what, Criterion& criterion) {
        m_problems.guard(choice.mark, what + ": uncertainty", [&] {
            const bool share = criterion.site.kind == SiteRule::Kind::share;
            if (!share && criterion.on_map() && criterion.measure.kind->make.of_classes)
                throw Error("a class has no deviation");
            criterion.uncertainty = read_uncertainty(choice, share ? layers::unit_called("%") : criterion.unit);
        });
    }

    void check_site_rule(const std::string& what, const Criterion& criterion) {
        const bool edge = criterion.site.kind == SiteRule::Kind::edge;
        const bool mean = criterion.site.kind == SiteRule::Kind::mean;
        if (!mean && !edge && criterion.on_map() && criterion.measure.kind->make.of_classes)
            m_problems.error(criterion.mark, what + ": site: classes have no order to go by");
        if (edge && criterion.on_map() && !criterion.measure.kind->make.of_outlines)
            m_problems.error(
                criterion.mark,
                fmt::format("{}: site: edge is the distance from the site's own outline; its measure is {}", what,
                            criterion.measure.kind->name));
        if (!criterion.on_map() && criterion.site.kind != SiteRule::Kind::mean)
            m_problems.error(criterion.mark, what + ": site: a field of the sites has no cells to take a rule of");
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

bool read_value(const Choice& choice, const std::string& what, Criterion& criterion, Problems& problems) {
    const std::size_t before = problems.failures();
    problems.guard(choice.mark, what + ": value", [&] {
        const ValueKind& kind = layers::find(value_functions(), "value function", choice.kind);
        check_fit(kind, criterion);
        const bool share = criterion.site.kind == SiteRule::Kind::share;
        const layers::Unit anchor = share ? layers::unit_called("%") : criterion.unit;
        criterion.value_params =
            Params(choice.body, kind.parameters, anchor, fmt::format("{}: {}", what, kind.name), problems);
        criterion.value_kind = &kind;
        if (criterion.value_params.shown().dimension != layers::Dimension::number)
            criterion.shown = criterion.value_params.shown();
        check_map(criterion);
        if (problems.failures() == before)
            check_far_end(criterion, criterion.function({.facts = {0, 1}, .opened = false}));
    });
    return problems.failures() == before;
}

Decision read_decision(const Study& study, const Sources& sources, Problems& problems) {
    return DecisionReader(study, sources, problems).read();
}

} // namespace zonerank::engine
