// SPDX-License-Identifier: Apache-2.0
#include "rasters/sidecars.hpp"

#include "rasters/core/error.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace zonerank::rasters {

namespace {

constexpr std::string_view beside_any[] = {".ovr", ".msk", ".ovr.msk", ".msk.ovr"}; // behind the whole name

// In the place of the file's ending, of files with one of these endings.
struct Family {
    std::vector<std::string_view> endings, others;
};
const Family families[] = {
    {{".shp"}, {".dbf", ".shx", ".prj", ".qpj", ".cpg", ".qix", ".sbn", ".sbx", ".idm", ".ind"}},
    {{".csv", ".tsv", ".psv"}, {".csvt", ".prj"}},
    {{".gml", ".xml"}, {".gfs", ".xsd"}},
    {{".mif"}, {".mid"}},
    {{".tab"}, {".dat", ".map", ".id", ".ind"}},
    {{".tif", ".tiff"}, {".tfw", ".tifw", ".tiffw", ".wld", ".tab"}},
    {{".jpg", ".jpeg"}, {".jgw", ".jpgw", ".jpegw", ".wld", ".tab"}},
    {{".png"}, {".pgw", ".pngw", ".wld", ".tab"}},
    {{".jp2"}, {".j2w", ".jp2w", ".wld", ".tab"}},
    {{".asc", ".grd"}, {".prj"}},
    {{".bil", ".bip", ".bsq", ".flt", ".hgt"}, {".hdr", ".prj", ".stx", ".clr"}},
};

std::string with_case(std::string_view text, int (*change)(int)) {
    std::string changed(text);
    for (char& c : changed)
        c = static_cast<char>(change(static_cast<unsigned char>(c)));
    return changed;
}

} // namespace

std::vector<std::string> companion_names(const std::string& path) {
    std::vector<std::string> names;
    for (const std::string_view ending : beside_any)
        names.push_back(path + std::string(ending));
    const std::string own = std::filesystem::path(path).extension().string(), ending = with_case(own, std::tolower);
    const std::string stem = path.substr(0, path.size() - own.size());
    for (const Family& family : families)
        if (std::ranges::find(family.endings, ending) != family.endings.end())
            for (const std::string_view other : family.others) {
                names.push_back(stem + std::string(other));
                names.push_back(stem + with_case(other, std::toupper));
            }
    return names;
}

static std::string head_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string head(100, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head;
}

// SQLite in write-ahead mode makes -wal and -shm files even for a reader,
// unless it is told that nobody writes.
bool has_write_ahead_log(const std::string& path) {
    const std::string head = head_of(path);
    if (head.size() < 20 || head.compare(0, 15, "SQLite format 3") != 0 || head[18] != 2)
        return false;
    std::error_code absent;
    const auto pending = std::filesystem::file_size(path + "-wal", absent);
    if (!absent && pending > 0)
        throw Error("{}: another program has changes in {}-wal that are not in the file yet; close it there first",
                    path, path);
    return true;
}

// An overview or mask beside a file may be of any format, so also a VRT that
// nobody checked.
void check_sidecars(const std::string& path) {
    for (const char* extension : {".ovr", ".msk", ".ovr.msk", ".msk.ovr"}) {
        const std::string head = head_of(path + extension);
        if (!head.empty() && head.compare(0, 2, "II") != 0 && head.compare(0, 2, "MM") != 0)
            throw Error("{}{}: overviews and masks are read from TIFF only", path, extension);
    }
}

} // namespace zonerank::rasters
