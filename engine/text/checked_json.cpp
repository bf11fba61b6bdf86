// SPDX-License-Identifier: Apache-2.0
#include "engine/text/checked_json.hpp"

#include "layers/terms/problems.hpp"
#include "rasters/core/whole_file.hpp"

#include <cmath>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

static constexpr int deepest = 64; ///< levels; ours have eight

Json read_own_json(const fs::path& path, std::uintmax_t most_mib, std::string_view what) {
    const std::optional<std::uint64_t> size = rasters::size_if_there(path);
    if (!size)
        throw Error("no such file");
    if (*size > most_mib << 20)
        throw Error("larger than {} MiB", most_mib);
    const std::optional<std::string> text = rasters::read_if_there(path, most_mib << 20);
    if (!text)
        throw Error("no such file");
    const auto shallow = [](int depth, Json::parse_event_t, Json&) {
        if (depth > deepest)
            throw Error("more than {} levels deep", deepest);
        return true;
    };
    Json object = Json::parse(*text, shallow, false);
    if (!object.is_object() || object.value("program", Json()) != "zonerank")
        throw Error("not {}", what);
    return object;
}

void throw_wrong(std::string_view key, std::string_view wanted) {
    throw Error("'{}' is not {}", layers::excerpt(key), wanted);
}

const Json& member(const Json& object, const std::string& key) {
    static const Json null;
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found == object.end() ? null : *found;
}

std::string text_member(const Json& object, const std::string& key, bool required) {
    const Json& value = member(object, key);
    if (!value.is_string() && (required || !value.is_null()))
        throw_wrong(key, "a text");
    return value.is_string() ? value.get<std::string>() : "";
}

bool flag_member(const Json& object, const std::string& key) {
    const Json& value = member(object, key);
    if (!value.is_boolean() && !value.is_null())
        throw_wrong(key, "true or false");
    return value.is_boolean() && value.get<bool>();
}

double number_member(const Json& object, const std::string& key) {
    const Json& value = member(object, key);
    if (!value.is_number() && !value.is_null())
        throw_wrong(key, "a number");
    return value.is_number() ? value.get<double>() : NAN;
}

const Json& object_member(const Json& object, const std::string& key, bool required) {
    const Json& value = member(object, key);
    if (!value.is_object() && (required || !value.is_null()))
        throw_wrong(key, "an object");
    static const Json empty = Json::object();
    return value.is_object() ? value : empty;
}

std::uint64_t count_member(const Json& object, const std::string& key) {
    const Json& value = member(object, key);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > std::uint64_t{1} << 62)
        throw_wrong(key, "a whole number");
    return value.get<std::uint64_t>();
}

const Json& list_member(const Json& object, const std::string& key) {
    const Json& value = member(object, key);
    if (!value.is_array())
        throw_wrong(key, "a list");
    return value;
}

std::string sha256_member(const Json& object, std::string_view of, const std::string& key) {
    std::string hex = text_member(object, key, true);
    if (hex.size() != 64 || hex.find_first_not_of("0123456789abcdef") != hex.npos)
        throw Error("'{}' has no SHA-256", layers::excerpt(of));
    return hex;
}

} // namespace zonerank::engine
