// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/dask_driver.hpp"

#include "rasters/core/error.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace zonerank::engine {

namespace fs = std::filesystem;

fs::path this_program() {
    return fs::read_symlink("/proc/self/exe");
}

fs::path dask_driver(const fs::path& program) {
    // ZONERANK_SHARE: the share folder as seen from the programs' folder.
    const fs::path file = fs::path("zonerank") / "zonerank_submit.py", folder = program.parent_path();
    const fs::path installed = (folder / ZONERANK_SHARE / file).lexically_normal(), built = folder / "share" / file;
    for (const fs::path& path : {built, installed})
        if (fs::exists(path))
            return path;
    throw Error("the driver for Dask is neither {} nor {}: is zonerank installed as a whole?", installed.string(),
                built.string());
}

void become_driver(const std::string& python, const fs::path& driver, const std::vector<std::string>& words) {
    // -B: nothing is written beside the driver.
    std::vector<std::string> all{python, "-B", driver.string()};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char*> arguments;
    std::ranges::transform(all, std::back_inserter(arguments), [](std::string& word) { return word.data(); });
    arguments.push_back(nullptr);
    std::fflush(nullptr);
    execvp(python.c_str(), arguments.data());
    throw Error("{} can't be started: {}; Debian's package python3-distributed has what submit needs", python,
                std::strerror(errno));
}

} // namespace zonerank::engine
