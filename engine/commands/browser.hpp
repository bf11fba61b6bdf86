// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::engine {

/// "file:///home/a%20b/report.html", of an absolute path.
std::string file_url(const std::filesystem::path& path);

/// The words of the first command in BROWSER (commands are separated by colons; %s is where the
/// address goes, else it goes last).
std::vector<std::string> browser_words(std::string_view browser, const std::string& url);

/// Shows an address in the user's browser: that of BROWSER, or on a desktop what xdg-open
/// finds. No shell reads it. Waits for the command to end. False where there is none, or it failed.
bool open_in_browser(const std::string& url);

} // namespace zonerank::engine
