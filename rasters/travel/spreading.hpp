// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/simd.hpp"
#include "rasters/travel/relief.hpp"
#include "rasters/travel/start_seams.hpp"
#include "rasters/travel/tile_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace zonerank::rasters {

/// What a block has of a relief.
struct Slopes {
    const float* elevation = nullptr; ///< metres; any number where nothing crosses. Null: level ground
    const float* waits = nullptr;     ///< minutes; null: none
    const SlopeSpeed* speed = nullptr;
    float per_metre = 0; ///< of a side of a cell
};

/// A block as TileLayout lays it out.
struct Patch {
    float* minutes;                       ///< at each cell's centre; infinite where nothing has come
    const float* slowness;                ///< minutes per side of a cell; infinite where nothing crosses the cell
    bool cut_corners;                     ///< whether a step leads between two barrier cells that touch at a corner
    const std::uint64_t* seams = nullptr; ///< where nothing is interpolated, as StartSeams::Bits
    Slopes slopes{};                      ///< of DirectedSpreading alone
};

inline constexpr float unreached = std::numeric_limits<float>::infinity();

/// The least of (1 - w) axis + w diagonal + slowness * sqrt(1 + w^2) over w = k / 64
/// with k <= `most`: the way to a cell from between an axial neighbour (w = 0) and the
/// diagonal one beside it (w = 1), in a straight line. In this form, times a fixed
/// share each, and in double, it does not fall where one of both times rises, not by a
/// bit; which the square root that solves for w does. Off by 3e-5 of the slowness.
class Simplex {
public:
    static constexpr int parts = 64;

    struct Way {
        double minutes;
        int k;
    };

    /// diagonal < axis, both finite.
    ZONERANK_INLINE static Way least(float axis, float diagonal, float slowness, int most) {
        const int k = std::min(share(axis - diagonal, slowness), most - 1);
        const double a = way(axis, diagonal, slowness, k), b = way(axis, diagonal, slowness, k + 1);
        return b < a ? Way{b, k + 1} : Way{a, k};
    }
    static double length(int k) { return m_lengths[static_cast<std::size_t>(k)]; }

private:
    // k or k + 1 is best. An error of the estimate shows only where both are as good.
    ZONERANK_INLINE static int share(float lead, float slowness) {
        const float square = slowness * slowness - lead * lead;
        return lead * 1.4142135F >= slowness ? parts : static_cast<int>(parts * lead / std::sqrt(square));
    }
    ZONERANK_INLINE static double way(float axis, float diagonal, float slowness, int k) {
        const double w = k * (1.0 / parts);
        return (1 - w) * axis + w * diagonal + slowness * length(k);
    }
    static inline const std::array<double, parts + 1> m_lengths = [] {
        std::array<double, parts + 1> lengths;
        for (int k = 0; k <= parts; ++k)
            lengths[static_cast<std::size_t>(k)] = std::sqrt(1 + k * k * (1.0 / (parts * parts)));
        return lengths;
    }();
};

/// Calls visit(j) for each of the 8 cells around that a step from cell i leads to, of
/// those that can be crossed.
template <typename Visit>
void each_step(const Patch& p, std::uint32_t i, Visit&& visit) {
    constexpr int row = TileLayout::stride;
    const auto crossed = [&](int by) { return p.slowness[i + static_cast<std::uint32_t>(by)] < unreached; };
    for (const int step : {1, -1, row, -row})
        if (crossed(step))
            visit(i + static_cast<std::uint32_t>(step));
    for (const int down : {row, -row})
        for (const int across : {1, -1})
            if (crossed(down + across) && (p.cut_corners || crossed(down) || crossed(across)))
                visit(i + static_cast<std::uint32_t>(down + across));
}

/// Which cells a way leads to: steps to the 8 around reach all that any step of Spreading does.
struct StepsAround {
    template <typename Visit>
    static void each_reached(const Patch& p, std::uint32_t i, Visit&& visit) {
        each_step(p, i, visit);
    }
};

/// How time spreads from a cell to those around it.
///
/// Steps to the 8 cells around cost the exact integral of the slowness along the line
/// between the centres, and so do those of a knight's move. With `between`, a cell is
/// also reached from between an axial neighbour A and the diagonal one D beside it,
/// where both have times: at the larger of the two steps' slownesses, and, where
/// those of A and D differ by less than 2.5 times, over the half that lies in A at
/// its exact cost. (First order on 8 neighbours after Kim, 1999; the mean of cells as in
/// Douglas' cost distance, 1994.)
///
/// Each time that is offered is, as computed, a function that does not fall when a time
/// it comes from rises, and not below any of these: hence there is one greatest
/// solution, which every order of work ends in, to the last bit.
template <bool between, bool knights>
class Spreading {
public:
    using Reach = StepsAround;

    /// Tells `visit` what cell i offers: visit.offer(j, minutes, from) the best for cell j,
    /// infinite perhaps, and the cell that it comes from most, at most once for each j. visit.wants(j)
    /// and visit.beats(j, least): whether it may take anything, or `least` minutes or more; what
    /// it may not need not be offered. visit.settled: what other cells later than this have to offer isn't
    /// looked at here, for they will be asked themselves.
    template <typename Visit>
    ZONERANK_INLINE static void from(const Patch& p, std::uint32_t i, Visit& visit) {
        axis<1, row>(p, i, visit);
        axis<-1, row>(p, i, visit);
        axis<row, 1>(p, i, visit);
        axis<-row, 1>(p, i, visit);
        diagonal<1, row>(p, i, visit);
        diagonal<-1, row>(p, i, visit);
        diagonal<1, -row>(p, i, visit);
        diagonal<-1, -row>(p, i, visit);
        if constexpr (knights)
            all_knights(p, i, visit);
    }

private:
    static constexpr int row = TileLayout::stride;
    static constexpr float half_diagonal = 0.70710678118654752F, quarter_knight = 0.55901699437494742F; // sqrt(5) / 4

