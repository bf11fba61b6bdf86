# SPDX-License-Identifier: Apache-2.0
"""The same bytes, however the work is cut up, however many do it, however often."""

import math
import unittest

import data
import program

# Every measure, value function, aggregation, constraint, site rule and policy for missing data.
EVERY = """\
study: Everything
area: {source: data/area.geojson, buffer: 0.7 km}
grid: {crs: EPSG:32643, cell: 40 m}
layers:
  roads: {source: data/roads.gpkg, layer: roads}
  towns: {source: data/towns.geojson, unit: people}
  districts: {source: data/districts.geojson, unit: "%"}
  kinds: data/districts.geojson
  terrain: {source: data/terrain.tif, unit: m}
  rain: {source: data/rain.tif, unit: mm, nodata: -1}
  people: {source: data/people.tif, values: counts, unit: people}
  cover: {source: data/cover.tif, values: classes}
friction:
  speeds: [{of: roads, by: class, speed: {trunk: 80 km/h, other: 40 km/h}}]
  barriers: [{of: kinds, where: "kind = 'urban'"}]
criteria:
  weights: {direct: {ways: 3, ground: 2, people: 2, land: 1}}
  ways:
    weights: {ahp: {highway vs near: 2, highway vs net: 3, near vs net: 2}}
    highway: {measure: {distance: {to: roads, where: "class = 'trunk'", limit: 4 km}}, value: {linear: {best: 0 km, worst: 4 km}}, site: edge}
    near: {measure: {distance: {to: [towns, roads]}}, value: {gaussian: {ideal: 1 km, spread: 0.5 km}}, site: min}
    net: {measure: {density: {of: roads, radius: 2 km}}, value: mean-sd large}
  ground:
    aggregate: weighted product
    slope: {measure: {slope: {of: terrain}}, value: {piecewise: {0 %: 1, 5 %: 0.7, 15 %: 0.1, beyond: extrapolate}}}
    level: {measure: {slope: {of: terrain}}, value: {linear: {worst: 0 %, best: 100 %}}, site: {share: {below: 4 %}}}
    aspect: {measure: {aspect: {of: terrain, flat: 1°}}, value: {logistic: {midpoint: 180°, spread: 40°}}, missing: 0.5}
    ruggedness: {measure: {ruggedness: {of: terrain, at: grid}}, value: {linear: {best: 0 m, worst: 60 m}}, site: max}
    height: {measure: {sample: {of: terrain}}, value: {step: {at: 380 m, above: 0.3, below: 0.9}}}
  people:
    crowd: {measure: {sample: {of: people}}, value: {stretch: {falling: true}}}
    towns: {measure: {density: {of: towns, radius: 5 km, weight: population}}, value: {linear: {worst: 0 people/km2, best: 400 people/km2}}}
    reach: {measure: {focal: {of: people, radius: 900 m, statistic: sum}}, value: {expression: {formula: 1 - exp(-x / 4000 people)}}}
    count: {measure: {density: {of: towns, radius: 4 km, kernel: count}}, value: {linear: {worst: 0, best: 2}}}
    pool: {measure: {people within: {of: people, within: 20 min, gather: 1.5 km}}, value: {linear: {worst: 0 people, best: 9000 people}}}
    commute: {measure: {gravity: {of: districts, weight: literacy, where: "literacy > 0", limit: 40 min, decay: {exponential: {half: 9 min}}, gather: 2 km, settled: kinds, over: lines}}, value: {linear: {worst: 0 %, best: 50 %}}}
    literacy: {measure: {attribute: {of: districts, field: literacy}}, value: {linear: {worst: 20 %, best: 85 %}}, missing: leave out}
    price: {measure: {site field: {field: price, unit: PKR/acre}}, value: {linear: {worst: 9 PKR/acre, best: 1 PKR/acre}}}
  land:
    drive: {measure: {travel time: {to: towns, limit: 90 min}}, value: {linear: {worst: 90 min, best: 0 min}}}
    whose: {measure: {nearest by time: {to: towns, field: name}}, value: {categories: {other: 0.5}}}
    rain: {measure: {sample: {of: rain}}, value: {linear: {worst: 0 mm, best: 900 mm}}, missing: worst}
    cover: {measure: {category: {of: cover}}, value: {categories: {20: 1, 40: 0.6, other: 0.1}}}
    farms: {measure: {focal: {of: cover, radius: 1.5 km, statistic: share, classes: 40}}, value: {fuzzy sigmoidal: {a: 5 %, b: 60 %}}}
    rough: {measure: {focal: {of: terrain, radius: 500 m, statistic: deviation}}, value: {linear: {worst: 40 m, best: 0 m}}}
    kind: {measure: {category: {of: kinds, field: kind}}, value: {categories: {rural: 1, urban: 0.3}}, missing: 0.2}
    within: {measure: {cover: {of: kinds, where: "kind = 'urban'"}}, value: {linear: {worst: 0 %, best: 100 %}}}
known: 50 %
constraints:
  steep: {above: {measure: {slope: {of: terrain}}, limit: 18 %}}
  low: {below: {measure: {sample: {of: terrain}}, limit: 252 m}}
  water: {classes: {of: cover, exclude: [80]}}
  verge: {inside: {of: roads, buffer: 30 m, cells: any part}}
  town: {inside: {of: towns, buffer: 300 m}}
  remote: {outside: {of: roads, buffer: 7 km}}
sites: {source: data/sites.geojson, name: name, id: id, keep: [note]}
outputs: {criteria: true, reasons: true}
"""

