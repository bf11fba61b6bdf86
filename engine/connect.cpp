// SPDX-License-Identifier: Apache-2.0
#include "engine/connect.hpp"

#include "engine/model/link_nodes.hpp"
#include "engine/outputs/single_file.hpp"
#include "engine/text/numbers.hpp"
#include "layers/friction.hpp"
#include "rasters/core/files.hpp"
#include "rasters/travel/kept_slowness.hpp"
#include "rasters/travel/routes.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace zonerank::engine {

namespace fs = std::filesystem;
using rasters::Path;
using rasters::Point;
using rasters::Route;
using rasters::RouteFinder;

namespace {

constexpr std::uint64_t ground_memory = std::uint64_t{1} << 29; ///< bytes; what is more waits on disk

// The search goes from where ways end to where they begin.
std::vector<rasters::RoadStep> against_traffic(std::span<const rasters::RoadStep> roads) {
    std::vector<rasters::RoadStep> steps(roads.begin(), roads.end());
    for (rasters::RoadStep& step : steps)
        std::swap(step.from, step.to);
    return steps;
}

/// What is found of one study, in order: friction and places, the times to each of
/// these, the network, its files.
class Connecting {
public:
    Connecting(Prepared& prepared, const ConnectOptions& options)
        : m_p(prepared), m_links(*prepared.study.links), m_options(options), m_csv(options.output) {
        m_csv.replace_extension(".csv");
    }

    LinkMap run(const std::atomic<bool>& stop) {
        check_single_file(m_p, m_options.output, m_options.overwrite);
        check_single_file(m_p, m_csv, m_options.overwrite);
        m_nodes = link_nodes(m_links, m_p.territory, *m_p.sources);
        m_map.study = m_p.study.title;
        m_map.minutes = MinutesMatrix(m_nodes.size());
        std::size_t last = add("prepare", "friction", {}, [this] { prepare(); });
        for (std::size_t to = 0; to < m_nodes.size(); ++to)
            last = add("solve", m_nodes[to].name, {last}, [this, to] { solve(to); });
        add("finish", m_options.output.filename().string(), {last}, [this] { finish(); });
        m_p.graph.run(m_options.threads, m_options.progress, stop);
        for (const std::string& line : unknown_lines(m_map, 5))
            m_p.problems.warning(m_links.mark, "links: " + line);
        return std::move(m_map);
    }

private:
    std::size_t add(const char* kind, const std::string& name, std::vector<std::size_t> after,
                    std::function<void()> work) {
        return m_p.graph.add({kind, name, "", std::move(after), 1, std::move(work)});
    }

    const rasters::Grid& study_grid() const { return m_p.territory.grid; }
    const rasters::Grid& grid() const { return m_friction->grid(); }

    void prepare() {
        const layers::FrictionSpec& spec = *m_p.study.friction;
        m_friction = m_p.sources->friction(friction_grid(spec, study_grid(), lonlat_box(m_nodes, study_grid())));
        m_p.sources->release_features();
        place(m_nodes, study_grid(), *m_friction);
        m_roads = against_traffic(m_friction->roads());
        m_into.emplace(grid(), m_roads);
        m_ground.emplace(
            grid(), [this](rasters::Window window) { return m_friction->slowness(window); }, ground_memory, scratch());
    }

    static fs::path scratch() { return fs::temp_directory_path(); }

    /// Minutes to one place from all, and the ways from those before it.
    void solve(std::size_t to) {
        const LinkNode& target = m_nodes[to];
        m_map.minutes.at(to, to) = 0;
        if (!target.no_way.empty())
            return;
        const rasters::TravelStart start{.cell = target.cell, .at = target.at};
        const RouteFinder finder(grid(), [this](rasters::Window window) { return (*m_ground)(window); }, {&start, 1},
                                 m_roads, *m_into, {.limit_minutes = m_links.limit, .scratch = scratch()});
        for (std::size_t from = 0; from < m_nodes.size(); ++from) {
            const LinkNode& node = m_nodes[from];
            if (from == to || !node.no_way.empty())
                continue;
            const float minutes = finder.times().times({node.cell.col, node.cell.row, 1, 1}).values().front();
            if (std::isinf(minutes))
                m_beyond.emplace(from, to);
            else if (!std::isnan(minutes))
                m_map.minutes.at(from, to) = static_cast<double>(minutes);
            if (from < to && std::isfinite(minutes) && may_be_linked(from, to))
                m_routes.emplace(std::pair(from, to), finder.from(node.cell));
        }
    }

