// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace zonerank::engine {

/// Bytes of "2GiB", "512 MiB", "1.5 GB", "800M": a number above 0 and a unit, upper or lower case: KiB, MiB, GiB, TiB
/// (also K, M, G, T) of 1024, kB, MB, GB, TB of 1000. Throws Error that tells what is expected, also when that is
/// less than a mebibyte or more than 2^60 bytes.
std::uint64_t parse_byte_size(std::string_view text);

/// As parse_byte_size() reads it: "2GiB", "1.5GiB", "640MiB"; in mebibytes below 1 GiB, rounded to the nearest.
std::string byte_size_text(std::uint64_t bytes);

/// Up to what byte_size_text() tells without rounding: 16 MiB below 1 GiB, a tenth of a GiB above.
std::uint64_t round_up(std::uint64_t bytes);

} // namespace zonerank::engine
