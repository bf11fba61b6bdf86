// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/compression.hpp"

#include "rasters/codec/lzw.hpp"
#include "rasters/core/error.hpp"

#include <libdeflate.h>
#include <zstd.h>

#include <cassert>
#include <cstring>
#include <memory>
#include <new>

namespace zonerank::rasters {

namespace {

template <auto destroy>
struct Destroy {
    template <typename T>
    void operator()(T* p) const {
        destroy(p);
    }
};

template <typename T, auto destroy>
using Owned = std::unique_ptr<T, Destroy<destroy>>;

/// Each thread keeps its own: making one costs as much as packing a tile.
struct Contexts {
    Owned<libdeflate_decompressor, libdeflate_free_decompressor> inflate;
    Owned<libdeflate_compressor, libdeflate_free_compressor> deflate;
    int deflate_level = 0;
    Owned<ZSTD_DCtx, ZSTD_freeDCtx> unzstd;
    Owned<ZSTD_CCtx, ZSTD_freeCCtx> zstd;
};

Contexts& contexts() {
    static thread_local Contexts contexts;
    return contexts;
}

template <typename Owner, typename Make>
auto* made(Owner& owner, Make&& make) {
    if (!owner)
        owner.reset(make());
    if (!owner)
        throw std::bad_alloc();
    return owner.get();
}

} // namespace

static std::size_t inflate(std::span<const std::byte> packed, std::span<std::byte> bytes) {
    auto* context = made(contexts().inflate, libdeflate_alloc_decompressor);
    std::size_t n = 0;
    const libdeflate_result result =
        libdeflate_zlib_decompress(context, packed.data(), packed.size(), bytes.data(), bytes.size(), &n);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
        throw Error("more than {} bytes", bytes.size());
    if (result != LIBDEFLATE_SUCCESS)
        throw Error("not what deflate writes");
    return n;
}

static std::size_t unzstd(std::span<const std::byte> packed, std::span<std::byte> bytes) {
    auto* context = made(contexts().unzstd, ZSTD_createDCtx);
    const std::size_t n = ZSTD_decompressDCtx(context, bytes.data(), bytes.size(), packed.data(), packed.size());
    if (ZSTD_isError(n))
        throw Error("not what zstd writes: {}", ZSTD_getErrorName(n));
    return n;
}

static std::size_t copied(std::span<const std::byte> packed, std::span<std::byte> bytes) {
    if (packed.size() > bytes.size())
        throw Error("more than {} bytes", bytes.size());
    if (!packed.empty())
        std::memcpy(bytes.data(), packed.data(), packed.size());
    return packed.size();
}

std::size_t decompress(Compression compression, std::span<const std::byte> packed, std::span<std::byte> bytes) {
    switch (compression) {
    case Compression::deflate:
        return inflate(packed, bytes);
    case Compression::lzw:
        return unpack_lzw(packed, bytes);
    case Compression::zstd:
        return unzstd(packed, bytes);
    case Compression::none:
        break;
    }
    return copied(packed, bytes);
}

static std::size_t deflate(int level, std::span<const std::byte> bytes, Bytes& packed) {
    if (contexts().deflate_level != level)
        contexts().deflate.reset();
    contexts().deflate_level = level;
    auto* context = made(contexts().deflate, [&] { return libdeflate_alloc_compressor(level); });
    packed.resize(libdeflate_zlib_compress_bound(context, bytes.size()));
    return libdeflate_zlib_compress(context, bytes.data(), bytes.size(), packed.data(), packed.size());
}

static std::size_t zstd(int level, std::span<const std::byte> bytes, Bytes& packed) {
    auto* context = made(contexts().zstd, ZSTD_createCCtx);
    packed.resize(ZSTD_compressBound(bytes.size()));
    // A table that stays in the nearest cache: 10 % faster, 0.1 % more bytes of scores.
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context, ZSTD_c_hashLog, level == 1 ? 11 : 0);
    const std::size_t n = ZSTD_compress2(context, packed.data(), packed.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(n)) // there is room for anything: it is the memory
        throw std::bad_alloc();
    return n;
}

void compress(Compression compression, int level, std::span<const std::byte> bytes, Bytes& packed) {
    assert(compression != Compression::lzw);
    if (compression == Compression::deflate)
        return packed.resize(deflate(level, bytes, packed));
    if (compression == Compression::zstd)
        return packed.resize(zstd(level, bytes, packed));
    packed.resize(bytes.size());
    copied(bytes, packed);
}

} // namespace zonerank::rasters
