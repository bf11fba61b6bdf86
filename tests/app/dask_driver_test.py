# SPDX-License-Identifier: Apache-2.0
"""The driver of `zonerank submit` on a real Dask scheduler and real workers on the loopback, over units that
sleep: the same bytes with any workers and whatever happens to them; stopped, lost and failed work continues with
the same command."""

import re
import select
import signal
import socket
import subprocess
import threading
import time
import unittest

import dask_cluster
from dask_cluster import DaskCluster, most_seconds, wait_for

dask_cluster.skip_without_dask()

from dask_fake import FAKE, Plan, Submission, Test  # noqa: E402  (skipped before)


class Wire:
    """A TCP connection's way to the scheduler that can be cut: nothing passes any more, and nobody is told."""

    def __init__(self, address):
        self.target = (address.rsplit("/", 1)[1].split(":")[0], int(address.rsplit(":", 1)[1]))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.is_cut = threading.Event()
        self.address = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            one, _ = self.listener.accept()
            threading.Thread(target=self.carry, args=(one, socket.create_connection(self.target)), daemon=True).start()

    def carry(self, one, other):
        while True:
            for ready in select.select([one, other], [], [], 0.1)[0]:
                if self.is_cut.is_set():
                    time.sleep(0.1)
                    continue
                data = ready.recv(65536)
                if not data:
                    one.close()
                    other.close()
                    return
                (other if ready is one else one).sendall(data)


class Units(Test):
    def test_three_workers_leave_the_same_bytes_and_do_nothing_twice(self):
        plan = self.plan()
        told, _ = Submission(plan, self.cluster()).ends()
        self.assertEqual(plan.result(), self.expected)
        self.assertEqual((plan.begun(), plan.done()), (plan.runs(), plan.runs()))
        self.assertEqual((told["ok"], told["units"], told["runs"], told["retried"]), (True, 16, plan.runs(), 0))
        self.assertEqual(plan.files(), [".zonerank-lock", "log", "units"])

    def test_units_are_told_their_threads_and_memory(self):
        plan = self.plan(0.01, [["score", 3, 1]])
        words = ["--threads=3", "--unit=--memory=2GiB", "--access=--allow-network"]
        Submission(plan, self.cluster(1), *words).ends()
        told = {line for line in plan.log() if line.startswith("with")}
        self.assertEqual(told, {"with --allow-network --memory=2GiB --threads 3"})

    def test_several_units_share_a_process(self):
        plan = self.plan(0.02)
        told, _ = Submission(plan, self.cluster(2), "--bundle", "4").ends()
        self.assertEqual(plan.result(), self.expected)
        self.assertLess(told["runs"], 10)

    def test_a_unit_that_fails_is_tried_again_elsewhere(self):
        trouble = {"facts-0001": ["crash", 1], "facts-0002": ["hang", 1], "score-0002": ["fail", 2]}
        plan = self.plan(trouble=trouble)
        told, errors = Submission(plan, self.cluster(), "--time-limit", "4").ends()
        self.assertEqual(plan.result(), self.expected)
        self.assertEqual((told["retried"], plan.begun()), (4, plan.runs() + 4))
        for words in ["ended by SIGKILL", "time limit of 4 s", "score-0002: the disk is full"]:
            self.assertIn(words, errors)
        failed_on = re.findall(r"score-0002 failed on (\S+),", errors)
        self.assertEqual(len(set(failed_on)), 2, errors)

    def test_a_unit_that_always_fails_ends_it_with_its_own_words_when_the_others_are_done(self):
        plan = self.plan(trouble={"facts-0003": ["fail", 99]})
        told, _ = Submission(plan, self.cluster(2), "--retries", "1").ends(1)
        self.assertEqual([error["text"] for error in told["errors"]],
                         ["facts-0003 failed 2 times: facts-0003: the disk is full; 6 of 16 units are kept: the same "
                          "command continues"])
        plan.write(seconds=0.1)
        Submission(plan, DaskCluster(self.folder / self.id().rsplit(".", 1)[1])).ends()
        self.assertEqual(plan.result(), self.expected)
        self.assertEqual(plan.done(), plan.runs())


