// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/vectors/features.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zonerank::layers {

/// While one lives, the studies of this process share what they read alike: what
/// opening tells, features by the files they come from, layer, `where`, fields, CRS and
/// tolerance, and the indexes made of them. Files count with their size and time of
/// change, so that one which has changed is read anew. Without one, each study reads for
/// itself and nothing is kept. One at a time; its members and all below from any thread.
class Sharing {
public:
    explicit Sharing(std::size_t at_once = 1); ///< that many studies are read at a time
    Sharing(const Sharing&) = delete;
    Sharing& operator=(const Sharing&) = delete;
    ~Sharing(); ///< lets go of everything; who holds some of it keeps that

    static bool on();

    /// Lets go of everything, when it will not be wanted again: memory is that of one CRS.
    void release();

    /// Another study begins: lets go of what none of those at work nor the one before has asked for, such as a file of
    /// one district. So memory does not grow with their number.
    void next_study();
};

/// The name of what is read from a source: files with size and time of change, also of those beside them (.dbf,
/// .aux.xml ...), in a folder and behind a VRT; layer, conditions and fields.
std::string name_of_source(const FeatureSource& source);

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
