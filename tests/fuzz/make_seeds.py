#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes small TIFFs of all kinds that the codec reads into a folder, for the fuzzer to start from."""
import itertools
import sys
from pathlib import Path

import numpy
from osgeo import gdal

gdal.UseExceptions()
TYPES = {gdal.GDT_Byte: "u1", gdal.GDT_Int16: "i2", gdal.GDT_UInt32: "u4", gdal.GDT_Float32: "f4", gdal.GDT_Float64: "f8"}
BLOCKS = (["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"], ["BLOCKYSIZE=5"])
HEADS = ([], ["BIGTIFF=YES"], ["ENDIANNESS=BIG"], ["ENDIANNESS=BIG", "BIGTIFF=YES"])
BANDS = ((1, "PIXEL"), (3, "PIXEL"), (2, "BAND"))


def predictors(packing, kind):
    if packing == "NONE":
        return (1,)
    return (1, 2, 3) if kind in ("f4", "f8") else (1, 2)


def options_of():
    kinds = itertools.product(TYPES, ("NONE", "DEFLATE", "LZW", "ZSTD"))
    for number, (kind, packing) in enumerate(kinds):
        for predictor in predictors(packing, TYPES[kind]):
            turn = number + predictor
            bands, interleave = BANDS[turn % 3]
            more = [] if packing == "NONE" else [f"PREDICTOR={predictor}"]
            yield kind, bands, [f"COMPRESS={packing}", f"INTERLEAVE={interleave}", *more,
                                *BLOCKS[turn % 2], *HEADS[turn // 2 % 4]]


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(1)
    for number, (kind, bands, options) in enumerate(options_of()):
        sparse = number % 5 == 0
        file = gdal.GetDriverByName("GTiff").Create(str(folder / f"{number}.tif"), 21, 18, bands, kind,
                                                    options + ["SPARSE_OK=TRUE"])
        values = numpy.cumsum(random.integers(-3, 4, (18, 21)), axis=1).astype(TYPES[kind])
        for band in range(1, bands + 1):
            file.GetRasterBand(band).WriteArray(values[:9, :9] if sparse else values)
        file.GetRasterBand(1).SetNoDataValue(1)
        if number % 7 == 0:
            file.BuildOverviews("NEAREST", [2])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
