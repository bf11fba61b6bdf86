// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/district_run.hpp"

#include "engine/model/inputs.hpp"
#include "engine/outputs/memory.hpp"
#include "engine/run.hpp"

#include <chrono>

namespace zonerank::engine {

namespace fs = std::filesystem;
using Became = BatchRow::State;

DistrictRuns::DistrictRuns(const BatchOptions& options, layers::Sharing& sharing, BatchWords& words,
                           const std::atomic<bool>& stop)
    : m_options(options), m_sharing(sharing), m_words(words), m_stop(stop),
      m_memory(static_cast<double>(options.memory > 0 ? options.memory : rasters::machine_memory())),
      m_hashes(options.access) {}

static double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

BatchRow DistrictRuns::operator()(const BatchJob& job, const fs::path& folder,
                                  const std::function<void(const Progress&)>& progress) {
    const auto start = std::chrono::steady_clock::now();
    BatchRow row{.name = job.name, .folder = job.folder, .best_score = {}};
    const auto fail = [&](const std::string& why) {
        row.state = Became::failed;
        row.error = why;
        m_words.failed(job.name, why);
    };
    try {
        row.state = compute(job, folder, progress) ? Became::done : Became::kept;
        look_at_results(folder, row);
    } catch (const Error& e) {
        if (m_stop)
            return {.name = job.name, .folder = job.folder, .best_score = {}};
        fail(e.what());
    } catch (const std::bad_alloc&) {
        fail("out of memory");
    } catch (const std::exception& e) { // such as of the file system
        fail(e.what());
    }
    row.seconds = row.state == Became::kept ? 0 : seconds_since(start);
    return row;
}

/// Those of one CRS come together: what was read for another will not be wanted again.
void DistrictRuns::begin(const BatchJob& job) {
    const std::scoped_lock lock(m_mutex);
    if (m_begun && job.crs != m_crs)
        m_sharing.release();
    m_crs = job.crs;
    m_begun = true;
}

bool DistrictRuns::is_done(const fs::path& folder, const BatchJob& job, const layers::Node& study) {
    layers::Problems untold;
    const Study words = study_from(study, job.file, untold);
    m_hashes.next_study();
    return done_before(folder, words, m_hashes);
}

/// Whether anything had to be done. Throws Error for the first thing that is wrong, others told.
bool DistrictRuns::compute(const BatchJob& job, const fs::path& folder,
                           const std::function<void(const Progress&)>& progress) {
    begin(job);
    layers::Problems problems;
    const layers::Node study = job.study(problems);
    refuse(job, problems);
    if (is_done(folder, job, study)) {
        clear_strays(folder);
        return false;
    }
    m_sharing.next_study();
    const auto prepared = prepare(study, job.file, m_options.access, m_options.threads, progress, m_stop);
    refuse(job, prepared->problems);
    job.check();
    const Held held = hold(*prepared, MemoryFor::run, m_options.threads, m_options.tile, m_options.memory);
    const MemoryBudget::Lease lease = m_memory.take(held.bytes, m_stop);
    run(*prepared,
        {.threads = held.threads,
         .tile = held.tile,
         .output = folder,
         .memory = m_options.memory,
         .known = m_hashes.known(input_sources(*prepared)),
         .progress = progress},
        m_stop);
    for (const layers::Problems::Problem& warning : prepared->problems.warnings())
        m_words.warned(job.name, warning);
    return true;
}

void DistrictRuns::refuse(const BatchJob& job, const layers::Problems& problems) {
    if (problems.ok())
        return;
    const auto line = [](const layers::Problems::Problem& problem) {
        return fmt::format("{}: {}", to_string(problem.mark), problem.text);
    };
    for (std::size_t i = 1; i < problems.errors().size(); ++i)
        m_words.failed(job.name, line(problems.errors()[i]));
    throw Error("{}", line(problems.errors().front()));
}

} // namespace zonerank::engine
