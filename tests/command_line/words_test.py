# SPDX-License-Identifier: Apache-2.0
"""Mistakes in the study's own words: each is told at its place, with the nearest word, and nothing else is."""

import unittest

import data
from complaints import Mistakes, wrong

TOWN = """\
    town:
      weight: 40
      measure: {distance: {to: towns}}
      value: {gaussian: {ideal: 3 km, spread: 2 km}}
"""

YAML = {
    "a list without end": ([("study: Base", "study: [Base")],
        ["study.yaml:1:8: not valid YAML: this '[' has no ']'"]),
    "a mapping without end": ([("data/area.geojson}", "data/area.geojson")],
        ["study.yaml:2:7: not valid YAML: this '{' has no '}'"]),
    "a quote without end": ([("study: Base", 'study: "Base')],
        ["study.yaml:1:8: not valid YAML: this quote ends in line 7; is its own end missing?"]),
    "a tab": ([("  roads: {", "\troads: {")],
        ["study.yaml:5:1: not valid YAML: a line is indented by spaces, not by tabs"]),
    "a line too far left": ([("      weight: 60", "     weight: 60")],
        ["study.yaml:15:14: not valid YAML: no value can stand here: the line is indented otherwise than those above, or a text with ': ' lacks its quotes"]),
    "a condition without quotes": ([("where: \"class = 'trunk'\"", "where: class in ('trunk', 'motorway')")],
        ["study.yaml:15:75: not valid YAML: the condition after `where:` must be quoted as a whole"]),
    "a second document": ([("output: out", "output: out\n---\nmore: 1")],
        ["study.yaml:34:1: not valid YAML: the study ended before this"]),
    "an alias": ([("study: Base", "study: *Base")],
        ["study.yaml:1:8: not valid YAML: aliases (*name) are not allowed in a study"]),
    "nothing": ("", ["study.yaml: the study is empty; it needs an `area`, a `grid` and `criteria`"]),
}

