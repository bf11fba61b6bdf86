// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/find_facts.hpp"

#include "engine/batch/comparable.hpp"
#include "engine/batch/kept_facts.hpp"
#include "engine/before_scores.hpp"
#include "engine/model/inputs.hpp"
#include "engine/model/learnt_weights.hpp"
#include "engine/plan/planning.hpp"
#include "engine/site_sums.hpp"
#include "engine/text/yaml.hpp"
#include "engine/weights/site_weights.hpp"

#include <memory>
#include <mutex>
#include <set>

namespace zonerank::engine {

using layers::Node;
using layers::Problems;
using rasters::Moments;
using rasters::Window;

namespace {

class Finder {
public:
    Finder(const std::vector<BatchJob>& jobs, const BatchOptions& options, layers::Sharing& sharing,
           const std::atomic<bool>& stop)
        : m_jobs(jobs), m_options(options), m_sharing(sharing), m_stop(stop) {}

    CommonFacts find() {
        while (!is_found()) { // of one that failed when its sites were looked at, the facts are among the others'
        }
        m_sharing.release();
        return std::move(m_common);
    }

    /// Why, by the numbers of the jobs.
    const std::map<std::size_t, std::string>& left_out() const { return m_left_out; }

private:
    using StudyOf = Node (Finder::*)(const Study&);
    using MomentsOf = std::map<std::string, std::unique_ptr<Moments>>; ///< by criterion

    bool is_found() {
        m_moments.clear();
        m_with_sites.clear();
        m_sites = {};
        m_last.reset();
        each_job(&Finder::to_measure, [&](std::size_t i, const std::unique_ptr<Prepared>& prepared) {
            add_moments(*prepared);
            if (!prepared->territory.candidates.empty())
                m_with_sites.insert(i);
        });
        m_have_sites = m_have_sites || !m_with_sites.empty();
        m_common = {};
        for (const auto& [name, moments] : m_moments)
            m_common.criteria[name] = {facts_of(*moments), m_units[name]};
        if (!m_await_sites || !m_have_sites)
            return true;
        const std::size_t before = m_left_out.size();
        each_job(&Finder::with_facts, [&](std::size_t, std::unique_ptr<Prepared>& prepared) { add_sites(prepared); });
        if (m_left_out.size() > before)
            return false;
        learn();
        return true;
    }

    /// Each with what is known so far, but for those that fail, now or before.
    template <typename Look>
    void each_job(StudyOf study_of, Look&& look) {
        for (std::size_t i = 0; i < m_jobs.size(); ++i) {
            if (i > 0 && m_jobs[i].crs != m_jobs[i - 1].crs)
                m_sharing.release();
            if (!m_left_out.contains(i) && (study_of == &Finder::to_measure || m_with_sites.contains(i)))
                look_at(i, study_of, look);
            if (m_stop)
                throw Error("stopped");
        }
    }

    template <typename Look>
    void look_at(std::size_t i, StudyOf study_of, Look&& look) {
        try {
            auto prepared = prepared_job(m_jobs[i], study_of);
            look(i, prepared);
        } catch (const std::exception& e) {
            if (m_stop)
                throw;
            m_left_out.emplace(i, e.what());
        }
    }

    /// Weights have no influence on facts, and those that follow from sites can't be found where there are none.
    Node to_measure(const Study& study) {
        CommonFacts alike;
        Problems problems;
        for (const std::string& theme : weighed_by_sites(study))
            alike.weights[theme] = parse_yaml("equal", "common facts", problems);
        m_await_sites = m_await_sites || !alike.weights.empty();
        return with_common_facts(study, alike);
    }

    Node with_facts(const Study& study) { return with_common_facts(study, m_common); }

    std::unique_ptr<Prepared> prepared_job(const BatchJob& job, StudyOf study_of) {
        m_sharing.next_study();
        Problems problems;
        const Study own = study_from(job.study(problems), job.file, problems);
        refuse(problems);
        auto prepared = prepare((this->*study_of)(own), job.file, m_options.access, m_options.threads, {}, m_stop);
        refuse(prepared->problems);
        return prepared;
    }

    static void refuse(const Problems& problems) {
        if (!problems.ok())
            throw Error("{}: {}", to_string(problems.errors().front().mark), problems.errors().front().text);
    }

    /// All of a district's, or none.
    void add_moments(Prepared& p) {
        MomentsOf own;
        const std::vector<std::size_t> fields = add_fields(p, {.tile = m_options.tile});
        for (const std::size_t criterion : p.model->need_facts())
            for (const Window& window : rasters::tiles(p.model->grid().window(), m_options.tile))
                p.graph.add({"facts", name_of(window), "", fields, 1,
                             [&, criterion, window] { add_moments(p, criterion, window, own); }});
        p.graph.run(m_options.threads, m_options.progress, m_stop);
        for (const auto& [name, moments] : own)
            add(m_moments, name, *moments);
    }

    void add_moments(const Prepared& p, std::size_t criterion, Window window, MomentsOf& own) {
        const Moments part = p.model->facts(criterion, window);
        const std::scoped_lock lock(m_mutex);
        add(own, p.decision.criteria[criterion].name, part);
        m_units[p.decision.criteria[criterion].name] = p.decision.criteria[criterion].unit.name;
    }

