# SPDX-License-Identifier: Apache-2.0
"""The constants of the cost model in examples/CLUSTER.md: core seconds, memory and disk of a run by what it
measures. cost.py --program build/zonerank --data FOLDER (of run.py's inputs) --cells 500 4000"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import ours

LAYERS = {"c1": "c1.tif", "c2": "c2.tif", "c3": "c3.tif", "c4": "c4.tif", "dem": {"source": "dem.tif", "unit": "m"},
          "landcover": {"source": "landcover.tif", "values": "classes"}, "roads": "roads.gpkg",
          "facilities": "facilities.gpkg", "protected": "protected.gpkg",
          "pace": {"source": "friction.tif", "unit": "min/m"}}
WITHIN_1_KM = {"of": "landcover", "radius": "1 km", "statistic": "share", "classes": [1, 2]}
BASE = {"base": ours.sampled("c1", 1, 1660, 2140)}
MEASURES = {  # criteria beside that of all studies
    "nothing": {},
    "three rasters": {name: ours.sampled(name, 1, 0, 9) for name in ("c2", "c3", "c4")},
    "slope": {"it": ours.criterion(ours.SLOPE, 1, "25 %", "0 %")},
    "ruggedness": {"it": ours.criterion({"ruggedness": {"of": "dem"}}, 1, "100 m", "0 m")},
    "distance to points": {"it": ours.distance("facilities", 1, "30 km", "0 km")},
    "distance to lines": {"it": ours.distance("roads", 1, "10 km", "0 km")},
    "distance to polygons": {"it": ours.distance("protected", 1, "0 km", "5 km")},
    "cover": {"it": ours.criterion({"cover": {"of": "protected"}}, 1, "100 %", "0 %")},
    "focal": {"it": ours.criterion({"focal": WITHIN_1_KM}, 1, "0 %", "100 %")},
    "density": {"it": ours.criterion({"density": {"of": "roads", "radius": "5 km"}}, 1, "0 km/km2", "1 km/km2")},
    "travel time": {"it": ours.criterion({"travel time": {"to": "facilities"}}, 1, "10 h", "0 min")},
    "sites": {}}


def layer(data, told):
    return {**told, "source": f"{data}/{told['source']}"} if isinstance(told, dict) else f"{data}/{told}"


def study_of(name, data, cells):
    criteria = {**BASE, **MEASURES[name]}
    used = json.dumps([criteria, "pace" if name == "travel time" else ""])
    west, north, side = 300_000, 2_500_000, 30 * cells
    area = {"box": [west, north - side, west + side, north], "crs": "EPSG:32643"}
    study = {"study": name, "area": area, "grid": {"like": "c1"}, "criteria": {"all": criteria},
             "layers": {key: layer(data, told) for key, told in LAYERS.items() if f'"{key}"' in used},
             "outputs": ours.COMPARED}
    if name == "travel time":
        study["friction"] = {"speeds": [{"of": "pace"}]}
    if name == "sites":
        study["sites"] = {"source": f"{data}/sites.gpkg", "id": "id"}
    return study


def measured(program, study, folder):
    """Core seconds, peak MB, MB on disk."""
    path, out = folder / "study.yaml", folder / "out"
    path.write_text(json.dumps(study), encoding="utf-8")
    process = subprocess.Popen([program, "run", path, "-o", out, "-q", "--threads", "1", "--no-sync"])
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, study["study"]
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    shutil.rmtree(out)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, size / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="build/zonerank")
    parser.add_argument("--data", required=True, type=lambda text: Path(text).resolve())
    parser.add_argument("--cells", nargs="+", type=int, default=[500, 4000])
    parser.add_argument("--only", nargs="+", default=list(MEASURES), choices=list(MEASURES))
    options = parser.parse_args()
    print("beside one raster     cells a side  core s  s / M cells more  peak MB  disk MB")
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        for cells in options.cells:
            base = 0
            for name in ["nothing", *(name for name in options.only if name != "nothing")]:
                seconds, memory, disk = measured(options.program, study_of(name, options.data, cells), Path(folder))
                base = base or seconds
                more = (seconds - base) / (cells * cells / 1e6)
                print(f"{name:21} {cells:12} {seconds:7.2f} {more:17.4f} {memory:8.0f} {disk:8.1f}", flush=True)


if __name__ == "__main__":
    main()
