# SPDX-License-Identifier: Apache-2.0
"""zonerank submit PLAN: the plan's units on a Dask cluster, then its results. `zonerank submit` starts
this with all options."""

import argparse
import json
import logging
import os
import signal
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
from zonerank_cluster import Cluster
from zonerank_drive import Drive
from zonerank_local import Failure, Local, Stopped

OK, USERS_ERROR, INTERRUPTED = 0, 1, 130
TO_CONNECT = 10  # seconds for the scheduler to answer


def duration(seconds):
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"


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
        print(f"\r\x1b[K{text}" if self.terminal else text, end="" if self.terminal else "\n", file=sys.stderr,
              flush=True)

    def line(self, text):
        self.clear()
        print(shown(text), file=sys.stderr, flush=True)

    def clear(self):
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
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
    parser.add_argument("--access", action="append", default=[])  # options of unit and finish
    parser.add_argument("--finish", action="append", default=[])  # options of finish alone
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


def do_units(options, local, cluster, tell, stopped):
    """All that are due. Returns the Drive, for its figures."""
    options.version = local.version()
    options.token = f".submit.tmp-{os.getpid()}-{cluster.session[:8]}"
    token = Path(options.plan) / "units" / options.token
    drive = Drive(local, cluster, options, tell, stopped)
    try:
        token.parent.mkdir(exist_ok=True)
        token.touch()
        drive.run()
        return drive
    except (Failure, Stopped) as end:
        drive.stop()
        raise type(end)("; ".join(text for text in (str(end), kept(drive)) if text)) from end
    finally:
        tell.clear()
        token.unlink(missing_ok=True)


def kept(drive):
    return f"{drive.done} of {drive.all} units are kept: the same command continues" if drive.all else ""


def set_when_asked_to_stop():
    """An event that Ctrl-C sets, and a request to end."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def submit(options, tell):
    """The object that --json prints."""
    begun = time.monotonic()
    options.address = address_of(options)
    client = connect(options.address)
    stopped = set_when_asked_to_stop()
    local = Local(options.local, options.plan, stopped)
    drive = do_units(options, local, Cluster(client, options), tell, stopped)
    said = local.finish([*options.access, *options.finish])
    if not options.json:
        print(said, end="")
    return {"ok": True, "plan": options.plan, "units": drive.all, "runs": drive.runs, "retried": drive.retried,
            "seconds": round(time.monotonic() - begun, 3)}


def failed(text, options, code):
    print(shown(text), file=sys.stderr)
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
