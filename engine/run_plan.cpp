// SPDX-License-Identifier: Apache-2.0
#include "engine/run_plan.hpp"

#include "engine/plan/planning.hpp"
#include "engine/run.hpp"
#include "rasters/core/error.hpp"

namespace zonerank::engine {

RunPlan::RunPlan(const Prepared& prepared, const RunOptions& options, const std::filesystem::path& results)
    : m_p(prepared), m_options(options), m_folder(PlanFolder::beside(results)) {}

RunPlan::~RunPlan() {
    leave();
}

bool RunPlan::is_wanted() const {
    double cells = m_options.sites_only ? 0 : static_cast<double>(m_p.model->grid().window().size());
    for (const layers::SolvedField& field : m_p.model->fields())
        cells += field.cells;
    return m_options.finish || cells > static_cast<double>(m_options.block) * m_options.block || m_folder.is_begun();
}

// Whether fields have been begun that way.
bool RunPlan::is_by_regions() const {
    const std::optional<Plan> planned = m_folder.plan();
    return planned && planned->regions;
}

void RunPlan::open(FileHashes& hashes, std::function<void()> check) {
    m_lock = m_folder.lock(!m_options.finish); // a unit that nobody waits for any more may be at work still
    m_is_ours = !m_folder.exists();
    m_undo.emplace([this] { leave(); });
    if (m_options.fresh)
        m_folder.forget();
    const PlanRequest request{m_folder.path(), m_options.block, m_options.sites_only, is_by_regions()};
    m_kept.emplace(KeptUnits{.plan = make_plan(m_p, request, hashes),
                             .folder = m_folder,
                             .only = m_options.finish,
                             .check = std::move(check),
                             .after = [this] { m_words->one_more(); }});
    m_p.files.check_all(); // so that what was read is what the plan says
    if (m_options.finish && !has_same_units(read_plan(m_folder.plan_file()), m_kept->plan))
        throw Error("{}: the study or its inputs have changed since they were planned; plan again",
                    m_folder.path().string());
    m_kept->drop_damaged();
    if (!m_options.finish)
        m_folder.replace_plan(m_kept->plan);
    m_words.emplace(m_folder.path(), m_kept->done(), m_kept->plan.units.size());
}

bool RunPlan::close() {
    const bool is_gone = !m_kept || m_options.keep_plan || m_folder.end(std::move(m_lock));
    if (m_kept)
        KeptWords::end();
    m_undo.reset();
    m_is_ours = false;
    m_kept.reset();
    return is_gone;
}

// Of use to nobody. One that was there before stays: somebody has planned it.
void RunPlan::leave() noexcept {
    try {
        if (m_is_ours && m_folder.is_empty())
            m_folder.remove(std::move(m_lock));
    } catch (const std::exception&) { // it may hold something: it stays
    }
}

} // namespace zonerank::engine
