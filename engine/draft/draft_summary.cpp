// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/draft_summary.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/listing.hpp"
#include "engine/text/text_table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace zonerank::engine {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

std::string full_name(const FoundLayer& layer) {
    const std::string file = layer.path.filename().string();
    return layer.layer.empty() ? file : fmt::format("{}: {}", file, layer.layer);
}

/// Names may hold what a terminal would take for orders; line ends are ours.
std::string shown_lines(const std::string& text) {
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        shown += shown_on_terminal(text.substr(at, end - at)) + "\n";
        at = end + 1;
    }
    return shown;
}

std::string layers_table(const Draft& draft, int width) {
    std::vector<std::vector<std::string>> rows{{"layer", "taken for", "features", "used by"}};
    for (const DraftLayer& layer : draft.layers)
        rows.push_back({full_name(*layer.guess.layer), std::string(layer.name()),
                        layer.guess.layer->raster ? "" : with_thousands(layer.guess.features),
                        fmt::format("{}", fmt::join(layer.uses, ", "))});
    return aligned(rows, "  ", width);
}

std::string left_out(const Draft& draft, const FoundData& data) {
    std::vector<std::string> names;
    for (const FoundLayer* layer : draft.left_out)
        names.push_back(full_name(*layer));
    std::string text;
    if (!names.empty())
        text += "left out: " + listed(names, 12) + "\n";
    for (const SkippedFile& file : data.skipped)
        text += fmt::format("not opened: {}: {}\n", file.path.filename().string(), file.why);
    return shown_lines(text);
}

std::string missing(const Draft& draft) {
    std::vector<std::string> names, needless;
    for (const DraftCriterion& criterion : draft.criteria)
        if (!criterion.active())
            (criterion.why_not.empty() ? names : needless).push_back(criterion.name);
    std::string text = names.empty() ? "" : "missing: " + listed(names, names.size()) + " (in the study as comments)\n";
    if (!needless.empty())
        text += "not needed: " + listed(needless, needless.size()) + " (the study says why)\n";
    return text;
}

/// As it has to be typed: in quotes where a shell would not take it as one word.
std::string typed(const fs::path& path) {
    const std::string name = fs::proximate(path).string();
    const bool plain = std::ranges::all_of(name, [](unsigned char c) {
        return std::isalnum(c) != 0 || c >= 0x80 ||
               std::string_view("_./-+").find(static_cast<char>(c)) != std::string_view::npos;
    });
    if (plain && !name.starts_with('-'))
        return name;
    std::string quoted = "'";
    for (const char c : name)
        quoted += c == '\'' ? "'\\''" : std::string(1, c);
    return quoted + "'";
}

std::string next_steps(const Wishes& wishes) {
    const std::string study = shown_on_terminal(typed(wishes.study));
    const std::string out = shown_on_terminal(typed(fs::absolute(wishes.study).parent_path() / "out"));
    const std::size_t width = std::max(study.size() + 1, out.size());
    return fmt::format("next:\n  zonerank check {0:{2}}  what it says, in plain words\n"
                       "  zonerank run {0:{3}}  maps and ranking\n  zonerank view {1:{4}}  the report\n",
                       study, out, width, width + 2, width + 1);
}

Json layer_json(const DraftLayer& layer) {
    const Guess& guess = layer.guess;
    Json json{{"name", layer.name()}, {"file", guess.layer->path.string()}};
    if (!guess.layer->layer.empty())
        json["layer"] = guess.layer->layer;
    if (!guess.where.empty())
        json["where"] = guess.where;
    if (!guess.layer->raster)
        json["features"] = guess.features;
    json["used_by"] = layer.uses;
    return json;
}

} // namespace

std::string draft_summary(const Draft& draft, const Wishes& wishes, const FoundData& data, int width) {
    constexpr int endless = 100'000;
    const int lines = width > 0 ? width : endless;
    const std::string places =
        fmt::format("area: {}; {:g} m cells, about {} of them\nsites: {}\n", draft.area.why, draft.cell,
                    with_thousands(static_cast<long long>(draft.cells)), draft.sites.why);
    return fmt::format("{}\n{}\nwrote {}{}\n{}", layers_table(draft, width),
                       sentences_wrapped(left_out(draft, data) + missing(draft) + shown_lines(places), lines),
                       shown_on_terminal(fs::proximate(wishes.study).string()),
                       draft.sites.file.empty() ? "" : " and sites.geojson", next_steps(wishes));
}

std::string draft_json(const Draft& draft, const Wishes& wishes, const FoundData& data) {
    Json json{{"study", wishes.study.string()},
              {"title", draft.title},
              {"area", draft.area.why},
              {"cell_m", draft.cell},
              {"sites", draft.sites.source ? Json(draft.sites.why) : Json()},
              {"layers", Json::array()},
              {"criteria", Json::array()},
              {"missing", Json::array()},
              {"not_needed", Json::array()},
              {"left_out", Json::array()},
              {"not_opened", Json::array()}};
    for (const DraftLayer& layer : draft.layers)
        json["layers"].push_back(layer_json(layer));
    for (const DraftCriterion& criterion : draft.criteria)
        json[criterion.active()          ? "criteria"
             : criterion.why_not.empty() ? "missing"
                                         : "not_needed"]
            .push_back(criterion.name);
    for (const FoundLayer* layer : draft.left_out)
        json["left_out"].push_back({{"file", layer->path.string()}, {"layer", layer->survey.layer}});
    for (const SkippedFile& file : data.skipped)
        json["not_opened"].push_back({{"file", file.path.string()}, {"why", file.why}});
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace zonerank::engine
