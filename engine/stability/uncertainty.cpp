// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/uncertainty.hpp"

#include "rasters/core/exponential.hpp"
#include "rasters/core/simd.hpp"

#include <cmath>

namespace zonerank::engine {

namespace {

/// result[i] = of(measurement, amount, the number drawn for it), which it holds before.
template <typename Of>
void apply(std::span<const double> measurements, std::span<const double> amounts, double amount,
           std::span<double> result, const Of& of) {
    const double *x = measurements.data(), *own = amounts.data();
    double* drawn = result.data();
    const std::size_t count = result.size();
    rasters::vectorised([&]() ZONERANK_INLINE {
        if (own != nullptr)
            for (std::size_t i = 0; i < count; ++i)
                drawn[i] = of(x[i], own[i], drawn[i]);
        else
            for (std::size_t i = 0; i < count; ++i)
                drawn[i] = of(x[i], amount, drawn[i]);
    });
}

} // namespace

void Uncertainty::draw(Draw& source, std::span<const double> measurements, std::span<const double> amounts,
                       std::span<double> drawn) const {
    kind == Kind::uniform ? source.uniforms(drawn) : source.normals(drawn);
    switch (kind) {
    case Kind::normal:
        return apply(measurements, amounts, amount, drawn,
                     [share = relative](double x, double size, double normal)
                         ZONERANK_INLINE { return x + (share ? size * std::abs(x) : size) * normal; });
    case Kind::uniform:
        return apply(measurements, amounts, amount, drawn,
                     [share = relative](double x, double size, double uniform)
                         ZONERANK_INLINE { return x + (share ? size * std::abs(x) : size) * (2 * uniform - 1); });
    case Kind::lognormal:
        return apply(measurements, amounts, amount, drawn, [](double x, double size, double normal) ZONERANK_INLINE {
            return x > 0 ? x * rasters::exponential(size * normal) : x;
        });
    }
}

void UncertainCriterion::draw(Draw& source, std::span<double> drawn) const {
    uncertainty.draw(source, measurements, amounts, drawn);
}

double log_deviation(double share) {
    return std::sqrt(rasters::logarithm(1 + share * share));
}

} // namespace zonerank::engine
