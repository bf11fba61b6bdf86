// SPDX-License-Identifier: Apache-2.0
#include "rasters/travel/road_chains.hpp"

#include <algorithm>
#include <iterator>

namespace zonerank::rasters {

RoadChains::RoadChains(std::span<const RoadLine> lines) : m_lines(lines) {
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (const Path& path = lines[i].path; !path.empty()) {
            m_places[path.front()].ends.push_back({i, false});
            m_places[path.back()].ends.push_back({i, true});
        }
    for (const RoadLine& line : lines)
        for (std::size_t k = 1; k + 1 < line.path.size(); ++k)
            if (const auto found = m_places.find(line.path[k]); found != m_places.end())
                found->second.passed = true;
}

bool RoadChains::joins(const Place& place) const {
    if (place.passed || place.ends.size() != 2 || place.ends[0].line == place.ends[1].line)
        return false;
    const RoadLine &a = m_lines[place.ends[0].line], &b = m_lines[place.ends[1].line];
    return a.one_way == b.one_way && (!a.one_way || place.ends[0].at_back != place.ends[1].at_back);
}

bool RoadChains::meet(Point p) const {
    const auto found = m_places.find(p);
    return found != m_places.end() && !joins(found->second);
}

Point RoadChains::end_of(Link link) const {
    const Path& path = m_lines[link.line].path;
    return link.reversed ? path.front() : path.back();
}

/// The lines that follow one, up to where lines meet or to one that is used.
std::vector<RoadChains::Link> RoadChains::onward(Link from, std::vector<char>& used) const {
    std::vector<Link> links;
    for (Link at = from;;) {
        const Place& place = m_places.at(end_of(at));
        if (!joins(place))
            return links;
        const End& next = place.ends[place.ends[0].line == at.line ? 1 : 0];
        if (used[next.line])
            return links;
        used[next.line] = true;
        at = {next.line, next.at_back};
        links.push_back(at);
    }
}

RoadChain RoadChains::chain(std::span<const Link> links) const {
    RoadChain chain{.path = {}, .stretches = {}, .one_way = m_lines[links.front().line].one_way};
    for (const Link& link : links) {
        Path part = m_lines[link.line].path;
        if (link.reversed)
            std::ranges::reverse(part);
        chain.path.insert(chain.path.end(), part.begin() + (chain.path.empty() ? 0 : 1), part.end());
        chain.stretches.push_back({chain.path.size() - 1, m_lines[link.line].km_per_hour});
    }
    return chain;
}

std::vector<RoadChain> RoadChains::all() const {
    std::vector<RoadChain> chains;
    std::vector<char> used(m_lines.size(), false);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (used[i] || m_lines[i].path.empty())
            continue;
        used[i] = true;
        const std::vector<Link> after = onward({i, false}, used);
        std::vector<Link> links = onward({i, true}, used); // from the front backwards
        std::ranges::reverse(links);
        for (Link& link : links)
            link.reversed = !link.reversed;
        links.push_back({i, false});
        std::ranges::copy(after, std::back_inserter(links));
        chains.push_back(chain(links));
    }
    return chains;
}

} // namespace zonerank::rasters
