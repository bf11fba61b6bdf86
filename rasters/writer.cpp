// SPDX-License-Identifier: Apache-2.0
#include "rasters/writer.hpp"

#include "rasters/access.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"
#include "rasters/spool.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <type_traits>

namespace zonerank::rasters {

namespace fs = std::filesystem;

namespace {

template <typename T>
constexpr bool is_float = std::is_same_v<T, float>;

template <typename T>
constexpr GDALDataType gdal_type() {
    if (std::is_same_v<T, std::uint64_t>)
        return GDT_UInt64;
    return is_float<T> ? GDT_Float32 : std::is_same_v<T, std::uint8_t> ? GDT_Byte : GDT_UInt16;
}

/// The spool as GDAL sees it while the COG driver copies it.
template <typename T>
class SpoolBand final : public GDALRasterBand {
public:
    explicit SpoolBand(const Spool<T>& spool) : m_spool(spool) {
        nRasterXSize = nBlockXSize = spool.cols();
        nRasterYSize = spool.rows();
        nBlockYSize = 1;
        eDataType = gdal_type<T>();
    }

    double GetNoDataValue(int* success) override {
        if (success)
            *success = TRUE;
        return static_cast<double>(file_no_data<T>);
    }

    std::uint64_t GetNoDataValueAsUInt64(int* success) override {
        if (success)
            *success = TRUE;
        return is_float<T> ? 0 : static_cast<std::uint64_t>(file_no_data<T>);
    }

    CPLErr IReadBlock(int, int row, void* data) override {
        return complain([&] { m_spool.read(0, row, {static_cast<T*>(data), static_cast<std::size_t>(nBlockXSize)}); });
    }

    // Whole rows are read past GDAL's block cache, which would hold the map once more.
    CPLErr IRasterIO(GDALRWFlag flag, int x, int y, int cols, int rows, void* data, int buffer_cols, int buffer_rows,
                     GDALDataType type, GSpacing cell_step, GSpacing row_step, GDALRasterIOExtraArg* extra) override {
        if (flag != GF_Read || buffer_cols != cols || buffer_rows != rows)
            return GDALRasterBand::IRasterIO(flag, x, y, cols, rows, data, buffer_cols, buffer_rows, type, cell_step,
                                             row_step, extra);
        return complain([&] {
            std::vector<T> cells(static_cast<std::size_t>(cols));
            for (int row = 0; row < rows; ++row) {
                m_spool.read(x, y + row, cells);
                GDALCopyWords64(cells.data(), eDataType, sizeof(T), static_cast<char*>(data) + row * row_step, type,
                                static_cast<int>(cell_step), cols);
            }
        });
    }

private:
    template <typename F>
    static CPLErr complain(F&& f) {
        try {
            f();
            return CE_None;
        } catch (const Error& error) {
            CPLError(CE_Failure, CPLE_FileIO, "%s", error.what());
            return CE_Failure;
        }
    }

    const Spool<T>& m_spool;
};

class SpoolDataset final : public GDALDataset {
public:
    template <typename T>
    SpoolDataset(const Spool<T>& spool, const Grid& grid) : m_grid(grid) {
        nRasterXSize = grid.cols;
        nRasterYSize = grid.rows;
        m_crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        if (m_crs.importFromWkt(grid.crs.c_str()) != OGRERR_NONE)
            throw Error("the grid's CRS can't be read back: {}", grid.crs);
        SetBand(1, new SpoolBand<T>(spool)); // the data set owns its bands
    }

    const OGRSpatialReference* GetSpatialRef() const override { return &m_crs; }

