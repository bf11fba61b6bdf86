// SPDX-License-Identifier: Apache-2.0
#include "engine/model/graph.hpp"

#include "engine/text/sha256.hpp"
#include "rasters/core/stopped.hpp"
#include "rasters/core/trace.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <map>
#include <mutex>
#include <set>

namespace zonerank::engine {

std::size_t Graph::add(Unit unit) {
    assert(std::ranges::all_of(unit.after, [&](std::size_t before) { return before < m_units.size(); }));
    m_units.push_back(std::move(unit));
    m_seconds.push_back(-1);
    return m_units.size() - 1;
}

namespace {

/// One pass over the units that are left. A unit starts when the last one it
/// waits for is done; of those that are ready the first that was added is next, so that what
/// belongs together (the tiles of a block, and putting it on the disk) is done together.
class Pass {
public:
    Pass(const std::vector<Unit>& units, std::vector<double>& seconds,
         const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop)
        : m_units(units), m_seconds(seconds), m_progress(progress), m_stop(stop), m_waiting(units.size()),
          m_next(units.size()), m_told(units.size()) {
        for (std::size_t i = 0; i < units.size(); ++i) {
            m_total += units[i].cost;
            m_stages[units[i].kind].total += units[i].cost;
            if (m_seconds[i] >= 0) {
                count(i, units[i].cost);
                continue;
            }
            for (const std::size_t before : units[i].after) {
                if (m_seconds[before] >= 0)
                    continue;
                ++m_waiting[i];
                m_next[before].push_back(i);
            }
            if (m_waiting[i] == 0)
                m_ready.insert(i);
        }
    }

    void run() {
        for (std::size_t i = m_ready.size(); i > 0; --i)
            start();
        m_group.wait();
        m_handed.load(std::memory_order_acquire);
    }

private:
    // TBB hands over what was written before; the count says so to the thread
    // sanitizer, which can't see into TBB.
    void start() {
        m_handed.fetch_add(1, std::memory_order_release);
        m_group.run([this] {
            m_handed.load(std::memory_order_acquire);
            one();
            m_handed.fetch_add(1, std::memory_order_release);
        });
    }
    void one() {
        const std::size_t i = take();
        if (m_stop)
            throw Stopped();
        const auto start = std::chrono::steady_clock::now();
        if (m_units[i].long_work)
            m_units[i].long_work(rasters::Course(m_stop, [this, i](double part) { tell(i, part); }));
        else
            m_units[i].work();
        const auto end = std::chrono::steady_clock::now();
        rasters::add_to_trace(rasters::kept_name(m_units[i].kind), start, end);
        finish(i, std::chrono::duration<double>(end - start).count());
    }
    std::size_t take() {
        const std::scoped_lock lock(m_mutex);
        return m_ready.extract(m_ready.begin()).value();
    }
    void tell(std::size_t i, double part) {
        const std::scoped_lock lock(m_mutex);
        show(i, std::min(part, 1.0));
    }
    /// Of several threads one that began earlier may tell later.
    void show(std::size_t i, double part) {
        count(i, m_units[i].cost * std::max(part - m_told[i], 0.0));
        m_told[i] = std::max(m_told[i], part);
        const Cost& stage = m_stages[m_units[i].kind];
        if (m_progress)
            m_progress({m_units[i].kind, m_total > 0 ? m_done / m_total : 1,
                        stage.total > 0 ? std::min(stage.done / stage.total, 1.0) : 1});
    }
    void count(std::size_t i, double cost) {
        m_done += cost;
        m_stages[m_units[i].kind].done += cost;
    }
    void finish(std::size_t i, double seconds) {
        const std::scoped_lock lock(m_mutex);
        m_seconds[i] = seconds;
        show(i, 1);
        for (const std::size_t next : m_next[i]) {
            if (--m_waiting[next] > 0)
                continue;
            m_ready.insert(next);
            start();
        }
    }

    const std::vector<Unit>& m_units;
    std::vector<double>& m_seconds;
    const std::function<void(const Progress&)>& m_progress;
    const std::atomic<bool>& m_stop;
    std::vector<int> m_waiting;
    std::vector<std::vector<std::size_t>> m_next;
    std::vector<double> m_told; ///< what part of each is done
    std::set<std::size_t> m_ready;
    struct Cost {
        double total = 0, done = 0;
    };
    std::map<std::string, Cost> m_stages; ///< by kind
    double m_total = 0, m_done = 0;
    std::atomic<std::size_t> m_handed = 0;
    std::mutex m_mutex;
    tbb::task_group m_group;
};

} // namespace

void Graph::run(unsigned threads, const std::function<void(const Progress&)>& progress, const std::atomic<bool>& stop) {
    const int count = threads == 0 ? tbb::task_arena::automatic : static_cast<int>(threads);
    // More threads than cores are the user's to ask for.
    const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism,
                                      std::max(threads, static_cast<unsigned>(tbb::info::default_concurrency())));
    tbb::task_arena arena(count);
    arena.execute([&] { Pass(m_units, m_seconds, progress, stop).run(); });
}

std::vector<std::pair<std::string, double>> Graph::seconds() const {
    std::vector<std::pair<std::string, double>> result;
    for (std::size_t i = 0; i < m_units.size(); ++i) {
        const auto it = std::ranges::find(result, m_units[i].kind, &std::pair<std::string, double>::first);
        double& sum = it == result.end() ? result.emplace_back(m_units[i].kind, 0.0).second : it->second;
        sum += std::max(m_seconds[i], 0.0);
    }
    return result;
}

std::string key_of(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += std::to_string(part.size()) + ":" + part;
    return sha256(text);
}

} // namespace zonerank::engine
