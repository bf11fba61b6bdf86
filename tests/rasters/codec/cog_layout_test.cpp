// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/cog_layout.hpp"
