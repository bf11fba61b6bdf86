# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of a study, by another program's reading: what it takes, and what it refuses as we do."""

import json
import unittest

import data
import program
from complaints import wrong

try:
    import jsonschema
    import yaml
except ImportError:
    jsonschema = None

EXAMPLES = ("mirpur/study.yaml", "cpec-zones/study.yaml", "cpec-zones/strict.yaml")

BASE = "extends: base.yaml\n"
TOWN = "{distance: {to: towns}}"
STEEP = "steep: {above: {measure: {slope: {of: terrain}}, limit: 15 %}}"

TAKEN = {
    "nothing in place of a base's criterion": BASE + "criteria: {labor: {schools: null, weights: ~}, location: ~}",
    "nothing in place of a base's parameters": BASE + "criteria: {labor: {schools: {measure: {distance: {where: ~}}}}}",
    "one word over a base": BASE + "criteria: {labor: {schools: {missing: unknown}}}",
    "part of a layer": BASE + "layers: {roads: {where: \"class = 'trunk'\"}, rails: ~}",
    "part of a value function": BASE + "criteria: {labor: {schools: {value: {linear: {worst: 30 km}}}}}",
    "part of a constraint": BASE + "constraints: {steep: {above: {limit: 10 %}}, near: {label: Near}, wet: ~}",
    "part of a ready criterion": wrong((TOWN, "{distance: {limit: 50 km}}"),
                                       ("weight: 40", "use: grid connection\n      of: towns\n      weight: 40")),
    "a label and a kind": wrong((STEEP, "steep: {label: Steep, inside: {of: roads}}")),
    "equal weights": wrong(("{ahp: {infrastructure vs location: 3}}", "equal")),
    "equal weights with nothing to add": wrong(("{ahp: {infrastructure vs location: 3}}", "{equal: {}}")),
    "weights of sites": wrong(("{ahp: {infrastructure vs location: 3}}", "entropy"),
                              ("{ahp: {slope vs literacy: 2}}", "{critic: {of: values}}")),
    "weights by ranks": wrong(("{ahp: {infrastructure vs location: 3}}", "{rank sum: [location, infrastructure]}"),
                              ("{ahp: {slope vs literacy: 2}}", "{order: [slope > literacy]}")),
    "weights of people": wrong(("{ahp: {infrastructure vs location: 3}}",
                                "{ahp: {people: {A: {infrastructure vs location: 3}}, by: priorities}}"),
                               ("{ahp: {slope vs literacy: 2}}", "{fixed: {slope: 20..40 %, literacy: 50..90 %}}")),
    "weights by the best and the worst": wrong(
        ("{ahp: {slope vs literacy: 2}}",
         "{best worst: {best: slope, worst: literacy, best to others: {literacy: 3}, others to worst: {slope: 3}}}")),
    "site rules": wrong(("weight: 60", "site: {share: {below: 5 km}}"), ("weight: 40", "site: edge"),
                        ("{linear: {best: 0 km, worst: 20 km}}", "{linear: {best: 90 %, worst: 0 %}}")),
    "several methods": data.STUDY + "compare: [vikor, {topsis: {normalisation: minmax}, label: near the best}]\n",
    "all methods": data.STUDY + "compare: all\n",
    "the usual methods, of values": data.STUDY + "compare: {of: values}\n",
    "what happens beyond the points": wrong(("{gaussian: {ideal: 3 km, spread: 2 km}}",
                                             "{piecewise: {0 km: 1, 9 km: 0, beyond: extrapolate}}")),
    "a formula": wrong(("{gaussian: {ideal: 3 km, spread: 2 km}}",
                        "{expression: {formula: exp(-x / reach), in: km, constants: {reach: 20}}}")),
    "a function of the map with its numbers": wrong(("{gaussian: {ideal: 3 km, spread: 2 km}}",
                                                     "{mean-sd small: {mean: 9 km, deviation: 4 km}}")),
    "industries, what sites take, known zones": data.STUDY + (
        "profiles: {textile: {weights: equal, needs: {highway: {at most: 3 km}}, "
        "values: {highway: {linear: {best: 0 km, worst: 3 km}}}, sites: 2}}\n"
        "assign: {per site: 2, aim: most placed}\n"
        "validate: {good: {sites: [Alpha]}, bad: {where: \"id = 'S2'\"}, cut: 0.6}"),
    "stability of the ranking": data.STUDY + "stability: {weights: {intervals: {within: 20 %}}, draws: 500, seed: 2}\n",
    "a text that is a number": data.STUDY + "aggregate: {compromise: {p: 1}}\n",
    "no stability": data.STUDY + "stability: none\n",
    "an uncertain measurement": wrong(("weight: 40", "weight: 40\n      uncertainty: {normal: {deviation: 10 %}}")),
    "the base study": data.STUDY,
}

