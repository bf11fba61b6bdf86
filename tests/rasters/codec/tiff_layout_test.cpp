#include "rasters/codec/tiff_layout.hpp"
