// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft.hpp"

#include "engine/draft/draft_rows.hpp"
#include "engine/draft/site_names.hpp"
#include "engine/draft/yaml_word.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

using rasters::Box;

namespace {

constexpr double wanted_cells = 1e6, most_friction_cells = 3e6, coarsest_friction = 1000, large_city = 500'000;
constexpr std::int64_t many_targets = 200;

std::string with_percents_as_shares(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t percent = text.find(" %", i);
        const std::size_t digits =
            percent == text.npos ? percent : text.find_last_not_of("0123456789.", percent - 1) + 1;
        if (percent == text.npos)
            return result + std::string(text.substr(i));
        result += text.substr(i, digits - i);
        result += fmt::format("{:g}", std::stod(std::string(text.substr(digits, percent - digits))) / 100);
        i = percent + 2;
    }
    return result;
}

/// "distance" of "{distance: {to: $rail}}".
std::string_view kind_of(std::string_view choice) {
    return choice.substr(1, choice.find(':') - 1);
}

class Drafter {
public:
    Drafter(const Wishes& wishes, const FoundData& data, const rasters::Access& access)
        : m_wishes(wishes), m_data(data), m_access(access), m_guesses(best_guesses(data.layers)) {}

    Draft draft() {
        if (m_data.layers.empty())
            throw Error(
                "no map layer was found; it takes GeoPackages, shapefiles, GeoJSON, OSM files, GeoTIFFs and the "
                "like{}",
                m_data.skipped.empty() ? "" : fmt::format(" ({})", skipped_text()));
        add_cities();
        m_draft.area = draft_area(m_wishes, m_guesses, m_data, m_access);
        m_draft.sites = with_names(draft_sites(m_wishes, m_draft.area, m_guesses, m_access),
                                   m_wishes.study.parent_path(), m_data.layers, m_access);
        drop_what_is_elsewhere();
        m_draft.cell = m_wishes.cell.value_or(round_cell(m_draft.area.lonlat, wanted_cells));
        m_draft.cells = cells_in(m_draft.area.lonlat, m_draft.cell);
        plan_friction();
        add_criteria();
        add_constraints();
        finish_layers();
        return std::move(m_draft);
    }

private:
    std::string skipped_text() const {
        const SkippedFile& first = m_data.skipped.front();
        return fmt::format("{}: {}{}", first.path.filename().string(), first.why,
                           m_data.skipped.size() > 1 ? fmt::format("; {} more", m_data.skipped.size() - 1) : "");
    }

    const Guess* found(std::string_view role) const {
        const auto it = std::ranges::find_if(m_guesses, [&](const Guess& g) { return g.role->name == role; });
        return it == m_guesses.end() ? nullptr : &*it;
    }

    /// Where no class says so, the towns with many people are the large cities.
    void add_cities() {
        const Guess* towns = found("towns");
        if (!towns || found("cities"))
            return;
        const auto field = std::ranges::find(towns->layer->survey.fields, towns->field, &layers::FieldSurvey::name);
        if (field == towns->layer->survey.fields.end() || field->most < large_city)
            return;
        Guess cities = *towns;
        cities.role = &role_called("cities");
        cities.where = fmt::format("{} >= {:.0f}", where_field(towns->field), large_city);
        m_guesses.push_back(std::move(cities));
    }

    /// A raster of another country would leave all of the study without data, and so
    /// would the polygons of other districts. What is measured to may lie beyond.
    void drop_what_is_elsewhere() {
        const Box box = m_draft.area.lonlat;
        std::erase_if(m_guesses, [&](const Guess& guess) {
            const bool over_the_ground = guess.layer->raster || !guess.role->field.empty();
            return over_the_ground && (guess.layer->lonlat.empty() || !guess.layer->lonlat.intersects(box));
        });
    }

    /// The layer of a role in the study: one that has the same features already, or a new one.
    std::string use(std::string_view role, std::string_view by) {
        const Guess& guess = *found(role);
        auto it = std::ranges::find_if(m_draft.layers, [&](const DraftLayer& layer) {
            return layer.guess.layer == guess.layer && layer.guess.where == guess.where &&
                   layer.guess.role->unit == guess.role->unit;
        });
        if (it == m_draft.layers.end()) {
            m_draft.layers.push_back({.guess = guess});
            it = m_draft.layers.end() - 1;
        }
        it->uses.emplace_back(by);
        return std::string(it->name());
    }

    bool reaches_far(const Guess& guess, const Box& area) const {
        Box all = area;
        all.add(guess.layer->lonlat);
        return round_cell(all, wanted_cells) > coarsest_friction ||
               cells_in(all, m_draft.friction.cell) > most_friction_cells;
    }

    bool is_timed(const CriterionRow& row) const {
        const Guess* guess = row.timed.empty() ? nullptr : found(row.roles.front());
        return guess && !m_draft.friction.class_field.empty() && !reaches_far(*guess, m_draft.area.lonlat);
    }

    void plan_friction() {
        const Guess* roads = found("roads");
        if (!roads || roads->class_field.empty() || m_draft.area.lonlat.xmax < m_draft.area.lonlat.xmin)
            return;
        DraftFriction& friction = m_draft.friction;
        friction.cell = std::max(m_draft.cell, round_cell(m_draft.area.lonlat, wanted_cells));
        for (const SpeedRow& row : speed_rows())
            for (const std::string& name : roads->classes)
                if (name == row.road || name == fmt::format("{}_link", row.road))
                    friction.speeds.emplace_back(name, row.speed);
        if (!friction.speeds.empty())
            friction.class_field = roads->class_field;
        friction.active = std::ranges::any_of(criterion_rows(), [&](const CriterionRow& row) { return is_timed(row); });
        if (friction.class_field.empty())
            return;
        friction.layer = use("roads", friction.active ? "friction" : "");
        plan_barrier();
    }

