# SPDX-License-Identifier: Apache-2.0
"""Mistakes about how one moves, who comes and what is near: each is told at its place, in one line."""

import unittest

import data
import program
from complaints import Mistakes, wrong

FRICTION = """\
friction:
  ground: 5 km/h
  speeds:
    - {of: roads, by: class, speed: {trunk: 60 km/h, track: 20 km/h}}
"""

MORE_LAYERS = """\
  posts: data/posts.geojson
  lake: data/lake.geojson
  elsewhere: data/elsewhere.geojson
  firms: data/firms.geojson
  cover: {"""


def study(measure, *friction, value="{linear: {best: 0 min, worst: 60 min}}", layers=False):
    """The base study with another measure of 'town' (line 19, or 23 behind more layers) and a friction at its end
    (line 34): none, or this one, with texts replaced."""
    edits = [("{distance: {to: towns}}", measure), ("{gaussian: {ideal: 3 km, spread: 2 km}}", value)]
    if layers:
        edits.append(("  cover: {", MORE_LAYERS))
    text = FRICTION if friction else ""
    for old, new in filter(None, friction):
        assert old in text, old
        text = text.replace(old, new, 1)
    return wrong(*edits) + text


def minutes(*friction, **more):
    return study("{travel time: {to: towns}}", *friction, **more)


def people(parameters, *friction, value="{linear: {worst: 0 people, best: 9000 people}}", **more):
    return study(f"{{people within: {{{parameters}}}}}", *friction, value=value, **more)


def gravity(parameters, value="{linear: {worst: 0, best: 9}}", **more):
    return study(f"{{gravity: {{{parameters}}}}}", value=value, **more)


def hot(measure, kind="hot spots", within="1 km"):
    return study(f"{{{kind}: {{measure: {measure}, within: {within}}}}}", value="{linear: {worst: 0, best: 9}}")


SAME = None  # a friction without replacements
ROADS = "of: roads, by: class, speed: {trunk: 60 km/h, track: 20 km/h}"
ELSEWHERE = (ROADS, "of: elsewhere, speed: 60 km/h")
LAKE = ("  speeds:", "  barriers: [lake]\n  cell: 100 m\n  speeds:")

FRICTIONS = {
    **{f"no friction for {kind}": (text, [f"study.yaml:19:{column}: criterion 'town': {kind} needs to know how fast one moves: "
                                          "a `friction` section with `speeds`"])
       for kind, column, text in (("travel time", 35, minutes()),
                                  ("people within", 37, people("of: towns, weight: population, within: 45 min")))},
    "no speed": (minutes(("60 km/h", "0 km/h")),
        ["study.yaml:37:45: friction: speeds: speed: trunk: a speed is above 0, found '0 km/h'; "
         "what can't be crossed is listed under `barriers`"]),
    "a negative speed": (minutes(("60 km/h", "-60 km/h")),
        ["study.yaml:37:45: friction: speeds: speed: trunk: a speed is above 0, found '-60 km/h'; "
         "what can't be crossed is listed under `barriers`"]),
    "a speed in kilometres": (minutes(("60 km/h", "60 km")),
        ["study.yaml:37:45: friction: speeds: speed: trunk: expected a speed (km/h, m/s), found '60 km'"]),
    "no speed off the road": (minutes(("5 km/h", "0 km/h")),
        ["study.yaml:35:11: friction: ground: expected more than 0, found '0 km/h'"]),
    "no list": (minutes(("    - {" + ROADS + "}", "    {" + ROADS + "}")),
        ["study.yaml:37:5: friction: speeds: expected a list, found a mapping"]),
    "an unknown key": (minutes(("speeds:", "speds:")),
        ["study.yaml:36:3: friction: unknown key 'speds'; did you mean 'speeds'?"]),
    "an unknown key of a rule": (minutes(("by: class", "bi: class")),
        ["study.yaml:37:19: friction: speeds: unknown key 'bi'; did you mean 'by'?"]),
    "an unknown layer": (minutes(("of: roads", "of: raods")),
        ["study.yaml:37:7: friction: speeds: unknown layer 'raods'; did you mean 'roads'?"]),
    "an unknown field": (minutes(("by: class", "by: clas")),
        ["study.yaml:37:7: friction: speeds: layer 'roads': roads.gpkg: unknown field 'clas'; did you mean 'class'?"]),
    "a class without a speed": (minutes((", track: 20 km/h", "")),
        ["study.yaml:37:7: friction: speeds: layer 'roads': no speed for class 'track' (1 feature); give it one, or `other`"]),
    "speeds of points": (minutes((ROADS, "of: towns, speed: 5 km/h")),
        ["study.yaml:37:7: friction: speeds: layer 'towns' holds points; speeds are along lines, or over rasters or "
         "polygons of classes"]),
    "a raster that is no speed": (minutes((ROADS, "of: terrain")),
        ["study.yaml:37:7: friction: speeds: layer 'terrain' needs `speed`; only a raster with a `unit` of speed or pace "
         "(km/h, m/s, min/km, min/m, s/m) tells it itself"]),
    "no roads in the area": (minutes(ELSEWHERE, layers=True),
        ["study.yaml:38:1: friction: speeds: no line lies in the friction's area"]),
    "an unknown barrier": (minutes(("  speeds:", "  barriers: [cove]\n  speeds:")),
        ["study.yaml:36:14: friction: barriers: unknown layer 'cove'; did you mean 'cover'?"]),
    "more cells than anyone has": (minutes(("  speeds:", "  cell: 1 cm\n  speeds:")),
        ["study.yaml:17:5: criterion 'town': friction: 1647501 million cells of 0.01 m; take a larger `cell` or a smaller `area`"]),
    "an area that is no box": (minutes(("  speeds:", "  area: {source: data/area.geojson}\n  speeds:")),
        ["study.yaml:36:9: friction: area: expected {box: [west, south, east, north]}"]),
}

