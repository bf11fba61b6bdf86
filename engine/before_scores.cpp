// SPDX-License-Identifier: Apache-2.0
#include "engine/before_scores.hpp"

#include "engine/model/changed.hpp"
#include "engine/model/fields.hpp"
#include "engine/model/learnt_weights.hpp"
#include "engine/plan/planning.hpp"
#include "engine/site_sums.hpp"
#include "rasters/core/error.hpp"

#include <mutex>

namespace zonerank::engine {

using layers::SolvedField;
using rasters::Course;
using rasters::Window;
using Numbers = std::vector<std::size_t>;

namespace {

/// What a value function has to know of a criterion's measurements.
class FactSum : public TileSum {
public:
    FactSum(const Model& model, std::size_t criterion) : m_model(model), m_criterion(criterion) {}

    void add(Window tile) override {
        const rasters::Moments part = m_model.facts(m_criterion, tile);
        const std::scoped_lock lock(m_mutex);
        m_all.add(part);
    }
    void put(rasters::ArchiveOut& archive, const Window&) override { m_all.put(archive); }
    void take(rasters::ArchiveIn& archive) override {
        const std::scoped_lock lock(m_mutex);
        m_all.take(archive);
    }
    const rasters::Moments& all() const { return m_all; }

private:
    const Model& m_model;
    std::size_t m_criterion;
    std::mutex m_mutex;
    rasters::Moments m_all;
};

/// The sites of which weights are learnt.
class SitesToWeigh : public TileSum {
public:
    explicit SitesToWeigh(const Prepared& prepared) : m_model(*prepared.model), m_sums(prepared) {}

    void add(Window tile) override { m_sums.add(m_model.evaluate(tile), m_sums.in(tile)); }
    void put(rasters::ArchiveOut& archive, const Window&) override { m_sums.put(archive); }
    void take(rasters::ArchiveIn& archive) override { m_sums.take(archive); }
    const SiteSums& sums() const { return m_sums; }

private:
    const Model& m_model;
    SiteSums m_sums;
};

TileUnits fact_units(const Prepared& p, const Cutting& cutting, std::size_t criterion) {
    return {.kind = "facts",
            .name = p.decision.criteria[criterion].name,
            .key = cutting.key,
            .blocks = cutting.blocks(*p.model),
            .tile = cutting.tile,
            .stage = Stage::facts,
            .subject = criterion,
            .of_block = [&p, criterion] { return std::make_shared<FactSum>(*p.model, criterion); }};
}

TileUnits weight_units(const Prepared& p, const Cutting& cutting) {
    return {.kind = "facts",
            .name = "sites",
            .key = cutting.key,
            .cost = 5,
            .blocks = cutting.blocks(*p.model),
            .tile = cutting.tile,
            .stage = Stage::weights,
            .asks_for = [sites = std::make_shared<SiteSums>(p)](Window tile) { return !sites->in(tile).empty(); },
            .of_block = [&p] { return std::make_shared<SitesToWeigh>(p); }};
}

/// Regions of inputs that have changed meanwhile are of no use, nor is what others have made of them. What can't be
/// told of a disk or a server for once says nothing of them.
void check_regions(const KeptUnits& kept, const std::filesystem::path& folder) {
    try {
        if (kept.check)
            kept.check();
    } catch (const Changed&) {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
        throw;
    }
}

/// Whatever regions are there already are taken, the others solved.
void solve_by_regions(const SolvedField& field, const KeptUnits& kept, const std::filesystem::path& folder,
                      const Course& course) {
    std::filesystem::create_directories(folder);
    for (auto due = field.regions->due(folder); !due.empty(); due = field.regions->due(folder))
        for (const std::size_t region : due)
            field.regions->solve(region, folder, course);
    check_regions(kept, folder);
    field.regions->load(folder);
}

void solve(const SolvedField& field, const PlannedUnit& unit, const KeptUnits& kept, const Course& course) {
    if (kept.has_regions(unit.subject))
        solve_by_regions(field, kept, kept.folder.regions(unit), course);
    else
        field.solve(course);
    kept.keep(unit, [&](const std::filesystem::path& part) { field.save(part); });
}

/// Adds the units of a run that come before its scores.
class Before {
public:
    Before(Prepared& prepared, const Cutting& cutting) : m_p(prepared), m_cutting(cutting) {}

    Numbers fields() {
        const std::vector<SolvedField> fields = m_p.model->fields();
        Numbers added; // one after the other: each takes much memory
        for (std::size_t i = 0; i < fields.size(); ++i)
            added = {m_p.graph.add({"field",
                                    fields[i].name,
                                    key("field", fields[i].name),
                                    added,
                                    cost_of(fields[i]),
                                    {},
                                    work(fields[i], i)})};
        return added;
    }

