# SPDX-License-Identifier: Apache-2.0
"""All units of a plan, done by the workers of a cluster. The driver decides what runs where: a worker gets
as many units as it has threads, and what it held runs elsewhere when it is gone, silent or late. What
units find stays on the shared disk; one that runs twice does no harm."""

import platform
import queue
import time
from dataclasses import dataclass, field

from zonerank_cluster import Worker, same_python
from zonerank_local import Failure, Stopped

GRACE = 30  # seconds beyond its time limit that a unit's answer may take
PATIENCE = 60  # seconds for a marker to be seen here, the scheduler to answer, a worker to come
LONGEST_PAUSE = 30  # seconds between two attempts
ASK_AGAIN = 60  # seconds after which a worker that can't be used is checked once more
CHECKS = 3  # without an answer that say that there will be none
GIVES_UP = 5  # units that failed for good: the others are not tried any more
ROUNDS = "regions"  # the stage whose units become due again


@dataclass(eq=False)
class Unit:
    id: str
    cost: float
    failures: int = 0
    ready: float = 0  # when it may run again
    avoid: set = field(default_factory=set)  # the workers where it failed


@dataclass
class Flight:
    """Units at work on a worker, in one process."""
    units: list
    worker: str
    since: float
    stage: str
    future: object


class Drive:
    """`tell` shows progress and lines; the event `stopped` ends run() with Stopped."""

    def __init__(self, local, cluster, options, tell, stopped):
        self.local, self.cluster, self.options, self.tell, self.stopped = local, cluster, options, tell, stopped
        self.workers, self.flights, self.waiting = {}, {}, []
        self.overdue = {}  # flights that run elsewhere by now, while they may still hold a slot of their worker
        self.done_on = {}  # units of this stage: where each was done
        self.failed = {}  # units that failed for good: why
        self.stage, self.done, self.all = "", 0, 0
        self.stage_since, self.cost_done = time.monotonic(), 0.0
        self.runs = self.retried = 0
        self.next_ask = 0
        self.heard = self.had_worker = self.landed_at = time.monotonic()

    def run(self):
        """Returns when nothing is due any more. Raises Failure or Stopped."""
        while not self.is_over():
            self.place()
            self.hear()
            self.look_after()
            self.tell.progress(self)

    # What there is to do

    def is_over(self):
        """Asks what is due when nothing waits; of rounds also while some are at work."""
        now = time.monotonic()
        if self.waiting or now < self.next_ask or (self.flights and self.stage != ROUNDS):
            return False
        if self.failed and not self.flights:
            raise self.failure()
        told = self.local.due()
        self.take_up(told)
        took = time.monotonic() - now
        self.next_ask = now + (6 * took if self.waiting else 1)
        return not told["units"] and not self.flights

    def take_up(self, told):
        stage = told["stage"] or ""
        if stage != self.stage:
            self.stage_since, self.cost_done, self.done_on = time.monotonic(), 0.0, {}
        self.stage, self.done, self.all = stage, told["done"], told["all"]
        at_work = {unit.id for flight in self.flights.values() for unit in flight.units}
        new = [Unit(row["id"], row["cost"]) for row in told["units"]
               if row["id"] not in at_work and row["id"] not in self.failed]
        if self.stage != ROUNDS:
            new = self.unmarked(new)
        self.waiting = sorted(new, key=lambda unit: -unit.cost)

    def unmarked(self, units):
        """Without those just done: a marker may take a while to be seen on this machine."""
        late = [unit.id for unit in units if unit.id in self.done_on]
        if late and time.monotonic() - self.landed_at > PATIENCE:
            raise Failure(f"{late[0]} was done on {self.done_on[late[0]]}, but its marker isn't seen in "
                          f"{self.options.plan} after {PATIENCE} s: do both machines see one shared folder?")
        return [unit for unit in units if unit.id not in self.done_on]

    def failure(self):
        name, why = next(iter(self.failed.items()))
        more = f", and {len(self.failed) - 1} more" if len(self.failed) > 1 else ""
        return Failure(f"{name} failed {self.options.retries + 1} times{more}: {why}")

    # Who does it

    def ready_workers(self):
        return {address for address, worker in self.workers.items() if worker.is_ready()}

    def usable_workers(self):
        """Those ready of which not all slots are held by units that don't end."""
        held = [flight.worker for flight in self.overdue.values()]
        return {address for address in self.ready_workers() if held.count(address) < self.workers[address].slots}

    def free_slots(self, ready):
        busy = [flight.worker for flight in [*self.flights.values(), *self.overdue.values()]]
        return [address for address in sorted(ready)
                for _ in range(self.workers[address].slots - busy.count(address))]

    def place(self):
        ready = self.usable_workers()
        for address in self.free_slots(ready) if self.waiting else []:
            units = self.next_for(address, ready)
            if units:
                self.start(address, units)

    def next_for(self, address, ready):
        """The next units for a worker: several together, but alone what has failed before, and elsewhere."""
        now = time.monotonic()
        taken = []
        for unit in self.waiting:
            if unit.ready > now or (address in unit.avoid and not ready <= unit.avoid) or (taken and unit.failures):
                continue
            taken.append(unit)
            if unit.failures or len(taken) == self.options.bundle:
                break
        self.waiting = [unit for unit in self.waiting if unit not in taken]
        return taken

    def start(self, address, units):
        self.runs += 1
        key = f"{units[0].id}-{self.runs}"
        future = self.cluster.do(key, address, self.workers[address].slots, [unit.id for unit in units])
        self.flights[key] = Flight(units, address, time.monotonic(), self.stage, future)

    # What comes of it

    def hear(self):
        """Waits a little for news, and takes all that there are."""
        take = {"workers": self.workers_told, "met": self.met, "checked": self.checked, "landed": self.landed}
        try:
            word, value = self.cluster.news.get(timeout=0.1)
            while True:
                take[word](value)
                word, value = self.cluster.news.get_nowait()
        except queue.Empty:
            pass
        if self.stopped.is_set():
            raise Stopped

    def landed(self, value):
        key, address, (state, answer) = value
        if key in self.overdue:
            self.overdue.pop(key).future.release()
        if key not in self.flights:
            return  # it was taken back
        flight = self.take_off(key)
        if state == "lost":
            self.waiting = flight.units + self.waiting
        elif answer is not None:
            self.failed_on(address, flight.units, answer)
        else:
            self.count(flight)

    def take_off(self, key):
        flight = self.flights.pop(key)
        flight.future.release()
        return flight

    def count(self, flight):
        self.landed_at = time.monotonic()
        if flight.stage != self.stage:
            return  # what is due has been asked since it was done
        self.cost_done += sum(unit.cost for unit in flight.units)
        self.done_on.update((unit.id, flight.worker) for unit in flight.units)
        if self.stage != ROUNDS:
            self.done += len(flight.units)

    def failed_on(self, address, units, why):
        for unit in units:
            unit.failures += 1
            unit.avoid.add(address)
            unit.ready = time.monotonic() + min(2 ** (unit.failures - 1), LONGEST_PAUSE)
        tried = [unit for unit in units if unit.failures <= self.options.retries]
        self.waiting += tried
        self.retried += len(tried)
        self.failed.update((unit.id, why) for unit in units if unit not in tried)
        again = ", and is tried again" if tried else ""
        self.tell.line(f"{units[0].id} failed on {address}{again}: {why}")
        if len(self.failed) >= GIVES_UP:
            raise self.failure()

    # Whom it can be left to

    def workers_told(self, told):
        """New workers are checked; what those had that are gone runs elsewhere."""
        self.heard = time.monotonic()
        self.workers = {address: self.workers.get(address) or Worker(threads)
                        for address, (threads, _) in told.items()}
        for address, worker in self.workers.items():
            if told[address][1] != worker.beat:
                worker.beat, worker.seen = told[address][1], self.heard
            if not worker.good and not worker.check and self.heard >= worker.again:
                worker.check = self.cluster.meet(address)
        self.take_back(lambda flight: flight.worker not in self.workers, "is gone")
        for key, flight in list(self.overdue.items()):
            if flight.worker not in self.workers:
                self.overdue.pop(key).future.release()

    def met(self, value):
        """Its Python is told. The check itself is sent as code, which another version may not even survive."""
        key, address, (state, answer) = value
        here = platform.python_version()
        if state != "finished":
            self.checked(value)
        elif not same_python(answer, here):
            self.checked((key, address, (state, f"has Python {answer}, and this is {here}: the first two numbers have "
                                                f"to be the same (--python)")))
        elif worker := self.workers.get(address):
            worker.check.release()
            worker.check = self.cluster.check(address, self.options.version, self.options.token)

    def checked(self, value):
        key, address, (state, answer) = value
        worker = self.workers.get(address)
        if not worker or not worker.check or not worker.check.key.endswith(key):
            return  # that was another of the same address
        worker.check.release()
        worker.check, worker.again = None, time.monotonic() + (1 if state == "lost" else ASK_AGAIN)
        if state == "lost":
            return
        worker.asked += 1
        worker.is_final = state == "finished" or worker.asked >= CHECKS
        self.judge(address, worker, f"gives no answer: {answer}" if state == "error" else answer)

    def judge(self, address, worker, complaint):
        if complaint and complaint != worker.complaint:
            self.tell.line(f"worker {address} is not used: it {complaint}")
        elif not complaint and worker.complaint:
            self.tell.line(f"worker {address} is used from now on")
        worker.good, worker.complaint = not complaint, complaint or ""

    def take_back(self, condition, why):
        for key, flight in list(self.flights.items()):
            if condition(flight):
                self.overdue[key] = self.flights.pop(key)
                self.waiting = flight.units + self.waiting
                self.tell.line(f"worker {flight.worker} {why}; {flight.units[0].id} runs elsewhere")

    def look_after(self):
        now = time.monotonic()
        if now - self.heard > PATIENCE or self.cluster.client.status == "closed":
            raise Failure(f"the scheduler at {self.options.address} is gone")
        ready = self.ready_workers()
        self.take_back(lambda flight: flight.worker not in ready, "is silent")
        for key, flight in list(self.flights.items()):
            if now - flight.since > self.options.time_limit * len(flight.units) + GRACE:
                self.overdue[key] = self.flights.pop(key)
                self.failed_on(flight.worker, flight.units, "no answer within its time limit")
        self.look_for_workers(ready, now)

    def look_for_workers(self, ready, now):
        workers = self.workers.values()
        if self.usable_workers() or any(worker.complaint and not worker.is_final for worker in workers):
            self.had_worker = now
        elif workers and all(worker.complaint for worker in workers):
            address, worker = next(iter(self.workers.items()))
            raise Failure(f"no worker can be used: {address} {worker.complaint}")
        elif now - self.had_worker > PATIENCE and ready:
            raise Failure(f"no worker is free: units on {sorted(ready)[0]} don't end beyond their time limit")
        elif now - self.had_worker > PATIENCE:
            raise Failure(f"no worker of the scheduler at {self.options.address} has answered for {PATIENCE} s")

    def stop(self):
        """What is at work ends, on the workers, too."""
        flights = [*self.flights.values(), *self.overdue.values()]
        if flights:
            self.cluster.stop({flight.worker for flight in flights})
        for flight in flights:
            flight.future.release()
        self.flights, self.overdue = {}, {}
