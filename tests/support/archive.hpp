// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/archive.hpp"
#include "tests/support/folder.hpp"

#include <string>

namespace zonerank::tests {

/// What one puts into a file, all of it or of a part of a map, is taken by another.
template <typename From, typename To, typename... Part>
void hand_over(From&& from, To& to, const Part&... part) {
    const Folder folder;
    rasters::ArchiveOut out(folder / "part");
    from.put(out, part...);
    out.close();
    rasters::ArchiveIn in(folder / "part");
    to.take(in);
    in.close();
}

/// What one puts into a file, which is the same of what is equal.
template <typename From, typename... Part>
std::string put_by(From&& from, const Part&... part) {
    const Folder folder;
    rasters::ArchiveOut out(folder / "part");
    from.put(out, part...);
    out.close();
    return read_file(folder / "part");
}

} // namespace zonerank::tests
