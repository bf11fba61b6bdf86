#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes terrain.asc and landcover.asc: made-up rasters from a formula, not measurements.

Terrain, metres; x and y are kilometres east and north of Mirpur (73.75 E, 33.15 N):
  d = 0.263 (x + 13.98) + 0.965 (y + 4.44)          km north-east of the foot of the hills
  plain, d <= 0:  262 + 1.5 d                       (falls to 238 m at Jhelum)
  hills, d > 0:   262 + 130 (1 - exp(-d / 5)) + 2 d
                  + A (0.5 + 0.5 sin(2 pi u / 4.6 + 1.7 sin(2 pi x / 13 + y / 9)))
                  + 0.4 A (0.5 + 0.5 sin(2 pi v / 6.1)),   A = min(1, d) min(15 + 8 d, 240)
                  u = 0.263 x + 0.965 y, v = 0.9 x - 0.4 y
then pulled to the spot heights below (inverse squared distance, fading over 5 km),
flat at 379 m in the reservoir and led smoothly to its shore.

Land cover has the codes of ESA WorldCover, given by rule: 80 reservoir, 50 within
0.7 sqrt(population / 10,000) km of a town, 60 floodplain, 10 steeper than 12 %,
40 below 330 m, otherwise 20.
"""
import json
import math
import pathlib

HERE = pathlib.Path(__file__).parent
WEST, SOUTH, CELL, SIDE = 73.40, 32.80, 0.005, 160
KM_EAST, KM_NORTH = 93.2, 110.9  # of a degree, at 33.15 N
SHORE = 379  # full level 1,242 ft
SPOTS = [  # lon, lat, metres
    (73.752, 33.148, 459),  # Mirpur (ur.wikipedia.org)
    (73.728, 32.934, 234),  # Jhelum (en.wikipedia.org)
]
TREES, SCRUB, CROPS, BUILT, BARE, WATER = 10, 20, 40, 50, 60, 80


def km(lon, lat):
    return (lon - 73.75) * KM_EAST, (lat - 33.15) * KM_NORTH


def features(name):
    return json.loads((HERE / f"{name}.geojson").read_text())["features"]


def rings(name):
    return [[km(*p) for p in f["geometry"]["coordinates"][0]] for f in features(name)]


def inside(x, y, ring):
    crossings = 0
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            crossings += 1
    return crossings % 2 == 1


def distance(x, y, ring):
    def to_edge(a, b):
        (ax, ay), (bx, by) = a, b
        t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
        t = min(1, max(0, t))
        return math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))

    return min(to_edge(a, b) for a, b in zip(ring, ring[1:]))


def foot(x, y):
    return 0.263 * (x + 13.98) + 0.965 * (y + 4.44)


def formula(x, y):
    d = foot(x, y)
    if d <= 0:
        return 262 + 1.5 * d
    ridge = min(1, d) * min(15 + 8 * d, 240)
    u, v = 0.263 * x + 0.965 * y, 0.9 * x - 0.4 * y
    return (262 + 130 * (1 - math.exp(-d / 5)) + 2 * d
            + ridge * (0.5 + 0.5 * math.sin(2 * math.pi * u / 4.6 + 1.7 * math.sin(2 * math.pi * x / 13 + y / 9)))
            + 0.4 * ridge * (0.5 + 0.5 * math.sin(2 * math.pi * v / 6.1)))


def spotted(x, y):
    total = fade = 0
    for lon, lat, metres in SPOTS:
        sx, sy = km(lon, lat)
        weight = 1 / ((x - sx) ** 2 + (y - sy) ** 2 + 0.25)
        total += weight * (metres - formula(sx, sy))
        fade += weight
    return formula(x, y) + total / (fade + 1 / 25)


def height(x, y, lake):
    if inside(x, y, lake):
        return SHORE
    z, d = spotted(x, y), foot(x, y)
    away = distance(x, y, lake)
    if d > 5:
        z = max(z, SHORE + 8 * min(away, 1.5))
    near = min(1, away / 2)
    return z if z < SHORE else SHORE + near * (z - SHORE)


def centres():
    for row in range(SIDE):
        lat = SOUTH + (SIDE - row - 0.5) * CELL
        yield [km(WEST + (column + 0.5) * CELL, lat) for column in range(SIDE)]


def slope(z, row, column):
    up, down = max(row - 1, 0), min(row + 1, SIDE - 1)
    left, right = max(column - 1, 0), min(column + 1, SIDE - 1)
    east = (z[row][right] - z[row][left]) / ((right - left) * CELL * KM_EAST * 1000)
    north = (z[up][column] - z[down][column]) / ((down - up) * CELL * KM_NORTH * 1000)
    return 100 * math.hypot(east, north)


def cover(x, y, z, percent, lake, plains, towns):
    if inside(x, y, lake):
        return WATER
    if any(math.hypot(x - tx, y - ty) < radius for tx, ty, radius in towns):
        return BUILT
    if any(inside(x, y, plain) for plain in plains):
        return BARE
    if percent > 12:
        return TREES
    return CROPS if z < 330 else SCRUB


def write(name, rows):
    lines = [f"ncols {SIDE}", f"nrows {SIDE}", f"xllcorner {WEST:.2f}", f"yllcorner {SOUTH:.2f}",
             f"cellsize {CELL}", "NODATA_value -9999"]
    lines += [" ".join(map(str, row)) for row in rows]
    (HERE / f"{name}.asc").write_text("\n".join(lines) + "\n")
    (HERE / f"{name}.prj").write_text(
        'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]\n')


def main():
    lake, plains = rings("reservoir")[0], rings("floodplain")
    towns = [(*km(*f["geometry"]["coordinates"]), 0.7 * math.sqrt(f["properties"]["population"] / 1e4))
             for f in features("towns") if f["properties"]["population"]]
    grid = list(centres())
    z = [[round(height(x, y, lake)) for x, y in row] for row in grid]
    write("terrain", z)
    write("landcover", [[cover(x, y, z[r][c], slope(z, r, c), lake, plains, towns) for c, (x, y) in enumerate(row)]
                        for r, row in enumerate(grid)])


if __name__ == "__main__":
    main()
