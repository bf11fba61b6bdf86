#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A study as a script: three distances, a slope, an overlay with exclusions, the means of the sites.
set -eu
options=$(printf ' -co %s' $CREATION)
for name in roads facilities protected; do
    gdal_rasterize -q -burn 1 -te $BOX -ts "$N" "$N" -ot Byte -co TILED=YES -co COMPRESS=DEFLATE "$DATA/$name.gpkg" "$OUT/$name.tif"
    gdal_proximity.py -q "$OUT/$name.tif" "$OUT/to_$name.tif" -distunits GEO -ot Float32 $options
done
gdaldem slope -q -p "$DATA/dem.tif" "$OUT/slope.tif" $options
gdal_calc.py --quiet -A "$DATA/c1.tif" -B "$DATA/c2.tif" -S "$OUT/slope.tif" -R "$OUT/to_roads.tif" -F "$OUT/to_facilities.tif" \
    -P "$OUT/to_protected.tif" -X "$OUT/protected.tif" -L "$DATA/landcover.tif" \
    --calc="where((X==1)|(L==5)|(S>60),-9999.0,clip((A-1660.0)/480.0,0,1)*0.25+clip((B-3.7)/5.6,0,1)*0.20+clip((25.0-S)/25.0,0,1)*0.15+clip((10000.0-R)/10000.0,0,1)*0.15+clip((30000.0-F)/30000.0,0,1)*0.15+clip(P/5000.0,0,1)*0.10)" \
    --NoDataValue=-9999 --type=Float32 $(printf ' --co %s' $CREATION) --outfile="$OUT/map.tif"
"$PYTHON" "$(dirname "$0")/study_gdal_sites.py"
