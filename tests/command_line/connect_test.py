# SPDX-License-Identifier: Apache-2.0
"""`zonerank connect`: two islands, sites on one, ports on both."""

import csv
import json
import unittest

from osgeo import gdal, ogr, osr

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
        done = program.zonerank("connect", "wrong.yaml", "-o", "wrong", *arguments, cwd=self.folder)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertEqual(list(self.folder.glob("*wrong")), [])
        return program.complaints(done)

    def features(self, name):
        found = json.loads((self.folder / name / "links.geojson").read_text(encoding="utf-8"))["features"]
        kinds = {}
        for feature in found:
            kinds.setdefault(feature["properties"]["kind"], []).append(feature)
        return kinds

    def rows(self, name):
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_links_places_and_what_is_unknown(self):
        done = self.succeeds("connect", "study.yaml", "-o", "tree")
        told = program.complaints(done)
        self.assertEqual(len(told), 1)
        self.assertRegex(told[0], r"^study.yaml:\d+:1: warning: links: no way leads from one to the other: "
                                  r"West - Far, Port, East - Far, Port, Haven - Far, Port$")
        kinds = self.features("tree")
        self.assertEqual([place["properties"]["name"] for place in kinds["place"]], ["West", "East", "Haven", "Far, Port"])
        self.assertEqual(len(kinds["link"]), 2)
        self.assertEqual([(f["geometry"], f["properties"]["minutes"]) for f in kinds["unknown"]], [(None, None)] * 3)
        road = kinds["link"][0]["properties"]
        self.assertEqual((road["from"], road["to"]), ("West", "East"))
        self.assertAlmostEqual(road["minutes"], 7, delta=0.3)
        self.assertAlmostEqual(road["kilometres"], 7, delta=0.15)
        self.assertEqual(road["cost"], road["minutes"])
        # Half of the pairs of others lead through the one in the middle.
        between = {place["properties"]["name"]: place["properties"]["betweenness"] for place in kinds["place"]}
        self.assertAlmostEqual(max(between.values()), 1 / 3, places=4)
        self.assertEqual(between["Far, Port"], 0)
        self.assertIn("Far, Port", done.stdout)
        self.assertNotIn("inf", done.stdout + (self.folder / "tree" / "links.geojson").read_text(encoding="utf-8"))
        source = ogr.Open(str(self.folder / "tree" / "links.geojson"))  # a layer doesn't keep it
        self.assertEqual(source.GetLayer().GetFeatureCount(), 9)

    def test_a_row_for_each_pair_and_each_place(self):
        self.succeeds("connect", "study.yaml", "-o", "tables", "-q")
        pairs = self.rows("tables/links.csv")
        self.assertEqual([(row["from"], row["to"], row["linked"]) for row in pairs],
                         [("West", "East", "yes"), ("West", "Haven", "yes"), ("West", "Far, Port", "no"),
                          ("East", "Haven", "no"), ("East", "Far, Port", "no"), ("Haven", "Far, Port", "no")])
        for row in pairs:
            apart = row["to"] == "Far, Port"
            self.assertEqual(row["unknown"], "no way leads from one to the other" if apart else "")
            self.assertEqual(row["minutes"] == "", apart)
            self.assertEqual(row["kilometres"] != "", row["linked"] == "yes")
            if not apart:  # the ground is the same both ways
                there, back = float(row["minutes_there"]), float(row["minutes_back"])
                self.assertAlmostEqual(there, back, delta=0.3)
                self.assertAlmostEqual(float(row["minutes"]), (there + back) / 2, places=3)
        places = self.rows("tables/places.csv")
        self.assertEqual([(row["name"], row["links"], row["reached"]) for row in places],
                         [("West", "2", "2"), ("East", "1", "2"), ("Haven", "1", "2"), ("Far, Port", "0", "0")])
        tree = {tuple(row[end] for end in ("from", "to")): float(row["minutes"]) for row in pairs if row["linked"] == "yes"}
        mean = (tree["West", "East"] + tree["West", "East"] + tree["West", "Haven"]) / 2  # of East, by way of West
        self.assertAlmostEqual(float(places[1]["mean_minutes"]), mean, places=3)
        self.assertAlmostEqual(float(places[1]["closeness"]), 60 / mean * 2 / 3, places=4)

    def test_minutes_are_those_of_travel_time(self):
        study = STUDY + LINKS + "criteria: {c: {port: {measure: {travel time: {to: ports, where: name = 'Haven'}}, " \
                                "value: {linear: {best: 0 h, worst: 9 h}}}}}\n"
        (self.folder / "both.yaml").write_text(study, encoding="utf-8")
        self.succeeds("connect", "both.yaml", "-o", "both")
        self.succeeds("measure", "both.yaml", "port", "-o", "port.tif")
        raster = gdal.Open(str(self.folder / "port.tif"))
        west, cell, _, north, _, _ = raster.GetGeoTransform()
        reference = osr.SpatialReference(raster.GetProjection())
        lonlat = osr.SpatialReference()
        lonlat.ImportFromEPSG(4326)
        for each in (reference, lonlat):
            each.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        to_map = osr.CoordinateTransformation(lonlat, reference)
        there = {row["from"]: float(row["minutes_there"]) for row in self.rows("both/links.csv") if row["to"] == "Haven"}
        for place in self.rows("both/places.csv")[:2]:
            x, y, _ = to_map.TransformPoint(float(place["longitude"]), float(place["latitude"]))
            minutes = raster.ReadAsArray(int((x - west) / cell), int((north - y) / cell), 1, 1)[0][0]
            self.assertAlmostEqual(there[place["name"]] / float(minutes), 1, delta=1e-5)

    def test_networks_threads_and_costs(self):
        pairs = STUDY + "links: {between: [sites, ports], network: pairwise, limit: 10 min, cost per hour: 600, cost per km: 2}\n"
        (self.folder / "pairs.yaml").write_text(pairs, encoding="utf-8")
        made = []
        for threads in (1, 3):
            done = self.succeeds("connect", "pairs.yaml", "-o", "pairs", "-t", threads, "--trace", "trace.json")
            made.append({name: total for name, total in program.contents(self.folder / "pairs").items()
                         if name != "manifest.json"})
        self.assertEqual(made[0], made[1])
        self.assertEqual(sorted(made[0]), ["links.csv", "links.geojson", "places.csv"])
        self.assertIn("farther apart than the limit of 10 min: West - Haven, East - Haven", done.stderr)
        link, = self.features("pairs")["link"]
        self.assertAlmostEqual(link["properties"]["cost"],
                               10 * link["properties"]["minutes"] + 2 * link["properties"]["kilometres"], places=3)
        names = {event["name"] for event in
                 json.loads((self.folder / "trace.json").read_text(encoding="utf-8"))["traceEvents"]}
        self.assertTrue({"prepare", "solve", "finish"} <= names)
        hubs = STUDY + "links: {between: [sites, ports], network: nearest hub, hubs: ports}\n"
        (self.folder / "hubs.yaml").write_text(hubs, encoding="utf-8")
        done = self.succeeds("connect", "hubs.yaml", "-o", "hubs")
        ends = [(f["properties"]["from"], f["properties"]["to"]) for f in self.features("hubs")["link"]]
        self.assertEqual(ends, [("West", "Haven"), ("East", "Haven")])
        self.assertEqual(program.complaints(done), [])  # none of the two wants the other port

    def test_the_folder_is_replaced_whole_and_holds_a_manifest(self):
        done = self.succeeds("connect", "study.yaml")
        self.assertIn("out-links", done.stdout)
        folder = self.folder / "out-links"
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual((manifest["program"], manifest["study"]), ("zonerank", "Two islands"))
        self.assertEqual(manifest["links"]["network"], "minimum spanning tree")
        self.assertEqual(manifest["links"]["method"], "eikonal")
        self.assertEqual(manifest["links"]["counts"], {"places": 4, "links": 2, "unknown_pairs": 3})
        self.assertEqual(manifest["links"]["friction_grid"]["cell_m"], 100)
        self.assertEqual(sorted(manifest["inputs"]), ["(area)", "(sites)", "land", "ports", "roads"])
        self.assertEqual(sorted(manifest["outputs"]), ["links.csv", "links.geojson", "places.csv"])
        for name, about in manifest["outputs"].items():
            self.assertEqual(about["sha256"], program.contents(folder)[name])
        self.assertIn("no way leads", manifest["warnings"][0])
        (folder / "mine.txt").write_text("mine", encoding="utf-8")
        self.succeeds("connect", "study.yaml", "-q")
        self.assertEqual((folder / "mine.txt").read_text(encoding="utf-8"), "mine")
        other = self.folder / "other"
        other.mkdir()
        (other / "keep.csv").write_text("mine", encoding="utf-8")
        done = program.zonerank("connect", "study.yaml", "-o", "other", cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("holds files that zonerank has not written", done.stderr)
        self.assertEqual(sorted(path.name for path in other.iterdir()), ["keep.csv"])
        self.assertEqual(list(self.folder.glob(".*")), [])  # nothing half done is left

    def test_memory_that_is_too_small_is_told_with_the_number_that_would_do(self):
        self.succeeds("connect", "study.yaml", "-o", "roomy", "-q")
        told = [line for line in self.fails(STUDY + LINKS, "--memory", "48MiB") if "warning" not in line]
        self.assertEqual(len(told), 1, told)
        self.assertRegex(told[0], r"^the study doesn't fit into 48MiB of memory; \S+ would do \(--memory \S+\); most "
                                  r"of it is for ")
        enough = told[0].split("--memory ")[1].split(")")[0]
        self.succeeds("connect", "study.yaml", "-o", "small", "-q", "--memory", enough)
        self.same_files(("links.geojson", "links.csv", "places.csv"), self.folder / "roomy", self.folder / "small")

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
                ("links: {between: [sites], cost per km: -2}\n", at + "links: cost per km: expected 0 or more"),
                ("links: {betwen: [sites]}\n", at + "links: unknown key 'betwen'; did you mean 'between'?"),
                ("links: {between: [land, roads]}\nlimit: 3\n", "unknown key 'limit'")):
            with self.subTest(links=links):
                told = self.fails(STUDY + links)
                self.assertEqual(len(told), 1, told)
                self.assertRegex(told[0], complaint.replace("?", r"\?"))
        one = (STUDY + LINKS).replace("name: name}", "name: name, where: \"name = 'West'\"}").replace(", ports]", "]")
        self.assertRegex(self.fails(one)[0], at + "links: 1 place in sites; minimum spanning tree joins 2 to 500$")
        self.assertRegex(self.fails(STUDY)[0], "'links' is missing")
        slow = STUDY[:STUDY.index("friction:")] + STUDY[STUDY.index("sites:"):] + LINKS
        self.assertRegex(self.fails(slow)[0], "travel time needs to know how fast one moves")
        bare = STUDY[:STUDY.index("sites:")] + LINKS
        self.assertRegex(self.fails(bare)[0], "links: between: the study has no sites")


if __name__ == "__main__":
    unittest.main()