TARGETS = {
    "outside the friction's area": (
        study("{travel time: {to: posts}}", ("  speeds:", "  area: {box: [73.6, 33.0, 73.9, 33.3]}\n  speeds:"), layers=True),
        ["study.yaml:21:5: criterion 'town': layer 'posts': feature 0 lies outside the friction's area; leave it out with "
         "`where`, or take a larger area"]),
    "on a barrier": (minutes(LAKE, layers=True),
        ["study.yaml:21:5: criterion 'town': layer 'towns': feature 1 lies on a barrier, or where nothing is known of the "
         "ground, and no line leads there"]),
    "a limit in kilometres": (study("{travel time: {to: towns, limit: 30 km}}", SAME),
        ["study.yaml:19:49: criterion 'town': travel time: limit: expected a time (min, h, s), found '30 km'"]),
    "an unknown method": (study("{travel time: {to: towns, method: grid4}}", SAME),
        ["study.yaml:19:50: criterion 'town': travel time: method: unknown choice 'grid4'; did you mean 'grid8'?"]),
    "anchors in kilometres": (minutes(SAME, value="{linear: {best: 0 min, worst: 60 km}}"),
        ["study.yaml:20:44: criterion 'town': linear: worst: expected a time (min, h, s), found '60 km'"]),
    "a network elsewhere": (study("{network time: {to: towns}}", ELSEWHERE, layers=True),
        ["study.yaml:21:5: criterion 'town': no line of `friction: speeds` comes within 5 km of the area"]),
    "far from the network": (study("{network time: {to: posts}}", SAME, layers=True),
        ["study.yaml:21:5: criterion 'town': 1 of 1 targets lies farther than 5 km from every line of `friction: speeds` (the "
         "nearest: 127 km); leave it out with `where`, or take a larger `within`"]),
}

WITHIN = "of: towns, weight: population, within: "
NEAR = "limit: 9 km, decay: {exponential: {half: 5 km}}"
FIRMS = f"of: firms, by: industry, {NEAR}, similarity: "

