// SPDX-License-Identifier: Apache-2.0
#include "engine/connect.hpp"

#include "engine/model/link_nodes.hpp"
#include "engine/output_folder.hpp"
#include "engine/outputs/manifest.hpp"
#include "engine/outputs/memory.hpp"
#include "engine/run.hpp"
#include "engine/text/numbers.hpp"
#include "layers/friction.hpp"
#include "layers/travel_field.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/memory_shares.hpp"
#include "rasters/core/stopped.hpp"
#include "rasters/core/trace.hpp"
#include "rasters/routes/kept_slowness.hpp"
#include "rasters/routes/route_line.hpp"
#include "rasters/travel/time_at.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::Path;
using rasters::Route;
using rasters::RouteFinder;

namespace {

constexpr double cost_of_a_solve = 2; ///< what the friction costs being 1
constexpr double drawn_within = 0.25; ///< of a cell: how far lines are off their roads

double kilometres(const Path& lonlat) {
    const std::vector<double> metres = rasters::ellipsoidal_lengths(lonlat, rasters::wgs84());
    return std::accumulate(metres.begin(), metres.end(), 0.0) / 1000;
}

/// What is found of one study, in order: friction and places, the times to each of
/// these, the network, its files.
class Connecting {
public:
    Connecting(Prepared& prepared, const ConnectOptions& options, Staging& staging)
        : m_p(prepared), m_links(*prepared.study.links), m_options(options), m_staging(staging) {}

    ConnectResult run(const std::atomic<bool>& stop) {
        const auto start = std::chrono::steady_clock::now();
        m_nodes = link_nodes(m_links, m_p.territory, *m_p.sources);
        m_map.study = m_p.study.title;
        m_map.minutes = MinutesMatrix(m_nodes.size());
        std::size_t last = add("prepare", "friction", {}, [this] { prepare(); });
        m_p.graph.run(m_options.threads, m_options.progress, stop); // how much there is to hold is known then
        const Held way = hold_links(m_p, sizes(), m_options.threads, m_options.memory);
        for (std::size_t to = 0; to < m_nodes.size(); ++to)
            last = m_p.graph.add(
                {"solve", m_nodes[to].name, "", {last}, cost_of_a_solve, {}, [this, to](const rasters::Course& course) {
                     solve(to, course);
                 }});
        add("finish", "links.geojson", {last}, [this] { finish(); });
        m_p.graph.run(way.threads, m_options.progress, stop);
        for (const std::string& line : unknown_lines(m_map, 5))
            m_p.problems.warning(m_links.mark, "links: " + line);
        m_result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        publish();
        m_result.map = std::move(m_map);
        return std::move(m_result);
    }

private:
    std::size_t add(const char* kind, const std::string& name, std::vector<std::size_t> after,
                    std::function<void()> work) {
        return m_p.graph.add({kind, name, "", std::move(after), 1, std::move(work)});
    }

    LinkSizes sizes() const {
        const std::size_t places = m_nodes.size(), pairs = places * (places - 1) / 2;
        return {grid(), places, m_links.network == NetworkKind::pairwise ? pairs : places, m_roads.size()};
    }

    const rasters::Grid& study_grid() const { return m_p.territory.grid; }
    const rasters::Grid& grid() const { return m_friction->grid(); }

    void prepare() {
        const layers::FrictionSpec& spec = *m_p.study.friction;
        m_friction = m_p.sources->friction(friction_grid(spec, study_grid(), lonlat_box(m_nodes, study_grid())));
        m_friction->need_lines(spec);
        m_p.sources->release_features();
        place(m_nodes, study_grid(), *m_friction);
        m_map.grid = grid();
        m_roads = rasters::against_traffic(m_friction->roads());
        m_into.emplace(grid(), m_roads);
        m_ground.emplace(
            grid(), [this](rasters::Window window) { return m_friction->slowness(window); },
            rasters::memory_shares().ground, layers::scratch_folder());
    }

