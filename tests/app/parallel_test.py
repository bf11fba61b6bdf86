# SPDX-License-Identifier: Apache-2.0
"""The scripts of `zonerank submit --emit parallel`, run by GNU parallel: the results of a run in one piece,
also after a kill in the middle."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path

import apps
from apps import zonerank
from program import PROGRAM, InFolder, results_of

if not shutil.which("parallel"):
    apps.skip("no GNU parallel")


class Parallel(InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder /= "o'neill $HOME \"x\" `y`"
        cls.study = apps.mirpur(cls.folder, cell="40 m")
        zonerank("run", cls.study, "-o", cls.folder / "whole")
        cls.expected = results_of(cls.folder / "whole")

    def planned(self, name, *words):
        """The script that does a new plan's units."""
        zonerank("plan", self.study, "-o", self.folder / name, "--block", "512")
        told = zonerank("submit", self.folder / f"{name}.plan", "--emit", "parallel", "--json", *words)
        return json.loads(told.stdout)["start"]

    def test_the_results_are_those_of_a_run(self):
        done = subprocess.run([self.planned("out", "--bundle", "2"), "--jobs", "2"], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(results_of(self.folder / "out"), self.expected)
        self.assertFalse((self.folder / "out.plan").exists())

    def test_units_are_told_their_threads_and_memory(self):
        script = Path(self.planned("told", "--threads", "2", "--memory", "1GiB"))
        program = self.folder / "noted"
        program.write_text(f"#!/bin/sh\necho \"$*\" >> '{self.folder.parent}/words'\nexec {PROGRAM} \"$@\"\n")
        program.chmod(0o755)
        script.write_text("\n".join(f"zonerank={shlex.quote(str(program))}" if line.startswith("zonerank=") else line
                                    for line in script.read_text().splitlines()))
        done = subprocess.run([script], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        units = [line for line in (self.folder.parent / "words").read_text().splitlines() if line.startswith("unit ")]
        self.assertGreater(len(units), 4)
        self.assertEqual([line for line in units if not line.endswith(" --threads 2 --memory=1GiB")], [])
        self.assertEqual(results_of(self.folder / "told"), self.expected)

    def test_scripts_are_written_anew_and_pods_have_to_see_all(self):
        self.planned("anew")
        plan = self.folder / "anew.plan"
        zonerank("submit", plan, "--emit", "slurm", "--bundle", "1")
        lists = self.folder / "anew.slurm" / "lists"
        (lists / "score.0001").write_text("score-0999\n")
        zonerank("submit", plan, "--emit", "slurm")
        self.assertEqual([file.name for file in lists.glob("score.*")], ["score.0000"])
        pods = ["submit", plan, "--emit", "kubernetes-job", "--image", "i", "--claim", "c"]
        done = zonerank(*pods, "--mount", "/elsewhere", code=1)
        self.assertIn("anew.plan lies outside, where pods don't see it", done.stderr)
        zonerank(*pods, "--mount", self.folder)
        (self.folder / "run.sh").write_text("mine")
        done = zonerank(*pods, "-o", self.folder, code=1)
        self.assertIn("run.sh: is there, and not by zonerank", done.stderr)
        self.assertIn("'9 bananas'", zonerank(*pods, "--memory", "9 bananas", code=2).stderr)

    def test_killed_it_continues_and_does_nothing_twice(self):
        script = self.planned("killed")
        units = self.folder / "killed.plan" / "units"
        with subprocess.Popen([script, "--jobs", "2"], stderr=subprocess.DEVNULL, start_new_session=True) as process:
            end = time.monotonic() + 60 * max(1, os.getloadavg()[0] / os.cpu_count() / 2)
            while len(list(units.glob("*.json"))) < 2 and time.monotonic() < end:
                time.sleep(0.01)
            os.killpg(process.pid, signal.SIGKILL)
        before = {marker.name: marker.stat().st_mtime_ns for marker in units.glob("*.json")}
        self.assertGreaterEqual(len(before), 2)
        text = Path(script).read_text().replace('" finish "$plan"', '" finish "$plan" --keep')
        Path(script).write_text(text)
        done = subprocess.run([script, "--jobs", "2"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(results_of(self.folder / "killed"), self.expected)
        self.assertEqual({name: (units / name).stat().st_mtime_ns for name in before}, before)


if __name__ == "__main__":
    unittest.main()
