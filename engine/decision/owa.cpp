// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/owa.hpp"

#include "rasters/core/exponential.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace zonerank::engine {

namespace {

constexpr std::size_t block = 256; ///< cells whose numbers stay in the nearest cache
using Numbers = std::array<double, block>;

/// The members that count, and their shares of all weights.
template <typename T>
struct Counted {
    std::vector<const T*> values;
    std::vector<double> shares;

    Counted(std::size_t members, std::span<const double> weights) {
        const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
        values.reserve(members);
        shares.reserve(members);
        for (const double weight : weights)
            shares.push_back(weight / total);
        std::erase_if(shares, [](double share) { return !(share > 0); });
    }
};

/// Folds cells by comparing their values in pairs: what lies ahead of a value says its
/// place. No sorting, no branches, and no order among equals.
class Owa {
public:
    /// `exponent`: of the curve r^a, instead of the weights' own.
    Owa(OwaRule rule, const OrderWeights& weights, std::optional<double> exponent)
        : m_rule(rule), m_exponent(exponent), m_from_best(weights.begin(), weights.end()) {
        std::ranges::reverse(m_from_best);
        for (std::size_t k = 0; k <= weights.size(); ++k)
            m_tradeoff.push_back(k == 0 ? 1 : weights.resized(k).tradeoff());
    }

    double one(std::span<const double> values, std::span<const double> weights) const {
        Counted<double> counted(values.size(), weights);
        for (std::size_t m = 0; m < values.size(); ++m)
            if (weights[m] > 0)
                counted.values.push_back(&values[m]);
        double score = 0;
        fold_block(counted, 0, std::span(&score, 1));
        return score;
    }

    void run(std::span<const std::span<const float>> values, std::span<const double> weights,
             std::span<float> score) const {
        assert(values.size() == weights.size());
        Counted<float> counted(values.size(), weights);
        for (std::size_t m = 0; m < values.size(); ++m)
            if (weights[m] > 0)
                counted.values.push_back(values[m].data());
        for (std::size_t begin = 0; begin < score.size(); begin += block)
            fold_block(counted, begin, score.subspan(begin, std::min(block, score.size() - begin)));
    }

private:
    /// Of each cell: sums over its members, and where one member stands among them.
    struct Scratch {
        Numbers known, importance; ///< how many have a value, and the sum of their shares
        Numbers top, bottom;       ///< of the weighted mean
        Numbers ahead, level;      ///< of the members with a better value, and with the same
        Numbers from, to;          ///< quantifier there
    };

    template <typename T, typename Score>
    void fold_block(const Counted<T>& members, std::size_t begin, std::span<Score> score) const {
        Scratch s;
        const std::size_t count = score.size(), n = members.shares.size();
        Score* out = score.data();
        rasters::vectorised([&]() ZONERANK_INLINE {
            sum_up(members, begin, count, s);
            for (std::size_t a = 0; a < n; ++a) {
                place(members, a, begin, count, s);
                if (m_exponent)
                    raise(*m_exponent, count, s);
                else
                    quantify(count, s);
                add(members.values[a] + begin, members.shares[a], count, s);
            }
            for (std::size_t c = 0; c < count; ++c)
                out[c] = static_cast<Score>(s.top[c] / s.bottom[c]); // 0 / 0 where nothing is known
        });
    }

    template <typename T>
    ZONERANK_INLINE void sum_up(const Counted<T>& members, std::size_t begin, std::size_t count, Scratch& s) const {
        for (Numbers* sum : {&s.known, &s.importance, &s.top, &s.bottom})
            std::fill_n(sum->data(), count, 0.0);
        for (std::size_t a = 0; a < members.shares.size(); ++a) {
            const T* value = members.values[a] + begin;
            const double share = members.shares[a];
            for (std::size_t c = 0; c < count; ++c) {
                s.known[c] += value[c] != value[c] ? 0 : 1;
                s.importance[c] += value[c] != value[c] ? 0 : share;
            }
        }
    }

    /// What stands before a member and beside it: importances, or members.
    template <typename T>
    ZONERANK_INLINE void place(const Counted<T>& members, std::size_t a, std::size_t begin, std::size_t count,
                               Scratch& s) const {
        std::fill_n(s.ahead.data(), count, 0.0);
        std::fill_n(s.level.data(), count, 0.0);
        const T* own = members.values[a] + begin;
        for (std::size_t b = 0; b < members.shares.size(); ++b) {
            const T* other = members.values[b] + begin;
            const double counts = m_rule == OwaRule::quantifier ? members.shares[b] : 1;
            for (std::size_t c = 0; c < count; ++c) {
                s.ahead[c] += other[c] > own[c] ? counts : 0;
                s.level[c] += other[c] == own[c] ? counts : 0;
            }
        }
    }

