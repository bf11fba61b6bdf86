// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rasters/core/error.hpp"

#include <functional>
#include <string>

namespace zonerank::tests {

/// The words of the Error in which it ends.
inline std::string said(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

} // namespace zonerank::tests
