#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The same study in GRASS, from files to files: imported, computed, exported.
set -eu
export GRASS_OVERWRITE=1 GRASS_VERBOSE=0 GRASS_SKIP_MAPSET_OWNER_CHECK=1
if [ "${1:-}" != inside ]; then
    grass -c "$DATA/c1.tif" -e "$OUT/grass"
    exec grass "$OUT/grass/PERMANENT" --exec sh "$0" inside
fi
for name in c1 c2 dem landcover; do
    r.in.gdal -o input="$DATA/$name.tif" output=$name memory=1000
done
g.region raster=c1
for name in roads facilities protected sites; do
    v.in.ogr -o input="$DATA/$name.gpkg" output=$name
done
for name in roads facilities protected; do
    v.to.rast input=$name output=$name use=val value=1
    r.grow.distance input=$name distance=to_$name
done
r.slope.aspect elevation=dem slope=slope format=percent
r.mapcalc expression="score = float(if(not(isnull(protected)) || landcover==5 || slope>60, null(), min(max((c1-1660.0)/480.0,0),1)*0.25+min(max((c2-3.7)/5.6,0),1)*0.20+min(max((25.0-slope)/25.0,0),1)*0.15+min(max((10000.0-to_roads)/10000.0,0),1)*0.15+min(max((30000.0-to_facilities)/30000.0,0),1)*0.15+min(max(to_protected/5000.0,0),1)*0.10))"
v.rast.stats -c map=sites raster=score column_prefix=s method=number,average
r.out.gdal -c -f input=score output="$OUT/map.tif" format=GTiff type=Float32 nodata=-9999 createopt="$(echo "$CREATION" | tr ' ' ',')"
v.out.ogr input=sites output="$OUT/sites.gpkg" format=GPKG
ogr2ogr -f GeoJSON "$OUT/sites.geojson" "$OUT/sites.gpkg" -dialect SQLite \
    -sql "SELECT id, s_average AS mean, geom FROM sites ORDER BY s_average DESC"
