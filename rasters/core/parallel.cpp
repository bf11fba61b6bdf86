// SPDX-License-Identifier: Apache-2.0
#include "rasters/core/parallel.hpp"

#include "rasters/core/error.hpp"

#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <atomic>

namespace zonerank::rasters {

namespace {

/// TBB hands over what was written before; this says so to the thread sanitizer, which
/// can't see into TBB.
class Handover {
public:
    void give() { m_times.fetch_add(1, std::memory_order_release); }
    void take() const { m_times.load(std::memory_order_acquire); }

private:
    std::atomic<std::size_t> m_times = 0;
};

/// Runs a loop of TBB's. Where what the loop is a part of ends by an exception elsewhere, TBB drops the
/// rest of it and returns as if all were done: its caller would keep half a result as a whole one.
template <typename Loop>
void whole(Loop&& loop) {
    tbb::task_group_context context;
    tbb::this_task_arena::isolate([&] { loop(context); });
    if (context.is_group_execution_cancelled())
        throw Error("stopped");
}

} // namespace

void in_parallel(std::size_t n, const std::function<void(std::size_t)>& work) {
    Handover handover;
    handover.give();
    const auto one = [&](std::size_t i) {
        handover.take();
        work(i);
        handover.give();
    };
    whole([&](tbb::task_group_context& context) { tbb::parallel_for(std::size_t{0}, n, one, context); });
    handover.take();
}

void detail::in_order(std::size_t n, std::size_t most,
                      const std::function<std::shared_ptr<const void>(std::size_t)>& make,
                      const std::function<void(const void*)>& show) {
    using Result = std::shared_ptr<const void>;
    using tbb::filter_mode;
    Handover handover;
    handover.give();
    std::size_t next = 0;
    const auto take = [&](tbb::flow_control& flow) {
        if (next == n)
            flow.stop();
        return next == n ? next : next++;
    };
    const auto make_one = [&](std::size_t i) {
        handover.take();
        Result result = make(i);
        handover.give();
        return result;
    };
    const auto show_one = [&](const Result& result) {
        handover.take();
        show(result.get());
        handover.give();
    };
    const auto filters = tbb::make_filter<void, std::size_t>(filter_mode::serial_in_order, take) &
                         tbb::make_filter<std::size_t, Result>(filter_mode::parallel, make_one) &
                         tbb::make_filter<Result, void>(filter_mode::serial_in_order, show_one);
    whole([&](tbb::task_group_context& context) { tbb::parallel_pipeline(most, filters, context); });
    handover.take();
}

} // namespace zonerank::rasters
