#include "rasters/codec/lzw.hpp"
