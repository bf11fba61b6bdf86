# SPDX-License-Identifier: Apache-2.0
"""Where and with what it was measured."""

import importlib.metadata
import importlib.util
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path


def description(program, exactextract):
    """Lines of text."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GiB; Linux {platform.release()}, {system()}",
            "; ".join(filter(None, [version(program), version("gdalinfo"), version("grass"), *libraries()])),
            *([of_exactextract(exactextract)] if exactextract else [])]


def processor():
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return found[1] if found else platform.machine()


def system():
    return platform.freedesktop_os_release()["PRETTY_NAME"]


def version(program):
    """The first line that has a number in it."""
    if not shutil.which(program):
        return None
    line = next((line for line in said(program).splitlines() if re.search(r"\d", line)), "").split(", released")[0]
    return line if re.search("[A-Za-z]", line) else f"{Path(program).name} {line}"


def said(program):
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def libraries():
    return [f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "scipy", "rasterio")
            if importlib.util.find_spec(name)]


def of_exactextract(program):
    """A build from elsewhere tells what it is in a VERSION.txt beside it."""
    note = Path(program).with_name("VERSION.txt")
    if note.is_file():
        return "exactextract: " + " ".join(note.read_text(encoding="utf-8").split())
    return "exactextract: " + " ".join(said(program).split())
