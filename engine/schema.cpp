// SPDX-License-Identifier: Apache-2.0
#include "engine/reference.hpp"
#include "engine/study/study.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
using layers::Parameter;
using layers::Type;

namespace {

Json ref(std::string_view name) {
    return {{"$ref", fmt::format("#/$defs/{}", name)}};
}

/// Or null, which removes what a base says.
Json typed(std::initializer_list<const char*> types) {
    Json all = Json::array({"null"});
    for (const char* type : types)
        all.push_back(type);
    return {{"type", all}};
}

Json one_of(std::string_view choices) {
    Json all = layers::listed(choices);
    all.push_back(nullptr);
    return {{"enum", all}};
}

Json type_schema(const Parameter& parameter) {
    switch (parameter.type) {
    case Type::number:
    case Type::quantity:
    case Type::measurement:
    case Type::reach:
        return typed({"string", "number"});
    case Type::text: // a number, too, is written in letters: `p: 1`
    case Type::field:
        return typed({"string", "number"});
    case Type::where:
        return typed({"string"});
    case Type::flag:
        return typed({"boolean"});
    case Type::choice:
        return one_of(parameter.choices);
    case Type::layers:
        return typed({"string", "array", "object"});
    case Type::classes:
        return typed({"array", "string", "number"});
    case Type::names:
        return typed({"array", "string"});
    case Type::numbers:
        return typed({"array", "string", "number"});
    case Type::points:
    case Type::categories:
    case Type::named:
    case Type::table:
        return {{"type", "object"}, {"minProperties", 1}};
    case Type::each:
        return typed({"string", "number", "object"});
    case Type::measure:
        return ref("measures");
    case Type::decay:
        return ref("decays");
    }
    return {};
}

Json parameter_schema(const Parameter& parameter) {
    Json schema = type_schema(parameter);
    schema["description"] = parameter.help;
    return schema;
}

// Without what is required: a base, or `use`, may bring it.
Json kind_schema(const ReferenceEntry& entry) {
    if (!entry.parameters.empty() && entry.parameters.front().name == "*") {
        Json schema = parameter_schema(entry.parameters.front());
        for (std::size_t i = 1; i < entry.parameters.size(); ++i)
            schema["properties"][std::string(entry.parameters[i].name)] = parameter_schema(entry.parameters[i]);
        return schema;
    }
    Json schema{{"description", entry.summary},
                {"type", "object"},
                {"properties", Json::object()},
                {"additionalProperties", false}};
    for (const Parameter& parameter : entry.parameters)
        schema["properties"][std::string(parameter.name)] = parameter_schema(parameter);
    return schema;
}

/// Each of their parameters may be absent, but not all of them.
constexpr std::array some_needed{"owa",          "owa quantifier",  "owa terrset",    "dirichlet",
                                 "fuzzy linear", "fuzzy sigmoidal", "fuzzy j-shaped", "fuzzy g-shaped"};

bool stands_alone(const ReferenceEntry& entry) {
    return std::ranges::find(some_needed, entry.name) == some_needed.end() &&
           std::ranges::all_of(entry.parameters, [](const Parameter& p) { return p.optional || !p.fallback.empty(); });
}

/// A bare kind that needs no parameters, or a mapping with one key, the kind.
Json choice_schema(const ReferenceTable& table) {
    Json bare = Json::array({nullptr}), kinds = Json::object();
    for (const ReferenceEntry& entry : table.entries) {
        kinds[entry.name] = kind_schema(entry);
        if (stands_alone(entry))
            bare.push_back(entry.name);
    }
    return {{"description", table.what},
            {"oneOf", Json::array({{{"enum", bare}},
                                   {{"type", "object"},
                                    {"properties", kinds},
                                    {"additionalProperties", false},
                                    {"minProperties", 1},
                                    {"maxProperties", 1}}})}};
}

/// A label may stand beside the kind, or alone over a base.
Json labelled(Json choice) {
    Json& one = choice["oneOf"][1];
    one["properties"]["label"] = typed({"string", "number"});
    one.erase("maxProperties");
    one["if"] = {{"required", Json::array({"label"})}};
    one["then"] = {{"maxProperties", 2}};
    one["else"] = {{"maxProperties", 1}};
    return choice;
}

Json section_schema(std::string_view where) {
    Json schema = typed({"object"});
    schema["properties"] = Json::object();
    schema["additionalProperties"] = false;
    for (const Key& key : study_keys()) {
        if (key.where != where)
            continue;
        Json& property = schema["properties"][std::string(key.name)];
        property = key.choices.empty() ? Json::object() : one_of(key.choices);
        property["description"] = key.help;
    }
    return schema;
}

/// Rules in a list; a bare name is a rule of nothing but a layer.
Json rules_schema(std::string_view where) {
    Json rules = typed({"array"});
    rules["items"] = {{"oneOf", Json::array({{{"type", "string"}}, section_schema(where)})}};
    return rules;
}

Json friction_schema() {
    Json schema = section_schema("friction");
    Json& properties = schema["properties"];
    const auto describe = [&](const char* key, Json of) {
        of["description"] = properties[key]["description"];
        properties[key] = std::move(of);
    };
    describe("near", section_schema("near"));
    for (const char* rules : {"speeds", "barriers", "delays"})
        describe(rules, rules_schema(rules));
    return schema;
}

/// A list of methods, each with a label if need be; or all.
Json compared_methods_schema() {
    Json method = ref("methods");
    return {
        {"oneOf", Json::array({{{"enum", Json::array({"all", nullptr})}}, {{"type", "array"}, {"items", method}}})}};
}

Json compare_schema() {
    Json section = section_schema("compare");
    section["properties"]["methods"] = compared_methods_schema();
    section["type"] = "object";
    Json schema = compared_methods_schema();
    schema["oneOf"].push_back(section);
    return schema;
}

Json site_schema() {
    ReferenceTable table{"site", "how a site's measurement comes from its cells", {}};
    for (const auto& rule : site_rules())
        table.entries.push_back(
            {.name = std::string(rule.name), .summary = std::string(rule.summary), .parameters = rule.parameters});
    return choice_schema(table);
}

Json criterion_schema() {
    Json schema = section_schema("criterion");
    schema["properties"]["measure"] = ref("measures");
    schema["properties"]["value"] = ref("values");
    schema["properties"]["weight"] = typed({"string", "number"});
    schema["properties"]["missing"] = typed({"string", "number"});
    schema["properties"]["site"] = ref("site");
    schema["properties"]["uncertainty"] = ref("uncertainties");
    return schema;
}

Json stability_schema() {
    Json section = section_schema("stability");
    section["properties"]["weights"] = ref("weight%20spaces");
    for (const char* number : {"draws", "seed"})
        section["properties"][number]["type"] = Json::array({"integer", "null"});
    return {{"oneOf", Json::array({{{"const", "none"}}, section})}};
}

/// `sites: none` or the section.
Json none_or(std::string_view section) {
    return {{"oneOf", Json::array({{{"const", "none"}}, section_schema(section)})}};
}

Json theme_schema() {
    Json schema = section_schema("theme");
    schema["properties"]["weights"] = ref("weights");
    schema["properties"]["aggregate"] = ref("aggregations");
    schema["additionalProperties"] = criterion_schema();
    return schema;
}

Json profile_schema() {
    Json schema = section_schema("profile");
    schema["properties"]["weights"] = ref("weights");
    Json limits = typed({"object"});
    for (const char* key : {"at most", "at least"})
        limits["properties"][key] = typed({"string", "number"});
    limits["additionalProperties"] = false;
    schema["properties"]["needs"] = {{"type", Json::array({"null", "object"})}, {"additionalProperties", limits}};
    schema["properties"]["values"] = {{"type", Json::array({"null", "object"})},
                                      {"additionalProperties", ref("values")}};
    return schema;
}

Json required(std::string_view where) {
    Json names = Json::array();
    for (const Key& key : study_keys())
        if (key.where == where && key.required)
            names.push_back(key.name);
    return {{"required", names}};
}

/// What a study must hold that has no base.
Json whole_study() {
    const Json criterion{{"anyOf", Json::array({required("criterion"), {{"required", Json::array({"use"})}}})}};
    const Json theme{{"properties", section_schema("theme")["properties"]}, {"additionalProperties", criterion}};
    const Json only_a_label{{"required", Json::array({"label"})}, {"maxProperties", 1}};
    Json schema = required(""); // `connect` does without criteria
    std::erase(schema["required"].get_ref<Json::array_t&>(), Json("criteria"));
    schema["anyOf"] = {{{"required", Json::array({"criteria"})}}, {{"required", Json::array({"links", "friction"})}}};
    schema["properties"] = {
        {"layers", {{"additionalProperties", required("layer")}}},
        {"criteria", {{"properties", {{"weights", Json::object()}}}, {"additionalProperties", theme}}},
        {"constraints", {{"additionalProperties", {{"not", only_a_label}}}}}};
    return schema;
}

} // namespace

