// SPDX-License-Identifier: Apache-2.0
#include "rasters/focal.hpp"

#include "rasters/core/simd.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace zonerank::rasters {

Disc::Disc(double radius) {
    const double squared = radius * radius * (1 + 2e-12);
    for (double col = 0; col * col <= squared; ++col) {
        double half = std::floor(std::sqrt(squared - col * col));
        while ((half + 1) * (half + 1) + col * col <= squared)
            ++half;
        while (half * half + col * col > squared)
            --half;
        m_halves.push_back(static_cast<int>(half));
    }
}

long long Disc::size() const {
    long long size = 2LL * half(0) + 1;
    for (int col = 1; col <= reach(); ++col)
        size += 2 * (2LL * half(col) + 1);
    return size;
}

namespace {

struct Sum {
    template <typename T>
    ZONERANK_INLINE static T of(T a, T b) {
        return static_cast<T>(a + b);
    }
};
struct Least {
    ZONERANK_INLINE static float of(float a, float b) { return b < a ? b : a; }
};
struct Greatest {
    ZONERANK_INLINE static float of(float a, float b) { return b > a ? b : a; }
};

/// Folds rows of n numbers into one.
template <typename Op, typename T, typename... V>
ZONERANK_INLINE inline void fold(T* __restrict into, int n, const V* __restrict... rows) {
    for (int i = 0; i < n; ++i) {
        T value = into[i];
        ((value = Op::of(value, static_cast<T>(rows[i]))), ...);
        into[i] = value;
    }
}

// A row of n cells, the first at `cell`. The columns around it grow at both ends, all
// alike, until they reach the rim of the disc, the farthest first: there they are
// folded in, shifted, and left behind.
template <typename Op, typename T, typename V>
ZONERANK_INLINE inline void fold_discs(const Disc& disc, const V* cell, std::ptrdiff_t stride, int n, T* columns,
                                       T* result) {
    int half = 0, away = disc.reach();
    T* const centre = columns + away;
    const auto row = [&](int up) ZONERANK_INLINE { return cell - away - up * stride; };
    const auto grow = [&](int to) ZONERANK_INLINE {
        T* const farthest = centre - away;
        const int width = n + 2 * away;
        for (; half + 2 <= to; half += 2)
            fold<Op>(farthest, width, row(half + 1), row(-half - 1), row(half + 2), row(-half - 2));
        for (; half < to; ++half)
            fold<Op>(farthest, width, row(half + 1), row(-half - 1));
    };
    std::copy(row(0), row(0) + n + 2 * away, columns);
    while (away > 0) {
        grow(disc.half(away));
        for (; away > 1 && disc.half(away - 1) == half; away -= 2)
            fold<Op>(result, n, centre - away, centre + away, centre - away + 1, centre + away - 1);
        for (; away > 0 && disc.half(away) == half; --away)
            fold<Op>(result, n, centre - away, centre + away);
    }
    grow(disc.half(0));
    fold<Op>(result, n, centre);
}

/// All of each disc in one number, starting with `none`.
template <typename Op, typename T, typename V>
Raster<T> folded(const Raster<V>& values, Window window, const Disc& disc, T none) {
    Raster<T> result(window, none);
    Raster<T> columns = Raster<T>::unset({0, 0, window.cols + 2 * disc.reach(), 1});
    const std::ptrdiff_t stride = values.window().cols;
    vectorised([&]() ZONERANK_INLINE {
        for (int row = window.row; row < window.row + window.rows; ++row)
            fold_discs<Op>(disc, &values[{window.col, row}], stride, window.cols, columns.values().data(),
                           result.row(row).data());
    });
    return result;
}

/// f of the values of each cell; a lambda marked ZONERANK_INLINE.
template <typename T, typename F, typename... V>
Raster<T> mapped(Window window, const F& f, const Raster<V>&... values) {
    Raster<T> result = Raster<T>::unset(window);
    const auto each = [n = result.values().size(), f](T* __restrict to, const V* __restrict... from) ZONERANK_INLINE {
        for (std::size_t i = 0; i < n; ++i)
            to[i] = f(from[i]...);
    };
    vectorised([&]() ZONERANK_INLINE { each(result.values().data(), values.values().data()...); });
    return result;
}

Tile filled(const Tile& values, float missing) {
    return mapped<float>(
        values.window(), [=](float v) ZONERANK_INLINE { return std::isnan(v) ? missing : v; }, values);
}

bool complete(const Tile& values) {
    int missing = 0;
    vectorised([&]() ZONERANK_INLINE {
        for (const float v : values.values())
            missing |= std::isnan(v) ? 1 : 0;
    });
    return missing == 0;
}

template <typename Count>
Tile counted(const Raster<std::uint8_t>& known, Window window, const Disc& disc) {
    return mapped<float>(
        window, [](Count n) ZONERANK_INLINE { return static_cast<float>(n); },
        folded<Sum>(known, window, disc, Count{}));
}

/// Cells with data; as floats, which are exact for discs of up to 2^24 cells.
Tile counted(const Tile& values, Window window, const Disc& disc) {
    if (complete(values))
        return Tile(window, static_cast<float>(disc.size()));
    const auto known = mapped<std::uint8_t>(
        values.window(), [](float v) ZONERANK_INLINE { return std::uint8_t{!std::isnan(v)}; }, values);
    return disc.size() < 1 << 16 ? counted<std::uint16_t>(known, window, disc)
                                 : counted<std::uint32_t>(known, window, disc);
}

template <typename Op>
Tile extreme(const Tile& values, Window window, const Disc& disc, float none) {
    return mapped<float>(
        window, [=](float v) ZONERANK_INLINE { return v == none ? no_data : v; },
        folded<Op>(filled(values, none), window, disc, none));
}

/// a = high + low, to the last bit, of 26 bits each (Veltkamp 1968).
struct Split {
    double high, low;
};
ZONERANK_INLINE inline Split split(double a) {
    const double c = 134217729 * a, high = c - (c - a);
    return {high, a - high};
}

/// a * b = high + low, to the last bit (Dekker 1971).
ZONERANK_INLINE inline Split product(double a, double b) {
    const double p = a * b;
    const Split x = split(a), y = split(b);
    return {p, ((x.high * y.high - p) + x.high * y.low + x.low * y.high) + x.low * y.low};
}

/// From n values' sum and the sums of their squares' halves.
ZONERANK_INLINE inline float deviation(float n, double sum, double high, double low) {
    const Split squares = product(n, high), mean = product(sum, sum);
    const double scatter = ((squares.high - mean.high) + (squares.low - mean.low)) + n * low;
    return static_cast<float>(std::sqrt(scatter > 0 ? scatter : 0) / n);
}

Tile deviation(const Tile& known, const Tile& counts, Window window, const Disc& disc) {
    const auto square = [](float v) ZONERANK_INLINE { return static_cast<double>(v) * static_cast<double>(v); };
    const auto high = mapped<double>(
        known.window(), [&](float v) ZONERANK_INLINE { return split(square(v)).high; }, known);
    const auto low = mapped<double>(
        known.window(), [&](float v) ZONERANK_INLINE { return split(square(v)).low; }, known);
    return mapped<float>(
        window,
        [](float n, double sum, double highs, double lows) ZONERANK_INLINE {
            const float value = deviation(n, sum, highs, lows);
            return n > 0 ? value : no_data;
        },
        counts, folded<Sum>(known, window, disc, 0.0), folded<Sum>(high, window, disc, 0.0),
        folded<Sum>(low, window, disc, 0.0));
}

} // namespace

Tile focal(const Tile& values, Window window, const Disc& disc, Focal statistic) {
    assert(intersection(window.grown(disc.reach()), values.window()) == window.grown(disc.reach()));
    constexpr float infinity = std::numeric_limits<float>::infinity();
    if (window.empty())
        return Tile(window);
    if (statistic == Focal::minimum)
        return extreme<Least>(values, window, disc, infinity);
    if (statistic == Focal::maximum)
        return extreme<Greatest>(values, window, disc, -infinity);
    const Tile counts = counted(values, window, disc), known = filled(values, 0);
    if (statistic == Focal::deviation)
        return deviation(known, counts, window, disc);
    const bool mean = statistic == Focal::mean;
    return mapped<float>(
        window,
        [=](float n, double sum) ZONERANK_INLINE {
            const auto value = static_cast<float>(sum / (mean ? n : 1));
            return n > 0 ? value : no_data;
        },
        counts, folded<Sum>(known, window, disc, 0.0));
}

} // namespace zonerank::rasters
