#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Weighted overlay of six criteria, one expression.
set -eu
gdal_calc.py --quiet -A "$DATA/c1.tif" -B "$DATA/c2.tif" -C "$DATA/c3.tif" -D "$DATA/c4.tif" -E "$DATA/c5.tif" -F "$DATA/c6.tif" \
    --calc="0.25*clip((A-1660.0)/480.0,0,1)+0.20*clip((B-3.7)/5.6,0,1)+0.15*clip((1400.0-C)/1000.0,0,1)+0.15*clip((D-15.0)/60.0,0,1)+0.15*clip((31.0-E)/16.0,0,1)+0.10*clip((F-0.1)/0.6,0,1)" \
    --NoDataValue=-9999 --type=Float32 $(printf ' --co %s' $CREATION) --outfile="$OUT/map.tif"