    /// A target on a barrier to which no road leads would stop the run: only where
    /// there are few, which are hardly in lakes.
    void plan_barrier() {
        const auto risky = [&](const CriterionRow& row) {
            return is_timed(row) &&
                   (row.roles.front() == "seaports" || found(row.roles.front())->features > many_targets);
        };
        if (found("lakes") && m_draft.friction.active && std::ranges::none_of(criterion_rows(), risky))
            m_draft.friction.barrier = use("lakes", "friction");
    }

    void add_criteria() {
        for (const CriterionRow& row : criterion_rows())
            add_criterion(row);
        if (std::ranges::none_of(m_draft.criteria, &DraftCriterion::active))
            throw Error("no layer here serves any criterion of the catalogue (`zonerank list criteria` says what they "
                        "need)");
    }

    void add_criterion(const CriterionRow& row) {
        const bool timed = is_timed(row);
        DraftCriterion criterion{.name = std::string(row.name),
                                 .entry = &layers::catalogue_entry(timed ? row.timed : row.use)};
        for (const std::string_view role : row.roles)
            if (!role.empty())
                criterion.roles.push_back(role);
        criterion.why_not = why_not(row);
        for (const std::string_view role : roles_of(row))
            if (const std::string layer = criterion.why_not.empty() ? use(role, row.name) : std::string(role);
                std::ranges::find(criterion.layers, layer) == criterion.layers.end())
                criterion.layers.push_back(layer);
        fit(row, criterion);
        m_draft.criteria.push_back(std::move(criterion));
    }

    /// Empty, or why a criterion is left out although its layer is there.
    std::string why_not(const CriterionRow& row) const {
        const auto before = std::ranges::find(m_draft.criteria, row.unless, &DraftCriterion::name);
        if (!row.unless.empty() && before != m_draft.criteria.end() && before->active())
            return fmt::format("it looks at the same as {}, and one of the two is enough", row.unless);
        if (row.name == "cluster" && m_draft.sites.industry && !found("clusters"))
            return "the industrial areas are the sites themselves, each in the midst of its own cluster";
        return "";
    }

    /// Those that are there. Of clusters and of land cover the first one is enough.
    std::vector<std::string_view> roles_of(const CriterionRow& row) const {
        std::vector<std::string_view> there;
        for (const std::string_view role : row.roles)
            if (!role.empty() && found(role))
                there.push_back(role);
        if (there.size() > 1 && (row.name == "cluster" || row.name == "land cover"))
            there.resize(1);
        return there;
    }

    /// To the field's name and its numbers, and to other codes of land cover.
    void fit(const CriterionRow& row, DraftCriterion& criterion) const {
        const Guess* guess = found(row.roles.front());
        if (!criterion.layers.empty() && criterion.layers.front() == "corine")
            criterion.value = corine_values;
        if (row.field.empty() || !guess)
            return;
        criterion.district = guess->role->geometry.polygons;
        if (guess->field != row.field)
            criterion.measure = fmt::format("{{{}: {{{}: {}}}}}", kind_of(criterion.entry->measure), row.field_key,
                                            yaml_word(guess->field));
        if (guess->fraction)
            criterion.value = with_percents_as_shares(criterion.entry->value);
    }

    void add_constraints() {
        for (const ConstraintRow& row : constraint_rows())
            if (found(row.role)) {
                const std::string layer = use(row.role, row.name);
                std::string body(row.body);
                body.replace(body.find("of: ") + 4, row.role.size(), layer);
                m_draft.constraints.push_back({std::string(row.name), body, std::string(row.remark)});
            }
    }

    bool in_study(const FoundLayer& layer) const {
        const auto is = [&](const std::optional<NamedLayer>& named) {
            return named && named->path == layer.path && (named->layer.empty() || named->layer == layer.layer);
        };
        return is(m_draft.area.source) || is(m_draft.sites.source) || is(m_draft.sites.made_of) ||
               std::ranges::any_of(m_draft.layers, [&](const DraftLayer& l) { return l.guess.layer == &layer; });
    }

    void finish_layers() {
        for (DraftLayer& layer : m_draft.layers)
            std::erase(layer.uses, "");
        std::erase_if(m_draft.layers, [](const DraftLayer& layer) { return layer.uses.empty(); });
        std::ranges::stable_sort(m_draft.layers, {}, [](const DraftLayer& layer) { return layer.guess.role; });
        for (const FoundLayer& layer : m_data.layers)
            if (!in_study(layer))
                m_draft.left_out.push_back(&layer);
        m_draft.title = !m_wishes.title.empty() ? m_wishes.title : fmt::format("Where to build: {}", title_of_place());
    }

    /// The value in the area's condition, or the folder's name.
    std::string title_of_place() const {
        const std::string where = m_wishes.area ? m_wishes.area->where : "";
        const std::size_t open = where.find('\''), close = where.rfind('\'');
        if (open != where.npos && close > open + 1)
            return where.substr(open + 1, close - open - 1);
        return m_data.layers.front().path.parent_path().filename().string();
    }

    const Wishes& m_wishes;
    const FoundData& m_data;
    const rasters::Access& m_access;
    std::vector<Guess> m_guesses;
    Draft m_draft;
};

} // namespace

Draft draft_study(const Wishes& wishes, const FoundData& data, const rasters::Access& access) {
    return Drafter(wishes, data, access).draft();
}

} // namespace zonerank::engine
