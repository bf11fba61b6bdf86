# SPDX-License-Identifier: Apache-2.0
"""Weighted overlay of six criteria, in strips as high as a tile."""

import os

import numpy as np
import rasterio
from rasterio.windows import Window

NODATA = np.float32(-9999)
CRITERIA = {"c1": (0.25, 1660, 2140), "c2": (0.20, 3.7, 9.3), "c3": (0.15, 1400, 400),
            "c4": (0.15, 15, 75), "c5": (0.15, 31, 15), "c6": (0.10, 0.1, 0.7)}  # weight, worst, best


def score(strips):
    total = np.zeros(strips[0].shape, "f4")
    gaps = np.zeros(strips[0].shape, bool)
    for values, (weight, worst, best) in zip(strips, CRITERIA.values()):
        gaps |= values == NODATA
        total += np.float32(weight) * np.clip((values - np.float32(worst)) * np.float32(1 / (best - worst)), 0, 1)
    total[gaps] = NODATA
    return total


def main():
    sources = [rasterio.open(f"{os.environ['DATA']}/{name}.tif") for name in CRITERIA]
    first = sources[0]
    creation = dict(option.split("=") for option in os.environ["CREATION"].split())
    with rasterio.open(f"{os.environ['OUT']}/map.tif", "w", driver="GTiff", dtype="float32", count=1, nodata=NODATA,
                       width=first.width, height=first.height, crs=first.crs, transform=first.transform,
                       **creation) as target:
        for row in range(0, first.height, 512):
            window = Window(0, row, first.width, min(512, first.height - row))
            target.write(score([source.read(1, window=window) for source in sources]), 1, window=window)


main()
