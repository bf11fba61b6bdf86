// SPDX-License-Identifier: Apache-2.0
// How long it takes to say how stable a ranking is: 1,000 sites, 12 criteria, 100,000 draws.
// Each answer is first compared with a plain count over the first thousand draws; a wrong
// one ends in exit code 1. The time is that on the clock, with all processors.
#include "engine/stability/smaa.hpp"
#include "tests/bench/timing.hpp"

#include <numeric>

using namespace zonerank;
using namespace zonerank::engine;
using namespace zonerank::bench;

namespace {

constexpr std::size_t sites = 1000, criteria = 12;
constexpr std::uint64_t draws = 100'000;

std::vector<double> some_values() {
    tests::Random random(3);
    std::vector<double> values(sites * criteria);
    for (double& value : values)
        value = random.in(0, 1);
    return values;
}

double plain_score(const SmaaInput& in, std::size_t site, const std::vector<double>& weights) {
    return std::inner_product(weights.begin(), weights.end(),
                              in.values.begin() + static_cast<std::ptrdiff_t>(site * criteria), 0.0);
}

/// Ranks and duels of a few sites, counted plainly.
bool holds(SmaaInput in) {
    in.draws = 1000;
    const Smaa result = smaa(in);
    std::vector<std::uint32_t> at_rank(sites * sites), ahead(sites * sites);
    for (std::uint64_t number = 0; number < in.draws; ++number) {
        const std::vector<double> weights = in.weights->draw(in.seed, number);
        std::vector<double> scores;
        for (std::size_t i = 0; i < sites; ++i)
            scores.push_back(plain_score(in, i, weights));
        for (std::size_t i = 0; i < sites; i += 100) {
            std::size_t better = 0;
            for (std::size_t k = 0; k < sites; ++k) {
                better += scores[k] > scores[i];
                ahead[i * sites + k] += scores[i] > scores[k];
            }
            ++at_rank[i * sites + better];
        }
    }
    for (std::size_t i = 0; i < sites; i += 100)
        for (std::size_t k = 0; k < sites; ++k)
            if (at_rank[i * sites + k] != result.at_rank[i * sites + k] ||
                ahead[i * sites + k] != result.ahead[i * sites + k])
                return false;
    return true;
}

void run(benchmark::State& state, const WeightSpace& space) {
    const std::vector<double> values = some_values();
    const SmaaInput in{.sites = sites, .criteria = criteria, .values = values, .weights = &space, .draws = draws};
    if (right(state, holds(in)))
        time(state, draws, 0, [&] { benchmark::DoNotOptimize(smaa(in)); });
}

const std::vector<double> given{12, 11, 10, 9, 9, 9, 8, 8, 7, 7, 6, 4};

void smaa_uniform(benchmark::State& state) {
    run(state, WeightSpace::uniform(given));
}

void smaa_ordinal(benchmark::State& state) {
    run(state, WeightSpace::ordinal(given));
}

void smaa_intervals(benchmark::State& state) {
    std::vector<WeightRange> ranges;
    for (const double weight : given)
        ranges.push_back({weight / 125, weight / 83});
    run(state, WeightSpace::intervals(ranges));
}

void smaa_uncertain(benchmark::State& state) {
    const std::vector<double> values = some_values();
    const WeightSpace space = WeightSpace::uniform(given);
    SmaaInput in{.sites = sites, .criteria = criteria, .values = values, .weights = &space, .draws = draws};
    for (std::size_t j = 0; j < criteria; ++j) {
        std::vector<double> measured;
        for (std::size_t i = 0; i < sites; ++i)
            measured.push_back(values[i * criteria + j]);
        in.uncertain.push_back({.criterion = j,
                                .uncertainty = {Uncertainty::Kind::normal, 0.1},
                                .measurements = measured,
                                .value = [](std::span<double> numbers) {
                                    for (double& x : numbers)
                                        x = std::clamp(x, 0.0, 1.0);
                                }});
    }
    if (right(
            state,
            near(smaa({.sites = sites, .criteria = criteria, .values = values, .weights = &space, .draws = 100}).draws,
                 100, 0)))
        time(state, draws, 0, [&] { benchmark::DoNotOptimize(smaa(in)); });
}

} // namespace

BENCHMARK(smaa_uniform)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime()->Iterations(1);
BENCHMARK(smaa_ordinal)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime()->Iterations(1);
BENCHMARK(smaa_intervals)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime()->Iterations(1);
BENCHMARK(smaa_uncertain)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime()->Iterations(1);

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return all_right ? 0 : 1;
}
