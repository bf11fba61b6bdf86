# SPDX-License-Identifier: Apache-2.0
"""What a run leaves, read with other programs than ours and checked against what it promises."""

import csv
import getpass
import hashlib
import json
import math
import os
import shutil
import socket
import subprocess
import unittest
from array import array
from pathlib import Path

from osgeo import gdal, ogr
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate

import data
import program

gdal.UseExceptions()


def band_values(path):
    raster = gdal.Open(str(path))
    band = raster.GetRasterBand(1)
    values = array("f", band.ReadRaster(buf_type=gdal.GDT_Float32))
    nodata = band.GetNoDataValue()
    return band, [v for v in values if v != nodata], raster


def signed_area(ring):
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:])) / 2


class Outputs(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        cls.folders = {"base": cls.folder / "out"}
        cls.studies = {"base": cls.folder / "study.yaml"}
        for name in ("mirpur", "cpec-zones"):
            cls.folders[name] = cls.folder / name
            cls.studies[name] = program.ROOT / "examples" / name / "study.yaml"
        for name, study in cls.studies.items():
            done = program.zonerank("run", study, "--output", cls.folders[name], cwd=cls.folder)
            assert done.returncode == 0, done.stderr

    def each(self):
        for name, folder in self.folders.items():
            with self.subTest(name):
                yield folder

    def collection(self, folder):
        return json.loads((folder / "sites.geojson").read_text(encoding="utf-8"), parse_constant=self.fail)

    def test_maps_are_cloud_optimized(self):
        for folder in self.each():
            for name in ("suitability.tif", "constraints.tif", "ranking.tif"):
                warnings, errors, _ = validate(str(folder / name), full_check=True)
                self.assertEqual((warnings, errors), ([], []), name)
            self.assertFalse((folder / "suitability.tif.aux.xml").exists())

    def test_statistics_are_those_of_the_map(self):
        for folder in self.each():
            band, values, raster = band_values(folder / "suitability.tif")
            told = {key: float(text) for key, text in band.GetMetadata().items() if key.startswith("STATISTICS_")}
            mean = math.fsum(values) / len(values)
            deviation = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values))
            self.assertEqual(told["STATISTICS_MINIMUM"], min(values))
            self.assertEqual(told["STATISTICS_MAXIMUM"], max(values))
            self.assertAlmostEqual(told["STATISTICS_MEAN"], mean, delta=1e-7)
            self.assertAlmostEqual(told["STATISTICS_STDDEV"], deviation, delta=1e-7)
            self.assertGreaterEqual(min(values), 0)
            self.assertLessEqual(max(values), 1)
            self.assertEqual(band.GetNoDataValue(), -9999)
            self.assertEqual(band.DataType, gdal.GDT_Float32)
            del band, raster

    def test_cells_have_a_score_where_their_state_says_so(self):
        for folder in self.each():
            with_score = gdal.Open(str(folder / "suitability.tif")).ReadAsArray() != -9999
            state = gdal.Open(str(folder / "constraints.tif")).ReadAsArray()
            self.assertTrue((with_score == ((state == 1) | (state == 2))).all())
            cells = json.loads((folder / "manifest.json").read_text())["cells"]["states"]
            counted = {"outside": (state == 0), "valid": (state == 1), "assumed": (state == 2),
                       "unknown": (state == 3), "excluded": (state >= 10)}
            self.assertEqual({name: int(where.sum()) for name, where in counted.items()},
                             {name: about["cells"] for name, about in cells.items()})

    def test_sites_are_rfc_7946(self):
        for folder in self.each():
            collection = self.collection(folder)
            self.assertEqual(collection["type"], "FeatureCollection")
            self.assertNotIn("crs", collection)
            west, south, east, north = collection["bbox"]
            for feature in collection["features"]:
                geometry = feature["geometry"]
                self.assertIn(geometry["type"], ("Polygon", "MultiPolygon"))
                parts = geometry["coordinates"]
                for rings in [parts] if geometry["type"] == "Polygon" else parts:
                    for i, ring in enumerate(rings):
                        self.assertGreaterEqual(len(ring), 4)
                        self.assertEqual(ring[0], ring[-1])
                        self.assertTrue(all(west <= x <= east and south <= y <= north for x, y in ring))
                        self.assertTrue(all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring))
                        self.assertEqual(signed_area(ring) > 0, i == 0, "the right-hand rule")
                self.assertTrue(ogr.CreateGeometryFromJson(json.dumps(geometry)).IsValid())

    def test_numbers_are_numbers_and_sums_are_sums(self):
        for folder in self.each():
            ranks = []
            for feature in self.collection(folder)["features"]:
                site = feature["properties"]
                states = [site[name] for name in ("valid", "assumed", "unknown", "excluded", "outside")]
                self.assertAlmostEqual(sum(states), 1, delta=5e-9)
                self.assertIsInstance(site["area_ha"], (int, float))
                for name, value in site.items():
                    if name.endswith(("_value", "_part")) and value is not None:
                        self.assertTrue(0 <= value <= 1, name)
                if site["rank"] is None:
                    self.assertTrue(site["reason"])
                    continue
                ranks.append(site["rank"])
                self.assertIsNone(site["reason"])
                parts = [value for name, value in site.items() if name.endswith("_part") and value is not None]
                self.assertAlmostEqual(sum(parts), site["score"], delta=1e-8)
                if "land_value" not in site:  # a criterion of the sites alone is not in the map
                    self.assertAlmostEqual(site["score"], site["map_score"], delta=1e-6)
                self.assertLessEqual(site["min"], site["p10"])
                self.assertLessEqual(site["p10"], site["max"])
            self.assertEqual(ranks, sorted(ranks))
            self.assertEqual(ranks[0], 1)

    def test_the_table_holds_what_the_features_hold(self):
        for folder in self.each():
            with open(folder / "ranking.csv", encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            features = self.collection(folder)["features"]
            self.assertEqual(len(rows), len(features))
            for row, feature in zip(rows, features):
                self.assertEqual(list(row), list(feature["properties"]))
                for name, value in feature["properties"].items():
                    if isinstance(value, (int, float)):
                        self.assertEqual(float(row[name]), value)
                    else:
                        self.assertEqual(row[name], value or "")

    def test_the_manifest_tells_of_files_and_of_nobody(self):
        for folder in self.each():
            text = (folder / "manifest.json").read_text(encoding="utf-8")
            manifest = json.loads(text)
            for secret in (str(self.folder), str(program.ROOT), str(Path.home()), socket.gethostname(), os.getcwd()):
                self.assertNotIn(secret, text)
            self.assertNotIn(f'"{getpass.getuser()}"', text)
            self.assertNotIn('"/', text)
            for name, about in manifest["outputs"].items():
                self.assertEqual(about["sha256"], hashlib.sha256((folder / name).read_bytes()).hexdigest(), name)
            files = {name for name, what in program.contents(folder).items() if what != "folder"}
            self.assertEqual({*manifest["outputs"], "manifest.json"}, files)
            study = next(path for name, path in self.studies.items() if self.folders[name] == folder)
            for about in manifest["inputs"].values():
                self.assertTrue(about["files"])
                for file in about["files"]:
                    path = study.parent / file["path"]
                    self.assertEqual(file["sha256"], hashlib.sha256(path.read_bytes()).hexdigest(), file["path"])

    def test_the_expanded_study_runs_alone(self):
        cases = {"base": self.folder / "study.yaml"}
        home = self.folder / "deep" / "er"
        home.mkdir(parents=True)
        (home / "study.yaml").write_text("extends: ../../study.yaml\noutput: out\ncriteria:\n  location:\n    slope: "
                                         "{use: gentle slope, of: terrain}\n    weights: equal\n", encoding="utf-8")
        cases["extended"] = home / "study.yaml"
        home = self.folder / "mirpur-data"
        shutil.copytree(program.ROOT / "examples" / "mirpur", home, ignore=shutil.ignore_patterns("out"))
        cases["mirpur"] = home / "study.yaml"
        for name, study in cases.items():
            with self.subTest(name):
                self.succeeds("run", study, "--output", self.folder / "first")
                manifest = json.loads((self.folder / "first" / "manifest.json").read_text(encoding="utf-8"))
                (study.parent / "expanded.yaml").write_text(manifest["expanded"], encoding="utf-8")
                self.assertNotIn("extends", manifest["expanded"])
                self.assertNotIn("use:", manifest["expanded"])
                self.succeeds("run", study.parent / "expanded.yaml", "--output", self.folder / "second")
                self.same_files(("suitability.tif", "sites.geojson", "ranking.csv"), self.folder / "first",
                                self.folder / "second")

    def test_gdal_reads_nothing_odd(self):
        for folder in self.each():
            said = subprocess.run(["gdalinfo", "-stats", str(folder / "suitability.tif")], capture_output=True,
                                  text=True, env={**os.environ, "GDAL_PAM_ENABLED": "NO"}, check=True)
            self.assertEqual(said.stderr, "")
            self.assertIn("Description = suitability", said.stdout)


if __name__ == "__main__":
    unittest.main()
