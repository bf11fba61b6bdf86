// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/left_files.hpp"

#include "engine/progress.hpp"
#include "engine/text/escape.hpp"
#include "engine/text/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

struct Meaning {
    std::string_view name, meaning;
};

/// What people open first comes first; folders end in '/'.
constexpr std::array meanings{
    Meaning{"study.qgz", "all of it in QGIS"},
    Meaning{"report.html", "maps, ranking, weights to move"},
    Meaning{"suitability.tif", "score of every cell"},
    Meaning{"sites.gpkg", "ranked sites, with their style"},
    Meaning{"ranking.csv", "the ranking as a table"},
    Meaning{"constraints.tif", "what is ruled out, by what"},
    Meaning{"ranking.tif", "rank of the site at a cell"},
    Meaning{"sites.geojson", "ranked sites for web maps"},
    Meaning{"area.geojson", "the ground that is scored"},
    Meaning{"reasons.tif", "all that rules a cell out"},
    Meaning{"friction.tif", "speed of the fastest, km/h"},
    Meaning{"links.geojson", "places and ways between them"},
    Meaning{"links.csv", "time and cost of each pair"},
    Meaning{"places.csv", "how central each place is"},
    Meaning{"manifest.json", "inputs, methods and checksums"},
    Meaning{"stability/", "how sure the ranking is"},
    Meaning{"comparison/", "rankings by other methods"},
    Meaning{"industries/", "scores of each industry"},
    Meaning{"validation/", "against zones that are known"},
    Meaning{"criteria/", "maps of each criterion"},
};

constexpr std::string_view beside = "*.qml, *.aux.xml";

/// Files that are told in one line.
struct Entry {
    std::string name;
    std::size_t files = 0;
    double bytes = 0;
};

/// The line that tells of a file: its own, its folder's, or that of all that lies beside maps.
std::string entry_of(const std::string& file) {
    if (const std::size_t slash = file.find('/'); slash != file.npos)
        return file.substr(0, slash + 1);
    return file.ends_with(".qml") || file.ends_with(".aux.xml") ? std::string(beside) : file;
}

/// Files without a meaning after those that have one, then what lies beside.
std::size_t place_of(const Entry& entry) {
    if (entry.name == beside)
        return meanings.size() + 1;
    return static_cast<std::size_t>(std::ranges::find(meanings, entry.name, &Meaning::name) - meanings.begin());
}

std::vector<Entry> entries_of(const fs::path& folder, const std::vector<std::string>& outputs) {
    std::vector<Entry> entries;
    for (const std::string& file : outputs) {
        const std::string name = entry_of(file);
        auto entry = std::ranges::find(entries, name, &Entry::name);
        if (entry == entries.end())
            entry = entries.insert(entries.end(), {name});
        ++entry->files;
        entry->bytes += static_cast<double>(fs::file_size(folder / file));
    }
    std::ranges::stable_sort(entries, {}, place_of);
    return entries;
}

std::string counted(std::size_t files) {
    return files == 1 ? "1 file" : fmt::format("{} files", files);
}

std::string meaning_of(const Entry& entry) {
    if (entry.name == beside)
        return fmt::format("{}: styles and class names beside the maps", counted(entry.files));
    const std::size_t place = place_of(entry);
    const std::string_view meaning = place < meanings.size() ? meanings[place].meaning : "";
    if (!entry.name.ends_with('/'))
        return std::string(meaning);
    return counted(entry.files).append(meaning.empty() ? "" : ": ").append(meaning);
}

std::string table_of(const std::vector<Entry>& entries) {
    std::vector<std::vector<std::string>> rows{{"file", fmt::format("{:>8}", "size"), "what it is"}};
    for (const Entry& entry : entries)
        rows.push_back({entry.name, fmt::format("{:>8}", bytes_text(entry.bytes)), meaning_of(entry)});
    return aligned(rows, "  ");
}

/// A path as a shell takes it for one word.
std::string as_word(const std::string& path) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-+,:@%";
    if (path.find_first_not_of(plain) == path.npos)
        return path;
    std::string word = "'";
    for (const char c : path)
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

std::string next_step(const std::string& folder, const std::vector<std::string>& outputs) {
    const auto has = [&](const char* file) { return std::ranges::find(outputs, file) != outputs.end(); };
    const std::string view = fmt::format("`zonerank view {}`", as_word(folder));
    if (has("report.html"))
        return fmt::format("\nNext: {} opens the report{}.\n", view, has("study.qgz") ? "; study.qgz is for QGIS" : "");
    return has("study.qgz") ? "\nNext: open study.qgz in QGIS.\n" : "";
}

} // namespace

std::string left_files_text(const fs::path& folder, const std::vector<std::string>& outputs,
                            const std::vector<std::string>& carried, double seconds) {
    const std::vector<Entry> entries = entries_of(folder, outputs);
    double bytes = 0;
    for (const Entry& entry : entries)
        bytes += entry.bytes;
    const std::string time = seconds < 10 ? fmt::format("{:.1f} s", seconds) : duration_text(seconds);
    const std::string shown = shown_on_terminal(fs::proximate(folder).string());
    std::string text = fmt::format("\n{} ({}, {}, {})\n{}", shown, time, counted(outputs.size()), bytes_text(bytes),
                                   table_of(entries));
    for (const std::string& name : carried)
        text += fmt::format("  kept: {}\n", shown_on_terminal(name));
    return text + next_step(shown, outputs);
}

} // namespace zonerank::engine
