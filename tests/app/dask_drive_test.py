# SPDX-License-Identifier: Apache-2.0
"""What the driver of `zonerank submit` decides, without a cluster: workers that answer late or never, units that
hold their slots for good, what `finish` says. And what workers answer. The clock is the test's own."""

import io
import os
import subprocess
import sys
import tempfile
import threading
import time
import types
import unittest
from pathlib import Path
from unittest import mock

import dask_cluster

dask_cluster.skip_without_dask()

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "engine" / "cluster"))
sys.dont_write_bytecode = True

import zonerank_cluster  # noqa: E402
import zonerank_drive  # noqa: E402
import zonerank_local  # noqa: E402
import zonerank_submit  # noqa: E402
import zonerank_worker  # noqa: E402

HERE = zonerank_drive.platform.python_version()


class Future:
    def __init__(self, key):
        self.key, self.released = key, False

    def release(self):
        self.released = True


class Cluster:
    """Notes what it is asked, and answers nothing by itself."""

    def __init__(self):
        self.client = types.SimpleNamespace(status="running")
        self.news = zonerank_drive.queue.Queue()
        self.met, self.checks, self.units, self.stopped = [], [], [], set()

    def ask(self, asked, address):
        asked.append((f"key-{len(self.met) + len(self.checks)}", address))
        return Future(f"zonerank-1-{asked[-1][0]}")

    def meet(self, address):
        return self.ask(self.met, address)

    def check(self, address, _version, _token):
        return self.ask(self.checks, address)

    def do(self, key, address, _slots, ids):
        self.units.append((key, address, ids))
        return Future(f"zonerank-1-{key}")

    def stop(self, addresses):
        self.stopped |= addresses


class Local:
    def __init__(self, *ids):
        self.ids = ids

    def due(self):
        return {"stage": "score", "done": 0, "all": len(self.ids), "units": [{"id": i, "cost": 1} for i in self.ids]}


class Told:
    def __init__(self):
        self.lines = []

    def line(self, text):
        self.lines.append(text)

    def progress(self, _drive):
        pass


