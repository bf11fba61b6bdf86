// SPDX-License-Identifier: Apache-2.0
#include "engine/text/sha256.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/trace.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <vector>

namespace zonerank::engine {

struct Sha256::Context {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

static void check(int ok) {
    if (ok != 1)
        throw Error("OpenSSL can't compute SHA-256 here");
}

Sha256::Sha256() : m_context(std::make_unique<Context>()) {
    check(EVP_DigestInit_ex(m_context->digest.get(), EVP_sha256(), nullptr));
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    check(EVP_DigestUpdate(m_context->digest.get(), bytes.data(), bytes.size()));
}

std::string Sha256::hex() {
    std::array<unsigned char, 32> sum{};
    check(EVP_DigestFinal_ex(m_context->digest.get(), sum.data(), nullptr));
    return fmt::format("{:02x}", fmt::join(sum, ""));
}

std::string sha256(std::string_view text) {
    Sha256 sum;
    sum.add(text);
    return sum.hex();
}

std::string sha256_of_file(const std::filesystem::path& path) {
    const rasters::StageTimer timer(rasters::Stage::hash);
    std::ifstream file(path, std::ios::binary);
    Sha256 sum;
    std::vector<char> buffer(1 << 18);
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        sum.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
    }
    if (!file.eof())
        throw Error("{}: can't be read", path.string());
    return sum.hex();
}

} // namespace zonerank::engine