WEIGHTS = {
    "out on a barrier": (people(WITHIN + "45 min", LAKE, layers=True),
        ["study.yaml:21:5: criterion 'town': layer 'towns': the point at 388000, 3666000 lies more than 4 cells of 100 m "
         "from any ground that can be crossed; leave it out with `where`"]),
    "without a unit": (people(WITHIN + "45"),
        ["study.yaml:19:72: criterion 'town': people within: within: expected a time (min, h, s) or a length (m, km, cm), "
         "found '45'"]),
    "an unknown field": (people("of: towns, weight: populaton, within: 9 km"),
        ["study.yaml:19:37: criterion 'town': layer 'towns': towns.geojson: unknown field 'populaton'; "
         "did you mean 'population'?"]),
    "no field": (people("of: towns, within: 9 km"),
        ["study.yaml:19:37: criterion 'town': weight: which field of layer 'towns' tells how much each feature counts?"]),
    "a raster of heights": (people("of: terrain, within: 9 km", value="{linear: {worst: 0, best: 9}}"),
        ["study.yaml:19:37: criterion 'town': layer 'terrain' holds no counts to add up; write `values: counts` for it"]),
    "a negative weight": (gravity("of: firms, weight: firms, " + NEAR, layers=True),
        ["study.yaml:21:5: criterion 'town': layer 'firms': firms of feature 1 is -5; a weight must be a number of 0 or more "
         "(leave others out with where: \"firms >= 0\")"]),
    "a decay in minutes": (gravity("of: towns, weight: population, limit: 9 km, decay: {exponential: {half: 5 min}}"),
        ["study.yaml:19:31: criterion 'town': decay: exponential: half: expected a length (m, km, cm), found '5 min'"]),
    "an unknown decay": (gravity("of: towns, weight: population, limit: 9 km, decay: {exponentil: {half: 5 km}}"),
        ["study.yaml:19:31: criterion 'town': unknown decay 'exponentil'; did you mean 'exponential'?"]),
}

LINES = {
    "metres along lines": (people(WITHIN + "9 km, over: lines"),
        ["study.yaml:19:37: criterion 'town': over: within is a length, in a straight line; a time goes over ground or lines"]),
    "access without lines": (people(WITHIN + "9 min, access: 5 km/h"),
        ["study.yaml:19:37: criterion 'town': access: that is for times along lines; write `over: lines`"]),
    "no lines": (people(WITHIN + "9 min, over: lines", (ROADS, "of: cover, speed: {other: 9 km/h}")),
        ["study.yaml:19:37: criterion 'town': people within needs lines and how fast one moves along them: a `friction` "
         "section with `speeds` of a layer of lines"]),
    "no line near": (people(WITHIN + "9 min, over: lines", ELSEWHERE, layers=True),
        ["study.yaml:21:5: criterion 'town': no line of `friction: speeds` comes within 5 km of the area"]),
    "lines are no settlements": (people("of: lake, weight: name, within: 9 km, settled: roads", layers=True),
        ["study.yaml:23:37: criterion 'town': layer 'roads' holds lines; settled needs polygons"]),
    "points aren't spread": (people("of: towns, weight: population, within: 9 km, settled: lake", layers=True),
        ["study.yaml:23:37: criterion 'town': settled: layer 'towns' holds no polygons; nothing else is spread"]),
    "classes without densities": (people("of: lake, weight: name, within: 9 km, settled: cover", layers=True),
        ["study.yaml:23:37: criterion 'town': layer 'cover' holds classes; `densities` tells how densely people live in "
         "each: {50: 1, 40: 0.05}"]),
    "densities below zero": (people("of: lake, weight: name, within: 9 km, settled: cover, densities: {50: -1}", layers=True),
        ["study.yaml:23:37: criterion 'town': densities: a density of -1; densities are relative to each other, 0 or more"]),
    "heights below zero": (people("of: lake, weight: size, within: 9 km, settled: sea", SAME, layers=True,
                                  value="{linear: {worst: 0, best: 9}}").replace("  posts:", "  sea: data/sea.tif\n  posts:"),
        ["study.yaml:22:5: criterion 'town': layer 'sea' has values below 0; where people are settled is told by values of 0 "
         "or more (`nodata` names what is none)"]),
}

