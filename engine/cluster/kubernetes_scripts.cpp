// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/shell_parts.hpp"
#include "engine/text/sha256.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace zonerank::engine {

namespace {

// kubectl takes JSON as it takes YAML, and JSON has one way to quote.
using Json = nlohmann::ordered_json;

constexpr std::size_t most_ids = 10000;    // a ConfigMap holds 1 MiB
constexpr int pods_at_once = 8, cores = 2; // to begin with: they are plain to see in the files

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
here=$(cd "$(dirname "$0")" && pwd)
for step in $steps; do
    kubectl "$@" delete --ignore-not-found -f "$here/$step"
    kubectl "$@" apply -f "$here/$step"
    for job in $(kubectl "$@" get -o name -f "$here/$step" | grep '^job'); do
        until state=$(kubectl "$@" get "$job" -o 'jsonpath={.status.conditions[?(@.status=="True")].type}') &&
            [ -n "$state" ]; do
            sleep 5
        done
        case $state in *Failed*)
            echo "$job failed; the same command continues when its cause is mended" >&2
            exit 1
            ;;
        esac
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

Json container(const ClusterWork& work, const std::string& script, bool ids) {
    Json mounts = Json::array({{{"name", "data"}, {"mountPath", work.mount.string()}}});
    if (ids)
        mounts.push_back({{"name", "ids"}, {"mountPath", "/zonerank"}});
    return {{"name", "zonerank"},
            {"image", work.image},
            {"command", {"/bin/sh", "-euc", script}},
            {"resources", {{"requests", {{"cpu", fmt::format("{}", cores)}, {"memory", "4Gi"}}}}},
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
    object["spec"] = {{"completionMode", "Indexed"},
                      {"completions", pods},
                      {"parallelism", std::min<std::size_t>(pods, pods_at_once)},
                      {"backoffLimit", 6 + pods / 10},
                      {"template", {{"spec", pod(work, script, ids)}}}};
    return object;
}

Json ids_map(const std::string& name, const std::string& ids) {
    return {{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", name}}}, {"data", {{"ids", ids}}}};
}

std::string pod_script(const ClusterWork& work, const std::string& more, std::string_view body) {
    return fmt::format("{}threads={}\n{}{}{}", shell_settings(work), cores, more, shell_do_units(work), body);
}

Json round_items(const ClusterWork& work, const StageUnits& stage, const std::string& name) {
    const std::size_t pods = std::min<std::size_t>(stage.ids.size(), pods_at_once);
    const std::string script = pod_script(work, fmt::format("stage={}\npods={}\n", stage.name, pods), rounds_body);
    return Json::array({job(work, name, pods, script)});
}

Json stage_items(const ClusterWork& work, const StageUnits& stage, const std::string& name) {
    if (stage.rounds)
        return round_items(work, stage, name);
    const std::string script = pod_script(work, "", indexed_body);
    const auto bundle = static_cast<std::size_t>(work.bundle);
    Json items = Json::array();
    for (std::size_t first = 0; first < stage.ids.size(); first += most_ids * bundle) {
        const std::size_t units = std::min(stage.ids.size() - first, most_ids * bundle);
        const std::string piece = fmt::format("{}-{}", name, first / (most_ids * bundle) + 1);
        const auto begin = stage.ids.begin() + static_cast<std::ptrdiff_t>(first);
        items.push_back(ids_map(piece, lists_of({begin, begin + static_cast<std::ptrdiff_t>(units)}, units).front()));
        items.push_back(job(work, piece, (units + bundle - 1) / bundle, script, piece));
    }
    return items;
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
    for (const StageUnits& stage : work.stages) {
        steps += stage.name + ".json ";
        scripts.push_back(step(stage.name + ".json", stage_items(work, stage, name + "-" + stage.name)));
    }
    const std::string finish = shell_settings(work) + shell_finish(work);
    scripts.push_back(step("finish.json", Json::array({job(work, name + "-finish", 1, finish)})));
    const std::string_view comment =
        "Does everything, stage after stage. Words are passed on to kubectl: run.sh --namespace maps";
    scripts.push_back(
        {"run.sh", fmt::format("#!/bin/sh\n# {}\nset -eu\nsteps='{}finish.json'\n{}", comment, steps, run_body), true});
    return scripts;
}

} // namespace zonerank::engine
