// SPDX-License-Identifier: Apache-2.0
// Any bytes as a TIFF: null, an Error or values, nothing else. How to run it: README.md.
#include "rasters/codec/tiff_file.hpp"
#include "rasters/core/error.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

using namespace zonerank;
using namespace zonerank::rasters;

static constexpr std::size_t most_values = std::size_t{1} << 22; ///< bytes of a block; larger ones only take time
static constexpr int most_blocks = 64;

static void read_blocks(const TiffFile& file) {
    const TiffLayout& layout = file.layout();
    if (file.block_bytes() * layout.block_samples() > most_values)
        return;
    Bytes block(file.block_bytes());
    for (int i = 0; i < most_blocks && i / layout.blocks_across() < layout.blocks_down(); ++i)
        try {
            file.read(i % layout.blocks_across(), i / layout.blocks_across(), block);
        } catch (const Error&) { // of this block only
        }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const int memory = ::memfd_create("tiff_fuzz", MFD_CLOEXEC);
    static const std::string path = "/proc/self/fd/" + std::to_string(memory);
    if (::ftruncate(memory, 0) != 0 || ::pwrite(memory, data, size, 0) != static_cast<ssize_t>(size))
        return 0;
    for (int band = 1; band <= 4; ++band)
        if (const auto file = TiffFile::open(path, band))
            read_blocks(*file);
    return 0;
}
