// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch.hpp"

#include "engine/batch/batch_folder.hpp"
#include "engine/batch/batch_jobs.hpp"
#include "engine/batch/batch_page.hpp"
#include "engine/batch/batch_words.hpp"
#include "engine/batch/combined_ranking.hpp"
#include "engine/batch/combined_table.hpp"
#include "engine/batch/district_run.hpp"
#include "engine/batch/find_facts.hpp"
#include "engine/batch/turns.hpp"
#include "engine/needs/memory_needed.hpp"
#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"
#include "rasters/core/undo.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>

namespace zonerank::engine {

namespace fs = std::filesystem;
using Became = BatchRow::State;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// By which processes know that they are at the same batch.
std::string name_of(const BatchJobs& jobs, const BatchOptions& options) {
    std::vector<std::string> parts{version, jobs.title, jobs.grid, options.common_facts ? "common facts" : ""};
    for (const BatchJob& job : jobs.all)
        parts.insert(parts.end(), {job.name, job.folder});
    layers::Problems untold;
    parts.insert(parts.end(), {to_yaml(jobs.all.front().study(untold)), jobs.found_in->states.text()});
    return key_of(parts);
}

BatchSummary summary_of(const BatchJobs& jobs, const BatchOptions& options) {
    BatchSummary summary{.study = jobs.title, .grid = jobs.grid, .rows = {}};
    summary.of_studies = !options.over;
    summary.sites_nowhere = jobs.sites_nowhere;
    summary.no_ranking = jobs.no_ranking;
    for (const BatchJob& job : jobs.all)
        summary.rows.push_back({.name = job.name, .folder = job.folder, .best_score = {}});
    return summary;
}

/// How many districts at a time.
std::size_t at_once(const BatchOptions& options, std::size_t districts) {
    const std::size_t wanted = options.jobs > 0 ? options.jobs : thread_count(options.threads);
    return std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(districts, 1));
}

/// A batch: its districts, some at a time, and with other processes if they join.
class Batch {
public:
    Batch(BatchJobs jobs, const BatchOptions& options, const std::atomic<bool>& stop)
        : m_jobs(std::move(jobs)), m_options(options), m_stop(stop), m_at_once(at_once(options, m_jobs.all.size())),
          m_folder(options.join ? BatchFolder(m_jobs.folder, name_of(m_jobs, options)) : BatchFolder(m_jobs.folder)),
          m_summary(summary_of(m_jobs, options)), m_sharing(m_at_once), m_words(options.tell),
          m_runs(options, m_sharing, m_words, stop),
          m_turns(options.join ? Turns(m_summary.rows, m_folder.turns()) : Turns(m_jobs.all.size())),
          m_parts(m_jobs.all.size()) {}

    BatchResult operator()() {
        write_summary(); // whoever looks now sees that it isn't finished
        say_what_stays();
        if (m_options.common_facts)
            use_common_facts(m_jobs, m_options, m_runs.hashes(), m_sharing, m_stop);
        do_all();
        m_words.repetitions();
        m_sharing.release();
        const bool closes = !m_stop && (!m_options.join || m_folder.closes(m_stop)); // else another does
        const bool stopped = !closes && m_stop;
        if (closes)
            combine();
        if (closes || stopped)
            write_summary();
        say_what_stays();
        BatchResult result{m_summary, m_folder.path(), stopped};
        if (closes && m_options.sites_table)
            write_table(result);
        return result;
    }

private:
    void do_all() {
        {
            std::vector<std::jthread> others;
            for (std::size_t i = 1; i < m_at_once; ++i)
                others.emplace_back([this] { work(); });
            work();
        }
        if (!m_error)
            return;
        write_summary();
        std::rethrow_exception(m_error);
    }

    /// What is wrong with a district is in its row; what goes wrong here is wrong with the batch.
    void work() {
        try {
            while (goes_on()) {
                const std::optional<Turns::Turn> turn = m_turns.next(m_stop);
                if (!turn)
                    break;
                take_turn(*turn);
            }
        } catch (...) {
            const std::scoped_lock lock(m_mutex);
            m_error = std::current_exception();
        }
    }

    bool goes_on() {
        const std::scoped_lock lock(m_mutex);
        return !m_stop && !m_error && !(m_failed && !m_options.keep_going);
    }

    void take_turn(const Turns::Turn& turn) {
        BatchRow row = turn.done ? *turn.done : run_district(turn.district);
        if (!turn.done && row.state != Became::waiting)
            m_turns.leave(turn, row);
        const std::scoped_lock lock(m_mutex);
        m_failed = m_failed || row.state == Became::failed;
        set_part(turn.district, 1);
        const bool is_news = row.state != Became::kept;
        m_summary.rows[turn.district] = std::move(row);
        say_what_stays();
        if (is_news && is_due())
            write_summary();
        check_table(m_summary.rows[turn.district]);
    }

