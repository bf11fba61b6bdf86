// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch.hpp"

#include "engine/batch/batch_folder.hpp"
#include "engine/batch/batch_jobs.hpp"
#include "engine/batch/batch_page.hpp"
#include "engine/batch/combined_ranking.hpp"
#include "engine/batch/done_before.hpp"
#include "engine/batch/find_facts.hpp"
#include "engine/outputs/manifest.hpp"
#include "engine/run.hpp"
#include "layers/vectors/shared_inputs.hpp"
#include "rasters/core/undo.hpp"

#include <algorithm>
#include <chrono>
#include <map>

namespace zonerank::engine {

namespace fs = std::filesystem;
using Became = BatchRow::State;

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The batch's jobs, one after the other: a map of a district is a few tiles, of which each has the machine.
class Batch {
public:
    Batch(BatchJobs jobs, const BatchOptions& options, const std::atomic<bool>& stop)
        : m_jobs(std::move(jobs)), m_options(options), m_stop(stop), m_folder(m_jobs.folder) {
        m_summary.study = m_jobs.title;
        m_summary.grid = m_jobs.grid;
        m_summary.of_studies = !options.over;
        m_summary.sites_nowhere = m_jobs.sites_nowhere;
        m_summary.no_ranking = m_jobs.no_ranking;
        for (const BatchJob& job : m_jobs.all)
            m_summary.rows.push_back({.name = job.name, .folder = job.folder, .best_score = {}});
    }

    BatchResult operator()() {
        write_summary(); // whoever looks now sees that it isn't finished
        say_what_stays();
        if (m_options.common_facts)
            use_common_facts(m_jobs, m_options, m_sharing, m_stop);
        for (std::size_t i = 0; i < m_jobs.all.size() && !m_stop && !(m_failed && !m_options.keep_going); ++i)
            do_job(i);
        tell_of_repetitions();
        m_sharing.release();
        if (!m_stop)
            combine();
        write_summary();
        if (!m_stop)
            rasters::set_kept_words("");
        return {m_summary, m_folder.path(), m_stop};
    }

private:
    void do_job(std::size_t i) {
        const auto start = std::chrono::steady_clock::now();
        BatchRow& row = m_summary.rows[i];
        if (i > 0 && m_jobs.all[i].crs != m_jobs.all[i - 1].crs)
            m_sharing.release();
        try {
            row.state = compute(i) ? Became::done : Became::kept;
            look_at_results(m_folder.path() / row.folder, row);
            if (row.state == Became::done && row.sites == 0 && m_jobs.have_sites)
                row.state = Became::empty;
        } catch (const Error& e) {
            if (!m_stop)
                fail(row, e.what());
        } catch (const std::bad_alloc&) {
            fail(row, "out of memory");
        } catch (const std::exception& e) { // such as of the file system
            fail(row, e.what());
        }
        row.seconds = row.state == Became::kept || row.state == Became::waiting ? 0 : seconds_since(start);
        if (row.state != Became::kept)
            write_summary();
        say_what_stays();
    }

    /// If the process is ended from here on; a run has words of its own as long as it has a plan.
    void say_what_stays() const {
        const auto done = std::ranges::count_if(m_summary.rows, has_results);
        rasters::set_kept_words(fmt::format("{} of {} are done in {}: the same command continues", done,
                                            m_summary.rows.size(), m_folder.path().string()));
    }

    void fail(BatchRow& row, const std::string& why) {
        m_failed = true;
        row.state = Became::failed;
        row.error = why;
        tell_once(row.name, why);
    }

    void tell(const std::string& line) const {
        if (m_options.tell)
            m_options.tell(line);
    }

    void tell_once(const std::string& name, const std::string& why) {
        if (m_failures[why]++ == 0)
            tell(fmt::format("{}: {}", name, why));
    }

