# SPDX-License-Identifier: Apache-2.0
"""A Dask cluster as the driver sees it: workers with their signs of life, and news of what they did."""

import queue
import threading
import time
import uuid
from dataclasses import dataclass

import zonerank_worker

SILENT = 15  # seconds without a sign of life after which a worker is not counted on


@dataclass
class Worker:
    slots: int  # units at once
    beat: float = 0  # the scheduler's time of its last sign of life
    seen: float = 0  # this machine's when that changed: clocks may differ
    check: object = None  # the future of its check
    good: bool = False  # whether it passed
    complaint: str = ""  # why not

    def is_ready(self):
        return self.good and time.monotonic() - self.seen <= SILENT


class Cluster:
    """`news` is a queue of (word, value): "workers" {address: (threads, last sign of life)} each second,
    "checked" and "landed" (key, address, (state, answer)), where state is finished, error or lost."""

    def __init__(self, client, options):
        self.client, self.options = client, options
        self.session = uuid.uuid4().hex
        self.news = queue.Queue()
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        """In a thread of its own: a frozen scheduler holds up nothing else."""
        while self.client.status != "closed":
            try:
                info = self.client.scheduler_info()["workers"]
                if self.client.status == "running":
                    self.news.put(("workers", {address: (row["nthreads"], row["last_seen"])
                                               for address, row in info.items()}))
            except Exception:  # it is away: the driver notices that nothing comes
                pass
            time.sleep(1)

    def check(self, address, version, token):
        return self.submit("checked", uuid.uuid4().hex, address, zonerank_worker.check_worker,
                           self.options.zonerank, self.options.plan, version, token)

    def do(self, key, address, slots, ids):
        return self.submit("landed", key, address, zonerank_worker.run_units, self.session,
                           [self.options.zonerank, "unit", self.options.plan, *self.options.access], ids,
                           self.options.time_limit * len(ids), slots)

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


def answer_of(future):
    """Its state, and what the function returned or why it didn't."""
    if future.status == "finished":
        return "finished", future.result()
    if future.status == "error":
        return "error", f"{type(future.exception()).__name__}: {future.exception()}".splitlines()[0]
    return "lost", None
