# SPDX-License-Identifier: Apache-2.0
"""What happens to a run when the machine, the disk, the clock or other programs are against it: the line that it ends
with, its exit code, and what is left. ZONERANK_LONG=1 in the environment tries 40 signals and 200 kills."""

import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import data
import program

LONG = os.environ.get("ZONERANK_LONG") == "1"
SIGNALS, KILLS = (40, 200) if LONG else (4, 20)
MOST_SECONDS = 2.0  # from a signal to the end
SEED = 7
NOBODY = 65534

CLOCK = r"""
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static long jump(void) { static long calls; return ++calls % 2 ? 86400 * 400L : -86400 * 400L; }
int clock_gettime(clockid_t id, struct timespec* t) {
    int failed = syscall(SYS_clock_gettime, id, t);
    if (id == CLOCK_REALTIME) t->tv_sec += jump();
    return failed;
}
time_t time(time_t* t) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (t) *t = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval* t, void* zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    t->tv_sec = now.tv_sec, t->tv_usec = 0;
    return 0;
}
"""


def results_of(folder):
    """Its contents but the manifest, which tells when it was made."""
    return {name: sum for name, sum in program.contents(folder).items() if name != "manifest.json"}


def small_disk(folder, size):
    """Whether a file system of so much could be mounted there."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0


class Faults(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        cls.folder.chmod(0o755)
        cls.text = (cls.folder / "study.yaml").read_text(encoding="utf-8")
        known = program.zonerank("run", "--help").stdout
        cls.blocks = ["--block", "512"] if "--block" in known else []

    def setUp(self):
        for path in self.folder.glob("*out*"):
            shutil.rmtree(path)
        for path in self.folder.glob(".*out*"):
            shutil.rmtree(path)
        shutil.rmtree(self.folder / "data")
        data.write_country(self.folder)
        self.study("250 m")

    def study(self, cell, *changes):
        text = self.text.replace("cell: 250 m", f"cell: {cell}")
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        (self.folder / "study.yaml").write_text(text, encoding="utf-8")

    def start(self, *options):
        """A run, as soon as it has a folder to write in."""
        said = tempfile.TemporaryFile()
        self.addCleanup(said.close)
        running = subprocess.Popen([program.PROGRAM, "run", "study.yaml", *options], cwd=self.folder, stderr=said,
                                   stdout=subprocess.DEVNULL)
        running.said = said
        for _ in range(4000):
            if running.poll() is not None or any(self.folder.rglob(".out.part-*")):
                return running
            time.sleep(0.002)
        return self.fail("the run never began to write")

    def end(self, running, timeout=120):
        """(exit code, lines that are not of progress)"""
        code = running.wait(timeout=timeout)
        running.said.seek(0)
        running.stderr = running.said.read().decode()
        return code, program.complaints(running)

    def nothing_is_left(self, before=None):
        """Of a run; the earlier results are what they were."""
        strays = [path.name for path in self.folder.rglob("*") if re.search(r"\.part|\.old-|\.tmp-|\.scratch", path.name)]
        self.assertEqual(strays, [])
        if before is None:
            self.assertFalse((self.folder / "out").exists())
        else:
            self.assertEqual(program.contents(self.folder / "out"), before)

    def fails(self, pattern, *arguments, **options):
        done = program.zonerank(*arguments, cwd=self.folder, **options)
        self.assertEqual(done.returncode, 1, done.stderr)
        lines = program.complaints(done)
        self.assertEqual(len(lines), 1, lines)
        self.assertRegex(lines[0], pattern)

    def earlier_results(self):
        self.succeeds("run", "study.yaml", "-q")
        return program.contents(self.folder / "out")

    # The disk.

    def on_small_disk(self, size):
        disk = self.folder / "disk"
        disk.mkdir(exist_ok=True)
        if not small_disk(disk, size):
            self.skipTest("no small disk can be mounted here")
        self.addCleanup(subprocess.run, ["umount", str(disk)], check=True)
        return disk

    def test_a_disk_too_small_is_told_before_anything_is_computed(self):
        disk = self.on_small_disk("100k")
        self.study("10 m")
        self.fails(r"disk/out: the disk is too full: \d+\.\d\d MiB are needed, 0\.\d\d MiB are free$",
                   "run", "study.yaml", "-q", "--output", "disk/out")
        self.assertEqual(list(disk.iterdir()), [])

    def test_a_disk_too_small_for_units_that_are_kept_beside_the_results(self):
        disk = self.on_small_disk("100k")
        self.study("10 m")
        run = ["run", "study.yaml", "-q", "--output", "disk/out"]
        needed = r": the disk is too full: (\d+\.\d\d) MiB are needed, \d\.\d\d MiB are free$"
        alone = re.search("disk/out" + needed, program.complaints(program.zonerank(*run, cwd=self.folder))[0])
        enough = round(1.25 * float(alone[1]) * 1024)
        subprocess.run(["mount", "-o", f"remount,size={enough}k", str(disk)], check=True)
        self.fails("disk/out.plan" + needed, *run, *self.blocks)
        self.assertEqual(list(disk.iterdir()), [])
        self.succeeds("plan", "study.yaml", "-q", "--output", "disk/out", *self.blocks)
        subprocess.run(["mount", "-o", "remount,size=64k", str(disk)], check=True)
        self.fails("disk/out.plan" + needed, "unit", "disk/out.plan", "score-0001", "-q")
        self.assertEqual(list((disk / "out.plan").rglob("*.part")), [])

    def test_scratch_space_too_small_is_told_before_anything_is_computed(self):
        disk = self.on_small_disk("100k")
        self.study("250 m", ("criteria:\n", "friction: {cell: 2 m, ground: 5 km/h}\ncriteria:\n"),
                   ("{distance: {to: towns}}", "{travel time: {to: towns}}"),
                   ("{gaussian: {ideal: 3 km, spread: 2 km}}", "{linear: {best: 0 min, worst: 90 min}}"))
        self.fails(r"/disk: the disk is too full: \d+\.\d\d MiB are needed, 0\.\d\d MiB are free$",
                   "run", "study.yaml", "-q", "--memory", "320MiB", "--output", "out", TMPDIR=str(disk))
        self.nothing_is_left()

    def test_a_disk_that_fills_while_it_is_written(self):
        disk = self.on_small_disk("64m")
        self.study("5 m")
        running = self.start("-q", "--output", "disk/out")
        with (disk / "theirs").open("wb") as theirs:
            try:
                while theirs.write(bytes(1 << 20)):
                    theirs.flush()
            except OSError:
                pass
        code, lines = self.end(running)
        self.assertEqual((code, len(lines)), (1, 1), lines)
        self.assertRegex(lines[0], r"disk/out\S*: .*(too full|No space left on device: ).*are needed, .* are free$")
        self.assertEqual([path.name for path in disk.iterdir()], ["theirs"])

    def test_a_folder_that_may_not_be_written(self):
        may_not = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        if os.geteuid() != 0:
            may_not = []
            self.folder.chmod(0o555)
            self.addCleanup(self.folder.chmod, 0o755)
        elif not shutil.which("setpriv") or subprocess.run([*may_not, program.PROGRAM, "--version"], check=False,
                                                            capture_output=True).returncode != 0:
            self.skipTest("nobody may run the program here")
        self.fails(re.escape(f"{self.folder}: can't be written to: Permission denied"), "run", "study.yaml", "-q",
                   before=may_not)
        self.nothing_is_left()

    # The memory.

    def test_memory_that_will_not_do_is_told_with_what_would(self):
        done = program.zonerank("run", "study.yaml", "-q", "--memory", "64 MiB", cwd=self.folder)
        line = program.complaints(done)[-1]
        told = re.fullmatch(r"the study doesn't fit into 64MiB of memory; (\S+) would do \(--memory \1\); "
                            r"most of it is for .*, about \S+", line)
        self.assertTrue(told and done.returncode == 1, done.stderr)
        self.nothing_is_left()
        self.succeeds("run", "study.yaml", "-q", "--memory", told[1])
        right = results_of(self.folder / "out")
        self.succeeds("run", "study.yaml", "-q", "--output", "whole-out")
        self.assertEqual(results_of(self.folder / "whole-out"), right)

    def test_memory_that_is_no_size(self):
        done = program.zonerank("run", "study.yaml", "--memory", "2 elephants", cwd=self.folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--memory: expected a size such as 2GiB or 512MiB, found '2 elephants'", done.stderr)

    # The inputs.

    def test_inputs_cut_short(self):
        before = self.earlier_results()
        for name, kept in (("terrain.tif", 0.5), ("roads.gpkg", 0.3), ("towns.geojson", 0.5)):
            with self.subTest(name):
                path = self.folder / "data" / name
                whole = path.read_bytes()
                path.write_bytes(whole[:int(len(whole) * kept)])
                self.fails(rf"^study.yaml:\d+:\d+: .*{name}: ", "run", "study.yaml", "-q")
                path.write_bytes(whole)
                self.nothing_is_left(before)

    def test_an_input_that_changes_under_the_run(self):
        before = self.earlier_results()
        self.study("5 m")
        ways = {"written again": lambda path, text: path.write_bytes(text),
                "longer": lambda path, text: path.write_bytes(text + b"\n"),
                "replaced": lambda path, text: (path.with_suffix(".new").write_bytes(text),
                                                path.with_suffix(".new").rename(path))}
        for way, change in ways.items():
            with self.subTest(way):
                path = self.folder / "data" / "towns.geojson"
                running = self.start("-q")
                change(path, path.read_bytes())
                self.assertEqual(self.end(running), (1, [f"{path}: has changed while the study was running; "
                                                         "run it again"]))
                self.nothing_is_left(before)

    def test_two_runs_on_one_folder(self):
        self.study("5 m")
        first = self.start("-q")
        self.fails(re.escape(f"{self.folder}/out: another run of zonerank is writing it"), "run", "study.yaml", "-q")
        self.assertEqual(self.end(first)[0], 0)

    # The clock.

    def test_files_from_the_future_and_the_past(self):
        before = self.earlier_results()
        for number, path in enumerate((self.folder / "data").iterdir()):
            then = time.time() + (1 if number % 2 else -1) * 400 * 86400
            os.utime(path, (then, then))
        self.succeeds("run", "study.yaml", "-q")
        before.pop("manifest.json")
        self.assertEqual(results_of(self.folder / "out"), before)

    def test_a_clock_that_jumps(self):
        compiler = shutil.which("cc") or shutil.which("gcc")
        if not compiler:
            self.skipTest("no C compiler here")
        (self.folder / "clock.c").write_text(CLOCK, encoding="utf-8")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", "clock.so", "clock.c"], cwd=self.folder, check=True)
        shim = {"LD_PRELOAD": str(self.folder / "clock.so")}
        before = self.earlier_results()
        before.pop("manifest.json")
        began = time.monotonic()
        done = self.succeeds("run", "study.yaml", **shim)
        self.assertEqual(results_of(self.folder / "out"), before)
        said = re.search(r"in (\d+\.\d+) s", done.stdout)
        self.assertTrue(said is None or float(said[1]) <= time.monotonic() - began, done.stdout)
        self.study("2 m")
        running = subprocess.Popen([program.PROGRAM, "run", "study.yaml", "-q"], cwd=self.folder,
                                   env={**os.environ, **shim}, stderr=subprocess.DEVNULL)
        while running.poll() is None and not any(self.folder.glob(".out.part-*")):
            time.sleep(0.002)
        running.send_signal(signal.SIGTERM)
        self.assertEqual(running.wait(timeout=20), 130)

    # Signals.

    def heavy(self):
        self.study("4 m", ("output: out", "outputs: {criteria: true}\noutput: out"))

    def most_seconds(self):
        """On a machine that others use, too, all takes longer."""
        return MOST_SECONDS * max(1, os.getloadavg()[0] / os.cpu_count() / 2)

    def signalled(self, words, moment, what):
        """(exit code, standard error, seconds from the signal to the end) of a command"""
        running = subprocess.Popen([program.PROGRAM, *words], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
        try:
            running.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            pass
        asked = time.monotonic()
        running.send_signal(what)
        said = running.communicate(timeout=60)[1]
        return running.returncode, said, time.monotonic() - asked

    def test_signals_at_any_moment(self):
        """Exit code 130, one line, within 2 s, and nothing of it is left."""
        before = self.earlier_results()
        self.heavy()
        began = time.monotonic()
        self.succeeds("run", "study.yaml", "-q", "--no-sync", "--output", "whole-out", timeout=600)
        whole = time.monotonic() - began
        moments, longest = random.Random(SEED), 0
        for number in range(SIGNALS):
            moment, what = moments.uniform(0.02, whole), (signal.SIGINT, signal.SIGTERM)[number % 2]
            with self.subTest(moment=moment, signal=what.name):
                code, said, took = self.signalled(("run", "study.yaml", "-q", "--no-sync"), moment, what)
                if code == 0:  # it was quicker than the signal
                    before = program.contents(self.folder / "out")
                    continue
                longest = max(longest, took)
                if code == -what and said == "":  # it was not even loaded
                    self.nothing_is_left(before)
                    continue
                self.assertEqual(code, 130, said)
                self.assertEqual(said.strip().splitlines()[-1:], ["stopped; nothing was written"])
                self.assertLess(took, self.most_seconds())
                self.nothing_is_left(before)
        print(f"{SIGNALS} signals: the longest took {longest:.2f} s", flush=True)

    def test_signals_to_other_commands(self):
        """They end as soon, and leave the folder as it was: while large layers are read, maps measured, files hashed."""
        moments = random.Random(SEED)
        places = [(data.point(x := moments.uniform(0, 12_000), moments.uniform(0, 12_000)), {"population": x})
                  for _ in range(200)]
        data.write_geojson(self.folder / "data" / "towns.geojson", *(places * 300))
        self.study("5 m")
        self.succeeds("run", "study.yaml", "-q", "--no-sync")
        before = program.contents(self.folder)
        for number in range(SIGNALS):
            for words in (("check", "study.yaml"), ("verify", "out"), ("measure", "study.yaml", "town", "-o", "town.tif")):
                moment, what = moments.uniform(0.05, 1.5), (signal.SIGINT, signal.SIGTERM)[number % 2]
                with self.subTest(command=words[0], moment=moment):
                    code, said, took = self.signalled(words, moment, what)
                    if code == 0:  # it was quicker
                        (self.folder / "town.tif").unlink(missing_ok=True)
                    elif code != -what or said != "":
                        self.assertEqual((code, said.strip().splitlines()[-1:]), (130, ["stopped; nothing was written"]))
                        self.assertLess(took, self.most_seconds())
                    self.assertEqual(program.contents(self.folder), before)

    # kill -9.

    def markers(self):
        """Of the units that are done: when each was made, and as which file."""
        found = {}
        for path in self.folder.glob("out.plan/units/*.json"):
            state = path.stat()
            found[path.name] = (state.st_ino, state.st_mtime_ns)
        return found

    def kill_at(self, moment):
        running = subprocess.Popen([program.PROGRAM, "run", "study.yaml", "-q", "--no-sync", *self.blocks],
                                   cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            running.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()

    def test_kills_at_any_moment(self):
        """What a killed run has left is the undisturbed result after the next, and no unit that was done is done
        again: between two kills the markers of units stay the files that they were."""
        self.study("10 m")
        began = time.monotonic()
        self.succeeds("run", "study.yaml", "-q", "--no-sync", *self.blocks, "--output", "whole-out")
        whole = time.monotonic() - began
        right = results_of(self.folder / "whole-out")
        moments, kills, kept = random.Random(SEED), 0, 0
        while kills < KILLS:
            done = self.markers()
            for _ in range(moments.randint(1, 4)):
                self.kill_at(moments.uniform(0.01, whole))
                kills += 1
                now = self.markers()
                if now:  # or else the run was finished, or the plan had not been written
                    self.assertEqual({name: now.get(name) for name in done}, done, "units that were done")
                done = now
                kept = max(kept, len(done))
            self.succeeds("run", "study.yaml", "-q", "--no-sync", *self.blocks)
            self.assertEqual(results_of(self.folder / "out"), right)
            self.assertEqual([path.name for path in self.folder.glob("out.plan/**/*")], [])
            self.assertFalse((self.folder / "out.plan").exists())
            self.nothing_is_left(program.contents(self.folder / "out"))
            shutil.rmtree(self.folder / "out")
        print(f"{kills} kills: up to {kept} units were kept between them", flush=True)


if __name__ == "__main__":
    unittest.main()
