// SPDX-License-Identifier: Apache-2.0
#include "engine/reference.hpp"
#include "engine/study/study.hpp"

#include <nlohmann/json.hpp>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
using layers::Parameter;
using layers::Type;

namespace {

Json ref(std::string_view name) {
    return {{"$ref", fmt::format("#/$defs/{}", name)}};
}

const Json text_or_number = {{"type", Json::array({"string", "number"})}};

Json parameter_schema(const Parameter& parameter) {
    Json schema;
    switch (parameter.type) {
    case Type::number:
    case Type::quantity:
    case Type::measurement:
        schema = text_or_number;
        break;
    case Type::text:
    case Type::field:
    case Type::where:
        schema = {{"type", "string"}};
        break;
    case Type::flag:
        schema = {{"type", "boolean"}};
        break;
    case Type::choice: {
        schema = {{"enum", Json::array()}};
        const std::string choices(parameter.choices);
        for (std::size_t at = 0; at < choices.size();) {
            const std::size_t end = std::min(choices.find(", ", at), choices.size());
            schema["enum"].push_back(choices.substr(at, end - at));
            at = end + 2;
        }
        break;
    }
    case Type::layers:
        schema = {{"type", Json::array({"string", "array", "object"})}};
        break;
    case Type::classes:
        schema = {{"type", Json::array({"array", "string", "number"})}};
        break;
    case Type::points:
    case Type::categories:
        schema = {{"type", "object"}, {"minProperties", 1}};
        break;
    case Type::measure:
        schema = ref("measures");
        break;
    }
    schema["description"] = parameter.help;
    return schema;
}

Json kind_schema(const ReferenceEntry& entry) {
    if (entry.parameters.size() == 1 && entry.parameters.front().name == "*")
        return parameter_schema(entry.parameters.front());
    Json schema{{"description", entry.summary},
                {"type", "object"},
                {"properties", Json::object()},
                {"additionalProperties", false}};
    Json required = Json::array();
    for (const Parameter& parameter : entry.parameters) {
        schema["properties"][std::string(parameter.name)] = parameter_schema(parameter);
        if (parameter.fallback.empty() && !parameter.optional)
            required.push_back(parameter.name);
    }
    if (!required.empty())
        schema["required"] = required;
    return schema;
}

/// A bare kind where it needs no parameters, or a mapping with one key.
Json choice_schema(const ReferenceTable& table, std::string_view beside = "") {
    Json bare = Json::array(), full = Json::object();
    for (const ReferenceEntry& entry : table.entries) {
        bare.push_back(entry.name);
        full[entry.name] =
            table.name == "weights" ? Json{{"type", "object"}, {"description", entry.summary}} : kind_schema(entry);
    }
    if (!beside.empty())
        full[std::string(beside)] = {{"type", "string"}};
    return {{"description", table.what},
            {"oneOf", Json::array({{{"enum", bare}},
                                   {{"type", "object"},
                                    {"properties", full},
                                    {"additionalProperties", false},
                                    {"minProperties", 1},
                                    {"maxProperties", beside.empty() ? 1 : 2}}})}};
}

Json section_schema(std::string_view where) {
    Json schema{{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
    Json required = Json::array();
    for (const Key& key : study_keys()) {
        if (key.where != where)
            continue;
        schema["properties"][std::string(key.name)] = {{"description", key.help}};
        if (key.required)
            required.push_back(key.name);
    }
    if (!required.empty())
        schema["required"] = required;
    return schema;
}

Json criterion_schema() {
    Json schema = section_schema("criterion");
    schema["properties"]["measure"] = ref("measures");
    schema["properties"]["value"] = ref("values");
    schema["properties"]["weight"] = text_or_number;
    schema["properties"]["missing"] = text_or_number;
    schema.erase("required"); // `use` brings measure and value
    schema["anyOf"] =
        Json::array({{{"required", Json::array({"use"})}}, {{"required", Json::array({"measure", "value"})}}});
    return schema;
}

Json theme_schema() {
    Json schema = section_schema("theme");
    schema["properties"]["weights"] = ref("weights");
    schema["properties"]["aggregate"] = ref("aggregations");
    schema["additionalProperties"] = criterion_schema();
    return schema;
}

} // namespace

std::string study_schema() {
    Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "zonerank study"}};
    root.update(section_schema(""));
    Json& properties = root["properties"];
    properties["area"] = section_schema("area");
    properties["grid"] = section_schema("grid");
    const Json files{{"type", Json::array({"string", "array"})}};
    properties["layers"] = {{"type", "object"},
                            {"additionalProperties", {{"oneOf", Json::array({files, section_schema("layer")})}}}};
    properties["criteria"] = {
        {"type", "object"}, {"properties", {{"weights", ref("weights")}}}, {"additionalProperties", theme_schema()}};
    properties["constraints"] = {{"type", "object"}, {"additionalProperties", ref("constraints")}};
    properties["aggregate"] = ref("aggregations");
    properties["sites"] = section_schema("sites");
    properties["outputs"] = section_schema("outputs");
    root.erase("required"); // with `extends`, any of them may come from the base
    for (const ReferenceTable& table : reference())
        if (table.name != "criteria")
            root["$defs"][table.name] = choice_schema(table, table.name == "constraints" ? "label" : "");
    return root.dump(2) + "\n";
}

} // namespace zonerank::engine
