# SPDX-License-Identifier: Apache-2.0
"""What a command costs."""

import importlib
import os
import shutil
import statistics
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor

from results import Figures


class Failed(Exception):
    """A command came to no good end."""


def figures(command, out, environment):
    """Of one run that writes into the folder `out`, empty at first. Its words go to a file beside it."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    log = out.with_suffix(".log")
    with log.open("wb") as words:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=words, stderr=words)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: {process.returncode}\n{log.read_text(errors='replace')[-2000:]}")
    return Figures(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def medians(runs):
    """Of several runs: median times, the highest peak."""
    return Figures(statistics.median(run.wall for run in runs), statistics.median(run.cpu for run in runs),
                   max(run.peak for run in runs))


def read_once(folder):
    """Brings the folder's files into the page cache."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            while file.read(1 << 24):
                pass


def apart(module, function, *arguments):
    """What module.function(*arguments) returns, in a process of its own: the kernel counts the memory of this one to
    the peak of those it starts, so it has to stay small."""
    with ProcessPoolExecutor(max_workers=1) as pool:
        return pool.submit(_call, module, function, *arguments).result()


def _call(module, function, *arguments):
    return getattr(importlib.import_module(module), function)(*arguments)