class Workers(Test):
    def at_work(self, plan, cluster):
        """A submission whose workers are all busy."""
        submission = Submission(plan, cluster)
        wait_for(lambda: len(plan.processes()) == len(cluster.workers))
        return submission

    def check_survived(self, plan, submission):
        submission.ends()
        self.assertEqual(plan.result(), self.expected)

    def test_one_is_killed(self):
        plan, cluster = self.plan(1), self.cluster()
        submission = self.at_work(plan, cluster)
        cluster.workers[0].kill()
        wait_for(lambda: len(plan.processes()) < 3)  # its unit dies with it
        self.check_survived(plan, submission)
        self.assertLessEqual(plan.begun(), plan.runs() + 1)

    def test_all_are_killed_and_others_come(self):
        plan, cluster = self.plan(0.5), self.cluster(2)
        submission = self.at_work(plan, cluster)
        for worker in cluster.workers:
            worker.kill()
        cluster.add_worker()
        self.check_survived(plan, submission)

    def test_one_is_frozen(self):
        plan, cluster = self.plan(0.5), self.cluster()
        submission = self.at_work(plan, cluster)
        cluster.workers[0].send_signal(signal.SIGSTOP)
        self.check_survived(plan, submission)

    def test_one_is_cut_off(self):
        plan, cluster = self.plan(0.5), self.cluster(2)
        wire = Wire(cluster.address)
        cluster.add_worker_at(wire.address)
        submission = self.at_work(plan, cluster)
        wire.is_cut.set()
        self.check_survived(plan, submission)

    def test_code_for_another_python_is_not_sent(self):
        plan, cluster = self.plan(), self.cluster(0)
        (cluster.folder / "sitecustomize.py").write_text("import platform as p\np.python_version = lambda: '3.1.4'\n")
        cluster.add_worker(PYTHONPATH=str(cluster.folder))
        told, _ = Submission(plan, cluster).ends(1)
        self.assertRegex(told["errors"][0]["text"], r"^no worker can be used: tcp://\S+ has Python 3.1.4, and this is 3")

    def test_one_without_the_program_or_of_another_version_is_not_used(self):
        plan, cluster = self.plan(), self.cluster(1)
        cluster.add_worker(FAKE_VERSION="zonerank 0.0.9")
        told, _ = Submission(plan, cluster).ends()
        self.assertEqual((told["ok"], plan.result()), (True, self.expected))
        cluster.workers[0].kill()
        again = Plan(self.folder, "another")
        told, _ = Submission(again, cluster).ends(1)
        self.assertRegex(told["errors"][0]["text"], r"no worker can be used: tcp://\S+ has zonerank 0.0.9, the plan "
                                                    r"is of zonerank 0.1.0")
        told, _ = Submission(again, cluster, "--zonerank", "/nowhere/zonerank").ends(1)
        self.assertRegex(told["errors"][0]["text"], "tcp://.* /nowhere/zonerank doesn't start: No such file")