    BatchRow run_district(std::size_t i) {
        const BatchJob& job = m_jobs.all[i];
        {
            const std::scoped_lock lock(m_mutex);
            m_latest = i;
        }
        BatchRow row = m_runs(job, m_folder.path() / job.folder, [&](const Progress& p) { show(i, p); });
        if (row.state == Became::done && row.sites == 0 && m_jobs.have_sites)
            row.state = Became::empty;
        return row;
    }

    void set_part(std::size_t i, double part) {
        m_done += part - m_parts[i];
        m_parts[i] = part;
    }

    void show(std::size_t i, const Progress& p) {
        const std::scoped_lock lock(m_mutex);
        set_part(i, p.done);
        const std::size_t all = m_jobs.all.size();
        if (m_options.progress)
            m_options.progress({.stage = fmt::format("{} of {}: {}", m_latest + 1, all, m_jobs.all[m_latest].name),
                                .done = m_done / static_cast<double>(all),
                                .of_stage = m_parts[m_latest]});
    }

    /// If the process is ended from here on; a run has words of its own as long as it has a plan.
    void say_what_stays() const {
        const auto done = static_cast<std::size_t>(std::ranges::count_if(m_summary.rows, has_results));
        rasters::set_kept_words(fmt::format("{} of {} are done in {}{}", done, m_summary.rows.size(),
                                            m_folder.path().string(),
                                            done < m_summary.rows.size() ? ": the same command continues" : ""));
    }

    /// A table of other columns is told as soon as a district shows them, not when all are done.
    void check_table(const BatchRow& row) {
        if (!m_options.sites_table || m_table_checked || !has_results(row))
            return;
        const std::vector<CombinedSite> sites = combined_sites(m_folder.path(), {row});
        m_table_checked = !sites.empty();
        if (m_table_checked)
            check_combined_table(sites, *m_options.sites_table);
    }

    void write_table(BatchResult& result) const {
        const OnTheWay on_the_way(m_folder.path());
        result.no_table = why_no_table(m_summary);
        result.table = write_combined_to_postgis(m_folder.path(), m_summary, m_sites, *m_options.sites_table);
    }

    void combine() {
        m_jobs.found_in->check();
        m_sites = combined_sites(m_folder.path(), m_summary.rows);
        if (m_summary.no_ranking.empty() && m_jobs.have_sites)
            m_summary.no_ranking = write_combined_ranking(m_folder, m_summary.study, m_sites);
        if (!m_summary.no_ranking.empty() || !m_jobs.have_sites)
            for (const char* file : ranking_files)
                m_folder.remove(file);
        m_summary.seconds = seconds_since(m_start);
        m_folder.write_text("batch.html", batch_page(m_folder.path(), m_summary, m_sites));
    }

    /// The files tell of all districts: of thousands they are not written after each.
    bool is_due() const { return m_writing < 1 + 0.02 * seconds_since(m_start); }

    void write_summary() {
        const Clock::time_point start = Clock::now();
        for (std::size_t i = 0; i < m_summary.rows.size(); ++i)
            if (m_summary.rows[i].state == Became::waiting)
                m_summary.rows[i] = m_turns.seen(i).value_or(m_summary.rows[i]);
        m_summary.seconds = seconds_since(m_start);
        m_folder.write_text("batch.json", batch_json(m_summary));
        m_folder.write_text("batch.csv", batch_csv(m_summary));
        m_writing += seconds_since(start);
    }

    BatchJobs m_jobs;
    const BatchOptions& m_options;
    const std::atomic<bool>& m_stop;
    std::size_t m_at_once;
    BatchFolder m_folder;
    BatchSummary m_summary;
    layers::Sharing m_sharing;
    BatchWords m_words;
    DistrictRuns m_runs;
    Turns m_turns;
    std::mutex m_mutex;                ///< of the summary, its files, and what follows
    std::vector<double> m_parts;       ///< of each district, done
    double m_done = 0;                 ///< their sum
    std::size_t m_latest = 0;          ///< district that was begun
    std::vector<CombinedSite> m_sites; ///< of all districts, at the end
    bool m_failed = false, m_table_checked = false;
    std::exception_ptr m_error;
    double m_writing = 0; ///< seconds that the files took so far
    Clock::time_point m_start = Clock::now();
};

} // namespace

BatchResult run_batch(const BatchOptions& options, const std::atomic<bool>& stop) {
    BatchJobs jobs = batch_jobs(options);
    if (options.sites_table)
        check_combined_table(jobs, *options.sites_table);
    return Batch(std::move(jobs), options, stop)();
}

} // namespace zonerank::engine
