// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/properties.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine::property {

bool states(std::span<const std::string> stated, std::string_view word) {
    return std::ranges::find(stated, word) != stated.end();
}

static std::string explained(std::span<const std::string> stated, bool kept) {
    std::string text;
    for (const Words& words : all)
        if (states(stated, words.name) == kept)
            text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", words.name, kept ? words.kept : words.lacked);
    return text;
}

std::string in_words(std::span<const std::string> stated) {
    const std::string kept = explained(stated, true), lacked = explained(stated, false);
    return fmt::format("{}{}{}", kept.empty() ? "" : fmt::format("Keeps: {}.", kept),
                       kept.empty() || lacked.empty() ? "" : " ",
                       lacked.empty() ? "" : fmt::format("Lacks: {}.", lacked));
}

std::string lacked_in_short(std::span<const std::string> stated) {
    std::string text;
    for (const Words& words : all)
        if (!states(stated, words.name))
            text += fmt::format("; {}", words.lacked);
    return text;
}

} // namespace zonerank::engine::property