    /// The order weights' running sum from the best on, straight between its points.
    ZONERANK_INLINE void quantify(std::size_t count, Scratch& s) const {
        const auto places = static_cast<double>(m_from_best.size());
        const Numbers& whole = m_rule == OwaRule::quantifier ? s.importance : s.known;
        for (std::size_t c = 0; c < count; ++c) {
            s.from[c] = 0;
            s.to[c] = 0;
        }
        for (std::size_t k = 0; k < m_from_best.size(); ++k) {
            const double weight = m_from_best[k], passed = static_cast<double>(k);
            for (std::size_t c = 0; c < count; ++c) {
                const double scale = places / whole[c];
                s.from[c] += weight * within(s.ahead[c] * scale - passed);
                s.to[c] += weight * within((s.ahead[c] + s.level[c]) * scale - passed);
            }
        }
    }

    /// The curve r^a of the importances' shares.
    ZONERANK_INLINE static void raise(double exponent, std::size_t count, Scratch& s) {
        for (std::size_t c = 0; c < count; ++c) {
            s.from[c] = power(s.ahead[c] / s.importance[c], exponent);
            s.to[c] = power((s.ahead[c] + s.level[c]) / s.importance[c], exponent);
        }
    }

    // The sum of all shares may miss 1 by rounding, of which a large exponent would make much.
    ZONERANK_INLINE static double power(double share, double exponent) {
        const double found = rasters::exponential(exponent * rasters::logarithm(share));
        const double inside = share > 0 ? found : 0;
        return share > 1 - 1e-12 ? 1 : inside;
    }

    template <typename T>
    ZONERANK_INLINE void add(const T* value, double share, std::size_t count, Scratch& s) const {
        const bool quantifier = m_rule == OwaRule::quantifier, relaxed = m_rule == OwaRule::relaxed;
        for (std::size_t c = 0; c < count; ++c) {
            const double tradeoff = relaxed ? m_tradeoff[static_cast<std::size_t>(s.known[c])] : 1;
            const double importance =
                quantifier ? share : tradeoff * share / s.importance[c] + (1 - tradeoff) / s.known[c];
            const double weight = importance * ((s.to[c] - s.from[c]) / s.level[c]);
            const bool gap = value[c] != value[c];
            s.top[c] += gap ? 0 : weight * static_cast<double>(value[c]);
            s.bottom[c] += gap ? 0 : weight;
        }
    }

    ZONERANK_INLINE static double within(double x) { return x < 0 ? 0 : x > 1 ? 1 : x; }

    OwaRule m_rule;
    std::optional<double> m_exponent;
    std::vector<double> m_from_best; ///< order weights
    std::vector<double> m_tradeoff;  ///< by how many members are known
};

std::string_view words(OwaRule rule) {
    switch (rule) {
    case OwaRule::product:
        return "OWA, order weight x importance (Yager 1988, Malczewski 1999)";
    case OwaRule::quantifier:
        return "OWA, quantifier through the importances (Yager 1996)";
    case OwaRule::relaxed:
        return "OWA, importances relaxed by the trade-off as TerrSet's (Jiang and Eastman 2000)";
    }
    return "";
}

Aggregation made(OwaRule rule, const OrderWeights& weights, std::optional<double> exponent, const std::string& with) {
    const Owa folding(rule, weights, exponent);
    std::vector<AggregationNumber> numbers{{"order weights", std::vector<double>(weights.begin(), weights.end())}};
    if (exponent)
        numbers.push_back({"exponent", *exponent});
    return {.fold = [folding](auto values, auto weighed, auto score) { folding.run(values, weighed, score); },
            .fold_one = [folding](auto values, auto weighed) { return folding.one(values, weighed); },
            .allows_gaps = true,
            .summary = fmt::format("{}, {}{}", words(rule), with, to_string(weights)),
            .numbers = std::move(numbers)};
}

} // namespace

Aggregation owa(OwaRule rule, const OrderWeights& weights) {
    return made(rule, weights, {}, "");
}

Aggregation owa_of_risk(OwaRule rule, double risk, std::size_t members) {
    const OrderWeights weights = OrderWeights::of_risk(risk, members);
    const std::optional<double> exponent =
        rule == OwaRule::quantifier ? std::optional((1 - risk) / risk) : std::nullopt;
    return made(rule, weights, exponent, fmt::format("risk {:g}: ", risk));
}

} // namespace zonerank::engine
