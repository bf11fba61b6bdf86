# SPDX-License-Identifier: Apache-2.0
"""A Dask cluster as the driver sees it: workers with their signs of life, and news of what they did."""

import inspect
import platform
import queue
import threading
import time
import uuid
from dataclasses import dataclass

from distributed import Scheduler

import zonerank_worker

SILENT = 15  # seconds without a sign of life after which a worker is not counted on
# Some versions of Dask tell of five workers unless asked for all.
ALL_WORKERS = {"n_workers": -1} if "n_workers" in inspect.signature(Scheduler.identity).parameters else {}


@dataclass
class Worker:
    slots: int  # units at once
    beat: float = 0  # the scheduler's time of its last sign of life
    seen: float = 0  # this machine's when that changed: clocks may differ
    check: object = None  # the future of its check, while it runs
    asked: int = 0  # checks so far
    again: float = 0  # when it is asked next
    good: bool = False  # whether it passed
    complaint: str = ""  # why not
    is_final: bool = False  # whether there is no hope that it passes the next time

    def is_ready(self):
        return self.good and time.monotonic() - self.seen <= SILENT


class Cluster:
    """`news` is a queue of (word, value): "workers" {address: (threads, last sign of life)} each second,
    "met", "checked" and "landed" (key, address, (state, answer)), where state is finished, error or lost."""

    def __init__(self, client, options):
        self.client, self.options = client, options
        self.session = uuid.uuid4().hex
        self.news = queue.Queue()
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        """In a thread of its own: a frozen scheduler holds up nothing else."""
        while self.client.status != "closed":
            try:
                info = self.client.sync(self.client.scheduler.identity, **ALL_WORKERS)["workers"]
                if self.client.status == "running":
                    self.news.put(("workers", {address: (row["nthreads"], row["last_seen"])
                                               for address, row in info.items()}))
            except Exception:  # it is away: the driver notices that nothing comes
                pass
            time.sleep(1)

    def meet(self, address):
        """Its version of Python, asked in a way that any understands: what follows is sent as code of this one."""
        return self.submit("met", uuid.uuid4().hex, address, platform.python_version)

    def check(self, address, version, token):
        return self.submit("checked", uuid.uuid4().hex, address, zonerank_worker.check_worker,
                           self.options.zonerank, self.options.plan, version, token)

    def do(self, key, address, slots, ids):
        return self.submit("landed", key, address, zonerank_worker.run_units, self.session,
                           [self.options.zonerank, "unit", self.options.plan, *self.options.access,
                            *self.options.unit], ids, self.options.time_limit * len(ids), self.options.threads, slots)

    def submit(self, word, key, address, function, *arguments):
        future = self.client.submit(function, *arguments, key=f"zonerank-{self.session}-{key}", workers=[address],
                                    allow_other_workers=False, pure=False)
        future.add_done_callback(lambda done: self.news.put((word, (key, address, answer_of(done)))))
        return future

    def stop(self, addresses):
        """Ends what this driver has at work there. A worker that doesn't hear is not waited for."""
        def tell():
            self.client.run(zonerank_worker.stop_units, self.session, workers=list(addresses), on_error="ignore")
        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        teller.join(1)


def same_python(one, other):
    """Whether code of one version, "3.11.2", means the same to another: first and second number."""
    return one.split(".")[:2] == other.split(".")[:2]


def answer_of(future):
    """Its state, and what the function returned or why it didn't."""
    if future.status == "finished":
        return "finished", future.result()
    if future.status == "error":
        return "error", f"{type(future.exception()).__name__}: {future.exception()}".splitlines()[0]
    return "lost", None