KEYS = {
    "unknown section": ([("constraints:", "constrains:")],
        ["study.yaml:29:1: study: unknown key 'constrains'; did you mean 'constraints'?"]),
    "criteria without a theme": ([(data.STUDY[data.STUDY.index("  infra"):data.STUDY.index("constraints")],
                                   "  town: {use: technical training, of: towns}\n"
                                   "  slope: {measure: {slope: {of: terrain}}, value: {linear: {best: 0 %, worst: 9 %}}}\n"),
                                  ("  weights: {ahp: {infrastructure vs location: 3}}\n", "")],
        [f"study.yaml:{line}:3: criteria: '{name}' is a criterion without a theme; write {{location: {{{name}: ...}}}}, "
         "or infrastructure, labor, connectivity or a theme of your own" for line, name in ((11, "town"), (12, "slope"))]),
    "unknown key of a criterion": ([("      weight: 60", "      wieght: 60")],
        ["study.yaml:14:7: criterion 'highway': unknown key 'wieght'; did you mean 'weight'?"]),
    "unknown key of a theme": ([("    weights: {ahp: {slope", "    wieghts: {ahp: {slope")],
        ["study.yaml:22:5: theme 'location': unknown key 'wieghts'; did you mean 'weights'?"]),
    "unknown key of a layer": ([("unit: people", "units: people")],
        ["study.yaml:6:39: layer 'towns': unknown key 'units'; did you mean 'unit'?"]),
    "unknown parameter": ([("{to: towns}", "{too: towns}")],
        ["study.yaml:19:28: criterion 'town': distance: unknown parameter 'too'; did you mean 'to'?"]),
    "unknown measure": ([("{distance: {to: towns}}", "{distanse: {to: towns}}")],
        ["study.yaml:19:17: criterion 'town': unknown measure 'distanse'; did you mean 'distance'?"]),
    "unknown value function": ([("{gaussian: {", "{bell: {")],
        ["study.yaml:20:15: criterion 'town': value: unknown value function 'bell'; there is linear, symmetric linear, "
         "step, exponential, logarithm, power, piecewise, categories, logistic, logistic growth, logistic decay, large, "
         "small, gaussian, near, fuzzy linear, fuzzy sigmoidal, fuzzy j-shaped, fuzzy g-shaped, stretch, mean-sd large, "
         "mean-sd small, expression"]),
    "unknown constraint": ([("steep: {above:", "steep: {abov:")],
        ["study.yaml:30:11: constraint 'steep': unknown constraint 'abov'; did you mean 'above'?"]),
    "unknown aggregation": ([("output: out", "aggregate: wieghted sum")],
        ["study.yaml:33:12: aggregate: unknown aggregation 'wieghted sum'; did you mean 'weighted sum'?"]),
    "unknown ready criterion": ([(TOWN, "    town: {use: grid conection, of: towns, weight: 40}\n")],
        ["study.yaml:17:17: criterion 'town': unknown criterion of the catalogue 'grid conection'; "
         "did you mean 'grid connection'?"]),
    "unknown layer": ([("{to: towns}", "{to: town}")],
        ["study.yaml:19:32: criterion 'town': unknown layer 'town'; did you mean 'towns'?"]),
    "two kinds": ([("spread: 2 km}}", "spread: 2 km}, step: {at: 3 km}}")],
        ["study.yaml:20:14: criterion 'town': value: expected one kind, bare or with its parameters "
         "({linear: {worst: 20 km, best: 0 km}}), found 2 kinds: gaussian, step"]),
    "a key twice": ([("      weight: 40\n", "      weight: 40\n      weight: 41\n")],
        ["study.yaml:19:7: 'weight' is given twice; it stands in line 18 already"]),
    "a name twice": ([("  steep:", "  town:")],
        ["study.yaml:30:3: constraint 'town': the name is used already in line 17; "
         "criteria and constraints are unique in a study"]),
    "a name in capitals": ([("  steep:", "  Steep:")],
        ["study.yaml:30:3: constraint 'Steep': a name is lower case letters, digits, spaces, - and _, at most 64; "
         "use `label` for what people read"]),
    "no parameter": ([("{to: towns}", "{}")],
        ["study.yaml:19:17: criterion 'town': distance: 'to' is missing "
         "(layer of points, lines or polygons, or a list of layers (the nearest of all))"]),
    "no grid": ([("grid: {crs: EPSG:32643, cell: 250 m}\n", "")],
        ["study.yaml:1:1: study: 'grid' is missing (the cells: {cell: 100 m})"]),
    "no cell": ([(", cell: 250 m", "")], ["study.yaml:3:1: grid: 'cell' is missing (side of a cell, such as 100 m)"]),
    "missing data": ([("      weight: 40\n", "      weight: 40\n      missing: wurst\n")],
        ["study.yaml:19:16: criterion 'town': missing: expected unknown, worst, leave out or a value from 0 to 1, "
         "found 'wurst'"]),
    "site rule": ([("      weight: 40\n", "      weight: 40\n      site: men\n")],
        ["study.yaml:19:13: criterion 'town': site: unknown site rule 'men'; did you mean 'mean'?"]),
}

# Each of these was read, but would mean nothing where it stands.
IGNORED = {
    "layers for no ready criterion": ([("      weight: 40\n", "      weight: 40\n      of: towns\n")],
        ["study.yaml:19:7: criterion 'town': of: these are the layers for `use`, which is not there"]),
    "parameters of a site rule": ([("      weight: 40\n", "      weight: 40\n      site: {min: {above: 5 km}}\n")],
        ["study.yaml:19:13: criterion 'town': site: 'min' takes no parameters"]),
    "a CRS beside a raster's grid": ([("crs: EPSG:32643, cell: 250 m", "like: terrain, crs: EPSG:32643")],
        ["study.yaml:3:23: grid: crs: `like` takes over the raster's own"]),
    "a cell beside a raster's grid": ([("crs: EPSG:32643, cell: 250 m", "like: terrain, cell: 250 m")],
        ["study.yaml:3:23: grid: cell: `like` takes over the raster's own"]),
    "a condition on a raster": ([("terrain.tif, unit: m", "terrain.tif, unit: m, where: \"a = 1\"")],
        ["study.yaml:8:3: layer 'terrain': `where` is for features; terrain.tif is a raster"]),
    "a condition on a raster that gives the grid": (
        [("crs: EPSG:32643, cell: 250 m", "like: cover"), ("values: classes", "where: \"a = 1\"")],
        ["study.yaml:9:3: layer 'cover': `where` is for features; cover.tif is a raster"]),
    **{f"{key} of features": ([("towns.geojson, ", f"towns.geojson, {key}: {value}, ")],
        [f"study.yaml:6:3: layer 'towns': `{key}` is for rasters; towns.geojson holds features"])
       for key, value in (("band", 2), ("nodata", 0), ("values", "classes"), ("resample", "nearest"))},
    "a condition on a box": ([("{source: data/area.geojson}", "{box: [73.7, 33.1, 73.8, 33.2], where: \"a = 1\"}")],
        ["study.yaml:2:39: area: where: a box has no features to choose from, and no CRS of its own"]),
    "what belongs to the sites": ([("{source: data/area.geojson}", "{around: sites, crs: EPSG:4326}")],
        ["study.yaml:2:23: area: crs: belongs to the sites; write it there"]),
    "what belongs to a layer": ([("{source: data/area.geojson}", "{layer: districts, override: true}")],
        ["study.yaml:2:26: area: override: belongs to the layer 'districts'; write it there"]),
    "an override by nothing": ([("terrain.tif, unit: m", "terrain.tif, override: true")],
        ["study.yaml:8:39: layer 'terrain': override: needs the `crs` that replaces the file's own"]),
    "an override of the sites by nothing": ([("id: id,", "override: true,")],
        ["study.yaml:32:49: sites: override: needs the `crs` that replaces the file's own"]),
    "a label that is no text": ([("steep: {above:", "steep: {label: [a], above:")],
        ["study.yaml:30:18: constraint 'steep': label: expected a single value, found a list"]),
}

