// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/distillation.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace zonerank::engine {

namespace {

using Things = std::vector<std::size_t>;

Things all_of(std::size_t n) {
    Things things(n);
    std::iota(things.begin(), things.end(), std::size_t{0});
    return things;
}

void take(Things& from, const Things& taken) {
    std::erase_if(from, [&](std::size_t thing) { return std::ranges::binary_search(taken, thing); });
}

/// Whether one can get from one to the other, in any number of steps.
Relation reachable(const Relation& above) {
    Relation reach = above;
    const std::size_t n = above.size();
    for (std::size_t via = 0; via < n; ++via)
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = 0; b < n && reach.of(a, via); ++b)
                if (reach.of(via, b))
                    reach.set(a, b, true);
    return reach;
}

/// Those that come before all they reach; of a circle, in any order.
Things from_above(const Relation& reach) {
    std::vector<std::size_t> ancestors(reach.size());
    for (std::size_t a = 0; a < reach.size(); ++a)
        for (std::size_t b = 0; b < reach.size(); ++b)
            ancestors[b] += reach.of(a, b) && !reach.of(b, a) ? 1 : 0;
    Things order = all_of(reach.size());
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return ancestors[i]; });
    return order;
}

/// Of some, those below which no other of them stands.
Things tops(const Relation& above, const Things& things) {
    Things result;
    for (const std::size_t b : things)
        if (std::ranges::none_of(things, [&](std::size_t a) { return a != b && above.of(a, b); }))
            result.push_back(b);
    return result;
}

} // namespace

void Relation::add(const Relation& other) {
    std::ranges::transform(m_bits, other.m_bits, m_bits.begin(), std::bit_or<std::uint8_t>());
}

Relation Relation::turned() const {
    Relation result(m_n);
    for (std::size_t a = 0; a < m_n; ++a)
        for (std::size_t b = 0; b < m_n; ++b)
            result.set(b, a, of(a, b));
    return result;
}

std::vector<bool> kernel_of(const Relation& above) {
    const Relation reach = reachable(above);
    const Things order = from_above(reach);
    const auto circled = [&](std::size_t a, std::size_t b) { return a == b || (reach.of(a, b) && reach.of(b, a)); };
    std::vector<bool> outside(above.size()), decided(above.size());
    for (const std::size_t first : order) {
        if (decided[first])
            continue;
        Things circle;
        for (const std::size_t b : order)
            if (circled(first, b))
                circle.push_back(b);
        const bool beaten = std::ranges::any_of(circle, [&](std::size_t b) {
            return std::ranges::any_of(order,
                                       [&](std::size_t a) { return decided[a] && !outside[a] && above.of(a, b); });
        });
        for (const std::size_t b : circle) {
            decided[b] = true;
            outside[b] = beaten;
        }
    }
    outside.flip();
    return outside;
}

std::vector<int> places_of(const Relation& strong, const Relation& weak) {
    std::vector<int> places(strong.size());
    Things rest = all_of(strong.size());
    for (int place = 1; !rest.empty(); ++place) {
        Things first = tops(strong, rest);
        first = first.empty() ? rest : first;
        Things best = tops(weak, first);
        best = best.empty() ? first : best;
        for (const std::size_t i : best)
            places[i] = place;
        take(rest, best);
    }
    return places;
}

namespace {

double discrimination(double credibility) {
    return 0.3 - 0.15 * credibility;
}

/// The greatest credibility among some that is below a limit; 0 where there is none.
double next_cut(const std::vector<double>& credibility, std::size_t n, const Things& things, double limit) {
    double cut = 0;
    for (const std::size_t a : things)
        for (const std::size_t b : things)
            if (const double c = credibility[a * n + b]; a != b && c < limit)
                cut = std::max(cut, c);
    return cut;
}

/// How many of them each outranks at a cut, less how many outrank it.
std::vector<int> qualifications(const std::vector<double>& credibility, std::size_t n, const Things& things,
                                double cut) {
    std::vector<int> result(things.size());
    for (std::size_t i = 0; i < things.size(); ++i)
        for (std::size_t k = 0; k < things.size(); ++k) {
            const double forth = credibility[things[i] * n + things[k]], back = credibility[things[k] * n + things[i]];
            if (i != k && forth > cut && forth - back > discrimination(forth)) {
                ++result[i];
                --result[k];
            }
        }
    return result;
}

/// The best (or worst) of some things, the cut falling as long as several are left.
Things extreme(const std::vector<double>& credibility, std::size_t n, Things things, bool best) {
    double cut = next_cut(credibility, n, things, 2);
    while (things.size() > 1 && cut > 0) {
        cut = next_cut(credibility, n, things, cut - discrimination(cut));
        const std::vector<int> qualified = qualifications(credibility, n, things, cut);
        const auto [least, most] = std::ranges::minmax(qualified);
        Things kept;
        for (std::size_t i = 0; i < things.size(); ++i)
            if (qualified[i] == (best ? most : least))
                kept.push_back(things[i]);
        things = kept;
    }
    return things;
}

} // namespace

std::vector<int> distilled(const std::vector<double>& credibility, std::size_t n, bool descending) {
    std::vector<int> places(n);
    Things rest = all_of(n);
    for (int place = 1; !rest.empty(); ++place) {
        const Things taken = extreme(credibility, n, rest, descending);
        for (const std::size_t i : taken)
            places[i] = place;
        take(rest, taken);
    }
    return places;
}

} // namespace zonerank::engine
