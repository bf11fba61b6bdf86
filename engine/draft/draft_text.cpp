// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_text.hpp"

#include "engine/draft/yaml_word.hpp"
#include "engine/text/listing.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/wording.hpp"
#include "layers/terms/unit.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

constexpr int width = 100;

/// "# " lines, further in by `indent`.
std::string remark(const std::string& text, int indent = 0) {
    std::string lines;
    for (const std::string& line : wrapped(comment_text(text), width - indent))
        lines += fmt::format("{:{}}# {}\n", "", indent, line);
    return lines;
}

/// "  name: body" as a comment: what somebody may want to take in.
std::string proposed(const std::string& line, int indent) {
    return fmt::format("{:{}}# {}\n", "", indent, line);
}

std::string flow_list(const std::vector<std::string>& names) {
    return names.size() == 1 ? names.front() : fmt::format("[{}]", fmt::join(names, ", "));
}

class Writer {
public:
    Writer(const Draft& draft, const Wishes& wishes) : m_draft(draft), m_wishes(wishes) {}

    std::string text() {
        head();
        area();
        layers();
        friction();
        criteria();
        constraints();
        sites();
        m_text += "\noutput: out\n";
        return std::move(m_text);
    }

private:
    std::string file(const fs::path& path) const {
        const fs::path near = path.lexically_proximate(fs::absolute(m_wishes.study).parent_path());
        std::string name = near.generic_string();
        if (name.starts_with("../../"))
            name = path.generic_string(); // so far off that the whole name is plainer
        if (name.find(':') != name.npos && name.find('/') > name.find(':'))
            name = "./" + name; // else it would be a connection to a database
        return yaml_word(name);
    }

    std::string source(const fs::path& path, const std::string& layer, const std::string& where) const {
        std::string text = "source: " + file(path);
        if (!layer.empty())
            text += ", layer: " + yaml_word(layer);
        if (!where.empty())
            text += ", where: " + yaml_text(where);
        return text;
    }

    /// A condition is easier to change in quotes.
    static std::string yaml_text(const std::string& where) {
        const std::string word = yaml_word(where);
        return word.front() == '"' ? word : "\"" + word + "\"";
    }

    void head() {
        m_text += remark(
            "Drafted by `zonerank init` from what lies in the folder: read it, change what is not so, and run it. "
            "`zonerank check` says it back in plain words; `zonerank list` has all that a study can say.");
        m_text += fmt::format("\nstudy: {}\n", yaml_word(m_draft.title));
    }

    void area() {
        const DraftArea& area = m_draft.area;
        m_text += "\n" + remark("What is scored: " + area.why + ".");
        if (area.around_sites)
            m_text += "area: {around: sites, buffer: 20 km}\n";
        else if (area.source)
            m_text += fmt::format("area: {{{}}}\n", source(area.source->path, area.source->layer, area.source->where));
        else
            m_text +=
                fmt::format("area: {{box: [{:.7g}, {:.7g}, {:.7g}, {:.7g}]}}  # west, south, east, north in degrees\n",
                            area.lonlat.xmin, area.lonlat.ymin, area.lonlat.xmax, area.lonlat.ymax);
        m_text +=
            fmt::format("grid: {{cell: {:g} m}}  # about {} cells; the coordinate system is chosen for the area\n",
                        m_draft.cell, with_thousands(rounded(m_draft.cells)));
    }

    static long long rounded(double number) {
        const double step = number >= 10'000 ? 1'000 : 1;
        return static_cast<long long>(std::max(1.0, std::round(number / step)) * step);
    }

    static std::string meant(const DraftLayer& layer) {
        const Guess& guess = layer.guess;
        const std::string all = described(*guess.layer);
        if (guess.layer->raster || guess.where.empty())
            return all;
        return fmt::format("{} of {}", with_thousands(guess.features), all.substr(0, all.find(';')));
    }

    void layers() {
        m_text += "\n" + remark("The data, each layer under the name by which the rest calls it.") + "layers:\n";
        for (const DraftLayer& layer : m_draft.layers)
            this->layer(layer);
    }

    void layer(const DraftLayer& layer) {
        const Guess& guess = layer.guess;
        m_text += remark(fmt::format("{}: {}", guess.role->what, meant(layer)), 2);
        std::string body = source(guess.layer->path, guess.layer->layer, guess.where);
        if (!guess.role->unit.empty() && !guess.fraction)
            body += fmt::format(", unit: {}", yaml_word(guess.role->unit));
        if (guess.layer->raster && guess.role->unit.empty())
            body += ", values: classes";
        m_text += fmt::format("  {}: {{{}}}\n", layer.name(), body);
    }

    std::vector<std::string> friction_lines() const {
        const DraftFriction& friction = m_draft.friction;
        std::vector<std::string> speeds;
        for (const auto& [road, speed] : friction.speeds)
            speeds.push_back(fmt::format("{}: {} km/h", yaml_word(road), speed));
        std::vector<std::string> lines{"friction:", fmt::format("  cell: {:g} m", friction.cell),
                                       "  ground: 15 km/h  # village roads and tracks, which are not in the layer",
                                       fmt::format("  speeds: [{{of: {}, by: {}, speed: {{{}, other: 30 km/h}}}}]",
                                                   friction.layer, yaml_word(friction.class_field),
                                                   fmt::join(speeds, ", "))};
        if (!friction.barrier.empty())
            lines.push_back(fmt::format("  barriers: [{}]  # crossed by road alone", friction.barrier));
        return lines;
    }

