# SPDX-License-Identifier: Apache-2.0
"""Sites ranked by the mean score of the cells whose centre they hold."""

import json
import os

import rasterio
from osgeo import ogr
from rasterio.features import geometry_mask
from rasterio.windows import Window, from_bounds


def mean(scores, geometry, envelope):
    west, east, south, north = envelope
    window = from_bounds(west, south, east, north, scores.transform).round_offsets(op="floor")
    window = window.round_lengths(op="ceil")
    window = Window(window.col_off, window.row_off, window.width + 1, window.height + 1)
    values = scores.read(1, window=window)
    inside = geometry_mask([geometry], values.shape, scores.window_transform(window), invert=True)
    values = values[inside & (values != scores.nodata)]
    return float(values.mean()) if values.size else None


def main():
    found = []
    source = ogr.Open(f"{os.environ['DATA']}/sites.gpkg")
    with rasterio.open(f"{os.environ['OUT']}/map.tif") as scores:
        for feature in source.GetLayer(0):
            geometry = feature.GetGeometryRef()
            shape = json.loads(geometry.ExportToJson())
            properties = {"id": feature["id"], "mean": mean(scores, shape, geometry.GetEnvelope())}
            found.append({"type": "Feature", "properties": properties, "geometry": shape})
    found.sort(key=lambda site: -1 if site["properties"]["mean"] is None else site["properties"]["mean"], reverse=True)
    with open(f"{os.environ['OUT']}/sites.geojson", "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": found}, file)


main()
