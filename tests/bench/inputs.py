# SPDX-License-Identifier: Apache-2.0
"""A country made of noise: n x n cells of 30 m, in UTM zone 43N. The same seed gives the same country.

    c1.tif ... c6.tif  criteria, float32; no data (-9999) outside a round country, an eighth of the square
    dem.tif            elevation in metres, everywhere
    landcover.tif      classes 1 to 9
    roads.gpkg         winding lines, more of them around towns
    friction.tif       minutes per metre by class of land, and fast along roads
    facilities.gpkg    points
    protected.gpkg     polygons, some of which overlap
    sites.gpkg         polygons of 50 to 500 hectares that never meet, with an id

The rasters are GeoTIFFs as people keep them: tiles of 512 cells, ZSTD, a predictor."""

import math
import os
import shutil
import struct
import subprocess
import sys

import numpy as np
from osgeo import gdal, ogr, osr
from scipy import fft

gdal.UseExceptions()
ogr.UseExceptions()
osr.UseExceptions()

SEED, CELL, WEST, NORTH = 42, 30, 300_000, 2_500_000
# How fast the spectrum falls, mean, deviation, rounded to (None: not).
CRITERIA = {"c1": (3.2, 1900, 120, 0.1), "c2": (2.8, 6.5, 1.4, None), "c3": (3.0, 900, 250, None),
            "c4": (2.4, 45, 15, 0.01), "c5": (3.4, 23, 4, 0.1), "c6": (2.2, 0.4, 0.15, None)}
CLASSES = (0.08, 0.3, 0.5, 0.62, 0.75, 0.85, 0.93, 0.98)  # shares of the land up to each class


def folder_of(work, n, peers=None):
    """The folder with the country of n x n cells below `work`; made unless it is there."""
    folder = work / "data" / str(n)
    if not folder.exists():
        print(f"making {n} x {n} cells", flush=True)
        half = folder.with_name(f"{n}.part")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        if peers:
            subprocess.run([sys.executable, peers / "gen.py", str(n), half], check=True, stdout=subprocess.DEVNULL)
        else:
            make(half, n)
        half.rename(folder)
    return folder