class Driven(unittest.TestCase):
    def setUp(self):
        self.now = 1000.0
        clock = mock.patch("time.monotonic", lambda: self.now)
        clock.start()
        self.addCleanup(clock.stop)
        self.cluster, self.told = Cluster(), Told()
        options = types.SimpleNamespace(plan="a.plan", version="zonerank 1", token="t", address="tcp://s:1", bundle=1,
                                        retries=3, time_limit=10)
        self.drive = zonerank_drive.Drive(Local("score-1", "score-2"), self.cluster, options, self.told,
                                          threading.Event())

    def second(self, *addresses, threads=1, after=1):
        """The next one, in which these workers give a sign of life."""
        self.now += after
        self.drive.workers_told({address: (threads, self.now) for address in addresses})
        self.drive.is_over()
        self.drive.place()
        self.drive.look_after()

    def answer(self, asked, take, state, answer):
        key, address = asked[-1]
        take((key, address, (state, answer)))

    def pass_check(self):
        self.answer(self.cluster.met, self.drive.met, "finished", HERE)
        self.answer(self.cluster.checks, self.drive.checked, "finished", None)

    def test_a_worker_that_failed_its_check_is_asked_again_after_a_minute(self):
        self.second("a")
        self.answer(self.cluster.met, self.drive.met, "finished", HERE)
        self.answer(self.cluster.checks, self.drive.checked, "error", "TimeoutExpired: timed out after 30 seconds")
        self.second("a", after=59)
        self.assertEqual((len(self.cluster.met), self.cluster.units), (1, []))
        self.second("a")
        self.assertEqual(len(self.cluster.met), 2)
        self.pass_check()
        self.second("a")
        self.assertEqual([address for _, address, _ in self.cluster.units], ["a"])
        self.assertEqual(self.told.lines, ["worker a is not used: it gives no answer: TimeoutExpired: timed out after "
                                           "30 seconds", "worker a is used from now on"])

    def test_three_checks_without_an_answer_are_enough(self):
        for check in range(3):
            self.second("a", after=60)
            self.assertEqual(len(self.cluster.met), check + 1)
            self.answer(self.cluster.met, self.drive.met, "error", "OSError: stale")
        with self.assertRaisesRegex(zonerank_drive.Failure, "no worker can be used: a gives no answer: OSError: stale"):
            self.second("a")

    def test_a_worker_of_another_python_gets_no_code(self):
        self.second("a", "b")
        for key, address in self.cluster.met:
            self.drive.met((key, address, ("finished", HERE if address == "b" else "3.1.4")))
        self.assertEqual([address for _, address in self.cluster.checks], ["b"])
        self.assertEqual(self.told.lines, [f"worker a is not used: it has Python 3.1.4, and this is {HERE}: the first "
                                           f"two numbers have to be the same (--python)"])

    def test_a_slot_whose_unit_does_not_end_is_not_free(self):
        self.second("a", threads=2)
        self.pass_check()
        self.second("a", threads=2)
        self.assertEqual(len(self.cluster.units), 2)
        self.drive.landed((*self.cluster.units[1][:2], ("finished", None)))
        hangs = self.cluster.units[0][0]
        self.second("a", threads=2, after=41)  # its limit and half a minute
        self.assertEqual(self.told.lines, ["score-1 failed on a, and is tried again: no answer within its time limit"])
        self.second("a", threads=2)
        self.second("a", threads=2)
        self.assertEqual([ids for _, _, ids in self.cluster.units[2:]], [["score-1"]])  # on the other slot
        self.second("a", threads=2, after=41)
        with self.assertRaisesRegex(zonerank_drive.Failure, "no worker is free: units on a don't end"):
            self.second("a", threads=2, after=61)
        self.drive.landed((hangs, "a", ("finished", "too late")))
        self.second("a", threads=2)
        self.assertEqual(len(self.cluster.units), 4)

    def test_a_unit_of_a_silent_worker_holds_its_slot_until_it_ends(self):
        self.second("a")
        self.pass_check()
        self.second("a")
        self.now += 20
        self.drive.look_after()
        self.assertEqual(self.told.lines, ["worker a is silent; score-1 runs elsewhere"])
        self.second("a")
        self.assertEqual(len(self.cluster.units), 1)
        self.drive.landed((*self.cluster.units[0][:2], ("finished", None)))
        self.second("a")
        self.assertEqual(len(self.cluster.units), 2)

    def test_what_is_taken_back_is_stopped_with_the_rest(self):
        self.second("a")
        self.pass_check()
        self.second("a")
        self.now += 20
        self.drive.look_after()
        self.drive.stop()
        self.assertEqual(self.cluster.stopped, {"a"})


