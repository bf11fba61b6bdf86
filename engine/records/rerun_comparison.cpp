// SPDX-License-Identifier: Apache-2.0
#include "engine/records/rerun_comparison.hpp"

#include "engine/records/map_difference.hpp"
#include "engine/records/site_table.hpp"
#include "engine/text/sha256.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>

namespace zonerank::engine {

namespace fs = std::filesystem;

/// Whether the file that the run wrote is still there to be looked into.
static bool still_as_it_was(const fs::path& place, const ListedFile& listed) {
    std::error_code failed;
    return fs::is_regular_file(fs::symlink_status(place, failed)) && sha256_of_file(place) == listed.sha256;
}

static std::string how_different(const fs::path& before, const fs::path& after, const std::function<bool()>& stopped) {
    if (before.extension() == ".csv")
        return difference_text(compare_tables(before, after));
    if (before.extension() != ".tif")
        return "other bytes";
    const MapComparison maps = compare_maps(before, after, std::nullopt, stopped);
    return !maps.difference          ? maps.reason
           : maps.difference->same() ? "other bytes, the same cells"
                                     : difference_text(*maps.difference);
}

std::vector<RerunDifference> compare_rerun(const PastRun& run, const PastRun& fresh,
                                           const std::function<bool()>& stopped) {
    std::vector<RerunDifference> differences;
    for (const ListedFile& was : run.outputs) {
        const auto is = std::ranges::find(fresh.outputs, was.path, &ListedFile::path);
        if (is == fresh.outputs.end())
            differences.push_back({was.path, "not written again"});
        else if (is->sha256 != was.sha256)
            differences.push_back(
                {was.path, still_as_it_was(run.folder / was.path, was)
                               ? how_different(run.folder / was.path, fresh.folder / is->path, stopped)
                               : "other bytes; the run's own file is no longer there to compare"});
    }
    for (const ListedFile& is : fresh.outputs)
        if (std::ranges::find(run.outputs, is.path, &ListedFile::path) == run.outputs.end())
            differences.push_back({is.path, "written now, not then"});
    return differences;
}

} // namespace zonerank::engine
