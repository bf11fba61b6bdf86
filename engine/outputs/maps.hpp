// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/decision/ranking.hpp"
#include "engine/model/model.hpp"
#include "engine/outputs/file_hashes.hpp"
#include "rasters/writer.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace zonerank::engine {

/// A cell's code in constraints.tif: 0 outside, 1 valid, 2 assumed, 3 unknown, 10 + i the first
/// constraint that excludes.
std::uint8_t state_class(const MaskCode& code, Mask mask);

/// The maps of a run, written window by window. write() and skip() together cover
/// the grid; both are safe from several threads.
class Maps {
public:
    Maps(const Model& model, const OutputsSpec& wanted, std::filesystem::path folder);

    void write(const Evaluation& evaluation);
    void skip(rasters::Window window); ///< outside the area

    /// Puts what became of a part of the maps, as CogWriter::put() does: all that was written.
    void put(rasters::ArchiveOut& out, const rasters::Window& part);
    /// Adds what others of the same study have put, as CogWriter::take() does.
    void take(rasters::ArchiveIn& in);

    /// A map's last step, to be run once. Different maps may be closed at once.
    struct Closing {
        std::vector<std::string> files; ///< that are there then
        std::function<void(FileHashes&)> work;
    };
    std::vector<Closing> closings();

    std::vector<std::string> write_styles() const; ///< beside the maps; the files' names

private:
    struct CriterionMaps {
        std::size_t criterion;
        std::string name; ///< "criteria/labor.literacy"
        rasters::CogWriter<float> value, measurement;
        std::set<int> codes{}; ///< that occur, of classes without names
    };

    static void put_codes(const CriterionMaps& maps, rasters::ArchiveOut& out);
    static void take_codes(CriterionMaps& maps, rasters::ArchiveIn& in);
    void add_codes(CriterionMaps& maps, const Evaluation& evaluation);

    void close_measurement(CriterionMaps& maps, FileHashes& hashes) const;

    const Model& m_model;
    std::filesystem::path m_folder;
    rasters::CogWriter<float> m_score;
    rasters::CogWriter<std::uint8_t> m_state;
    std::optional<rasters::CogWriter<std::uint64_t>> m_reasons;
    std::vector<CriterionMaps> m_criteria;
    std::mutex m_mutex; ///< of the codes
};

/// ranking.tif: the rank of the site whose ground holds the cell's centre, the
/// best where several do; and its style. Says which files it wrote.
std::vector<std::string> write_ranking_map(const Ranking& ranking, const rasters::Grid& grid,
                                           const rasters::Packing& packing, const std::filesystem::path& folder);

} // namespace zonerank::engine
