# SPDX-License-Identifier: Apache-2.0
"""Whether an answer is right: by the peer's own, or by another way to it."""

import csv
import json

import numpy as np
from osgeo import gdal, ogr
from scipy.spatial import cKDTree

import ours
from results import Finding

gdal.UseExceptions()
ogr.UseExceptions()


def findings(work, data, peer, out):
    """Of our results in `out`, beside those in `peer`."""
    return CHECKS[work](data, peer, out)


def overlay(_, peer, out):
    return same_maps(peer / "map.tif", ours.result_of("a", out), 1e-6)


def slope(data, peer, out):
    """gdaldem has nothing on the rim and computes in single precision, so the right answer is computed here."""
    mine, dem = gdal.Open(str(ours.result_of("e", out))), gdal.Open(str(data / "dem.tif"))
    largest = 0.0
    for row in range(1, dem.RasterYSize - 1, 512):
        rows = min(512, dem.RasterYSize - 1 - row)
        exact = horn(values_of(dem.GetRasterBand(1), 0, row - 1, dem.RasterXSize, rows + 2), dem.GetGeoTransform()[1])
        found = values_of(mine.GetRasterBand(1), 1, row, dem.RasterXSize - 2, rows)
        largest = max(largest, float(np.nan_to_num(np.abs(found - exact), nan=np.inf).max()))
    return [Finding("largest error, %", largest, 1e-4),
            *same_maps(peer / "map.tif", ours.result_of("e", out), 5e-3, rim=1)]


def horn(z, cell):
    """Rise over run in percent (Horn 1981); z has a rim of one cell."""
    z = z.astype("f8")
    down = z[:-2] + 2 * z[1:-1] + z[2:]
    across = z[:, :-2] + 2 * z[:, 1:-1] + z[:, 2:]
    return 100 / (8 * cell) * np.hypot(down[:, 2:] - down[:, :-2], across[2:] - across[:-2])


def directions(_, peer, out):
    """What goes in all directions is never later than what steps to 8 cells."""
    _, above, one_sided = times("t", peer, out)
    return [Finding("largest time above the peer's, relative", above, 1e-5), one_sided]


def steps_8(_, peer, out):
    """The same graph, added up in single precision."""
    apart, _, one_sided = times("t8", peer, out)
    return [Finding("largest relative difference of a cell", apart, 1e-5), one_sided]


def steps_16(_, peer, out):
    apart, _, one_sided = times("t16", peer, out)
    return [Finding("largest relative difference of a cell", apart, 1e-5), one_sided]


def times(work, peer, out):
    """How far apart two maps of times are, and how far ours is above, as parts of a time."""
    apart, above, one_sided = 0.0, 0.0, 0
    for theirs, mine in strips(gdal.Open(str(peer / "map.tif")), gdal.Open(str(ours.result_of(work, out))), 0):
        known = ~np.isnan(theirs)
        one_sided += int((known == np.isnan(mine)).sum())
        relative = (mine - theirs)[known] / np.maximum(theirs[known], 1e-3)
        apart, above = max(apart, float(np.abs(relative).max(initial=0))), max(above, float(relative.max(initial=0)))
    return apart, above, Finding("cells with data in one only", one_sided, 0)


def focal(_, peer, out):
    """The peer adds in single precision, and leaves out cells that have no data but neighbours with some."""
    return same_maps(peer / "map.tif", ours.result_of("f", out), 1e-4, ours_may_have_more=True)


def same_maps(theirs, mine, allowed, rim=0, ours_may_have_more=False):
    """Cell by cell, but those of the rim."""
    largest, one_sided = 0.0, 0
    for one, other in strips(gdal.Open(str(theirs)), gdal.Open(str(mine)), rim):
        known, lost = ~np.isnan(one), np.isnan(other)
        one_sided += int((known & lost if ours_may_have_more else known == lost).sum())
        largest = max(largest, float(np.abs(one - other)[known & ~lost].max(initial=0)))
    return [Finding("largest difference of a cell", largest, allowed),
            Finding("cells with data in one only", one_sided, 0)]


def strips(one, other, rim):
    """Pairs of the same rows of two rasters; no data is NaN."""
    if (one.RasterXSize, one.RasterYSize) != (other.RasterXSize, other.RasterYSize):
        raise ValueError("the maps differ in size")
    cols, end = one.RasterXSize - 2 * rim, one.RasterYSize - rim
    for row in range(rim, end, 512):
        rows = min(512, end - row)
        yield tuple(values_of(source.GetRasterBand(1), rim, row, cols, rows) for source in (one, other))


