# SPDX-License-Identifier: Apache-2.0
"""What signals and kills leave of a run, at any moment. ZONERANK_LONG=1 in the environment tries 40 signals and 200
kills."""

import os
import random
import shutil
import signal
import subprocess
import time
import unittest

import data
import program
from troubled import Troubled

LONG = os.environ.get("ZONERANK_LONG") == "1"
SIGNALS, KILLS = (40, 200) if LONG else (4, 20)
MOST_SECONDS = 2.0  # from a signal to the end
SEED = 7


class Stops(Troubled):
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
        right = program.results_of(self.folder / "whole-out")
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
            self.assertEqual(program.results_of(self.folder / "out"), right)
            self.assertEqual([path.name for path in self.folder.glob("out.plan/**/*")], [])
            self.assertFalse((self.folder / "out.plan").exists())
            self.nothing_is_left(program.contents(self.folder / "out"))
            shutil.rmtree(self.folder / "out")
        print(f"{kills} kills: up to {kept} units were kept between them", flush=True)


if __name__ == "__main__":
    unittest.main()
