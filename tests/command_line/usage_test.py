# SPDX-License-Identifier: Apache-2.0
"""The command line itself: help, versions, options, exit codes, and folders that can't be written."""

import os
import re
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import data
import program
from complaints import Mistakes, wrong

COMMANDS = ("init", "check", "run", "batch", "view", "explain", "measure", "connect", "plan", "due", "unit",
            "finish", "submit", "verify", "diff", "list", "man", "completion")


class Usage(program.InFolder):
    def misused(self, *arguments):
        done = program.zonerank(*arguments, cwd=self.folder)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def test_help_and_version_everywhere(self):
        version = self.succeeds("--version").stdout
        self.assertRegex(version, r"\Azonerank \d+\.\d+\.\d+\n\Z")
        self.assertIn("Usage: zonerank", self.succeeds("--help").stdout)
        for command in COMMANDS:
            self.assertEqual(self.succeeds(command, "--version").stdout, version)
            text = self.succeeds(command, "--help").stdout
            self.assertIn(f"zonerank {command}", text)
            self.assertIn("--help", text)
        for option in ("--threads", "--quiet", "--output", "--sites-only", "--check", "--tile"):
            self.assertIn(option, self.succeeds("run", "--help").stdout)

    def test_wrong_usage_ends_with_2_and_names_what_is_wrong(self):
        self.assertIn(", ".join(COMMANDS), self.misused())
        self.assertIn("STUDY is required", self.misused("run"))
        self.assertIn("--treads", self.misused("run", "study.yaml", "--treads", "2"))
        self.assertIn("--threads", self.misused("run", "study.yaml", "--threads", "0"))
        self.assertIn("--threads", self.misused("run", "study.yaml", "--threads", "many"))
        self.assertIn("--tile", self.misused("run", "study.yaml", "--tile", "1"))
        self.assertIn("other.yaml", self.misused("run", "study.yaml", "other.yaml"))
        self.assertIn("unknown table 'measurs'; did you mean 'measures'?", self.misused("list", "measurs"))
        self.assertIn("SITE is required", self.misused("explain", "study.yaml"))
        self.assertIn("--json", self.misused("list", "--json", "--markdown"))

    def test_what_can_t_be_printed_is_an_error(self):
        for arguments in (["--version"], ["list", "values"], ["list", "--json"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([program.PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
            self.assertEqual(done.returncode, 1, arguments)
            self.assertRegex(done.stderr, rb"can't be written|cannot write")

    def test_a_misspelt_command_comes_with_the_nearest(self):
        self.assertIn("did you mean 'run'?", self.misused("rnu", "study.yaml"))
        self.assertIn("did you mean 'check'?", self.misused("chekc", "study.yaml"))

    def test_lists_print_tables(self):
        for table in ("measures", "decays", "values", "weights", "aggregations", "methods", "constraints", "weight spaces",
                      "uncertainties", "networks", "compressions", "keys", "criteria"):
            text = self.succeeds("list", table).stdout
            self.assertTrue(text.startswith(f"{table}: "), text[:40])
        self.assertIn("## measures", self.succeeds("list", "--markdown").stdout)
        self.assertIn("$schema", self.succeeds("list", "--json-schema").stdout)


class Folders(Mistakes):
    """What is wrong with where results go."""

    def study(self, *edits):
        (self.folder / "study.yaml").write_text(wrong(*edits), encoding="utf-8")

    def test_a_file_in_place_of_the_folder(self):
        self.study(("output: out", "output: data/area.geojson"))
        self.tells(["{folder}/data/area.geojson: is no folder; results need one"])
        self.tells(["{folder}/data/area.geojson: is no folder; results need one"], "check", "study.yaml")

    def test_a_folder_of_the_user(self):
        self.study(("output: out", "output: data"))
        self.tells(["{folder}/data: holds files that zonerank has not written (no manifest.json of its own); "
                    "name another folder"])

    def test_a_folder_that_leads_out(self):
        for place in ("../x", "/tmp", "."):
            self.study(("output: out", f"output: {place}"))
            self.tells([f"study.yaml:33:9: output: '{place}' leads out of the study's folder and the working "
                        "directory; use --output for that"])

    def test_a_folder_that_can_not_be_made(self):
        self.study()
        self.tells([re.compile("^/proc/1/zonerank: can't be made: |^/proc: can't be written to: |^/proc/1: can't be ")],
                   "run", "study.yaml", "--output", "/proc/1/zonerank/out")
        self.tells([re.compile("^{folder}/data/area.geojson".format(folder=self.folder))],
                   "run", "study.yaml", "--output", "data/area.geojson/out")

    def test_a_disk_that_is_full(self):
        disk = self.folder / "disk"
        disk.mkdir(exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            self.skipTest("no small disk can be mounted here")
        try:
            self.study(("cell: 250 m", "cell: 20 m"))
            self.tells([re.compile(r"^\S+/disk/out\S*: the disk is too full: ")],
                       "run", "study.yaml", "--output", "disk/out")
        finally:
            subprocess.run(["umount", str(disk)], check=True)

    def test_a_run_that_is_stopped_leaves_the_earlier_result(self):
        self.study(("cell: 250 m", "cell: 5 m"))
        before = program.contents(self.folder)
        with tempfile.TemporaryFile() as said:
            running = subprocess.Popen([program.PROGRAM, "run", "study.yaml"], cwd=self.folder, stderr=said,
                                       stdout=subprocess.DEVNULL)
            self.wait_for_staging()
            running.send_signal(signal.SIGINT)
            running.send_signal(signal.SIGINT)  # as when a terminal and a parent both pass it on
            time.sleep(0.05)
            if running.poll() is None:
                running.send_signal(signal.SIGTERM)
            self.assertEqual(running.wait(timeout=60), 130)
            said.seek(0)
            self.assertIn("stopped; nothing was written", said.read().decode())
        self.assertEqual(program.contents(self.folder), before)

    def wait_for_staging(self):
        for _ in range(2000):
            if any(Path(self.folder).glob(".out.part-*")):
                return
            time.sleep(0.005)
        self.fail("the run never began to write")

    def test_a_comparison_tells_what_differs(self):
        self.study()
        expected = self.folder / "expected.csv"
        expected.write_text((self.folder / "out" / "ranking.csv").read_text(encoding="utf-8"), encoding="utf-8")
        same = ("run", "study.yaml", "--quiet", "--output", "again", "--check", "expected.csv")
        self.assertIn("the ranking agrees with expected.csv", self.succeeds(*same).stderr)
        expected.write_text(expected.read_text(encoding="utf-8").replace("Beta", "Bet"), encoding="utf-8")
        done = program.zonerank(*same, cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("site 'S2': name is Beta, expected Bet\n", done.stderr)
        earlier = self.folder / "again" / "ranking.csv"  # a run replaces it, and must not be compared with itself
        earlier.write_text(earlier.read_text(encoding="utf-8").replace("Beta", "Bet"), encoding="utf-8")
        done = program.zonerank(*same[:-1], "again/ranking.csv", cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("site 'S2': name is Beta, expected Bet\n", done.stderr)
        done = program.zonerank(*same[:-1], "", cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        done = program.zonerank(*same[:-1], "nothing.csv", cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("nothing.csv: can't be read", done.stderr)


if __name__ == "__main__":
    unittest.main()
