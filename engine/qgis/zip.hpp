// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

namespace zonerank::engine {

/// One file of an archive: its name in UTF-8, with '/', and its bytes, at most 2 GiB.
struct ZipEntry {
    std::string name, content;
};

/// A zip archive (PKWARE's APPNOTE 6.3.3) of deflated files, in their order. All are of
/// 1 January 1980, so that the same content is always the same bytes. Throws Error for
/// what is larger, all of it or one file.
std::string zip_archive(std::span<const ZipEntry> entries);

} // namespace zonerank::engine