ONE_KIND = "expected one kind, bare or with its parameters ({linear: {worst: 20 km, best: 0 km}}), found"

BARE = {
    "a measure": ([("{distance: {to: towns}}", "distance")],
        ["study.yaml:19:16: criterion 'town': distance: 'to' is missing "
         "(layer of points, lines or polygons, or a list of layers (the nearest of all))"]),
    "a value function": ([("{gaussian: {ideal: 3 km, spread: 2 km}}", "gaussian")],
        [f"study.yaml:20:14: criterion 'town': gaussian: '{name}' is missing ({help})"
         for name, help in (("ideal", "measurement worth 1"), ("spread", "standard deviation: from the ideal to 0.61"))]),
    "a constraint": ([("{classes: {of: cover, exclude: [80]}}", "classes")],
        ["study.yaml:31:10: constraint 'water': category: 'of' is missing (raster layer with `values: classes`, or polygon layer)"]),
    **{f"a constraint of {found}": ([("steep: {above: {measure: {slope: {of: terrain}}, limit: 15 %}}", f"steep: {body}")],
        [f"study.yaml:30:3: constraint 'steep': {ONE_KIND} {found}"])
       for body, found in (("{label: x}", "none"), ("", "nothing"), ("[above]", "a list"),
                           ("{above: {}, below: {}}", "2 kinds: above, below"))},
}

PLACES = {
    "a limit of 0": ([("{to: towns}", "{to: towns, limit: 0 km}")],
        ["study.yaml:19:46: criterion 'town': distance: limit: it must be above 0, found '0 km'"]),
    "a measure and a value function": ([("{to: towns}", "{too: towns}"), ("{gaussian: {", "{gausian: {")],
        ["study.yaml:19:28: criterion 'town': distance: unknown parameter 'too'; did you mean 'to'?",
         "study.yaml:20:15: criterion 'town': value: unknown value function 'gausian'; did you mean 'gaussian'?"]),
    "no criterion that counts on the map": ([("weights: {ahp: {infrastructure vs location: 3}}", "weights: {direct: {infrastructure: 1, location: 0}}"),
                                             ("weight: 60", "weight: 0"),
                                             ("{distance: {to: towns}}", "{site field: {field: note}}"),
                                             ("{gaussian: {ideal: 3 km, spread: 2 km}}", "{linear: {worst: 0, best: 9}}")],
        ["study.yaml:10:1: criteria: none with a weight can be mapped; a study needs one at least",
         "study.yaml:32:1: sites: note of site 'Alpha' is text ('first'); a site field needs numbers"]),
}

