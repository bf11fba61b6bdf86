// SPDX-License-Identifier: Apache-2.0
#include "rasters/codec/block_encoder.hpp"
