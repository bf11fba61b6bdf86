// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/roles.hpp"
#include "engine/draft/yaml_word.hpp"
#include "engine/text/utf8.hpp"
#include "layers/terms/problems.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

using layers::FieldSurvey;
using layers::ValueCount;

namespace {

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0)
            words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

bool is_word(unsigned char c) {
    return std::isalnum(c) != 0 || c >= 0x80;
}

/// "Roads-Main (2)" as "_roads_main_2_"; capitals and numbers start words of their own: "gridStation", "pop2023".
std::string normal(std::string_view name) {
    std::string text = "_";
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto c = static_cast<unsigned char>(name[i]);
        const auto before = static_cast<unsigned char>(i > 0 ? name[i - 1] : ' ');
        if ((std::isupper(c) != 0 && std::islower(before) != 0) || (std::isdigit(c) != 0 && std::isalpha(before) != 0))
            text += '_';
        if (is_word(c))
            text += static_cast<char>(std::tolower(c));
        else if (text.back() != '_')
            text += '_';
    }
    return text + "_";
}

/// Short words are whole ones: "rio" is not in "riots".
bool has_word(const std::string& name, std::string_view word) {
    const std::string sought = fmt::format("_{}{}", word, word.size() <= 3 ? "_" : "");
    return name.find(sought) != name.npos;
}

bool fits(const RoleGeometry& wanted, const FoundLayer& layer) {
    if (layer.raster)
        return wanted.raster;
    const layers::Geometries& has = layer.survey.geometries;
    const bool others =
        (has.points && !wanted.points) || (has.lines && !wanted.lines) || (has.polygons && !wanted.polygons);
    const bool some = (has.points && wanted.points) || (has.lines && wanted.lines) || (has.polygons && wanted.polygons);
    return some && !others && layer.survey.count > 0;
}

bool same_word(std::string_view a, std::string_view b) {
    return lower_case(a) == lower_case(b);
}

/// Whether one of the role's values means this one of this field.
bool is_meant(const Role& role, std::string_view field, std::string_view value) {
    return std::ranges::any_of(split(role.values), [&](std::string_view wanted) {
        const std::size_t equals = wanted.find('=');
        if (equals == wanted.npos)
            return same_word(wanted, value);
        return same_word(wanted.substr(0, equals), field) && same_word(wanted.substr(equals + 1), value);
    });
}

struct Meant {
    const FieldSurvey* field = nullptr;
    std::vector<std::string> values;
    std::int64_t features = 0;
};

Meant meant_in(const FieldSurvey& field, const Role& role) {
    Meant meant{.field = &field};
    for (const ValueCount& value : field.values)
        if (is_meant(role, field.name, value.value)) {
            meant.values.push_back(value.value);
            meant.features += value.count;
        }
    return meant;
}

/// The field in which most features are meant, of equals the first.
Meant best_field(const Role& role, const layers::LayerSurvey& survey) {
    Meant best;
    for (const FieldSurvey& field : survey.fields)
        if (Meant meant = meant_in(field, role); meant.features > best.features)
            best = std::move(meant);
    return best;
}

std::string field_in_where(const FieldSurvey& field) {
    return field.tag ? fmt::format("hstore_get_value(other_tags, {})", where_text(field.name))
                     : where_field(field.name);
}

std::string condition(const FieldSurvey& field, const std::vector<std::string>& values) {
    std::vector<std::string> texts;
    for (const std::string& value : values)
        texts.push_back(field.numbers ? value : where_text(value));
    return texts.size() == 1 ? fmt::format("{} = {}", field_in_where(field), texts.front())
                             : fmt::format("{} in ({})", field_in_where(field), fmt::join(texts, ", "));
}

