# SPDX-License-Identifier: Apache-2.0
"""`zonerank init`: from a folder of data to a study that runs as it is written."""

import json
import os
import pty
import select
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from program import PROGRAM, complaints, zonerank

REAL = os.environ.get("ZONERANK_TEST_DATA")


def feature(properties, kind, coordinates):
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def square(west, south, side):
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def write(path, features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def at_a_terminal(arguments, answers, cwd):
    """What the program says when somebody types the answers."""
    here, there = pty.openpty()
    process = subprocess.Popen([PROGRAM, *arguments], cwd=cwd, stdin=there, stdout=there, stderr=there)
    os.close(there)
    os.write(here, "".join(answer + "\n" for answer in answers).encode())
    said, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([here], [], [], 0.2)[0]:
            continue
        try:
            part = os.read(here, 4096)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        said += part
    os.close(here)
    return process.wait(timeout=60), said.decode("utf-8", "replace").replace("\r\n", "\n")


class Init(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def data(self):
        write(self.folder / "roads.geojson", [
            feature({"class": "trunk"}, "LineString", [[73.40, 33.00], [73.60, 33.20]]),
            feature({"class": "tertiary"}, "LineString", [[73.40, 33.20], [73.60, 33.00]])])
        write(self.folder / "landuse.geojson", [
            feature({"class": "industrial", "name": "North"}, "Polygon", square(73.45, 33.15, 0.01)),
            feature({"class": "industrial", "name": "South"}, "Polygon", square(73.45, 33.05, 0.01)),
            feature({"class": "residential", "name": "Town"}, "Polygon", square(73.55, 33.10, 0.02))])
        write(self.folder / "districts.geojson", [
            feature({"district": "Mirpur"}, "Polygon", square(73.40, 33.00, 0.1)),
            feature({"district": "Kotli"}, "Polygon", square(73.50, 33.00, 0.1))])

    def init(self, *arguments):
        return zonerank("init", *arguments, cwd=self.folder)

    def runs(self, cwd=None):
        """Checks and runs the study; the rows of the ranking, if there is one."""
        for command in (["check", "study.yaml"], ["run", "study.yaml", "--quiet"]):
            done = zonerank(*command, cwd=cwd or self.folder)
            self.assertEqual(done.returncode, 0, done.stderr)
        ranking = (cwd or self.folder) / "out" / "ranking.csv"
        return ranking.read_text(encoding="utf-8").splitlines()[1:] if ranking.exists() else []

    def refused(self, words, *arguments):
        done = self.init(*arguments)
        self.assertEqual(done.returncode, 1, done.stdout)
        lines = complaints(done)
        self.assertEqual(len(lines), 1, lines)
        self.assertIn(words, lines[0])

    def test_from_data_alone(self):
        self.data()
        done = self.init()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("zonerank run study.yaml", done.stdout)
        self.assertIn("missing: power", done.stdout)
        self.assertEqual(len(self.runs()), 2)

    def test_an_area_and_a_cell(self):
        self.data()
        done = self.init("--area", "districts.geojson", "--where", "district = 'Mirpur'", "--cell", "100m")
        self.assertEqual(done.returncode, 0, done.stderr)
        text = (self.folder / "study.yaml").read_text(encoding="utf-8")
        self.assertIn("""area: {source: districts.geojson, where: "district = 'Mirpur'"}""", text)
        self.assertIn("grid: {cell: 100 m}", text)
        self.assertIn("Where to build: Mirpur", text)
        self.runs()

    def test_around_sites(self):
        self.data()
        done = self.init("--sites", "landuse.geojson", "--where", "name = 'North'", "--cell", "200m")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("area: {around: sites, buffer: 20 km}", (self.folder / "study.yaml").read_text(encoding="utf-8"))
        self.assertEqual(len(self.runs()), 1)

    def test_around_a_place(self):
        self.data()
        self.assertEqual(self.init("--around", "73.5,33.1", "--radius", "5km").returncode, 0)
        self.runs()

    def test_names_that_mean_something_elsewhere(self):
        self.data()
        odd = self.folder / "o'dd \"$(x)\" ${HOME}: #1 \u0645\u064a\u0631"
        odd.mkdir()
        (self.folder / "roads.geojson").rename(odd / "ro'ads [a] {b}, c: d.geojson")
        self.assertEqual(self.init("--title", "- \"a\": [b] # ${c}").returncode, 0)
        self.runs()

    def test_osm(self):
        (self.folder / "town.osm").write_text("""<osm version="0.6">
            <node id="1" lon="73.4" lat="33.0"/><node id="2" lon="73.6" lat="33.2"/>
            <node id="3" lon="73.5" lat="33.1"><tag k="power" v="substation"/></node>
            <way id="4"><nd ref="1"/><nd ref="2"/><tag k="highway" v="trunk"/></way></osm>""", encoding="utf-8")
        self.assertEqual(self.init().returncode, 0)
        text = (self.folder / "study.yaml").read_text(encoding="utf-8")
        self.assertIn("power: {use: grid connection, of: substations}\n", text)
        self.assertIn("trunk road: {use: trunk road access", text)
        self.runs()

    def test_sites_without_names_are_called_after_places(self):
        write(self.folder / "landuse.geojson", [
            feature({"class": "industrial"}, "Polygon", square(73.45, 33.15, 0.01)),
            feature({"class": "industrial"}, "Polygon", square(73.45, 33.05, 0.01))])
        write(self.folder / "places.geojson", [
            feature({"name": "<b>Dina</b>", "class": "town"}, "Point", [73.455, 33.155]),
            feature({"name": "Kotli", "class": "town"}, "Point", [73.58, 33.0])])
        roads = [feature({"class": "trunk"}, "LineString", [[73.40, 33.00], [73.60, 33.20]])]
        write(self.folder / "roads.geojson", roads)
        self.assertIn("wrote study.yaml and sites.geojson", self.init().stdout)
        rows = self.runs()
        self.assertEqual(sorted(row.split(",")[2] for row in rows), ["<b>Dina</b>", "S of <b>Dina</b>"])
        (self.folder / "study.yaml").unlink()
        (self.folder / "data").mkdir()
        for name in ("landuse", "places", "roads"):
            (self.folder / f"{name}.geojson").rename(self.folder / "data" / f"{name}.geojson")
        (self.folder / "sites.geojson").write_text("mine", encoding="utf-8")
        self.refused("sites.geojson is there already; --overwrite replaces it", "--layers", "data")
        self.assertEqual((self.folder / "sites.geojson").read_text(encoding="utf-8"), "mine")
        self.assertFalse((self.folder / "study.yaml").exists())

    def test_json(self):
        self.data()
        told = json.loads(self.init("--json").stdout)
        self.assertIn("trunk road", told["criteria"])
        self.assertIn("power", told["missing"])

    def test_a_study_is_not_overwritten(self):
        self.data()
        (self.folder / "study.yaml").write_text("mine", encoding="utf-8")
        self.refused("--overwrite replaces it")
        self.assertEqual((self.folder / "study.yaml").read_text(encoding="utf-8"), "mine")
        self.assertEqual(self.init("--overwrite").returncode, 0)

    def test_what_is_wrong_is_one_line(self):
        self.refused("no map layer was found")
        self.data()
        self.refused("no such folder", "--layers", "nowhere")
        self.refused("did you mean 'districts.geojson'?", "--area", "district.geojson")
        self.refused("did you mean 'Mirpur'?", "--area", "districts.geojson", "--where", "district = 'Mirpr'")
        self.refused("did you mean 'district'?", "--area", "districts.geojson", "--where", "distric = 'Mirpur'")
        self.refused("no polygon", "--area", "roads.geojson")
        self.refused("--box: expected west,south,east,north", "--box", "1,2,3")
        self.refused("--cell: expected a length above 0", "--cell", "0 m")
        self.refused("--around: radius: expected a length", "--around", "73.5,33.1", "--radius", "5")
        self.refused("no data lie in the box", "--box", "33,73,34,74")
        self.refused("roads.geojson: no polygon", "--area", "roads.geojson")
        self.assertFalse(complaints(self.init("--area", "roads.geojson"))[0].startswith(".: "))
        self.refused("name one of them", "--where", "class = 'x'")
        self.refused("there is no folder", "-o", "nowhere/study.yaml")
        self.assertFalse((self.folder / "study.yaml").exists())

    def test_questions_at_a_terminal(self):
        self.data()
        code, said = at_a_terminal(["init"], ["3", "2", "Mirpr", "Mirpur", "A title"], self.folder)
        self.assertEqual(code, 0, said)
        self.assertIn("did you mean 'Mirpur'?", said)
        text = (self.folder / "study.yaml").read_text(encoding="utf-8")
        self.assertIn("study: A title", text)
        self.assertIn("district = 'Mirpur'", text)
        self.runs()

    def test_enter_takes_the_defaults_and_yes_asks_nothing(self):
        self.data()
        code, said = at_a_terminal(["init"], ["", "", ""], self.folder)
        self.assertEqual(code, 0, said)
        asked = (self.folder / "study.yaml").read_text(encoding="utf-8")
        code, said = at_a_terminal(["init", "--yes", "--overwrite"], [], self.folder)
        self.assertEqual(code, 0, said)
        self.assertNotIn("(Enter)", said)
        self.assertEqual((self.folder / "study.yaml").read_text(encoding="utf-8"), asked)

    @unittest.skipUnless(REAL, "ZONERANK_TEST_DATA is not set")
    def test_real_data(self):
        for name in ("osm.gpkg", "dem_450m_dequantised.tif"):
            (self.folder / name).symlink_to(Path(REAL) / "mirpur" / name)
            done = self.init("--overwrite")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertGreater(len(self.runs()), 10)
        self.assertIn("slope: {use: gentle slope, of: terrain}\n",
                      (self.folder / "study.yaml").read_text(encoding="utf-8"))

    @unittest.skipUnless(REAL, "ZONERANK_TEST_DATA is not set")
    def test_a_real_district(self):
        done = self.init("--layers", Path(REAL) / "pakistan", "--area", "admin_district_census.gpkg",
                         "--where", "district = 'Jhelum'", "--cell", "200m")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.runs()


if __name__ == "__main__":
    unittest.main()
