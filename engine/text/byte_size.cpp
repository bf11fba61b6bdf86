// SPDX-License-Identifier: Apache-2.0
#include "engine/text/byte_size.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace zonerank::engine {

namespace {

constexpr double mebibyte = 1 << 20, gibibyte = 1 << 30;

struct SizeUnit {
    std::string_view name; ///< in lower case
    double bytes;
};

constexpr std::array units{SizeUnit{"kib", 0x1p10}, SizeUnit{"mib", 0x1p20}, SizeUnit{"gib", 0x1p30},
                           SizeUnit{"tib", 0x1p40}, SizeUnit{"k", 0x1p10},   SizeUnit{"m", 0x1p20},
                           SizeUnit{"g", 0x1p30},   SizeUnit{"t", 0x1p40},   SizeUnit{"kb", 1e3},
                           SizeUnit{"mb", 1e6},     SizeUnit{"gb", 1e9},     SizeUnit{"tb", 1e12}};

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; });
    return lower;
}

double bytes_of_unit(std::string_view rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const auto unit = std::ranges::find(units, lower_case(rest), &SizeUnit::name);
    return unit == units.end() ? 0 : unit->bytes;
}

} // namespace

std::uint64_t parse_byte_size(std::string_view text) {
    double number = 0;
    const char* const last = text.data() + text.size();
    const auto [end, failed] = std::from_chars(text.data(), last, number, std::chars_format::fixed);
    const double unit = failed == std::errc{} ? bytes_of_unit({end, last}) : 0;
    if (unit == 0 || !std::isfinite(number) || number < 0)
        throw Error("expected a size such as 2GiB or 512MiB, found '{}'", text);
    if (number * unit < mebibyte || number * unit > 0x1p60)
        throw Error("expected a size from 1MiB on, such as 2GiB, found '{}'", text);
    return static_cast<std::uint64_t>(number * unit);
}

std::string byte_size_text(std::uint64_t bytes) {
    const auto size = static_cast<double>(bytes);
    if (size < gibibyte)
        return fmt::format("{:.0f}MiB", size / mebibyte);
    return fmt::format("{:g}GiB", std::round(size / gibibyte * 10) / 10);
}

std::uint64_t round_up(std::uint64_t bytes) {
    const double step = static_cast<double>(bytes) < gibibyte ? 16 * mebibyte : gibibyte / 10;
    return static_cast<std::uint64_t>(std::ceil(std::ceil(static_cast<double>(bytes) / step) * step));
}

} // namespace zonerank::engine
