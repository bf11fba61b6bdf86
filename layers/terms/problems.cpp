// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/problems.hpp"

#include "rasters/core/stopped.hpp"

#include <algorithm>
#include <cctype>

namespace zonerank::layers {

void Problems::error(const Mark& mark, std::string text) {
    ++m_failures;
    if (m_told.insert(to_string(mark) + "\n" + text).second)
        m_errors.push_back({mark, std::move(text)});
}

void Problems::error(const Mark& mark, std::string_view what, const Error& e) {
    if (dynamic_cast<const Stopped*>(&e))
        throw Stopped(); // no problem of the study
    const auto* placed = dynamic_cast<const ErrorAt*>(&e);
    if (!placed)
        error(mark, what.empty() ? e.what() : fmt::format("{}: {}", what, e.what()));
    else if (placed->told)
        ++m_failures;
    else
        error(placed->mark, e.what());
}

void Problems::warning(const Mark& mark, std::string text) {
    if (m_told.insert(to_string(mark) + "\n" + text).second)
        m_warnings.push_back({mark, std::move(text)});
}

std::string excerpt(std::string_view text) {
    constexpr std::size_t most = 60;
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; };
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (!continues(text[at]) && ++characters > most)
            return std::string(text.substr(0, std::min(at, 4 * most))) + "…";
    return std::string(text.substr(0, 4 * most));
}

// Damerau-Levenshtein, with swaps of neighbours (Damerau 1964).
static std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            const std::size_t swap = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + swap});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

static std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = c == '_' || c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

std::string nearest(std::string_view name, std::span<const std::string> known) {
    constexpr std::size_t longest = 64; // a name, not a hostile megabyte
    std::string best;
    std::size_t least = std::max<std::size_t>(name.size() / 3, 1) + 1;
    for (const std::string& candidate : known) {
        if (name.size() > longest || candidate.size() > longest)
            continue;
        const std::size_t distance = edits(lowered(name), lowered(candidate));
        if (distance < least) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

bool misspelt(std::string_view name, const Node& map, std::span<const std::string> known) {
    return std::ranges::any_of(map.entries, [&](const auto& entry) {
        return std::ranges::find(known, entry.first) == known.end() && nearest(entry.first, known) == name;
    });
}

std::string unknown(std::string_view what, std::string_view name, std::span<const std::string> known) {
    const std::string near = nearest(name, known);
    if (!near.empty())
        return fmt::format("unknown {} '{}'; did you mean '{}'?", what, excerpt(name), near);
    if (known.empty())
        return fmt::format("unknown {} '{}'; there is none", what, excerpt(name));
    return fmt::format("unknown {} '{}'; there is {}", what, excerpt(name), fmt::join(known, ", "));
}

} // namespace zonerank::layers