UNITS = {
    "another dimension": ([("worst: 20 km}", "worst: 20 min}")],
        ["study.yaml:16:43: criterion 'highway': linear: worst: expected a length (m, km, cm), found '20 min'"]),
    "no unit": ([("worst: 20 km}", "worst: 20}")],
        ["study.yaml:16:43: criterion 'highway': linear: worst: expected a length (m, km, cm), "
         "found '20', which has no unit"]),
    "no number": ([("worst: 20 km}", "worst: far}")],
        ["study.yaml:16:43: criterion 'highway': linear: worst: expected a number, found 'far'"]),
    "a limit": ([("limit: 15 %", "limit: 15 m")],
        ["study.yaml:30:59: constraint 'steep': limit: expected a slope (%, °), found '15 m'"]),
    "a cell": ([("cell: 250 m", "cell: 250")],
        ["study.yaml:3:31: grid: cell: expected a length (m, km, cm), found '250', which has no unit"]),
    "a negative cell": ([("cell: 250 m", "cell: -250 m")],
        ["study.yaml:3:31: grid: cell: expected a length above 0, found '-250 m'"]),
    "units of a field and its anchors": ([('districts.geojson, unit: "%"', "districts.geojson, unit: people")],
        ["study.yaml:28:31: criterion 'literacy': linear: worst: expected a number of people (people), found '20 %'",
         "study.yaml:28:43: criterion 'literacy': linear: best: expected a number of people (people), found '85 %'"]),
}

AHP = "{ahp: {slope vs literacy: 2}}"

WEIGHTS = {
    "not reciprocal": ([(AHP, "{ahp: {matrix: [[1, 2], [0.4, 1]], of: [slope, literacy]}}")],
        ["study.yaml:22:15: theme 'location': weights: 'slope vs literacy' is 2, but 'literacy vs slope' is 0.4; "
         "one must be the inverse of the other (1/2)"]),
    "contradicting": ([(AHP, "{ahp: {slope vs literacy: 2, literacy vs slope: 2}}")],
        ["study.yaml:22:15: theme 'location': weights: 'slope vs literacy' is 2, but 'literacy vs slope' is 2; "
         "one must be the inverse of the other (1/2)"]),
    "of a slip": ([(AHP, "{ahp: {slop vs literacy: 2}}")],
        ["study.yaml:22:15: theme 'location': weights: unknown name 'slop'; did you mean 'slope'?"]),
    "negative judgement": ([(AHP, "{ahp: {slope vs literacy: -2}}")],
        ["study.yaml:22:15: theme 'location': weights: 'slope vs literacy' is -2; a judgement must be above 0"]),
    "a judgement of 0": ([(AHP, "{ahp: {slope vs literacy: 0}}")],
        ["study.yaml:22:15: theme 'location': weights: 'slope vs literacy' is 0; a judgement must be above 0"]),
    "no judgement": ([(AHP, "{ahp: {}}")],
        ["study.yaml:22:15: theme 'location': weights: no judgement joins 'slope' | 'literacy'; "
         "give one between them, such as 'slope vs literacy'"]),
    "an order in a circle": ([(AHP, "{order: [slope > literacy, literacy > slope]}")],
        ["study.yaml:22:15: theme 'location': weights: the order goes round in a circle: "
         "'slope' > 'literacy' > 'slope'"]),
    "intervals below 100 %": ([(AHP, "{fixed: {slope: 20..30 %, literacy: 30..40 %}}")],
        ["study.yaml:22:15: theme 'location': weights: the greatest weights add up to 70 %, less than 100 %"]),
    "a slip in an order": ([(AHP, "{rank sum: [slope, litracy]}")],
        ["study.yaml:22:15: theme 'location': weights: unknown name 'litracy'; did you mean 'literacy'?"]),
    "of one site alone": ([(AHP, "entropy"), ("keep: [note]", "keep: [note], where: \"id = 'S2'\"")],
        ["study.yaml:22:14: theme 'location': weights: weights that follow from the sites need two ranked sites with "
         "all numbers, and there is 1"]),
    "measurements of themes": ([("{ahp: {infrastructure vs location: 3}}", "{entropy: {of: measurements}}")],
        ["study.yaml:11:13: criteria: weights: themes have scores, but no measurements; weigh `of: values`"]),
    "all 0": ([("weight: 60", "weight: 0"), ("weight: 40", "weight: 0")],
        ["study.yaml:12:3: theme 'infrastructure': weights: all weights are 0"]),
    "all 0 in one place": ([(AHP, "{direct: {slope: 0, literacy: 0}}")],
        ["study.yaml:22:15: theme 'location': weights: all weights are 0"]),
    "negative": ([("weight: 60", "weight: -60")],
        ["study.yaml:14:15: criterion 'highway': weight: a weight must not be negative, found '-60'"]),
    "percentages beside numbers": ([("weight: 60", "weight: 60 %"), ("weight: 40", "weight: 0.4")],
        ["study.yaml:12:3: theme 'infrastructure': weights: percentages and plain numbers can't stand side by side"]),
    "negative in one place": ([(AHP, "{direct: {slope: -1, literacy: 2}}")],
        ["study.yaml:22:15: theme 'location': weights: 'slope': a weight must not be negative, found '-1'"]),
    "a word": ([("weight: 60", "weight: high")],
        ["study.yaml:14:15: criterion 'highway': weight: expected a number, found 'high'"]),
    "one without": ([("      weight: 60\n", "")],
        ["study.yaml:12:3: theme 'infrastructure': weights: 'highway' has no weight, but others have; "
         "give all of them one, or none"]),
    "in both places": ([("  infrastructure:\n", "  infrastructure:\n    weight: 3\n")],
        ["study.yaml:11:13: criteria: weights: given here, and as `weight:` beside 'infrastructure', too; "
         "only one of the two can count"]),
}

