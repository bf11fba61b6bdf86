# SPDX-License-Identifier: Apache-2.0
"""What the tests of other programs share: the program, as the tests of the command line run it, and the Mirpur
example in a folder of its own."""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "command_line"))
import program  # noqa: E402

MIRPUR = program.ROOT / "examples" / "mirpur"


def skip(why):
    """Ends the process: skipped, or failed where the other program is required."""
    print(f"skipped: {why}")
    sys.exit(1 if os.environ.get("ZONERANK_REQUIRE_APPS") == "1" else 77)


def zonerank(*words, code=0, timeout=300, **options):
    """The finished process, which has ended with that code."""
    done = program.zonerank(*words, timeout=timeout, **options)
    assert done.returncode == code, (done.stdout, done.stderr)
    return done


def mirpur(folder, more="", cell="100 m"):
    """The example's study in a new folder, with more at its end."""
    shutil.copytree(MIRPUR, folder)
    study = folder / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8").replace("cell: 100 m", f"cell: {cell}") + more, encoding="utf-8")
    return study
