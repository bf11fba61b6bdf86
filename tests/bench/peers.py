# SPDX-License-Identifier: Apache-2.0
"""Other programs at the same work. Each is a script that reads files and writes files:

    DATA, OUT     folders; OUT is empty
    N, BOX        cells a side; west, south, east and north
    CREATION      how to write a GeoTIFF: options of GDAL's driver
    EXACTEXTRACT  that program
    PYTHON        with the libraries of Debian"""

import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent / "scripts"
CREATION = "TILED=YES BLOCKXSIZE=512 BLOCKYSIZE=512 COMPRESS=ZSTD PREDICTOR=3 BIGTIFF=IF_SAFER"
OUR_LEVEL = "ZSTD_LEVEL=1"
CONFUSING = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "GDAL_NUM_THREADS", "OMP_NUM_THREADS")


@dataclass(frozen=True)
class Peer:
    work: str
    name: str
    script: str
    needs: tuple  # programs and modules
    bars: dict = field(default_factory=dict)  # how many times faster we have to be, by cells a side
    levels: bool = True  # it writes a GeoTIFF, whose level of compression can be chosen and matters
    arguments: tuple = ()  # of the script


PEERS = (
    Peer("a", "gdal_calc", "overlay_gdal.sh", ("gdal_calc.py",), {4000: 8}),
    Peer("a", "NumPy, rasterio", "overlay_numpy.py", ("numpy", "rasterio")),
    Peer("b", "gdal_rasterize, gdal_proximity", "distance_gdal.sh", ("gdal_proximity.py",), {4000: 7}),
    Peer("d", "exactextract", "zonal_exactextract.sh", (), {4000: 6}, levels=False),
    Peer("e", "gdaldem", "slope_gdal.sh", ("gdaldem",), {4000: 6}),
    Peer("f", "SciPy oaconvolve", "focal_scipy.py", ("scipy", "rasterio"), {4000: 6}),
    Peer("h", "GDAL, Python", "study_gdal.sh", ("gdal_calc.py", "rasterio"), {4000: 12, 12000: 12}),
    Peer("h", "GRASS", "study_grass.sh", ("grass",), {4000: 20}),
    Peer("t", "GRASS r.cost", "travel_grass.sh", ("grass",), {4000: 12}, levels=False),
    Peer("t8", "GRASS r.cost", "travel_grass.sh", ("grass",), {4000: 30}, levels=False),
    Peer("t16", "GRASS r.cost -k", "travel_grass.sh", ("grass",), {4000: 30}, levels=False, arguments=("-k",)),
)


def missing(peer, exactextract):
    """What the peer needs and the machine has not; "" when it can run."""
    if peer.name == "exactextract" and not exactextract:
        return "--exactextract"
    return ", ".join(need for need in peer.needs if not (shutil.which(need) or importlib.util.find_spec(need)))


def command(peer):
    script = SCRIPTS / peer.script
    return [*([sys.executable] if script.suffix == ".py" else []), script, *peer.arguments]


def environment(data, out, n, level, exactextract):
    west, north, side = 300_000, 2_500_000, 30 * n
    kept = {name: value for name, value in os.environ.items() if name not in CONFUSING}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1",
            "DATA": os.fspath(data), "OUT": os.fspath(out),
            "N": str(n), "BOX": f"{west} {north - side} {west + side} {north}",
            "CREATION": f"{CREATION} {level}".strip(),
            "EXACTEXTRACT": os.fspath(exactextract or ""), "PYTHON": sys.executable}
