#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What does a batch over the districts of Pakistan cost beside what its runs compute, and does its memory grow?

    /usr/bin/python3 tests/bench/batch.py --program build/zonerank --data DATA [--runs 3] [--work FOLDER]

DATA is the folder of real data that ZONERANK_TEST_DATA names. Ten criteria and a constraint on cells of 250 m, for each
of the 132 districts that have census figures, every layer that of the whole country. On one thread, one district after the
other, wall time is the time of work, and each manifest tells what its run took: reading and indexing what only it reads,
scoring, writing. The rest of the batch is reading what all share, opening studies, and ranking all sites. Then once more
as it is meant to be used, and again with nothing to do. Prints how memory went over the batch. Exit code 1: a
district of the batch has other maps than when it is alone."""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path


ALONE = 4  # districts that are compared
STUDY = """
study: "Industrial land in {{district}}"
grid: {{cell: 250 m}}
layers:
  roads: {{source: {data}/osm_transport.gpkg, layer: roads}}
  rail: {{source: {data}/osm_transport.gpkg, layer: rail}}
  rivers: {{source: {data}/osm_waterways.gpkg, layer: waterways}}
  water: {{source: {data}/osm_waterways.gpkg, layer: water}}
  industry: {{source: {data}/osm_places_landuse.gpkg, layer: industrial}}
  schools: {{source: {data}/osm_places_landuse.gpkg, layer: education}}
  homes: {{source: {data}/osm_places_landuse.gpkg, layer: residential}}
  cities: {{source: {data}/cities_geonames.geojson}}
  airports: {{source: {data}/airports.geojson}}
  plants: {{source: {data}/power_plants_wri.geojson}}
  heights: {{source: {data}/dem_srtm30plus_z6_2km.tif, unit: m}}
criteria:
  infrastructure:
    highway: {{weight: 3, measure: {{distance: {{to: roads}}}}, value: {{linear: {{best: 0 km, worst: 20 km}}}}}}
    railway: {{weight: 2, measure: {{distance: {{to: rail}}}}, value: {{linear: {{best: 0 km, worst: 50 km}}}}}}
    power: {{weight: 2, measure: {{distance: {{to: plants}}}}, value: {{linear: {{best: 0 km, worst: 100 km}}}}}}
    river: {{weight: 1, measure: {{distance: {{to: rivers}}}}, value: {{linear: {{best: 0 km, worst: 20 km}}}}}}
  location:
    cluster: {{weight: 2, measure: {{distance: {{to: industry}}}}, value: {{linear: {{best: 0 km, worst: 30 km}}}}}}
    slope: {{weight: 1, measure: {{slope: {{of: heights}}}}, value: {{linear: {{best: 0 %, worst: 15 %}}}}}}
  labor:
    training: {{weight: 1, measure: {{distance: {{to: schools}}}}, value: {{linear: {{best: 0 km, worst: 30 km}}}}}}
    homes: {{weight: 1, measure: {{cover: {{of: homes}}}}, value: {{linear: {{best: 0 %, worst: 50 %}}}}}}
  connectivity:
    city: {{weight: 1, measure: {{distance: {{to: cities}}}}, value: {{linear: {{best: 0 km, worst: 60 km}}}}}}
    airport: {{weight: 1, measure: {{distance: {{to: airports}}}}, value: {{linear: {{best: 0 km, worst: 150 km}}}}}}
constraints:
  lakes: {{inside: {{of: water}}}}