CUTS = [(64, 1), (37, 4), (256, 2), (512, 1), (1000, 2), (1000, 4)]
SITES = ("sites.geojson", "ranking.csv")


def rain(x, y):
    return -1 if math.hypot(x - 0.1, y - 0.06) < 0.015 else 500 + 3000 * (x - 0.08) + 900 * math.sin(60 * y)


def people(x, y):
    return max(0, 40 - math.hypot(x - 8000, y - 6000) / 200)


class SameBytes(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        folder = cls.folder / "data"
        data.write_raster(folder / "rain.tif", rain, cell=0.002, code=4326, box=(0, 0, 0.2, 0.2), corner=(73.68, 33.03))
        data.write_raster(folder / "people.tif", people, cell=300)
        data.write_geojson(folder / "sites.geojson", *(
            (data.square(x, y, side), {"id": name, "name": name, "note": None, "price": price})
            for name, x, y, side, price in (("A", 1100, 2050, 1430, 5), ("B", 7000, 7100, 2000, 3),
                                            ("C", 8300, 2300, 1500, 4), ("D", 5200, 3000, 33, 2),
                                            ("E", 2495, 2495, 7000, None), ("F", 11500, 11500, 1900, 6))))
        (cls.folder / "every.yaml").write_text(EVERY, encoding="utf-8")

    def same_however(self, study):
        first = self.folder / f"{study.parent.name}-{study.stem}"
        self.succeeds("run", study, "--quiet", "--output", first)
        expected = program.contents(first)
        del expected["manifest.json"]
        again = first.with_name(first.name + "-again")
        for tile, threads in CUTS:
            self.succeeds("run", study, "--quiet", "--output", again, "--tile", tile, "--threads", threads)
            found = program.contents(again)
            del found["manifest.json"]
            self.assertEqual(found, expected, f"--tile {tile} --threads {threads}")
        for tile, threads in CUTS[:2]:
            self.succeeds("run", study, "--quiet", "--output", again, "--sites-only", "--tile", tile, "--threads", threads)
            self.same_files(SITES, first, again)
            self.assertFalse((again / "suitability.tif").exists())

    def test_of_mirpur(self):
        self.same_however(program.ROOT / "examples" / "mirpur" / "study.yaml")

    def test_of_the_zones(self):
        self.same_however(program.ROOT / "examples" / "cpec-zones" / "study.yaml")

    def test_of_a_study_with_every_measure(self):
        self.same_however(self.folder / "every.yaml")

    def test_a_repeated_run_replaces_the_result_and_keeps_what_is_the_users(self):
        out = self.folder / "out"
        self.succeeds("run", "study.yaml", "--quiet")
        first = program.contents(out)
        (out / "notes.txt").write_text("mine", encoding="utf-8")
        (out / "more").mkdir()
        (out / "more" / "notes.txt").write_text("mine, too", encoding="utf-8")
        (out / "suitability.qml").write_text("my own colours", encoding="utf-8")
        node = (out / "suitability.tif").stat().st_ino
        done = self.succeeds("run", "study.yaml")
        self.assertNotEqual((out / "suitability.tif").stat().st_ino, node)
        second = program.contents(out)
        for name in ("notes.txt", "more/notes.txt", "suitability.yours.qml"):
            self.assertIn(f"kept: {name}\n", done.stdout)
        self.assertEqual((out / "notes.txt").read_text(), "mine")
        self.assertEqual((out / "more" / "notes.txt").read_text(), "mine, too")
        self.assertEqual((out / "suitability.yours.qml").read_text(), "my own colours")
        for name in set(first) - {"manifest.json"}:
            self.assertEqual(first[name], second[name], name)
        self.assertEqual([path.name for path in self.folder.glob(".out*")], [])


if __name__ == "__main__":
    unittest.main()
