#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Statistics of a raster in polygons, cells weighted by the share that is covered.
set -eu
"$EXACTEXTRACT" -r "$DATA/c2.tif" -p "$DATA/sites.gpkg" -f id -s mean -s min -s max -s "quantile(q=0.1)" -o "$OUT/zones.csv"