    CPLErr GetGeoTransform(double* transform) override {
        const double values[] = {m_grid.edge_x(0), m_grid.cell, 0, m_grid.edge_y(0), 0, -m_grid.cell};
        std::copy_n(values, 6, transform);
        return CE_None;
    }

private:
    const Grid& m_grid;
    OGRSpatialReference m_crs;
};

void set_statistics(GDALRasterBand& band, const Statistics& s) {
    if (s.count == 0)
        return;
    const auto set = [&](const char* name, const std::string& text) { band.SetMetadataItem(name, text.c_str()); };
    set("STATISTICS_MINIMUM", fmt::format("{}", s.min));
    set("STATISTICS_MAXIMUM", fmt::format("{}", s.max));
    set("STATISTICS_MEAN", fmt::format("{}", s.mean));
    set("STATISTICS_STDDEV", fmt::format("{}", s.stddev));
    set("STATISTICS_VALID_PERCENT", fmt::format("{:.4g}", s.valid_percent));
}

/// Overviews of scores are averages, of classes the most frequent one; of 64 bits
/// any cell, because GDAL takes their mode in double.
template <typename T>
const char* overview_resampling(bool classes) {
    if (std::is_same_v<T, std::uint64_t>)
        return "NEAREST";
    return is_float<T> && !classes ? "AVERAGE" : "MODE";
}

CPLStringList cog_options(const char* resampling, bool floats) {
    CPLStringList options;
    options.SetNameValue("COMPRESS", "ZSTD");
    options.SetNameValue("LEVEL", floats ? "1" : "3");
    options.SetNameValue("PREDICTOR", floats ? "FLOATING_POINT" : "NO");
    options.SetNameValue("BLOCKSIZE", "512");
    options.SetNameValue("OVERVIEW_RESAMPLING", resampling);
    options.SetNameValue("OVERVIEWS", "IGNORE_EXISTING");
    options.SetNameValue("NUM_THREADS", "1");
    options.SetNameValue("BIGTIFF", "IF_SAFER");
    return options;
}

/// Removes a file that has not become a result.
class Unfinished {
public:
    explicit Unfinished(fs::path path) : m_path(std::move(path)) {}
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished() {
        std::error_code ignored;
        fs::remove(m_path, ignored);
        fs::remove(m_path.string() + ".ovr.tmp", ignored); // the COG driver's own
    }
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

void copy_to_cog(GDALDataset& source, const fs::path& path, const CPLStringList& options) {
    GdalComplaints complaints;
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("COG");
    if (!driver)
        throw Error("this GDAL can't write cloud-optimised GeoTIFFs");
    GDALDataset* copy = driver->CreateCopy(path.c_str(), &source, FALSE, options.List(), nullptr, nullptr);
    // A full disk may show only when the file is closed, which returns nothing.
    if (copy)
        GDALClose(copy);
    if (!copy || complaints.count() > 0)
        throw Error("can't be written: {}", complaints.first());
}

} // namespace

template <typename T>
struct CogWriter<T>::File {
    fs::path path;
    Grid grid;
    MapOptions options;
    Spool<T> spool;

    File(fs::path p, const Grid& g, MapOptions o)
        : path(std::move(p)), grid(g), options(std::move(o)), spool(path.parent_path(), g.cols, g.rows) {}

    void copy(const fs::path& to) const;
};

// GDAL takes ':' as well as '=' for the end of a key.
static std::string plain(std::string key) {
    std::replace_if(
        key.begin(), key.end(), [](char c) { return c == ':' || c == '='; }, '_');
    return key;
}

template <typename T>
void CogWriter<T>::File::copy(const fs::path& to) const {
    SpoolDataset source(spool, grid);
    for (const auto& [key, value] : options.metadata)
        source.SetMetadataItem(plain(key).c_str(), value.c_str());
    GDALRasterBand& band = *source.GetRasterBand(1);
    band.SetDescription(options.description.c_str());
    set_statistics(band, spool.statistics());
    copy_to_cog(source, to, cog_options(overview_resampling<T>(!options.categories.empty()), is_float<T>));
}

template <typename T>
CogWriter<T>::CogWriter(fs::path path, const Grid& grid, MapOptions options) {
    initialise_gdal();
    m_file = std::make_unique<File>(std::move(path), grid, std::move(options));
}

template <typename T>
CogWriter<T>::CogWriter(CogWriter&&) noexcept = default;

template <typename T>
CogWriter<T>::~CogWriter() = default;

template <typename T>
void CogWriter<T>::write(const Raster<T>& tile) {
    const Window inside = intersection(tile.window(), m_file->grid.window());
    for (int row = inside.row; row < inside.row + inside.rows; ++row)
        m_file->spool.write(inside.col, row,
                            tile.row(row).subspan(static_cast<std::size_t>(inside.col - tile.window().col),
                                                  static_cast<std::size_t>(inside.cols)));
}

template <typename T>
void CogWriter<T>::close() {
    const std::unique_ptr<File> file = std::move(m_file);
    const Unfinished cog(file->path.string() + ".part");
    const Unfinished classes(file->path.string() + ".aux.xml.part");
    in_context(file->path.string(), [&] { file->copy(cog.path()); });
    if (!file->options.categories.empty()) {
        write_text(classes.path(), categories_xml(file->options.categories));
        move_into_place(classes.path(), file->path.string() + ".aux.xml");
    }
    move_into_place(cog.path(), file->path);
}

template class CogWriter<float>;
template class CogWriter<std::uint8_t>;
template class CogWriter<std::uint16_t>;
template class CogWriter<std::uint64_t>;

} // namespace zonerank::rasters
