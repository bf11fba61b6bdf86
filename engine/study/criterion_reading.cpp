// SPDX-License-Identifier: Apache-2.0
#include "engine/study/criterion_reading.hpp"

#include "engine/study/stability.hpp"

#include <cmath>

namespace zonerank::engine {

using layers::Choice;
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

class CriterionReader {
public:
    CriterionReader(const Study& study, const Sources& sources, Problems& problems)
        : m_study(study), m_sources(sources), m_problems(problems) {}

    Criterion read(const CriterionSpec& spec) {
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

private:
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

    const Study& m_study;
    const Sources& m_sources;
    Problems& m_problems;
};

} // namespace

Criterion read_criterion(const CriterionSpec& spec, const Study& study, const Sources& sources, Problems& problems) {
    return CriterionReader(study, sources, problems).read(spec);
}

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

} // namespace zonerank::engine
