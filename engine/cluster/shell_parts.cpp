// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/shell_parts.hpp"

#include <fmt/format.h>

namespace zonerank::engine {

std::string shell_quoted(std::string_view text) {
    std::string quoted = "'";
    for (const char letter : text)
        quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return quoted + "'";
}

std::string shell_settings(const ClusterWork& work) {
    return fmt::format("plan={}\nzonerank={}\nbundle={}\nretries={}\nlimit={}\n", shell_quoted(work.plan.string()),
                       shell_quoted(work.zonerank), work.bundle, work.retries, seconds_of_process(work));
}

std::int64_t seconds_of_process(const ClusterWork& work) {
    return std::int64_t{work.time_limit} * work.bundle;
}

static std::string quoted_words(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += " " + shell_quoted(word);
    return text;
}

std::string shell_access(const ClusterWork& work) {
    return quoted_words(work.access);
}

std::string shell_unit_words(const ClusterWork& work) {
    return shell_access(work) + (work.memory.empty() ? "" : " " + shell_quoted("--memory=" + work.memory));
}

std::string shell_do_units(const ClusterWork& work) {
    return fmt::format(R"(
do_units() {{
    try=0
    until timeout --kill-after=10 "$limit" "$zonerank" unit "$plan" "$@" --threads "$threads"{}; do
        [ "$try" -lt "$retries" ] || exit 1
        sleep $((try < 5 ? 1 << try : {}))
        try=$((try + 1))
    done
}}
)",
                       shell_unit_words(work), longest_pause);
}

std::string shell_finish(const ClusterWork& work) {
    return fmt::format("\"$zonerank\" finish \"$plan\"{}{}\n", shell_access(work), quoted_words(work.finish));
}

std::vector<std::string> lists_of(const std::vector<std::string>& ids, std::size_t most) {
    std::vector<std::string> lists;
    for (std::size_t i = 0; i < ids.size(); i++) {
        if (i % most == 0)
            lists.emplace_back();
        lists.back() += ids[i] + "\n";
    }
    return lists;
}

} // namespace zonerank::engine
