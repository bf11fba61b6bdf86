// SPDX-License-Identifier: Apache-2.0
// What uncertain weights do to a map of 16 million cells and six criteria: exactly, and by 1,000
// draws. `zonerank_spread --write FILE` writes what is found in the first cells instead, for
// scripts/spread_numpy.py, which does the same work with NumPy.
#include "engine/stability/sampled_spread.hpp"
#include "engine/stability/weight_space.hpp"
#include "rasters/core/parallel.hpp"
#include "tests/bench/timing.hpp"

#include <array>
#include <fstream>
#include <functional>
#include <numeric>
#include <string_view>

using namespace zonerank;
using namespace zonerank::engine;

namespace {

constexpr std::size_t criteria = 6, cells = 16'000'000, draws = 1000;
constexpr std::size_t run_length = 262'144; ///< cells that a thread takes at a time, as a tile of a map
constexpr std::size_t written = 65'536;
constexpr double cut = 0.6;
const std::vector<double> given{30, 25, 15, 12, 10, 8};

/// The same in spread_numpy.py: a whole number mixed, and its upper 24 bits.
float value_of(std::uint32_t cell, std::uint32_t criterion) {
    std::uint32_t x = (cell * criteria + criterion) * 2654435761U;
    x = (x ^ x >> 15) * 2246822519U;
    x ^= x >> 13;
    return static_cast<float>(x >> 8) * 0x1p-24F;
}

/// All cells' values, and room for what is found.
struct Map {
    Map() : values(criteria, std::vector<float>(cells)), mean(cells), deviation(cells), above(cells), driver(cells) {
        for (std::size_t m = 0; m < criteria; ++m)
            for (std::size_t c = 0; c < cells; ++c)
                values[m][c] = value_of(static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(m));
    }

    std::vector<std::span<const float>> part(std::size_t first, std::size_t count) const {
        std::vector<std::span<const float>> spans;
        for (const std::vector<float>& of : values)
            spans.push_back(std::span(of).subspan(first, count));
        return spans;
    }
    SpreadOfCells result(std::size_t first, std::size_t count) {
        return {std::span(mean).subspan(first, count), std::span(deviation).subspan(first, count),
                std::span(above).subspan(first, count)};
    }

    std::vector<std::vector<float>> values;
    std::vector<float> mean, deviation, above;
    std::vector<std::uint8_t> driver;
};

Map& map() {
    static Map one;
    return one;
}

using Work = std::function<void(CellValues, std::size_t first, std::size_t count)>;

void on_all(const Work& work) {
    rasters::in_parallel((cells + run_length - 1) / run_length, [&](std::size_t i) {
        const std::size_t first = i * run_length, count = std::min(run_length, cells - first);
        work(map().part(first, count), first, count);
    });
}

/// Plainly, in double.
struct Plain {
    explicit Plain(std::size_t cell) {
        for (std::size_t m = 0; m < criteria; ++m)
            v[m] = static_cast<double>(map().values[m][cell]);
    }
    double mean(const WeightSpace& space) const {
        return std::inner_product(space.mean().begin(), space.mean().end(), v.begin(), 0.0);
    }
    double covariance(const WeightSpace& space, std::size_t i) const {
        return std::inner_product(v.begin(), v.end(),
                                  space.covariance().begin() + static_cast<std::ptrdiff_t>(i * criteria), 0.0);
    }
    double deviation(const WeightSpace& space) const {
        double variance = 0;
        for (std::size_t i = 0; i < criteria; ++i)
            variance += v[i] * covariance(space, i);
        return std::sqrt(variance);
    }
    std::size_t driver(const WeightSpace& space) const {
        std::array<double, criteria> parts;
        for (std::size_t i = 0; i < criteria; ++i)
            parts[i] = (v[i] - mean(space)) * covariance(space, i);
        return 1 + static_cast<std::size_t>(std::ranges::max_element(parts) - parts.begin());
    }