    /// Minutes to one place from all, and the ways that the network of the places so far needs.
    void solve(std::size_t to, const rasters::Course& course) {
        const LinkNode& target = m_nodes[to];
        m_map.minutes.at(to, to) = 0;
        if (!target.no_way.empty())
            return;
        const rasters::TravelStart start{.cell = target.cell, .at = target.at};
        const RouteFinder finder(
            grid(), [this](rasters::Window window) { return (*m_ground)(window); }, {&start, 1}, m_roads, *m_into,
            {.limit_minutes = m_links.limit, .scratch = layers::scratch_folder(), .course = course});
        for (std::size_t from = 0; from < m_nodes.size(); ++from)
            if (from != to && m_nodes[from].no_way.empty())
                note(from, to, minutes_from(m_nodes[from], target, finder.times()));
        keep_ways(to, finder);
    }

    // A road's time is that of its cell, on the ground it is read between centres; within one
    // cell nobody turns off to its centre.
    double minutes_from(const LinkNode& from, const LinkNode& to, const rasters::TravelTimes& times) const {
        const auto minutes = static_cast<double>(rasters::time_at(times, grid(), from.at, !from.on_road));
        if (!(from.cell == to.cell))
            return minutes;
        const double metres = std::hypot(from.at.x - to.at.x, from.at.y - to.at.y);
        return std::min(minutes, metres * static_cast<double>((*m_ground)({to.cell.col, to.cell.row, 1, 1})[to.cell]));
    }

    void note(std::size_t from, std::size_t to, double minutes) {
        if (std::isinf(minutes))
            m_beyond.emplace(from, to);
        else
            m_map.minutes.at(from, to) = minutes; // NaN stays
    }

    // Links are chosen by a strict order of pairs, so that one which loses among some places
    // loses among all. Both ways are known of pairs of those solved for.
    void keep_ways(std::size_t to, const RouteFinder& finder) {
        std::map<std::pair<std::size_t, std::size_t>, Route> needed;
        for (const Link& link : network())
            if (const auto known = m_routes.find({link.a, link.b}); known != m_routes.end())
                needed.insert(m_routes.extract(known));
            else if (link.b == to)
                needed.emplace(std::pair(link.a, link.b), finder.from(m_nodes[link.a].cell));
        m_routes = std::move(needed);
    }

    bool is_hub(std::size_t node) const { return m_nodes[node].of == m_links.hubs; }

    std::vector<Link> network() const {
        switch (m_links.network) {
        case NetworkKind::pairwise:
            return pairwise(m_map.minutes);
        case NetworkKind::spanning_tree:
            return spanning_tree(m_map.minutes);
        case NetworkKind::nearest_hub:
            break;
        }
        std::vector<std::size_t> hubs;
        for (std::size_t i = 0; i < m_nodes.size(); ++i)
            if (is_hub(i))
                hubs.push_back(i);
        return nearest_hub(m_map.minutes, hubs);
    }

    void finish() {
        const std::vector<Link> links = network();
        const rasters::Transform to_lonlat(rasters::parse_crs(grid().crs), rasters::wgs84());
        const std::vector<Standing> standing = standings(m_nodes.size(), links);
        for (std::size_t i = 0; i < m_nodes.size(); ++i)
            m_map.places.push_back(
                {m_nodes[i].name, m_nodes[i].of, to_lonlat(m_nodes[i].at), standing[i], m_nodes[i].no_way});
        draw(links, to_lonlat);
        find_unknown(standing);
        write("links.geojson", links_geojson(m_map));
        write("links.csv", links_csv(m_map));
        write("places.csv", places_csv(m_map));
    }

