# SPDX-License-Identifier: Apache-2.0
"""A small country of our own: 12 x 12 km of UTM zone 43N, and a valid study of it."""

import json
import math
from array import array

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
ogr.UseExceptions()
osr.UseExceptions()

WEST, SOUTH, SIDE = 380_000, 3_660_000, 12_000  # metres in EPSG:32643

STUDY = """\
study: Base
area: {source: data/area.geojson}
grid: {crs: EPSG:32643, cell: 250 m}
layers:
  roads: {source: data/roads.gpkg, layer: roads}
  towns: {source: data/towns.geojson, unit: people}
  districts: {source: data/districts.geojson, unit: "%"}
  terrain: {source: data/terrain.tif, unit: m}
  cover: {source: data/cover.tif, values: classes}
criteria:
  weights: {ahp: {infrastructure vs location: 3}}
  infrastructure:
    highway:
      weight: 60
      measure: {distance: {to: roads, where: "class = 'trunk'"}}
      value: {linear: {best: 0 km, worst: 20 km}}
    town:
      weight: 40
      measure: {distance: {to: towns}}
      value: {gaussian: {ideal: 3 km, spread: 2 km}}
  location:
    weights: {ahp: {slope vs literacy: 2}}
    slope:
      measure: {slope: {of: terrain}}
      value: {piecewise: {0 %: 1, 15 %: 0}}
    literacy:
      measure: {attribute: {of: districts, field: literacy}}
      value: {linear: {worst: 20 %, best: 85 %}}
constraints:
  steep: {above: {measure: {slope: {of: terrain}}, limit: 15 %}}
  water: {classes: {of: cover, exclude: [80]}}
sites: {source: data/sites.geojson, name: name, id: id, keep: [note]}
output: out
"""


def crs(code):
    system = osr.SpatialReference()
    system.ImportFromEPSG(code)
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return system


def at(x, y):
    """WGS 84 longitude and latitude of a place given in metres from the south-west corner."""
    lon, lat, _ = osr.CoordinateTransformation(crs(32643), crs(4326)).TransformPoint(WEST + x, SOUTH + y)
    return [round(lon, 7), round(lat, 7)]


def square(x, y, side):
    corners = ((0, 0), (side, 0), (side, side), (0, side), (0, 0))
    return {"type": "Polygon", "coordinates": [[at(x + a, y + b) for a, b in corners]]}


def point(x, y):
    return {"type": "Point", "coordinates": at(x, y)}


def line(*places):
    return {"type": "LineString", "coordinates": [at(x, y) for x, y in places]}


def write_geojson(path, *features, **more):
    """Features are pairs of geometry and properties."""
    path.write_text(json.dumps({"type": "FeatureCollection", **more, "features": [
        {"type": "Feature", "properties": properties, "geometry": geometry} for geometry, properties in features]}),
        encoding="utf-8")


def write_gpkg(path, layer, *features, code=4326):
    """Features are pairs of geometry and class. code None: without a CRS."""
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    table = source.CreateLayer(layer, crs(code) if code else None, ogr.wkbUnknown)
    table.CreateField(ogr.FieldDefn("class", ogr.OFTString))
    for geometry, name in features:
        feature = ogr.Feature(table.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromJson(json.dumps(geometry)))
        feature.SetField("class", name)
        table.CreateFeature(feature)
    del table, source


def write_raster(path, value, cell=100, code=32643, kind=gdal.GDT_Float32, nodata=None,
                 box=(-2000, -2000, 14_000, 14_000), corner=(WEST, SOUTH), **how):
    """value(x, y) at the cells' centres; they and the box are counted from the south-west corner."""
    x0, y0, x1, y1 = box
    cols, rows = round((x1 - x0) / cell), round((y1 - y0) / cell)
    options = [f"{key}={text}" for key, text in how.items()]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), cols, rows, 1, kind, options)
    raster.SetGeoTransform((corner[0] + x0, cell, 0, corner[1] + y1, 0, -cell))
    if code:
        raster.SetProjection(crs(code).ExportToWkt())
    band = raster.GetRasterBand(1)
    if nodata is not None:
        band.SetNoDataValue(nodata)
    values = (value(x0 + (c + 0.5) * cell, y1 - (r + 0.5) * cell) for r in range(rows) for c in range(cols))
    band.WriteRaster(0, 0, cols, rows, array("f", values).tobytes(), buf_type=gdal.GDT_Float32)


def height(x, y):
    return 300 + 60 * math.sin(x / 900) * math.cos(y / 700) + x / 100


def classes(x, y):
    return 80 if math.hypot(x - 9000, y - 3000) < 1200 else 20 if (x // 1500 + y // 1500) % 2 else 40


def write_country(folder):
    """data/ and study.yaml."""
    data = folder / "data"
    data.mkdir()
    write_geojson(data / "area.geojson", (square(0, 0, SIDE), {}))
    write_gpkg(data / "roads.gpkg", "roads", (line((-3000, 4000), (15000, 5500)), "trunk"),
               (line((6000, -2000), (5000, 14000)), "track"))
    write_geojson(data / "towns.geojson", (point(2500, 9000), {"name": "A", "population": 4000}),
                  (point(8000, 6000), {"name": "B", "population": 9000}))
    write_geojson(data / "districts.geojson", (square(-3000, -3000, 9000), {"literacy": 40, "kind": "rural"}),
                  (square(6000, -3000, 9000), {"literacy": 70.5, "kind": "urban"}),
                  (square(-3000, 6000, 9000), {"literacy": None, "kind": "rural"}),
                  (square(6000, 6000, 9000), {"literacy": 55, "kind": None}))
    write_raster(data / "terrain.tif", height)
    write_raster(data / "cover.tif", classes, kind=gdal.GDT_Byte)
    write_geojson(data / "sites.geojson", (square(1100, 2050, 1430), {"id": "S1", "name": "Alpha", "note": "first"}),
                  (square(7000, 7100, 2000), {"id": "S2", "name": "Beta", "note": None}),
                  (square(8300, 2300, 1500), {"id": "S3", "name": "Gamma", "note": "by the water"}),
                  (square(5200, 3000, 700), {"id": "S4", "name": "Delta", "note": "on both roads"}))
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
