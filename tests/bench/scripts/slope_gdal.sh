#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Slope in percent.
set -eu
gdaldem slope -q -p "$DATA/dem.tif" "$OUT/map.tif" $(printf ' -co %s' $CREATION)
