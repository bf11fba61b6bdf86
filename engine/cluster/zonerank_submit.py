# SPDX-License-Identifier: Apache-2.0
"""zonerank submit PLAN: the plan's units on a Dask cluster, then its results. `zonerank submit` starts
this with all options."""

import argparse
import contextlib
import json
import logging
import os
import platform
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

try:
    import cloudpickle
    from distributed import Client
except ImportError as missing:
    sys.exit(f"submit needs Dask.distributed (Debian's package python3-distributed): {missing}")
except KeyboardInterrupt:  # it takes a second
    sys.exit(130)

import zonerank_worker
from zonerank_cluster import Cluster, same_python
from zonerank_drive import Drive
from zonerank_local import Failure, Hold, Local, Stopped

OK, USERS_ERROR, INTERRUPTED = 0, 1, 130
TO_CONNECT = 10  # seconds for the scheduler to answer


def duration(seconds):
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"


def say(text, end="\n"):
    """On stderr. Nobody may be there to read it any more: the work goes on."""
    with contextlib.suppress(OSError):
        print(text, end=end, file=sys.stderr, flush=True)


class Teller:
    """On stderr: progress, unless `quiet`, as one line that renews itself on a terminal and a line every ten
    seconds elsewhere; and what went wrong on the way."""

    def __init__(self, quiet):
        self.quiet, self.terminal = quiet, sys.stderr.isatty()
        self.pause = 0.2 if self.terminal else 10
        self.last = time.monotonic() - self.pause + 1
        self.shown = False

    def progress(self, drive):
        now = time.monotonic()
        if self.quiet or not drive.stage or now - self.last < self.pause:
            return
        self.last, self.shown = now, self.terminal
        text = progress_text(drive, now)
        say(f"\r\x1b[K{text}" if self.terminal else text, "" if self.terminal else "\n")

    def line(self, text):
        self.clear()
        say(shown(text))

    def clear(self):
        if self.shown:
            say("\r\x1b[K", "")
        self.shown = False


def shown(text):
    """Without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def progress_text(drive, now):
    at_work = sum(len(flight.units) for flight in drive.flights.values())
    text = (f"{drive.stage}: {drive.done} of {drive.all} units done, {at_work} at work, "
            f"{len(drive.ready_workers())} workers")
    units = drive.waiting + [unit for flight in drive.flights.values() for unit in flight.units]
    if drive.cost_done > 0:
        left = sum(unit.cost for unit in units) * (now - drive.stage_since) / drive.cost_done
        text += f", {duration(left)} left of this stage"
    return text


def options_of(words):
    parser = argparse.ArgumentParser(prog="zonerank submit", allow_abbrev=False)
    parser.add_argument("plan")
    parser.add_argument("--scheduler")
    parser.add_argument("--scheduler-file")
    parser.add_argument("--retries", type=int, default=3)
    parser.add_argument("--time-limit", type=float, default=600)  # seconds for a unit
    parser.add_argument("--bundle", type=int, default=1)
    parser.add_argument("--zonerank", default="zonerank")  # on the workers
    parser.add_argument("--local", default="zonerank")  # on this machine
    parser.add_argument("--threads", type=int)  # of a unit; default: its share of the worker's machine
    parser.add_argument("--access", action="append", default=[])  # options of unit and finish
    parser.add_argument("--finish", action="append", default=[])  # options of finish alone
    parser.add_argument("--unit", action="append", default=[])  # options of unit alone
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    return parser.parse_args(words)


def address_of(options):
    if options.scheduler:
        return options.scheduler
    end = time.monotonic() + TO_CONNECT
    while True:  # a scheduler that has just been started may still be writing it
        try:
            return json.loads(Path(options.scheduler_file).read_text(encoding="utf-8"))["address"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            if time.monotonic() > end:
                why = error.strerror if isinstance(error, OSError) else "holds no address of a scheduler"
                raise Failure(f"{options.scheduler_file}: {why}") from error
            time.sleep(0.1)


def connect(address):
    try:
        return Client(address, timeout=TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if isinstance(error, ValueError) else f"no answer within {TO_CONNECT} s"
        raise Failure(f"the scheduler at {address} can't be reached: {reason}") from error


def check_scheduler(client, address):
    """What is sent to workers may be read by the scheduler, too."""
    theirs, ours = client.sync(client.scheduler.versions)["host"]["python"], platform.python_version()
    if not same_python(theirs, ours):
        raise Failure(f"the scheduler at {address} has Python {theirs}, and this is {ours}: the first two numbers have "
                      f"to be the same (--python)")


def do_units(options, hold, local, cluster, tell, stopped):
    """All that are due. Returns the Drive, for its figures."""
    options.version = local.version()
    options.token = f"submit {cluster.session}"
    drive = Drive(local, cluster, options, tell, stopped)
    try:
        (Path(options.plan) / "units").mkdir(exist_ok=True)
        hold.leave(options.token)
        drive.run()
        return drive
    except (Failure, Stopped) as end:
        raise type(end)("; ".join(text for text in (str(end), kept(drive)) if text)) from end
    finally:  # whatever ended it: what is still at work would hold the plan
        drive.stop()
        tell.clear()


def kept(drive):
    return f"{drive.done} of {drive.all} units are kept: the same command continues" if drive.all else ""


def set_when_asked_to_stop():
    """An event that Ctrl-C sets, a request to end, and the end of the terminal, unless nohup was before it."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: stopped.set())
    return stopped


def finish(options, local, tell):
    quiet = ["--quiet"] if tell.quiet else []
    local.finish([*options.access, *options.finish, *quiet], tell.line, subprocess.DEVNULL if options.json else None)


def submit(options, tell):
    """The object that --json prints."""
    begun = time.monotonic()
    with Hold(options.plan) as hold:
        options.address = address_of(options)
        client = connect(options.address)
        check_scheduler(client, options.address)
        stopped = set_when_asked_to_stop()
        local = Local(options.local, options.plan, stopped)
        drive = do_units(options, hold, local, Cluster(client, options), tell, stopped)
        finish(options, local, tell)
    return {"ok": True, "plan": options.plan, "units": drive.all, "runs": drive.runs, "retried": drive.retried,
            "seconds": round(time.monotonic() - begun, 3)}


def failed(text, options, code):
    say(shown(text))
    if options.json:
        print(json.dumps({"ok": False, "errors": [{"file": None, "line": None, "column": None, "text": text}]}))
    return code


def main(words):
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what there is to tell, we tell
    cloudpickle.register_pickle_by_value(zonerank_worker)
    options = options_of(words)
    try:
        done = submit(options, Teller(options.quiet or (options.json and not sys.stderr.isatty())))
    except Failure as failure:
        return failed(str(failure), options, USERS_ERROR)
    except Stopped as stop:
        return failed(f"stopped; {str(stop) or 'the same command continues'}", options, INTERRUPTED)
    except KeyboardInterrupt:  # nothing had begun
        return failed("stopped", options, INTERRUPTED)
    except OSError as error:
        return failed(f"{error.filename or options.plan}: {error.strerror or error}", options, USERS_ERROR)
    if options.json:
        print(json.dumps(done))
    return OK


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # threads of Dask may still wait for a scheduler that is gone
