// SPDX-License-Identifier: Apache-2.0
#include "rasters/reader.hpp"

#include "rasters/core/error.hpp"
#include "rasters/mosaic.hpp"
#include "rasters/native.hpp"
#include "rasters/placement.hpp"
#include "rasters/resample.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace zonerank::rasters {

namespace {

// Pixels held at a time by one thread (doubles: 32 MB).
constexpr std::int64_t most_pixels = std::int64_t{4} << 20;

// The largest single cell, in pixels, before the user is asked to coarsen.
constexpr std::int64_t largest_cell = std::int64_t{64} << 20;

// Cells of one call (floats: 1 GB).
constexpr std::int64_t largest_window = std::int64_t{1} << 28;

// Cells so much larger than the pixels are averaged. Below the square root of 2,
// where the native grid still counts as the pixels' own, they are interpolated.
constexpr double many_to_one = 1.5;

Crs chosen_crs(const BandFacts& facts, const RasterSource& source) {
    if (source.crs && (source.override_crs || !facts.crs.known()))
        return *source.crs;
    if (!facts.crs.known())
        throw Error("{} has no CRS; write which one it is in, as in `crs: EPSG:32643`", facts.path);
    if (source.crs && !same(facts.crs, *source.crs))
        throw Error("{}: is in {}, not in {}; if the file is wrong say `override: true`", facts.path, facts.crs.label(),
                    source.crs->label());
    return facts.crs;
}

std::vector<BandFacts> look_at(const RasterSource& source, const Access& access) {
    if (source.paths.empty())
        throw Error("a raster without a file");
    std::vector<BandFacts> all;
    for (const std::string& path : source.paths) {
        BandFacts facts = band_facts(path, source.band, access);
        facts.crs = chosen_crs(facts, source);
        all.push_back(std::move(facts));
    }
    return all;
}

// Neighbours in the list that share a lattice of pixels become one mosaic, so
// that no seam shows between them.
std::vector<Mosaic> mosaics_of(std::vector<BandFacts> all, const RasterSource& source, const Access& access) {
    std::vector<Mosaic> mosaics;
    for (auto from = all.begin(); from != all.end();) {
        const auto to = std::find_if_not(from, all.end(), [&](const BandFacts& f) { return share_lattice(*from, f); });
        mosaics.emplace_back(std::vector(from, to), source.band, source.nodata, access);
        from = to;
    }
    return mosaics;
}

RasterInfo info_of(const std::vector<BandFacts>& all, const std::vector<Mosaic>& mosaics, const RasterSource& source) {
    const Mosaic& first = mosaics.front();
    RasterInfo info;
    info.crs = first.crs();
    for (const Mosaic& mosaic : mosaics)
        info.box.add(reproject(mosaic.box(), Transform(mosaic.crs(), info.crs)));
    const PixelTransform& t = first.transform();
    info.cell_x = std::hypot(t[1], t[4]);
    info.cell_y = std::hypot(t[2], t[5]);
    info.turned = t[2] != 0 || t[4] != 0;
    if (mosaics.size() == 1) {
        info.cols = first.extent().cols;
        info.rows = first.extent().rows;
    } else {
        info.cols = static_cast<int>(std::min(std::round(info.box.width() / info.cell_x), 2e9));
        info.rows = static_cast<int>(std::min(std::round(info.box.height() / info.cell_y), 2e9));
    }
    info.categories = all.front().categories;
    info.guessed = !source.values.has_value();
    info.values = source.values.value_or(all.front().classes ? Values::classes : Values::continuous);
    return info;
}

Method method_of(const RasterSource& source, const RasterInfo& info, const Grid& grid) {
    switch (source.resample) {
    case Resample::nearest:
        return Method::nearest;
    case Resample::bilinear:
        return Method::bilinear;
    case Resample::cubic:
        return Method::cubic;
    case Resample::average:
        return Method::average;
    case Resample::automatic:
        break;
    }
    if (info.values == Values::classes)
        return Method::nearest;
    if (info.values == Values::counts)
        return Method::sum;
    return grid.cell >= many_to_one * source_cell(info, grid) ? Method::average : Method::bilinear;
}

} // namespace

struct RasterReader::Source {
    // A mosaic and where the grid's cells lie on it.
    struct Layer {
        Mosaic mosaic;
        Placement placement;
        std::optional<Cell> first; ///< the grid's first pixel, where its cells are the raster's pixels
    };

    Grid grid;
    RasterInfo info;
    Method method = Method::nearest;
    std::vector<Layer> layers{}; ///< the last one lies on top

    Resampled read(const Layer& layer, const Window& window) const;
    void read_part(const Layer& layer, const Window& whole, std::span<const Point> places, const Window& part,
                   Resampled& result) const;
};

