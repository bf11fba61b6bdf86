#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Is the memory a run may have kept on a map of a gigacell, and does a cell take as long as on a small one?

    /usr/bin/python3 tests/bench/gigacell.py --program build/zonerank [--sides 4000 31623] [--memory 2GiB] [--work FOLDER]

Makes a country of side x side cells of 30 m for each side, with as many roads, towns and lakes to a km² in all of them,
and runs one study over each: criteria that stand on vectors and a coarse raster alone, all maps written. Prints peak
resident memory, CPU seconds per million cells, and how the last compares with the first; looks whether the maps are
right in cells drawn at random, by a calculation that has nothing in common with the program's. Exit code 1: an answer
is wrong, the memory was not kept (a thousandth above is let pass: pages of the program's own files), or a cell of the
last took a fifth longer."""

import argparse
import json
import re
import shutil
import sys
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

import measure

gdal.UseExceptions()
ogr.UseExceptions()
osr.UseExceptions()

SEED, CELL, CODE, WEST, SOUTH = 7, 30, 32642, 27_000, 2_700_000
UNITS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
LOOKED_AT = 400  # cells
RAIN_CELL = 3000  # metres
RADIUS = 5000  # of the density of towns


class Country:
    """Its features, as they are written and as the answers are computed from them. Metres from the corner."""

    def __init__(self, side):
        random = np.random.default_rng(SEED)
        self.side, self.metres = side, side * CELL
        km2 = (self.metres / 1000) ** 2
        starts = random.uniform(0, self.metres, (max(4, round(km2 / 30)), 1, 2))
        steps = random.normal(0, 700, (len(starts), 24, 2)) + random.normal(0, 500, (len(starts), 1, 2))
        self.roads = starts + np.concatenate([np.zeros((len(starts), 1, 2)), np.cumsum(steps, axis=1)], axis=1)
        self.towns = random.uniform(0, self.metres, (max(4, round(km2 / 20)), 2))
        self.lakes = np.column_stack([random.uniform(0, self.metres, (max(2, round(km2 / 200)), 2)),
                                      random.uniform(300, 1500, max(2, round(km2 / 200)))])  # corner, side
        sites = max(2, min(300, round(km2 / 100)))
        self.sites = np.column_stack([random.uniform(0, self.metres - 2500, (sites, 2)), random.uniform(600, 2400, sites)])

    def rain(self, x, y):
        """In mm: a plane, so that reading between the coarse cells' centres gives it back."""
        return 200 + 600 * x / self.metres + 300 * y / self.metres


def box(x, y, width):
    return [[(x, y), (x + width, y), (x + width, y + width), (x, y + width), (x, y)]]


def geometry(kind, coordinates):
    shifted = np.asarray(coordinates) + (WEST, SOUTH)
    return ogr.CreateGeometryFromJson(json.dumps({"type": kind, "coordinates": shifted.tolist()}))


def crs():
    system = osr.SpatialReference()
    system.ImportFromEPSG(CODE)
    return system


def write_features(path, kind, all_coordinates):
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = source.CreateLayer(path.stem, crs(), ogr.wkbUnknown)
    layer.CreateField(ogr.FieldDefn("id", ogr.OFTInteger))
    layer.StartTransaction()
    for number, coordinates in enumerate(all_coordinates):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(geometry(kind, coordinates))
        feature.SetField("id", number)
        layer.CreateFeature(feature)
    layer.CommitTransaction()


def write_rain(path, country):
    cells = int(np.ceil(country.metres / RAIN_CELL)) + 4
    centres = (np.arange(cells) - 1.5) * RAIN_CELL
    raster = gdal.GetDriverByName("GTiff").Create(str(path), cells, cells, 1, gdal.GDT_Float32)
    raster.SetGeoTransform((WEST - 2 * RAIN_CELL, RAIN_CELL, 0, SOUTH + (cells - 2) * RAIN_CELL, 0, -RAIN_CELL))
    raster.SetProjection(crs().ExportToWkt())
    raster.GetRasterBand(1).WriteArray(country.rain(centres[None, :], centres[::-1, None]).astype(np.float32))


def linear(measure, worst, best):
    return {"weight": 1, "measure": measure, "value": {"linear": {"worst": worst, "best": best}}}


def study(data):
    return {"area": {"source": f"{data}/area.gpkg"}, "grid": {"crs": f"EPSG:{CODE}", "cell": f"{CELL} m"},
            "layers": {**{name: f"{data}/{name}.gpkg" for name in ("roads", "towns", "lakes")},
                       "rain": {"source": f"{data}/rain.tif", "unit": "mm"}},
            "criteria": {"all": {"roads": linear({"distance": {"to": "roads"}}, "10 km", "0 km"),
                                 "towns": linear({"distance": {"to": "towns"}}, "15 km", "0 km"),
                                 "people": linear({"density": {"of": "towns", "radius": f"{RADIUS} m",
                                                               "kernel": "uniform"}}, "0 1/km2", "0.2 1/km2"),
                                 "rain": linear({"sample": {"of": "rain"}}, "200 mm", "1100 mm")}},
            "constraints": {"lakes": {"inside": {"of": "lakes"}}},
            "sites": {"source": f"{data}/sites.gpkg", "id": "id"},
            "outputs": {"criteria": True, "reasons": True},
            "output": "out"}


def make(folder, country):
    """data/ and study.yaml. JSON is YAML."""
    data = folder / "data"
    shutil.rmtree(folder, ignore_errors=True)
    data.mkdir(parents=True)
    write_features(data / "area.gpkg", "Polygon", [box(0, 0, country.metres)])
    write_features(data / "roads.gpkg", "LineString", country.roads)
    write_features(data / "towns.gpkg", "Point", country.towns)
    write_features(data / "lakes.gpkg", "Polygon", [box(*lake) for lake in country.lakes])
    write_features(data / "sites.gpkg", "Polygon", [box(*site) for site in country.sites])
    write_rain(data / "rain.tif", country)
    (folder / "study.yaml").write_text(json.dumps({"study": f"{country.side} x {country.side}", **study("data")}, indent=1))


def to_roads(country, place):
    """Metres to the nearest piece of a road."""
    from_, to = country.roads[:, :-1].reshape(-1, 2), country.roads[:, 1:].reshape(-1, 2)
    along = to - from_
    share = np.clip(((place - from_) * along).sum(1) / (along * along).sum(1), 0, 1)
    return np.hypot(*(from_ + share[:, None] * along - place).T).min()


def expected(country, place):
    """What the study measures there, and the score; NaN in a lake."""
    to_towns = np.hypot(*(country.towns - place).T)
    near = int((to_towns <= RADIUS).sum()) / (np.pi * RADIUS**2 / 1e6)
    found = {"roads": to_roads(country, place), "towns": to_towns.min(), "people": near, "rain": country.rain(*place)}
    worst_and_best = {"roads": (10_000, 0), "towns": (15_000, 0), "people": (0, 0.2), "rain": (200, 1100)}
    score = np.mean([np.clip((found[name] - worst) / (best - worst), 0, 1) for name, (worst, best) in worst_and_best.items()])
    corner, width = country.lakes[:, :2], country.lakes[:, 2]
    inside = ((place > corner) & (place < corner + width[:, None])).all(1).any()
    return {**found, "score": np.nan if inside else score}


def wrong_cells(out, country):
    """Complaints about cells drawn at random."""
    random = np.random.default_rng(SEED + 1)
    maps = {"score": gdal.Open(str(out / "suitability.tif"))}
    for path in (out / "criteria").glob("*.measurement.tif"):
        maps[path.name.split(".")[1]] = gdal.Open(str(path))
    complaints = []
    for col, row in random.integers(0, country.side, (LOOKED_AT, 2)).tolist():
        place = np.array([(col + 0.5) * CELL, country.metres - (row + 0.5) * CELL])
        for name, right in expected(country, place).items():
            band = maps[name].GetRasterBand(1)
            got = float(band.ReadAsArray(col, row, 1, 1)[0, 0])
            got = np.nan if got == band.GetNoDataValue() else got
            if not np.isclose(got, right, rtol=2e-5, atol=1e-4, equal_nan=True):
                complaints.append(f"{name} in column {col}, row {row} is {got}, should be {right}")
    return complaints


def bytes_of(text):
    number, unit = re.fullmatch(r"([\d.]+)\s*(KiB|MiB|GiB)", text).groups()
    return float(number) * UNITS[unit]


def run(program, folder, memory, more):
    out = folder / "out"
    cap = ["--memory", memory] if memory else []
    command = [str(program), "run", str(folder / "study.yaml"), "-q", "--no-sync", "-o", str(out / "results"), *cap, *more]
    return measure.figures(command, out, None), out / "results"


def look_at(side, wanted):
    """(figures, complaints) of one run."""
    folder = wanted.work / str(side)
    measure.apart("gigacell", "made", folder, side)
    figures, out = run(wanted.program, folder, wanted.memory, wanted.more)
    complaints = measure.apart("gigacell", "looked", out, side)
    print(f"{side:6} x {side:6} cells: {figures.wall:7.1f} s, CPU {figures.cpu:7.1f} s = "
          f"{figures.cpu / side**2 * 1e6:.4f} s per million cells, peak {figures.peak:.0f} MiB", flush=True)
    if wanted.memory and figures.peak * 2**20 > bytes_of(wanted.memory) * 1.001:
        complaints.append(f"{side} x {side}: the peak is {figures.peak:.0f} MiB; {wanted.memory} were allowed")
    if not wanted.keep:
        shutil.rmtree(folder)
    return figures, complaints


def made(folder, side):
    make(folder, Country(side))


def looked(out, side):
    return wrong_cells(out, Country(side))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--program", type=Path, required=True)
    options.add_argument("--sides", type=int, nargs="+", default=[4000, 31623])
    options.add_argument("--memory", default="2GiB")
    options.add_argument("--work", type=Path, default=Path("/tmp/gigacell"))
    options.add_argument("--keep", action="store_true", help="leave countries and results")
    options.add_argument("more", nargs="*", help="further options of the run, after --")
    wanted = options.parse_args()
    wanted.program, complaints, costs = wanted.program.resolve(), [], []
    for side in wanted.sides:
        figures, wrong = look_at(side, wanted)
        complaints += wrong
        costs.append(figures.cpu / side**2)
    print(f"a cell of the last takes {costs[-1] / costs[0]:.2f} times as long as one of the first")
    if costs[-1] > 1.2 * costs[0]:
        complaints.append("a cell takes more than a fifth longer")
    print("\n".join(complaints[:20]) or "every cell looked at is right")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