    // Roads as they run, not as their cells do.
    void draw(const std::vector<Link>& links, const rasters::Transform& to_lonlat) {
        const std::map<std::size_t, Path> roads = roads_of_ways();
        for (const Link& link : links) {
            const rasters::Shape drawn{.lines = {line_of(m_routes.at({link.a, link.b}), m_nodes[link.a].at, roads,
                                                         drawn_within * grid().cell)}};
            Path line = reproject(drawn, to_lonlat, layers::densify_tolerance(grid().cell) / 111'000).lines.front();
            const double km = kilometres(line),
                         cost = m_links.cost_per_hour * link.minutes / 60 + m_links.cost_per_km * km;
            m_map.ways.push_back({link, std::move(line), km, cost});
        }
    }

    std::map<std::size_t, Path> roads_of_ways() {
        std::set<std::size_t> used;
        for (const auto& [pair, route] : m_routes)
            add_road_steps(route, used);
        if (used.empty())
            return {};
        const std::vector<std::size_t> steps(used.begin(), used.end());
        std::vector<Path> paths =
            rasters::step_paths(grid(), road_lines(*m_p.study.friction, *m_p.sources, grid()), steps);
        m_p.sources->release_features();
        std::map<std::size_t, Path> roads;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            std::ranges::reverse(paths[i]); // as the search's steps are
            roads.emplace(steps[i], std::move(paths[i]));
        }
        return roads;
    }

    void find_unknown(const std::vector<Standing>& standing) {
        for (std::size_t a = 0; a < m_nodes.size(); ++a)
            for (std::size_t b = a + 1; b < m_nodes.size(); ++b)
                if (std::isnan(m_map.minutes.both_ways(a, b)))
                    m_map.unknown.push_back({a, b, reason(a, b), wanted(a, b, standing)});
    }

    /// Of a place with a hub no other hub is wanted.
    bool wanted(std::size_t a, std::size_t b, const std::vector<Standing>& standing) const {
        if (m_links.network != NetworkKind::nearest_hub)
            return true;
        return is_hub(a) != is_hub(b) && standing[is_hub(a) ? b : a].links == 0;
    }

    std::string reason(std::size_t a, std::size_t b) const {
        for (const std::size_t node : {a, b})
            if (!m_nodes[node].no_way.empty())
                return fmt::format("'{}' {}", m_nodes[node].name, m_nodes[node].no_way);
        if (m_beyond.contains({a, b}) || m_beyond.contains({b, a}))
            return fmt::format("farther apart than the limit of {} min", to_decimals(m_links.limit, 1));
        const bool one_way = !std::isnan(m_map.minutes.at(a, b)) || !std::isnan(m_map.minutes.at(b, a));
        return one_way ? "a way leads there but none back" : "no way leads from one to the other";
    }

    void write(const std::string& name, const std::string& text) {
        rasters::write_text(m_staging.folder() / name, text);
        m_result.outputs.push_back(name);
    }

    void publish() {
        FileHashes hashes;
        const RunRecord record{.prepared = &m_p,
                               .seconds = m_result.seconds,
                               .stages = m_p.graph.seconds(),
                               .inner = {},
                               .outputs = m_result.outputs,
                               .folder = m_staging.folder(),
                               .links = &m_map,
                               .hashes = &hashes};
        write("manifest.json", manifest_json(record));
        m_result.carried = m_staging.commit();
        m_result.folder = m_staging.target();
    }

    Prepared& m_p;
    const LinksSpec& m_links;
    const ConnectOptions& m_options;
    Staging& m_staging;
    std::vector<LinkNode> m_nodes;
    std::shared_ptr<const layers::Friction> m_friction;
    std::vector<rasters::RoadStep> m_roads; ///< against the traffic
    std::optional<rasters::StepsInto> m_into;
    std::optional<rasters::KeptSlowness> m_ground;
    std::map<std::pair<std::size_t, std::size_t>, Route> m_routes; ///< of links, from the lesser to the other
    std::set<std::pair<std::size_t, std::size_t>> m_beyond;
    LinkMap m_map;
    ConnectResult m_result;
};

} // namespace

ConnectResult connect(Prepared& prepared, const ConnectOptions& options, const std::atomic<bool>& stop) {
    Staging staging(output_folder(prepared.study, options.output, "-links"));
    try {
        return Connecting(prepared, options, staging).run(stop);
    } catch (const layers::ErrorAt&) { // of the study, not of the folder
        throw;
    } catch (const Stopped&) {
        throw;
    } catch (const Error& e) {
        throw_with_target(e, staging);
    }
}

} // namespace zonerank::engine
