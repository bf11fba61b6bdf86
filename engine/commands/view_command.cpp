// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/browser.hpp"
#include "engine/commands/json_output.hpp"
#include "engine/commands/run_server.hpp"
#include "engine/text/escape.hpp"
#include "rasters/core/error.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace zonerank::engine {

namespace {

struct Options {
    std::filesystem::path run;
    int port = 0;
    bool serve = false, json = false;
};

void tell_address(const std::string& url, bool json, bool opened) {
    if (json)
        print_json({{"ok", true}, {"url", url}, {"opened", opened}});
    else
        fmt::print("{}\n", url);
    std::fflush(stdout); // who started us may wait for it
}

int serve(const Options& options, const std::atomic<bool>& stop) {
    serve_run(options.run, options.port, stop, [&](int port) {
        tell_address(fmt::format("http://127.0.0.1:{}/", port), options.json, false);
        if (!options.json)
            fmt::print(stderr, "Ctrl-C ends it\n");
    });
    return ok;
}

int view(const Options& options, const std::atomic<bool>& stop) {
    const std::set<std::string> files = served_files(options.run);
    if (served_path(options.run, files, "report.html").empty())
        throw Error("{}: has no report.html of this run; `outputs: {{report: true}}` makes it", options.run.string());
    if (options.serve)
        return serve(options, stop);
    const std::string url = file_url(std::filesystem::canonical(options.run) / "report.html");
    const bool opened = open_in_browser(url);
    tell_address(url, options.json, opened);
    return ok;
}

Work declare(CLI::App& command) {
    const auto options = std::make_shared<Options>();
    command.add_option("RUN", options->run, "the folder of a run's results")->required();
    CLI::Option* const serve = command
                                   .add_option("--serve", options->port,
                                               "serve the folder on 127.0.0.1 until Ctrl-C instead; at this port, or "
                                               "at a free one")
                                   ->expected(0, 1)
                                   ->default_str("0")
                                   ->check(CLI::Range(0, 65535));
    add_json_option(command, options->json, "the report's address and whether a browser opened it");
    command.footer(R"(Opens RUN/report.html in the browser that BROWSER names, or that of the desktop, and prints its
address. What --serve shows are the files that the run's manifest lists, to this machine alone.
Example: zonerank view out)");
    return [options, serve](const std::atomic<bool>& stop) {
        options->serve = serve->count() > 0;
        return view(*options, stop);
    };
}

} // namespace

Command view_command() {
    return {"view", "open the report of a run in the browser, or serve its folder to this machine", declare};
}

} // namespace zonerank::engine
