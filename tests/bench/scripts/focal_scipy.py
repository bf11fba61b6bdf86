# SPDX-License-Identifier: Apache-2.0
"""Mean of the cells within 1 km, by Fourier transforms of blocks in as many threads as there are cores."""

import os

import numpy as np
import rasterio
from scipy import fft, signal

NODATA = np.float32(-9999)
REACH = 1000 / 30  # cells


def disc():
    along = np.arange(-int(REACH), int(REACH) + 1)
    return (along[:, None] ** 2 + along[None, :] ** 2 <= REACH**2).astype("f4")


def focal_mean(values):
    known, kernel = values != NODATA, disc()
    with fft.set_workers(os.cpu_count()):
        total = signal.oaconvolve(np.where(known, values, 0).astype("f4"), kernel, mode="same")
        count = signal.oaconvolve(known.astype("f4"), kernel, mode="same")
    with np.errstate(all="ignore"):
        return np.where(known, total / count, NODATA).astype("f4")


def main():
    with rasterio.open(f"{os.environ['DATA']}/c2.tif") as source:
        values, crs, transform = source.read(1), source.crs, source.transform
    creation = dict(option.split("=") for option in os.environ["CREATION"].split())
    with rasterio.open(f"{os.environ['OUT']}/map.tif", "w", driver="GTiff", dtype="float32", count=1, nodata=NODATA,
                       width=values.shape[1], height=values.shape[0], crs=crs, transform=transform,
                       **creation) as target:
        target.write(focal_mean(values), 1)


main()
