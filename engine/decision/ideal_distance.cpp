// SPDX-License-Identifier: Apache-2.0
#include "engine/decision/ideal_distance.hpp"

#include "engine/decision/cellwise.hpp"
#include "layers/terms/problems.hpp"
#include "layers/terms/unit.hpp"
#include "rasters/core/exponential.hpp"

namespace zonerank::engine {

namespace {

struct Weighed {
    IdealPoint point;
    double weight;
};

ZONERANK_INLINE inline double held(double value, const IdealPoint& point) {
    return value < point.anti_ideal ? point.anti_ideal : value > point.ideal ? point.ideal : value;
}

/// Sums the squares of both distances.
struct Topsis {
    std::vector<IdealPoint> points;

    static constexpr std::size_t sums = 2;
    static constexpr std::array<double, sums> start{0, 0};
    ZONERANK_INLINE Weighed member(std::size_t m, double share) const { return {points[m], share}; }
    ZONERANK_INLINE static void add(std::array<double, sums>& squares, double value, const Weighed& member) {
        const double v = held(value, member.point);
        const double below = member.weight * (member.point.ideal - v);
        const double above = member.weight * (v - member.point.anti_ideal);
        squares[0] += below * below;
        squares[1] += above * above;
    }
    ZONERANK_INLINE static double result(const std::array<double, sums>& squares, double) {
        const double to_ideal = std::sqrt(squares[0]), to_anti_ideal = std::sqrt(squares[1]);
        return to_anti_ideal / (to_anti_ideal + to_ideal);
    }
};

/// How terms of a distance are raised, put together and brought back.
struct Manhattan {
    ZONERANK_INLINE static double raise(double x) { return x; }
    ZONERANK_INLINE static double join(double a, double b) { return a + b; }
    ZONERANK_INLINE static double root(double sum) { return sum; }
};
struct Euclidean {
    ZONERANK_INLINE static double raise(double x) { return x * x; }
    ZONERANK_INLINE static double join(double a, double b) { return a + b; }
    ZONERANK_INLINE static double root(double sum) { return std::sqrt(sum); }
};
struct Chebyshev {
    ZONERANK_INLINE static double raise(double x) { return x; }
    ZONERANK_INLINE static double join(double a, double b) { return a > b ? a : b; }
    ZONERANK_INLINE static double root(double greatest) { return greatest; }
};
struct Minkowski {
    double p, inverse;
    // logarithm() takes no subnormal numbers; such a shortfall is none.
    ZONERANK_INLINE static double power(double x, double exponent) {
        const double found = rasters::exponential(exponent * rasters::logarithm(x));
        return x < std::numeric_limits<double>::min() ? 0 : found;
    }
    ZONERANK_INLINE double raise(double x) const { return power(x, p); }
    ZONERANK_INLINE static double join(double a, double b) { return a + b; }
    ZONERANK_INLINE double root(double sum) const { return power(sum, inverse); }
};

/// Sums shortfalls, and the greatest there could be.
template <typename Metric>
struct Compromise {
    std::vector<IdealPoint> points;
    Metric metric;

