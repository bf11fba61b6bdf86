// SPDX-License-Identifier: Apache-2.0
#include "engine/outputs/single_file.hpp"

#include "engine/outputs/manifest.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <iterator>

namespace zonerank::engine {

namespace fs = std::filesystem;

// Nothing of the user's is lost, and nothing is computed in vain.
void check_single_file(const Prepared& prepared, const fs::path& output, bool overwrite) {
    if (output.has_parent_path() && !fs::is_directory(output.parent_path()))
        throw Error("{}: there is no such folder", output.parent_path().string());
    std::error_code ignored;
    const fs::file_status status = fs::status(output, ignored);
    if (!fs::exists(status))
        return;
    if (!fs::is_regular_file(status))
        throw Error("{}: is no file that could be replaced", output.string());
    if (!overwrite)
        throw Error("{}: is there already; --overwrite replaces it", output.string());
    std::vector<fs::path> inputs{prepared.study.file};
    for (const std::string& source : input_sources(prepared))
        std::ranges::move(input_files(source, prepared), std::back_inserter(inputs));
    for (const fs::path& input : inputs)
        if (fs::equivalent(output, input, ignored))
            throw Error("{}: the study reads it; name another file", output.string());
}

} // namespace zonerank::engine
