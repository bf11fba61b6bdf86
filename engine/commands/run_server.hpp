// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// The files of a run's folder that may be shown: those that its manifest lists, and the
/// manifest. Throws Error for a folder that is no run of zonerank's.
std::set<std::string> served_files(const std::filesystem::path& run);

/// One of them as a path without symbolic links; empty for a name that is not among them, is no
/// file, or leads anywhere else.
std::filesystem::path served_path(const std::filesystem::path& run, const std::set<std::string>& files,
                                  const std::string& name);

/// The media type of a file by its name's end; application/octet-stream for others.
std::string_view media_type(std::string_view name);

/// Whether a Host header names this server itself: a name of another's that resolves here
/// (DNS rebinding) does not.
bool is_own_host(std::string_view host, int port);

/// Serves a run on 127.0.0.1, to GET and HEAD alone, until `stop` is set: "/" is its report.
/// `ready` is told the port (0: a free one) once it listens. Throws Error for no run and for a
/// port that can't be had, and what `ready` throws.
void serve_run(const std::filesystem::path& run, int port, const std::atomic<bool>& stop,
               const std::function<void(int port)>& ready);

} // namespace zonerank::engine
