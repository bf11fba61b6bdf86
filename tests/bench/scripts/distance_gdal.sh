#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Distance to roads: the roads' cells, then the distance between cells.
set -eu
gdal_rasterize -q -burn 1 -te $BOX -ts "$N" "$N" -ot Byte -co TILED=YES -co COMPRESS=DEFLATE "$DATA/roads.gpkg" "$OUT/roads.tif"
gdal_proximity.py -q "$OUT/roads.tif" "$OUT/map.tif" -distunits GEO -ot Float32 $(printf ' -co %s' $CREATION)
