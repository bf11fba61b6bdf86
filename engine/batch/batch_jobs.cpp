// SPDX-License-Identifier: Apache-2.0
#include "engine/batch/batch_jobs.hpp"

#include "engine/batch/comparable.hpp"
#include "engine/batch/district_study.hpp"
#include "engine/batch/folder_names.hpp"
#include "engine/batch/site_homes.hpp"
#include "engine/model/inputs.hpp"
#include "engine/output_folder.hpp"
#include "engine/text/yaml.hpp"

#include <algorithm>
#include <memory>

namespace zonerank::engine {

namespace fs = std::filesystem;
using layers::ErrorAt;
using layers::Node;
using layers::Problems;

namespace {

/// The first thing that is wrong is thrown, after the others were told.
void refuse(const Problems& problems, const BatchOptions& options) {
    if (problems.ok())
        return;
    for (std::size_t i = 1; i < problems.errors().size() && options.tell; ++i)
        options.tell(fmt::format("{}: {}", to_string(problems.errors()[i].mark), problems.errors()[i].text));
    throw ErrorAt(problems.errors().front().mark, problems.errors().front().text);
}

Node read(const fs::path& file, const BatchOptions& options) {
    Problems problems;
    Node study = read_yaml(file, problems);
    refuse(problems, options);
    return study;
}

fs::path folder_of_all(const BatchOptions& options, const Study& study) {
    return options.folder.empty() ? output_folder(study, std::nullopt, "-batch") : fs::absolute(options.folder);
}

void need_comparable(const Study& study, const BatchOptions& options) {
    if (!study.sites || options.common_facts)
        return;
    if (const auto found = incomparable(study))
        throw ErrorAt(found->mark, fmt::format("{}, so that scores of two districts can't be compared; give it anchors "
                                               "of its own, or have them found once over all districts: "
                                               "--common-facts",
                                               found->what));
}

/// A title with an ellipsis for each placeholder.
std::string title_of_all(const std::string& title) {
    std::string text;
    for (std::size_t i = 0; i < title.size(); ++i) {
        const bool brace = title[i] == '{' || title[i] == '}';
        if (brace && i + 1 < title.size() && title[i + 1] == title[i]) {
            text += title[i++];
        } else if (brace) {
            text += "\u2026";
            i = std::min(title.find('}', i), title.size());
        } else {
            text += title[i];
        }
    }
    return text;
}

/// Notes the file first: what is found in it is true of what it was.
Districts districts_of(const BatchOptions& options, BatchInputs& found_in) {
    const OverSpec& over = *options.over;
    note_input({"(districts)", {over.file.string()}, over.layer}, options.access, found_in.states);
    return read_districts(over, options.grid, options.access);
}

/// A study over districts, read once: what each job's study is made from.
class OverDistricts {
public:
    OverDistricts(const BatchOptions& options)
        : m_over(*options.over), m_file(options.studies.front()), m_tree(read(m_file, options)),
          m_districts(districts_of(options, *m_found_in)), m_first(first(options)) {
        need_comparable(m_first, options);
        find_sites(options);
    }

    BatchJobs jobs(const BatchOptions& options, const std::shared_ptr<const OverDistricts>& self) const {
        BatchJobs jobs{.folder = folder_of_all(options, m_first), .title = title(), .grid = grid()};
        jobs.have_sites = m_first.sites.has_value();
        jobs.found_in = m_found_in;
        jobs.sites_nowhere = m_homes ? m_homes->nowhere.size() : 0;
        for (std::size_t i = 0; i < m_districts.all.size(); ++i) {
            const District& district = m_districts.all[i];
            jobs.all.push_back({district.name, district.folder, m_file, m_own_grid ? district.crs.wkt : "",
                                [self, i](Problems& problems) { return self->study_of(i, problems); },
                                [found_in = m_found_in] { found_in->check(); }});
        }
        return jobs;
    }

private:
    Node study_of(std::size_t i, Problems& problems) const {
        const auto sites = m_homes ? std::optional(m_homes->of[i]) : std::nullopt;
        return district_study(m_tree, m_districts.all[i], m_districts, m_over, sites, problems);
    }

    /// The study of the first district with all sites. What is wrong with those of all districts is told once.
    Study first(const BatchOptions& options) const {
        Problems problems;
        const Node tree = district_study(m_tree, m_districts.all.front(), m_districts, m_over, std::nullopt, problems);
        Study study = study_from(tree, m_file, problems);
        if (const Node* output = m_tree.find("output"); output && output->is_scalar())
            study.output = output->text;
        refuse(common_to_all(problems), options);
        if (options.grid == GridChoice::own && names_grid(study))
            throw ErrorAt(study.grid.mark, "grid: the study names it; --grid own is for one that doesn't");
        return study;
    }

