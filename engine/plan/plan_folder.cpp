// SPDX-License-Identifier: Apache-2.0
#include "engine/plan/plan_folder.hpp"

#include "engine/plan/plan_files.hpp"
#include "engine/text/checked_json.hpp"
#include "engine/text/sha256.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/file_lock.hpp"
#include "rasters/core/lock_support.hpp"
#include "rasters/core/whole_file.hpp"
#include "rasters/travel/travel_regions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace zonerank::engine {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;
using rasters::FileDescriptor;

static constexpr const char *lock_name = ".zonerank-lock", *ending = ".plan";

/// What a file of ours says. What can't be read just now is no reason to do it again: it throws.
template <typename Read>
static auto unless_damaged(const Read& read) -> std::optional<decltype(read())> {
    try {
        return read();
    } catch (const rasters::Unreadable&) {
        throw;
    } catch (const Error&) {
        return std::nullopt;
    }
}

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
    return rasters::size_if_there(plan_file()).has_value();
}

std::optional<Plan> PlanFolder::plan() const {
    return exists() ? unless_damaged([&] { return read_plan(plan_file()); }) : std::nullopt;
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

namespace {

/// Where there are no locks, nothing is left of a folder that has no plan yet.
void need_locks(const PlanFolder& folder) {
    try {
        rasters::check_locks(folder.path() / lock_name, folder.path());
    } catch (const Error&) {
        std::error_code ignored;
        if (!folder.exists() && fs::remove(folder.path() / lock_name, ignored))
            fs::remove(folder.path(), ignored); // if nothing else is in it
        throw;
    }
}

} // namespace

// Units don't bring back what is over.
FileDescriptor PlanFolder::lock(bool alone) const {
    check_ours(*this);                 // nothing is put into another's folder
    constexpr int most_removals = 100; // by others who end at once with us
    std::optional<FileDescriptor> lock;
    for (int attempt = 1;; ++attempt)
        try {
            if (alone)
                make_folder(m_path);
            else if (!exists())
                throw PlacedError("{}: there is no plan in it any more", m_path.string());
            lock = rasters::lock_file(m_path / lock_name, alone ? rasters::Lock::alone : rasters::Lock::shared);
            break;
        } catch (const PlacedError&) {
            throw;
        } catch (const Error&) { // the folder has gone meanwhile
            if (attempt == most_removals)
                throw;
        }
    if (!lock)
        throw Error("{}: another zonerank is at work on it", m_path.string());
    need_locks(*this);
    return std::move(*lock);
}

namespace {

std::string part_name(const PlannedUnit& unit, const std::string& sum) {
    return fmt::format("{}-{}.part", unit.id, sum.substr(0, 12));
}

void write_text(const fs::path& file, const std::string& text) {
    rasters::write_whole(file, [&](const fs::path& path) { rasters::write_text(path, text); });
}

} // namespace

void PlanFolder::replace_plan(const Plan& plan) const {
    check_ours(*this);
    make_folder(units());
    write_text(plan_file(), plan_json(plan));
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
    return unless_damaged([&] { // as a power cut may leave it
        const Json json = read_own_json(marker_file(unit), 1, "a unit's marker");
        Marker said{.signature = text_member(json, "signature", true),
                    .part = text_member(json, "part", true),
                    .sha256 = sha256_member(json, unit.id),
                    .bytes = count_member(json, "bytes")};
        if (said.part != part_name(unit, said.sha256))
            throw_wrong("part", "the unit's");
        return said;
    });
}

bool PlanFolder::is_marked(const PlannedUnit& unit) const {
    const std::optional<Marker> said = marker(unit);
    return said && said->signature == unit.signature && rasters::size_if_there(units() / said->part) == said->bytes;
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

// Nothing is synced, so that a power cut may leave a part that is not what its marker tells. It is found out where it
// counts: open() of a run, as finish, looks at all bytes (KeptUnits::drop_damaged()), and a unit at those that it uses
// of others: fields have a hash for each block, of what is small the whole is hashed.
void PlanFolder::keep(const PlannedUnit& unit, const std::function<void(const fs::path&)>& write) const {
    const rasters::Unfinished made(rasters::name_beside(units() / unit.id));
    write(made.path());
    const std::string sum = sha256_of_file(made.path());
    const Json marker{{"program", "zonerank"},
                      {"id", unit.id},
                      {"signature", unit.signature},
                      {"part", part_name(unit, sum)},
                      {"bytes", fs::file_size(made.path())},
                      {"sha256", sum}};
    rasters::rename_over(made.path(), units() / part_name(unit, sum));
    write_text(marker_file(unit), marker.dump() + "\n");
}

void PlanFolder::drop(const PlannedUnit& unit) const {
    fs::remove(marker_file(unit));
}

void PlanFolder::forget() const {
    check_ours(*this);
    remove_ours(units(), is_of_units);
}

// Once the plan is gone no unit begins any more.
bool PlanFolder::end(FileDescriptor lock) const {
    std::error_code ignored;
    fs::remove(plan_file(), ignored);
    return leave(std::move(lock));
}

// Between giving up a shared lock and holding it alone another may plan anew.
bool PlanFolder::leave(FileDescriptor lock) const {
    const auto is_over = [&] {
        std::error_code failed;
        return fs::status(plan_file(), failed).type() == fs::file_type::not_found;
    };
    if (!is_over() || !rasters::change_lock(lock, rasters::Lock::alone) ||
        !rasters::is_named(lock, m_path / lock_name) || !is_over())
        return false;
    remove_with(std::move(lock));
    return true;
}

void PlanFolder::remove(FileDescriptor lock) const {
    try {
        check_ours(*this);
        remove_with(std::move(lock));
    } catch (const std::exception&) { // of another's nothing is removed
    }
}

// The lock last: as long as something is left it tells whose that is. NFS keeps a file that is open in its folder.
void PlanFolder::remove_with(FileDescriptor lock) const {
    try {
        remove_ours(units(), is_of_units);
        remove_ours(m_path, [&](const fs::path& path) { return path == plan_file() || is_plan_being_written(path); });
        std::error_code ignored; // of folders that hold something of another's
        fs::remove(units(), ignored);
        fs::remove(m_path / lock_name, ignored);
        lock = FileDescriptor();
        fs::remove(m_path, ignored);
    } catch (const std::exception&) { // what can't be removed stays
    }
}

} // namespace zonerank::engine
