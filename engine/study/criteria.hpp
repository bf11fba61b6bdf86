// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/aggregation.hpp"
#include "engine/decision/value_function.hpp"
#include "engine/stability/uncertainty.hpp"
#include "engine/study/study.hpp"
#include "engine/weights/weights.hpp"
#include "layers/layer.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A criterion with its words checked: kinds found, parameters read.
struct Criterion {
    std::string name, label, theme;
    layers::Measure measure; ///< kind is null for a field of the sites
    std::string site_field;  ///< the sites' field that is the measurement; such a criterion has no map
    layers::Unit unit;       ///< base unit of the measurement
    layers::Unit shown;      ///< the unit in which the study writes it
    const ValueKind* value_kind = nullptr;
    layers::Params value_params;
    Missing missing;
    SiteRule site;
    double site_limit = 0;                    ///< of SiteRule::Kind::share, base units
    double weight = 0;                        ///< of the whole study
    std::optional<Uncertainty> uncertainty{}; ///< of its measurements
    layers::Mark mark;

    bool on_map() const { return site_field.empty(); }
    ValueFunction function(const Measured& measured) const { return value_kind->make(value_params, measured); }
    /// Whether its value depends on the whole map.
    bool needs_facts() const { return engine::needs_facts(*value_kind, value_params); }
    /// SiteRule::Kind::share measures in percent whatever the cells measure in.
    layers::Unit matrix_unit() const;
    layers::Unit map_unit() const; ///< of a cell's measurement: a base unit, or % of a share
    /// The measurement that stands for all that is farther, in base units; none: nothing does.
    std::optional<double> limit() const;
};

/// A theme: some of the criteria, and how they fold into one value.
struct Theme {
    std::string name, label;
    std::vector<std::size_t> members; ///< indices into Decision::criteria
    Weighing weighing;                ///< of the members
    layers::Mark weights_mark;        ///< where the study says so
    Aggregation aggregation;
    std::string aggregation_name;

    /// Of one row of values of all criteria. NaN: left out.
    double score(std::span<const double> values) const;
};

/// How a study decides: criteria in themes, weights, aggregations.
struct Decision {
    std::vector<Criterion> criteria; ///< in the study's order
    std::vector<Theme> themes;
    Weighing weighing; ///< of the themes
    layers::Mark weights_mark;
    Aggregation aggregation;
    std::string aggregation_name;
    double known = 0.7; ///< least share of the weight that `leave out` may leave

    /// Gives each criterion its weight of the whole, once those of the groups are known.
    void share_out();

    /// Where the first weights stand that follow from the sites and aren't known yet.
    std::optional<layers::Mark> awaits_sites() const;

    bool additive() const; ///< every aggregation on the way is: contributions exist

    /// The score of one row of values (one per criterion, NaN: left out).
    double score(std::span<const double> values) const;
    /// The same with other weights: one per criterion, on any scale; a theme weighs what its criteria do.
    double score(std::span<const double> values, std::span<const double> weights) const;

    /// weight x value of each criterion in that score; they add up to it. Needs additive().
    std::vector<double> parts(std::span<const double> values) const;
};

/// The criteria as the decision matrix has them, with the base units of its measurements.
std::vector<MatrixCriterion> matrix_criteria(const Decision& decision);

/// A row that `zonerank list measures` shows beside the layers' own: a field of
/// the sites as a measurement.
const layers::MeasureKind& site_field_kind();

/// Reads a criterion's value function; its measurement and site rule are there. What is
/// wrong goes to `problems`, as "what: value: ...". Returns whether it is good.
bool read_value(const layers::Choice& choice, const std::string& what, Criterion& criterion,
                layers::Problems& problems);

/// Checks a study's criteria and weights against its layers. Everything wrong
/// goes to `problems`; the result is only good while they stay ok.
Decision read_decision(const Study& study, const layers::Sources& sources, layers::Problems& problems);

} // namespace zonerank::engine
