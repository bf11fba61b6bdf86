// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan_folder.hpp"

#include "engine/plan/plan_files.hpp"
#include "engine/text/checked_json.hpp"
#include "engine/text/sha256.hpp"
#include "rasters/core/error.hpp"
#include "rasters/travel/travel_regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <random>
#include <set>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

static constexpr const char *lock_name = ".zonerank-lock", *ending = ".plan";

PlanFolder::PlanFolder(fs::path path) : m_path(std::move(path)) {
    if (m_path.filename() == "plan.json")
        m_path = m_path.parent_path();
    m_path = fs::absolute(m_path).lexically_normal();
    if (!m_path.has_filename())
        m_path = m_path.parent_path();
}

fs::path PlanFolder::beside(const fs::path& results) {
    return fs::path(results) += ending;
}

fs::path PlanFolder::results() const {
    if (m_path.extension() != ending || m_path.stem().empty())
        throw Error("{}: a plan's folder is named after the results that it is for, as out.plan for out",
                    m_path.string());
    return m_path.parent_path() / m_path.stem();
}

bool PlanFolder::exists() const {
    std::error_code failed;
    return fs::is_regular_file(plan_file(), failed);
}

std::optional<Plan> PlanFolder::plan() const {
    try {
        return exists() ? std::optional(read_plan(plan_file())) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

static void make_folder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        throw Error("{}: can't be made: {}", folder.string(), failed.message());
}

namespace {

std::string foreign_in(const PlanFolder& folder) {
    const std::string found = other_than(folder.path(), [&](const fs::path& path) {
        return path.filename() == lock_name || path == folder.units() || is_plan_being_written(path) ||
               (path == folder.plan_file() && is_our_plan(path));
    });
    return found.empty() ? other_than(folder.units(), is_of_units) : found;
}

/// A folder of ours, whatever others have put there too, or one with nothing in it but what is ours.
void check_ours(const PlanFolder& folder) {
    if (folder.exists() && is_our_plan(folder.plan_file()))
        return;
    if (const std::string name = foreign_in(folder); !name.empty())
        throw Error("{}: holds files that are no plan of zonerank ({}); name another folder", folder.path().string(),
                    name);
}

} // namespace

bool PlanFolder::is_begun() const {
    std::error_code failed;
    return (exists() && is_our_plan(plan_file())) || fs::exists(m_path / lock_name, failed);
}

bool PlanFolder::is_empty() const {
    return other_than(units(), is_scratch).empty();
}

// Whoever ends a plan removes its lock: one that was opened just before locks nothing.
static bool is_the_file(const rasters::FileDescriptor& file, const fs::path& path) {
    struct stat opened {
    }, named{};
    return ::fstat(file.get(), &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

// Units don't bring back what is over.
rasters::FileDescriptor PlanFolder::lock(bool alone) const {
    check_ours(*this); // nothing is put into another's folder
    const fs::path path = m_path / lock_name;
    constexpr int most_removals = 100; // at once with us
    for (int attempt = 0;; ++attempt) {
        if (alone)
            make_folder(m_path);
        else if (!exists())
            throw Error("{}: there is no plan in it any more", m_path.string());
        rasters::FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
        if (!file.open() && errno == ENOENT && attempt < most_removals)
            continue;
        if (!file.open())
            throw Error("{}: can't be written to: {}", m_path.string(), std::strerror(errno));
        if (::flock(file.get(), (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0 && errno == EWOULDBLOCK)
            throw Error("{}: another zonerank is at work on it", m_path.string());
        if (is_the_file(file, path))
            return file;
    }
}

namespace {

std::string nobody_elses(const std::string& name) {
    std::random_device random;
    return fmt::format(".{}.tmp-{}-{:08x}", name, ::getpid(), random());
}

std::string part_name(const PlannedUnit& unit, const std::string& sum) {
    return fmt::format("{}-{}.part", unit.id, sum.substr(0, 12));
}

void rename_or_throw(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0)
        throw Error("{}: can't be put in place: {}", to.string(), std::strerror(errno));
}

void write_whole(const fs::path& file, const std::string& text) {
    const rasters::Unfinished made(file.parent_path() / nobody_elses(file.filename().string()));
    rasters::write_text(made.path(), text);
    rename_or_throw(made.path(), file);
}

} // namespace

void PlanFolder::replace_plan(const Plan& plan) const {
    check_ours(*this);
    make_folder(units());
    write_whole(plan_file(), plan_json(plan));
    clear_others(plan);
}

void PlanFolder::clear_others(const Plan& plan) const {
    std::set<fs::path> kept;
    for (const PlannedUnit& unit : plan.units)
        if (unit.stage == Stage::regions)
            kept.insert(regions(unit));
        else if (is_marked(unit))
            kept.insert({part(unit), marker_file(unit)});
    remove_ours(units(), is_of_units, kept);
    remove_ours(m_path, is_plan_being_written);
}

std::optional<PlanFolder::Marker> PlanFolder::marker(const PlannedUnit& unit) const {
    try { // a marker that a power cut has left half is none
        const Json json = read_own_json(marker_file(unit), 1, "a unit's marker");
        Marker said{.signature = text_member(json, "signature", true),
                    .part = text_member(json, "part", true),
                    .sha256 = sha256_member(json, unit.id),
                    .bytes = count_member(json, "bytes")};
        return said.part == part_name(unit, said.sha256) ? std::optional(said) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

bool PlanFolder::is_marked(const PlannedUnit& unit) const {
    const std::optional<Marker> said = marker(unit);
    std::error_code failed;
    return said && said->signature == unit.signature && fs::file_size(units() / said->part, failed) == said->bytes;
}

// What is due of a field's regions, as their files tell.
static std::vector<std::size_t> due_in(const fs::path& folder, std::size_t regions) {
    return rasters::TravelRegions::due_of(folder, regions);
}

bool PlanFolder::is_done(const PlannedUnit& unit) const {
    return unit.stage == Stage::regions ? !std::ranges::binary_search(due_in(regions(unit), unit.of), unit.block)
                                        : is_marked(unit);
}

std::vector<bool> PlanFolder::done(const Plan& plan) const {
    std::vector<bool> done;
    std::map<std::size_t, std::vector<std::size_t>> due; // by field
    for (const PlannedUnit& unit : plan.units) {
        if (unit.stage == Stage::regions && !due.contains(unit.subject))
            due[unit.subject] = due_in(regions(unit), unit.of);
        done.push_back(unit.stage == Stage::regions ? !std::ranges::binary_search(due[unit.subject], unit.block)
                                                    : is_marked(unit));
    }
    return done;
}

fs::path PlanFolder::regions(const PlannedUnit& unit) const {
    return units() / fmt::format("solve-{:02}-{}", unit.subject + 1, unit.signature.substr(0, 12));
}

bool PlanFolder::is_whole(const PlannedUnit& unit) const {
    return is_done(unit) && sha256_of_file(part(unit)) == marker(unit)->sha256;
}

fs::path PlanFolder::part(const PlannedUnit& unit) const {
    if (const std::optional<Marker> said = marker(unit); said && said->signature == unit.signature)
        return units() / said->part;
    throw Error("{}: unit '{}' is not done yet", m_path.string(), unit.id);
}

void PlanFolder::keep(const PlannedUnit& unit, const std::function<void(const fs::path&)>& write) const {
    const rasters::Unfinished made(units() / nobody_elses(unit.id));
    write(made.path());
    const std::string sum = sha256_of_file(made.path());
    const Json marker{{"program", "zonerank"},
                      {"id", unit.id},
                      {"signature", unit.signature},
                      {"part", part_name(unit, sum)},
                      {"bytes", fs::file_size(made.path())},
                      {"sha256", sum}};
    rename_or_throw(made.path(), units() / part_name(unit, sum));
    write_whole(marker_file(unit), marker.dump() + "\n");
}

void PlanFolder::drop(const PlannedUnit& unit) const {
    fs::remove(marker_file(unit));
}

void PlanFolder::forget() const {
    check_ours(*this);
    remove_ours(units(), is_of_units);
}

// The lock last: as long as something is left it tells whose that is.
void PlanFolder::remove() const {
    try {
        check_ours(*this);
        remove_ours(units(), is_of_units);
        remove_ours(m_path, [&](const fs::path& path) { return path == plan_file() || is_plan_being_written(path); });
        std::error_code ignored; // of folders that hold something of another's
        fs::remove(units(), ignored);
        fs::remove(m_path / lock_name, ignored);
        fs::remove(m_path, ignored);
    } catch (const std::exception&) { // what can't be removed stays
    }
}

} // namespace zonerank::engine
