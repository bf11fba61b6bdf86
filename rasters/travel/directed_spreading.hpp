// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/travel/spreading.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace zonerank::rasters {

/// How time spreads over ground with a relief: as Spreading, where each straight piece
/// takes its time on level ground, divided by what its own slope leaves of the speed.
/// The slope is that between the centres of two cells; of a knight's move each half has
/// its own. With `between`, a cell is also reached from places between an axial
/// neighbour and the diagonal one beside it, 15 of them, over the plane through the
/// three centres (the semi-Lagrangian update of Bornemann and Rasch, 2006).
///
/// The best of these has no closed form, and a cell may get its time from one that is
/// later, where it is far steeper from the earlier one. Neither matters to the bits: the
/// shares are fixed, each time offered is a function that does not fall when a time it
/// comes from rises, as computed, and the least of such is one, too. Starting from
/// infinity, every order of work ends in the greatest solution.
template <bool between, bool knights>
class DirectedSpreading {
public:
    using Reach = DirectedSpreading;

    /// As Spreading::from(); visit.wants() is not asked.
    template <typename Visit>
    ZONERANK_INLINE static void from(const Patch& p, std::uint32_t i, Visit& visit) {
        for (const int step : {1, -1, row, -row})
            axis(p, i, step, row + 1 - std::abs(step), visit);
        for (const int across : {1, -1})
            for (const int down : {row, -row})
                diagonal(p, i, across, down, visit);
        if constexpr (knights)
            for (const int ahead : {1, -1, row, -row})
                for (const int side : {row + 1 - std::abs(ahead), std::abs(ahead) - row - 1}) {
                    const std::uint32_t j = moved(i, 2 * ahead + side);
                    visit.offer(j, p.minutes[i] + knight(p, i, ahead, side), i);
                }
    }

    /// Calls visit(j) for the cells that a way leads to from cell i and others that have a time.
    template <typename Visit>
    static void each_reached(const Patch& p, std::uint32_t i, Visit&& visit) {
        Reaching<Visit> reaching{p.minutes, visit};
        from(p, i, reaching);
    }

private:
    static constexpr int row = TileLayout::stride;
    static constexpr float diagonal_length = 1.41421354F, half_knight = 1.11803399F;

    struct Offer {
        float minutes;
        std::uint32_t from;
    };

    template <typename Visit>
    struct Reaching {
        const float* minutes;
        Visit& visit;
        static constexpr float settled = std::numeric_limits<float>::max();

        bool beats(std::uint32_t j, double) const { return minutes[j] == unreached; }
        void offer(std::uint32_t j, float t, std::uint32_t) const {
            if (t < unreached)
                visit(j);
        }
    };

    /// The places between two neighbours, in parts of the way from the axial to the diagonal one.
    struct Places {
        static constexpr int parts = 16;
        std::array<double, parts + 1> share{}, length{};
        std::array<float, parts + 1> per_length{};
    };
    static inline const Places places = [] {
        Places all;
        for (std::size_t k = 0; k <= Places::parts; ++k) {
            all.share[k] = static_cast<double>(k) / Places::parts;
            all.length[k] = std::hypot(1, all.share[k]);
            all.per_length[k] = static_cast<float>(1 / all.length[k]);
        }
        return all;
    }();

    static std::uint32_t moved(std::uint32_t i, int by) { return i + static_cast<std::uint32_t>(by); }

    ZONERANK_INLINE static float waits(const Patch& p, std::uint32_t i, std::uint32_t j) {
        return p.slopes.waits ? (p.slopes.waits[i] + p.slopes.waits[j]) * 0.5F : 0;
    }
    ZONERANK_INLINE static float step(const Patch& p, std::uint32_t i, std::uint32_t j, float length) {
        const float slope = (p.slopes.elevation[j] - p.slopes.elevation[i]) * p.slopes.per_metre / length;
        return (p.slowness[i] + p.slowness[j]) * 0.5F * length / p.slopes.speed->at(slope) + waits(p, i, j);
    }
    ZONERANK_INLINE static float knight(const Patch& p, std::uint32_t i, int ahead, int side) {
        const float *s = p.slowness, *z = p.slopes.elevation;
        const std::uint32_t a = moved(i, ahead), b = moved(a, side), j = moved(b, ahead);
        const float middle = (z[a] + z[b]) * 0.5F, per_metre = p.slopes.per_metre / half_knight;
        const float first = (s[i] + s[a]) / p.slopes.speed->at((middle - z[i]) * per_metre),
                    second = (s[b] + s[j]) / p.slopes.speed->at((z[j] - middle) * per_metre);
        return (first + second) * (half_knight / 2) + (waits(p, i, a) + waits(p, b, j));
    }