sites: {{source: {data}/osm_places_landuse.gpkg, layer: industrial}}
"""


def resident(process):
    """In MiB; none when it has ended."""
    try:
        with open(f"/proc/{process.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20
    except (OSError, IndexError):
        return None


def watched(command, folder):
    """Seconds of wall and CPU, and (districts done, MiB) every tenth of a second."""
    before, start, memory = os.times(), time.monotonic(), []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        told = []
        reader = threading.Thread(target=lambda: told.append(process.stderr.read()))
        reader.start()
        while process.poll() is None:
            if (now := resident(process)) is not None:
                memory.append((len(list(folder.glob("*/manifest.json"))), now))
            time.sleep(0.1)
        reader.join()
        if process.returncode:
            sys.exit(told[0].decode())
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - start, cpu, memory


def maps(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.tif"))}


class Batch:
    def __init__(self, arguments):
        self.work, self.program = Path(arguments.work), arguments.program
        data = Path(arguments.data).resolve() / "pakistan"
        self.work.mkdir(parents=True, exist_ok=True)
        self.study = self.work / "study.yaml"
        self.study.write_text(STUDY.format(data=data), encoding="utf-8")
        self.over = data / "admin_district_census.gpkg"

    def run(self, name, *more, where="pop2023 > 0"):
        self.folder = self.work / name
        return watched([self.program, "batch", str(self.study), "--over", str(self.over), "--name", "district", "--where",
                        where, "-o", str(self.folder), "-q", "--no-sync", *more], self.folder)

    def of_runs(self):
        """Seconds that the runs took by what their manifests tell, with what each of them prepared."""
        seconds = [json.loads(path.read_text(encoding="utf-8"))["seconds"] for path in self.folder.glob("*/manifest.json")]
        return sum(s["wall"] for s in seconds), sum(s["wall"] + s["work"].get("prepare", 0) for s in seconds)

    def rows(self):
        return json.loads((self.folder / "batch.json").read_text(encoding="utf-8"))["districts"]


def print_memory(memory):
    most = max(done for done, _ in memory)
    print(f"{'districts done':>16}{'MiB':>8}")
    for part in range(5):
        reached = [mib for done, mib in memory if done >= part * most / 5]
        print(f"{round(part * most / 5):>16}{reached[0]:>8.0f}")
    print(f"{most:>16}{memory[-1][1]:>8.0f}\n{'at the most':>16}{max(mib for _, mib in memory):>8.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/zonerank")
    parser.add_argument("--data", default=os.environ.get("ZONERANK_TEST_DATA"), required="ZONERANK_TEST_DATA" not in os.environ)
    parser.add_argument("--work", default="/dev/shm/zonerank-batch")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    batch = Batch(arguments)

    figures = []
    for _ in range(arguments.runs):
        shutil.rmtree(batch.work / "one-by-one", ignore_errors=True)
        wall, cpu, memory = batch.run("one-by-one", "--threads", "1", "--jobs", "1")
        figures.append((wall, cpu, *batch.of_runs(), memory))
    wall, cpu, runs, prepared, memory = sorted(figures)[len(figures) // 2]
    rows = batch.rows()
    print(f"{len(rows)} districts, {sum(row['cells'] for row in rows):,} cells, {sum(row['sites'] for row in rows)} sites")
    print(f"one thread, one by one: {wall:.1f} s wall, {cpu:.1f} s CPU; the runs by themselves {runs:.1f} s, with what each "
          f"prepares {prepared:.1f} s: {wall / runs:.2f} and {wall / prepared:.2f} times as long")
    print_memory(memory)

    shutil.rmtree(batch.work / "as-meant", ignore_errors=True)
    wall, cpu, memory = batch.run("as-meant")
    print(f"as meant: {wall:.1f} s wall, {cpu:.1f} s CPU, {max(mib for _, mib in memory):.0f} MiB at the most")
    wall, cpu, _ = batch.run("as-meant")
    print(f"again, with nothing to do: {wall:.1f} s wall, {cpu:.1f} s CPU")

    together, wrong = batch.folder, []
    for row in random.Random(3).sample(rows, ALONE):
        name = row["district"].replace("'", "''")
        shutil.rmtree(batch.work / "alone", ignore_errors=True)
        batch.run("alone", "--grid", "own", where=f"district = '{name}'")
        if maps(batch.folder / row["folder"]) != maps(together / row["folder"]):
            wrong.append(row["district"])
    print(f"{ALONE} districts alone have the same maps" if not wrong else f"other maps than alone: {', '.join(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