void recognise_by_values(const Role& role, Guess& guess) {
    const Meant meant = best_field(role, guess.layer->survey);
    if (!meant.field)
        return;
    guess.class_field = meant.field->name;
    guess.classes = meant.values;
    guess.features = meant.features;
    guess.strength += 2;
    if (meant.features < guess.layer->survey.looked_at)
        guess.where = condition(*meant.field, meant.values);
}

const FieldSurvey* number_field(const Role& role, const layers::LayerSurvey& survey) {
    for (const std::string_view word : split(role.field))
        for (const FieldSurvey& field : survey.fields)
            if (field.numbers && field.most > 0 && has_word(normal(field.name), word))
                return &field;
    return nullptr;
}

/// Of people only those with a number count: a weight must have one.
void need_number(const Role& role, Guess& guess) {
    const FieldSurvey* field = number_field(role, guess.layer->survey);
    if (!field) {
        guess.strength = 0;
        return;
    }
    guess.field = field->name;
    guess.fraction = role.unit == "%" && field->most <= 1;
    guess.features = field->filled;
    guess.strength += 2;
    if (role.geometry.points)
        guess.where = where_field(field->name) + " > 0";
}

/// The first of the role's `only` of which some but not all features have it.
void narrow(const Role& role, Guess& guess) {
    for (const std::string_view only : split(role.only)) {
        const std::string_view name = only.substr(0, only.find('='));
        for (const FieldSurvey& field : guess.layer->survey.fields) {
            if (!same_word(field.name, name))
                continue;
            const std::string value = only.size() > name.size() ? std::string(only.substr(name.size() + 1)) : "";
            const auto counted =
                std::ranges::find_if(field.values, [&](const ValueCount& v) { return same_word(v.value, value); });
            const bool some = value.empty() ? field.filled > 0 : counted != field.values.end();
            if (!some)
                continue;
            const std::string clause =
                value.empty() ? field_in_where(field) + " <> ''" : condition(field, {counted->value});
            guess.features = value.empty() ? field.filled : counted->count;
            guess.strength += value.empty() ? 0 : 1;
            guess.where = guess.where.empty() ? clause : fmt::format("{} and {}", guess.where, clause);
            return;
        }
    }
}

void recognise_raster(const Role& role, Guess& guess) {
    const bool fits = !role.raster || role.raster(*guess.layer->raster);
    guess.strength = fits ? guess.strength + (role.by_numbers ? 2 : 0) : 0;
}

bool better(const Guess& a, const Guess& b) {
    return a.strength != b.strength ? a.strength > b.strength : a.features > b.features;
}

} // namespace

bool names_any(std::string_view name, std::string_view words) {
    const std::string normalised = normal(name);
    return std::ranges::any_of(split(words), [&](std::string_view word) { return has_word(normalised, word); });
}

const Role& role_called(std::string_view name) {
    std::vector<std::string> names;
    for (const Role& role : roles()) {
        if (role.name == name)
            return role;
        names.emplace_back(role.name);
    }
    throw Error("{}", layers::unknown("role", name, names));
}

Guess guess(const Role& role, const FoundLayer& layer) {
    Guess guess{.role = &role, .layer = &layer, .features = layer.survey.count};
    if (!fits(role.geometry, layer) || names_any(layer.called, role.without))
        return guess;
    guess.strength = names_any(layer.called, role.words) ? 1 : 0;
    if (layer.raster)
        recognise_raster(role, guess);
    else if (!role.field.empty())
        need_number(role, guess);
    else
        recognise_by_values(role, guess);
    if (guess.strength > 0)
        narrow(role, guess);
    return guess;
}

std::vector<Guess> best_guesses(std::span<const FoundLayer> layers) {
    std::vector<Guess> best;
    for (const Role& role : roles()) {
        Guess found;
        for (const FoundLayer& layer : layers)
            if (Guess candidate = guess(role, layer); candidate.strength > 0 && better(candidate, found))
                found = std::move(candidate);
        if (found.strength > 0)
            best.push_back(std::move(found));
    }
    return best;
}

} // namespace zonerank::engine
