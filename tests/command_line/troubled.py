# SPDX-License-Identifier: Apache-2.0
"""A study in a folder that is brought back to what it was before each test, and its runs while something happens."""

import re
import shutil
import subprocess
import tempfile
import time

import data
import program


class Troubled(program.InFolder):
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
