// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/features.hpp"
#include "rasters/access.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// While one lives, the studies of this process share what they read alike: what
/// opening tells, features by the files they come from, layer, `where`, fields, CRS and
/// tolerance, and the indexes made of them. Sources count with their state (see name_of_source()),
/// so that one which has changed is read anew. Without one, each study reads for
/// itself and nothing is kept. One at a time; its members and all below from any thread.
class Sharing {
public:
    explicit Sharing(std::size_t at_once = 1); ///< that many studies are read at a time
    Sharing(const Sharing&) = delete;
    Sharing& operator=(const Sharing&) = delete;
    ~Sharing(); ///< lets go of everything; who holds some of it keeps that

    static bool on();

    /// What servers have told of tables and the like does not count from here on: a study has noted what its inputs
    /// are, and what it reads from now on must not be older.
    static void ask_again();

    /// Lets go of everything, when it will not be wanted again: memory is that of one CRS.
    void release();

    /// Another study begins: lets go of what none of those at work nor the one before has asked for, such as a file of
    /// one district. So memory does not grow with their number.
    void next_study();
};

/// The name of what is read from a source: files with size and time of change, also of those beside them
/// (rasters::companion_names()), in a folder and behind a VRT; of what is in an archive that of the archive; of tables
/// and of what is elsewhere what their servers tell, which is asked once until ask_again(), and nothing without the
/// network that `access` allows. Layer, conditions and fields.
std::string name_of_source(const FeatureSource& source, const rasters::Access& access);

/// What `make` gives, made once for each name while there is a Sharing, by who comes
/// first; the others wait. An Error is for who made it, and the next one tries again.
std::shared_ptr<const void> shared_input(const std::string& name,
                                         const std::function<std::shared_ptr<const void>()>& make);

/// The same of a type. `kind` keeps names of different types apart.
template <typename T, typename Make>
std::shared_ptr<const T> shared_as(std::string_view kind, const std::string& name, Make&& make) {
    if (!Sharing::on())
        return std::make_shared<const T>(make());
    return std::static_pointer_cast<const T>(
        shared_input(std::string(kind) + "\n" + name,
                     [&]() -> std::shared_ptr<const void> { return std::make_shared<const T>(make()); }));
}

using FeatureSets = std::vector<std::shared_ptr<const FeatureSet>>;

/// Where the sets lie in memory, as a name.
std::string name_of_sets(const FeatureSets& sets);

/// An index made of sets of features in their order, the same one for the same sets and `kind`, which
/// says what is made of them. Index: copies share what they hold.
template <typename Index, typename Make>
Index shared_index(std::string_view kind, const FeatureSets& sets, Make&& make) {
    struct Made {
        FeatureSets sets; ///< held, so that no others can come to lie in their place
        Index index;
    };
    return shared_as<Made>(kind, name_of_sets(sets), [&] { return Made{sets, make()}; })->index;
}

} // namespace zonerank::layers
