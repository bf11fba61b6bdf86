// SPDX-License-Identifier: Apache-2.0
#include "engine/records/difference_text.hpp"

#include "engine/text/escape.hpp"
#include "engine/text/listing.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"
#include "engine/text/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// A line of the whole, or a paragraph of it.
std::string sentence(const std::string& text, int width) {
    return sentences_wrapped(shown_on_terminal(text), width);
}

std::string count_of(std::size_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string size_text(std::uint64_t bytes) {
    return bytes ? bytes_text(static_cast<double>(bytes)) : "-";
}

constexpr std::size_t most_rows = 50, most_names = 6; // --json has all

/// A table of which the rows that nobody would read are only counted.
std::string table(Rows rows, int width) {
    const std::size_t more = rows.size() - std::min(rows.size(), most_rows + 1);
    rows.resize(rows.size() - more);
    return aligned(rows, "  ", width) + (more ? fmt::format("  and {} more (--json has all)\n", more) : "");
}

std::size_t file_count(const PastRun& run) {
    std::size_t files = 0;
    for (const PastInput& input : run.inputs)
        files += input.files.size() + input.tables.size();
    return files;
}

std::string inputs_text(const RunDifference& runs, int width) {
    if (runs.inputs.empty())
        return sentence(fmt::format("Inputs: the same ({}).", count_of(file_count(runs.after), "file", "files")),
                        width);
    Rows rows{{"layer", "file", "before", "after", "what"}};
    for (const FileChange& c : runs.inputs)
        rows.push_back({c.layer, c.path, size_text(c.bytes_before), size_text(c.bytes_after), c.what});
    return fmt::format("Inputs: {}\n{}", count_of(runs.inputs.size(), "file differs", "files differ"),
                       table(rows, width));
}

std::string study_text(const RunDifference& runs, int width) {
    if (!runs.study_unread.empty())
        return sentence("Study: not compared: " + runs.study_unread, width);
    if (runs.study.empty())
        return "Study: the same.\n";
    std::string text = fmt::format("Study: {}\n", count_of(runs.study.size(), "change", "changes"));
    for (const StudyChange& change : runs.study)
        text += sentence("  " + change.text(), width);
    return text;
}

std::string percent(const std::optional<double>& weight) {
    return weight ? fixed(100 * *weight, 1) : "-";
}

std::string weights_text(const RunDifference& runs, int width) {
    if (!runs.weights_differ())
        return runs.weights.empty() ? "" : "Weights: the same.\n";
    Rows rows{{"criterion", "before", "after", "points"}};
    std::size_t same = 0;
    for (const WeightChange& w : runs.weights)
        if (w.before == w.after)
            ++same;
        else
            rows.push_back(
                {w.criterion, percent(w.before), percent(w.after), fmt::format("{:+.1f}", 100 * w.change())});
    std::string text = "Weights, in percent of the whole study\n" + table(rows, width);
    return same ? text + fmt::format("  {} as before.\n", count_of(same, "other is", "others are")) : text;
}

std::string methods_text(const RunDifference& runs, int width) {
    if (runs.methods.empty())
        return sentence(fmt::format("Methods and version: the same ({}).", runs.after.version), width);
    std::string text = "Methods and version\n";
    for (const MethodChange& m : runs.methods)
        text += sentence(fmt::format("  {}: {} -> {}", m.what, m.before.empty() ? "none" : m.before,
                                     m.after.empty() ? "none" : m.after),
                         width);
    return text;
}

std::string rank(const std::optional<PastSite>& site) {
    return !site ? "-" : site->rank ? fmt::format("{}", *site->rank) : "none";
}

std::string score(const std::optional<PastSite>& site) {
    return site && site->score ? fixed(*site->score, 3) : "-";
}

/// "Grid connection (-0.031)"; of sites that are new, gone or lost their rank why.
std::string why(const SiteChange& site) {
    if (!site.before || !site.after)
        return site.before ? "gone" : "new";
    const bool other_reason = site.before->rank || site.before->reason != site.after->reason;
    if (!site.after->rank && other_reason && !site.after->reason.empty())
        return site.after->reason;
    if (site.mover.empty())
        return site.after->rank && !site.before->rank ? "has a rank now" : "";
    return fmt::format("{} ({:+.3f})", site.mover, site.mover_change);
}

std::vector<std::string> site_row(const SiteChange& site) {
    const auto change = site.score_change();
    return {site.name(), rank(site.before) + " -> " + rank(site.after), score(site.before) + " -> " + score(site.after),
            change ? fmt::format("{:+.3f}", *change) : "", why(site)};
}

std::string sites_text(const RunDifference& runs, int width) {
    if (!runs.sites_unread.empty())
        return sentence("Ranking: not compared: " + runs.sites_unread + ".", width);
    Rows rows{{"site", "rank", "score", "change", "most of it by"}};
    std::size_t ranks = 0, scores = 0;
    for (const SiteChange& site : runs.sites)
        if (site.moved()) {
            rows.push_back(site_row(site));
            ranks += rank(site.before) != rank(site.after);
            scores += site.score_change().value_or(0) != 0;
        }
    if (rows.size() == 1)
        return fmt::format("Ranking: the same ({}).\n", count_of(runs.sites.size(), "site", "sites"));
    return fmt::format("Ranking: of {} {} another rank, {} another score\n{}",
                       count_of(runs.sites.size(), "site", "sites"), ranks, scores, table(rows, width));
}

std::string hectares(const std::optional<PastGround>& ground) {
    return ground ? with_thousands(std::llround(ground->ha)) : "-";
}

std::string ground_text(const std::vector<GroundChange>& changes, const std::string& title, const std::string& what,
                        int width) {
    Rows rows{{what, "before", "after", "change"}};
    for (const GroundChange& g : changes) {
        const PastGround nothing;
        const double change = g.after.value_or(nothing).ha - g.before.value_or(nothing).ha;
        if (!g.before || !g.after || g.before->cells != g.after->cells)
            rows.push_back({g.name, hectares(g.before), hectares(g.after), fmt::format("{:+.0f}", change)});
    }
    return rows.size() == 1 ? "" : fmt::format("{}\n{}", title, table(rows, width));
}

std::string map_text(const RunDifference& runs, int width) {
    if (!runs.map.difference)
        return runs.before.connected || runs.after.connected
                   ? ""
                   : sentence("Suitability: not compared: " + runs.map.reason + ".", width);
    if (runs.map.difference->same())
        return "Suitability: the same on every cell.\n";
    return sentence(fmt::format("Suitability: {}.", difference_text(*runs.map.difference)), width);
}

std::string outputs_text(const RunDifference& runs, int width) {
    if (runs.outputs.empty())
        return "Files: the same, byte by byte.\n";
    std::vector<std::string> names;
    for (const FileChange& change : runs.outputs)
        names.push_back(change.path);
    return sentence(fmt::format("Files: {} of {} differ: {}.", names.size(),
                                std::max(runs.before.outputs.size(), runs.after.outputs.size()),
                                listed(names, most_names)),
                    width);
}

} // namespace

std::string difference_text(const RunDifference& runs, int width) {
    std::string text;
    for (const auto& [name, run] : {std::pair{"before", &runs.before}, std::pair{"after", &runs.after}})
        text +=
            sentence(fmt::format("{:7} {} ({}, zonerank {})", name, run->folder.string(), run->title, run->version), 0);
    const auto add = [&](const std::string& part) { text += part.empty() ? "" : "\n" + part; };
    add(inputs_text(runs, width));
    add(study_text(runs, width));
    add(weights_text(runs, width));
    add(methods_text(runs, width));
    if (!runs.before.connected && !runs.after.connected)
        add(sites_text(runs, width));
    add(ground_text(runs.states, "Ground by its state, in hectares", "state", width));
    add(ground_text(runs.constraints, "Ground ruled out, in hectares", "constraint", width));
    add(map_text(runs, width));
    add(outputs_text(runs, width));
    if (runs.same())
        add("Nothing differs between the two runs.\n");
    return text;
}

} // namespace zonerank::engine