VALUES = {
    "equal anchors": ([("worst: 20 km}", "worst: 0 km}")],
        ["study.yaml:16:15: criterion 'highway': value: 'worst' and 'best' are both 0 km; they must differ"]),
    "equal points": ([("15 %: 0}", "0.0 %: 0}")],
        ["study.yaml:25:15: criterion 'slope': value: 0 % is given two values"]),
    "one point": ([("{0 %: 1, 15 %: 0}", "{15 %: 0}")],
        ["study.yaml:25:15: criterion 'slope': value: needs at least two points such as {0 km: 1, 20 km: 0}"]),
    "no spread": ([("spread: 2 km", "spread: 0 km")],
        ["study.yaml:20:15: criterion 'town': value: 'spread' must be above 0"]),
    "a value above 1": ([("15 %: 0}", "15 %: 2}")],
        ["study.yaml:25:15: criterion 'slope': value: the value of 15 % is 2; "
         "values lie between 0 (useless) and 1 (ideal)"]),
}


CLASSES = "{category: {of: cover}}"

FITS = {
    "an order of classes": ([("{distance: {to: towns}}", CLASSES)],
        ["study.yaml:20:15: criterion 'town': value: classes have no order, and gaussian needs one; use categories"]),
    "classes of lengths": ([("{gaussian: {ideal: 3 km, spread: 2 km}}", "{categories: {0..1000: 1, other: 0}}")],
        ["study.yaml:20:15: criterion 'town': value: categories values classes, not lengths; use piecewise or step"]),
    "a formula that can't be read": ([("{gaussian: {ideal: 3 km, spread: 2 km}}",
                                       "{expression: {formula: 1 - y / 20 km, in: km}}")],
        ["study.yaml:20:15: criterion 'town': value: formula, character 5: 'y' is not known here; a formula is made of "
         "numbers, x, its constants and functions such as exp, ln, sqrt, abs, min and max"]),
    "a formula in another dimension": ([("{gaussian: {ideal: 3 km, spread: 2 km}}",
                                         "{expression: {formula: 1 - x / 20 min}}")],
        ["study.yaml:20:15: criterion 'town': value: formula, character 9: expected a length (m, km, cm), found '20 min'"]),
    "control points out of order": ([("{gaussian: {ideal: 3 km, spread: 2 km}}", "{fuzzy linear: {c: 9 km, d: 2 km}}")],
        ["study.yaml:20:15: criterion 'town': value: 'c' (9 km) must be below 'd' (2 km)"]),
    "what happens beyond the points": ([("{gaussian: {ideal: 3 km, spread: 2 km}}",
                                         "{piecewise: {0 km: 1, 9 km: 0, beyon: error}}")],
        ["study.yaml:20:45: criterion 'town': piecewise: unknown parameter 'beyon'; did you mean 'beyond'?"]),
    "the range of a share": ([("{gaussian: {ideal: 3 km, spread: 2 km}}", "stretch\n      site: {share: {above: 1 km}}")],
        ["study.yaml:20:14: criterion 'town': value: stretch needs the map's range, and a share has none"]),
    "the range of a field": ([("{distance: {to: towns}}", "{site field: {field: fid}}"),
                              ("{gaussian: {ideal: 3 km, spread: 2 km}}", "stretch")],
        ["study.yaml:20:14: criterion 'town': value: stretch needs the map's range, and a field of the sites has none",
         "study.yaml:32:1: sites: sites.geojson: unknown field 'fid'; did you mean 'id'?"]),
    "the least of classes": ([("{distance: {to: towns}}", CLASSES + "\n      site: min"),
                              ("{gaussian: {ideal: 3 km, spread: 2 km}}", "{categories: {20: 1, other: 0}}")],
        ["study.yaml:17:5: criterion 'town': site: classes have no order to go by"]),
    "a share of classes": ([("{distance: {to: towns}}", CLASSES + "\n      site: {share: {above: 20}}"),
                            ("{gaussian: {ideal: 3 km, spread: 2 km}}", "{linear: {worst: 0 %, best: 100 %}}")],
        ["study.yaml:17:5: criterion 'town': site: classes have no order to go by"]),
    "classes below a limit": ([("{slope: {of: terrain}}, limit: 15 %", CLASSES + ", limit: 15")],
        ["study.yaml:30:28: constraint 'steep': measure: classes have no order; exclude them by `classes`"]),
    "texts for a number": ([("{distance: {to: towns}}", "{site field: {field: id}}"),
                            ("{gaussian: {ideal: 3 km, spread: 2 km}}", "{linear: {best: 0, worst: 9}}")],
        ["study.yaml:32:1: sites: id of site 'Alpha' is text ('S1'); a site field needs numbers"]),
}