CLUSTERS = {
    "no field of industries": (gravity(f"of: firms, {NEAR}, similarity: {{textiles: {{other: 1}}}}", layers=True),
        ["study.yaml:23:31: criterion 'town': by: which field tells each feature's industry?"]),
    "an industry of which nothing is said": (gravity(FIRMS + "{textiles: {garments: 1, leathr: 0.5}}", layers=True),
        ["study.yaml:21:5: criterion 'town': layer 'firms': industry: similarity: textiles: nothing is said of 'leather' "
         "(1 feature); give it a share, or `other`; did you mean 'leathr'?"]),
    "a slip": (gravity(FIRMS + "{textiles: {garmets: 1, other: 0}}", layers=True),
        ["study.yaml:21:5: criterion 'town': layer 'firms': industry: similarity: textiles: no feature has 'garmets'; "
         "did you mean 'garments'?"]),
    "percent for a share": (gravity(FIRMS + "{textiles: {garments: 90}}", layers=True),
        ["study.yaml:23:31: criterion 'town': similarity: textiles: 90 is not a share; what counts is from 0 to 1"]),
    "an industry without a row": (gravity(FIRMS + "{textiles: {other: 1}}, industries: [textile]", layers=True),
        ["study.yaml:23:31: criterion 'town': industries: unknown row of `similarity` 'textile'; did you mean 'textiles'?"]),
    "no rows": (gravity(FIRMS + "{garments: 1}", layers=True),
        ["study.yaml:23:113: criterion 'town': gravity: similarity: garments: expected a mapping of classes to values such as "
         "{10: 1, 50..59: 0.2, other: 0}, found '1'"]),
}

HOT_SPOTS = {
    "an unknown measure": (hot("{cver: {of: cover}}"),
        ["study.yaml:19:17: criterion 'town': measure: unknown measure 'cver'; did you mean 'cover'?"]),
    "an unknown layer": (hot("{sample: {of: terain}}"),
        ["study.yaml:19:17: criterion 'town': measure: unknown layer 'terain'; did you mean 'terrain'?"]),
    "no neighbours": (hot("{sample: {of: terrain}}", within="100 m"),
        ["study.yaml:17:5: criterion 'town': within: within 100 m of a cell's centre there is no cell but itself, 250 m wide: "
         "take 250 m or more"]),
    "an order of their classes": (hot("{sample: {of: terrain}}", "hot spot class"),
        ["study.yaml:20:15: criterion 'town': value: classes have no order, and linear needs one; use categories"]),
}


class Travel(Mistakes):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.folder / "data"
        data.write_geojson(folder / "posts.geojson", (data.point(100_000, 100_000), {"name": "far"}))
        data.write_geojson(folder / "lake.geojson", (data.square(7000, 5000, 2000), {"name": "lake", "size": 5}))
        data.write_raster(folder / "sea.tif", lambda x, y: -3)
        data.write_geojson(folder / "elsewhere.geojson",
                           (data.line((200_000, 200_000), (201_000, 200_000)), {"class": "trunk"}))
        data.write_geojson(folder / "firms.geojson", (data.point(3000, 3000), {"firms": 10, "industry": "garments"}),
                           (data.point(8000, 3000), {"firms": -5, "industry": "leather"}))

    def test_friction(self):
        self.tells_of_all(FRICTIONS)

    def test_targets(self):
        self.tells_of_all(TARGETS)

    def test_weights(self):
        self.tells_of_all(WEIGHTS)

    def test_lines_and_settlements(self):
        self.tells_of_all(LINES)

    def test_clusters(self):
        self.tells_of_all(CLUSTERS)

    def test_hot_spots(self):
        self.tells_of_all(HOT_SPOTS)

    def test_lines_that_do_not_meet(self):
        data.write_geojson(self.folder / "data" / "gap.geojson", (data.line((-3000, 4000), (6000, 4500)), {}),
                           (data.line((6100, 4500), (15_000, 5500)), {}))
        text = study("{network time: {to: lake}}", ELSEWHERE, layers=True).replace("elsewhere.geojson", "gap.geojson")
        (self.folder / "study.yaml").write_text(text, encoding="utf-8")
        warned = program.zonerank("check", "study.yaml", cwd=self.folder).stderr
        self.assertIn("criterion 'town': no target can be reached from 50 % of the network, which falls into 2 pieces; "
                      "lines that should meet may have to be joined: `snap`, or `join: all crossings`", warned)


if __name__ == "__main__":
    unittest.main()