class Holds(unittest.TestCase):
    def setUp(self):
        self.plan = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="zonerank-hold-"))) / "a.plan"
        self.plan.mkdir()
        (self.plan / "plan.json").write_text("{}")

    def test_a_plan_has_one_driver(self):
        with zonerank_local.Hold(self.plan) as hold:
            with self.assertRaisesRegex(zonerank_local.Failure, "a.plan: another zonerank submit is at work on it"):
                zonerank_local.Hold(self.plan)
            hold.leave("submit 1")
            self.assertEqual(zonerank_worker.token_in(self.plan), "submit 1")
        with zonerank_local.Hold(self.plan):
            pass
        self.assertEqual((self.plan / "plan.json").read_text(), "{}")
        self.assertEqual(sorted(file.name for file in self.plan.iterdir()), [".zonerank-lock", "plan.json"])

    def test_one_that_is_replaced_while_it_is_opened_is_not_held(self):
        opened = zonerank_local.Hold.opened

        def replaced(hold):
            file = opened(hold)
            if not (self.plan / "new.json").exists():
                (self.plan / "new.json").write_text("{}")
                os.link(self.plan / "new.json", self.plan / "newer.json")
                (self.plan / "newer.json").replace(self.plan / "plan.json")
            return file
        with mock.patch.object(zonerank_local.Hold, "opened", replaced), zonerank_local.Hold(self.plan) as hold:
            self.assertTrue(os.path.samestat(os.fstat(hold.file.fileno()), os.stat(self.plan / "new.json")))

    def test_a_worker_without_the_token_sees_another_folder(self):
        program = self.plan.parent / "zonerank"
        program.write_text("#!/bin/sh\necho zonerank 1\n")
        program.chmod(0o755)
        (self.plan / "units").mkdir()
        checked = [str(program), str(self.plan), "zonerank 1"]
        self.assertIn("has another", zonerank_worker.check_worker(*checked, "submit 1"))
        (self.plan / ".zonerank-lock").write_text("submit 2\n")
        self.assertIn("has another", zonerank_worker.check_worker(*checked, "submit 1"))
        self.assertIsNone(zonerank_worker.check_worker(*checked, "submit 2"))

    def finish(self, script):
        """The lines that are told, of a `finish` that is this script."""
        program = self.plan.parent / "finish"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        told, begun = [], time.monotonic()
        local = zonerank_local.Local(str(program), str(self.plan), threading.Event())
        try:
            local.finish([], lambda line: told.append((line, round(time.monotonic() - begun, 1))), subprocess.DEVNULL)
        except zonerank_local.Failure as failure:
            told.append(str(failure))
        return told

    def test_what_finish_says_is_told_as_it_comes(self):
        (one, at), (two, _), (three, _) = self.finish("echo scoring 1 % >&2; sleep 2; echo careful >&2; printf end >&2")
        self.assertEqual((one, two, three), ("scoring 1 %", "careful", "end"))
        self.assertLess(at, 1.9)

    def test_the_last_line_of_a_failure_is_in_it(self):
        told = self.finish("echo careful >&2; echo the disk is full >&2; exit 1")
        self.assertEqual(([line for line, _ in told[:-1]], told[-1]),
                         (["careful"], "the disk is full; the same command continues"))
        self.assertEqual(self.finish("kill -9 $$"), ["it was ended by SIGKILL; the same command continues"])


class Answers(unittest.TestCase):
    def test_a_share_of_the_cores(self):
        for slots, quota, expected in [(1, None, 8), (2, None, 4), (16, None, 1), (1, "250000 100000", 2),
                                       (2, "50000 100000", 1), (1, "max 100000", 8), (1, "1600000 100000", 8)]:
            def opened(*_, **__):
                if quota is None:
                    raise FileNotFoundError
                return io.StringIO(quota)
            with mock.patch("os.sched_getaffinity", lambda _: set(range(8))), mock.patch("builtins.open", opened):
                self.assertEqual(zonerank_worker.threads_here(slots), expected, (slots, quota))

    def test_all_workers_are_asked_for_where_dask_would_tell_of_some(self):
        asked = []

        def sync(function, **words):
            asked.append(words)
            client.status = "closed"
            return {"workers": {"a": {"nthreads": 1, "last_seen": 5.0}}}
        client = types.SimpleNamespace(status="running", sync=sync, scheduler=types.SimpleNamespace(identity=None))
        with mock.patch.object(zonerank_cluster, "ALL_WORKERS", {"n_workers": -1}):
            zonerank_cluster.Cluster(client, None)
            for _ in range(100):
                time.sleep(0 if asked else 0.01)
        self.assertEqual(asked, [{"n_workers": -1}])

    def test_a_scheduler_of_another_python_is_named(self):
        client = types.SimpleNamespace(sync=lambda _: {"host": {"python": "3.1.4.final.0"}},
                                       scheduler=types.SimpleNamespace(versions=None))
        with self.assertRaisesRegex(zonerank_local.Failure, "scheduler at tcp://s:1 has Python 3.1.4.final.0, and"):
            zonerank_submit.check_scheduler(client, "tcp://s:1")
        client.sync = lambda _: {"host": {"python": HERE + ".final.0"}}
        zonerank_submit.check_scheduler(client, "tcp://s:1")

    def test_nobody_has_to_read_what_is_told(self):
        class Gone:
            def isatty(self):
                return True

            def write(self, _):
                raise OSError("the terminal is gone")
            flush = write
        with mock.patch("sys.stderr", Gone()):
            zonerank_submit.Teller(False).line("words")


if __name__ == "__main__":
    unittest.main()
