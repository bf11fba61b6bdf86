// SPDX-License-Identifier: Apache-2.0
#include "engine/stability/smaa.hpp"

#include "engine/stability/rank_counts.hpp"
#include "engine/stability/scored_draw.hpp"
#include "rasters/core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>

namespace zonerank::engine {

namespace {

constexpr std::uint64_t most_confidence_draws = 10'000;
constexpr std::uint64_t block = RankCounts::block;

/// Things that one thread at a time needs for itself, used again.
template <typename T>
class Spare {
public:
    explicit Spare(std::function<std::unique_ptr<T>()> make) : m_make(std::move(make)) {}

    std::unique_ptr<T> take() {
        const std::scoped_lock lock(m_mutex);
        if (m_free.empty())
            return m_make();
        std::unique_ptr<T> one = std::move(m_free.back());
        m_free.pop_back();
        return one;
    }
    void give(std::unique_ptr<T> one) {
        const std::scoped_lock lock(m_mutex);
        m_free.push_back(std::move(one));
    }
    const std::vector<std::unique_ptr<T>>& all() const { return m_free; } ///< when none is taken

private:
    std::function<std::unique_ptr<T>()> m_make;
    std::vector<std::unique_ptr<T>> m_free;
    std::mutex m_mutex;
};

/// What one thread counts with.
struct Bench {
    ScoredDraw scored;
    RankCounts counts;
    std::vector<double> weights;
};

class Simulation {
public:
    Simulation(const SmaaInput& input, const rasters::Course& course)
        : m_in(input), m_course(course), m_ranks(input.ranks == 0 ? input.sites : std::min(input.ranks, input.sites)),
          m_counts(input.sites, input.criteria, m_ranks, input.pairs) {}

    Smaa operator()() {
        count();
        fill();
        find_confidence();
        return std::move(m_out);
    }

private:
    void count() {
        Spare<Bench> benches([this] {
            return std::make_unique<Bench>(Bench{ScoredDraw(m_in),
                                                 RankCounts(m_in.sites, m_in.criteria, m_ranks, m_in.pairs),
                                                 std::vector<double>(m_in.criteria)});
        });
        in_blocks(m_in.draws, m_course.stretch(0, 0.8), benches,
                  [this](Bench& bench, std::uint64_t from, std::uint64_t to) { count(bench, from, to); });
        for (const auto& bench : benches.all())
            m_counts.add(bench->counts);
    }

    void count(Bench& bench, std::uint64_t from, std::uint64_t to) const {
        for (std::uint64_t number = from; number < to; ++number) {
            m_in.weights->draw(m_in.seed, number, bench.weights);
            bench.scored.measure(Purpose::measurements, number);
            bench.counts.add(bench.scored.scores(bench.weights), bench.weights);
        }
        bench.counts.close();
    }

    template <typename T, typename Work>
    static void in_blocks(std::uint64_t draws, const rasters::Course& course, Spare<T>& spare, Work&& work) {
        rasters::Advance advance(course, static_cast<double>(draws));
        rasters::in_parallel(static_cast<std::size_t>((draws + block - 1) / block), [&](std::size_t b) {
            const std::uint64_t from = b * block, to = std::min(draws, from + block);
            auto mine = spare.take();
            work(*mine, from, to);
            spare.give(std::move(mine));
            advance.add(static_cast<double>(to - from));
        });
    }

    void fill() {
        m_out.sites = m_in.sites;
        m_out.criteria = m_in.criteria;
        m_out.ranks = m_ranks;
        m_out.draws = m_in.draws;
        m_out.at_rank = std::move(m_counts.at_rank);
        m_out.ahead = std::move(m_counts.ahead);
        m_out.best = std::move(m_counts.best);
        m_out.worst = std::move(m_counts.worst);
        for (const std::uint64_t sum : m_counts.rank_sum)
            m_out.expected_rank.push_back(static_cast<double>(sum) / static_cast<double>(m_in.draws));
        for (std::size_t i = 0; i < m_in.sites; ++i)
            set_central(i);
    }

    void set_central(std::size_t site) {
        const auto row = std::span(m_counts.weights_of_first).subspan(site * m_in.criteria, m_in.criteria);
        double sum = 0;
        for (const std::int64_t steps : row)
            sum += static_cast<double>(steps);
        for (const std::int64_t steps : row)
            m_out.central.push_back(m_counts.first[site] == 0 ? std::numeric_limits<double>::quiet_NaN()
                                                              : static_cast<double>(steps) / sum);
    }

    void find_confidence() {
        m_out.confidence_draws = m_in.uncertain.empty() ? 1 : std::min(m_in.draws, most_confidence_draws);
        std::vector<std::atomic<std::uint32_t>> firsts(m_in.sites);
        Spare<ScoredDraw> spare([this] { return std::make_unique<ScoredDraw>(m_in); });
        in_blocks(m_out.confidence_draws, m_course.stretch(0.8, 1), spare,
                  [&](ScoredDraw& scored, std::uint64_t from, std::uint64_t to) {
                      for (std::uint64_t number = from; number < to; ++number)
                          add_firsts(scored, number, firsts);
                  });
        for (std::size_t i = 0; i < m_in.sites; ++i)
            m_out.confidence.push_back(m_counts.first[i] == 0
                                           ? std::numeric_limits<double>::quiet_NaN()
                                           : firsts[i] / static_cast<double>(m_out.confidence_draws));
    }

    void add_firsts(ScoredDraw& scored, std::uint64_t number, std::vector<std::atomic<std::uint32_t>>& firsts) const {
        scored.measure(Purpose::confidence, number);
        for (std::size_t i = 0; i < m_in.sites; ++i) {
            if (m_counts.first[i] == 0)
                continue;
            const auto central = std::span(m_out.central).subspan(i * m_in.criteria, m_in.criteria);
            firsts[i] += scored.first(i, central);
        }
    }

    const SmaaInput& m_in;
    const rasters::Course& m_course;
    std::size_t m_ranks;
    RankCounts m_counts;
    Smaa m_out;
};

} // namespace

double Smaa::share(std::size_t site, std::size_t rank) const {
    return at_rank[site * ranks + rank - 1] / static_cast<double>(draws);
}

double Smaa::ahead_share(std::size_t site, std::size_t other) const {
    return ahead[site * sites + other] / static_cast<double>(draws);
}

Smaa smaa(const SmaaInput& input, const rasters::Course& course) {
    return Simulation(input, course)();
}

double standard_error(double share, std::uint64_t draws) {
    return std::sqrt(share * (1 - share) / static_cast<double>(draws));
}

} // namespace zonerank::engine
