// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/shell_parts.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

namespace {

/// Slurm's MaxArraySize is 1001, one more than the greatest index, where a site has not raised it.
constexpr std::size_t most_tasks = 1000;

constexpr std::string_view unit_body = R"sh(
# The units of a task: those in its lines of the list.
list=$1
threads=${SLURM_CPUS_PER_TASK:-1}
last=$((SLURM_ARRAY_TASK_ID * bundle))
do_units $(sed -n "$((last - bundle + 1)),${last}p" "$list")
)sh";

constexpr std::string_view array_function = R"sh(
array() { # LIST [words of sbatch]: an array of its units
    list=$1
    shift
    tasks=$((($(wc -l < "$list") + bundle - 1) / bundle))
    sbatch --parsable --kill-on-invalid-dep=yes --array="1-$tasks" --time="$minutes" --job-name="zonerank-$stage" \
        --output="$here/logs/%x-%A-%a.txt" "$@" "$here/unit.sh" "$list"
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
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$here/logs"
after=

job() { # [words of sbatch]: a job of one task
    sbatch --parsable --kill-on-invalid-dep=yes --output="$here/logs/%x-%j.txt" "$@"
}

for stage in $stages; do
    depends=${after:+--dependency=afterok$after}
    jobs=
    case " $rounds " in
    *" $stage "*)
        id=$(job --job-name="zonerank-$stage" $depends "$@" "$here/rounds.sh" "$here" "$stage" "$@")
        jobs=:${id%%;*}
        ;;
    *)
        for list in "$here/lists/$stage".*; do
            id=$(array "$list" $depends "$@")
            jobs=$jobs:${id%%;*}
        done
        ;;
    esac
    after=$jobs
done
id=$(job --job-name=zonerank-finish ${after:+"--dependency=afterok$after"} "$@" "$here/finish.sh")
echo "submitted; the results are there when job ${id%%;*} has ended"
)sh";

std::string minutes_setting(const ClusterWork& work) {
    const long seconds = long{work.time_limit} * work.bundle * (work.retries + 1) + (1L << work.retries);
    return fmt::format("minutes={}\n", seconds / 60 + 1);
}

std::string stages_setting(const ClusterWork& work) {
    std::string stages, rounds;
    for (const StageUnits& stage : work.stages) {
        stages += (stages.empty() ? "" : " ") + stage.name;
        rounds += stage.rounds ? (rounds.empty() ? "" : " ") + stage.name : "";
    }
    return fmt::format("stages='{}'\nrounds='{}'\n", stages, rounds);
}

std::string script(std::string_view comment, const std::string& settings, std::string_view body) {
    return fmt::format("#!/bin/sh\n# {}\nset -eu\n{}{}", comment, settings, body);
}

} // namespace

std::vector<Script> slurm_scripts(const ClusterWork& work) {
    const std::string settings = shell_settings(work), arrays = settings + minutes_setting(work);
    std::vector<Script> scripts{
        {"submit.sh",
         script(
             "Submits everything. Words are passed on to sbatch: submit.sh --partition=long --cpus-per-task=4 --mem=4G",
             arrays + stages_setting(work) + std::string(array_function), submit_body),
         true},
        {"unit.sh", script("A task of an array: unit.sh LIST", settings + shell_do_units(work), unit_body), true},
        {"rounds.sh",
         script("A stage whose units become due again: rounds.sh HERE STAGE [words of sbatch]",
                arrays + std::string(array_function), rounds_body),
         true},
        {"finish.sh", script("Puts the results together.", settings, shell_finish(work)), true}};
    for (const StageUnits& stage : work.stages) {
        const auto lists = lists_of(stage.ids, most_tasks * static_cast<std::size_t>(work.bundle));
        for (std::size_t i = 0; i < lists.size(); i++)
            scripts.push_back({fmt::format("lists/{}.{:04}", stage.name, i), lists[i]});
    }
    return scripts;
}

} // namespace zonerank::engine