class Ends(Test):
    def test_interrupted_it_stops_within_2_s_and_continues(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            plan = Plan(self.folder, f"interrupted-{number.value}", 1.5)
            folder = self.folder_for(f"cluster-{number.value}")
            with DaskCluster(folder, 3) as cluster:
                submission = Submission(plan, cluster)
                wait_for(lambda: plan.done() >= 2 and len(plan.processes()) >= 2)
                asked = time.monotonic()
                submission.process.send_signal(number)
                told, _ = submission.ends(130)
                self.assertLess(time.monotonic() - asked, most_seconds(2))
                wait_for(lambda: not plan.processes(), 1)
                self.assertRegex(told["errors"][0]["text"], r"^stopped; \d+ of 16 units are kept: the same command")
                before = plan.done()
                Submission(plan, cluster).ends()
            self.assertEqual(plan.result(), self.expected)
            self.assertEqual(plan.done(), plan.runs(), before)

    def test_under_nohup_it_outlives_its_terminal(self):
        plan, cluster = self.plan(0.3), self.cluster()
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup leaves it to who it starts
        try:
            submission = Submission(plan, cluster)
        finally:
            signal.signal(signal.SIGHUP, before)
        wait_for(lambda: plan.done() >= 2)
        submission.process.send_signal(signal.SIGHUP)
        submission.ends()
        self.assertEqual(plan.result(), self.expected)

    def test_nothing_stays_of_one_that_is_killed_and_there_is_one_at_a_time(self):
        plan, cluster = self.plan(1), self.cluster()
        first = Submission(plan, cluster)
        wait_for(lambda: len(plan.processes()) >= 2)
        told, _ = Submission(plan, cluster).ends(1)
        self.assertEqual([error["text"] for error in told["errors"]],
                         [f"{plan.path}: another zonerank submit is at work on it"])
        first.process.kill()
        first.process.communicate()
        wait_for(lambda: not plan.processes())
        self.assertEqual(plan.files(), [".zonerank-lock", "log", "units"])
        plan.write(seconds=0.1)
        Submission(plan, cluster).ends()
        self.assertEqual(plan.result(), self.expected)

    def test_what_finish_says_is_shown_and_its_failure_continues(self):
        plan = self.plan(0.01, finish="echo careful >&2; echo the disk is full >&2; exit 1")
        cluster = self.cluster(1)
        told, errors = Submission(plan, cluster).ends(1)
        self.assertEqual(told["errors"][0]["text"], "the disk is full; the same command continues")
        self.assertEqual([line for line in errors.splitlines() if "units done" not in line],
                         ["careful", "the disk is full; the same command continues"])
        plan.write(seconds=0.01, finish="echo careful >&2")
        _, errors = Submission(plan, cluster).ends()
        self.assertIn("careful\n", errors)
        self.assertEqual(plan.result(), self.expected)

    def test_the_scheduler_is_killed(self):
        plan, cluster = self.plan(0.7), self.cluster()
        submission = Submission(plan, cluster)
        wait_for(lambda: plan.done() >= 4)
        cluster.scheduler.kill()
        cluster.scheduler.wait()
        told, _ = submission.ends(1, 30)
        self.assertRegex(told["errors"][0]["text"], r"^the scheduler at tcp://\S+ is gone; \d+ of 16 units are kept: "
                                                    r"the same command continues$")
        wait_for(lambda: not plan.processes())
        done = plan.done()
        for worker in cluster.workers:
            worker.kill()
        cluster.start_scheduler()
        cluster.add_worker()
        Submission(plan, cluster).ends()
        self.assertEqual(plan.result(), self.expected)
        self.assertEqual(plan.done(), plan.runs(), done)

    def test_no_scheduler_is_told_in_a_line(self):
        plan = self.plan()
        begun = time.monotonic()
        told, _ = Submission(plan, ["--scheduler", "tcp://127.0.0.1:9"]).ends(1, 20)
        self.assertLess(time.monotonic() - begun, 15)
        self.assertEqual(told["errors"][0]["text"],
                         "the scheduler at tcp://127.0.0.1:9 can't be reached: no answer within 10 s")
        told, _ = Submission(plan, ["--scheduler-file", "/nowhere/s.json"]).ends(1)
        self.assertEqual(told["errors"][0]["text"], "/nowhere/s.json: No such file or directory")


class Cost(Test):
    def plain(self, lines=3, units=4):
        """Seconds a unit of 2 s takes when as many loops as there are workers do one after the other."""
        plan = Plan(self.folder, f"plain-{time.monotonic_ns()}", 2, [["score", lines * units, 1]])

        def loop(line):
            for number in range(units):
                subprocess.run([FAKE, "unit", plan.path, f"score-{line * units + number:04d}"], check=True)
        threads = [threading.Thread(target=loop, args=[line]) for line in range(lines)]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return (time.monotonic() - begun) / units

    def driven(self, cluster):
        plan = Plan(self.folder, f"driven-{time.monotonic_ns()}", 2, [["score", 15, 1]])
        Submission(plan, cluster).ends()
        ends = sorted(file.stat().st_mtime for file in (plan.path / "units").glob("*.json"))
        return (ends[-1] - ends[0]) / 4  # of five on each worker; of the first the end alone is known

    def test_units_of_2_s_take_less_than_5_percent_longer(self):
        cluster = self.cluster()
        tries = []
        while len(tries) < 3 and min(tries, default=5) >= 5:  # others may have the machine for a while
            plain = self.plain()
            tries.append(100 * (self.driven(cluster) / plain - 1))
            print(f"\nunits of {plain:.2f} s on 3 workers: {tries[-1]:.1f} % longer than by hand")
        self.assertLess(min(tries), 5)


if __name__ == "__main__":
    unittest.main()
