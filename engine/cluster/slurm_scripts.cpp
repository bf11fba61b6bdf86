// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/shell_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

namespace {

/// Slurm's MaxArraySize is 1001, one more than the greatest index, where a site has not raised it.
constexpr std::size_t most_tasks = 1000;

constexpr std::string_view unit_body = R"sh(
# The units of a task: those in its lines of the list.
list=$1
last=$((SLURM_ARRAY_TASK_ID * bundle))
do_units $(sed -n "$((last - bundle + 1)),${last}p" "$list")
)sh";

constexpr std::string_view array_function = R"sh(
array() { # LIST [words of sbatch]: an array of its units
    list=$1
    shift
    tasks=$((($(wc -l < "$list") + bundle - 1) / bundle))
    sbatch --parsable --kill-on-invalid-dep=yes --array="1-$tasks" --time="$minutes" --cpus-per-task="$threads" \
        --job-name="zonerank-$stage" --output="$here/logs/%x-%A-%a.txt" "$@" "$here/unit.sh" "$list"
}
)sh";

constexpr std::string_view rounds_body = R"sh(
here=$1
stage=$2
shift 2
while :; do
    "$zonerank" due "$plan" > "$here/due"
    grep "^$stage-" "$here/due" > "$here/round" || break
    rm -f "$here/lists/round".*
    split -a 4 -d -l $((1000 * bundle)) "$here/round" "$here/lists/round."
    for list in "$here/lists/round".*; do
        array "$list" --wait "$@"
    done
done
)sh";

constexpr std::string_view submit_body = R"sh(
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
mkdir -p "$here/logs"
after=

job() { # [words of sbatch]: a job of one task
    sbatch --parsable --kill-on-invalid-dep=yes --output="$here/logs/%x-%j.txt" "$@"
}

small() { # [words of sbatch]: instead of theirs, for a job that waits for others
    case " $* " in
    *" --mem-per-cpu"*) echo --ntasks=1 --cpus-per-task=1 --mem-per-cpu=500M ;;
    *) echo --ntasks=1 --cpus-per-task=1 --mem=500M ;;
    esac
    case " $* " in *" --exclusive"*) echo --oversubscribe ;; esac
}

for entry in $stages; do
    stage=${entry%:*}
    lists=${entry#*:}
    depends=${after:+--dependency=afterok$after}
    jobs=
    if [ "$lists" = rounds ]; then
        id=$(job --job-name="zonerank-$stage" $depends "$@" $(small "$@") --time="$rounds_minutes" \
            "$here/rounds.sh" "$here" "$stage" "$@")
        jobs=:${id%%;*}
    else
        number=0
        while [ "$number" -lt "$lists" ]; do
            id=$(array "$(printf '%s/lists/%s.%04d' "$here" "$stage" "$number")" $depends "$@")
            jobs=$jobs:${id%%;*}
            number=$((number + 1))
        done
    fi
    after=$jobs
done
id=$(job --job-name=zonerank-finish ${after:+"--dependency=afterok$after"} "$@" --time="$finish_minutes" \
    "$here/finish.sh")
echo "submitted; the results are there when job ${id%%;*} has ended"
)sh";

std::string threads_setting(const ClusterWork& work) {
    return fmt::format("threads={}\n", std::max(work.threads, 1U));
}

/// For sbatch: of a task, with all its tries.
std::string task_settings(const ClusterWork& work) {
    const std::int64_t seconds =
        seconds_of_process(work) * (work.retries + 1) + std::int64_t{longest_pause} * work.retries;
    return fmt::format("minutes={} # for a task\n", seconds / 60 + 1) + threads_setting(work);
}

/// Of the jobs beside: a day for rounds, and for `finish` an hour and ten times what it takes of usual blocks.
std::string other_minutes(const ClusterWork& work) {
    std::size_t units = 0;
    for (const StageUnits& stage : work.stages)
        units += stage.ids.size();
    return fmt::format("rounds_minutes=1440 # for a stage that goes in rounds\n"
                       "finish_minutes={} # for the results to be put together\n",
                       60 + units / 20);
}

std::vector<std::string> lists_of_stage(const ClusterWork& work, const StageUnits& stage) {
    return lists_of(stage.ids, most_tasks * static_cast<std::size_t>(work.bundle));
}

/// "solve:rounds score:3", each with the number of its lists.
std::string stages_setting(const ClusterWork& work) {
    std::string stages;
    for (const StageUnits& stage : work.stages)
        stages += fmt::format("{}{}:{}", stages.empty() ? "" : " ", stage.name,
                              stage.rounds ? "rounds" : fmt::format("{}", lists_of_stage(work, stage).size()));
    return fmt::format("stages='{}'\n", stages);
}

std::string script(std::string_view comment, const std::string& settings, std::string_view body) {
    return fmt::format("#!/bin/sh\n# {}\nset -eu\n{}{}", comment, settings, body);
}

} // namespace

std::vector<Script> slurm_scripts(const ClusterWork& work) {
    const std::string settings = shell_settings(work), arrays = settings + task_settings(work);
    // As it got them: who submits may have asked for others.
    const std::string threads = threads_setting(work) + "threads=${SLURM_CPUS_PER_TASK:-$threads}\n";
    std::vector<Script> scripts{
        {"submit.sh",
         script(
             "Submits everything. Words are passed on to sbatch: submit.sh --partition=long --cpus-per-task=4 --mem=4G",
             arrays + other_minutes(work) + stages_setting(work) + std::string(array_function), submit_body),
         true},
        {"unit.sh", script("A task of an array: unit.sh LIST", settings + threads + shell_do_units(work), unit_body),
         true},
        {"rounds.sh",
         script("A stage whose units become due again: rounds.sh HERE STAGE [words of sbatch]",
                arrays + std::string(array_function), rounds_body),
         true},
        {"finish.sh", script("Puts the results together.", settings, shell_finish(work)), true}};
    for (const StageUnits& stage : work.stages) {
        const std::vector<std::string> lists = lists_of_stage(work, stage);
        for (std::size_t i = 0; i < lists.size(); i++)
            scripts.push_back({fmt::format("lists/{}.{:04}", stage.name, i), lists[i]});
    }
    return scripts;
}

} // namespace zonerank::engine