REFUSED = {
    "a slip in a need": data.STUDY + "profiles: {textile: {needs: {highway: {atmost: 3 km}}}}",
    "a slip in an aim": data.STUDY + "profiles: {textile: {}}\nassign: {aim: most place}",
    "two kinds": wrong((STEEP, "steep: {inside: {of: roads}, outside: {of: roads}}")),
    "a label and two kinds": wrong((STEEP, "steep: {label: x, inside: {of: roads}, outside: {of: roads}}")),
    "a label alone": wrong((STEEP, "steep: {label: x}")),
    "a measure without what it needs": wrong((TOWN, "distance")),
    "a value function without what it needs": wrong(("{gaussian: {ideal: 3 km, spread: 2 km}}", "linear")),
    "weights without judgements": wrong(("{ahp: {infrastructure vs location: 3}}", "ahp")),
    "weights of other numbers of the sites": wrong(("{ahp: {slope vs literacy: 2}}", "{critic: {of: scores}}")),
    "a slip in what numbers are": wrong(("values: classes", "values: clases")),
    "a slip in how to resample": wrong(("values: classes", "resample: averge")),
    "order weights that aren't there": data.STUDY + "aggregate: owa\n",
    "a membership without points": wrong(("{gaussian: {ideal: 3 km, spread: 2 km}}", "fuzzy linear")),
    "a spread that isn't there": data.STUDY + "stability: {weights: dirichlet}\n",
    "a slip in a weight space": data.STUDY + "stability: {weights: ordnal}\n",
    "half a draw": data.STUDY + "stability: {draws: 0.5}\n",
    "a slip in a site rule": wrong(("weight: 40", "site: egde")),
    "a site rule without its limit": wrong(("weight: 40", "site: share")),
    "a criterion without a value": wrong(("      value: {linear: {best: 0 km, worst: 20 km}}\n", "")),
    "a slip in a method": data.STUDY + "compare: [vikr]\n",
    "a slip in a method's parameter": data.STUDY + "compare: [{topsis: {normalization: minmax}}]\n",
    "a study without a grid": wrong(("grid: {crs: EPSG:32643, cell: 250 m}\n", "")),
    "a layer without a file": wrong(("{source: data/towns.geojson, unit: people}", "{unit: people}")),
}


@unittest.skipUnless(jsonschema, "python3-jsonschema and python3-yaml are not installed")
class Schema(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        schema = json.loads(program.zonerank("list", "--json-schema").stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        cls.validator = jsonschema.Draft202012Validator(schema)
        data.write_country(cls.folder)

    def mistakes(self, text):
        return [error.message for error in self.validator.iter_errors(yaml.safe_load(text))]

    def test_the_examples_fit(self):
        for name in EXAMPLES:
            with self.subTest(name):
                self.assertEqual(self.mistakes((program.ROOT / "examples" / name).read_text(encoding="utf-8")), [])

    def test_what_init_writes_fits(self):
        for folder in (self.folder / "data", *(program.ROOT / "examples" / name / "data" for name in ("mirpur", "cpec-zones"))):
            with self.subTest(str(folder)):
                drafted = self.folder / "drafted.yaml"
                self.succeeds("init", "--layers", folder, "--output", drafted, "--overwrite", "--yes")
                self.assertEqual(self.mistakes(drafted.read_text(encoding="utf-8")), [])

    def test_what_a_study_or_its_base_may_say_fits(self):
        for name, text in TAKEN.items():
            with self.subTest(name):
                self.assertEqual(self.mistakes(text), [])

    def test_what_the_program_takes_fits(self):
        for name, text in TAKEN.items():
            if not text.startswith(BASE):
                with self.subTest(name):
                    (self.folder / "study.yaml").write_text(text, encoding="utf-8")
                    self.succeeds("check", "study.yaml")

    def test_what_the_program_refuses_does_not_fit(self):
        for name, text in REFUSED.items():
            with self.subTest(name):
                (self.folder / "study.yaml").write_text(text, encoding="utf-8")
                self.assertEqual(program.zonerank("check", "study.yaml", cwd=self.folder).returncode, 1)
                self.assertNotEqual(self.mistakes(text), [])


if __name__ == "__main__":
    unittest.main()
