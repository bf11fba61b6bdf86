// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan.hpp"

#include "engine/text/checked_json.hpp"
#include "engine/text/version.hpp"
#include "layers/terms/problems.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

static constexpr std::string_view stage_names[] = {"regions", "solve", "facts", "weights", "score"};

std::string_view name_of(Stage stage) {
    return stage_names[static_cast<std::size_t>(stage)];
}

namespace {

/// Units read few different sets of files, and there are many of both: each set is told once.
class InputSets {
public:
    std::size_t number_of(const std::vector<std::string>& files) {
        const auto [found, is_new] = m_numbers.try_emplace(files, m_numbers.size());
        if (is_new)
            m_sets.push_back(files);
        return found->second;
    }
    const Json& json() const { return m_sets; }

private:
    std::map<std::vector<std::string>, std::size_t> m_numbers;
    Json m_sets = Json::array();
};

Json unit_json(const PlannedUnit& unit, InputSets& sets) {
    return {{"id", unit.id},
            {"kind", name_of(unit.stage)},
            {"stage", static_cast<int>(unit.stage)},
            {"subject", unit.subject},
            {"block", unit.block},
            {"of", unit.of},
            {"what", unit.what},
            {"cells", unit.cells},
            {"cost", unit.cost},
            {"signature", unit.signature},
            {"inputs", sets.number_of(unit.inputs)},
            {"outputs", Json::array({fmt::format("units/{}-*.part", unit.id)})}};
}

Json input_json(const PlannedInput& input) {
    return {{"path", input.path}, {"bytes", input.bytes}, {"modified", input.modified}, {"sha256", input.sha256}};
}

Stage stage_called(const std::string& name) {
    const auto* found = std::ranges::find(stage_names, name);
    if (found == std::end(stage_names))
        throw_wrong("kind", "a kind of unit");
    return static_cast<Stage>(found - stage_names);
}

/// It becomes a file's name.
std::string id_of(const Json& unit) {
    std::string id = text_member(unit, "id", true);
    if (id.empty() || id.size() > 100 || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != id.npos)
        throw Error("'{}' is no unit's id", layers::excerpt(id));
    return id;
}

/// What memory and time depend on.
std::size_t number_of(const Json& unit, const char* key) {
    constexpr std::uint64_t most = 1'000'000'000;
    const std::uint64_t number = count_member(unit, key);
    if (number > most)
        throw_wrong(key, "a number of units");
    return number;
}

int block_from(const Json& plan) {
    constexpr std::uint64_t step = 512, most = 65536;
    const std::uint64_t cells = count_member(plan, "block");
    if (cells < step || cells > most || cells % step != 0)
        throw_wrong("block", fmt::format("a multiple of {} from {} to {}", step, step, most));
    return static_cast<int>(cells);
}

/// A field has as many regions as are said of each.
void check_regions(const std::vector<PlannedUnit>& units) {
    std::map<std::size_t, std::size_t> regions;
    for (const PlannedUnit& unit : units)
        if (unit.stage == Stage::regions)
            ++regions[unit.subject];
    for (const PlannedUnit& unit : units)
        if (unit.stage == Stage::regions && (unit.of != regions[unit.subject] || unit.block >= unit.of))
            throw Error("'{}' is no region of its field", unit.id);
}

PlannedUnit unit_from(const Json& json) {
    return {.id = id_of(json),
            .stage = stage_called(text_member(json, "kind", true)),
            .subject = number_of(json, "subject"),
            .block = number_of(json, "block"),
            .of = number_of(json, "of"),
            .what = text_member(json, "what"),
            .signature = sha256_member(json, "signature", "signature"),
            .cells = number_member(json, "cells"),
            .cost = number_member(json, "cost")};
}

PlannedInput input_from(const Json& json) {
    PlannedInput input{.path = text_member(json, "path", true), .bytes = count_member(json, "bytes")};
    const Json& modified = member(json, "modified");
    if (!modified.is_number_integer())
        throw_wrong("modified", "a whole number");
    input.modified = modified.get<std::int64_t>();
    input.sha256 = sha256_member(json, input.path);
    return input;
}

Plan plan_from(const Json& json) {
    Plan plan{.version = text_member(json, "version", true), .study = text_member(json, "study", true)};
    if (plan.version != version)
        throw Error("made by zonerank {}, this is {}; plan again", layers::excerpt(plan.version), version);
    plan.block = block_from(json);
    plan.sites_only = flag_member(json, "sites_only");
    plan.regions = flag_member(json, "regions");
    for (const Json& input : list_member(json, "inputs"))
        plan.inputs.push_back(input_from(input));
    for (const Json& unit : list_member(json, "units"))
        plan.units.push_back(unit_from(unit));
    check_regions(plan.units);
    return plan;
}

} // namespace

std::string plan_json(const Plan& plan) {
    Json json{{"program", "zonerank"},       {"plan", 1},
              {"version", plan.version},     {"study", plan.study},
              {"block", plan.block},         {"sites_only", plan.sites_only},
              {"regions", plan.regions},     {"inputs", Json::array()},
              {"input_sets", Json::array()}, {"units", Json::array()}};
    InputSets sets;
    for (const PlannedInput& input : plan.inputs)
        json["inputs"].push_back(input_json(input));
    for (const PlannedUnit& unit : plan.units)
        json["units"].push_back(unit_json(unit, sets));
    json["input_sets"] = sets.json();
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Plan read_plan(const fs::path& file) {
    constexpr std::uintmax_t most_mib = 1024;
    return in_context(file.string(), [&] {
        try {
            return plan_from(read_own_json(file, most_mib, "a plan of zonerank"));
        } catch (const Json::exception& e) { // of a number too large for its place
            throw Error("not a plan of zonerank ({})", e.what());
        }
    });
}

bool has_same_units(const Plan& a, const Plan& b) {
    return std::ranges::equal(a.units, b.units, [](const PlannedUnit& one, const PlannedUnit& other) {
        return one.id == other.id && one.signature == other.signature;
    });
}

const PlannedUnit& unit_called(const Plan& plan, std::string_view id) {
    const auto found = std::ranges::find(plan.units, id, &PlannedUnit::id);
    if (found != plan.units.end())
        return *found;
    std::vector<std::string> ids;
    for (const PlannedUnit& unit : plan.units)
        ids.push_back(unit.id);
    throw Error("{}", layers::unknown("unit", std::string(id), ids));
}

} // namespace zonerank::engine