    /// Those problems of the first district that all others have, too, at the same place in the same words.
    Problems common_to_all(const Problems& of_first) const {
        std::vector<Problems::Problem> left = of_first.errors();
        for (std::size_t i = 1; i < m_districts.all.size() && !left.empty() && has_placeholders(m_tree); ++i) {
            Problems problems;
            study_from(district_study(m_tree, m_districts.all[i], m_districts, m_over, std::nullopt, problems), m_file,
                       problems);
            std::erase_if(left, [&](const Problems::Problem& wrong) {
                return std::ranges::none_of(problems.errors(), [&](const Problems::Problem& other) {
                    return to_string(other.mark) == to_string(wrong.mark) && other.text == wrong.text;
                });
            });
        }
        Problems common;
        for (const Problems::Problem& wrong : left)
            common.error(wrong.mark, wrong.text);
        return common;
    }

    static bool names_grid(const Study& study) {
        const Node* grid = study.expanded.find("grid");
        return grid && (grid->find("crs") || grid->find("like"));
    }

    void find_sites(const BatchOptions& options) {
        const Node* grid = m_tree.find("grid");
        m_own_grid = !m_districts.common_grid && grid && !grid->find("crs") && !grid->find("like");
        if (!m_first.sites || own_sites(m_tree))
            return;
        for (const Input& input : inputs_of(m_first))
            if (input.name == "(sites)" || input.name == m_first.sites->layer)
                note_input(input, options.access, m_found_in->states);
        Problems problems;
        problems.guard(m_first.sites->mark, "", [&] { m_homes = site_homes(m_first, m_districts, options.access); });
        refuse(problems, options);
    }

    std::string title() const {
        const Node* written = m_tree.find("study");
        return written && written->is_scalar() ? title_of_all(written->text) : m_file.stem().string();
    }

    std::string grid() const {
        const Node* named = m_tree.find("grid");
        if (named && (named->find("crs") || named->find("like")))
            return "the study's grid";
        return m_own_grid ? "a grid for each district" : "one grid, " + m_districts.around.label();
    }

    OverSpec m_over;
    fs::path m_file;
    Node m_tree;
    std::shared_ptr<BatchInputs> m_found_in = std::make_shared<BatchInputs>();
    Districts m_districts;
    Study m_first;
    std::optional<SiteHomes> m_homes; ///< none: each district names its own sites, or there are none
    bool m_own_grid = false;
};

std::string decision_text(const Study& study) {
    std::string text;
    for (const char* key : {"criteria", "aggregate", "known"})
        if (const Node* node = study.expanded.find(key))
            text += fmt::format("{}: {}\n", key, to_yaml(*node));
    return text;
}

/// Several studies side by side.
class ManyStudies {
public:
    explicit ManyStudies(const BatchOptions& options) : m_options(options) {}

    BatchJobs jobs() {
        m_jobs.folder = fs::absolute(m_options.folder.empty() ? "out-batch" : m_options.folder);
        m_jobs.title = fmt::format("{} studies", m_options.studies.size());
        m_jobs.grid = "each study's grid";
        for (const fs::path& file : m_options.studies)
            add(file);
        return std::move(m_jobs);
    }

private:
    void add(const fs::path& file) {
        const std::string name = file.stem().string();
        const std::string folder = folder_of(name);
        m_names.take(folder, file.string());
        look_at(file);
        m_jobs.all.push_back({name, folder, file, "", [file](Problems& problems) { return read_yaml(file, problems); },
                              [found_in = m_jobs.found_in] { found_in->check(); }});
    }

    /// Whether their sites can stand in one ranking. What is wrong with a study is told when its turn comes.
    void look_at(const fs::path& file) {
        Problems untold;
        try {
            const Study study = read_study(file, untold);
            if (!study.sites)
                return;
            m_jobs.have_sites = true;
            if (m_decision.empty())
                m_decision = decision_text(study);
            if (m_decision != decision_text(study))
                m_jobs.no_ranking = "the studies score by different criteria";
            else if (const auto found = incomparable(study))
                m_jobs.no_ranking = fmt::format("{}: {}", file.filename().string(), found->what);
        } catch (const Error&) { // no YAML at all
            return;
        }
    }

    const BatchOptions& m_options;
    BatchJobs m_jobs;
    FolderNames m_names{"rename one of them"};
    std::string m_decision;
};

} // namespace

BatchJobs batch_jobs(const BatchOptions& options) {
    if (!options.over)
        return ManyStudies(options).jobs();
    const auto over = std::make_shared<const OverDistricts>(options);
    return over->jobs(options, over);
}

} // namespace zonerank::engine
