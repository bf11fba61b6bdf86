// SPDX-License-Identifier: Apache-2.0
#include "engine/tile_sum.hpp"

#include "engine/plan/planning.hpp"
#include "rasters/codec/pyramid.hpp"
#include "rasters/core/parallel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>

namespace zonerank::engine {

using rasters::Window;

const PlannedUnit* KeptUnits::unit(Stage stage, std::size_t subject, std::size_t block) const {
    const std::vector<const PlannedUnit*> all = units(stage, subject, block + 1);
    return all.back();
}

std::vector<const PlannedUnit*> KeptUnits::units(Stage stage, std::size_t subject, std::size_t blocks) const {
    std::vector<const PlannedUnit*> found(blocks);
    for (const PlannedUnit& unit : plan.units)
        if (unit.stage == stage && unit.subject == subject && unit.block < blocks)
            found[unit.block] = &unit;
    return found;
}

std::size_t KeptUnits::done() const {
    return static_cast<std::size_t>(std::ranges::count(folder.done(plan), true));
}

bool KeptUnits::has_regions(std::size_t field) const {
    return std::ranges::any_of(
        plan.units, [&](const PlannedUnit& unit) { return unit.stage == Stage::regions && unit.subject == field; });
}

void KeptUnits::keep(const PlannedUnit& unit, const std::function<void(const std::filesystem::path&)>& write) const {
    folder.keep(unit, [&](const std::filesystem::path& part) {
        write(part);
        if (check)
            check();
    });
    if (after)
        after();
}

void KeptUnits::drop_damaged() const {
    rasters::in_parallel(plan.units.size(), [&](std::size_t i) {
        if (plan.units[i].stage != Stage::regions)
            drop_damaged(plan.units[i]);
    });
}

void KeptUnits::drop_damaged(const PlannedUnit& unit) const {
    if (folder.is_done(unit) && !folder.is_whole(unit))
        folder.drop(unit);
}

namespace {

/// The sum of a block, there from its first tile on until it is kept.
class BlockSum {
public:
    explicit BlockSum(std::function<std::shared_ptr<TileSum>()> make) : m_make(std::move(make)) {}

    TileSum& get() {
        const std::scoped_lock lock(m_mutex);
        if (!m_sum)
            m_sum = m_make();
        return *m_sum;
    }
    void release() { m_sum.reset(); }

private:
    std::function<std::shared_ptr<TileSum>()> m_make;
    std::mutex m_mutex;
    std::shared_ptr<TileSum> m_sum;
};

/// Adds the units of one sum.
class Adding {
public:
    Adding(Graph& graph, const TileUnits& units, const KeptUnits* kept, const std::vector<std::size_t>& after)
        : m_graph(graph), m_units(units), m_kept(kept), m_after(after) {}

    /// Tiles of a block that have something to add to what `into` gives.
    void add_to(const std::function<TileSum&()>& into, Window block, std::vector<std::size_t>& added) {
        for (const Window& tile : rasters::tiles(block, m_units.tile))
            if (!m_units.asks_for || m_units.asks_for(tile))
                added.push_back(add(name_of(tile), m_after, m_units.cost, [into, tile] { into().add(tile); }));
    }

    /// A block whose sum is put on the disk.
    std::size_t keep(const PlannedUnit& unit) {
        const auto sum = std::make_shared<BlockSum>(m_units.of_block);
        std::vector<std::size_t> all = m_after;
        const Window& block = m_units.blocks[unit.block];
        add_to([sum]() -> TileSum& { return sum->get(); }, block, all);
        return add("keep " + unit.id, std::move(all), 0, [kept = m_kept, unit, sum, block] {
            kept->keep(unit, [&](const std::filesystem::path& path) { put(sum->get(), path, block); });
            sum->release();
        });
    }

    std::size_t take(const PlannedUnit& unit, TileSum& all, std::vector<std::size_t> after) {
        return add("take " + unit.id, std::move(after), 0, [kept = m_kept, unit, &all, mutex = m_taking] {
            const std::scoped_lock lock(*mutex);
            if (kept->is_of_many)
                kept->drop_damaged(unit);
            rasters::ArchiveIn archive(kept->folder.part(unit));
            all.take(archive);
            archive.close();
        });
    }

