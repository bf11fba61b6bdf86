#include "rasters/codec/tiff_directory.hpp"
