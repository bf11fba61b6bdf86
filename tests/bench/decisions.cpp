// SPDX-License-Identifier: Apache-2.0
// Methods on the decision matrix, timed one by one; each answer is checked first. A method more
// is a function more. The seed is fixed: one region's parcels, 12 criteria.
#include "engine/methods/correlation.hpp"
#include "engine/methods/promethee.hpp"
#include "tests/bench/timing.hpp"

using namespace zonerank;
using namespace zonerank::engine;

namespace {

constexpr std::size_t criteria = 12;

/// A sixth of the criteria is in steps, the rest is smooth.
MethodInput parcels(std::size_t n) {
    tests::Random random(7);
    MethodInput input{.weights = std::vector<double>(criteria, 1.0 / criteria)};
    input.sites.resize(n);
    for (std::size_t j = 0; j < criteria; ++j) {
        input.criteria.push_back(std::to_string(j));
        input.less.push_back(j % 3 == 0);
    }
    for (std::size_t i = 0; i < n * criteria; ++i)
        input.entries.push_back(i % 6 == 0 ? random.below(20) : random.in(0, 20) * random.in(0, 1));
    return input;
}

/// All six functions, twice.
std::vector<Preference> preferences() {
    using enum PreferenceShape;
    const std::vector<Preference> six{{usual},       {u_shape, 2},   {v_shape, 0, 6},
                                      {level, 1, 5}, {linear, 1, 8}, {gaussian, 0, 0, 3}};
    std::vector<Preference> twice = six;
    twice.insert(twice.end(), six.begin(), six.end());
    twice.back().spread = 0.05;
    return twice;
}

double net_flow_by_hand(const MethodInput& input, const std::vector<Preference>& preferences, std::size_t site) {
    double net = 0;
    for (std::size_t other = 0; other < input.rows(); ++other)
        for (std::size_t j = 0; j < criteria; ++j) {
            const double lead = input.gain(site, j) - input.gain(other, j);
            net += input.weights[j] * (preferred(preferences[j], lead) - preferred(preferences[j], -lead));
        }
    return net / static_cast<double>(input.rows() - 1);
}

void promethee_of_100000_sites(benchmark::State& state) {
    const MethodInput input = parcels(100'000);
    const std::vector<Preference> of = preferences();
    const Outcome outcome = promethee(input, of);
    bool holds = true;
    for (std::size_t site = 0; site < input.rows(); site += 5003)
        holds &= bench::near(outcome.figures[site], net_flow_by_hand(input, of, site), 1e-9);
    if (!bench::right(state, holds))
        return;
    bench::time(state, static_cast<double>(input.rows() * criteria), 0,
                [&] { benchmark::DoNotOptimize(promethee(input, of).figures.data()); });
}
BENCHMARK(promethee_of_100000_sites)->Unit(benchmark::kSecond);

void kendall_of_100000_sites(benchmark::State& state) {
    tests::Random random(8);
    std::vector<int> a, b;
    for (int i = 0; i < 100'000; ++i) {
        a.push_back(i);
        b.push_back(99'999 - i);
    }
    if (!bench::right(state, bench::near(*kendall(a, b), -1, 1e-12)))
        return;
    for (int& rank : b)
        rank = random.below(100'000);
    bench::time(state, 100'000, 0, [&] { benchmark::DoNotOptimize(kendall(a, b)); });
}
BENCHMARK(kendall_of_100000_sites)->Unit(benchmark::kMillisecond);

} // namespace

int main(int count, char** arguments) {
    benchmark::Initialize(&count, arguments);
    if (benchmark::ReportUnrecognizedArguments(count, arguments))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    return bench::all_right ? 0 : 1;
}