    bool is_hub(std::size_t node) const { return m_nodes[node].of == m_links.hubs; }
    bool may_be_linked(std::size_t a, std::size_t b) const {
        return m_links.network != NetworkKind::nearest_hub || is_hub(a) != is_hub(b);
    }

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
            m_map.nodes.push_back({m_nodes[i].name, m_nodes[i].of, to_lonlat(m_nodes[i].at), standing[i]});
        draw(links, to_lonlat);
        find_unknown();
        write();
    }

    // Roads as they run, not as their cells do.
    void draw(const std::vector<Link>& links, const rasters::Transform& to_lonlat) {
        const std::map<std::size_t, Path> roads = roads_of(links);
        for (const Link& link : links) {
            rasters::Shape line{.lines = {path_of(link, roads)}};
            line = rasters::reproject(line, to_lonlat, layers::densify_tolerance(grid().cell) / 111'000);
            m_map.ways.push_back({link, line.lines.front(), kilometres(line.lines.front())});
        }
    }

    static double kilometres(const Path& lonlat) {
        const std::vector<double> metres = rasters::ellipsoidal_lengths(lonlat, rasters::wgs84());
        return std::accumulate(metres.begin(), metres.end(), 0.0) / 1000;
    }

    const Route& route(const Link& link) const { return m_routes.at({link.a, link.b}); }

    std::map<std::size_t, Path> roads_of(const std::vector<Link>& links) {
        std::set<std::size_t> used;
        for (const Link& link : links)
            for (const rasters::RoutePart& part : route(link))
                for (const rasters::RoadUse& road : part.roads)
                    used.insert(road.step);
        if (used.empty())
            return {};
        const std::vector<std::size_t> steps(used.begin(), used.end());
        std::vector<Path> paths =
            rasters::step_paths(grid(), road_lines(*m_p.study.friction, *m_p.sources, grid()), steps);
        m_p.sources->release_features();
        std::map<std::size_t, Path> roads;
        for (std::size_t i = 0; i < steps.size(); ++i)
            roads.emplace(steps[i], std::move(paths[i]));
        return roads;
    }

    Path path_of(const Link& link, const std::map<std::size_t, Path>& roads) const {
        Path path{m_nodes[link.a].at};
        for (const rasters::RoutePart& part : route(link)) {
            if (part.roads.empty())
                path.insert(path.end(), part.path.begin(), part.path.end());
            for (const rasters::RoadUse& road : part.roads) { // the search's steps are turned around
                Path piece = roads.at(road.step);
                if (road.forward)
                    std::ranges::reverse(piece);
                path.insert(path.end(), piece.begin(), piece.end());
            }
        }
        path.push_back(m_nodes[link.b].at);
        path.erase(std::unique(path.begin(), path.end()), path.end());
        if (path.size() == 1)
            path.push_back(path.front());
        return path;
    }

    void find_unknown() {
        for (std::size_t a = 0; a < m_nodes.size(); ++a)
            for (std::size_t b = a + 1; b < m_nodes.size(); ++b)
                if (may_be_linked(a, b) && std::isnan(m_map.minutes.both_ways(a, b)))
                    m_map.unknown.push_back({a, b, reason(a, b)});
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

    // Both are whole before either has its name.
    void write() {
        const rasters::Unfinished map(m_options.output.string() + ".part"), matrix(m_csv.string() + ".part");
        rasters::write_text(map.path(), links_geojson(m_map));
        rasters::write_text(matrix.path(), links_csv(m_map));
        rasters::move_into_place(map.path(), m_options.output);
        rasters::move_into_place(matrix.path(), m_csv);
    }

    Prepared& m_p;
    const LinksSpec& m_links;
    const ConnectOptions& m_options;
    fs::path m_csv;
    std::vector<LinkNode> m_nodes;
    std::shared_ptr<const layers::Friction> m_friction;
    std::vector<rasters::RoadStep> m_roads; ///< against the traffic
    std::optional<rasters::StepsInto> m_into;
    std::optional<rasters::KeptSlowness> m_ground;
    std::map<std::pair<std::size_t, std::size_t>, Route> m_routes; ///< from the lesser to the other
    std::set<std::pair<std::size_t, std::size_t>> m_beyond;
    LinkMap m_map;
};

} // namespace

LinkMap connect(Prepared& prepared, const ConnectOptions& options, const std::atomic<bool>& stop) {
    if (options.output.extension() != ".geojson")
        throw Error("{}: links are written as .geojson", options.output.string());
    return Connecting(prepared, options).run(stop);
}

} // namespace zonerank::engine