def values_of(band, *window):
    values = band.ReadAsArray(*window)
    values[values == band.GetNoDataValue()] = np.nan
    return values


def distance(data, _, out):
    """Against the distance to all edges at random cells' centres."""
    raster = gdal.Open(str(ours.result_of("b", out)))
    west, cell, _, north, _, _ = raster.GetGeoTransform()
    random = np.random.default_rng(7)
    col, row = random.integers(raster.RasterXSize, size=10_000), random.integers(raster.RasterYSize, size=10_000)
    centres = np.column_stack([west + (col + 0.5) * cell, north - (row + 0.5) * cell])
    exact = distances(centres, *edges(data / "roads.gpkg"))
    found = values_of(raster.GetRasterBand(1))[row, col]
    return [Finding("mean error at 10,000 cells, m", float(np.abs(found - exact).mean()), 0.01)]


def edges(path):
    """Where the edges of a file's lines start and end."""
    source = ogr.Open(str(path))
    lines = [np.array(feature.GetGeometryRef().GetPoints()) for feature in source.GetLayer(0)]
    return np.concatenate([line[:-1] for line in lines]), np.concatenate([line[1:] for line in lines])


def distances(places, start, end):
    """To the nearest edge: one whose middle is no farther than the nearest middle and half the longest edge."""
    middles = cKDTree((start + end) / 2)
    reach = middles.query(places)[0] + np.linalg.norm(end - start, axis=1).max() / 2
    near = middles.query_ball_point(places, reach + 1e-6)
    return np.array([to_edges(place, start[some], end[some]) for place, some in zip(places, near)])


def to_edges(place, start, end):
    along = end - start
    length = np.maximum((along * along).sum(axis=1), 1e-300)
    t = np.clip(((place - start) * along).sum(axis=1) / length, 0, 1)
    return np.linalg.norm(place - start - t[:, None] * along, axis=1).min()


def zones(_, peer, out):
    theirs, mine = zones_of(peer / "zones.csv"), zones_of(ours.result_of("d", out))
    pairs = {"mean": ("mean", "c2_mean"), "least": ("min", "c2_min"), "most": ("max", "c2_max"),
             "10 %": (quantile_in(theirs), "c2_p10")}
    return [Finding(f"largest relative difference, {name}", relative(theirs, mine, *columns), 1e-6)
            for name, columns in pairs.items()]


def zones_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def quantile_in(table):
    """Versions of exactextract name it differently."""
    return next(name for name in next(iter(table.values())) if name.startswith("quantile"))


def relative(theirs, mine, column, our_column):
    """Infinite where one of them has a zone or a number that the other has not."""
    if theirs.keys() != mine.keys():
        return float("inf")
    one = np.array([number(theirs[zone][column]) for zone in theirs])
    other = np.array([number(mine[zone].get(our_column)) for zone in theirs])
    if (np.isnan(one) != np.isnan(other)).any():
        return float("inf")
    return float(np.nanmax(np.abs(one - other) / np.abs(one)))


def number(text):
    return float(text) if text else float("nan")


def whole(_, peer, out):
    """The peers count cells by their centre and measure from cells to cells: near, not the same."""
    features = json.loads((peer / "sites.geojson").read_text(encoding="utf-8"))["features"]
    theirs = {str(f["properties"]["id"]): f["properties"]["mean"] for f in features}
    mine = {name: number(row["map_score"]) for name, row in zones_of(out / "results" / "ranking.csv").items()}
    common = [name for name, mean in theirs.items() if mean is not None and not np.isnan(mine[name])]
    difference = np.mean([abs(theirs[name] - mine[name]) for name in common])
    lost = best(theirs, common) - best(mine, common)
    return [Finding("mean difference of a site's score", float(difference), 5e-3),
            Finding("of its best 50 not among ours", len(lost), 5)]


def best(scores, names):
    return set(sorted(names, key=lambda name: -scores[name])[:50])


def tiny(_, __, out):
    wanted = ("suitability.tif", "constraints.tif", "sites.geojson", "ranking.csv", "manifest.json")
    absent = [name for name in wanted if not (out / "results" / name).is_file()]
    return [Finding("files that are not there", len(absent), 0)]


CHECKS = {"a": overlay, "b": distance, "d": zones, "e": slope, "f": focal, "h": whole, "t": directions,
          "t8": steps_8, "t16": steps_16, "tiny": tiny}
