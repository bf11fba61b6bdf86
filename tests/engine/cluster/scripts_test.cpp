// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/scripts.hpp"

#include "tests/support/folder.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <sstream>

using namespace zonerank;
using namespace zonerank::engine;
using namespace zonerank::tests;

namespace fs = std::filesystem;

/// Units leave a file; those of `solve` are due until they have run three times.
static constexpr std::string_view program = R"sh(#!/bin/sh
plan=$2
case $1 in
due)
    for stage in solve score; do
        found=
        while read -r id; do
            [ "${id%%-*}" = $stage ] || continue
            [ -e "$plan/units/$id" ] || { echo "$id"; found=1; }
        done < "$plan/all"
        [ -z "$found" ] || exit 0
    done ;;
unit)
    shift 2
    for id; do
        case $id in --*) break ;; esac
        echo "$id" >> "$plan/log"
        case $id in
        *-fails) [ "$(grep -c "$id" "$plan/log")" -gt 1 ] || exit 1 ;;
        solve-*) [ "$(grep -c "$id" "$plan/log")" -gt 2 ] || continue ;;
        esac
        touch "$plan/units/$id"
    done ;;
finish) ls "$plan/units" > "$plan/result" ;;
esac
)sh";

/// Runs jobs at once, task by task; a dependency must have ended well.
static constexpr std::string_view sbatch = R"sh(#!/bin/sh
last=1 time= memory=
echo "$*" >> "$JOBS/log"
while :; do
    case $1 in
    --time=*) time=$1 ;;
    --mem=* | --mem-per-cpu=*)
        [ -z "$memory" ] || [ "${memory%%=*}" = "${1%%=*}" ] || exit 5
        memory=$1 ;;
    --array=1-*) last=${1#--array=1-} ;;
    --dependency=afterok:*)
        for id in $(echo "${1#*afterok:}" | tr : ' '); do [ -e "$JOBS/$id" ] || exit 9; done ;;
    --*) ;;
    *) break ;;
    esac
    shift
done
[ "$last" -le 1000 ] || exit 8
[ -n "$time" ] || exit 6
id=$(($(ls "$JOBS" | wc -l) + 100))
cp "$1" "$JOBS/spooled"
shift
SLURM_ARRAY_TASK_ID=1
while [ "$SLURM_ARRAY_TASK_ID" -le "$last" ]; do
    export SLURM_ARRAY_TASK_ID
    sh "$JOBS/spooled" "$@" >&2 || exit 7
    SLURM_ARRAY_TASK_ID=$((SLURM_ARRAY_TASK_ID + 1))
done
touch "$JOBS/$id"
echo "$id;cluster"
)sh";

/// Knows what was created and not deleted since. Of a job's conditions it tells what the next line of `answers`
/// says, "!" being none at all, and in the end that it is complete.
static constexpr std::string_view kubectl = R"sh(#!/bin/sh
echo "$*" >> "$JOBS/log"
while :; do
    case $1 in --*) shift 2 ;; *) break ;; esac
done
verb=$1
for word; do
    case $word in *.json) file=$word ;; esac
done
case $verb in
delete) rm -f "$JOBS/created-$(basename "$file")" ;;
create)
    [ ! -e "$JOBS/created-$(basename "$file")" ] || exit 3
    cp "$file" "$JOBS/created-$(basename "$file")" ;;
get)
    grep -q "\"name\": \"${2#job/}\"" "$JOBS"/created-* || exit 4
    [ -s "$JOBS/answers" ] || { printf 'SuccessCriteriaMet Complete'; exit 0; }
    answer=$(head -n 1 "$JOBS/answers")
    sed -i 1d "$JOBS/answers"
    [ "$answer" != "!" ] || exit 1
    printf '%s' "$answer" ;;
*) exit 2 ;;
esac
)sh";

/// One process for what GNU parallel would start, a line each.
static constexpr std::string_view parallel = R"sh(#!/bin/sh
echo "$*" >> "$JOBS/log"
for word; do
    [ "$word" = :::: ] && break
    unit=$word