    /// What all blocks add up to, in `all`: the last units to wait for.
    std::vector<std::size_t> sum(TileSum& all) {
        const std::optional<PlannedUnit> whole = m_kept && m_kept->is_of_many ? sum_of_all() : std::nullopt;
        if (!whole)
            return blocks(all);
        if (m_kept->folder.is_whole(*whole))
            return {take(*whole, all, m_after)};
        return {add("keep " + whole->id, blocks(all), 0, [folder = m_kept->folder, whole = *whole, &all] {
            folder.keep(whole, [&](const std::filesystem::path& path) { put(all, path, {}); });
        })};
    }

private:
    static void put(TileSum& sum, const std::filesystem::path& path, const Window& block) {
        rasters::ArchiveOut archive(path);
        sum.put(archive, block);
        archive.close();
    }

    std::vector<const PlannedUnit*> planned() const {
        return m_kept ? m_kept->units(m_units.stage, m_units.subject, count())
                      : std::vector<const PlannedUnit*>(count());
    }

    /// The sum of all blocks in one file, as if it were a unit: it is what they are. None: none of them is kept.
    std::optional<PlannedUnit> sum_of_all() const {
        std::vector<std::string> signatures;
        for (const PlannedUnit* unit : planned())
            if (unit)
                signatures.push_back(unit->signature);
        if (signatures.empty())
            return std::nullopt;
        return PlannedUnit{.id = fmt::format("{}-{:02}", name_of(m_units.stage), m_units.subject + 1),
                           .stage = m_units.stage,
                           .signature = key_of(signatures)};
    }

    /// Nothing is taken while tiles are added.
    std::vector<std::size_t> blocks(TileSum& all) {
        std::vector<std::size_t> tiles = m_after;
        std::vector<const PlannedUnit*> kept = planned();
        for (std::size_t i = 0; i < count(); ++i)
            if (!kept[i])
                add_to([&all]() -> TileSum& { return all; }, m_units.blocks[i], tiles);
        std::erase(kept, nullptr);
        std::ranges::sort(kept, {}, [&](const PlannedUnit* unit) { return place(m_units.blocks[unit->block]); });
        if (kept.empty())
            return tiles;
        const std::size_t added = add("other tiles", std::move(tiles), 0, [] {});
        std::vector<std::size_t> taken;
        for (const PlannedUnit* unit : kept) {
            const bool is_there = m_kept->only || m_kept->folder.is_done(*unit);
            taken.push_back(take(*unit, all, is_there ? std::vector{added} : std::vector{added, keep(*unit)}));
        }
        return taken;
    }

    /// In squares: overviews wait for the fewest blocks.
    std::uint64_t place(const Window& block) const {
        const Window& first = m_units.blocks.front();
        return rasters::order_in_squares(static_cast<std::uint32_t>(block.col / first.cols),
                                         static_cast<std::uint32_t>(block.row / first.rows));
    }
    std::size_t count() const { return m_units.blocks.size(); }
    std::size_t add(const std::string& of, std::vector<std::size_t> after, double cost, std::function<void()> work) {
        std::string name = m_units.name.empty() ? of : fmt::format("{} of {}", m_units.name, of);
        std::string key = key_of({m_units.key, m_units.kind, name});
        return m_graph.add({m_units.kind, std::move(name), std::move(key), std::move(after), cost, std::move(work)});
    }

    Graph& m_graph;
    const TileUnits& m_units;
    const KeptUnits* m_kept;
    const std::vector<std::size_t>& m_after;
    std::shared_ptr<std::mutex> m_taking = std::make_shared<std::mutex>();
};

} // namespace

std::vector<std::size_t> add_tiles(Graph& graph, const TileUnits& units, TileSum& all, const KeptUnits* kept,
                                   const std::vector<std::size_t>& after) {
    return Adding(graph, units, kept, after).sum(all);
}

void add_block(Graph& graph, const TileUnits& units, const PlannedUnit& unit, const KeptUnits& kept,
               const std::vector<std::size_t>& after) {
    Adding(graph, units, &kept, after).keep(unit);
}

} // namespace zonerank::engine
