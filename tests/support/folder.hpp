// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <stdlib.h>

namespace zonerank::tests {

/// A folder of a test's own, removed with all that is in it.
class Folder {
public:
    explicit Folder(const std::filesystem::path& below = std::filesystem::temp_directory_path()) {
        std::string name = (below / "zonerank-test-XXXXXX").string();
        m_path = ::mkdtemp(name.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::filesystem::path& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

/// What a command prints, errors included, and "exit N" at its end when it fails.
inline std::string output_of(const std::string& command) {
    std::string text;
    std::array<char, 4096> buffer{};
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe))
        text.append(buffer.data(), got);
    const int status = ::pclose(pipe);
    return status == 0 ? text : text + "\nexit " + std::to_string(status / 256);
}

} // namespace zonerank::tests