done
shift $(($# - 1))
while read -r id; do
    sh -c "$(echo "$unit" | sed "s/{}/$id/")" || sh -c "$(echo "$unit" | sed "s/{}/$id/")" || exit 1
done < "$1"
)sh";

namespace {

/// A folder with blanks, quotes and signs of the shell in its name.
struct Cluster {
    Folder folder;
    fs::path home = folder / "o'neill $HOME `x` \"q\" %";
    ClusterWork work;

    Cluster(std::vector<std::string> solve, std::vector<std::string> score) {
        fs::create_directories(home / "a.plan" / "units");
        fs::create_directories(folder / "bin");
        fs::create_directories(folder / "jobs");
        program_file(home / "zone rank", program);
        program_file(folder / "bin" / "sbatch", sbatch);
        program_file(folder / "bin" / "parallel", parallel);
        program_file(folder / "bin" / "kubectl", kubectl);
        program_file(folder / "bin" / "sleep", "#!/bin/sh\necho \"$1\" >> \"$JOBS/sleeps\"\n");
        work.plan = home / "a.plan";
        work.zonerank = home / "zone rank";
        std::string all;
        for (const auto& ids : {solve, score})
            all += fmt::format("{}\n", fmt::join(ids, "\n"));
        write_file(work.plan / "all", all);
        if (!solve.empty())
            work.stages.push_back({"solve", std::move(solve), true});
        work.stages.push_back({"score", std::move(score)});
    }

    static void program_file(const fs::path& path, std::string_view text) {
        write_file(path, std::string(text));
        fs::permissions(path, fs::perms(0755));
    }

    void write(const std::vector<Script>& scripts) const {
        for (const Script& script : scripts) {
            fs::create_directories((home / "scripts" / script.name).parent_path());
            program_file(home / "scripts" / script.name, script.text);
        }
    }

    /// As from a shell whose `cd` finds folders elsewhere, too, and says so.
    int run(const std::string& script, const std::string& words = "") const {
        return std::system(fmt::format("cd {5} && JOBS={0} PATH={1}:$PATH CDPATH={5} sh {2} {3} > {4} 2>&1",
                                       shell_quoted((folder / "jobs").string()),
                                       shell_quoted((folder / "bin").string()), "scripts/" + script, words,
                                       shell_quoted((folder / "printed").string()),
                                       shell_quoted(home.string())) // NOLINT(cert-env33-c)
                               .c_str());
    }

    std::size_t count(const fs::path& file, const std::string& word) const {
        std::istringstream lines(read_file(file));
        std::size_t found = 0;
        for (std::string line; std::getline(lines, line);)
            found += line.find(word) != std::string::npos ? 1 : 0;
        return found;
    }
    std::size_t runs_of(const std::string& id) const { return count(work.plan / "log", id); }
    std::size_t jobs_with(const std::string& word) const { return count(folder / "jobs" / "log", word); }
};

std::vector<std::string> ids(const std::string& stage, int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
        names.push_back(fmt::format("{}-{:05}", stage, i));
    return names;
}

} // namespace

TEST_CASE("shell_quoted: a word is what it was") {
    for (const std::string word :
         {"", "plain", "it's", "a b", "$HOME `ls` \\ \"", "''", "*?[x]", "-n", "new\nline", "ü"}) {
        const Folder folder;
        const std::string out = (folder / "out").string();
        REQUIRE(std::system(fmt::format("printf %s {} > {}", shell_quoted(word), out).c_str()) ==
                0); // NOLINT(cert-env33-c)
        CHECK(read_file(out) == word);
    }
}

TEST_CASE("slurm: every unit once in arrays that Slurm takes, stages in their order, then finish") {
    const Cluster cluster({}, ids("score", 1003));
    cluster.write(slurm_scripts(cluster.work));
    write_file(cluster.home / "scripts" / "lists" / "score.0002", "score-of-another-plan\n");
    REQUIRE_MESSAGE(cluster.run("submit.sh", "--partition=long") == 0, read_file(cluster.folder / "printed"));
    CHECK(cluster.count(cluster.work.plan / "result", "score-") == 1003);
    CHECK(cluster.count(cluster.work.plan / "log", "score-") == 1003);
    CHECK(cluster.jobs_with("--array=1-1000") == 1);
    CHECK(cluster.jobs_with("--array=1-3 ") == 1);
    CHECK(cluster.jobs_with("--dependency=afterok:") == 1);
    CHECK(cluster.jobs_with("--partition=long") == 3);
    CHECK(cluster.jobs_with("--kill-on-invalid-dep=yes") == 3);
    CHECK(cluster.jobs_with("--time=110 ") == 1); // finish.sh: an hour, and for 1003 units
}

TEST_CASE("slurm: who only waits for others takes a core and little memory, whatever the units have") {
    for (const std::string memory : {"--mem=", "--mem-per-cpu="}) {
        Cluster cluster(ids("solve", 1), {"score-1"});
        cluster.write(slurm_scripts(cluster.work));
        const std::string words = "--exclusive --cpus-per-task=4 " + memory + "8G --time=5";
        REQUIRE_MESSAGE(cluster.run("submit.sh", words) == 0, read_file(cluster.folder / "printed"));
        CHECK(cluster.jobs_with(words + " --ntasks=1 --cpus-per-task=1 " + memory +
                                "500M --oversubscribe --time=1440 ") == 1);
        CHECK(cluster.jobs_with("--wait " + words + " /") == 3); // arrays
    }
}

TEST_CASE("slurm: times that any number of tries comes to, and threads") {
    Cluster cluster({}, {"score-1"});
    cluster.work.retries = 20;
    cluster.work.time_limit = 360'000;
    cluster.work.bundle = 10'000;
    cluster.work.threads = 4;
    cluster.work.memory = "2GiB";
    const std::vector<Script> scripts = slurm_scripts(cluster.work);
    CHECK(scripts[0].text.find("limit=3600000000\n") != std::string::npos);
    CHECK(scripts[0].text.find("minutes=1260000011 ") != std::string::npos); // 21 tries, 20 pauses of half a minute
    cluster.work.retries = 7;
    cluster.work.time_limit = 60;
    cluster.work.stages[0].ids = {"score-fails"};
    cluster.write(slurm_scripts(cluster.work));
    CHECK(cluster.run("submit.sh") == 0);
    CHECK(cluster.jobs_with("--cpus-per-task=4 ") == 1);
}

TEST_CASE("pauses double up to half a minute") {
    Cluster cluster({}, {"score-1"});
    cluster.work.retries = 7;
    cluster.work.zonerank = "/bin/false";
    cluster.write(slurm_scripts(cluster.work));
    CHECK(cluster.run("submit.sh") != 0);
    CHECK(read_file(cluster.folder / "jobs" / "sleeps") == "1\n2\n4\n8\n16\n30\n30\n");
}

TEST_CASE("slurm: units share a process, rounds go on until nothing is due, and what fails is tried again") {
    Cluster cluster(ids("solve", 3), {"score-1", "score-fails", "score-3", "score-4", "score-5"});
    cluster.work.bundle = 2;
    cluster.write(slurm_scripts(cluster.work));
    REQUIRE_MESSAGE(cluster.run("submit.sh", "--mem=4G") == 0, read_file(cluster.folder / "printed"));
    CHECK(cluster.count(cluster.work.plan / "result", "") == 8);
    for (const std::string& id : ids("solve", 3))
        CHECK(cluster.runs_of(id) == 3);
    CHECK(cluster.runs_of("score-fails") == 2);
    CHECK(cluster.jobs_with("--array=1-2 ") == 3); // two processes for each of three rounds
    CHECK(cluster.jobs_with("--array=1-3 ") == 1);
}

TEST_CASE("slurm: a unit that always fails ends its job, and nothing after it runs") {
    Cluster cluster({}, {"score-1", "score-fails"});
    cluster.work.retries = 0;
    cluster.write(slurm_scripts(cluster.work));
    CHECK(cluster.run("submit.sh") != 0);
    CHECK(!fs::exists(cluster.work.plan / "result"));
    CHECK(cluster.run("submit.sh") == 0); // a later try goes on
}

TEST_CASE("parallel: passes over what is due, then finish") {
    Cluster cluster(ids("solve", 2), {"score-1", "score-fails", "score-3"});
    cluster.work.access = {"--allow-driver=it's"};
    cluster.write(parallel_scripts(cluster.work));
    REQUIRE_MESSAGE(cluster.run("run.sh", "--jobs 4") == 0, read_file(cluster.folder / "printed"));
    CHECK(cluster.count(cluster.work.plan / "result", "") == 5);
    CHECK(cluster.jobs_with("--joblog") == 4);
    CHECK(cluster.jobs_with("--jobs 4") == 4);
    CHECK(cluster.jobs_with("--retries 4 --timeout 600 --halt soon,fail=5") == 4);
    CHECK(cluster.jobs_with("--jobs 100% ") == 4);
}

TEST_CASE("parallel: units of some threads share the cores, and are told their memory") {
    Cluster cluster({}, {"score-1"});
    cluster.work.threads = 3;
    cluster.work.memory = "2GiB";
    cluster.write(parallel_scripts(cluster.work));
    REQUIRE_MESSAGE(cluster.run("run.sh") == 0, read_file(cluster.folder / "printed"));
    CHECK(cluster.jobs_with("--jobs 33% ") == 1);
    CHECK(cluster.jobs_with("--threads \"$threads\" '--memory=2GiB'") == 1);
}

TEST_CASE("kubernetes: indexed jobs over lists of ids, a step after the other") {
    Cluster cluster(ids("solve", 2), ids("score", 10003));
    cluster.work.image = "maps/zonerank:0.1";
    cluster.work.claim = "maps";
    cluster.work.mount = cluster.home;
    const std::vector<Script> scripts = kubernetes_scripts(cluster.work);
    REQUIRE(scripts.size() == 4);
    const auto score = nlohmann::json::parse(scripts[1].text)["items"];
    REQUIRE(score.size() == 4); // two jobs, two maps of ids
    CHECK(score[0]["spec"]["completions"] == 10000);
    CHECK(score[1]["spec"]["completions"] == 3);
    CHECK(score[3]["data"]["ids"] == "score-10000\nscore-10001\nscore-10002\n");
    const auto pod = score[1]["spec"]["template"]["spec"];
    CHECK(pod["volumes"][1]["configMap"]["name"] == score[3]["metadata"]["name"]);
    CHECK(pod["containers"][0]["volumeMounts"][0]["mountPath"] == cluster.home.string());
    CHECK(pod["containers"][0]["image"] == "maps/zonerank:0.1");
    for (const auto& item : score)
        CHECK(item["metadata"]["name"].get<std::string>().find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
              std::string::npos);
}

TEST_CASE("kubernetes: a list of ids fits into a ConfigMap, whatever the bundle") {
    Cluster cluster({}, ids("score", 200'000));
    cluster.work.bundle = 20;
    const auto items = nlohmann::json::parse(kubernetes_scripts(cluster.work)[0].text)["items"];
    REQUIRE(items.size() == 6);
    std::size_t pods = 0, bytes = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string list = items[i + 3]["data"]["ids"];
        CHECK(list.size() <= 900'000);
        CHECK(items[i]["spec"]["completions"] == std::ranges::count(list, '\n') / 20);
        pods += items[i]["spec"]["completions"].get<std::size_t>();
        bytes += list.size();
    }
    CHECK(pods == 10'000);
    CHECK(bytes == 12 * 100'000 + 13 * 100'000);
}

TEST_CASE("kubernetes: cores and memory are numbers of the file, and units keep to them") {
    Cluster cluster({}, {"score-1"});
    const auto resources_of = [](const ClusterWork& work) {
        const auto job = nlohmann::json::parse(kubernetes_scripts(work)[0].text)["items"][0];
        return job["spec"]["template"]["spec"]["containers"][0]["resources"];
    };
    CHECK(resources_of(cluster.work) ==
          nlohmann::json{{"requests", {{"cpu", "2"}, {"memory", "4Gi"}}}, {"limits", {{"memory", "4Gi"}}}});
    cluster.work.threads = 8;
    cluster.work.memory = "2GiB";
    CHECK(resources_of(cluster.work) ==
          nlohmann::json{{"requests", {{"cpu", "8"}, {"memory", "2560Mi"}}}, {"limits", {{"memory", "2560Mi"}}}});
    const std::string text = kubernetes_scripts(cluster.work)[0].text;
    CHECK(text.find("requests.cpu") < text.find("threads=$THREADS"));
    CHECK(text.find("\"parallelism\"") < text.find("\"resources\""));
    CHECK(text.find("\"resources\"") < text.find("/bin/sh"));
    CHECK(text.find("--memory=2GiB") != std::string::npos);
}

/// The exit code of run.sh, where of the jobs in turn these conditions are told.
static int run_kubernetes(const Cluster& cluster, const std::string& answers) {
    write_file(cluster.folder / "jobs" / "answers", answers);
    return cluster.run("run.sh", "--namespace maps");
}

TEST_CASE("kubernetes: a step begins when the jobs of the last are complete, whatever else is told meanwhile") {
    Cluster cluster(ids("solve", 2), ids("score", 10003));
    cluster.write(kubernetes_scripts(cluster.work));
    REQUIRE(run_kubernetes(cluster, "\nSuspended\n!\nFailureTarget\nNotComplete\n\nSuccessCriteriaMet\nComplete\n\n") ==
            0);
    std::string steps;
    std::istringstream log(read_file(cluster.folder / "jobs" / "log"));
    for (std::string line; std::getline(log, line);) {
        CHECK(line.starts_with("--namespace maps "));
        const std::string file = fs::path(line).filename().string();
        steps += line.find(" delete ") != line.npos   ? "-" + file
                 : line.find(" create ") != line.npos ? "+" + file
                                                      : ".";
    }
    CHECK(steps == "-solve.json+solve.json........-score.json+score.json...-finish.json+finish.json.");
    CHECK(run_kubernetes(cluster, "") == 0); // again
}

TEST_CASE("kubernetes: a job that failed ends it, and so does a cluster that tells nothing more") {
    Cluster cluster(ids("solve", 2), {"score-1"});
    cluster.write(kubernetes_scripts(cluster.work));
    CHECK(run_kubernetes(cluster, "FailureTarget\nFailureTarget Failed\n") != 0);
    CHECK(read_file(cluster.folder / "printed").find("-solve failed; the same command continues") != std::string::npos);
    CHECK(!fs::exists(cluster.folder / "jobs" / "created-score.json"));
    std::string nothing;
    for (int i = 0; i < 60; ++i)
        nothing += "!\n";
    CHECK(run_kubernetes(cluster, nothing) != 0);
    CHECK(read_file(cluster.folder / "printed").find("kubectl has told nothing of job") != std::string::npos);
    CHECK(!fs::exists(cluster.folder / "jobs" / "created-score.json"));
    Cluster::program_file(cluster.folder / "bin" / "kubectl", "#!/bin/sh\nexit 1\n");
    CHECK(cluster.run("run.sh") != 0);
}

/// A pod's command, as the container would run it, with the ids where the ConfigMap would put them.
static int run_pod(const Cluster& cluster, const nlohmann::json& item, const std::string& ids, int index) {
    std::string script = item["spec"]["template"]["spec"]["containers"][0]["command"][2];
    if (const auto at = script.find("/zonerank/ids"); at != std::string::npos)
        script.replace(at, 13, (cluster.folder / "ids").string());
    write_file(cluster.folder / "ids", ids);
    return std::system(
        fmt::format("THREADS=2 JOB_COMPLETION_INDEX={} sh -euc {}", index, shell_quoted(script)).c_str()); // NOLINT
}

TEST_CASE("kubernetes: the pods' commands do all units") {
    Cluster cluster(ids("solve", 3), {"score-1", "score-2", "score-3"});
    cluster.work.bundle = 2;
    const std::vector<Script> scripts = kubernetes_scripts(cluster.work);
    const auto solve = nlohmann::json::parse(scripts[0].text)["items"][0];
    CHECK(solve["spec"]["completions"] == 3);
    const auto score = nlohmann::json::parse(scripts[1].text)["items"];
    for (const std::string& id : ids("solve", 3))
        write_file(cluster.work.plan / "units" / id, "");
    for (int index = 0; index < 3; ++index)
        CHECK(run_pod(cluster, solve, "", index) == 0); // nothing is due any more
    for (int index = 0; index < 2; ++index)
        CHECK(run_pod(cluster, score[0], score[1]["data"]["ids"], index) == 0);
    CHECK(run_pod(cluster, nlohmann::json::parse(scripts[2].text)["items"][0], "", 0) == 0);
    CHECK(cluster.count(cluster.work.plan / "result", "score-") == 3);
    CHECK(cluster.count(cluster.work.plan / "log", "score-") == 3);
}
