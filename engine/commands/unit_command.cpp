// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/json_output.hpp"
#include "engine/commands/plan_options.hpp"
#include "engine/commands/telling.hpp"
#include "engine/outputs/memory.hpp"
#include "engine/plan/part_sizes.hpp"
#include "engine/unit_work.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>

namespace zonerank::engine {

namespace {

struct Options : PlanOptions {
    std::vector<std::string> ids;
};

/// A line for each unit that is done.
class Telling {
public:
    explicit Telling(const Options& options) : m_options(options) {}

    void operator()(const PlannedUnit& unit, bool was_done) const {
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
        if (m_options.json)
            fmt::print("{}\n", Json{{"id", unit.id},
                                    {"state", was_done ? "kept" : "done"},
                                    {"seconds", std::round(seconds * 1000) / 1000}}
                                   .dump());
        else if (!m_options.quiet)
            fmt::print("{}: {}\n", unit.id, was_done ? "was done already" : fmt::format("{:.1f} s", seconds));
        std::fflush(stdout);
    }

private:
    const Options& m_options;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// At work in a plan's folder. The results may be put together without the units that are left, as when another did
/// them while this machine could not be reached: who comes last clears up.
class Sharing {
public:
    explicit Sharing(const PlanFolder& folder) : m_folder(folder), m_lock(folder.lock(false)) {}
    Sharing(const Sharing&) = delete;
    Sharing& operator=(const Sharing&) = delete;
    ~Sharing() { m_folder.leave(std::move(m_lock)); }

private:
    const PlanFolder& m_folder;
    rasters::FileDescriptor m_lock;
};

std::vector<PlannedUnit> not_done(const Plan& plan, const PlanFolder& folder, const std::vector<std::string>& ids) {
    std::vector<PlannedUnit> units;
    for (const std::string& id : ids)
        if (const PlannedUnit& unit = unit_called(plan, id); !folder.is_done(unit))
            units.push_back(unit);
    return units;
}

int work_on(Options& options, const std::atomic<bool>& stop) {
    const Plan plan = plan_of(options);
    const PlanFolder folder = options.folder();
    const Telling told(options);
    const std::vector<PlannedUnit> left = not_done(plan, folder, options.ids);
    if (left.empty()) { // nothing has to be read
        for (const std::string& id : options.ids)
            told(unit_called(plan, id), true);
        return ok;
    }
    const Sharing sharing(folder);
    StudyOptions quiet = options;
    quiet.json = false;
    const auto prepared = prepare_and_tell(quiet, folder.results(), stop);
    if (!prepared->problems.ok())
        return users_error;
    ProgressLine progress = progress_line(options);
    check_parts(*prepared, folder, left, plan.sites_only);
    const Held way = hold(*prepared, MemoryFor::run, options.threads, options.tile, options.memory);
    do_units(*prepared, folder, plan, options.ids,
             {.threads = way.threads, .tile = way.tile, .progress = std::ref(progress), .told = told}, stop);
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    add_plan_argument(command, *options);
    command.add_option("ID", options->ids, "units of the plan, as `zonerank due` names them")->required();
    add_reading_options(command, *options);
    add_tile_option(command, *options);
    add_memory_option(command, options->memory);
    add_measuring_options(command, *options);
    command.add_flag("--json", options->json,
                     "for scripts: one JSON object a line on stdout for each unit, with id, state and seconds");
    command.footer(
        R"(Needs nothing but the study, its inputs and the plan's folder. A unit that is done is not done again;
one that was killed is as if it had not begun; two processes may do the same one at once.
Example: zonerank unit out.plan score-0003)");
    return
        [options](const std::atomic<bool>& stop) { return traced(*options, [&] { return work_on(*options, stop); }); };
}

} // namespace

Command unit_command() {
    return {"unit", "do units of a plan", declare};
}

} // namespace zonerank::engine
