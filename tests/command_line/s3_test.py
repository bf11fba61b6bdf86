# SPDX-License-Identifier: Apache-2.0
"""Inputs in an object store (/vsis3): the same bytes as from files, told when they change or can't be had."""

import json
import shutil
import time
import unittest

import data
import object_store
import program
from osgeo import gdal

SAME = ("suitability.tif", "constraints.tif", "ranking.csv", "ranking.tif", "sites.geojson", "sites.gpkg")
REMOTE = ("terrain.tif", "cover.tif", "roads.gpkg", "towns.geojson")


def setUpModule():
    global store
    store = object_store.Store()
    unittest.addModuleCleanup(store.close)


class Remote(program.InFolder):
    """data.py's study, with its rasters (COGs), roads (a GeoPackage) and towns in the store."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        for name in ("terrain.tif", "cover.tif"):
            path = cls.folder / "data" / name
            gdal.Translate(str(path.with_suffix(".cog")), str(path), format="COG")
            path.with_suffix(".cog").replace(path)
        cls.write("files.yaml", data.STUDY)
        remote = data.STUDY
        for name in REMOTE:
            remote = remote.replace(f"data/{name}", f"/vsis3/bucket/in/{name}")
        cls.write("remote.yaml", remote)
        done = program.zonerank("run", "files.yaml", "-q", "-o", "whole", cwd=cls.folder)
        if done.returncode != 0:
            raise AssertionError(done.stderr)

    @classmethod
    def write(cls, name, text):
        (cls.folder / name).write_text(text, encoding="utf-8")

    def setUp(self):
        store.reset()
        for name in REMOTE:
            store.put(f"in/{name}", (self.folder / "data" / name).read_bytes())
        for name in ("out", "out.plan"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def does(self, *words, code=0, **environment):
        done = program.zonerank(*words, cwd=self.folder, **{**store.environment(), **environment})
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def refused(self, *words, **environment):
        """The lines that are told."""
        done = self.does(*words, code=1, **environment)
        return [line for line in program.complaints(done) if ": warning: " not in line]

    def is_whole(self):
        self.same_files(SAME, self.folder / "whole", self.folder / "out")

    def planned(self):
        self.does("plan", "remote.yaml", "-o", "out", "-q", "--allow-network")
        return [unit["id"] for unit in json.loads(self.does("due", "out.plan", "--json").stdout)["units"]]

    def test_nothing_is_asked_unless_it_is_allowed(self):
        lines = self.refused("run", "remote.yaml", "-o", "out")
        self.assertEqual(len(lines), len(REMOTE), lines)
        for line in lines:
            self.assertRegex(line, r"/vsis3/bucket/in/\S+: URLs and /vsi paths are opened only with --allow-network$")
        self.assertEqual(store.asked, [])

    def test_the_same_bytes_as_from_files(self):
        self.does("run", "remote.yaml", "-o", "out", "-q", "--allow-network")
        self.is_whole()

    def test_rasters_are_read_in_pieces(self):
        wide = self.folder / "wide.tif"
        data.write_raster(wide, lambda x, y: x, cell=25, box=(-20_000, -20_000, 32_000, 32_000))
        gdal.Translate("/vsimem/cog.tif", str(wide), format="COG", creationOptions=["COMPRESS=NONE", "OVERVIEWS=NONE"])
        file = gdal.VSIFOpenL("/vsimem/cog.tif", "rb")
        store.put("in/terrain.tif", gdal.VSIFReadL(1, 1 << 26, file))
        gdal.VSIFCloseL(file)
        self.does("run", "remote.yaml", "-o", "out", "-q", "--allow-network")
        size = len(store.objects["in/terrain.tif"][0])
        read = 0
        for method, name, wanted in store.asked:
            if method == "GET" and name == "in/terrain.tif":
                first, last = wanted.removeprefix("bytes=").split("-")
                read += int(last) - int(first) + 1
        self.assertLess(read, size / 3)

    def test_plan_units_and_finish(self):
        units = self.planned()
        self.does("unit", "out.plan", *units, "-q", "--allow-network")
        self.does("finish", "out.plan", "-q", "--allow-network")
        self.is_whole()

    def test_units_and_finish_without_the_network_say_so(self):
        units = self.planned()
        for words in (("unit", "out.plan", *units), ("finish", "out.plan")):
            for line in self.refused(*words):
                self.assertRegex(line, r"are opened only with --allow-network$")

    def test_an_object_that_changes_is_told(self):
        changed = "the study or its inputs have changed since they were planned; plan again"
        for name in REMOTE:
            with self.subTest(name):
                self.setUp()
                units = self.planned()
                whole, when = store.objects[f"in/{name}"]
                store.put(f"in/{name}", whole, when + 60)  # the same bytes, put there once more
                self.assertEqual(self.refused("unit", "out.plan", units[0], "--allow-network"),
                                 [f"unit '{units[0]}': {changed}"])
                store.put(f"in/{name}", whole, when)
                self.does("unit", "out.plan", *units, "-q", "--allow-network")
                store.put(f"in/{name}", whole, when + 60)
                self.assertEqual(self.refused("finish", "out.plan", "--allow-network"),
                                 [f"{self.folder / 'out.plan'}: {changed}"])
                self.assertFalse((self.folder / "out").exists())
                store.put(f"in/{name}", whole, when)
                self.does("finish", "out.plan", "-q", "--allow-network")
                self.is_whole()

    def test_keys_sign_what_is_asked(self):
        store.private = True
        done = self.does("run", "remote.yaml", "-o", "out", "--json", "--allow-network", "--trace", "trace.json",
                         **self.keys(object_store.KEY))
        self.is_whole()
        told = [done.stdout, done.stderr, (self.folder / "trace.json").read_text(encoding="utf-8")]
        for path in (self.folder / "out").rglob("*"):
            told += [path.read_bytes().decode("latin-1")] if path.is_file() else []
        for secret in (object_store.SECRET, object_store.KEY):
            self.assertFalse([text for text in told if secret in text])

    def keys(self, key):
        return {**store.environment(key), "AWS_NO_SIGN_REQUEST": "NO"}

    def test_wrong_keys_and_what_is_not_there_are_told_in_one_line(self):
        store.private = True
        for environment, told in (
                (self.keys("AKIAWRONG"), "The AWS Access Key Id you provided does not exist in our records."),
                ({}, "Access Denied")):
            with self.subTest(told):
                lines = self.refused("run", "remote.yaml", "-o", "out", "--allow-network", **environment)
                self.assertEqual(len(lines), len(REMOTE), lines)
                for line in lines:
                    self.assertRegex(line, rf"^remote.yaml:\d+:\d+: layer '\w+': /vsis3/bucket/in/\S+: can't be opened: "
                                           rf"{told}$")
                self.assertFalse((self.folder / "out").exists())

    def test_an_object_that_is_not_there(self):
        for name in REMOTE:
            with self.subTest(name):
                self.setUp()
                del store.objects[f"in/{name}"]
                lines = self.refused("run", "remote.yaml", "-o", "out", "--allow-network")
                self.assertEqual(len(lines), 1, lines)
                self.assertRegex(lines[0], rf"/vsis3/bucket/in/{name}: can't be opened: no such file$")

    def test_a_store_that_is_not_there_is_told_at_once(self):
        start = time.monotonic()
        lines = self.refused("run", "remote.yaml", "-o", "out", "--allow-network", AWS_S3_ENDPOINT="127.0.0.1:1")
        self.assertLess(time.monotonic() - start, 20)
        for line in lines:
            self.assertIn("/vsis3/bucket/in/", line)

    def test_a_store_that_fails_under_a_unit_is_told(self):
        units = self.planned()
        store.broken = (500, "InternalError", "We encountered an internal error. Please try again.")
        lines = self.refused("unit", "out.plan", units[0], "--allow-network")
        self.assertTrue(lines)
        store.broken = None
        self.does("unit", "out.plan", *units, "-q", "--allow-network")
        self.does("finish", "out.plan", "-q", "--allow-network")
        self.is_whole()

    def test_a_store_that_is_busy_is_asked_again(self):
        store.busy = 2
        self.does("run", "remote.yaml", "-o", "out", "-q", "--allow-network")
        self.assertEqual(store.busy, 0)
        self.is_whole()

    def test_a_store_that_breaks_off_in_the_middle_never_makes_a_wrong_map(self):
        for name in ("terrain.tif", "roads.gpkg"):
            self.setUp()
            self.does("run", "remote.yaml", "-o", "out", "-q", "--allow-network")
            asked = sum(1 for _, object_, _ in store.asked if object_ == f"in/{name}")
            for lasts in (asked // 4, asked // 2, asked - 1):
                with self.subTest(name, lasts=lasts, of=asked):
                    self.setUp()
                    store.lasts = {f"in/{name}": lasts}
                    lines = self.refused("run", "remote.yaml", "-o", "out", "--allow-network")
                    self.assertTrue(any(f"/vsis3/bucket/in/{name}" in line for line in lines), lines)
                    self.assertFalse((self.folder / "out").exists())

    def test_a_file_of_this_machine_under_the_buckets_name_is_another_one(self):
        mine = self.folder / "bucket" / "in"
        mine.mkdir(parents=True)
        self.addCleanup(shutil.rmtree, self.folder / "bucket")
        for name in REMOTE:
            (mine / name).write_bytes((self.folder / "data" / name).read_bytes())
        units = self.planned()
        whole, when = store.objects["in/terrain.tif"]
        store.put("in/terrain.tif", whole, when + 60)
        self.assertEqual(len(self.refused("unit", "out.plan", units[0], "--allow-network")), 1)

    def test_streams_are_refused_by_name(self):
        text = (self.folder / "remote.yaml").read_text(encoding="utf-8")
        name = "/vsis3_streaming/bucket/in/towns.geojson"
        self.write("stream.yaml", text.replace("/vsis3/bucket/in/towns.geojson", name))
        lines = self.refused("run", "stream.yaml", "-o", "out", "--allow-network")
        self.assertEqual(lines, [f"stream.yaml:6:3: layer 'towns': {name}: streams are not read; name the file without "
                                 "'_streaming', as in /vsis3/"])


if __name__ == "__main__":
    unittest.main()
