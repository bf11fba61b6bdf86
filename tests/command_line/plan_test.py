# SPDX-License-Identifier: Apache-2.0
"""A run cut into units: by many processes, in any order, twice, stopped and gone on with, it leaves the same bytes."""

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest
import zipfile

import data
import program
import served

# With a field, facts over the map, weights that follow from the sites, and maps of stability.
EVERY_STAGE = """\
study: Every stage
area: {source: data/area.geojson}
grid: {crs: EPSG:32643, cell: 10 m}
layers:
  roads: {source: data/roads.gpkg, layer: roads}
  towns: {source: data/towns.geojson, unit: people}
  terrain: {source: data/terrain.tif, unit: m}
  cover: {source: data/cover.tif, values: classes}
friction: {cell: 50 m, ground: 5 km/h, speeds: [{of: roads, speed: 40 km/h}]}
criteria:
  ways:
    weights: entropy
    drive: {measure: {travel time: {to: towns}}, value: {linear: {worst: 90 min, best: 0 min}}}
    highway: {measure: {distance: {to: roads}}, value: {linear: {best: 0 km, worst: 4 km}}}
    height: {measure: {sample: {of: terrain}}, value: stretch}
constraints:
  water: {classes: {of: cover, exclude: [80]}}
sites: {source: data/sites.geojson, name: name, id: id}
stability: {weights: uniform, maps: true}
outputs: {criteria: true, reasons: true}
output: out
"""


def text_of(plan):
    return (plan / "plan.json").read_text(encoding="utf-8")


