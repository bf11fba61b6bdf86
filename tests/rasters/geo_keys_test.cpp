// SPDX-License-Identifier: Apache-2.0
#include "rasters/geo_keys.hpp"
