// SPDX-License-Identifier: Apache-2.0
#include "engine/model/prepared.hpp"

#include "engine/model/advice.hpp"
#include "engine/model/fields.hpp"
#include "engine/model/industry_scores.hpp"
#include "engine/model/inputs.hpp"
#include "engine/model/overlap.hpp"
#include "engine/study/no_sites.hpp"
#include "engine/study/stability.hpp"
#include "engine/text/version.hpp"
#include "engine/text/yaml.hpp"
#include "layers/vectors/shared_inputs.hpp"
#include "rasters/block_cache.hpp"

#include <algorithm>
#include <mutex>

namespace zonerank::engine {

static std::vector<std::string> site_fields(const Study& study) {
    std::vector<std::string> fields;
    for (const ThemeSpec& theme : study.themes)
        for (const CriterionSpec& criterion : theme.criteria)
            if (criterion.measure.kind == site_field_kind().name)
                if (const layers::Node* field = criterion.measure.body.find("field"); field && field->is_scalar())
                    fields.push_back(field->text);
    if (!study.assign.field.empty())
        fields.push_back(study.assign.field);
    return fields;
}

// Opens every layer at once; what fails is collected, not thrown, so that all
// complaints come together.
static void open_layers(Prepared& p, std::vector<Model::Step> steps, unsigned threads,
                        const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop) {
    auto mutex = std::make_shared<std::mutex>();
    const std::string study = to_yaml(p.study.expanded);
    for (Model::Step& step : steps) {
        p.graph.add({"prepare", step.name, key_of({version, "prepare", step.name, study}), {}, 1, [&p, mutex, step] {
                         try {
                             step.work();
                         } catch (const Error& e) {
                             const std::scoped_lock lock(*mutex);
                             p.problems.error(step.mark, step.name, e);
                         }
                     }});
    }
    p.graph.run(threads, progress, stop);
}

/// Whether the study's area could be read; if not, that was told.
static bool is_placed(const Study& study) {
    const auto& sites = study.sites;
    if (study.grid.cell <= 0 && study.grid.like.empty())
        return false;
    switch (study.area.kind) {
    case AreaSpec::Kind::source:
        return !study.area.paths.empty();
    case AreaSpec::Kind::box:
        return study.area.box.ymin < study.area.box.ymax;
    case AreaSpec::Kind::layer:
        return !study.area.layer.empty();
    case AreaSpec::Kind::around_sites:
        return !sites || !sites->paths.empty() || !sites->layer.empty();
    }
    return false;
}

/// What the territory has to be known for.
static void find_industries_and_known(Prepared& p) {
    if (!p.profiles.empty())
        p.problems.guard(p.study.assign.mark, "assign: per site", [&] { capacities(p.study.assign, p.territory); });
    if (p.study.validate)
        p.problems.guard(p.study.validate->mark, "validate",
                         [&] { p.known = known_zones(p.study, *p.sources, p.territory); });
}

Prepared::~Prepared() {
    if (!layers::Sharing::on()) // the next study of a batch wants them
        rasters::block_cache().clear();
}

std::size_t criterion_called(const Decision& decision, const std::string& name) {
    std::vector<std::string> names;
    for (const Criterion& criterion : decision.criteria)
        names.push_back(criterion.name);
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        throw Error("{}", layers::unknown("criterion", name, names));
    return static_cast<std::size_t>(found - names.begin());
}

/// Sites that may be none, and are.
static void leave_sites_out(Prepared& p) {
    if (ranks_sites(p.study, p.territory) || !may_have_no_sites(p.study))
        return;
    if (const std::optional<layers::Mark> mark = p.decision.awaits_sites())
        p.problems.error(*mark, "weights: these follow from the sites, and there are none");
    ask_nothing_of_sites(p.study);
    p.profiles.clear();
}

/// Checks and opens what the study names, of which the words are checked.
static void open_all(Prepared& p, const rasters::Access& access, unsigned threads,
                     const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop,
                     const std::optional<Asked>& asked) {
    if (access.network)
        rasters::allow({.network = true}); // what servers tell is noted before anything is read
    note_inputs(p.study, access, p.files);
    p.sources.emplace(p.study.layers, access, p.study.friction);
    p.decision = read_decision(p.study, *p.sources, p.problems);
    p.profiles = check_profiles(p.study, p.decision, p.problems);
    check_stability(p.study.stability, p.decision, p.problems);
    for (const ConstraintSpec& spec : p.study.constraints)
        if (auto constraint = read_constraint(spec, *p.sources, p.problems))
            p.constraints.push_back(std::move(*constraint));
    if (p.study.compare && p.problems.ok()) // with all criteria there to be named
        contestants(*p.study.compare, matrix_criteria(p.decision), p.problems);
    if (is_placed(p.study))
        p.territory = find_territory(p.study, site_fields(p.study), *p.sources, p.problems);
    if (!p.territory.area.polygons.empty())
        check_overlap(p);
    if (p.problems.ok() && !asked) {
        leave_sites_out(p);
        find_industries_and_known(p);
    }
    if (!p.problems.ok() || (asked && asked->links))
        return;
    p.model.emplace(p.decision, p.constraints, p.territory, *p.sources);
    open_layers(p, p.model->steps(), threads, progress, stop);
    if (p.problems.ok() && !asked)
        advise(p);
    if (p.problems.ok() && p.study.outputs.friction && friction_grids(*p.model).empty())
        p.problems.error(p.study.friction->mark, "outputs: friction: no criterion travels over it");
    if (p.problems.ok() && !asked && p.study.outputs.report)
        p.context = find_context(*p.sources, p.territory.grid);
    p.sources->release_features(); // the indexes hold what is needed of them
}

std::unique_ptr<Prepared> prepare(const std::filesystem::path& path, const rasters::Access& access, unsigned threads,
                                  const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop,
                                  const std::optional<Asked>& asked) {
    auto p = std::make_unique<Prepared>();
    p->study = read_study(path, p->problems, asked);
    open_all(*p, access, threads, progress, stop, asked);
    return p;
}

std::unique_ptr<Prepared> prepare(const layers::Node& study, const std::filesystem::path& file,
                                  const rasters::Access& access, unsigned threads,
                                  const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop,
                                  const std::optional<Asked>& asked) {
    auto p = std::make_unique<Prepared>();
    p->study = study_from(study, file, p->problems, asked);
    open_all(*p, access, threads, progress, stop, asked);
    return p;
}

} // namespace zonerank::engine
