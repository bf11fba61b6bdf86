# SPDX-License-Identifier: Apache-2.0
"""`zonerank measure`, and what tells where the time goes."""

import csv
import json
import shutil
import unittest
from array import array

from osgeo import gdal
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate

import data
import program

gdal.UseExceptions()


def floats(path):
    raster = gdal.Open(str(path))  # a band doesn't keep it
    return bytes(raster.GetRasterBand(1).ReadRaster(buf_type=gdal.GDT_Float32))


class Measure(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)

    def test_a_map_is_the_runs_own(self):
        text = (self.folder / "study.yaml").read_text(encoding="utf-8")
        (self.folder / "maps.yaml").write_text(text + "outputs: {criteria: true}\n", encoding="utf-8")
        self.succeeds("run", "maps.yaml", "--output", "maps")
        for criterion in ("infrastructure.highway", "location.slope", "location.literacy"):
            name = f"{criterion}.tif"
            self.succeeds("measure", "study.yaml", criterion.split(".")[1], "-o", name)
            self.assertEqual(floats(self.folder / name),
                             floats(self.folder / "maps" / "criteria" / f"{criterion}.measurement.tif"))
            warnings, errors, _ = validate(str(self.folder / name), full_check=True)
            self.assertEqual((warnings, errors), ([], []))

    def test_the_bytes_do_not_depend_on_tiles_and_threads(self):
        for end in ("tif", "csv"):
            made = []
            for tile, threads in ((512, 1), (17, 3), (64, 2)):
                name = f"slope-{tile}.{end}"
                self.succeeds("measure", "study.yaml", "slope", "-o", name, "--tile", tile, "--threads", threads)
                made.append((self.folder / name).read_bytes())
            self.assertEqual(made, made[:1] * 3)

    def test_a_table_has_the_sites_in_their_order(self):
        self.succeeds("measure", "study.yaml", "highway", "-o", "highway.csv")
        with (self.folder / "highway.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        sites = json.loads((self.folder / "data" / "sites.geojson").read_text(encoding="utf-8"))["features"]
        self.assertEqual([row["name"] for row in rows], [site["properties"]["name"] for site in sites])
        for row in rows:
            if float(row["cells"]) == 0:
                continue
            names = ("min", "p10", "median", "p90", "max")
            shares = [float(row[f"highway_m_{name}"]) for name in names]
            self.assertEqual(shares, sorted(shares))
            self.assertTrue(shares[0] <= float(row["highway_m_mean"]) <= shares[-1])

    def test_only_what_it_needs_is_opened(self):
        (self.folder / "lone").mkdir()
        shutil.copytree(self.folder / "data", self.folder / "lone" / "data")
        shutil.copy(self.folder / "study.yaml", self.folder / "lone")
        terrain = self.folder / "lone" / "data" / "terrain.tif"
        terrain.write_bytes(terrain.read_bytes()[:2000])  # opens, and can't be read
        self.succeeds("measure", "lone/study.yaml", "highway", "-o", "lone/highway.tif")
        terrain.unlink()
        done = self.succeeds("measure", "lone/study.yaml", "highway", "-o", "lone/highway.csv")
        self.assertEqual(program.complaints(done), [])

    def test_a_study_says_how_maps_are_compressed(self):
        text = (self.folder / "study.yaml").read_text(encoding="utf-8")
        self.succeeds("measure", "study.yaml", "highway", "-o", "zstd.tif")
        exact = array("f", floats(self.folder / "zstd.tif"))
        for compression, named, error in (("deflate", "DEFLATE", 0), ("{zstd: {level: 15}}", "ZSTD", 0),
                                          ("{lerc: {max error: 0.5}}", "LERC", 0.5)):
            (self.folder / "packed.yaml").write_text(f"{text}outputs: {{compression: {compression}}}\n", encoding="utf-8")
            self.succeeds("measure", "packed.yaml", "highway", "-o", "packed.tif", "--overwrite")
            raster = gdal.Open(str(self.folder / "packed.tif"))
            self.assertEqual(raster.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE"), named)
            found = array("f", floats(self.folder / "packed.tif"))
            known = [(a, b) for a, b in zip(exact, found) if a != -9999]
            self.assertTrue(known and all(abs(a - b) <= error for a, b in known))

    def test_what_is_there_stays(self):
        keep = self.folder / "keep.tif"
        keep.write_text("mine", encoding="utf-8")
        done = program.zonerank("measure", "study.yaml", "slope", "-o", "keep.tif", cwd=self.folder)
        self.assertEqual((done.returncode, done.stderr), (1, "keep.tif: is there already; --overwrite replaces it\n"))
        self.assertEqual(keep.read_text(encoding="utf-8"), "mine")
        self.succeeds("measure", "study.yaml", "slope", "-o", "keep.tif", "--overwrite")
        self.assertNotEqual(floats(keep), b"")

    def test_a_slip_gets_the_nearest_name(self):
        done = program.zonerank("measure", "study.yaml", "slop", "-o", "a.tif", cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"^study.yaml:\d+:1: unknown criterion 'slop'; did you mean 'slope'\?\n$")
        self.assertFalse((self.folder / "a.tif").exists())


class Times(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)

    def test_a_trace_has_the_units_and_stages_of_each_thread(self):
        self.succeeds("run", "study.yaml", "--threads", 2, "--tile", 16, "--trace", "trace.json", "--no-sync")
        events = json.loads((self.folder / "trace.json").read_text(encoding="utf-8"))["traceEvents"]
        self.assertTrue({"prepare", "score", "rank", "finish", "measure", "read", "value", "aggregate", "constrain",
                         "encode", "lay out", "hash"} <= {event["name"] for event in events})
        self.assertTrue(all(event["ph"] == "X" and event["ts"] >= 0 and event["dur"] >= 0 for event in events))

    def test_the_manifest_tells_the_seconds_of_each_stage(self):
        self.succeeds("run", "study.yaml", "--threads", 1)
        seconds = json.loads((self.folder / "out" / "manifest.json").read_text(encoding="utf-8"))["seconds"]
        self.assertEqual(list(seconds["stages"]), ["read", "measure", "value", "aggregate", "constrain", "sites",
                                                   "encode", "lay out", "hash"])
        self.assertLessEqual(sum(seconds["stages"].values()), seconds["wall"] + 0.1)

    def test_results_do_not_depend_on_syncing(self):
        self.succeeds("run", "study.yaml", "--output", "synced")
        self.succeeds("run", "study.yaml", "--output", "left", "--no-sync")
        self.same_files(["suitability.tif", "sites.geojson"], self.folder / "synced", self.folder / "left")


if __name__ == "__main__":
    unittest.main()