std::string study_schema() {
    Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "zonerank study"}};
    root.update(section_schema(""));
    root["type"] = "object";
    const auto mapping = [](const Json& of) {
        Json schema = typed({"object"});
        schema["additionalProperties"] = of;
        return schema;
    };
    Json& properties = root["properties"];
    for (const char* section : {"area", "grid", "links", "outputs"})
        properties[section] = section_schema(section);
    properties["friction"] = friction_schema();
    properties["sites"] = none_or("sites");
    properties["stability"] = stability_schema();
    properties["layers"] =
        mapping({{"oneOf", Json::array({{{"type", Json::array({"string", "array"})}}, section_schema("layer")})}});
    properties["criteria"] = mapping(theme_schema());
    properties["criteria"]["properties"] = {{"weights", ref("weights")}};
    properties["constraints"] = mapping(ref("constraints"));
    properties["profiles"] = mapping(profile_schema());
    properties["assign"] = section_schema("assign");
    properties["validate"] = section_schema("validate");
    for (const char* side : {"good", "bad"})
        properties["validate"]["properties"][side] = section_schema("good");
    properties["aggregate"] = ref("aggregations");
    properties["compare"] = compare_schema();
    properties["outputs"]["properties"]["compression"] = ref("compressions");
    root["anyOf"] = Json::array({{{"required", Json::array({"extends"})}}, whole_study()});
    for (const ReferenceTable& table : reference())
        if (table.name != "criteria" && table.name != "networks") // which a study names in plain text
            root["$defs"][table.name] = choice_schema(table);
    root["$defs"]["methods"] = labelled(root["$defs"]["methods"]);
    root["$defs"]["constraints"] = labelled(root["$defs"]["constraints"]);
    root["$defs"]["site"] = site_schema();
    return root.dump(2) + "\n";
}

} // namespace zonerank::engine
