// SPDX-License-Identifier: Apache-2.0
#include "rasters/writer.hpp"

#include "rasters/codec/block_assembly.hpp"
#include "rasters/codec/block_statistics.hpp"
#include "rasters/codec/pyramid.hpp"
#include "rasters/codec/tile_spool.hpp"
#include "rasters/core/error.hpp"
#include "rasters/core/files.hpp"
#include "rasters/core/trace.hpp"
#include "rasters/geo_keys.hpp"

#include <algorithm>

namespace zonerank::rasters {

namespace fs = std::filesystem;

namespace {

template <typename T>
Halving halving_of(bool classes) {
    if (std::is_same_v<T, std::uint64_t>)
        return Halving::first;
    return std::is_same_v<T, float> && !classes ? Halving::mean : Halving::mode;
}

// GDAL takes ':' as well as '=' for the end of a key.
std::string plain(std::string key) {
    std::replace_if(
        key.begin(), key.end(), [](char c) { return c == ':' || c == '='; }, '_');
    return key;
}

std::string item(const std::string& name, const char* more, const std::string& value) {
    return fmt::format("  <Item name=\"{}\"{}>{}</Item>\n", xml_escaped(name), more, xml_escaped(value));
}

std::string statistics_items(const Statistics& s, double cells) {
    if (s.count == 0)
        return "";
    const char* band = " sample=\"0\"";
    return item("STATISTICS_MAXIMUM", band, fmt::format("{}", s.max)) +
           item("STATISTICS_MEAN", band, fmt::format("{}", s.mean)) +
           item("STATISTICS_MINIMUM", band, fmt::format("{}", s.min)) +
           item("STATISTICS_STDDEV", band, fmt::format("{}", s.stddev())) +
           item("STATISTICS_VALID_PERCENT", band, fmt::format("{:.4g}", 100 * s.count / cells));
}

/// What GDAL keeps in a TIFF's field of its own.
std::string gdal_metadata(const MapOptions& options, const Statistics& statistics, double cells) {
    std::string items;
    for (const auto& [key, value] : options.metadata)
        items += item(plain(key), "", value);
    items += statistics_items(statistics, cells);
    if (!options.description.empty())
        items += item("DESCRIPTION", " sample=\"0\" role=\"description\"", options.description);
    return items.empty() ? "" : "<GDALMetadata>\n" + items + "</GDALMetadata>\n";
}

/// What an archive tells of the map it is a part of.
struct MapSize {
    std::int32_t cols, rows;
    std::uint64_t cell_bytes;

    template <typename T>
    static MapSize of(const Grid& grid) {
        return {grid.cols, grid.rows, sizeof(T)};
    }
    friend bool operator==(const MapSize&, const MapSize&) = default;
};

/// Of a block of the map, by its number.
struct BlockStatistics {
    std::uint64_t block;
    Statistics statistics;
};

} // namespace

/// Tiles -> whole blocks -> the blocks of all levels -> packed tiles -> the file.
template <typename T>
struct CogWriter<T>::File {
    fs::path path;
    Grid grid;
    MapOptions options;
    std::vector<TiffField> fields;
    TileSpool<T> spool;
    Pyramid<T> pyramid;
    std::vector<Statistics> statistics; ///< of each block of the map, so that their sum has one order
    BlockAssembly<T> assembly;

    File(fs::path p, const Grid& g, MapOptions o);

