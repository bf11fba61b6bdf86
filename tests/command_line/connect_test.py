# SPDX-License-Identifier: Apache-2.0
"""`zonerank connect`: two islands, sites on one, ports on both."""

import csv
import json
import unittest

from osgeo import ogr

import data
import program

STUDY = """study: Two islands
area: {source: data/area.geojson}
grid: {cell: 100 m}
layers:
  land: data/land.geojson
  roads: data/roads.gpkg
  ports: data/ports.geojson
friction:
  ground: 6 km/h
  speeds: [{of: roads, speed: 60 km/h}]
  barriers: [{outside: land}]
sites: {source: data/sites.geojson, name: name}
"""
LINKS = "links: {between: [sites, ports]}\n"


def write_islands(folder):
    where = folder / "data"
    where.mkdir()
    data.write_geojson(where / "area.geojson", (data.square(0, 0, 20_000), {}))
    data.write_geojson(where / "land.geojson", (data.square(0, 0, 9_000), {}), (data.square(11_000, 0, 8_000), {}))
    data.write_gpkg(where / "roads.gpkg", "roads", (data.line((1000, 4000), (8000, 4000)), "trunk"))
    data.write_geojson(where / "sites.geojson", (data.square(600, 3600, 800), {"name": "West"}),
                       (data.square(7600, 3600, 800), {"name": "East"}))
    data.write_geojson(where / "ports.geojson", (data.point(4000, 1050), {"name": "Haven"}),
                       (data.point(15_000, 4000), {"name": "Far, Port"}))
    (folder / "study.yaml").write_text(STUDY + LINKS, encoding="utf-8")