    Numbers facts(const Numbers& after) {
        Numbers learnt = after;
        for (const std::size_t criterion : m_p.model->need_facts())
            learnt.push_back(facts_of(criterion, after));
        return learnt;
    }

    std::size_t weights(const Numbers& after) {
        const auto all = std::make_shared<SitesToWeigh>(m_p);
        const Numbers measured = add(weight_units(m_p, m_cutting), *all, after);
        return m_p.graph.add({"facts", "weights", key("facts", "weights"), measured, 0, [&p = m_p, all] {
                                  learn_weights(p.decision, *p.model, all->sums().ranking(), p.problems);
                                  p.model->reweigh();
                              }});
    }

private:
    std::string key(const char* kind, const std::string& name) const { return key_of({m_cutting.key, kind, name}); }

    std::function<void(const Course&)> work(const SolvedField& field, std::size_t i) const {
        const PlannedUnit* unit = m_cutting.kept ? m_cutting.kept->unit(Stage::solve, i, 0) : nullptr;
        if (!unit)
            return field.solve;
        return [field, unit = *unit, kept = m_cutting.kept](const Course& course) {
            if (kept->only || kept->folder.is_done(unit))
                field.load(kept->folder.part(unit));
            else
                solve(field, unit, *kept, course);
        };
    }

    Numbers add(const TileUnits& units, TileSum& all, const Numbers& after) {
        return add_tiles(m_p.graph, units, all, m_cutting.kept, after);
    }

    std::size_t facts_of(std::size_t criterion, const Numbers& after) {
        const auto all = std::make_shared<FactSum>(*m_p.model, criterion);
        const Numbers parts = add(fact_units(m_p, m_cutting, criterion), *all, after);
        const std::string& name = m_p.decision.criteria[criterion].name;
        return m_p.graph.add({"facts", name, key("facts", name), parts, 0, [&model = *m_p.model, criterion, all] {
                                  model.learn(criterion, engine::facts_of(all->all()));
                              }});
    }

    Prepared& m_p;
    const Cutting& m_cutting;
};

} // namespace

std::vector<Window> Cutting::blocks(const Model& model) const {
    return kept ? blocks_of(model, kept->plan.block) : std::vector{model.grid().window()};
}

Numbers add_fields(Prepared& prepared, const Cutting& cutting) {
    return Before(prepared, cutting).fields();
}

Numbers add_before(Stage stage, Prepared& prepared, const Cutting& cutting) {
    Before before(prepared, cutting);
    Numbers known;
    if (stage > Stage::solve)
        known = before.fields();
    if (stage > Stage::facts)
        known = before.facts(known);
    if (stage > Stage::weights && prepared.decision.awaits_sites())
        known.push_back(before.weights(known));
    return known;
}

static void add_field(Prepared& prepared, const PlannedUnit& unit, const KeptUnits& kept) {
    const SolvedField field = prepared.model->fields().at(unit.subject);
    prepared.graph.add({"field", field.name, unit.signature, {}, unit.cost, {}, [=, &kept](const Course& course) {
                            solve(field, unit, kept, course);
                        }});
}

static void add_region(Prepared& prepared, const PlannedUnit& unit, const KeptUnits& kept) {
    const SolvedField field = prepared.model->fields().at(unit.subject);
    if (!field.regions || unit.block >= field.regions->count)
        throw Error("unit '{}' is no region of '{}'; plan again", unit.id, field.name);
    prepared.graph.add({"field", unit.id, unit.signature, {}, unit.cost, {}, [=, &kept](const Course& course) {
                            const std::filesystem::path home = kept.folder.regions(unit);
                            std::filesystem::create_directories(home);
                            field.regions->solve(unit.block, home, course);
                            check_regions(kept, home);
                        }});
}

void add_unit_before_scores(const PlannedUnit& unit, Prepared& prepared, const Cutting& cutting, const Numbers& after) {
    if (unit.stage == Stage::regions)
        add_region(prepared, unit, *cutting.kept);
    else if (unit.stage == Stage::solve)
        add_field(prepared, unit, *cutting.kept);
    else if (unit.stage == Stage::facts)
        add_block(prepared.graph, fact_units(prepared, cutting, unit.subject), unit, *cutting.kept, after);
    else
        add_block(prepared.graph, weight_units(prepared, cutting), unit, *cutting.kept, after);
}

} // namespace zonerank::engine
