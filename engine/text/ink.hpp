// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace zonerank::engine {

/// How text may look on a terminal.
struct Ink {
    bool colours = false; ///< escape sequences may be sent
    bool true_colours = false;

    std::string bold(std::string_view text) const;
    std::string dim(std::string_view text) const;
    std::string cyan(std::string_view text) const;
    std::string yellow(std::string_view text) const;
    std::string red(std::string_view text) const;
    /// Viridis at a share of 0..1, kept light enough for dark grounds; cyan where a terminal
    /// does not say that it has all colours. NaN is plain.
    std::string scaled(std::string_view text, double share) const;

private:
    std::string painted(std::string_view text, std::string_view sequence) const;
};

/// For a file descriptor: colours on a terminal whose TERM is set and not "dumb", or wherever
/// with CLICOLOR_FORCE set and not 0 (bixense.com/clicolors); never with NO_COLOR set
/// (no-color.org). All of them where COLORTERM says truecolor or 24bit.
Ink ink_for(int descriptor);

/// Whether it is a terminal that can move its cursor: TERM is not "dumb".
bool is_terminal(int descriptor);

} // namespace zonerank::engine
