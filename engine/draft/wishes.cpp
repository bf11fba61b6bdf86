// SPDX-License-Identifier: Apache-2.0
#include "engine/draft/wishes.hpp"

#include "layers/terms/problems.hpp"
#include "layers/terms/unit.hpp"
#include "rasters/core/error.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace zonerank::engine {

namespace fs = std::filesystem;

namespace {

std::string nearest_in(const fs::path& folder, const std::string& name) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        names.push_back(entry.path().filename().string());
    return layers::nearest(name, names);
}

[[noreturn]] void throw_no_file(const fs::path& name, const fs::path& folder) {
    for (const fs::path& path : {fs::absolute(name), fs::absolute(folder / name)})
        if (const std::string near = nearest_in(path.parent_path(), path.filename().string()); !near.empty())
            throw Error("{}: no such file; did you mean '{}'?", name.string(), near);
    throw Error("{}: no such file, neither here nor in {}", name.string(), folder.string());
}

/// Given from the working directory, or from the folder of the layers.
std::optional<fs::path> file_at(const fs::path& name, const fs::path& folder) {
    for (const fs::path& path : {fs::absolute(name), fs::absolute(folder / name)})
        if (fs::is_regular_file(path))
            return path.lexically_normal();
    return std::nullopt;
}

std::vector<double> numbers_of(std::string_view text, std::size_t count, std::string_view form) {
    std::vector<double> numbers;
    for (std::string_view rest = text; numbers.size() <= count;) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const std::string part(rest.substr(0, comma));
        std::size_t used = 0;
        double number = NAN;
        try {
            number = std::stod(part, &used);
        } catch (const std::exception&) {
            used = part.size() + 1;
        }
        if (!std::isfinite(number) || part.find_first_not_of(' ', used) != part.npos || used > part.size())
            throw Error("expected {}, found '{}'", form, layers::excerpt(text));
        numbers.push_back(number);
        if (comma == rest.size())
            break;
        rest.remove_prefix(comma + 1);
    }
    if (numbers.size() != count)
        throw Error("expected {}, found '{}'", form, layers::excerpt(text));
    return numbers;
}

double length_of(std::string_view text) {
    const double metres =
        layers::convert(layers::parse_quantity(std::string(text)), layers::base_unit(layers::Dimension::length));
    if (!(metres > 0))
        throw Error("expected a length above 0, found '{}'", layers::excerpt(text));
    return metres;
}

void check_place(double lon, double lat) {
    if (!(std::abs(lon) <= 360 && std::abs(lat) <= 90))
        throw Error("{:g},{:g} is no longitude and latitude; these come in degrees, longitude first", lon, lat);
}

} // namespace

NamedLayer named_layer(std::string_view text, const fs::path& folder) {
    if (const auto whole = file_at(fs::path(text), folder))
        return {.path = *whole};
    for (std::size_t colon = text.rfind(':'); colon != text.npos && colon > 0; colon = text.rfind(':', colon - 1))
        if (const auto file = file_at(fs::path(text.substr(0, colon)), folder))
            return {.path = *file, .layer = std::string(text.substr(colon + 1))};
    throw_no_file(fs::path(text.substr(0, text.rfind(':'))), folder);
}

rasters::Box box_of(std::string_view text) {
    const std::vector<double> edge =
        numbers_of(text, 4, "west,south,east,north in degrees, such as 73.2,32.4,74.6,33.7");
    check_place(edge[0], edge[1]);
    check_place(edge[2], edge[3]);
    if (!(edge[1] < edge[3]))
        throw Error("the south edge {:g} must be below the north edge {:g}", edge[1], edge[3]);
    if (edge[0] == edge[2])
        throw Error("the west edge {:g} is the east edge, too", edge[0]);
    return {edge[0], edge[1], edge[2], edge[3]};
}

rasters::Box box_around(std::string_view place, std::string_view radius) {
    const std::vector<double> at = numbers_of(place, 2, "longitude,latitude in degrees, such as 73.75,33.15");
    check_place(at[0], at[1]);
    constexpr double shortest_degree = 110'570; // metres, of latitude at the equator (WGS 84)
    const double lat = in_context("radius", [&] { return length_of(radius); }) / shortest_degree;
    const double widest = std::abs(at[1]) + lat;
    if (widest >= 89)
        throw Error("{} around {} reaches a pole", radius, place);
    const double lon = lat / std::cos(widest * std::numbers::pi / 180);
    return {at[0] - lon, at[1] - lat, at[0] + lon, at[1] + lat};
}

double cell_of(std::string_view text) {
    return length_of(text);
}

} // namespace zonerank::engine