    struct Offer {
        float minutes;
        std::uint32_t from;
    };

    static std::uint32_t moved(std::uint32_t i, int by) { return i + static_cast<std::uint32_t>(by); }

    template <int step, int side, typename Visit>
    ZONERANK_INLINE static void axis(const Patch& p, std::uint32_t i, Visit& visit) {
        const std::uint32_t j = moved(i, step);
        Offer best{p.minutes[i] + mean(p, i, j), i};
        if constexpr (between) {
            if (!visit.wants(j))
                return;
            if (p.minutes[moved(i, side)] < p.minutes[i])
                simplex<true>(p, i, moved(i, side), j, visit, best);
            if (p.minutes[moved(i, -side)] < p.minutes[i])
                simplex<true>(p, i, moved(i, -side), j, visit, best);
        }
        visit.offer(j, best.minutes, best.from);
    }

    template <int across, int down, typename Visit>
    ZONERANK_INLINE static void diagonal(const Patch& p, std::uint32_t i, Visit& visit) {
        const std::uint32_t j = moved(i, across + down), a = moved(i, across), b = moved(i, down);
        Offer best{p.minutes[i] + (p.slowness[i] + p.slowness[j]) * half_diagonal, i};
        if (!p.cut_corners && !(std::min(p.slowness[a], p.slowness[b]) < unreached))
            best.minutes = unreached;
        if constexpr (between) {
            if (!visit.wants(j))
                return;
            if (p.minutes[a] > p.minutes[i] && p.minutes[a] <= visit.settled)
                simplex<false>(p, a, i, j, visit, best);
            if (p.minutes[b] > p.minutes[i] && p.minutes[b] <= visit.settled)
                simplex<false>(p, b, i, j, visit, best);
        }
        visit.offer(j, best.minutes, best.from);
    }

    template <typename Visit>
    ZONERANK_INLINE static void all_knights(const Patch& p, std::uint32_t i, Visit& visit) {
        knight<1, row>(p, i, visit);
        knight<1, -row>(p, i, visit);
        knight<-1, row>(p, i, visit);
        knight<-1, -row>(p, i, visit);
        knight<row, 1>(p, i, visit);
        knight<row, -1>(p, i, visit);
        knight<-row, 1>(p, i, visit);
        knight<-row, -1>(p, i, visit);
    }

    template <int ahead, int side, typename Visit>
    ZONERANK_INLINE static void knight(const Patch& p, std::uint32_t i, Visit& visit) {
        const std::uint32_t j = moved(i, 2 * ahead + side);
        const float* s = p.slowness;
        const float sum = (s[i] + s[j]) + (s[moved(i, ahead)] + s[moved(i, ahead + side)]);
        visit.offer(j, p.minutes[i] + sum * quarter_knight, i);
    }

    ZONERANK_INLINE static float mean(const Patch& p, std::uint32_t i, std::uint32_t j) {
        return (p.slowness[i] + p.slowness[j]) * 0.5F;
    }

    // The half where the way is all in A and the cell is never dearer than the rest
    // of the simplex, which need not be looked at where the best lies within it. Of equals
    // the one that comes most from the cell that is asked counts.
    template <bool axis_asked, typename Visit>
    ZONERANK_INLINE static void simplex(const Patch& p, std::uint32_t a, std::uint32_t d, std::uint32_t j, Visit& visit,
                                        Offer& best) {
        const float axis = p.minutes[a], diagonal = p.minutes[d], sa = p.slowness[a], sd = p.slowness[d];
        const float near = mean(p, a, j), whole = std::max(near, mean(p, d, j));
        const bool alike = std::max(sa, sd) <= 2.5F * std::min(sa, sd);
        const double least = at_least(axis, axis - diagonal, alike ? near : whole);
        if (!(least <= best.minutes) || !visit.beats(j, least) || (p.seams && StartSeams::between(p.seams, a, d)))
            return;
        constexpr int half = Simplex::parts / 2;
        Simplex::Way way{unreached, 0};
        if (alike)
            way = Simplex::least(axis, diagonal, near, half);
        if (!alike || way.k == half) {
            const Simplex::Way other = Simplex::least(axis, diagonal, whole, Simplex::parts);
            way = other.minutes < way.minutes ? other : way;
        }
        const float t = std::max(static_cast<float>(way.minutes), axis);
        const bool from_axis = way.k <= half;
        if (t < best.minutes || (t == best.minutes && from_axis == axis_asked))
            best = {t, from_axis ? a : d};
    }

    // What the simplex gives at the least: the arc's chord, and the line on which the half
    // goes on. By 0.1 % of the slowness less, so that rounding changes nothing. Where the
    // diagonal neighbour leads by more than the chord spans, its own step is as good.
    ZONERANK_INLINE static double at_least(float axis, float lead, float slowness) {
        return axis + std::max(0.0, std::min(0.999 * slowness - 0.4142136 * lead, 1.117 * slowness - 0.5 * lead));
    }
};

} // namespace zonerank::rasters
