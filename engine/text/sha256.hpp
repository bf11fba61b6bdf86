// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    ~Sha256();

    void add(std::string_view bytes);
    std::string hex(); ///< 64 lower-case digits; nothing can be added afterwards

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

std::string sha256(std::string_view text);

/// Of a file's bytes, read in pieces. Throws Error naming it.
std::string sha256_of_file(const std::filesystem::path& path);

} // namespace zonerank::engine
