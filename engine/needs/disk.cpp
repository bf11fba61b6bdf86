// SPDX-License-Identifier: Apache-2.0
#include "engine/needs/disk.hpp"

#include "layers/travel_field.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"

#include <algorithm>
#include <cstdint>

#include <sys/stat.h>

namespace zonerank::engine {

namespace fs = std::filesystem;

double bytes_of_maps(const Prepared& p) {
    const OutputsSpec& wanted = p.study.outputs;
    const auto on_map = static_cast<double>(std::ranges::count_if(p.decision.criteria, &Criterion::on_map));
    constexpr double score = 4, state = 1, reasons = 8, value_and_measurement = 8, spread = 3 * 4 + 1;
    return score + state + (wanted.reasons ? reasons : 0) + (wanted.criteria ? on_map * value_and_measurement : 0) +
           (p.study.stability.maps ? spread : 0);
}

double packed_maps(const Prepared& p, double cells) {
    const rasters::Grid& grid = p.territory.grid;
    const double inside = rasters::ellipsoidal_area(p.territory.area, p.territory.crs) / (grid.cell * grid.cell);
    return bytes_of_maps(p) * cells * std::min(1.0, inside / (1.0 * grid.cols * grid.rows)) * usually_packed;
}

double disk_needed(const Prepared& p, bool sites_only) {
    constexpr double again = 0.5, of_a_site = 20'000; // in four files
    const rasters::Grid& grid = p.territory.grid;
    const double maps = sites_only ? 0 : packed_maps(p, 1.0 * grid.cols * grid.rows) * (1 + again);
    return maps + of_a_site * static_cast<double>(p.territory.candidates.size());
}

double scratch_needed(const Prepared& p) {
    constexpr double times_and_ground = 8;
    double bytes = 0;
    for (const layers::SolvedField& field : p.model->fields()) {
        double all = 0;
        for (const rasters::Grid& grid : field.grids)
            all += times_and_ground * grid.cols * grid.rows;
        bytes += std::max(0.0, all - field.bytes);
    }
    return bytes;
}

static fs::path first_that_exists(fs::path folder) {
    std::error_code failed;
    folder = fs::absolute(folder);
    while (!fs::exists(folder, failed) && folder.has_relative_path())
        folder = folder.parent_path();
    return folder;
}

std::optional<double> free_disk(const fs::path& folder) {
    std::error_code failed;
    const fs::space_info space = fs::space(first_that_exists(folder), failed);
    return failed ? std::nullopt : std::optional(static_cast<double>(space.available));
}

static bool on_one_disk(const fs::path& a, const fs::path& b) {
    struct stat first {
    }, second{};
    return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev;
}

static void check_half(const fs::path& what, const fs::path& folder, double bytes) {
    in_context(what.string(), [&] { rasters::check_space(folder, static_cast<std::uint64_t>(bytes / 2)); });
}

void check_room(const fs::path& folder, double bytes, double of_scratch) {
    const fs::path there = first_that_exists(folder), scratch = layers::scratch_folder();
    if (on_one_disk(there, scratch))
        return check_half(folder, there, bytes + of_scratch);
    check_half(folder, there, bytes);
    check_half(scratch, scratch, of_scratch);
}

void check_disk(const Prepared& p, const fs::path& results) {
    check_room(results, disk_needed(p), scratch_needed(p));
}

} // namespace zonerank::engine
