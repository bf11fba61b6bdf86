// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/validation_files.hpp"

#include "engine/outputs/figures.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/numbers.hpp"
#include "engine/text/text_table.hpp"
#include "rasters/core/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace zonerank::engine {

namespace {

using Json = nlohmann::ordered_json;
constexpr int digits = 9;

Json number(double value) {
    return json_figure(value, digits);
}

std::string cell(double value) {
    return csv_figure(value, digits);
}

std::string roc_csv(const Validation& validation) {
    std::string text = "cut,hit_rate,false_alarm_rate\n";
    if (validation.roc)
        for (const RocPoint& point : validation.roc->points)
            text += fmt::format("{},{},{}\n", cell(point.cut), cell(point.hits), cell(point.false_alarms));
    return text;
}

std::string known_csv(const Validation& validation) {
    std::string text = "name,known,score,higher_than,above_cut,reason\n";
    for (const KnownScore& known : validation.known)
        text += fmt::format("{},{},{},{},{},{}\n", csv_field(known.name), known.good ? "good" : "bad",
                            cell(known.score), cell(known.higher_than),
                            !known.reason.empty() ? ""
                            : known.above         ? "yes"
                                                  : "no",
                            csv_field(known.reason));
    return text;
}

/// What the good zones are held against.
std::string against(const Validation& validation) {
    if (validation.against_bad)
        return "bad zones";
    return validation.on_map ? "all usable cells of the map (presence against background, Hirzel and Le Lay 2008)"
                             : "all other ranked sites";
}

Json known_json(const KnownScore& known) {
    return {{"name", known.name},
            {"known", known.good ? "good" : "bad"},
            {"score", number(known.score)},
            {"higher_than", number(known.higher_than)},
            {"above_cut", known.reason.empty() ? Json(known.above) : Json()},
            {"reason", known.reason.empty() ? Json() : Json(known.reason)}};
}

std::string json(const Validation& validation) {
    Json root{{"scores", validation.on_map ? "map" : "sites"},
              {"against", against(validation)},
              {"cut", number(validation.cut)},
              {validation.on_map ? "usable_cells" : "other_sites", validation.others},
              {"others_above_cut", number(validation.others_above)},
              {"auc", validation.roc ? number(validation.roc->area) : Json()},
              {"auc_method", "Mann and Whitney 1947, equal scores count half"},
              {"standard_error", validation.roc ? number(validation.roc->standard_error) : Json()},
              {"standard_error_method", "Hanley and McNeil 1982, as of zones drawn independently"},
              {"known", Json::array()},
              {"roc", Json::array()}};
    if (validation.on_map && !validation.against_bad)
        root["score_bins"] = 65'536;
    for (const KnownScore& known : validation.known)
        root["known"].push_back(known_json(known));
    if (validation.roc)
        for (const RocPoint& point : validation.roc->points)
            root["roc"].push_back({number(point.cut), number(point.hits), number(point.false_alarms)});
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string percent(double share) {
    return fmt::format("{:.0f} %", share * 100);
}

std::string table(const Validation& validation) {
    std::vector<std::vector<std::string>> rows{{"zone", "known as", "score", "higher than", ""}};
    for (const KnownScore& known : validation.known)
        rows.push_back({known.name, known.good ? "good" : "bad", fixed(known.score, 3),
                        known.reason.empty() && !std::isnan(known.higher_than) ? percent(known.higher_than) : "-",
                        !known.reason.empty() ? known.reason
                        : known.above         ? "above the cut"
                                              : "below the cut"});
    return aligned(rows, "  ");
}

/// "2 of 3 good zones reach the cut of 0.6"
std::string hits(const Validation& validation, bool good) {
    long scored = 0, above = 0;
    for (const KnownScore& known : validation.known)
        if (known.good == good && known.reason.empty()) {
            ++scored;
            above += known.above ? 1 : 0;
        }
    return fmt::format("{} of {} {} zone{} with a score reach{} the cut of {:g}", above, scored, good ? "good" : "bad",
                       scored == 1 ? "" : "s", above == 1 ? "es" : "", validation.cut);
}

std::string at_cut(const Validation& validation) {
    std::string text = "  " + hits(validation, true);
    if (!std::isnan(validation.others_above))
        text += validation.on_map ? fmt::format(", which {} of the usable area does", percent(validation.others_above))
                                  : fmt::format(", which {} of the {} other sites do", percent(validation.others_above),
                                                validation.others);
    return text + (validation.against_bad ? "; " + hits(validation, false) + ".\n" : ".\n");
}

std::string under_curve(const Validation& validation) {
    if (!validation.roc)
        return "  There is nothing to compare: no AUC.\n";
    const Roc& roc = *validation.roc;
    const char* other = validation.against_bad ? "bad zone"
                        : validation.on_map    ? "place of the usable area"
                                               : "other site";
    std::string text =
        fmt::format("  Of 100 pairs of a good zone and any {}, the good one scores higher in {:.0f}: AUC "
                    "{:.2f} (0.5 is chance, 1 perfect), standard error {:.2f}.\n",
                    other, roc.area * 100, roc.area, roc.standard_error);
    constexpr std::int64_t few = 10;
    if (roc.good < few || roc.others < few)
        text += fmt::format("  With {} the standard error is rough: a single zone more may change the figure.\n",
                            roc.good < few ? fmt::format("{} good zone{}", roc.good, roc.good == 1 ? "" : "s")
                                           : fmt::format("{} to compare with", roc.others));
    return text;
}

} // namespace

std::vector<std::string> validation_files() {
    return {"validation/roc.csv", "validation/known.csv", "validation/validation.json"};
}

void write_validation(const Validation& validation, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder / "validation");
    rasters::write_text(folder / "validation/roc.csv", roc_csv(validation));
    rasters::write_text(folder / "validation/known.csv", known_csv(validation));
    rasters::write_text(folder / "validation/validation.json", json(validation));
}

std::string validation_text(const Validation& validation) {
    std::string text = fmt::format("Known zones against the {}\n{}\n{}{}", validation.on_map ? "map" : "ranking",
                                   table(validation), at_cut(validation), under_curve(validation));
    if (validation.on_map && !validation.against_bad)
        text += "  The rest of the area is not known to be bad (presence against background, Hirzel and Le Lay 2008): "
                "it may hold\n  good ground that nobody has built on, so an AUC of 1 is not to be expected.\n";
    return text;
}

} // namespace zonerank::engine
