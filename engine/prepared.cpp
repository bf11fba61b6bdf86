// SPDX-License-Identifier: Apache-2.0
#include "engine/prepared.hpp"

#include "engine/advice.hpp"
#include "engine/version.hpp"
#include "engine/yaml.hpp"

#include <mutex>

namespace zonerank::engine {

static std::vector<std::string> site_fields(const Study& study) {
    std::vector<std::string> fields;
    for (const ThemeSpec& theme : study.themes)
        for (const CriterionSpec& criterion : theme.criteria)
            if (criterion.measure.kind == site_field_kind().name)
                if (const layers::Node* field = criterion.measure.body.find("field"); field && field->is_scalar())
                    fields.push_back(field->text);
    return fields;
}

// Opens every layer at once; what fails is collected, not thrown, so that all
// complaints come together.
static void open_layers(Prepared& p, unsigned threads, const std::function<void(const Progress&)>& progress,
                        const std::atomic<bool>& stop) {
    auto mutex = std::make_shared<std::mutex>();
    const std::string study = to_yaml(p.study.expanded);
    for (Model::Step& step : p.model->steps()) {
        p.graph.add({"prepare", step.name, key_of({version, "prepare", step.name, study}), {}, 1, [&p, mutex, step] {
                         try {
                             step.work();
                         } catch (const Error& e) {
                             const std::scoped_lock lock(*mutex);
                             p.problems.error(step.mark, fmt::format("{}: {}", step.name, e.what()));
                         }
                     }});
    }
    p.graph.run(threads, progress, stop);
}

std::unique_ptr<Prepared> prepare(const std::filesystem::path& path, const rasters::Access& access, unsigned threads,
                                  const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop) {
    auto p = std::make_unique<Prepared>();
    p->study = read_study(path, p->problems);
    p->sources.emplace(p->study.layers, access);
    p->decision = read_decision(p->study, *p->sources, p->problems);
    for (const ConstraintSpec& spec : p->study.constraints)
        if (auto constraint = read_constraint(spec, *p->sources, p->problems))
            p->constraints.push_back(std::move(*constraint));
    const bool placed = p->study.grid.cell > 0 || !p->study.grid.like.empty();
    if (placed)
        p->territory = find_territory(p->study, site_fields(p->study), *p->sources, p->problems);
    if (!p->problems.ok())
        return p;
    p->model.emplace(p->decision, p->constraints, p->territory, *p->sources);
    open_layers(*p, threads, progress, stop);
    if (p->problems.ok())
        advise(*p);
    p->sources->release_features(); // the indexes hold what is needed of them
    return p;
}

} // namespace zonerank::engine
