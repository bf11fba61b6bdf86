# SPDX-License-Identifier: Apache-2.0
"""The scripts of `zonerank submit --emit parallel`, run by GNU parallel: the results of a run in one piece,
also after a kill in the middle."""

import json
import os
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path

import apps
from apps import zonerank
from program import InFolder, results_of

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

    def test_killed_it_continues_and_does_nothing_twice(self):
        script = self.planned("killed")
        units = self.folder / "killed.plan" / "units"
        with subprocess.Popen([script, "--jobs", "2"], stderr=subprocess.DEVNULL, start_new_session=True) as process:
            end = time.monotonic() + 60
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
