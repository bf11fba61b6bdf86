// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace zonerank {

/// Something the user can put right: a missing file, a bad study, grids that
/// do not match. The message says where, what was found and what was expected,
/// in one line. Mistakes of ours are asserts, never an Error.
class Error : public std::runtime_error {
public:
    template <typename... Args>
    explicit Error(fmt::format_string<Args...> text, Args&&... args)
        : std::runtime_error(fmt::format(text, std::forward<Args>(args)...)) {}
};

/// An Error that knows where it stands better than those it passes through.
class PlacedError : public Error {
    using Error::Error;
};

/// Calls f; an Error that leaves it gains "where: " in front, a PlacedError nothing.
template <typename F>
decltype(auto) in_context(std::string_view where, F&& f) {
    try {
        return std::forward<F>(f)();
    } catch (const PlacedError&) {
        throw;
    } catch (const Error& error) {
        throw Error("{}: {}", where, error.what());
    }
}

} // namespace zonerank
