// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/shell_parts.hpp"
#include "engine/text/byte_size.hpp"
#include "engine/text/sha256.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace zonerank::engine {

namespace {

// kubectl takes JSON as it takes YAML, and JSON has one way to quote.
using Json = nlohmann::ordered_json;

constexpr std::size_t most_pods = 10000, most_bytes = 900'000; // of a Job; of a ConfigMap, which holds 1 MiB
constexpr int pods_at_once = 8;                                // these, to begin with: they head the files
constexpr unsigned usual_cores = 2;
constexpr std::string_view usual_memory = "4Gi";

constexpr std::string_view indexed_body = R"sh(
last=$(((JOB_COMPLETION_INDEX + 1) * bundle))
do_units $(sed -n "$((last - bundle + 1)),${last}p" /zonerank/ids)
)sh";

/// Each pod takes its share of what is due; what two of them do at once is done all the same.
constexpr std::string_view rounds_body = R"sh(
while :; do
    due=$("$zonerank" due "$plan")
    round=$(echo "$due" | grep "^$stage-") || break
    share=$(echo "$round" | awk -v pods="$pods" -v pod="$JOB_COMPLETION_INDEX" 'NR % pods == pod')
    if [ -n "$share" ]; then do_units $share; else sleep 2; fi
done
)sh";

constexpr std::string_view run_body = R"sh(
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

end_of() { # JOB [words of kubectl]: waits for it; what else is true of it meanwhile (Suspended, FailureTarget) passes
    job=$1
    shift
    misses=0
    while :; do
        if types=$(kubectl "$@" get "job/$job" -o 'jsonpath={.status.conditions[?(@.status=="True")].type}'); then
            misses=0
        else
            misses=$((misses + 1))
        fi
        case " $types " in
        *' Complete '*) return ;;
        *' Failed '*)
            echo "job $job failed; the same command continues when its cause is mended" >&2
            exit 1
            ;;
        esac
        if [ "$misses" -ge 60 ]; then
            echo "kubectl has told nothing of job $job for five minutes; the same command continues" >&2
            exit 1
        fi
        sleep 5
    done
}

for step in $steps; do
    file=$here/${step%%:*}
    kubectl "$@" delete --ignore-not-found -f "$file"
    kubectl "$@" create -f "$file" # `apply` would keep all of it once more, in a note of 256 KiB at most
    for job in $(echo "${step#*:}" | tr , ' '); do
        end_of "$job" "$@"
    done
done
)sh";

/// A name that Kubernetes takes, of this plan alone.
std::string name_of(const ClusterWork& work) {
    std::string name;
    for (const char letter : work.plan.stem().string())
        if (std::isalnum(static_cast<unsigned char>(letter)))
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return fmt::format("zonerank-{}{}{}", name.substr(0, 20), name.empty() ? "" : "-",
                       sha256(work.plan.string()).substr(0, 8));
}

/// A quarter more than units are held to: the kernel counts what it keeps of files, too.
std::string memory_of(const ClusterWork& work) {
    if (work.memory.empty())
        return std::string(usual_memory);
    constexpr std::uint64_t mebi = 1024 * 1024;
    return fmt::format("{}Mi", (parse_byte_size(work.memory) / 4 * 5 + mebi - 1) / mebi);
}

Json resources(const ClusterWork& work) {
    const std::string memory = memory_of(work);
    return {
        {"requests", {{"cpu", fmt::format("{}", work.threads > 0 ? work.threads : usual_cores)}, {"memory", memory}}},
        {"limits", {{"memory", memory}}}};
}

Json container(const ClusterWork& work, const std::string& script, bool ids) {
    const Json cpu_request{{"containerName", "zonerank"}, {"resource", "requests.cpu"}};
    Json mounts = Json::array({{{"name", "data"}, {"mountPath", work.mount.string()}}});
    if (ids)
        mounts.push_back({{"name", "ids"}, {"mountPath", "/zonerank"}});
    return {{"name", "zonerank"},
            {"resources", resources(work)},
            {"image", work.image},
            {"env", Json::array({{{"name", "THREADS"}, {"valueFrom", {{"resourceFieldRef", cpu_request}}}}})},
            {"command", {"/bin/sh", "-euc", script}},
            {"volumeMounts", mounts}};
}

Json pod(const ClusterWork& work, const std::string& script, const std::string& ids) {
    Json volumes = Json::array({{{"name", "data"}, {"persistentVolumeClaim", {{"claimName", work.claim}}}}});
    if (!ids.empty())
        volumes.push_back({{"name", "ids"}, {"configMap", {{"name", ids}}}});
    return {{"restartPolicy", "Never"},
            {"containers", Json::array({container(work, script, !ids.empty())})},
            {"volumes", volumes}};
}

