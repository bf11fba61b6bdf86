# SPDX-License-Identifier: Apache-2.0
"""batch: a run for each district, as if it were alone; failures, resuming, the combined ranking."""

import csv
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
import unittest
import zipfile

from osgeo import gdal

import data
import program
import served

HALF = data.SIDE // 2
WEIGHED = data.STUDY.replace("area: {source: data/area.geojson}\n", "").replace("output: out\n", "")


def write_districts(path, *names):
    """Four quarters of the country, the last one of which reaches beyond it."""
    quarters = ((0, 0), (HALF, 0), (0, HALF), (HALF, HALF))
    data.write_geojson(path, *((data.square(x, y, HALF), {"district": name, "number": number})
                               for number, ((x, y), name) in enumerate(zip(quarters, names))))


class Batch(program.InFolder):
    def setUp(self):
        self.home = self.folder / self.id().rsplit(".", 1)[-1]
        self.home.mkdir()
        data.write_country(self.home)
        write_districts(self.home / "districts.geojson", "North/East", "Mirpur", "O'Neil", "Kotli")
        self.study(WEIGHED)

    def study(self, text):
        (self.home / "study.yaml").write_text(text, encoding="utf-8")

    def batch(self, *more, code=0, **options):
        done = program.zonerank("batch", "study.yaml", "--over", "districts.geojson", "--name", "district", "-o", "all",
                                *more, cwd=self.home, **options)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def summary(self):
        return json.loads((self.home / "all" / "batch.json").read_text(encoding="utf-8"))

    def states(self):
        return {row["district"]: row["state"] for row in self.summary()["districts"]}

    def rows(self, name):
        with open(self.home / "all" / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def results(self, folder):
        found = program.contents(folder)
        return {name: sum for name, sum in found.items() if not name.endswith("manifest.json")}

    def test_a_run_each_and_one_ranking(self):
        done = self.batch()
        self.assertEqual(self.states(), {"North/East": "done", "Mirpur": "done", "O'Neil": "no sites", "Kotli": "done"})
        self.assertIn("4 districts: 3 done, 1 no sites", done.stdout)
        names = {path.name for path in (self.home / "all").iterdir()}
        self.assertEqual(names, {"North_East", "Mirpur", "O'Neil", "Kotli", "batch.json", "batch.csv", "batch.html",
                                 "ranking.csv", "sites.geojson", "sites.gpkg"})
        sites = self.rows("ranking.csv")
        self.assertEqual({site["id"]: site["district"] for site in sites},
                         {"S1": "North/East", "S2": "Kotli", "S3": "Mirpur", "S4": "North/East"})
        ranked = [float(site["score"]) for site in sites if site["rank"]]
        self.assertEqual(ranked, sorted(ranked, reverse=True))
        for site in sites:
            own = {row["id"]: row for row in self.rows(f"{site['district'].replace('/', '_')}/ranking.csv")}[site["id"]]
            self.assertEqual(site["district_rank"], own["rank"])
            self.assertEqual(site["score"], own["score"])
        features = json.loads((self.home / "all" / "sites.geojson").read_text(encoding="utf-8"))["features"]
        self.assertEqual([feature["properties"]["id"] for feature in features], [site["id"] for site in sites])

    def test_a_site_on_a_border_is_in_one_district(self):
        data.write_geojson(self.home / "data" / "sites.geojson",
                           (data.square(HALF - 900, 500, 1000), {"id": "A", "name": "Nine tenths in the first", "note": None}),
                           (data.square(HALF - 100, 2500, 1000), {"id": "B", "name": "Nine tenths in the second", "note": None}),
                           (data.square(-5000, 500, 300), {"id": "C", "name": "Nowhere", "note": None}))
        done = self.batch()
        self.assertEqual({site["id"]: site["district"] for site in self.rows("ranking.csv")},
                         {"A": "North/East", "B": "Mirpur"})
        self.assertIn("1 sites lie in no district", done.stdout)

    def test_each_is_what_a_run_alone_writes(self):
        self.batch()
        for folder in ("North_East", "Mirpur"):
            manifest = json.loads((self.home / "all" / folder / "manifest.json").read_text(encoding="utf-8"))
            (self.home / "alone.yaml").write_text(manifest["expanded"], encoding="utf-8")
            alone = self.home / "all" / "alone"  # as deep: results hold ways to their inputs
            done = program.zonerank("run", "alone.yaml", "-q", "-o", alone, cwd=self.home)
            self.assertEqual(done.returncode, 0, done.stderr)
            mine, other = self.results(self.home / "all" / folder), self.results(alone)
            named = {"report.html", "study.qgz"}  # which name the study's file and the folder
            self.assertEqual({k: v for k, v in mine.items() if k not in named},
                             {k: v for k, v in other.items() if k not in named})
            shutil.rmtree(alone)

    def test_what_is_done_is_not_done_again(self):
        self.batch()
        before = program.contents(self.home / "all")
        self.batch()
        self.assertEqual(set(self.states().values()), {"already done"})
        after = program.contents(self.home / "all")
        changed = {name for name in before if before[name] != after.get(name)}
        self.assertLessEqual(changed, {"batch.json", "batch.csv", "batch.html"})
        (self.home / "all" / "Kotli" / "suitability.tif").unlink()
        self.batch()
        self.assertEqual(self.states()["Kotli"], "done")
        self.assertEqual(self.states()["Mirpur"], "already done")
        data.write_geojson(self.home / "data" / "towns.geojson", (data.point(2500, 9000), {"name": "A", "population": 1}))
        self.batch()
        self.assertNotIn("already done", self.states().values())

    def source(self, name, source):
        self.study(WEIGHED.replace(f"data/{name}", f"'{source}'"))

    def is_kept(self, *more):
        """Whether the batch once more finds all done already; it computes all or nothing."""
        self.batch(*more)
        states = set(self.states().values())
        self.assertIn(len(states & {"already done"}) * len(states), (0, 1), states)
        return states == {"already done"}

    def test_districts_without_sites_have_their_maps(self):
        price = """\
    price:
      weight: 30
      measure: {site field: {field: price}}
      value: {linear: {best: 0, worst: 10}}
"""
        study = WEIGHED.replace("  location:\n", price + "  location:\n")
        data.write_geojson(self.home / "data" / "sites.geojson", *(
            (data.square(x, 7000, 1000), {"id": name, "name": name, "note": home, "price": 3})
            for x, name, home in ((500, "A", "O'Neil"), (8000, "B", "Kotli"))))
        for where in ("", "where: \"note = '{district}'\", "):
            self.study(study.replace("geojson, name: name", f"geojson, {where}name: name"))
            done = self.batch()
            self.assertEqual(self.states(), {"North/East": "no sites", "Mirpur": "no sites", "O'Neil": "done",
                                             "Kotli": "done"})
            self.assertIn("4 districts: 2 done, 2 no sites", done.stdout)
            self.assertEqual({site["id"] for site in self.rows("ranking.csv")}, {"A", "B"})
            page = (self.home / "all" / "batch.html").read_text(encoding="utf-8")
            self.assertEqual(page.count("data:image/png;base64,"), 4)
            self.assertIn("no sites", page)
            self.assertTrue(self.is_kept())
            alone = program.zonerank("verify", "all/Mirpur", "--rerun", cwd=self.home)
            self.assertEqual(alone.returncode, 0, alone.stdout + alone.stderr)
            shutil.rmtree(self.home / "all")

    def test_a_folder_of_files_is_what_is_in_it(self):
        towns = self.home / "towns"
        towns.mkdir()
        for name in ("towns", "others"):
            gdal.VectorTranslate(str(towns / f"{name}.shp"), str(self.home / "data" / "towns.geojson"),
                                 format="ESRI Shapefile")
        self.source("towns.geojson", "towns', layer: 'towns")
        self.batch()
        self.assertTrue(self.is_kept())
        os.utime(towns / "towns.dbf", (1, 1))
        self.assertTrue(self.is_kept())
        (towns / "towns.cpg").write_text("ISO-8859-1", encoding="ascii")
        self.assertFalse(self.is_kept())
        shutil.copy(towns / "others.dbf", towns / "further.dbf")
        self.assertFalse(self.is_kept())
        self.assertTrue(self.is_kept())

    def test_an_archive_is_what_its_file_is(self):
        with zipfile.ZipFile(self.home / "towns.zip", "w") as archive:
            archive.write(self.home / "data" / "towns.geojson", "towns.geojson")
        self.source("towns.geojson", f"/vsizip/{self.home}/towns.zip/towns.geojson")
        self.batch("--allow-network")
        self.assertTrue(self.is_kept("--allow-network"))
        with zipfile.ZipFile(self.home / "towns.zip", "a") as archive:
            archive.writestr("more.txt", "more")
        self.assertFalse(self.is_kept("--allow-network"))

    def test_what_a_server_has_is_the_same_while_it_tells_the_same(self):
        for tag in ("Last-Modified", "ETag"):
            tells = {tag: "Mon, 02 Nov 2026 10:00:00 GMT"}
            address = served.serve(self, self.home / "data", tells)
            for prefix in ("/vsicurl/", ""):
                self.source("towns.geojson", f"{prefix}{address}/towns.geojson")
                self.batch("--allow-network")
                self.assertTrue(self.is_kept("--allow-network"), (tag, prefix))
            tells[tag] = "Mon, 02 Nov 2026 11:00:00 GMT"
            self.assertFalse(self.is_kept("--allow-network"))
        tells.clear()
        self.assertFalse(self.is_kept("--allow-network"))
        self.assertFalse(self.is_kept("--allow-network"))
        self.batch(code=1)  # who may not ask must not believe
        self.assertEqual(set(self.states().values()), {"failed"})

    def test_all_files_that_a_server_has_of_an_input_count(self):
        gdal.VectorTranslate(str(self.home / "data" / "towns.shp"), str(self.home / "data" / "towns.geojson"),
                             format="ESRI Shapefile")
        address = served.serve(self, self.home / "data")
        self.source("towns.geojson", f"/vsicurl/{address}/towns.shp")
        self.batch("--allow-network")
        self.assertTrue(self.is_kept("--allow-network"))
        os.utime(self.home / "data" / "towns.dbf", (1_700_000_000, 1_700_000_000))
        self.assertFalse(self.is_kept("--allow-network"))

    def test_verify_asks_servers_that_it_may_ask(self):
        tells = {"ETag": '"one"'}
        address = served.serve(self, self.home / "data", tells)
        self.source("towns.geojson", f"/vsicurl/{address}/towns.geojson")
        self.batch("--allow-network")

        def told(*more, code=0):
            done = program.zonerank("verify", "all/Mirpur", "--json", *more, cwd=self.home)
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
            return {file["path"]: file["state"] for file in json.loads(done.stdout)["files"]}[
                f"/vsicurl/{address}/towns.geojson"]

        self.assertEqual(told(), "not looked at")
        self.assertEqual(told("--allow-network"), "as it was")
        tells["ETag"] = '"two"'
        self.assertEqual(told("--allow-network", code=1), "changed")
        text = program.zonerank("verify", "all/Mirpur", cwd=self.home).stdout
        self.assertIn("servers are asked with --allow-network", " ".join(text.split()))

    def test_tables_of_judgements_are_inputs(self):
        judgements = self.home / "themes.csv"
        judgements.write_text(",infrastructure,location\ninfrastructure,1,3\nlocation,,1\n", encoding="utf-8")
        self.study(WEIGHED.replace("{ahp: {infrastructure vs location: 3}}", "{ahp: {csv: themes.csv}}"))
        self.batch()
        manifest = json.loads((self.home / "all" / "Mirpur" / "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual([file["path"] for file in manifest["inputs"]["(judgements)"]["files"]], ["themes.csv"])
        os.utime(judgements)
        self.assertTrue(self.is_kept())
        judgements.write_text(judgements.read_text(encoding="utf-8").replace("3", "5"), encoding="utf-8")
        os.utime(judgements, (1_700_000_000, 1_700_000_000))
        done = program.zonerank("verify", "all/Mirpur", cwd=self.home)
        self.assertEqual(done.returncode, 1)
        self.assertIn("1 input is changed", done.stdout)
        shutil.copytree(self.home / "all" / "Mirpur", self.home / "before")
        self.assertFalse(self.is_kept())
        self.assertIn("themes.csv", self.difference("before"))
        manifest = json.loads((self.home / "before" / "manifest.json").read_text(encoding="utf-8"))
        manifest["inputs"].pop("(judgements)")  # as earlier versions wrote it
        (self.home / "before" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        self.assertNotIn("themes.csv", self.difference("before"))
        self.assertEqual(program.zonerank("verify", "before", "--study", ".", cwd=self.home).returncode, 0)

    def difference(self, before):
        done = program.zonerank("diff", before, "all/Mirpur", cwd=self.home)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return done.stdout

    def test_options_that_change_no_byte_do_nothing_again(self):
        self.batch()
        self.assertTrue(self.is_kept("--tile", "64", "--threads", "1", "--memory", "1GiB"))

    def test_common_facts_are_found_once(self):
        self.study(WEIGHED.replace("value: {piecewise: {0 %: 1, 15 %: 0}}", "value: stretch"))
        self.batch("--common-facts")
        facts = self.home / "all" / "common-facts.json"
        before = facts.read_bytes()
        self.assertTrue(self.is_kept("--common-facts"))
        tampered = json.loads(before)
        self.assertEqual(list(tampered["criteria"]), ["slope"])
        tampered["criteria"]["slope"]["max"] *= 2
        facts.write_text(json.dumps(tampered), encoding="utf-8")
        self.assertFalse(self.is_kept("--common-facts"))  # so they were taken from there
        tampered["signature"] = "0" * 64
        facts.write_text(json.dumps(tampered), encoding="utf-8")
        self.assertFalse(self.is_kept("--common-facts"))
        self.assertEqual(facts.read_bytes(), before)
        data.write_raster(self.home / "data" / "terrain.tif", lambda x, y: 2 * data.height(x, y))
        self.assertFalse(self.is_kept("--common-facts"))
        self.assertNotEqual(facts.read_bytes(), before)

    def test_placeholders(self):
        for name in ("North_East", "Mirpur", "Kotli"):
            (self.home / "data" / name).mkdir()
            shutil.copy(self.home / "data" / "towns.geojson", self.home / "data" / name / "towns.geojson")
        self.study(WEIGHED.replace("data/towns.geojson", "'data/{district}/towns.geojson'").replace(
            "study: Base", "study: '{number}. {district} {{x}}'"))
        done = self.batch(code=1)
        self.assertEqual(self.states(), {"North/East": "done", "Mirpur": "done", "O'Neil": "failed", "Kotli": "done"})
        told = [line for line in done.stderr.splitlines() if line.startswith("O'Neil: ")]
        self.assertEqual(len(told), 1)
        self.assertRegex(told[0], r"^O'Neil: study\.yaml:\d+:\d+: layer 'towns': source: there is no folder .*O'Neil$")
        manifest = json.loads((self.home / "all" / "Mirpur" / "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(manifest["study"], "1. Mirpur {x}")
        failed = {row["district"]: row for row in self.summary()["districts"]}["O'Neil"]
        self.assertIn("layer 'towns'", failed["error"])
        self.batch("--fail-fast", "--jobs", "1", code=1)
        self.assertEqual(sorted(self.states().values()), ["already done", "already done", "failed", "waiting"])

    def test_what_is_wrong_for_all_districts_is_told_once(self):
        for wrong, line in ((WEIGHED.replace("study: Base", "study: '{distrikt}'"),
                             "unknown field 'distrikt'; did you mean 'district'?"),
                            (WEIGHED.replace("study: Base", "study: '{district}'").replace(
                                "sites: {source: data/sites.geojson", "sites: {source: data/none.geojson"),
                             "sites: source: there is no file")):
            self.study(wrong)
            self.assertEqual(self.batch(code=1).stderr.count(line), 1)
            self.assertFalse((self.home / "all").exists())
        self.study(WEIGHED.replace("measure: {slope: ", "measure: {slop: "))
        done = self.batch(code=1)
        self.assertEqual(done.stdout.count("the same"), 3)
        told = [line for line in done.stderr.splitlines() if "criterion 'slope': unknown measure 'slop'" in line]
        self.assertEqual(len(told), 2, told)
        self.assertTrue(told[1].startswith("the same for 3 more: "), told)

    def test_folders_that_would_be_one(self):
        for names, line in ((("a/b", "A:B", "c", "d"), "'A:B' and 'a/b' would have one folder, A_B"),
                            (("batch.CSV", "b", "c", "d"), "'batch.CSV' and the batch's own files"),
                            (("a", "", "c", "d"), "feature 1 has no name in 'district'")):
            write_districts(self.home / "districts.geojson", *names)
            self.assertIn(line, self.batch(code=1).stderr)
        self.assertFalse((self.home / "all").exists())

    def test_scores_that_cannot_be_compared(self):
        self.study(WEIGHED.replace("value: {piecewise: {0 %: 1, 15 %: 0}}", "value: stretch"))
        done = self.batch(code=1)
        self.assertRegex(done.stderr, r"study\.yaml:\d+:\d+: criterion 'slope': value: stretch follows from the map of "
                                      r"each district.*--common-facts")
        self.assertFalse((self.home / "all").exists())

    def test_wrong_usage(self):
        for arguments in (("study.yaml", "--name", "district"), ("study.yaml", "--over", "districts.geojson"),
                          ("study.yaml", "study.yaml", "--over", "districts.geojson", "--name", "district"), ()):
            done = program.zonerank("batch", *arguments, cwd=self.home)
            self.assertEqual(done.returncode, 2, done.stderr)
        done = program.zonerank("batch", "study.yaml", "--over", "districts.geojson", "--name", "distrikt", cwd=self.home)
        self.assertEqual(done.returncode, 1)
        self.assertIn("'district'", done.stderr)

    def test_several_studies(self):
        base = data.STUDY.replace("output: out\n", "")
        for name in ("one", "two"):
            (self.home / f"{name}.yaml").write_text(base.replace("study: Base", f"study: {name}"), encoding="utf-8")
        (self.home / "three.yaml").write_text("study: [", encoding="utf-8")
        done = program.zonerank("batch", "one.yaml", "two.yaml", "three.yaml", "-o", "all", cwd=self.home)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(self.states(), {"one": "done", "two": "done", "three": "failed"})
        self.assertEqual(len(self.rows("ranking.csv")), 8)

    def test_another_folder_and_another_batch(self):
        (self.home / "all").mkdir()
        (self.home / "all" / "mine.txt").write_text("mine", encoding="utf-8")
        self.assertIn("holds files that no batch of zonerank has written", self.batch(code=1).stderr)
        (self.home / "all" / "mine.txt").unlink()
        first = self.start()
        self.wait_for(self.home / "all" / "batch.json")
        os.kill(first.pid, signal.SIGSTOP)
        try:
            self.assertIn("another batch of zonerank is writing it", self.batch(code=1).stderr)
        finally:
            os.kill(first.pid, signal.SIGCONT)
            first.communicate(timeout=120)
        self.batch()

    def start(self, *more):
        return subprocess.Popen([program.PROGRAM, "batch", "study.yaml", "--over", "districts.geojson", "--name",
                                 "district", "-o", "all", *more], cwd=self.home, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")

    def wait_for(self, path):
        end = time.monotonic() + 60
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.005)
        self.assertTrue(path.exists())

    def test_killed_at_any_moment_it_goes_on(self):
        self.batch()
        whole = self.results(self.home / "all")
        seconds = self.summary()["seconds"]
        shutil.rmtree(self.home / "all")
        moments = random.Random(7)
        for _ in range(int(os.environ.get("ZONERANK_KILLS", "12"))):
            running = self.start()
            time.sleep(moments.uniform(0, 1.2 * seconds))
            running.kill()
            running.communicate()
            if moments.random() < 0.2:
                shutil.rmtree(self.home / "all", ignore_errors=True)
        self.batch()
        self.assert_same(whole)

    def assert_same(self, whole):
        """Whatever tells of times, and nothing is left beside the results."""
        again = self.results(self.home / "all")
        timed = {"batch.json", "batch.csv", "batch.html"}
        self.assertEqual({k: v for k, v in again.items() if k not in timed},
                         {k: v for k, v in whole.items() if k not in timed})
        self.assertFalse([path for path in (self.home / "all").iterdir() if path.name.startswith(".") or ".plan" in path.name])

    def test_several_processes_share_the_districts(self):
        self.batch("--jobs", "1")
        whole = self.results(self.home / "all")
        shutil.rmtree(self.home / "all")
        together = [self.start("--join", "--jobs", "1", "--threads", "1") for _ in range(3)]
        for running in together:
            told = running.communicate(timeout=120)
            self.assertEqual(running.returncode, 0, told)
            self.assertIn("4 districts: 3 done, 1 no sites", told[0])
        self.assert_same(whole)

    def test_who_has_joined_may_be_killed(self):
        self.batch()
        whole = self.results(self.home / "all")
        seconds = self.summary()["seconds"]
        moments = random.Random(11)
        for _ in range(int(os.environ.get("ZONERANK_KILLS", "6"))):
            shutil.rmtree(self.home / "all")
            killed, stays = self.start("--join"), self.start("--join")
            time.sleep(moments.uniform(0, 1.5 * seconds))
            killed.kill()
            killed.communicate()
            told = stays.communicate(timeout=120)
            self.assertEqual(stays.returncode, 0, told)
            self.assert_same(whole)

    def test_nothing_stays_beside_what_is_kept(self):
        self.batch()
        everything = {path.name for path in (self.home / "all").iterdir()}
        shutil.copytree(self.home / "all" / "Mirpur", self.home / "all" / ".Mirpur.part-abcdef")
        (self.home / "all" / "Kotli.plan" / "units").mkdir(parents=True)
        (self.home / "all" / "Kotli.plan" / ".zonerank-lock").write_text("", encoding="utf-8")
        self.batch()
        self.assertEqual(set(self.states().values()), {"already done"})
        self.assertEqual({path.name for path in (self.home / "all").iterdir()}, everything)

    def test_asked_to_stop_it_says_how_to_go_on(self):
        running = self.start()
        self.wait_for(self.home / "all" / "batch.json")
        asked = time.monotonic()
        running.send_signal(signal.SIGINT)
        told = running.communicate(timeout=60)[1]
        if running.returncode == 0:
            self.skipTest("it was done before it could be stopped")
        self.assertLess(time.monotonic() - asked, 2)
        self.assertEqual(running.returncode, 130)
        self.assertRegex(told, r"stopped; \d of 4 are done in .*/all: the same command continues\n$")
        self.assertFalse([name for name in program.contents(self.home / "all") if ".part" in name])
        self.batch()
        self.assertNotIn("waiting", self.states().values())

    def test_the_page_needs_nothing_and_escapes(self):
        write_districts(self.home / "districts.geojson", "<b>&\"x", "Mirpur", "c", "d")
        self.batch()
        page = (self.home / "all" / "batch.html").read_text(encoding="utf-8")
        self.assertNotIn("<b>", page)
        self.assertIn("&lt;b&gt;&amp;&quot;x", page)
        self.assertEqual(page.count("data:image/png;base64,"), 4)
        self.assertIn('href="Mirpur/report.html"', page)
        self.assertIn('href="%3Cb%3E%26%22x/report.html"', page)
        self.assertFalse(re.findall(r'(?:src|href)="(?!data:|#|[^":]*/report\.html")', page))


if __name__ == "__main__":
    unittest.main()
