# SPDX-License-Identifier: Apache-2.0
"""diff: what changed between two runs, held against what was changed by hand and against GDAL's own reading."""

import csv
import json
import shutil
import unittest
from array import array

from osgeo import gdal

import data
import program


def cells(path):
    raster = gdal.Open(str(path))
    band = raster.GetRasterBand(1)
    nodata = band.GetNoDataValue()
    values = array("f", band.ReadRaster(buf_type=gdal.GDT_Float32))
    return [None if value == nodata or value != value else value for value in values]


def ranking(folder):
    with (folder / "ranking.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


class Diff(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        cls.run_study("out", data.STUDY)

    @classmethod
    def run_study(cls, output, text):
        (cls.folder / f"{output}.yaml").write_text(text, encoding="utf-8")
        done = program.zonerank("run", f"{output}.yaml", "--quiet", "--output", output, cwd=cls.folder)
        assert done.returncode == 0, done.stderr

    def diff(self, *arguments, code):
        done = program.zonerank("diff", *arguments, cwd=self.folder)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def found(self, *arguments, code=1):
        return json.loads(self.diff("--json", *arguments, code=code).stdout)

    def test_a_run_and_itself(self):
        self.assertIn("Nothing differs between the two runs.", self.diff("out", "out/manifest.json", code=0).stdout)
        found = self.found("out", "out", code=0)
        self.assertTrue(found["same"])
        self.assertEqual(found["study"], [])

    def test_a_value_function(self):
        self.run_study("value", data.STUDY.replace("worst: 20 km", "worst: 15 km"))
        found = self.found("out", "value")
        self.assertEqual(found["study"], [{"what": "criterion highway: value: worst", "before": "20 km",
                                           "after": "15 km"}])
        self.assertEqual(found["inputs"], [])
        before, after = ranking(self.folder / "out"), ranking(self.folder / "value")
        for site in found["sites"]:
            if site["before"]["score"] is not None:
                change = float(after[site["id"]]["score"]) - float(before[site["id"]]["score"])
                self.assertAlmostEqual(site["after"]["score"] - site["before"]["score"], change)
                self.assertEqual(site["most_by"], "highway")
                part = float(after[site["id"]]["highway_part"]) - float(before[site["id"]]["highway_part"])
                self.assertAlmostEqual(site["most_by_change"], part)
        self.assertIn("criterion highway: value: worst: 20 km -> 15 km", self.diff("out", "value", code=1).stdout)

    def test_a_weight_and_the_map_of_changes(self):
        self.run_study("weight", data.STUDY.replace("weight: 60", "weight: 30"))
        change = self.folder / "change.tif"
        found = self.found("out", "weight", "--map", change)
        weights = {row["criterion"]: row for row in found["weights"]}
        self.assertAlmostEqual(weights["highway"]["before"], 0.75 * 0.6)
        self.assertAlmostEqual(weights["highway"]["after"], 0.75 * 30 / 70)
        self.assertEqual(weights["slope"]["before"], weights["slope"]["after"])
        before, after = cells(self.folder / "out" / "suitability.tif"), cells(self.folder / "weight" / "suitability.tif")
        both = [b - a for a, b in zip(before, after) if a is not None and b is not None]
        told = found["suitability"]
        self.assertEqual(told["cells"], len(both))
        self.assertEqual(told["changed"], sum(c != 0 for c in both))
        self.assertAlmostEqual(told["mean"], sum(both) / len(both), places=6)
        self.assertAlmostEqual(told["mean_size"], sum(map(abs, both)) / len(both), places=6)
        self.assertAlmostEqual(told["most"], max(both), places=6)
        self.assertAlmostEqual(told["least"], min(both), places=6)
        for made, a, b in zip(cells(change), before, after):
            self.assertEqual(made is None, a is None or b is None)
            if made is not None:
                self.assertAlmostEqual(made, b - a, places=6)
        self.assertIn("colorrampshader", change.with_suffix(".qml").read_text(encoding="utf-8"))
        self.assertIn("--overwrite", self.diff("out", "weight", "--map", change, code=1).stderr)
        self.diff("out", "weight", "--map", change, "--overwrite", code=1)

    def test_an_input_and_a_site(self):
        sites = self.folder / "data" / "sites.geojson"
        kept = sites.read_bytes()
        try:
            collection = json.loads(kept)
            gone = collection["features"].pop(0)["properties"]["id"]
            added = {"geometry": data.square(4000, 1000, 900), "type": "Feature",
                     "properties": {"id": "S9", "name": "Ninth"}}
            collection["features"].append(added)
            sites.write_text(json.dumps(collection), encoding="utf-8")
            self.run_study("site", data.STUDY)
        finally:
            sites.write_bytes(kept)
        found = self.found("out", "site")
        self.assertEqual([(row["layer"], row["path"], row["what"]) for row in found["inputs"]],
                         [("(sites)", "data/sites.geojson", "content changed")])
        sites = {site["id"]: site for site in found["sites"]}
        self.assertIsNone(sites["S9"]["before"])
        self.assertIsNone(sites[gone]["after"])
        self.assertTrue(found["suitability"]["same"])
        self.assertRegex(self.diff("out", "site", code=1).stdout, r"Ninth +- -> \d")

    def test_constraints_states_and_another_grid(self):
        self.run_study("grid", data.STUDY.replace("cell: 250 m", "cell: 200 m").replace("limit: 15 %", "limit: 5 %"))
        found = self.found("out", "grid")
        self.assertIn("their grids differ", found["suitability"]["reason"])
        self.assertIn("constraint steep: limit", [row["what"] for row in found["study"]])
        self.assertIn("grid", [row["what"] for row in found["methods"]])
        self.assertGreater(found["constraints"]["steep"]["after"]["ha"], found["constraints"]["steep"]["before"]["ha"])
        done = self.diff("out", "grid", "--map", "none.tif", code=1)
        self.assertIn("no map of changes: their grids differ", done.stderr)
        self.assertFalse((self.folder / "none.tif").exists())

    def test_manifests_alone(self):
        alone = self.folder / "alone"
        alone.mkdir()
        shutil.copy(self.folder / "out" / "manifest.json", alone)
        found = self.found("out", alone / "manifest.json", code=0)
        self.assertIn("is not there", found["sites"]["reason"])
        self.assertIn("is not there", found["suitability"]["reason"])

    def test_what_is_no_run(self):
        for arguments, told in ((("out", "none"), "none: no such file"), (("data", "out"), "no such file"),
                                (("out", "data/terrain.tif"), "not the manifest of a run"),
                                (("out", "out", "--map", "a.png"), "end its name in .tif")):
            done = self.diff(*arguments, code=1)
            self.assertIn(told, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
