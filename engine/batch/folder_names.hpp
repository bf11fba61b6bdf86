// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace zonerank::engine {

/// A name as that of a run's folder: as_name() of it, without a dot in front. Throws Error when it is longer than
/// 200 bytes.
std::string folder_of(const std::string& name);

/// The names in a batch's folder that are taken: the batch's own files, and of each run its folder and the one
/// beside it in which its plan is kept. Letters of a to z are the same in either case.
class FolderNames {
public:
    /// `advice`: what is to be done about two of one name.
    explicit FolderNames(std::string advice);

    /// Throws Error, naming both, when another has it.
    void take(const std::string& folder, const std::string& whose);

private:
    void take_one(const std::string& name, const std::string& whose);

    std::string m_advice;
    std::map<std::string, std::string> m_taken; ///< whose it is, by its small letters
};

} // namespace zonerank::engine
