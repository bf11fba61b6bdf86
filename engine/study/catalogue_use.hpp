// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/study/study.hpp"

namespace zonerank::engine {

/// A criterion written `{use: grid connection, of: substations, ...}` as the
/// catalogue's entry with the layers put in and what stands beside `use` laid on:
/// parameters merge within the same kind, another kind replaces the whole choice.
/// Notes in `criterion` what came from the catalogue. Throws Error for an unknown
/// entry or role.
layers::Node expand_use(const layers::Node& written, CriterionSpec& criterion, layers::Problems& problems);

} // namespace zonerank::engine
