// SPDX-License-Identifier: Apache-2.0
#include "layers/terms/decay.hpp"

#include "layers/terms/problems.hpp"
#include "rasters/core/exponential.hpp"
#include "rasters/core/simd.hpp"

#include <algorithm>
#include <numbers>

namespace zonerank::layers {

using rasters::Decay;

namespace {

double half_of(const Params& params) {
    const double half = params.number("half");
    if (!(half > 0))
        throw Error("half: it must be above 0");
    return half;
}

Decay exponential_decay(const Params& params) {
    const double rate = -std::numbers::ln2 / half_of(params);
    return [=](std::span<double> far) {
        rasters::vectorised([&]() ZONERANK_INLINE {
            for (double* d = far.data(); d != far.data() + far.size(); ++d)
                *d = rasters::exponential(*d * rate);
        });
    };
}

Decay gaussian_decay(const Params& params) {
    const double half = half_of(params), rate = -std::numbers::ln2 / (half * half);
    return [=](std::span<double> far) {
        rasters::vectorised([&]() ZONERANK_INLINE {
            for (double* d = far.data(); d != far.data() + far.size(); ++d)
                *d = rasters::exponential(*d * *d * rate);
        });
    };
}

Decay power_decay(const Params& params) {
    const double per_half = 1 / half_of(params), exponent = params.number("exponent");
    if (!(exponent > 0 && exponent <= 10))
        throw Error("exponent: expected a number above 0, of 10 at most, found {:g}", exponent);
    return [=](std::span<double> far) {
        rasters::vectorised([&]() ZONERANK_INLINE {
            for (double* d = far.data(); d != far.data() + far.size(); ++d)
                *d = 1 / (1 + rasters::exponential(exponent * rasters::logarithm(*d * per_half)));
        });
    };
}

double between(const Points& points, double d) {
    const auto after = std::ranges::upper_bound(points, d, {}, &std::pair<double, double>::first);
    if (after == points.begin() || after == points.end())
        return after == points.begin() ? points.front().second : points.back().second;
    const auto& [from, a] = *(after - 1);
    const auto& [to, b] = *after;
    return a + (b - a) * ((d - from) / (to - from));
}

Decay table_decay(const Params& params) {
    Points points = params.points("*");
    std::ranges::sort(points);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i > 0 && points[i].first == points[i - 1].first)
            throw Error("two points at the same place");
        if (!(points[i].second >= 0 && points[i].second <= 1))
            throw Error("{:g} is not a share; what counts is from 0 to 1", points[i].second);
    }
    return [points = std::move(points)](std::span<double> far) {
        for (double& d : far)
            d = between(points, d);
    };
}

Parameter half_parameter() {
    return {"half", "where a weight counts half, in the limit's dimension: 30 min, 20 km", Type::measurement};
}

} // namespace

std::span<const DecayKind> decays() {
    static const DecayKind kinds[] = {
        {"exponential", "halves with each further `half`", {half_parameter()}, exponential_decay, "Wilson 1971"},
        {"gaussian",
         "2 to the -(d / half)²: level near by, then falling fast",
         {half_parameter()},
         gaussian_decay,
         "Ingram 1971"},
        {"power",
         "1 / (1 + (d / half)^exponent): falling slowly, without end",
         {half_parameter(), {"exponent", "how fast it falls far away", Type::number, {}, "2"}},
         power_decay,
         "Hansen 1959, bounded near by"},
        {"table",
         "straight between points, level beyond them",
         {{"*", "points, distance or time: share that counts", Type::points}},
         table_decay}};
    return kinds;
}

void keep_all(std::span<double> far) {
    std::ranges::fill(far, 1.0);
}

Decay read_decay(const Choice& choice, Dimension dimension) {
    const DecayKind& kind = find(decays(), "decay", choice.kind);
    Problems problems;
    const std::string what = "decay: " + choice.kind;
    const Params params(choice.body, kind.parameters, base_unit(dimension), what, problems);
    if (!problems.ok())
        throw Error("{}", problems.errors().front().text);
    return in_context(what, [&] { return kind.make(params); });
}

} // namespace zonerank::layers
