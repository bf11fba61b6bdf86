// SPDX-License-Identifier: Apache-2.0
#include "engine/cluster/shell_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace zonerank::engine {

// What is done is known by its marker: of each pass the list is new, so that --resume, which counts lines
// of the same list, has no place here.
static constexpr std::string_view before = R"sh(
PARALLEL_SHELL=/bin/sh
export plan zonerank threads PARALLEL_SHELL
share=$((100 / threads)) # of the cores, as many units at once
[ "$share" -gt 0 ] || share=1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
pass=0
while :; do
    "$zonerank" due "$plan" > "$here/due"
    [ -s "$here/due" ] || break
    pass=$((pass + 1))
    parallel --env plan --env zonerank --env threads --jobs "$share%" --max-args "$bundle" --retries $((retries + 1)) \
        --timeout "$limit" --halt soon,fail=5 --joblog "$here/pass-$pass.log" "$@" \
        )sh";

static constexpr std::string_view after = R"sh( :::: "$here/due" || {
        echo "units failed, as $here/pass-$pass.log has it; the same command continues" >&2
        exit 1
    }
done
)sh";

std::vector<Script> parallel_scripts(const ClusterWork& work) {
    const std::string_view comment =
        "Does everything. Words are passed on to GNU parallel: run.sh --jobs 4 --bar, run.sh --sshloginfile machines.\n"
        "# A unit for each core, or for each THREADS cores: THREADS=4 run.sh";
    const std::string unit =
        shell_quoted(R"sh(exec "$zonerank" unit "$plan" {} --threads "$threads")sh" + shell_unit_words(work));
    return {{"run.sh",
             fmt::format("#!/bin/sh\n# {}\nset -eu\n{}threads=${{THREADS:-{}}}\n{}{}{}{}", comment,
                         shell_settings(work), std::max(work.threads, 1U), before, unit, after, shell_finish(work)),
             true}};
}

} // namespace zonerank::engine