class Connect(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        write_islands(cls.folder)

    def fails(self, text, *arguments):
        (self.folder / "wrong.yaml").write_text(text, encoding="utf-8")
        done = program.zonerank("connect", "wrong.yaml", "-o", "wrong.geojson", *arguments, cwd=self.folder)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertFalse((self.folder / "wrong.geojson").exists() or (self.folder / "wrong.csv").exists())
        return program.complaints(done)

    def features(self, name):
        found = json.loads((self.folder / name).read_text(encoding="utf-8"))["features"]
        kinds = {}
        for feature in found:
            kinds.setdefault(feature["properties"]["kind"], []).append(feature)
        return kinds

    def test_links_nodes_and_what_is_unknown(self):
        done = self.succeeds("connect", "study.yaml", "-o", "tree.geojson")
        told = program.complaints(done)
        self.assertEqual(len(told), 1)
        self.assertRegex(told[0], r"^study.yaml:\d+:1: warning: links: no way leads from one to the other: "
                                  r"West - Far, Port, East - Far, Port, Haven - Far, Port$")
        kinds = self.features("tree.geojson")
        self.assertEqual([node["properties"]["name"] for node in kinds["node"]], ["West", "East", "Haven", "Far, Port"])
        self.assertEqual(len(kinds["link"]), 2)
        self.assertEqual([(f["geometry"], f["properties"]["minutes"]) for f in kinds["unknown"]], [(None, None)] * 3)
        road = kinds["link"][0]["properties"]
        self.assertEqual((road["from"], road["to"]), ("West", "East"))
        self.assertAlmostEqual(road["minutes"], 7, delta=0.3)
        self.assertAlmostEqual(road["kilometres"], 7, delta=0.15)
        # Half of the pairs of others lead through the one in the middle.
        between = {node["properties"]["name"]: node["properties"]["betweenness"] for node in kinds["node"]}
        self.assertAlmostEqual(max(between.values()), 1 / 3, places=4)
        self.assertEqual(between["Far, Port"], 0)
        self.assertIn("Far, Port", done.stdout)
        self.assertNotIn("inf", done.stdout + (self.folder / "tree.geojson").read_text(encoding="utf-8"))
        source = ogr.Open(str(self.folder / "tree.geojson"))  # a layer doesn't keep it
        self.assertEqual(source.GetLayer().GetFeatureCount(), 9)

    def test_the_matrix_has_a_row_and_a_column_for_each(self):
        self.succeeds("connect", "study.yaml", "-o", "matrix.geojson", "-q")
        with (self.folder / "matrix.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["from"] for row in rows], ["West", "East", "Haven", "Far, Port"])
        for row in rows:
            self.assertEqual(float(row[row["from"]]), 0)
            for other in rows:
                apart = "Far, Port" in (row["from"], other["from"]) and row is not other
                self.assertEqual(row[other["from"]] == "", apart)
                if not apart:  # the ground is the same both ways
                    self.assertAlmostEqual(float(row[other["from"]]), float(other[row["from"]]), delta=0.3)

    def test_networks_and_threads(self):
        pairs = STUDY + "links: {between: [sites, ports], network: pairwise, limit: 10 min}\n"
        (self.folder / "pairs.yaml").write_text(pairs, encoding="utf-8")
        made = []
        for threads in (1, 3):
            done = self.succeeds("connect", "pairs.yaml", "-o", "pairs.geojson", "-t", threads, "--overwrite",
                                 "--trace", "trace.json")
            made.append(((self.folder / "pairs.geojson").read_bytes(), (self.folder / "pairs.csv").read_bytes()))
        self.assertEqual(made[0], made[1])
        self.assertIn("farther apart than the limit of 10 min: West - Haven, East - Haven", done.stderr)
        self.assertEqual(len(self.features("pairs.geojson")["link"]), 1)
        names = {event["name"] for event in
                 json.loads((self.folder / "trace.json").read_text(encoding="utf-8"))["traceEvents"]}
        self.assertTrue({"prepare", "solve", "finish"} <= names)
        hubs = STUDY + "links: {between: [sites, ports], network: nearest hub, hubs: ports}\n"
        (self.folder / "hubs.yaml").write_text(hubs, encoding="utf-8")
        self.succeeds("connect", "hubs.yaml", "-o", "hubs.geojson")
        ends = [(f["properties"]["from"], f["properties"]["to"]) for f in self.features("hubs.geojson")["link"]]
        self.assertEqual(ends, [("West", "Haven"), ("East", "Haven")])

    def test_what_is_there_stays(self):
        keep = self.folder / "keep.csv"
        keep.write_text("mine", encoding="utf-8")
        done = program.zonerank("connect", "study.yaml", "-o", "keep.geojson", cwd=self.folder)
        self.assertEqual((done.returncode, done.stderr), (1, "keep.csv: is there already; --overwrite replaces it\n"))
        self.assertEqual(keep.read_text(encoding="utf-8"), "mine")
        self.assertFalse((self.folder / "keep.geojson").exists())
        done = program.zonerank("connect", "study.yaml", "-o", "data/ports.geojson", "--overwrite", cwd=self.folder)
        self.assertEqual(done.stderr, "data/ports.geojson: the study reads it; name another file\n")
        done = program.zonerank("connect", "study.yaml", "-o", "links.json", cwd=self.folder)
        self.assertEqual(done.stderr, "links.json: links are written as .geojson\n")

    def test_slips_get_a_line(self):
        at = r"^wrong.yaml:13:\d+: "
        for links, complaint in (
                ("links: {between: [sites, port]}\n", at + "links: between: unknown layer 'port'; did you mean 'ports'?"),
                ("links: {between: [ports, ports]}\n", at + "links: between: 'ports' is named twice$"),
                ("links: {between: [sites], network: ring}\n", at + "links: network: unknown network 'ring'"),
                ("links: {between: [sites, ports], network: nearest hub}\n", at + "links: 'hubs' is missing"),
                ("links: {between: [sites, ports], network: nearest hub, hubs: roads}\n",
                 at + "links: hubs: 'roads' is not in `between`: sites, ports$"),
                ("links: {between: [sites], hubs: sites}\n", at + "links: hubs: is for `network: nearest hub`$"),
                ("links: {between: [sites], limit: 0 min}\n", at + "links: limit: expected more than 0$"),
                ("links: {between: [sites], limit: 5 km}\n", at + "links: limit: "),
                ("links: {betwen: [sites]}\n", at + "links: unknown key 'betwen'; did you mean 'between'?"),
                ("links: {between: [land, roads]}\nlimit: 3\n", "unknown key 'limit'")):
            with self.subTest(links=links):
                told = self.fails(STUDY + links)
                self.assertEqual(len(told), 1, told)
                self.assertRegex(told[0], complaint.replace("?", r"\?"))
        one = (STUDY + LINKS).replace("name: name}", "name: name, where: \"name = 'West'\"}").replace(", ports]", "]")
        self.assertRegex(self.fails(one)[0], at + "links: 1 place in sites; links join 2 to 500$")
        self.assertRegex(self.fails(STUDY)[0], "'links' is missing")
        slow = STUDY[:STUDY.index("friction:")] + STUDY[STUDY.index("sites:"):] + LINKS
        self.assertRegex(self.fails(slow)[0], "travel time needs to know how fast one moves")
        bare = STUDY[:STUDY.index("sites:")] + LINKS
        self.assertRegex(self.fails(bare)[0], "links: between: the study has no sites")


if __name__ == "__main__":
    unittest.main()