    void finish(BlockIndex index, const BlockView<T>& block);
    void finish_rest(const Window& part);
    void put(ArchiveOut& out) const;
    void take(ArchiveIn& in);
    Statistics all_statistics() const;
    CogLayout layout() const;
    void copy(const fs::path& to, const Watch& watch) const;
};

template <typename T>
CogWriter<T>::File::File(fs::path p, const Grid& g, MapOptions o)
    : path(std::move(p)), grid(g), options(std::move(o)), fields(geo_keys(grid)),
      spool(path.parent_path(), pyramid_levels(g.cols, g.rows), options.packing),
      pyramid(
          g.cols, g.rows, halving_of<T>(!options.categories.empty() || !options.averages),
          [this](std::size_t level, BlockIndex index, const BlockView<T>* block) { spool.add(level, index, block); }),
      statistics(pyramid.levels().front().blocks()),
      assembly(g.cols, g.rows, [this](BlockIndex index, const BlockView<T>& block) { finish(index, block); }) {}

template <typename T>
void CogWriter<T>::File::finish(BlockIndex index, const BlockView<T>& block) {
    const Statistics of_block = rasters::statistics(block);
    const auto across = static_cast<std::size_t>(pyramid.levels().front().blocks_across());
    statistics[static_cast<std::size_t>(index.row) * across + static_cast<std::size_t>(index.col)] = of_block;
    pyramid.add(index, of_block.count > 0 ? &block : nullptr);
}

template <typename T>
void CogWriter<T>::File::finish_rest(const Window& part) {
    assembly.close();
    for (int row = part.row / block_side; row < blocks_over(part.row + part.rows); ++row)
        for (int col = part.col / block_side; col < blocks_over(part.col + part.cols); ++col)
            if (!spool.has(0, {col, row}))
                pyramid.add({col, row}, nullptr);
}

template <typename T>
void CogWriter<T>::File::put(ArchiveOut& out) const {
    out.put(MapSize::of<T>(grid));
    spool.put(out);
    pyramid.put(out);
    std::vector<BlockStatistics> known;
    for (std::size_t i = 0; i < statistics.size(); ++i)
        if (statistics[i].count > 0)
            known.push_back({i, statistics[i]});
    out.put_list(known);
}

template <typename T>
void CogWriter<T>::File::take(ArchiveIn& in) {
    in.require(in.get<MapSize>() == MapSize::of<T>(grid), "it is of another map");
    spool.take(in);
    pyramid.take(in);
    std::vector<BlockStatistics> known;
    in.get_list(known);
    for (const BlockStatistics& of_block : known) {
        in.require(of_block.block < statistics.size());
        statistics[of_block.block] = of_block.statistics;
    }
}

template <typename T>
Statistics CogWriter<T>::File::all_statistics() const {
    Statistics all;
    for (const Statistics& of_block : statistics)
        all.add(of_block);
    return all;
}

template <typename T>
CogLayout CogWriter<T>::File::layout() const {
    constexpr std::uint16_t gdal_metadata_tag = 42112;
    std::vector<TiffField> all = fields;
    const std::string metadata = gdal_metadata(options, all_statistics(), static_cast<double>(grid.window().size()));
    if (!metadata.empty())
        all.push_back(tiff_text(gdal_metadata_tag, metadata));
    return cog_layout(pyramid.levels(), spool.sizes(), block_format<T>(options.packing), std::move(all), options.kind);
}

template <typename T>
void CogWriter<T>::File::copy(const fs::path& to, const Watch& watch) const {
    const CogLayout cog = layout();
    check_space(path.has_parent_path() ? path.parent_path() : ".", cog.file_bytes);
    OutputFile file(to);
    file.write(0, cog.head);
    if (watch)
        watch(cog.head);
    spool.copy_to(file, cog.head.size(), watch);
}

template <typename T>
CogWriter<T>::CogWriter(fs::path path, const Grid& grid, MapOptions options)
    : m_file(std::make_unique<File>(std::move(path), grid, std::move(options))) {}

template <typename T>
CogWriter<T>::CogWriter(CogWriter&&) noexcept = default;

template <typename T>
CogWriter<T>::~CogWriter() = default;

template <typename T>
void CogWriter<T>::write(const Raster<T>& tile) {
    const StageTimer timer(Stage::encode);
    m_file->assembly.write(tile);
}

template <typename T>
void CogWriter<T>::put(ArchiveOut& out, const Window& part) {
    const StageTimer timer(Stage::lay_out);
    m_file->finish_rest(intersection(part, m_file->grid.window()));
    m_file->put(out);
}

template <typename T>
void CogWriter<T>::take(ArchiveIn& in) {
    const StageTimer timer(Stage::lay_out);
    m_file->take(in);
}

template <typename T>
Statistics CogWriter<T>::close(const Watch& watch) {
    const StageTimer timer(Stage::lay_out);
    const std::unique_ptr<File> file = std::move(m_file);
    const Unfinished cog(file->path.string() + ".part");
    const Unfinished classes(file->path.string() + ".aux.xml.part");
    file->finish_rest(file->grid.window());
    in_context(file->path.string(), [&] { file->copy(cog.path(), watch); });
    if (!file->options.categories.empty()) {
        write_text(classes.path(), categories_xml(file->options.categories));
        move_into_place(classes.path(), file->path.string() + ".aux.xml");
    }
    if (file->options.categories.empty()) // another map's, which readers would take for this one's
        Unfinished(file->path.string() + ".aux.xml");
    move_into_place(cog.path(), file->path);
    return file->all_statistics();
}

template class CogWriter<float>;
template class CogWriter<std::uint8_t>;
template class CogWriter<std::uint16_t>;
template class CogWriter<std::uint64_t>;

} // namespace zonerank::rasters
