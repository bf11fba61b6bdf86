// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/access.hpp"
#include "rasters/crs.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

class GDALDataset;
class OGRFeature;
class OGRFeatureDefn;
class OGRLayer;

namespace zonerank::layers {

/// One layer of a vector file, or table of a database, open for reading. For one thread at a time.
class VectorLayer {
public:
    /// `layer` empty: the only one with geometry. Throws Error naming the file:
    /// as rasters::open() does, no layer with geometry, no such layer (with the
    /// nearest), several and none named. A database's `layer` is as for chosen_table().
    VectorLayer(const std::string& path, const std::string& layer, const rasters::Access& access);

    /// Another layer of the same file, under the same rules.
    VectorLayer sibling(const std::string& layer) const;

    OGRLayer& ogr() const { return *m_layer; }
    OGRFeatureDefn& definition() const; ///< of the features that each() hands over
    std::string name() const;
    const std::vector<std::string>& layers() const { return m_names; } ///< of the file, with geometry
    std::vector<std::string> fields() const;                           ///< names as UTF-8
    rasters::Crs crs() const;                                          ///< unknown when the file has none

    /// Everything is read in one pass over all layers of the file (OSM): extent
    /// and count are not known before.
    bool interleaved() const;

    /// Calls visit for each feature of the layer, in the file's order. Throws
    /// Error when the file can't be read to its end.
    void each(const std::function<void(OGRFeature&)>& visit) const;

    /// The same for several layers of one file (or one layer several times), in
    /// one pass where the file is interleaved: visit(index of the layer, feature).
    static void each(std::span<const VectorLayer> layers, const std::function<void(std::size_t, OGRFeature&)>& visit);

private:
    VectorLayer(std::shared_ptr<GDALDataset> file, std::string path, const std::string& layer);

    std::shared_ptr<GDALDataset> m_file;
    std::string m_path;
    std::vector<std::string> m_names;
    OGRLayer* m_layer = nullptr;
    std::shared_ptr<OGRFeatureDefn> m_keyed; ///< of a table with a key: its fields, and the key as the last
};

/// How a file is called in messages: its name without folders; of a database its own name.
std::string short_name(const std::string& path);

/// The text itself when it is UTF-8, else what it says as ISO 8859-1.
std::string as_utf8(const char* text);

} // namespace zonerank::layers