class Plans(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        cls.study(EVERY_STAGE)
        done = program.zonerank("run", "study.yaml", "-q", "--block", "4096", "-o", "whole", cwd=cls.folder)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        cls.whole = program.results_of(cls.folder / "whole")

    @classmethod
    def study(cls, text):
        (cls.folder / "study.yaml").write_text(text, encoding="utf-8")

    def setUp(self):
        self.study(EVERY_STAGE)
        for name in ("out", "out.plan"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def plan(self, *options):
        return json.loads(self.succeeds("plan", "study.yaml", "--block", "512", "--json", *options).stdout)

    def due(self):
        return json.loads(self.succeeds("due", "out.plan", "--json").stdout)

    def is_whole(self, folder="out"):
        self.assertEqual(program.results_of(self.folder / folder), self.whole)
        self.assertFalse((self.folder / "out.plan").exists())

    def test_the_memory_of_a_unit_is_of_the_threads_that_it_will_have(self):
        one, two = (self.plan("--threads", threads) for threads in ("1", "2"))
        self.assertEqual((one["threads"], two["threads"]), (1, 2))
        self.assertLess(one["memory_bytes"], two["memory_bytes"])
        said = self.succeeds("plan", "study.yaml", "--block", "512", "--threads", "2").stdout
        self.assertRegex(said, r"memory of a unit: about .* with 2 threads \(--threads\)")

    def test_units_one_by_one_in_any_order(self):
        plan = self.plan()
        self.assertEqual([stage["stage"] for stage in plan["stages"]], ["solve", "facts", "weights", "score"])
        order, stages = random.Random(5), []
        while (due := self.due())["units"]:
            stages.append(due["stage"])
            ids = [unit["id"] for unit in due["units"]]
            order.shuffle(ids)
            for some in (ids[:1], ids[1:]):  # one in a process, many in another
                if some:
                    said = self.succeeds("unit", "out.plan/plan.json", *some, "--json").stdout.splitlines()
                    self.assertEqual({(line["id"], line["state"]) for line in map(json.loads, said)},
                                     {(name, "done") for name in some})
        self.assertEqual(stages, ["solve", "facts", "weights", "score"])
        self.assertEqual(self.due()["done"], self.due()["all"])
        again = json.loads(self.succeeds("unit", "out.plan", "score-0001", "--json").stdout)
        self.assertEqual(again["state"], "kept")
        self.succeeds("finish", "out.plan", "-q")
        self.is_whole()

    def test_units_by_many_processes_at_once_and_twice(self):
        self.plan()
        while (due := self.due())["units"]:
            ids = [unit["id"] for unit in due["units"]] * 2
            running = [subprocess.Popen([program.PROGRAM, "unit", "out.plan", name, "-q"], cwd=self.folder)
                       for name in ids[:8] + ids[-2:]]
            self.assertEqual({process.wait(timeout=120) for process in running}, {0})
        self.succeeds("finish", "out.plan", "-q")
        self.is_whole()

    def test_a_run_goes_on_with_what_others_have_done(self):
        self.plan()
        self.succeeds("unit", "out.plan", "solve-01")
        self.succeeds("unit", "out.plan", *[unit["id"] for unit in self.due()["units"]])
        said = self.succeeds("run", "study.yaml", "--block", "512").stdout
        self.assertRegex(said, r"Went on with \d+ of \d+ units that were done before\.")
        self.is_whole()

    def test_what_is_stopped_is_kept_and_gone_on_with(self):
        running = subprocess.Popen([program.PROGRAM, "run", "study.yaml", "-q", "--block", "512", "-t", "1"],
                                   cwd=self.folder, stderr=subprocess.PIPE, encoding="utf-8")
        markers = self.folder / "out.plan" / "units"
        while running.poll() is None and not list(markers.glob("score-*.json")):
            time.sleep(0.001)
        running.send_signal(signal.SIGTERM)
        said = running.communicate(timeout=60)[1]
        self.assertEqual(running.returncode, 130, said)
        self.assertRegex(said, r"stopped; \d+ of \d+ units are kept in \S*/out.plan: the same command goes on with them")
        self.assertFalse((self.folder / "out").exists())
        before = {path: path.stat().st_ino for path in markers.glob("*.json")}
        (self.folder / "study.yaml").write_text(EVERY_STAGE.replace("criteria: true", "criteria: true "))
        self.succeeds("plan", "study.yaml", "--block", "512")
        self.assertEqual({path: path.stat().st_ino for path in markers.glob("*.json")}, before)
        self.succeeds("run", "study.yaml", "-q", "--block", "512")
        self.is_whole()

    def test_a_large_field_by_regions(self):
        self.study(EVERY_STAGE.replace("friction: {cell: 50 m", "friction: {cell: 3 m"))
        large = self.plan()["stages"][0]
        self.assertEqual((large["stage"], large["units"], large["done"]), ("regions", 4, 0))
        order, rounds = random.Random(7), 0
        while (due := self.due())["stage"] == "regions":
            ids = [unit["id"] for unit in due["units"]]
            order.shuffle(ids)
            self.succeeds("unit", "out.plan", *ids[:2], "-q")
            rounds += 1
        self.assertGreater(rounds, 2)  # some became due again
        self.assertEqual([unit["id"] for unit in due["units"]], ["solve-01"])
        self.succeeds("run", "study.yaml", "-q", "--block", "512")  # goes on with them
        self.succeeds("run", "study.yaml", "-q", "-o", "other")
        self.assertEqual(program.results_of(self.folder / "out"), program.results_of(self.folder / "other"))
        self.assertFalse((self.folder / "out.plan").exists())

    def test_only_what_depends_on_a_change_is_done_again(self):
        self.plan()
        while (due := self.due())["units"]:
            self.succeeds("unit", "out.plan", *[unit["id"] for unit in due["units"]])
        self.study(EVERY_STAGE.replace("best: 0 km, worst: 4 km", "best: 0 km, worst: 5 km"))
        done = {stage["stage"]: stage["done"] / stage["units"] for stage in self.plan()["stages"]}
        self.assertEqual((done["solve"], done["facts"], done["score"]), (1, 1, 0))
        self.succeeds("run", "study.yaml", "-q", "--block", "512")
        self.succeeds("run", "study.yaml", "-q", "-o", "other")
        self.assertEqual(program.results_of(self.folder / "out"), program.results_of(self.folder / "other"))

    def remote(self, tells):
        """The study with its terrain behind a server, which tells of it what `tells` holds, and its words."""
        address = served.serve(self, Plans.folder, tells)
        self.addCleanup(self.study, EVERY_STAGE)
        self.study(EVERY_STAGE.replace(
            "data/terrain.tif", f"/vsicurl/{address}/data/terrain.tif"))
        return ["--allow-network", "-q"]

    def facts_due(self):
        return [unit["id"] for unit in self.due()["units"] if unit["kind"] == "facts"]

    def test_an_input_somewhere_else_counts_with_what_its_server_tells(self):
        for tag in ("Last-Modified", "ETag"):
            tells = {tag: "Mon, 02 Nov 2026 10:00:00 GMT"}
            network = self.remote(tells)
            plan = ["plan", "study.yaml", "--block", "512", *network]
            self.succeeds(*plan)
            while not self.facts_due():
                self.succeeds("unit", "out.plan", *network, *(unit["id"] for unit in self.due()["units"]))
            done, other = self.facts_due()[:2]
            self.succeeds("unit", "out.plan", done, *network)
            self.succeeds(*plan)
            self.assertNotIn(done, self.facts_due())
            tells[tag] = "Mon, 02 Nov 2026 11:00:00 GMT"
            self.complains(f"unit '{other}': the study or its inputs have changed since they were planned; plan again",
                           "unit", "out.plan", other, *network)
            self.succeeds(*plan)
            self.assertIn(done, self.facts_due())
            shutil.rmtree(self.folder / "out.plan")

    def test_nothing_is_kept_of_an_input_of_which_nothing_is_told(self):
        network = self.remote({})
        terrain = (self.folder / "study.yaml").read_text().split("terrain: {source: ")[1].split(",")[0]
        why = f"{terrain}: nothing tells whether it changes, so no units "
        self.complains(why + "can be kept; copy it to a file", "plan", "study.yaml", *network)
        done = self.succeeds("run", "study.yaml", "--block", "512", *network)
        self.assertIn(f"study.yaml: warning: {why}are kept", program.complaints(done))
        self.assertFalse((self.folder / "out.plan").exists())
        self.same_files(["ranking.csv", "suitability.tif"], self.folder / "out", self.folder / "whole")

    def test_an_input_somewhere_else_that_changes_under_the_run(self):
        answers = iter(range(1000))

        class Tells(dict):
            def items(self):
                return [("ETag", f'"{next(answers)}"')]

        network = self.remote(Tells())
        for block in ("512", "4096"):
            done = program.zonerank("run", "study.yaml", "--block", block, *network, cwd=self.folder)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(program.complaints(done)[0],
                             r"/data/terrain\.tif: has changed while the study was running; run it again$")
            self.assertFalse((self.folder / "out").exists())

    def test_an_input_in_an_archive_counts_with_the_archive(self):
        with zipfile.ZipFile(self.folder / "terrain.zip", "w") as archive:
            archive.write(self.folder / "data/terrain.tif", "terrain.tif")
        self.study(EVERY_STAGE.replace("data/terrain.tif", f"/vsizip/{self.folder}/terrain.zip/terrain.tif"))
        self.plan("--allow-network")
        plan = json.loads((self.folder / "out.plan/plan.json").read_text(encoding="utf-8"))
        found = {file["path"]: file["sha256"] for file in plan["inputs"]}
        self.assertEqual(found["terrain.zip"], program.contents(self.folder)["terrain.zip"])

    def test_the_disk_that_units_and_results_will_take(self):
        disk = self.plan()["disk"]
        self.assertEqual(list(disk), ["parts_bytes", "results_bytes", "scratch_bytes", "free_bytes"])
        self.assertGreater(disk["parts_bytes"], 1e6)
        self.assertGreater(disk["results_bytes"], 1e6)
        free = shutil.disk_usage(self.folder).free
        self.assertAlmostEqual(disk["free_bytes"] / free, 1, delta=0.1)
        self.succeeds("unit", "out.plan", "solve-01", "-q")
        self.assertLess(self.plan()["disk"]["parts_bytes"], disk["parts_bytes"])
        sites = self.plan("--sites-only", "--fresh")["disk"]
        self.assertLess(sites["results_bytes"], 1e6)
        self.assertLess(sites["parts_bytes"], disk["parts_bytes"])
        text = self.succeeds("plan", "study.yaml", "--block", "512").stdout
        self.assertRegex(text, r"\n  disk: about \S+ \wB for units to come and \S+ \wB for the results; \S+ \wB are free "
                               r"there\n")

    def test_a_disk_that_is_too_small_is_told(self):
        self.study(EVERY_STAGE.replace("cell: 10 m", "cell: 0.5 m").replace("friction: {cell: 50 m", "friction: {cell: 1 m"))
        done = self.succeeds("plan", "study.yaml", "--block", "4096", "--json", TMPDIR="/tmp")
        disk = json.loads(done.stdout)["disk"]
        self.assertGreater(disk["results_bytes"], 5e9)
        self.assertGreater(disk["scratch_bytes"], 1e8)
        text = self.succeeds("plan", "study.yaml", "--block", "4096").stdout
        self.assertIn("in TMPDIR of who solves travel times: about ", text)
        self.assertEqual("which is too little" in text, disk["free_bytes"] < disk["parts_bytes"] + disk["results_bytes"])

    def complains(self, line, *arguments):
        done = program.zonerank(*arguments, cwd=self.folder)
        self.assertEqual((done.returncode, program.complaints(done)), (1, [line]))

    def test_complaints(self):
        plan = self.folder / "out.plan"
        self.complains(f"{plan}: there is no plan.json in it; make it with `zonerank plan STUDY`", "due", "out.plan")
        self.plan()
        self.complains("unknown unit 'score-0021'; did you mean 'score-0001'?", "unit", "out.plan", "score-0021")
        self.complains(f"{plan}: unit 'solve-01' is not done yet", "unit", "out.plan", "score-0001")
        self.complains(f"{plan}: unit 'solve-01' is not done yet", "finish", "out.plan")
        self.study(EVERY_STAGE.replace("ground: 5 km/h", "ground: 4 km/h"))
        self.complains("unit 'solve-01': the study or its inputs have changed since they were planned; plan again",
                       "unit", "out.plan", "solve-01")
        self.complains(f"{plan}: the study or its inputs have changed since they were planned; plan again",
                       "finish", "out.plan")
        self.study(EVERY_STAGE)
        roads = self.folder / "data" / "roads.gpkg"
        whole = roads.read_bytes()
        os.utime(roads)  # other times, the same bytes
        self.succeeds("unit", "out.plan", "solve-01", "-q")
        roads.write_bytes(whole + b"\n")
        self.complains("unit 'score-0001': the study or its inputs have changed since they were planned; plan again",
                       "unit", "out.plan", "score-0001")
        roads.write_bytes(whole)
        (plan / "diary.txt").write_text("mine")
        self.succeeds("run", "study.yaml", "-q", "--fresh", "--block", "512")
        self.assertTrue(self.folder.joinpath("out").exists())
        self.assertEqual([(path.name, path.read_text()) for path in plan.iterdir()], [("diary.txt", "mine")])

    def test_a_run_takes_the_options_of_what_it_goes_on_with(self):
        self.plan("--sites-only")
        self.succeeds("run", "study.yaml", "-q")  # nothing is lost
        self.plan()
        self.succeeds("unit", "out.plan", "solve-01", "-q")
        units = len(json.loads((self.folder / "out.plan" / "plan.json").read_text())["units"])
        said = (f"{self.folder / 'out.plan'}: 1 of {units} units are kept there of a run with --block 512 and without "
                "--sites-only; give the same, or --fresh to begin anew without them")
        for other in (("--block", "1024"), ("--sites-only",)):
            self.complains(said, "run", "study.yaml", *other)
        self.assertTrue(list((self.folder / "out.plan" / "units").glob("solve-01-*.part")))
        self.assertIn(f"Went on with 1 of {units} units", self.succeeds("run", "study.yaml").stdout)
        self.is_whole()

    def test_another_plan_of_what_is_begun_stays_cut_as_it_is(self):
        self.plan()
        self.succeeds("unit", "out.plan", "solve-01", "-q")
        plan = self.folder / "out.plan"
        before = program.contents(plan)
        self.assertEqual(json.loads(text_of(plan))["block"], 512)
        self.assertIn("solve", self.succeeds("plan", "study.yaml").stdout)
        self.assertEqual(program.contents(plan), before)
        said = (f"{plan}: 1 of {len(json.loads(text_of(plan))['units'])} units are kept there of a run with --block 512 "
                "and without --sites-only; give the same, or --fresh to begin anew without them")
        for other in (("--block", "1024"), ("--sites-only",)):
            self.complains(said, "plan", "study.yaml", *other)
        self.assertEqual(program.contents(plan), before)
        self.succeeds("plan", "study.yaml", "--block", "1024", "--fresh", "-q")
        self.assertEqual(json.loads(text_of(plan))["block"], 1024)
        self.assertEqual(list((plan / "units").glob("solve-01*")), [])

    def test_results_are_put_together_though_a_unit_hangs(self):
        self.plan()
        while (due := self.due())["units"]:
            self.succeeds("unit", "out.plan", *[unit["id"] for unit in due["units"]], "-q")
        with open(self.folder / "out.plan" / ".zonerank-lock", "rb+") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)  # as of a unit on a machine that is out of reach
            said = self.succeeds("finish", "out.plan", "-q").stderr
            self.assertIn("units are still at work", said)
        self.assertEqual(program.results_of(self.folder / "out"), self.whole)
        self.assertFalse((self.folder / "out.plan" / "plan.json").exists())
        self.succeeds("run", "study.yaml", "-q", "--block", "512")  # which takes what is left
        self.is_whole()

    def test_what_a_killed_driver_leaves_is_ours(self):
        units = self.folder / "out.plan" / "units"
        units.mkdir(parents=True)
        (units / ".submit.tmp-4711-ab12cd34").write_text("")
        self.plan()
        self.assertEqual(list(units.iterdir()), [])

    def test_a_folder_of_anothers_stays_as_it_is(self):
        plan = self.folder / "out.plan"
        for name, text in (("mine.txt", "mine"), ("plan.json", '{"phases": 3}'), ("units/mine.txt", "mine")):
            shutil.rmtree(plan, ignore_errors=True)
            (plan / name).parent.mkdir(parents=True)
            (plan / name).write_text(text)
            for command in (("run",), ("run", "--fresh"), ("plan",), ("plan", "--fresh")):
                done = program.zonerank(*command, "study.yaml", "-q", "--block", "512", cwd=self.folder)
                self.assertEqual(done.returncode, 1, command)
                self.assertIn(f"{plan}: holds files that are no plan of zonerank ({os.path.basename(name)})",
                              done.stderr)
                self.assertEqual([path for path in plan.rglob("*") if path.is_file()], [plan / name])
                self.assertEqual((plan / name).read_text(), text)
                self.assertFalse((self.folder / "out").exists())

    def test_a_block_is_of_whole_tiles(self):
        done = program.zonerank("plan", "study.yaml", "--block", "500", cwd=self.folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn("'500' is no multiple of 512 from 512 to 65536", done.stderr)


if __name__ == "__main__":
    unittest.main()
