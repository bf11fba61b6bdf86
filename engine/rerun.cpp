// SPDX-License-Identifier: Apache-2.0
#include "engine/rerun.hpp"

#include "engine/connect.hpp"
#include "engine/run.hpp"
#include "engine/text/yaml.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/undo.hpp"

#include <stdlib.h>

#include <algorithm>
#include <optional>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

/// Nobody else's, and gone when it goes out of scope.
class ScratchFolder {
public:
    ScratchFolder() {
        std::string name = (fs::temp_directory_path() / "zonerank-rerun-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw Error("{}: a scratch folder can't be made; set TMPDIR", fs::temp_directory_path().string());
        m_path = name;
        m_undo.emplace([path = m_path] { remove(path); });
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() { remove(m_path); }
    const fs::path& path() const { return m_path; }

private:
    static void remove(const fs::path& path) {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }

    fs::path m_path;
    std::optional<rasters::Undo> m_undo;
};

/// The manifest's study, under the title that the run had: of a study without one it is its file's name.
layers::Node study_of(const PastRun& run, const fs::path& file, layers::Problems& problems) {
    layers::Node study = parse_yaml(run.expanded, file.string(), problems); // paths are seen from where it stands
    if (study.is_map() && !study.find("study"))
        study.entries.insert(study.entries.begin(), {"study", layers::scalar(run.title)});
    return study;
}

/// Where the run lay: its files hold ways from there to its inputs. Where it has been moved since, a
/// folder as deep below the study's stands for it.
fs::path folder_then(const PastRun& run, const fs::path& study_folder) {
    const fs::path home = fs::weakly_canonical(fs::absolute(study_folder));
    const fs::path now = fs::weakly_canonical(fs::absolute(run.folder));
    const fs::path way = run.study_folder.value_or("");
    if (!run.study_folder || fs::weakly_canonical(now / way) == home)
        return now;
    fs::path then = home;
    for (auto up = std::ranges::count(way, fs::path("..")); up > 0; --up)
        then /= "run";
    return then;
}

/// What the expanded study no longer tells: which of its criteria came from the catalogue.
void name_ready_criteria(const PastRun& run, Study& study) {
    for (ThemeSpec& theme : study.themes)
        for (CriterionSpec& criterion : theme.criteria) {
            const auto ready = std::ranges::find(run.ready_criteria, criterion.name, &NamedText::name);
            criterion.catalogue = ready != run.ready_criteria.end() ? ready->text : "";
        }
}

void check(const layers::Problems& problems) {
    const auto errors = problems.errors();
    if (errors.empty())
        return;
    throw Error("the manifest's study can't be run again: {}{}", errors.front().text,
                errors.size() > 1 ? fmt::format(" (and {} more to mend)", errors.size() - 1) : "");
}

} // namespace

std::vector<RerunDifference> rerun(const PastRun& run, const fs::path& study_folder, const RerunOptions& options,
                                   const std::atomic<bool>& stop) {
    layers::Problems problems;
    const fs::path file = fs::absolute(study_folder) / (run.study_file.empty() ? "study.yaml" : run.study_file);
    const layers::Node study = study_of(run, file, problems);
    check(problems);
    const std::optional<Asked> asked = run.connected ? std::optional(Asked{.links = true}) : std::nullopt;
    const auto prepared = prepare(study, file, options.access, options.threads, options.progress, stop, asked);
    check(prepared->problems);
    name_ready_criteria(run, prepared->study);
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "run";
    if (run.connected)
        connect(*prepared, {.output = folder, .threads = options.threads, .progress = options.progress}, stop);
    else
        engine::run(*prepared,
                    {.threads = options.threads,
                     .output = folder,
                     .lies_in = folder_then(run, study_folder),
                     .sites_only = run.sites_only,
                     .progress = options.progress},
                    stop);
    return compare_rerun(run, read_past_run(folder), [&stop] { return stop.load(); });
}

} // namespace zonerank::engine