    /// Whether anything had to be done. Throws Error for the first thing that is wrong, others told.
    bool compute(std::size_t i) {
        const BatchJob& job = m_jobs.all[i];
        layers::Problems problems;
        const layers::Node study = job.study(problems);
        refuse(job, problems);
        const fs::path folder = m_folder.path() / job.folder;
        if (done_before(folder, study_from(study, job.file, problems), m_hashes)) {
            clear_strays(folder);
            return false;
        }
        m_sharing.next_study();
        const auto progress = [&](const Progress& p) { show(i, p); };
        const auto prepared = prepare(study, job.file, m_options.access, m_options.threads, progress, m_stop);
        refuse(job, prepared->problems);
        for (const std::string& source : input_sources(*prepared))
            m_hashes.of_source(source, [&] { return input_files(source, *prepared); });
        run(*prepared,
            {.threads = m_options.threads,
             .tile = m_options.tile,
             .output = folder,
             .memory = m_options.memory,
             .known = m_hashes.known(),
             .progress = progress},
            m_stop);
        for (const layers::Problems::Problem& warning : prepared->problems.warnings())
            warn(job.name, to_string(warning.mark), warning.text);
        return true;
    }

    /// What is at one place of the study is told of one district: others differ in figures.
    void warn(const std::string& name, const std::string& place, const std::string& text) {
        if (m_warned[place]++ == 0)
            tell(fmt::format("{}: {}: warning: {}", name, place, text));
    }

    void tell_of_repetitions() const {
        for (const auto& [why, times] : m_failures)
            if (times > 1)
                tell(fmt::format("the same for {} more: {}", times - 1, why));
        for (const auto& [place, times] : m_warned)
            if (times > 1)
                tell(fmt::format("{}: the same warning for {} more; each manifest.json has its own", place, times - 1));
    }

    void refuse(const BatchJob& job, const layers::Problems& problems) {
        if (problems.ok())
            return;
        const auto line = [](const layers::Problems::Problem& problem) {
            return fmt::format("{}: {}", to_string(problem.mark), problem.text);
        };
        for (std::size_t i = 1; i < problems.errors().size(); ++i)
            tell_once(job.name, line(problems.errors()[i]));
        throw Error("{}", line(problems.errors().front()));
    }

    void show(std::size_t i, const Progress& p) const {
        if (m_options.progress)
            m_options.progress({.stage = fmt::format("{} of {}: {}", i + 1, m_jobs.all.size(), m_jobs.all[i].name),
                                .done = (static_cast<double>(i) + p.done) / static_cast<double>(m_jobs.all.size()),
                                .of_stage = p.done});
    }

    void combine() {
        m_summary.seconds = seconds_since(m_start);
        const std::vector<CombinedSite> sites = combined_sites(m_folder.path(), m_summary.rows);
        if (m_summary.no_ranking.empty() && m_jobs.have_sites)
            m_summary.no_ranking = write_combined_ranking(m_folder, m_summary.study, sites);
        if (!m_summary.no_ranking.empty() || !m_jobs.have_sites)
            for (const char* file : ranking_files)
                m_folder.remove(file);
        m_folder.write_text("batch.html", batch_page(m_folder.path(), m_summary, sites));
    }

    void write_summary() {
        m_summary.seconds = seconds_since(m_start);
        m_folder.write_text("batch.json", batch_json(m_summary));
        m_folder.write_text("batch.csv", batch_csv(m_summary));
    }

    BatchJobs m_jobs;
    const BatchOptions& m_options;
    const std::atomic<bool>& m_stop;
    BatchFolder m_folder;
    layers::Sharing m_sharing;
    InputHashes m_hashes;
    BatchSummary m_summary;
    std::map<std::string, std::size_t> m_warned;   ///< by place
    std::map<std::string, std::size_t> m_failures; ///< by what went wrong
    bool m_failed = false;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace

BatchResult run_batch(const BatchOptions& options, const std::atomic<bool>& stop) {
    return Batch(batch_jobs(options), options, stop)();
}

} // namespace zonerank::engine
