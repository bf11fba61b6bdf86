# SPDX-License-Identifier: Apache-2.0
"""Runs the program as its users do. Its path is in the environment: ZONERANK."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("ZONERANK", str(ROOT / "build" / "zonerank"))
if not os.access(PROGRAM, os.X_OK):
    raise SystemExit(f"{PROGRAM} is no program; name it in the environment: ZONERANK")


def zonerank(*arguments, cwd=None, before=(), timeout=120, **environment):
    """The finished process. `before` goes in front of the command, such as strace."""
    return subprocess.run(
        [*map(str, before), PROGRAM, *map(str, arguments)],
        cwd=cwd, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout,
        encoding="utf-8", errors="strict", check=False)


def complaints(done):
    """The lines of its standard error but those of progress."""
    stages = ("reading", "summing up", "looking over", "scoring", "ranking", "analysing", "packing", "measuring",
              "solving")
    return [line for line in done.stderr.splitlines() if not (line.startswith(stages) and "%" in line)]


def contents(folder):
    """Every name below a folder with its bytes' sum, or where a link leads."""
    found = {}
    for path in sorted(Path(folder).rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {os.readlink(path)}"
        elif path.is_dir():
            found[name] = "folder"
        else:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def results_of(folder):
    """Its contents but the manifest, which tells when it was made."""
    return {name: found for name, found in contents(folder).items() if name != "manifest.json"}


class InFolder(unittest.TestCase):
    """A class of tests with a folder of its own, removed afterwards."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="zonerank-")).resolve()
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)

    def succeeds(self, *arguments, **options):
        done = zonerank(*arguments, cwd=self.folder, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def same_files(self, names, one, other):
        for name in names:
            self.assertEqual((one / name).read_bytes(), (other / name).read_bytes(), f"{name} of {other}")
