# SPDX-License-Identifier: Apache-2.0
"""Files from strangers: they must not crash, run code, reach the network or write anywhere."""

import csv
import json
import os
import re
import shutil
import sqlite3
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import data
import program
import watched
from complaints import wrong

SECRET = "root:x:0:0"

RAW = """<VRTDataset rasterXSize="4" rasterYSize="4"><SRS>EPSG:32643</SRS>
<GeoTransform>380000, 3000, 0, 3672000, 0, -3000</GeoTransform>
<VRTRasterBand dataType="Byte" band="1" subClass="VRTRawRasterBand"><SourceFilename>/etc/passwd</SourceFilename>
<ImageOffset>0</ImageOffset><PixelOffset>1</PixelOffset><LineOffset>4</LineOffset></VRTRasterBand></VRTDataset>"""

REMOTE = """<VRTDataset rasterXSize="4" rasterYSize="4"><SRS>EPSG:32643</SRS>
<GeoTransform>380000, 3000, 0, 3672000, 0, -3000</GeoTransform>
<VRTRasterBand dataType="Byte" band="1"><SimpleSource>
<SourceFilename>/vsicurl/http://127.0.0.1:9/x.tif</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"""

CODE = """<VRTDataset rasterXSize="4" rasterYSize="4"><SRS>EPSG:32643</SRS>
<GeoTransform>380000, 3000, 0, 3672000, 0, -3000</GeoTransform>
<VRTRasterBand dataType="Byte" band="1" subClass="VRTDerivedRasterBand"><PixelFunctionLanguage>Python
</PixelFunctionLanguage><PixelFunctionType>f</PixelFunctionType><PixelFunctionCode><![CDATA[
open("/tmp/zonerank-was-here", "w")
def f(*a, **k): pass
]]></PixelFunctionCode></VRTRasterBand></VRTDataset>"""

LINKED = """<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>%s</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"""

GML = """<?xml version="1.0"?>%s<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/"
xmlns:gml="http://www.opengis.net/gml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
xsi:schemaLocation="http://ogr.maptools.org/ http://127.0.0.1:9/towns.xsd"><gml:featureMember><ogr:town fid="1">
<ogr:geometryProperty><gml:Point srsName="EPSG:32643"><gml:coordinates>382500,3669000</gml:coordinates></gml:Point>
</ogr:geometryProperty><ogr:name>%s</ogr:name></ogr:town></gml:featureMember></ogr:FeatureCollection>"""

LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12)) + "]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY secret SYSTEM 'file:///etc/passwd'>]>"

TOWNS = "data/towns.geojson, unit: people"
TERRAIN = "data/terrain.tif"
SITES = "data/sites.geojson, name: name, id: id, keep: [note]"

# name: (edits of the study, exit code, what must be said)
HOSTILE = {
    "a VRT of raw bytes": ([(TERRAIN, "data/raw.vrt")], 1, "raw.vrt"),
    "a VRT of an address": ([(TERRAIN, "data/remote.vrt")], 1, "--allow-network"),
    "a VRT of a program": ([(TERRAIN, "data/code.vrt")], 1, "code.vrt"),
    "a VRT in place of a name": ([(TERRAIN, "'<VRTDataset rasterXSize=\"4\" rasterYSize=\"4\"/>'")], 1,
                                 "a file's name is expected here, not its content"),
    "linked features of a file": ([(TOWNS, "data/passwd.vrt")], 1, "passwd"),
    "linked features of a database": ([(TOWNS, "data/database.vrt")], 1, "--allow-network"),
    "GeoJSON called GPKG": ([("data/roads.gpkg, layer: roads", "data/disguised.gpkg"),
                             (", where: \"class = 'trunk'\"", "")], None, ""),
    "a schema of another's": ([(TOWNS, "data/schema.gml")], None, ""),
    "a schema that laughs": ([(TOWNS, "data/laughs.gml")], None, ""),
    "an entity of another file": ([(SITES, "data/outside.gml, name: name, footprint: {area: 4 ha}")], None, ""),
    "brackets without end": ([(TOWNS, "data/deep.geojson")], 1, "deep.geojson"),
    "coordinates without sense": ([(TOWNS, "data/huge.geojson")], None, ""),
    "a device": ([(TOWNS, "/dev/zero")], 1, "not a regular file"),
    "a pipe": ([(TOWNS, "data/pipe.geojson")], 1, "not a regular file"),
    "the study's folder of results elsewhere": ([("output: out", "output: ../../x")], 1, "leads out"),
    "the same through a link": ([("output: out", "output: link/out")], 1, "leads out"),
    "a base that is no study": ([("study: Base", "extends: /etc/passwd")], 1, "/etc/passwd"),
    "another file as judgements": ([("{slope vs literacy: 2}", "{csv: /etc/passwd}")], 1, "/etc/passwd"),
}

