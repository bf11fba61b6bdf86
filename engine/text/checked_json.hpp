// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace zonerank::engine {

// What a file of our own says that others may have changed: of the shape that was asked for, or an Error
// of one line that names the key.

/// A file's object. Throws Error: there is no such file, it is larger than `most_mib`, 64 levels deep, or
/// its member "program" doesn't say zonerank: "not `what`". One that can't be read just now: rasters::Unreadable.
nlohmann::ordered_json read_own_json(const std::filesystem::path& path, std::uintmax_t most_mib, std::string_view what);

[[noreturn]] void throw_wrong(std::string_view key, std::string_view wanted);

/// A member, null where there is none.
const nlohmann::ordered_json& member(const nlohmann::ordered_json& object, const std::string& key);

/// What is absent is empty, false, not a number, or an empty object, unless it is `required`.
std::string text_member(const nlohmann::ordered_json& object, const std::string& key, bool required = false);
bool flag_member(const nlohmann::ordered_json& object, const std::string& key);
double number_member(const nlohmann::ordered_json& object, const std::string& key);
const nlohmann::ordered_json& object_member(const nlohmann::ordered_json& object, const std::string& key,
                                            bool required = false);

std::uint64_t count_member(const nlohmann::ordered_json& object, const std::string& key); ///< required
/// A list; required.
const nlohmann::ordered_json& list_member(const nlohmann::ordered_json& object, const std::string& key);
/// 64 lower-case digits; required. Throws Error naming `of`.
std::string sha256_member(const nlohmann::ordered_json& object, std::string_view of, const std::string& key = "sha256");

} // namespace zonerank::engine