    struct Scaled {
        IdealPoint point;
        double raised_weight, range;
        Metric metric; // a copy: what a loop reads through `this` it could not keep in registers
    };
    static constexpr std::size_t sums = 2;
    static constexpr std::array<double, sums> start{0, 0};
    ZONERANK_INLINE Scaled member(std::size_t m, double share) const {
        return {points[m], metric.raise(share), points[m].ideal - points[m].anti_ideal, metric};
    }
    ZONERANK_INLINE static void add(std::array<double, sums>& sum, double value, const Scaled& member) {
        const double shortfall = (member.point.ideal - held(value, member.point)) / member.range;
        sum[0] = Metric::join(sum[0], member.raised_weight * member.metric.raise(shortfall));
        sum[1] = Metric::join(sum[1], member.raised_weight);
    }
    ZONERANK_INLINE double result(const std::array<double, sums>& sum, double) const {
        return 1 - metric.root(sum[0] / sum[1]);
    }
};

template <typename Metric>
Aggregation compromise_by(std::vector<IdealPoint> points, Metric metric) {
    return cellwise(Compromise<Metric>{std::move(points), metric});
}

Aggregation compromise_of(std::vector<IdealPoint> points, double p) {
    if (std::isinf(p))
        return compromise_by(std::move(points), Chebyshev{});
    if (p == 1)
        return compromise_by(std::move(points), Manhattan{});
    if (p == 2)
        return compromise_by(std::move(points), Euclidean{});
    return compromise_by(std::move(points), Minkowski{p, 1 / p});
}

std::string in_words(std::span<const IdealPoint> points) {
    const bool plain =
        std::ranges::all_of(points, [](const IdealPoint& p) { return p.ideal == 1 && p.anti_ideal == 0; });
    if (plain)
        return "between the values 1 (ideal) and 0 (anti-ideal)";
    std::string text = "between the values";
    for (const IdealPoint& point : points)
        text += fmt::format(" {:.3g}/{:.3g}", point.ideal, point.anti_ideal);
    return text + " (ideal/anti-ideal of each)";
}

std::vector<AggregationNumber> numbers_of(std::span<const IdealPoint> points) {
    std::vector<double> best, worst;
    for (const IdealPoint& point : points) {
        best.push_back(point.ideal);
        worst.push_back(point.anti_ideal);
    }
    return {{"ideal", std::move(best)}, {"anti-ideal", std::move(worst)}};
}

/// What one of the lists says for the group's members, and `otherwise` for the rest.
std::vector<double> read_points(const NamedPoints& given, const Membership& group, double otherwise) {
    std::vector<std::string> names;
    for (const Member& member : group.members)
        names.push_back(member.name);
    std::vector<double> values(names.size(), otherwise);
    names.insert(names.end(), group.elsewhere.begin(), group.elsewhere.end());
    for (const auto& [name, text] : given) {
        const auto found = std::ranges::find(names, name);
        if (found == names.end())
            throw Error("{}", layers::unknown("member", name, names));
        const auto at = static_cast<std::size_t>(found - names.begin());
        if (at < values.size())
            values[at] = in_context(name, [&, &measured = text] { return group.members[at].value(measured); });
    }
    return values;
}

} // namespace

Aggregation topsis(std::vector<IdealPoint> points) {
    const std::string words = in_words(points);
    std::vector<AggregationNumber> numbers = numbers_of(points);
    Aggregation aggregation = cellwise(Topsis{std::move(points)});
    aggregation.numbers = std::move(numbers);
    aggregation.allows_gaps = true;
    aggregation.summary = fmt::format("TOPSIS, closeness {} (Hwang and Yoon 1981)", words);
    return aggregation;
}

Aggregation compromise(std::vector<IdealPoint> points, double p) {
    if (!(p >= 1 && (p <= 100 || std::isinf(p))))
        throw Error("p: from 1 (all shortfalls add up) to 100, or inf (the worst alone), found {:g}", p);
    const std::string words = in_words(points);
    std::vector<AggregationNumber> numbers = numbers_of(points);
    numbers.push_back({"p", p});
    Aggregation aggregation = compromise_of(std::move(points), p);
    aggregation.numbers = std::move(numbers);
    aggregation.allows_gaps = true;
    aggregation.summary = fmt::format("compromise, 1 - distance L_{:g} {} (Yu 1973, Zeleny 1973)", p, words);
    return aggregation;
}

std::vector<IdealPoint> ideal_points(const NamedPoints& ideal, const NamedPoints& anti_ideal, const Membership& group) {
    const auto best = in_context("ideal", [&] { return read_points(ideal, group, 1); });
    const auto worst = in_context("anti-ideal", [&] { return read_points(anti_ideal, group, 0); });
    std::vector<IdealPoint> points;
    for (std::size_t m = 0; m < best.size(); ++m) {
        if (!(best[m] > worst[m]))
            throw Error("{}: the ideal, of value {:.3g}, must be better than the anti-ideal, of value {:.3g}",
                        group.members[m].name, best[m], worst[m]);
        points.push_back({worst[m], best[m]});
    }
    return points;
}

double parse_power(const std::string& text) {
    if (text == "inf" || text == ".inf")
        return HUGE_VAL;
    return layers::convert(layers::parse_quantity(text), layers::base_unit(layers::Dimension::number));
}

} // namespace zonerank::engine
