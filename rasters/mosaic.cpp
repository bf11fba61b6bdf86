// SPDX-License-Identifier: Apache-2.0
#include "rasters/mosaic.hpp"

#include "rasters/core/error.hpp"
#include "rasters/core/trace.hpp"
#include "rasters/tiff_window.hpp"

#include <gdal_priv.h>
#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <mutex>
#include <utility>

namespace zonerank::rasters {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_open = 64;

struct OpenBand {
    std::shared_ptr<GDALDataset> dataset;
    GDALRasterBand* band = nullptr;
};

OpenBand open_band(const std::string& path, int number, const Access& access) {
    OpenBand result{open(path, DatasetKind::raster, access)};
    in_context(path, [&] { result.band = &band_of(*result.dataset, number); });
    return result;
}

double measurement(double raw, const Calibration& calibration) {
    if (calibration.nodata && raw == *calibration.nodata)
        return nan;
    const double value = raw * calibration.scale + calibration.offset;
    return std::isfinite(static_cast<float>(value)) ? value : nan; // beyond a float there is no measurement
}

} // namespace

// Between all mosaics: these libraries have global state.
static std::mutex& one_reader() {
    static std::mutex mutex;
    return mutex;
}

struct Mosaic::Handles {
    using Bands = std::map<std::size_t, OpenBand>;

    tbb::enumerable_thread_specific<Bands> of_thread{};
    Bands of_all{}; ///< of formats that are read by one thread at a time

    // A mosaic may have more files than a process may have open.
    template <typename Open>
    static OpenBand& find(Bands& bands, std::size_t file, Open&& open_file) {
        const auto found = bands.find(file);
        if (found != bands.end())
            return found->second;
        if (bands.size() >= most_open)
            bands.clear();
        return bands.emplace(file, open_file()).first->second;
    }
};

static Window united(const Window& a, const Window& b) {
    const int col = std::min(a.col, b.col), row = std::min(a.row, b.row);
    return {col, row, std::max(a.col + a.cols, b.col + b.cols) - col, std::max(a.row + a.rows, b.row + b.rows) - row};
}

// Columns around the globe, if a whole number of them closes the circle.
static int columns_around(const Crs& crs, const PixelTransform& t) {
    const double around = 360 / std::abs(t[1]);
    const bool closes = std::abs(std::round(around) - around) < 0.01;
    return crs.geographic && t[2] == 0 && t[4] == 0 && around < 1e9 && closes ? static_cast<int>(std::round(around))
                                                                              : 0;
}

// Null: GDAL reads it. So it does what has been replaced since it was looked at.
static std::shared_ptr<const TiffFile> tiff_of(const BandFacts& facts, int band) {
    if (!facts.tiff || facts.masked || !std::filesystem::is_regular_file(facts.path))
        return nullptr;
    auto tiff = shared_tiff(facts.path, band);
    const bool same = tiff && tiff->layout().cols == facts.cols && tiff->layout().rows == facts.rows &&
                      (tiff->layout().type == SampleType::i8) == facts.signed_bytes;
    return same ? tiff : nullptr;
}

Mosaic::Mosaic(std::vector<BandFacts> files, int band, std::optional<double> nodata, Access access)
    : m_band(band), m_access(std::move(access)), m_handles(std::make_shared<Handles>()) {
    assert(!files.empty());
    const BandFacts first = files.front();
    m_extent = {0, 0, first.cols, first.rows};
    for (BandFacts& facts : files) {
        if (!share_lattice(first, facts))
            throw Error("{}: its pixels do not lie on the lattice of {}", facts.path, first.path);
        const Point start = offset_between(first, facts);
        const Window window{static_cast<int>(std::round(start.x)), static_cast<int>(std::round(start.y)), facts.cols,
                            facts.rows};
        m_extent = united(m_extent, window);
        auto tiff = tiff_of(facts, band);
        if (nodata)
            facts.hold_nodata(*nodata);
        m_files.push_back({std::move(facts), window, std::move(tiff)});
    }
    m_period = columns_around(crs(), transform());
    // Opened here, by the thread that has looked at the file already: HDF5
    // prints to the terminal in others.
    if (first.one_at_a_time) {
        const std::lock_guard lock(one_reader());
        m_handles->of_all.emplace(0, open_band(first.path, m_band, m_access));
    }
}