def make(folder, n):
    rasters(folder, n)
    random = np.random.default_rng(SEED)
    side = n * CELL
    write_vectors(folder, "roads", ogr.wkbLineString, roads(random, side, max(12, 20_000 * n * n // 4000**2)))
    friction(folder)
    write_vectors(folder, "facilities", ogr.wkbPoint, facilities(random, n, min(500, n // 8)))
    write_vectors(folder, "protected", ogr.wkbPolygon, protected(random, side, min(300, n // 10)))
    write_vectors(folder, "sites", ogr.wkbPolygon, sites(random, side, min(2000, n * n // 500)))


def crs():
    system = osr.SpatialReference()
    system.ImportFromEPSG(32643)
    return system


def rasters(folder, n):
    beyond = outside(n)
    for i, (name, (fall, mean, deviation, step)) in enumerate(CRITERIA.items(), 1):
        values = noise(n, fall, 100 * SEED + i) * np.float32(deviation) + np.float32(mean)
        if step:
            values = (np.round(values / step) * step).astype("f4")
        values[beyond] = -9999
        write_raster(folder / f"{name}.tif", values, gdal.GDT_Float32, -9999, 3)
    heights = 1200 + 350 * noise(n, 3.6, 100 * SEED + 50)
    write_raster(folder / "dem.tif", heights, gdal.GDT_Float32, -9999, 3)
    land = noise(n, 2.6, 100 * SEED + 60)
    classes = np.digitize(land, np.quantile(land[::4, ::4], CLASSES)) + 1
    write_raster(folder / "landcover.tif", classes.astype("u1"), gdal.GDT_Byte, 0, 2)


def friction(folder):
    classes = gdal.Open(os.fspath(folder / "landcover.tif"))
    pace = gdal.GetDriverByName("MEM").CreateCopy("", classes)
    pace.AddBand(gdal.GDT_Float32)
    band = pace.GetRasterBand(2)
    band.WriteArray(0.06 / (1 + 0.5 * classes.ReadAsArray()))  # 1.5 to 5.5 km/h
    roads = ogr.Open(os.fspath(folder / "roads.gpkg"))
    gdal.RasterizeLayer(pace, [2], roads.GetLayer(0), burn_values=[0.06 / 60])
    write_raster(folder / "friction.tif", band.ReadAsArray(), gdal.GDT_Float32, -9999, 3)


def noise(n, fall, seed):
    """n x n numbers of mean 0 and deviation 1 with a spectrum of 1 / frequency^fall: hills of all sizes."""
    random = np.random.default_rng(seed)
    spectrum = random.standard_normal((n, n // 2 + 1, 2), dtype="f4").view("c8")[..., 0]
    frequency = np.hypot(fft.fftfreq(n)[:, None], fft.rfftfreq(n)[None, :]).astype("f4")
    frequency[0, 0] = np.inf
    spectrum *= frequency ** np.float32(-fall / 2)
    values = fft.irfft2(spectrum, s=(n, n), workers=-1, overwrite_x=True)
    values -= values.mean(dtype="f8")
    values /= values.std(dtype="f8")
    return values


def outside(n):
    """Which cells lie beyond the country's wavy border."""
    along = np.arange(n, dtype="f4") / n - np.float32(0.5)
    x, y = along[None, :], along[:, None]
    angle = np.arctan2(y, x)
    border = 0.545 + 0.02 * np.sin(5 * angle + 1) + 0.012 * np.sin(13 * angle) + 0.006 * np.sin(41 * angle + 2)
    return np.hypot(x, y) > border


def write_raster(path, values, kind, nodata, predictor):
    options = ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=ZSTD", f"PREDICTOR={predictor}",
               "NUM_THREADS=ALL_CPUS", "BIGTIFF=IF_SAFER"]
    rows, cols = values.shape
    raster = gdal.GetDriverByName("GTiff").Create(os.fspath(path), cols, rows, 1, kind, options)
    raster.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    raster.SetProjection(crs().ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(nodata)
    raster.GetRasterBand(1).WriteArray(values)


def write_vectors(folder, name, kind, geometries):
    """Geometries are given as WKB; each gets its number from 1 as its id."""
    source = ogr.GetDriverByName("GPKG").CreateDataSource(os.fspath(folder / f"{name}.gpkg"))
    layer = source.CreateLayer(name, crs(), kind)
    layer.CreateField(ogr.FieldDefn("id", ogr.OFTInteger))
    source.StartTransaction()
    for number, geometry in enumerate(geometries, 1):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(geometry))
        feature.SetField("id", number)
        layer.CreateFeature(feature)
    source.CommitTransaction()


def points(places):
    """Their WKB; x to the east and y to the south of the north-west corner."""
    return np.ascontiguousarray(np.column_stack([WEST + places[:, 0], NORTH - places[:, 1]]), "<f8").tobytes()


def roads(random, side, count):
    """Lines of 6 to 40 corners, 100 metres apart; half of them start near one of the towns."""
    towns = random.random((60 * max(1, round(side / 120_000)) ** 2, 2)) * side
    for _ in range(count):
        urban = random.random() < 0.55
        start = towns[random.integers(len(towns))] + random.normal(0, 3500, 2) if urban else random.random(2) * side
        corners = random.integers(6, 40)
        heading = random.random() * math.tau + np.cumsum(random.normal(0, 0.18, corners))
        steps = random.uniform(40, 160, corners) * (0.6 if urban else 1)
        way = start + np.column_stack([np.cumsum(np.cos(heading) * steps), np.cumsum(np.sin(heading) * steps)])
        yield struct.pack("<BII", 1, 2, corners) + points(np.clip(way, 1, side - 1))


def facilities(random, n, count):
    """Points at cells' centres."""
    for place in (np.floor(random.random((count, 2)) * n) + 0.5) * CELL:
        yield struct.pack("<BI", 1, 1) + points(place[None, :])


def protected(random, side, count):
    for _ in range(count):
        area = math.exp(random.uniform(math.log(2e5), math.log(6e7))) * side / 120_000
        yield blob(random, random.random(2) * side, area, 120, 0.5)


def sites(random, side, count):
    """One in a square each, with room to the square's edges."""
    squares = math.ceil(math.sqrt(count))
    width = side / squares
    for square in random.permutation(squares * squares)[:count]:
        area = min(math.exp(random.uniform(math.log(5e5), math.log(5e6))), 0.45 * width * width)
        slack = max(0, width / 2 - 1.25 * math.sqrt(area / math.pi))
        centre = (np.array([square % squares, square // squares]) + 0.5) * width
        yield blob(random, centre + random.uniform(-1, 1, 2) * slack, area, 48, 0.15)


def blob(random, centre, area, corners, rough):
    """A ring that goes round its centre once."""
    angle = np.linspace(0, math.tau, corners, endpoint=False)
    waves = sum(rough / m * random.normal() * np.cos(m * angle + random.random() * math.tau) for m in range(2, 9))
    radius = np.clip(1 + waves, 0.45, 1.6)
    x, y = np.cos(angle) * radius, np.sin(angle) * radius
    scale = math.sqrt(2 * area / abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))))
    ring = centre + scale * np.column_stack([x, y])
    return struct.pack("<BIII", 1, 3, 1, corners + 1) + points(np.vstack([ring, ring[:1]]))
