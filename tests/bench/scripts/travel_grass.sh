#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Minutes to the nearest facility over a raster of minutes per metre in GRASS, from files to files; -k: with knights' moves.
set -eu
export GRASS_OVERWRITE=1 GRASS_VERBOSE=0 GRASS_SKIP_MAPSET_OWNER_CHECK=1
if [ "${1:-}" != inside ]; then
    grass -c "$DATA/friction.tif" -e "$OUT/grass"
    exec grass "$OUT/grass/PERMANENT" --exec sh "$0" inside "$@"
fi
shift
r.in.gdal -o input="$DATA/friction.tif" output=pace memory=1000
g.region raster=pace
v.in.ogr -o input="$DATA/facilities.gpkg" output=facilities
r.mapcalc expression="cost = pace * nsres()"
r.cost "$@" input=cost output=minutes start_points=facilities memory=4000
r.out.gdal -c -f input=minutes output="$OUT/map.tif" format=GTiff type=Float32 nodata=-9999 createopt="$(echo "$CREATION" | tr ' ' ',')"
