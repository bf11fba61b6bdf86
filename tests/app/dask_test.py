# SPDX-License-Identifier: Apache-2.0
"""`zonerank submit` as its users run it, with a Dask scheduler and workers on the loopback."""

import json
import os
import re
import shutil
import signal
import subprocess
import unittest

import apps
import dask_cluster
from apps import zonerank
from dask_cluster import DaskCluster, wait_for
from program import PROGRAM, ROOT, InFolder, results_of

dask_cluster.skip_without_dask()


class Real(InFolder):
    """The program itself, over the Mirpur example in cells of 40 m."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study = apps.mirpur(cls.folder / "mirpur", cell="40 m")
        zonerank("run", cls.study, "-o", cls.folder / "whole")
        cls.expected = results_of(cls.folder / "whole")

    def submitted(self, name, workers, harm=None):
        """The hashes of results of a plan that so many workers did."""
        zonerank("plan", self.study, "-o", self.folder / name, "--block", "512")
        logs = self.folder / f"cluster-{name}"
        logs.mkdir()
        with DaskCluster(logs, workers) as cluster:
            command = [PROGRAM, "submit", f"{self.folder / name}.plan", "--scheduler", cluster.address, "--json"]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
                if harm:
                    wait_for(lambda: len(list((self.folder / f"{name}.plan" / "units").glob("*.json"))) >= 2)
                    harm(cluster)
                said, errors = process.communicate(timeout=300)
            self.assertEqual(process.returncode, 0, (said, errors))
        self.assertTrue(json.loads(said)["ok"])
        self.assertFalse((self.folder / f"{name}.plan").exists())
        return results_of(self.folder / name)

    def test_one_and_three_workers_leave_the_bytes_of_a_run(self):
        self.assertEqual(self.submitted("one", 1), self.expected)
        self.assertEqual(self.submitted("three", 3), self.expected)

    def test_so_do_those_of_which_one_is_killed(self):
        self.assertEqual(self.submitted("killed", 3, lambda cluster: cluster.workers[0].kill()), self.expected)

    def test_what_is_wrong_is_told_in_a_line(self):
        done = zonerank("submit", self.folder / "nothing.plan", "--scheduler", "tcp://127.0.0.1:9", code=1)
        self.assertIn("nothing.plan: there is no plan", done.stderr)
        zonerank("plan", self.study, "-o", self.folder / "told")
        done = zonerank("submit", self.folder / "told.plan", code=1)
        self.assertIn("--scheduler tcp://HOST:8786", done.stderr)
        done = zonerank("submit", self.folder / "told.plan", "--scheduler", "tcp://h:1", "--python", "/nowhere/python3",
                        code=1)
        self.assertIn("python3-distributed", done.stderr)
        (self.folder / "bare").write_text("#!/bin/sh\nexec /usr/bin/python3 -S \"$@\"\n")  # no packages
        (self.folder / "bare").chmod(0o755)
        done = zonerank("submit", self.folder / "told.plan", "--scheduler", "tcp://h:1", "--python", self.folder / "bare",
                        code=1)
        self.assertRegex(done.stderr, "^submit needs Dask.distributed .*python3-distributed.*\n$")

    def test_the_page_for_clusters_holds_word_for_word(self):
        text = (ROOT / "examples" / "CLUSTER.md").read_text(encoding="utf-8")
        script = re.search(r"^```sh\n(export PATH.*?)^```", text, re.M | re.S)[1]
        clone = self.folder / "clone"
        (clone / "build").mkdir(parents=True)
        (clone / "build" / "zonerank").symlink_to(PROGRAM)
        shutil.copytree(apps.MIRPUR, clone / "examples" / "mirpur")
        with open(clone / "said", "wb") as said, subprocess.Popen(["sh", "-ec", script], cwd=clone, stdout=said,
                                                                  stderr=said, start_new_session=True) as shell:
            code = shell.wait(timeout=180)
            os.killpg(shell.pid, signal.SIGKILL)  # the scheduler and workers that it left running
        self.assertEqual(code, 0, (clone / "said").read_text())
        zonerank("run", clone / "examples" / "mirpur" / "study.yaml", "-o", clone / "out" / "whole")
        self.assertEqual(results_of(clone / "out" / "mirpur"), results_of(clone / "out" / "whole"))


if __name__ == "__main__":
    unittest.main()
