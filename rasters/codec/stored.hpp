// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace zonerank::rasters {

/// A number in memory that is also looked at as numbers of other types: the bytes of a
/// block become whole numbers, which a predictor adds up, and then floats. Compilers know
/// that writing one may change another, as with std::byte, and loops are as fast.
template <typename T>
struct [[gnu::may_alias]] Stored {
    T value;
};

/// Bytes aligned for them as numbers.
template <typename T>
Stored<T>* stored_as(std::byte* bytes) {
    return reinterpret_cast<Stored<T>*>(bytes);
}
template <typename T>
const Stored<T>* stored_as(const std::byte* bytes) {
    return reinterpret_cast<const Stored<T>*>(bytes);
}

} // namespace zonerank::rasters
