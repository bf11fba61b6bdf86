# SPDX-License-Identifier: Apache-2.0
"""`zonerank submit` as its users run it, with a Dask scheduler and workers on the loopback."""

import json
import os
import re
import shutil
import signal
import subprocess
import unittest
from pathlib import Path

import apps
import dask_cluster
from apps import zonerank
from dask_cluster import DaskCluster, wait_for
from program import PROGRAM, ROOT, InFolder, results_of

dask_cluster.skip_without_dask()


def units_of(worker):
    """The processes at work for a worker; Dask has others of its own."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if (entry.name.isdigit() and (entry / "stat").read_text().rsplit(")", 1)[1].split()[1] == str(worker) and
                    b"unit" in (entry / "cmdline").read_bytes().split(b"\0")):
                found.append(int(entry.name))
        except OSError:  # it has ended
            pass
    return found


def is_stopped(unit):
    """Whether it was at work and is so no more, with its lock."""
    try:
        os.kill(unit, signal.SIGSTOP)
        names = [os.path.basename(os.readlink(file)) for file in Path(f"/proc/{unit}/fd").iterdir()]
        if ".zonerank-lock" in names:
            return True
        os.kill(unit, signal.SIGCONT)
    except OSError:  # it has ended, or is not there yet
        pass
    return False


class Real(InFolder):
    """The program itself, over the Mirpur example in cells of 40 m."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study = apps.mirpur(cls.folder / "mirpur", cell="40 m")
        zonerank("run", cls.study, "-o", cls.folder / "whole")
        cls.expected = results_of(cls.folder / "whole")

    def submitted(self, name, workers, harm=None, goes=True):
        """The hashes of results of a plan that so many workers did. `goes`: whether the plan is gone afterwards."""
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
        self.assertFalse(goes and (self.folder / f"{name}.plan").exists())
        return results_of(self.folder / name)

    def test_one_and_three_workers_leave_the_bytes_of_a_run(self):
        self.assertEqual(self.submitted("one", 1), self.expected)
        self.assertEqual(self.submitted("three", 3), self.expected)

    def test_so_do_those_of_which_one_is_killed(self):
        self.assertEqual(self.submitted("killed", 3, lambda cluster: cluster.workers[0].kill()), self.expected)

    def test_so_do_those_of_which_one_is_frozen_with_its_unit(self):
        """As on a machine that is cut off: its unit holds its lock until the end."""
        def freeze(cluster):
            worker = cluster.workers[0]
            wait_for(lambda: any(is_stopped(unit) for unit in units_of(worker.pid)))
            worker.send_signal(signal.SIGSTOP)
        self.assertEqual(self.submitted("frozen", 2, freeze, goes=False), self.expected)
        zonerank("plan", self.study, "-o", self.folder / "frozen")  # what it left stands in nobody's way

    def test_a_driver_that_is_killed_leaves_nothing_that_stands_in_the_way(self):
        plan = self.folder / "left.plan"
        zonerank("plan", self.study, "-o", self.folder / "left", "--block", "512")
        logs = self.folder / "cluster-left"
        logs.mkdir()
        with DaskCluster(logs, 2) as cluster:
            command = [PROGRAM, "submit", str(plan), "--scheduler", cluster.address]
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
                wait_for(lambda: list((plan / "units").glob("*.json")))
                process.kill()
            wait_for(lambda: not any(units_of(worker.pid) for worker in cluster.workers))
            self.assertEqual([path.name for path in (plan / "units").iterdir() if not path.name[0].isalpha()], [])
            zonerank("plan", self.study, "-o", self.folder / "left", "--block", "512")
            done = zonerank(*command[1:])
        self.assertIn("map", done.stdout)
        self.assertEqual(results_of(self.folder / "left"), self.expected)
        self.assertFalse(plan.exists())

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
