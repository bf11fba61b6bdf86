# SPDX-License-Identifier: Apache-2.0
"""What happens to a run when the disk, the memory, the clock or other programs are against it: the line that it ends
with, its exit code, and what is left."""

import os
import re
import shutil
import signal
import subprocess
import time
import unittest

import program
from troubled import Troubled

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


def small_disk(folder, size):
    """Whether a file system of so much could be mounted there."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0


class Faults(Troubled):
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
        right = program.results_of(self.folder / "out")
        self.succeeds("run", "study.yaml", "-q", "--output", "whole-out")
        self.assertEqual(program.results_of(self.folder / "whole-out"), right)

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
        self.assertEqual(program.results_of(self.folder / "out"), before)

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
        self.assertEqual(program.results_of(self.folder / "out"), before)
        said = re.search(r"in (\d+\.\d+) s", done.stdout)
        self.assertTrue(said is None or float(said[1]) <= time.monotonic() - began, done.stdout)
        self.study("2 m")
        running = subprocess.Popen([program.PROGRAM, "run", "study.yaml", "-q"], cwd=self.folder,
                                   env={**os.environ, **shim}, stderr=subprocess.DEVNULL)
        while running.poll() is None and not any(self.folder.glob(".out.part-*")):
            time.sleep(0.002)
        running.send_signal(signal.SIGTERM)
        self.assertEqual(running.wait(timeout=20), 130)


if __name__ == "__main__":
    unittest.main()
