// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/aggregation.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace zonerank::engine {

/// Lifts a rule that takes a cell's members one after the other to an Aggregation's
/// two folds: runs of cells in blocks whose running numbers stay in the nearest cache,
/// and one cell, by the same operations in the same order, so with the same bits.
/// A Rule has, all ZONERANK_INLINE and const but the first two:
///   static constexpr std::size_t sums: how many running numbers it needs of a cell;
///   static constexpr std::array<double, sums> start: what they begin with;
///   member(m, share): a plain struct, what it needs of member m whose share of all
///       weights is `share`, above 0; asked once a run;
///   add(numbers, value, member): takes a value in; no branches, so that it vectorises;
///   result(numbers, known): the score; `known` is the sum of shares taken in.
template <typename Rule>
class Cellwise {
public:
    explicit Cellwise(Rule rule) : m_rule(std::move(rule)) {}

    double one(std::span<const double> values, std::span<const double> weights) const {
        const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
        Numbers numbers = Rule::start;
        double known = 0;
        for (std::size_t m = 0; m < values.size(); ++m) {
            const double share = weights[m] / total;
            if (!(share > 0) || std::isnan(values[m]))
                continue;
            m_rule.add(numbers, values[m], m_rule.member(m, share));
            known += share;
        }
        return known > 0 ? m_rule.result(numbers, known) : std::numeric_limits<double>::quiet_NaN();
    }

    void run(std::span<const std::span<const float>> values, std::span<const double> weights,
             std::span<float> score) const {
        assert(values.size() == weights.size());
        const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
        for (std::size_t begin = 0; begin < score.size(); begin += block)
            run_block(values, weights, total, begin, score.subspan(begin, std::min(block, score.size() - begin)));
    }

private:
    static constexpr std::size_t block = 1024; // cells
    using Numbers = std::array<double, Rule::sums>;
    struct Running {
        std::array<std::array<double, block>, Rule::sums> numbers;
        std::array<double, block> known;
    };

    template <std::size_t... k>
    ZONERANK_INLINE static Numbers at(const Running& running, std::size_t c, std::index_sequence<k...>) {
        return {running.numbers[k][c]...};
    }
    template <std::size_t... k>
    ZONERANK_INLINE static void keep(Running& running, std::size_t c, bool gap, const Numbers& before,
                                     const Numbers& after, std::index_sequence<k...>) {
        ((running.numbers[k][c] = gap ? before[k] : after[k]), ...);
    }

    void run_block(std::span<const std::span<const float>> values, std::span<const double> weights, double total,
                   std::size_t begin, std::span<float> score) const {
        constexpr auto each = std::make_index_sequence<Rule::sums>();
        Running running;
        const Rule& rule = m_rule;
        rasters::vectorised([&]() ZONERANK_INLINE {
            const std::size_t count = score.size();
            for (std::size_t k = 0; k < Rule::sums; ++k)
                std::fill_n(running.numbers[k].data(), count, Rule::start[k]);
            std::fill_n(running.known.data(), count, 0.0);
            for (std::size_t m = 0; m < values.size(); ++m) {
                const double share = weights[m] / total;
                if (!(share > 0))
                    continue;
                const auto member = rule.member(m, share);
                const float* value = values[m].data() + begin;
                for (std::size_t c = 0; c < count; ++c) {
                    const double v = static_cast<double>(value[c]);
                    const Numbers before = at(running, c, each);
                    Numbers after = before;
                    rule.add(after, v, member);
                    keep(running, c, v != v, before, after, each);
                    running.known[c] += v != v ? 0 : share;
                }
            }
            float* out = score.data();
            for (std::size_t c = 0; c < count; ++c) {
                const double found = rule.result(at(running, c, each), running.known[c]);
                out[c] = static_cast<float>(running.known[c] > 0 ? found : std::numeric_limits<double>::quiet_NaN());
            }
        });
    }

    Rule m_rule;
};

template <typename Rule>
Aggregation cellwise(Rule rule) {
    const Cellwise<Rule> folding(std::move(rule));
    return {[folding](std::span<const std::span<const float>> values, std::span<const double> weights,
                      std::span<float> score) { folding.run(values, weights, score); },
            [folding](std::span<const double> values, std::span<const double> weights) {
                return folding.one(values, weights);
            }};
}

} // namespace zonerank::engine