namespace {

// Of the places of a whole window, those of a part.
std::vector<Point> cut(std::span<const Point> places, const Window& whole, const Window& part, int more) {
    std::vector<Point> result;
    for (int row = part.row; row < part.row + part.rows + more; ++row) {
        const auto from = places.begin() + (1LL * (row - whole.row) * (whole.cols + more) + (part.col - whole.col));
        result.insert(result.end(), from, from + part.cols + more);
    }
    return result;
}

void paste(const Resampled& part, Resampled& whole) {
    const Window& window = part.values.window();
    for (int row = window.row; row < window.row + window.rows; ++row)
        for (int col = window.col; col < window.col + window.cols; ++col) {
            whole.values[{col, row}] = part.values[{col, row}];
            whole.share[{col, row}] = part.share[{col, row}];
        }
}

// The pixels to be read for some places: what there is of them in the mosaic.
Window needed_pixels(std::span<const Point> places, const Mosaic& mosaic) {
    Window pixels = pixels_around(places);
    const Window extent = mosaic.extent();
    const int period = mosaic.period();
    if (period == 0)
        return intersection(pixels, extent);
    // Cells at the far side of the globe, which are unrolled, reach farther.
    if (pixels.cols > period / 2)
        pixels = {pixels.col - period / 2, pixels.row, pixels.cols + period, pixels.rows};
    return intersection(pixels, {pixels.col, extent.row, pixels.cols, extent.rows});
}

std::array<Window, 2> halves(const Window& w) {
    if (w.cols >= w.rows)
        return {Window{w.col, w.row, w.cols / 2, w.rows}, {w.col + w.cols / 2, w.row, w.cols - w.cols / 2, w.rows}};
    return {Window{w.col, w.row, w.cols, w.rows / 2}, {w.col, w.row + w.rows / 2, w.cols, w.rows - w.rows / 2}};
}

// What is below shows where the upper layers had no data.
void blend_below(const Resampled& below, Method method, std::span<double> sums, std::span<double> shares) {
    constexpr double sliver = 1e-6;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const double share = static_cast<double>(below.share.values()[i]);
        const double seen = std::min(share, 1 - shares[i]);
        if (seen < sliver && shares[i] > 0)
            continue;
        if (share > 0)
            sums[i] += static_cast<double>(below.values.values()[i]) * (method == Method::sum ? seen / share : seen);
        shares[i] += seen;
    }
}

} // namespace

void RasterReader::Source::read_part(const Layer& layer, const Window& whole, std::span<const Point> places,
                                     const Window& part, Resampled& result) const {
    const bool all = part == whole;
    const std::vector<Point> some = all ? std::vector<Point>() : cut(places, whole, part, by_area(method) ? 1 : 0);
    const std::span<const Point> here = all ? places : std::span<const Point>(some);
    const Window pixels = needed_pixels(here, layer.mosaic);
    if (pixels.empty())
        return;
    if (pixels.size() > most_pixels && part.size() > 1) {
        for (const Window& half : halves(part))
            read_part(layer, whole, places, half, result);
        return;
    }
    if (pixels.size() > largest_cell)
        throw Error("a cell of {:g} m holds {} pixels of the raster; coarsen it first", grid.cell, pixels.size());
    Resampled read = resample(method, layer.mosaic.read(pixels), here, part, layer.mosaic.period());
    if (all)
        result = std::move(read);
    else
        paste(read, result);
}

// Every method makes a pixel's own number of a cell that is that pixel.
static Tile read_pixels(const Mosaic& mosaic, Cell first, const Window& window) {
    Tile tile = mosaic.read_tile({window.col + first.col, window.row + first.row, window.cols, window.rows});
    tile.place(window);
    return tile;
}

static Tile shares_of(const Tile& values) {
    Tile share = Tile::unset(values.window());
    std::ranges::transform(values.values(), share.values().begin(),
                           [](float value) { return std::isnan(value) ? 0.0F : 1.0F; });
    return share;
}

Resampled RasterReader::Source::read(const Layer& layer, const Window& window) const {
    if (layer.first) {
        Tile values = read_pixels(layer.mosaic, *layer.first, window);
        Tile share = shares_of(values);
        return {std::move(values), std::move(share)};
    }
    Resampled result{Tile(window, no_data), Tile(window)};
    const std::vector<Point> places = layer.placement.places(window, by_area(method));
    read_part(layer, window, places, window, result);
    return result;
}

RasterInfo inspect(const RasterSource& source, const Access& access) {
    const std::vector<BandFacts> all = look_at(source, access);
    return info_of(all, mosaics_of(all, source, access), source);
}

RasterReader::RasterReader(RasterSource source, const Grid& grid, const Access& access) {
    const std::vector<BandFacts> all = look_at(source, access);
    std::vector<Mosaic> mosaics = mosaics_of(all, source, access);
    auto made = std::make_shared<Source>(Source{grid, info_of(all, mosaics, source)});
    in_context(source.paths.front(), [&] {
        made->method = method_of(source, made->info, grid);
        for (Mosaic& mosaic : mosaics) {
            Placement placement(grid, mosaic);
            const std::optional<Cell> first = placement.first_pixel(grid.window());
            made->layers.push_back({std::move(mosaic), std::move(placement), first});
        }
    });
    m_source = std::move(made);
}

const RasterInfo& RasterReader::info() const {
    return m_source->info;
}

const Grid& RasterReader::grid() const {
    return m_source->grid;
}

bool RasterReader::cells_are_pixels() const {
    return m_source->layers.size() == 1 && m_source->layers.front().first.has_value();
}

Tile RasterReader::read(Window window) const {
    const Source& source = *m_source;
    if (window.size() > largest_window)
        throw Error("{} x {} cells are too many to read at once", window.cols, window.rows);
    if (cells_are_pixels())
        return read_pixels(source.layers.front().mosaic, *source.layers.front().first, window);
    if (source.layers.size() == 1)
        return source.read(source.layers.front(), window).values;

    std::vector<double> sums(static_cast<std::size_t>(window.size())), shares(sums.size());
    for (auto layer = source.layers.rbegin(); layer != source.layers.rend(); ++layer)
        blend_below(source.read(*layer, window), source.method, sums, shares);
    Tile tile(window, no_data);
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (shares[i] > 0)
            tile.values()[i] = static_cast<float>(source.method == Method::sum ? sums[i] : sums[i] / shares[i]);
    return tile;
}

} // namespace zonerank::rasters
