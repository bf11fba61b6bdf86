// SPDX-License-Identifier: Apache-2.0
#include "engine/gathered.hpp"

namespace zonerank::engine {

using rasters::Window;

Gathered::Gathered(const Prepared& prepared, const std::filesystem::path& folder, bool sites_only)
    : m_p(prepared), m_model(*prepared.model), m_counts(prepared.decision.criteria.size(), prepared.constraints.size()),
      m_sites(prepared) {
    if (sites_only)
        return;
    const Study& study = prepared.study;
    m_maps.emplace(m_model, study.outputs, folder);
    if (prepared.known && prepared.known->on_map)
        m_known.emplace(prepared.known->zones.size());
    if (study.stability.maps)
        m_spread.emplace(m_model, study.stability, study.outputs.packing, folder);
    if (study.outputs.report)
        m_display.emplace(m_model);
}

void Gathered::weigh() {
    if (m_spread)
        m_spread->weigh();
}

bool Gathered::asks_for(Window tile) const {
    return m_maps || !m_sites.in(tile).empty();
}

void Gathered::add(Window tile) {
    const std::vector<std::size_t> sites = m_sites.in(tile);
    if (sites.empty() && !m_model.touches_area(tile))
        return skip(tile);
    const Evaluation evaluation = m_model.evaluate(tile, !sites.empty() || m_p.study.outputs.criteria);
    write(evaluation);
    m_sites.add(evaluation, sites);
    count(evaluation);
}

void Gathered::write(const Evaluation& evaluation) {
    if (m_display) // first: what was computed last is still in a cache
        m_display->add(evaluation);
    if (m_maps)
        m_maps->write(evaluation);
    if (m_spread)
        m_spread->write(evaluation);
}

void Gathered::count(const Evaluation& evaluation) {
    CellCounts counts(m_p.decision.criteria.size(), m_p.constraints.size());
    counts.add(m_model.code(), evaluation.mask);
    MapScores known(m_known ? m_p.known->zones.size() : 0);
    if (m_known)
        known.add(m_model, evaluation, m_p.known->zones, m_p.study.validate->cut);
    const std::scoped_lock lock(m_mutex);
    m_counts.add(counts);
    if (m_known)
        m_known->add(known);
}

void Gathered::skip(Window tile) {
    if (m_maps)
        m_maps->skip(tile);
    const std::scoped_lock lock(m_mutex);
    m_counts.by_state[static_cast<std::size_t>(State::outside)] += tile.size();
}

void Gathered::put(rasters::ArchiveOut& out, const Window& part) {
    m_sites.put(out);
    m_counts.put(out);
    if (m_maps)
        m_maps->put(out, part);
    if (m_spread)
        m_spread->put(out, part);
    if (m_display)
        m_display->put(out, part);
    if (m_known)
        m_known->put(out);
}

void Gathered::take(rasters::ArchiveIn& in) {
    m_sites.take(in);
    m_counts.take(in);
    if (m_maps)
        m_maps->take(in);
    if (m_spread)
        m_spread->take(in);
    if (m_display)
        m_display->take(in);
    if (m_known)
        m_known->take(in);
    in.close();
}

std::vector<Maps::Closing> Gathered::closings() {
    std::vector<Maps::Closing> closings = m_maps ? m_maps->closings() : std::vector<Maps::Closing>{};
    for (Maps::Closing& closing : m_spread ? m_spread->closings() : std::vector<Maps::Closing>{})
        closings.push_back(std::move(closing));
    return closings;
}

std::vector<std::string> Gathered::write_styles() const {
    return m_maps ? m_maps->write_styles() : std::vector<std::string>{};
}

static std::shared_ptr<Gathered> gathered_of_block(const Prepared& prepared, const std::filesystem::path& folder,
                                                   bool sites_only) {
    auto gathered = std::make_shared<Gathered>(prepared, folder, sites_only);
    gathered->weigh();
    return gathered;
}

TileUnits score_units(const Prepared& prepared, const Cutting& cutting, bool sites_only) {
    TileUnits units{.kind = "score",
                    .key = cutting.key,
                    .cost = 5,
                    .blocks = cutting.blocks(*prepared.model),
                    .tile = cutting.tile,
                    .stage = Stage::score};
    if (sites_only)
        units.asks_for = [sites = std::make_shared<SiteSums>(prepared)](Window tile) {
            return !sites->in(tile).empty();
        };
    if (cutting.kept)
        units.of_block = [&prepared, sites_only, folder = cutting.kept->folder.units()] {
            return gathered_of_block(prepared, folder, sites_only);
        };
    return units;
}

} // namespace zonerank::engine