    template <typename Visit>
    ZONERANK_INLINE static void axis(const Patch& p, std::uint32_t i, int ahead, int side, Visit& visit) {
        const std::uint32_t j = moved(i, ahead);
        Offer best{p.minutes[i] + step(p, i, j, 1), i};
        if constexpr (between)
            for (const int beside : {side, -side})
                if (p.minutes[moved(i, beside)] <= visit.settled)
                    simplex(p, i, moved(i, beside), j, i, visit, best);
        visit.offer(j, best.minutes, best.from);
    }

    template <typename Visit>
    ZONERANK_INLINE static void diagonal(const Patch& p, std::uint32_t i, int across, int down, Visit& visit) {
        const std::uint32_t j = moved(i, across + down), a = moved(i, across), b = moved(i, down);
        Offer best{p.minutes[i] + step(p, i, j, diagonal_length), i};
        if (!p.cut_corners && !(std::min(p.slowness[a], p.slowness[b]) < unreached))
            best.minutes = unreached;
        if constexpr (between)
            for (const std::uint32_t next : {a, b})
                if (p.minutes[next] <= visit.settled)
                    simplex(p, next, i, j, i, visit, best);
        visit.offer(j, best.minutes, best.from);
    }

    // At the slownesses that Spreading takes. Of equals the one that comes from the cell that is asked counts.
    template <typename Visit>
    ZONERANK_INLINE static void simplex(const Patch& p, std::uint32_t a, std::uint32_t d, std::uint32_t j,
                                        std::uint32_t asked, Visit& visit, Offer& best) {
        const float sa = p.slowness[a], sd = p.slowness[d], sj = p.slowness[j];
        const float near = (sa + sj) * 0.5F, whole = std::max(near, (sd + sj) * 0.5F);
        if (!(near < unreached))
            return;
        const float least = at_least(p.minutes[a], p.minutes[d], near / p.slopes.speed->fastest());
        if (!(least <= best.minutes) || !visit.beats(j, static_cast<double>(least)) ||
            (p.seams && StartSeams::between(p.seams, a, d)))
            return;
        const bool alike = std::max(sa, sd) <= 2.5F * std::min(sa, sd);
        const Offer way = over_plane(p, a, d, j, alike ? near : whole, whole);
        if (way.minutes < best.minutes || (way.minutes == best.minutes && way.from == asked))
            best = way;
    }

    ZONERANK_INLINE static Offer over_plane(const Patch& p, std::uint32_t a, std::uint32_t d, std::uint32_t j,
                                            float near, float whole) {
        const float* z = p.slopes.elevation;
        const double axis = p.minutes[a], diagonal = p.minutes[d];
        const float rise = (z[j] - z[a]) * p.slopes.per_metre, turn = (z[a] - z[d]) * p.slopes.per_metre;
        const double wait_a = waits(p, a, j), wait_d = waits(p, d, j);
        double least = unreached;
        std::size_t best = 0;
        for (std::size_t k = 1; k < Places::parts; ++k) {
            const double w = places.share[k];
            const float slope = (rise + static_cast<float>(w) * turn) * places.per_length[k];
            const double slowness = k <= Places::parts / 2 ? near : whole;
            const double way = slowness * places.length[k] / static_cast<double>(p.slopes.speed->at(slope));
            const double t = ((1 - w) * (axis + wait_a) + w * (diagonal + wait_d)) + way;
            best = t < least ? k : best;
            least = t < least ? t : least;
        }
        const auto t = static_cast<float>(least);
        const std::uint32_t most = best <= Places::parts / 2 ? a : d;
        return {t, p.minutes[most] <= t ? most : a + d - most};
    }

    // What places between can give at the least: with the best speed in all directions, by
    // 0.1 % less, so that rounding changes nothing.
    ZONERANK_INLINE static float at_least(float axis, float diagonal, float slowness) {
        const float lead = axis - diagonal;
        if (lead <= 0)
            return axis + 0.999F * slowness;
        if (lead * diagonal_length >= slowness)
            return diagonal + 1.4128F * slowness;
        return axis + 0.999F * std::sqrt(slowness * slowness - lead * lead);
    }
};

} // namespace zonerank::rasters
