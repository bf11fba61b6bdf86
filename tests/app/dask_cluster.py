# SPDX-License-Identifier: Apache-2.0
"""A Dask cluster on the loopback, for tests: a scheduler and workers as processes of their own."""

import json
import os
import signal
import subprocess
import time

from apps import skip

PYTHON = "/usr/bin/python3"


def skip_without_dask():
    """Ends the process when there is no Dask: skipped, or failed where it is required."""
    found = subprocess.run([PYTHON, "-c", "import distributed"], capture_output=True, text=True, check=False)
    if found.returncode:
        skip(f"no Dask.distributed ({found.stderr.strip().splitlines()[-1]})")


def most_seconds(seconds):
    """On a machine that others use, too, all takes longer."""
    return seconds * max(1, os.getloadavg()[0] / os.cpu_count() / 2)


def wait_for(condition, seconds=30):
    end = time.monotonic() + most_seconds(seconds)
    while not condition():
        assert time.monotonic() < end, "it didn't come"
        time.sleep(0.05)


class DaskCluster:
    """With `workers` of one thread each, in `folder`. Every process is ended at the end of the `with`."""

    def __init__(self, folder, workers=1, **variables):
        self.folder, self.count = folder, workers
        self.environment = {**os.environ, **variables}
        self.file = folder / "scheduler.json"
        self.scheduler, self.workers = None, []

    def __enter__(self):
        self.start_scheduler()
        for _ in range(self.count):
            self.add_worker()
        return self

    def start_scheduler(self):
        self.file.unlink(missing_ok=True)
        self.scheduler = self.start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                                    "--no-dashboard", "--scheduler-file", str(self.file))
        wait_for(self.is_told)

    def is_told(self):
        """Whether the scheduler has written its address, all of it."""
        try:
            return bool(self.address)
        except (OSError, ValueError):
            return False

    def add_worker(self, **variables):
        self.add_worker_at(self.address, **variables)

    def add_worker_at(self, address, **variables):
        self.workers.append(self.start(
            "distributed.cli.dask_worker", address, "--host", "127.0.0.1", "--nthreads",
            "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0", "--death-timeout", "20", "--local-directory",
            str(self.folder / "scratch"), **variables))

    def start(self, module, *words, **variables):
        with open(self.folder / f"{module}.log", "ab") as log:
            return subprocess.Popen([PYTHON, "-m", module, *words], cwd=self.folder, stdin=subprocess.DEVNULL,
                                    stdout=log, stderr=log, env={**self.environment, **variables})

    @property
    def address(self):
        return json.loads(self.file.read_text())["address"]

    def __exit__(self, *_):
        for process in [*self.workers, self.scheduler]:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