    void friction() {
        const DraftFriction& friction = m_draft.friction;
        if (friction.class_field.empty() || (!friction.active && !has_layer(friction.layer)))
            return;
        m_text += "\n" + remark(friction.active
                                    ? "How fast trucks get on, for what is measured in minutes. The speeds are "
                                      "assumed: put in your own."
                                    : "With this, `use: minutes to an airport` and the like measure minutes instead of "
                                      "straight kilometres; nothing here needs it, or it would take long.");
        for (const std::string& line : friction_lines())
            m_text += friction.active ? line + "\n" : proposed(line, 0);
    }

    bool has_layer(std::string_view name) const {
        return std::ranges::any_of(m_draft.layers, [&](const DraftLayer& l) { return l.name() == name; });
    }

    void criteria() {
        m_text +=
            "\n" +
            remark(
                "What counts, by theme. Criteria come from the catalogue (`zonerank list criteria`): `use` names one, "
                "`of` the layers it is to look at; what is measured and what it is worth stands above each. Write "
                "`value: {linear: {best: 1 km, worst: 15 km}}` beside it for other anchors.") +
            remark("All count the same until you say otherwise: `weights: {direct: {infrastructure: 40, location: 30, "
                   "labor: 10, connectivity: 20}}`, or by pairs, `weights: {ahp: {infrastructure vs location: 2, "
                   "...}}`; a theme "
                   "takes `weights` for its criteria in the same way.") +
            "criteria:\n";
        std::vector<std::string> themes, active;
        for (const DraftCriterion& criterion : m_draft.criteria) {
            const std::string name(criterion.entry->theme);
            if (std::ranges::find(themes, name) == themes.end())
                themes.push_back(name);
            if (criterion.active() && std::ranges::find(active, name) == active.end())
                active.push_back(name);
        }
        m_text += "  weights: equal\n";
        for (const std::string& name : themes)
            theme(name, std::ranges::find(active, name) != active.end());
    }

    void theme(const std::string& name, bool active) {
        m_text += active ? fmt::format("\n  {}:\n", name) : "\n" + proposed(name + ":  # nothing was found for it", 2);
        const auto counts = [&](const DraftCriterion& criterion) {
            return criterion.entry->theme == name && criterion.active();
        };
        if (std::ranges::count_if(m_draft.criteria, counts) == 1)
            m_text += remark("One criterion alone stands for this theme, and counts as much as all of another one "
                             "together: think of its weight.",
                             4);
        for (const DraftCriterion& criterion : m_draft.criteria)
            if (counts(criterion))
                m_text += remark(what_counts(criterion), 4) + fmt::format("    {}\n", line(criterion));
        for (const DraftCriterion& criterion : m_draft.criteria)
            if (criterion.entry->theme == name && !criterion.active())
                missing(criterion);
    }

    /// "distance {to: water}" of "{distance: {to: $water}}".
    static std::string without_braces(std::string_view choice) {
        std::string text(choice.substr(1, choice.size() - 2));
        std::erase(text, '$');
        text.erase(std::min(text.find(':'), text.size() - 1), 1);
        return text;
    }

    static std::string what_counts(const DraftCriterion& criterion) {
        return fmt::format("{}: {}; {}", criterion.entry->label, without_braces(criterion.entry->measure),
                           without_braces(criterion.value.empty() ? criterion.entry->value : criterion.value));
    }

    static std::string line(const DraftCriterion& criterion) {
        std::string body = fmt::format("use: {}, of: {}", criterion.entry->name, flow_list(criterion.layers));
        if (!criterion.measure.empty())
            body += ", measure: " + criterion.measure;
        if (!criterion.value.empty())
            body += ", value: " + criterion.value;
        if (criterion.district)
            body += criterion.entry->inputs.front().role == "districts" ? ", missing: leave out" : "";
        return fmt::format("{}: {{{}}}", criterion.name, body);
    }

    void missing(const DraftCriterion& criterion) {
        DraftCriterion wanted = criterion;
        if (wanted.layers.empty())
            wanted.layers.emplace_back(wanted.roles.front());
        std::string why = fmt::format("Left out, since {}:", criterion.why_not);
        if (criterion.why_not.empty())
            why = fmt::format("Not found: {}. With such a layer:", criterion.entry->inputs.front().help);
        m_text += remark(why, 4);
        m_text += proposed(line(wanted), 4);
    }

    void constraints() {
        if (m_draft.constraints.empty())
            return;
        m_text += "\n" + remark("Where nothing is built, whatever the scores.") + "constraints:\n";
        for (const DraftConstraint& constraint : m_draft.constraints)
            m_text += fmt::format("  {}: {}  # {}\n", constraint.name, constraint.body, constraint.remark);
    }

    void sites() {
        const DraftSites& sites = m_draft.sites;
        m_text += "\n" + remark("The candidate sites, which are ranked: " + sites.why + ".");
        if (!sites.remark.empty())
            m_text += remark(sites.remark);
        if (!sites.source) {
            m_text +=
                remark("Without sites there is a map and no ranking. Plots as polygons, or points with a footprint:");
            m_text += proposed("sites: {source: plots.geojson, name: name, needs: {usable: 50 %}}", 0);
            return;
        }
        std::string body = source(sites.source->path, sites.source->layer, sites.source->where);
        if (!sites.name.empty())
            body += ", name: " + yaml_word(sites.name);
        if (sites.points)
            body += ", footprint: {area: 400 ha}";
        m_text += fmt::format("sites: {{{}, needs: {{usable: 50 %}}}}{}\n", body,
                              sites.points ? "  # a disc of 400 ha round each point" : "");
    }

    const Draft& m_draft;
    const Wishes& m_wishes;
    std::string m_text;
};

} // namespace

std::string draft_text(const Draft& draft, const Wishes& wishes) {
    return Writer(draft, wishes).text();
}

} // namespace zonerank::engine