Box Mosaic::box() const {
    Box box;
    const Window& e = m_extent;
    for (const int col : {e.col, e.col + e.cols})
        for (const int row : {e.row, e.row + e.rows})
            box.add(applied(transform(), {1.0 * col, 1.0 * row}));
    return box;
}

Raster<double> Mosaic::read(Window pixels) const {
    return read_all<double>(pixels);
}

Tile Mosaic::read_tile(Window pixels) const {
    return read_all<float>(pixels);
}

Calibration Mosaic::calibration(const File& file) {
    return {file.facts.scale, file.facts.offset, file.facts.nodata};
}

template <typename T>
Raster<T> Mosaic::read_all(Window pixels) const {
    const StageTimer timer(Stage::read);
    const File& first = m_files.front();
    if (m_files.size() == 1 && !pixels.empty() && first.tiff && intersection(first.window, pixels) == pixels) {
        auto result = Raster<T>::unset(pixels);
        const Window in_file{pixels.col - first.window.col, pixels.row - first.window.row, pixels.cols, pixels.rows};
        read_tiff(first.tiff, calibration(first), Gaps::are_nan, in_file, pixels, result);
        return result;
    }
    Raster<T> result(pixels, std::numeric_limits<T>::quiet_NaN());
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        read_file(i, 0, result);
        if (m_period == 0)
            continue;
        const Window& file = m_files[i].window;
        // All the times around the globe at which the file meets the window.
        const int from = (pixels.col - file.col - file.cols) / m_period - 1;
        const int to = (pixels.col + pixels.cols - file.col) / m_period + 1;
        for (int turn = from; turn <= to; ++turn)
            if (turn != 0)
                read_file(i, turn * m_period, result);
    }
    return result;
}

template <typename T>
static std::vector<T> pixels_of(GDALRasterBand& band, GDALDataType type, const Window& part, const std::string& path) {
    const GdalComplaints complaints;
    std::vector<T> values(static_cast<std::size_t>(part.size()));
    const CPLErr outcome = band.RasterIO(GF_Read, part.col, part.row, part.cols, part.rows, values.data(), part.cols,
                                         part.rows, type, 0, 0, nullptr);
    if (outcome != CE_None || complaints.count() > 0)
        throw Error("{}: damaged or truncated: {}", path,
                    complaints.count() > 0 ? complaints.first() : "a block can't be read");
    return values;
}

// What the window holds of the file, whose columns are shifted by `shift`.
template <typename T>
void Mosaic::read_file(std::size_t index, int shift, Raster<T>& into) const {
    const File& file = m_files[index];
    Window place = file.window;
    place.col += shift;
    const Window part = intersection(place, into.window());
    if (part.empty())
        return;
    const Window in_file{part.col - place.col, part.row - place.row, part.cols, part.rows};
    if (file.tiff)
        read_tiff(file.tiff, calibration(file), Gaps::stay, in_file, part, into);
    else
        read_by_gdal(index, in_file, part, into);
}

template <typename T>
void Mosaic::read_by_gdal(std::size_t index, Window in_file, Window part, Raster<T>& into) const {
    const File& file = m_files[index];
    const bool alone = file.facts.one_at_a_time;
    const auto lock = alone ? std::unique_lock(one_reader()) : std::unique_lock<std::mutex>();
    const std::string& path = file.facts.path;
    const OpenBand& open = Handles::find(alone ? m_handles->of_all : m_handles->of_thread.local(), index,
                                         [&] { return open_band(path, m_band, m_access); });
    auto raw = pixels_of<double>(*open.band, GDT_Float64, in_file, path);
    if (file.facts.signed_bytes)
        std::ranges::transform(raw, raw.begin(), [](double byte) { return byte < 128 ? byte : byte - 256; });
    const auto mask = file.facts.masked ? pixels_of<unsigned char>(*open.band->GetMaskBand(), GDT_Byte, in_file, path)
                                        : std::vector<unsigned char>{};
    std::size_t i = 0;
    for (int row = part.row; row < part.row + part.rows; ++row)
        for (int col = part.col; col < part.col + part.cols; ++col, ++i) {
            const double value = measurement(raw[i], calibration(file));
            if (!std::isnan(value) && (mask.empty() || mask[i] != 0))
                into[{col, row}] = static_cast<T>(value);
        }
}

} // namespace zonerank::rasters