class Words(Mistakes):
    def test_yaml(self):
        self.tells_of_all(YAML)

    def test_keys_and_kinds(self):
        self.tells_of_all(KEYS)

    def test_keys_that_would_mean_nothing(self):
        self.tells_of_all(IGNORED)

    def test_kinds_without_their_parameters(self):
        self.tells_of_all(BARE)

    def test_places(self):
        self.tells_of_all(PLACES)

    def test_units(self):
        self.tells_of_all(UNITS)

    def test_weights(self):
        self.tells_of_all(WEIGHTS)

    def test_what_fits_what(self):
        self.tells_of_all(FITS)

    def test_values(self):
        self.tells_of_all(VALUES)

    def test_all_at_once_in_the_order_of_the_file(self):
        (self.folder / "study.yaml").write_text(wrong(
            ("cell: 250 m", "cel: 250 m"), ("weight: 60", "weight: -60"), ("{to: towns}", "{to: twons}"),
            ("worst: 20 km", "worst: 20 min"), ("terrain.tif", "terain.tif"), ("field: literacy", "feild: literacy"),
            ("output: out", "output: ../out")), encoding="utf-8")
        expected = [
            "study.yaml:3:25: grid: unknown key 'cel'; did you mean 'cell'?",
            "study.yaml:8:21: layer 'terrain': source: there is no file {folder}/data/terain.tif; "
            "did you mean 'terrain.tif'?",
            "study.yaml:14:15: criterion 'highway': weight: a weight must not be negative, found '-60'",
            "study.yaml:16:43: criterion 'highway': linear: worst: expected a length (m, km, cm), found '20 min'",
            "study.yaml:19:32: criterion 'town': unknown layer 'twons'; did you mean 'towns'?",
            "study.yaml:27:44: criterion 'literacy': attribute: unknown parameter 'feild'; did you mean 'field'?",
            "study.yaml:33:9: output: '../out' leads out of the study's folder and the working directory; "
            "use --output for that"]
        self.tells(expected)
        self.tells(expected + [f"study.yaml: {len(expected)} to mend"], "check", "study.yaml")

    def test_mistakes_of_the_file_that_is_extended(self):
        (self.folder / "base.yaml").write_text(wrong(("worst: 20 km", "worst: 20 min")), encoding="utf-8")
        (self.folder / "study.yaml").write_text("extends: base.yaml\nknown: 170 %\n", encoding="utf-8")
        self.tells(["base.yaml:16:43: criterion 'highway': linear: worst: expected a length (m, km, cm), "
                    "found '20 min'", "study.yaml:2:8: study: known: expected 0 % to 100 %, found '170 %'"])
        (self.folder / "study.yaml").write_text("extends: bose.yaml\n", encoding="utf-8")
        self.tells(["study.yaml:1:10: bose.yaml: can't be read (No such file or directory)"])
        (self.folder / "study.yaml").write_text(data.STUDY, encoding="utf-8")
        self.tells(["stud.yaml: can't be read (No such file or directory)"], "run", "stud.yaml")
        self.tells(["data: is a folder, not a study file"], "run", "data")


if __name__ == "__main__":
    unittest.main()
