// SPDX-License-Identifier: Apache-2.0
#include "engine/methods/gaussian_sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace zonerank::engine {

namespace {

constexpr double side = 1, reach = 6; ///< of a box, and of the Gaussian, in units
// With |x|, |y| <= 1/2 from their box's middle, the series of exp(2 x y) is left with (1/2)^k / k!,
// the Hermite series with 1.09 (sqrt(2) / 2)^k / sqrt(k!) (Cramer's bound): both below 1e-15.
constexpr std::size_t taylor = 14, hermite = 24;

/// Sums of exp(-y^2) (2 y)^k / k! in a series of Taylor's, of y^k / k! in one of Hermite's.
template <std::size_t terms>
using Moments = std::array<double, terms>;

/// Numbers that follow each other and lie within a unit of the first of them. Distances are
/// taken from that one, before they are divided: narrow Gaussians lose nothing far from 0.
struct Box {
    double start = 0, unit = 1;
    std::size_t first = 0, last = 0; ///< last: one beyond
    Moments<hermite> moments{};      ///< sums of y^k / k!, y from the middle

    double from_middle(double number) const { return (number - start) / unit - side / 2; }
};

Moments<hermite> moments_of(std::span<const double> numbers, const Box& box) {
    Moments<hermite> moments{};
    for (std::size_t i = box.first; i < box.last; ++i) {
        const double y = box.from_middle(numbers[i]);
        double term = 1;
        for (std::size_t k = 0; k < hermite; ++k) {
            moments[k] += term;
            term *= y / static_cast<double>(k + 1);
        }
    }
    return moments;
}

std::vector<Box> boxes_of(std::span<const double> numbers, double unit) {
    std::vector<Box> boxes;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (boxes.empty() || (numbers[i] - boxes.back().start) / unit > side)
            boxes.push_back({.start = numbers[i], .unit = unit, .first = i});
        boxes.back().last = i + 1;
    }
    for (Box& box : boxes)
        box.moments = moments_of(numbers, box);
    return boxes;
}

/// Of an earlier box at a place `distance` beyond its middle: exp(-d^2) times the sum of H_k(d) y^k / k!.
double of_earlier(const Box& box, double distance) {
    double before = 0, polynomial = 1, sum = 0;
    for (std::size_t k = 0; k < hermite; ++k) {
        sum += box.moments[k] * polynomial;
        const double next = 2 * distance * polynomial - 2 * static_cast<double>(k) * before;
        before = polynomial;
        polynomial = next;
    }
    return std::exp(-distance * distance) * sum;
}

/// exp(-x^2) times the sum of x^k and what `moments` hold of those before.
double of_own(const Moments<taylor>& moments, double x) {
    double sum = 0;
    for (std::size_t k = taylor; k-- > 0;)
        sum = sum * x + moments[k];
    return std::exp(-x * x) * sum;
}

void add(Moments<taylor>& moments, double y) {
    double term = std::exp(-y * y);
    for (std::size_t k = 0; k < taylor; ++k) {
        moments[k] += term;
        term *= 2 * y / static_cast<double>(k + 1);
    }
}

/// Within one box, from those strictly below.
void add_own(std::span<const double> numbers, const Box& box, std::vector<double>& sums) {
    Moments<taylor> moments{};
    for (std::size_t i = box.first, equal = i; i < box.last; i = equal) {
        const double x = box.from_middle(numbers[i]), sum = of_own(moments, x);
        for (; equal < box.last && numbers[equal] == numbers[i]; ++equal)
            sums[equal] += sum;
        for (std::size_t j = i; j < equal; ++j)
            add(moments, x);
    }
}

void add_earlier(std::span<const double> numbers, const Box& box, const Box& earlier, std::vector<double>& sums) {
    for (std::size_t i = box.first; i < box.last; ++i)
        sums[i] += of_earlier(earlier, earlier.from_middle(numbers[i]));
}

} // namespace

std::vector<double> gaussian_sums_below(std::span<const double> ascending, double unit) {
    std::vector<double> sums(ascending.size());
    const std::vector<Box> boxes = boxes_of(ascending, unit);
    std::size_t near = 0;
    for (std::size_t b = 0; b < boxes.size(); ++b) {
        while ((boxes[b].start - boxes[near].start) / unit > reach + side)
            ++near;
        for (std::size_t earlier = near; earlier < b; ++earlier)
            add_earlier(ascending, boxes[b], boxes[earlier], sums);
        add_own(ascending, boxes[b], sums);
    }
    return sums;
}

} // namespace zonerank::engine
