// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/browser.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <sstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace zonerank::engine {

std::string file_url(const std::filesystem::path& path) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    std::string url = "file://";
    for (const char c : path.string())
        url += plain.find(c) != plain.npos ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return url;
}

std::vector<std::string> browser_words(std::string_view browser, const std::string& url) {
    std::vector<std::string> words;
    bool placed = false;
    std::istringstream first(std::string(browser.substr(0, browser.find(':'))));
    for (std::string word; first >> word; words.push_back(word))
        if (const std::size_t at = word.find("%s"); at != word.npos) {
            word.replace(at, 2, url);
            placed = true;
        }
    if (!words.empty() && !placed)
        words.push_back(url);
    return words;
}

/// What a child says goes nowhere: a search for browsers that are not there fills a screen.
class Silence {
public:
    Silence() {
        posix_spawn_file_actions_init(&m_actions);
        for (const int output : {STDOUT_FILENO, STDERR_FILENO})
            posix_spawn_file_actions_addopen(&m_actions, output, "/dev/null", O_WRONLY, 0);
    }
    ~Silence() { posix_spawn_file_actions_destroy(&m_actions); }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    const posix_spawn_file_actions_t* actions() const { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions{};
};

static bool succeeds(std::vector<std::string> words, const posix_spawn_file_actions_t* actions = nullptr) {
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (words.empty() || posix_spawnp(&child, arguments[0], actions, nullptr, arguments.data(), environ) != 0)
        return false;
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool open_in_browser(const std::string& url) {
    if (const char* browser = std::getenv("BROWSER"); browser && *browser)
        return succeeds(browser_words(browser, url));
    const bool desktop = std::getenv("DISPLAY") || std::getenv("WAYLAND_DISPLAY");
    return desktop && succeeds({"xdg-open", url}, Silence().actions());
}

} // namespace zonerank::engine
