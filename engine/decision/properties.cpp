// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/properties.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine::property {

std::span<const Words> words_of(std::string_view table) {
    if (table == "aggregations" || table == "methods")
        return all;
    if (table == "values")
        return of_values;
    return table == "weights" ? std::span<const Words>(of_weights) : std::span<const Words>();
}

bool states(std::span<const std::string> stated, std::string_view word) {
    return std::ranges::find(stated, word) != stated.end();
}

static std::string explained(std::span<const std::string> stated, std::span<const Words> words, bool kept) {
    std::string text;
    for (const Words& word : words)
        if (states(stated, word.name) == kept)
            text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", word.name, kept ? word.kept : word.lacked);
    return text;
}

std::string in_words(std::span<const std::string> stated, std::span<const Words> words) {
    const std::string kept = explained(stated, words, true), lacked = explained(stated, words, false);
    return fmt::format("{}{}{}", kept.empty() ? "" : fmt::format("Keeps: {}.", kept),
                       kept.empty() || lacked.empty() ? "" : " ",
                       lacked.empty() ? "" : fmt::format("Lacks: {}.", lacked));
}

std::string lacked_in_short(std::span<const std::string> stated, std::span<const Words> words) {
    std::string text;
    for (const Words& word : words)
        if (!states(stated, word.name))
            text += fmt::format("; {}", word.lacked);
    return text;
}

} // namespace zonerank::engine::property