    static void add(MomentsOf& all, const std::string& criterion, const Moments& part) {
        std::unique_ptr<Moments>& sum = all[criterion];
        if (!sum)
            sum = std::make_unique<Moments>();
        sum->add(part);
    }

    /// The rows of the decision matrix, on which weights have no influence. The last study stays: its decision
    /// is to learn them.
    void add_sites(std::unique_ptr<Prepared>& prepared) {
        if (!prepared->decision.awaits_sites())
            return;
        Prepared& p = *prepared;
        SiteSums sums(p);
        const std::vector<std::size_t> fields = add_fields(p, {.tile = m_options.tile});
        for (const Window& window : rasters::tiles(p.model->grid().window(), m_options.tile))
            if (const std::vector<std::size_t> sites = sums.in(window); !sites.empty())
                p.graph.add({"facts", name_of(window), "", fields, 5,
                             [&, window, sites] { sums.add(p.model->evaluate(window), sites); }});
        p.graph.run(m_options.threads, m_options.progress, m_stop);
        Ranking ranking = sums.ranking();
        m_sites.columns = ranking.columns;
        m_sites.rows.insert(m_sites.rows.end(), ranking.rows.begin(), ranking.rows.end());
        m_last = std::move(prepared);
    }

    void learn() {
        if (!m_last)
            throw Error("weights can't follow from the sites: no district's can be measured");
        const Decision before = m_last->decision;
        rank(m_sites);
        Problems warnings;
        learn_weights(m_last->decision, *m_last->model, m_sites, warnings);
        std::vector<std::string> themes;
        for (std::size_t t = 0; t < before.themes.size(); ++t) {
            const Theme& theme = m_last->decision.themes[t];
            themes.push_back(theme.name);
            std::vector<std::string> members;
            for (const std::size_t m : theme.members)
                members.push_back(m_last->decision.criteria[m].name);
            if (before.themes[t].weighing.later)
                m_common.weights[theme.name] = fixed(theme.weighing.weights, members);
        }
        if (before.weighing.later)
            m_common.weights[""] = fixed(m_last->decision.weighing.weights, themes);
    }

    static Node fixed(const Weights& weights, const std::vector<std::string>& members) {
        Problems problems;
        return parse_yaml(as_fixed(weights, members), "common facts", problems);
    }

    const std::vector<BatchJob>& m_jobs;
    const BatchOptions& m_options;
    layers::Sharing& m_sharing;
    const std::atomic<bool>& m_stop;
    CommonFacts m_common;
    std::mutex m_mutex;
    MomentsOf m_moments;
    std::map<std::string, std::string> m_units;
    Ranking m_sites;
    std::unique_ptr<Prepared> m_last;
    std::map<std::size_t, std::string> m_left_out;
    std::set<std::size_t> m_with_sites;
    bool m_await_sites = false; ///< some weights do
    bool m_have_sites = false;  ///< some district had some
};

} // namespace

/// What the facts follow from; of a study that is wrong they don't.
static void note_inputs(const BatchJobs& jobs, const BatchOptions& options) {
    for (const BatchJob& job : jobs.all) {
        Problems problems;
        const Study study = study_from(job.study(problems), job.file, problems);
        if (problems.ok())
            note_inputs(study, options.access, jobs.found_in->states);
    }
}

/// Scores of its own would stand beside those by facts that aren't its. It fails when its turn comes.
static void leave_out(BatchJob& job, const std::string& why) {
    job.study = [why](Problems&) -> Node { throw Error("left out of the common facts: {}", why); };
}

/// Facts without those that were left out may be others next time.
static CommonFacts found_or_kept(BatchJobs& jobs, const BatchOptions& options, InputHashes& hashes,
                                 layers::Sharing& sharing, const std::atomic<bool>& stop) {
    const std::filesystem::path file = jobs.folder / "common-facts.json";
    const bool has_folder = std::filesystem::is_directory(jobs.folder);
    const auto signature = has_folder ? signature_of_facts(jobs.all, options.access, hashes, stop) : std::nullopt;
    if (signature)
        if (auto kept = read_facts(file, *signature))
            return *kept;
    Finder finder(jobs.all, options, sharing, stop);
    CommonFacts common = finder.find();
    if (signature && finder.left_out().empty())
        write_facts(file, *signature, common);
    for (const auto& [job, why] : finder.left_out())
        leave_out(jobs.all[job], why);
    return common;
}

void use_common_facts(BatchJobs& jobs, const BatchOptions& options, InputHashes& hashes, layers::Sharing& sharing,
                      const std::atomic<bool>& stop) {
    note_inputs(jobs, options);
    const auto common = std::make_shared<const CommonFacts>(found_or_kept(jobs, options, hashes, sharing, stop));
    if (common->empty())
        return;
    for (BatchJob& job : jobs.all)
        job.study = [study = std::move(job.study), file = job.file, common](Problems& problems) {
            const Study own = study_from(study(problems), file, problems);
            return problems.ok() ? with_common_facts(own, *common) : own.expanded;
        };
}

} // namespace zonerank::engine