    std::array<double, criteria> v;
};

/// Whether holds(cell) for 1,000 cells.
bool at_some(const std::function<bool(std::size_t)>& holds) {
    for (std::size_t cell = 0; cell < cells; cell += cells / 1000)
        if (!holds(cell))
            return false;
    return true;
}

Work spread(const WeightMoments& moments) {
    return [&](CellValues values, std::size_t first, std::size_t count) {
        const SpreadOfCells to = map().result(first, count);
        moments.spread(values, to.mean, to.deviation);
    };
}

Work sampling(const DrawnWeights& drawn) {
    return [&](CellValues values, std::size_t first, std::size_t count) {
        sampled_spread(values, drawn, cut, map().result(first, count));
    };
}

DrawnWeights drawn_from(const WeightSpace& space) {
    DrawnWeights drawn{.criteria = criteria};
    for (std::size_t number = 0; number < draws; ++number)
        for (const double weight : space.draw(1, number))
            drawn.weights.push_back(static_cast<float>(weight));
    return drawn;
}

/// Work is done once to be checked, and then timed.
void run(benchmark::State& state, const Work& work, const std::function<bool(std::size_t)>& holds) {
    on_all(work);
    if (bench::right(state, at_some(holds)))
        bench::time(state, cells, 0, [&] { on_all(work); });
}

void closed_form(benchmark::State& state) {
    const WeightSpace space = WeightSpace::uniform(given);
    const WeightMoments moments(space.mean(), space.covariance());
    run(state, spread(moments), [&](std::size_t cell) {
        const Plain plain(cell);
        return bench::near(map().mean[cell], plain.mean(space), 1e-6) &&
               bench::near(map().deviation[cell], plain.deviation(space), 1e-6);
    });
}

void driver(benchmark::State& state) {
    const WeightSpace space = WeightSpace::dirichlet(given, 60);
    const WeightMoments moments(space.mean(), space.covariance());
    run(
        state,
        [&](CellValues values, std::size_t first, std::size_t count) {
            moments.driver(values, std::span(map().driver).subspan(first, count));
        },
        [&](std::size_t cell) { return map().driver[cell] == Plain(cell).driver(space); });
}

/// The share above the cut is held against as many draws: five standard errors.
void share(benchmark::State& state, const WeightSpace& space, const std::vector<std::size_t>& order) {
    std::vector<std::vector<double>> weights;
    for (std::size_t number = 0; number < draws; ++number)
        weights.push_back(space.draw(1, number));
    run(
        state,
        [&](CellValues values, std::size_t first, std::size_t count) {
            share_above(values, cut, order, std::span(map().above).subspan(first, count));
        },
        [&](std::size_t cell) {
            const Plain plain(cell);
            const double found = map().above[cell], error = std::sqrt(found * (1 - found) / draws);
            const auto good = std::ranges::count_if(weights, [&](const std::vector<double>& of) {
                return std::inner_product(of.begin(), of.end(), plain.v.begin(), 0.0) >= cut;
            });
            return bench::near(found, static_cast<double>(good) / draws, 5 * error + 2e-3);
        });
}

void share_of_all_weights(benchmark::State& state) {
    share(state, WeightSpace::uniform(given), {});
}

void share_of_ordered_weights(benchmark::State& state) {
    share(state, WeightSpace::ordinal(given), {0, 1, 2, 3, 4, 5});
}

/// Within the sampling error of what is exact.
void sampled(benchmark::State& state) {
    const WeightSpace space = WeightSpace::uniform(given);
    const DrawnWeights drawn = drawn_from(space);
    run(state, sampling(drawn), [&](std::size_t cell) {
        const Plain plain(cell);
        const double deviation = plain.deviation(space), error = deviation / std::sqrt(draws);
        return bench::near(map().mean[cell], plain.mean(space), 5 * error) &&
               bench::near(map().deviation[cell], deviation, 5 * error);
    });
}

/// Closed form and draws of the first cells: four rows of floats.
int write(const char* file) {
    const WeightSpace space = WeightSpace::uniform(given);
    const WeightMoments moments(space.mean(), space.covariance());
    const DrawnWeights drawn = drawn_from(space);
    std::ofstream to(file, std::ios::binary);
    for (const Work& work : {spread(moments), sampling(drawn)}) {
        work(map().part(0, written), 0, written);
        for (const std::vector<float>& of : {map().mean, map().deviation})
            to.write(reinterpret_cast<const char*>(of.data()), written * sizeof(float));
    }
    return to.flush() ? 0 : 1;
}

BENCHMARK(closed_form)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(driver)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(share_of_all_weights)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(share_of_ordered_weights)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(sampled)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime();

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--write")
        return write(argv[2]);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    return bench::all_right ? 0 : 1;
}