/// A Job of as many pods in all. Lost pods are replaced, some for each hundred.
Json job(const ClusterWork& work, const std::string& name, std::size_t pods, const std::string& script,
         const std::string& ids = "") {
    Json object{{"apiVersion", "batch/v1"}, {"kind", "Job"}, {"metadata", {{"name", name}}}};
    object["spec"] = {{"parallelism", std::min<std::size_t>(pods, pods_at_once)},
                      {"completions", pods},
                      {"completionMode", "Indexed"},
                      {"backoffLimit", 6 + pods / 10},
                      {"template", {{"spec", pod(work, script, ids)}}}};
    return object;
}

Json ids_map(const std::string& name, const std::string& ids) {
    return {{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", name}}}, {"data", {{"ids", ids}}}};
}

std::string pod_script(const ClusterWork& work, const std::string& more, std::string_view body) {
    return fmt::format("{}threads=$THREADS\n{}{}{}", shell_settings(work), more, shell_do_units(work), body);
}

Json round_items(const ClusterWork& work, const StageUnits& stage, const std::string& name) {
    const std::size_t pods = std::min<std::size_t>(stage.ids.size(), pods_at_once);
    const std::string script = pod_script(work, fmt::format("stage={}\npods={}\n", stage.name, pods), rounds_body);
    return Json::array({job(work, name, pods, script)});
}

/// What one Job does: its list of ids, and how many pods share it.
struct Piece {
    std::string ids;
    std::size_t pods = 0;
};

std::vector<Piece> pieces_of(const std::vector<std::string>& ids, std::size_t bundle) {
    std::vector<Piece> pieces;
    for (const std::string& list : lists_of(ids, bundle)) {
        if (pieces.empty() || pieces.back().pods == most_pods || pieces.back().ids.size() + list.size() > most_bytes)
            pieces.emplace_back();
        pieces.back().ids += list;
        ++pieces.back().pods;
    }
    return pieces;
}

std::string piece_name(const std::string& name, std::size_t number) {
    return fmt::format("{}-{}", name, number + 1);
}

Json stage_items(const ClusterWork& work, const StageUnits& stage, const std::string& name) {
    if (stage.rounds)
        return round_items(work, stage, name);
    const std::string script = pod_script(work, "", indexed_body);
    const std::vector<Piece> pieces = pieces_of(stage.ids, static_cast<std::size_t>(work.bundle));
    Json items = Json::array(); // the jobs first, whose numbers are to be changed by hand
    for (std::size_t i = 0; i < pieces.size(); ++i)
        items.push_back(job(work, piece_name(name, i), pieces[i].pods, script, piece_name(name, i)));
    for (std::size_t i = 0; i < pieces.size(); ++i)
        items.push_back(ids_map(piece_name(name, i), pieces[i].ids));
    return items;
}

/// "score.json:zonerank-x-score-1,zonerank-x-score-2": a file, and the jobs to wait for.
std::string step_words(const std::string& file, const Json& items) {
    std::vector<std::string> jobs;
    for (const Json& item : items)
        if (item["kind"] == "Job")
            jobs.push_back(item["metadata"]["name"]);
    return fmt::format("{}:{}", file, fmt::join(jobs, ","));
}

Script step(const std::string& name, const Json& items) {
    return {name, Json{{"apiVersion", "v1"}, {"kind", "List"}, {"items", items}}.dump(2, ' ', true,
                                                                                      Json::error_handler_t::replace) +
                      "\n"};
}

} // namespace

std::vector<Script> kubernetes_scripts(const ClusterWork& work) {
    const std::string name = name_of(work);
    std::vector<Script> scripts;
    std::string steps;
    const auto add = [&](const std::string& file, const Json& items) {
        steps += (steps.empty() ? "" : " ") + step_words(file, items);
        scripts.push_back(step(file, items));
    };
    for (const StageUnits& stage : work.stages)
        add(stage.name + ".json", stage_items(work, stage, name + "-" + stage.name));
    const std::string finish = shell_settings(work) + shell_finish(work);
    add("finish.json", Json::array({job(work, name + "-finish", 1, finish)}));
    const std::string_view comment =
        "Does everything, stage after stage. Words are passed on to kubectl: run.sh --namespace maps";
    scripts.push_back(
        {"run.sh", fmt::format("#!/bin/sh\n# {}\nset -eu\nsteps='{}'\n{}", comment, steps, run_body), true});
    return scripts;
}

} // namespace zonerank::engine