BOMBS = {
    "aliases": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchors (&name) are not allowed in a study"),
    "depth": ("a: " + "[" * 100_000 + "]" * 100_000, "more than 64 levels"),
    "width": ("a: {" + ", ".join(f"k{i}: 1" for i in range(20_000)) + "}\n", "more than 10,000 entries"),
    "a line of 100 MB": ("a: " + "x" * 100_000_000, "larger than 16 MiB, which no study is"),
}

NAMES = ["=HYPERLINK(1)", "@x", "\x1b[31mred", "<script>alert(1)</script>", "tab\there", '"quoted", and more']


class Strangers(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        (cls.folder / "tmp").mkdir()
        (cls.folder / "link").symlink_to("/var/tmp")
        files = {"raw.vrt": RAW, "remote.vrt": REMOTE, "code.vrt": CODE, "passwd.vrt": LINKED % "/etc/passwd",
                 "database.vrt": LINKED % "PG:dbname=x", "schema.gml": GML % ("", "A"),
                 "laughs.gml": GML % (LAUGHS, "&a11;"), "outside.gml": GML % (OUTSIDE, "&secret;"),
                 "deep.geojson": '{"type": "FeatureCollection", "features": ' + "[" * 200_000,
                 "huge.geojson": json.dumps({"type": "Point", "coordinates": [1e308, -1e308]})}
        for name, text in files.items():
            (cls.folder / "data" / name).write_text(text, encoding="utf-8")
        data.write_geojson(cls.folder / "data" / "disguised.gpkg", (data.line((0, 0), (9000, 9000)), {}))
        os.mkfifo(cls.folder / "data" / "pipe.geojson")

    def watched(self, *edits, study=None):
        """Runs a study under strace; nothing may be changed outside its results and its scratch."""
        (self.folder / "study.yaml").write_text(study or wrong(*edits), encoding="utf-8")
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        log = self.folder / "log"
        before = sorted(os.listdir(self.folder / "data"))
        done = program.zonerank("run", "study.yaml", cwd=self.folder, before=watched.strace(log) if watched.works() else (),
                                TMPDIR=str(self.folder / "tmp"), timeout=60,
                                ASAN_OPTIONS="detect_leaks=0")  # looks for leaks by ptrace, which strace holds
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertNotIn(SECRET, done.stdout + done.stderr)
        self.assertNotIn("\x1b", done.stdout + done.stderr)
        self.assertEqual(sorted(os.listdir(self.folder / "data")), before)
        self.assertEqual(os.listdir(self.folder / "tmp"), [])
        if log.exists():
            outside, changed = watched.deeds(log, str(self.folder))
            self.assertEqual(outside, [])
            own = re.compile(f"{re.escape(str(self.folder))}/(out|\\.out\\.(part|old)-\\w+|tmp)(/.*)?|/dev/null")
            self.assertEqual([path for path in changed if not own.fullmatch(os.path.normpath(path))], [])
        return done

    def test_hostile_data(self):
        if not watched.works():
            print("strace can't be used here: only results are looked at")
        for name, (edits, code, said) in HOSTILE.items():
            with self.subTest(name):
                done = self.watched(*edits)
                self.assertIn(said, done.stderr)
                if code is not None:
                    self.assertEqual(done.returncode, code, done.stderr)
                    self.assertFalse((self.folder / "out").exists())
                elif done.returncode == 0:
                    self.assertNotIn(SECRET, (self.folder / "out" / "sites.geojson").read_text())
        self.assertFalse(Path("/tmp/zonerank-was-here").exists())

    def test_the_watch_sees_what_it_is_for(self):
        if not watched.works():
            self.skipTest("strace can't be used here")
        log = self.folder / "log"
        script = "import socket; socket.socket(); open('data/x', 'w'); import os; os.unlink('data/x'); os.system('true')"
        program.subprocess.run([*map(str, watched.strace(log)), "/usr/bin/python3", "-c", script], cwd=self.folder, check=True)
        outside, changed = watched.deeds(log, str(self.folder))
        self.assertTrue(any("socket(" in line for line in outside))
        self.assertTrue(any("execve(" in line for line in outside))
        self.assertIn(f"{self.folder}/data/x", changed)
        self.assertEqual(changed.count(f"{self.folder}/data/x"), 2)

    def test_a_valid_study_writes_its_results_only(self):
        self.assertEqual(self.watched().returncode, 0)

    def test_bombs(self):
        for name, (text, said) in BOMBS.items():
            with self.subTest(name):
                (self.folder / "study.yaml").write_text(text, encoding="utf-8")
                done = program.zonerank("run", "study.yaml", cwd=self.folder, timeout=20)
                self.assertEqual(done.returncode, 1)
                self.assertIn(said, done.stderr)
                self.assertLess(len(done.stderr), 2000)

    def test_names_that_mean_something_elsewhere(self):
        sites = self.folder / "data" / "named.csv"
        with open(sites, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["WKT", "name", "note"])
            for i, name in enumerate(NAMES):
                x, y = data.WEST + 1500 * (i + 1), data.SOUTH + 5000
                rows.writerow([f"POLYGON(({x} {y},{x + 700} {y},{x + 700} {y + 700},{x} {y + 700},{x} {y}))", name, name])
        done = self.watched(
            ("study: Base", r'study: "<script>\e[2J&amp;"'),
            ("layers:\n", "layers:\n  named: {source: data/named.csv, crs: EPSG:32643}\n"),
            ("    slope:\n", '    slope:\n      label: "</script><b>\\e[31m&"\n'),
            ("sites: {source: data/sites.geojson, name: name, id: id, ", "sites: {layer: named, name: name, "))
        self.assertEqual(done.returncode, 0, done.stderr)
        out = self.folder / "out"
        for style in out.glob("*.qml"):
            xml.parse(style)
        xml.parse(out / "ranking.tif.aux.xml")
        features = json.loads((out / "sites.geojson").read_text(encoding="utf-8"))["features"]
        self.assertEqual(sorted(f["properties"]["name"] for f in features), sorted(NAMES))
        with open(out / "ranking.csv", encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        guarded = sorted(("'" + name if name[0] in "=@\x1b" else name) for name in NAMES)
        self.assertEqual(sorted(row["name"] for row in table), guarded)
        self.assertEqual(sorted(row["note"] for row in table), guarded)

    def test_a_geopackage_in_write_ahead_mode_is_left_alone(self):
        path = self.folder / "data" / "wal.gpkg"
        shutil.copy(self.folder / "data" / "roads.gpkg", path)
        connection = sqlite3.connect(path)
        self.assertEqual(connection.execute("PRAGMA journal_mode = WAL").fetchone(), ("wal",))
        connection.close()
        before = path.read_bytes()
        self.assertEqual(self.watched(("data/roads.gpkg", "data/wal.gpkg")).returncode, 0)
        self.assertEqual(path.read_bytes(), before)
        connection = sqlite3.connect(path)
        self.addCleanup(connection.close)
        connection.execute("CREATE TABLE pending (x)")
        connection.commit()
        done = self.watched(("data/roads.gpkg", "data/wal.gpkg"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("another program has changes in", done.stderr)

    def test_links_of_the_user_are_carried_over_and_not_followed(self):
        self.assertEqual(self.watched().returncode, 0)
        before = Path("/etc/passwd").read_bytes()
        (self.folder / "out" / "mine").symlink_to("/etc/passwd")
        os.unlink(self.folder / "out" / "ranking.csv")
        (self.folder / "out" / "ranking.csv").symlink_to("/etc/passwd")
        done = self.succeeds("run", "study.yaml")
        self.assertIn("kept: mine", done.stdout)
        self.assertEqual(os.readlink(self.folder / "out" / "mine"), "/etc/passwd")
        self.assertEqual(os.readlink(self.folder / "out" / "ranking.yours.csv"), "/etc/passwd")
        self.assertFalse((self.folder / "out" / "ranking.csv").is_symlink())
        self.assertEqual(Path("/etc/passwd").read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
