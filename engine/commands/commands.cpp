// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/commands.hpp"

namespace zonerank::engine {

std::span<const Command> commands() {
    static const Command all[] = {
        init_command(),    check_command(),   run_command(),  batch_command(), view_command(), explain_command(),
        measure_command(), connect_command(), plan_command(), due_command(),   unit_command(), finish_command(),
        submit_command(),  verify_command(),  diff_command(), list_command(),  man_command(),  completion_command()};
    return all;
}

} // namespace zonerank::engine
