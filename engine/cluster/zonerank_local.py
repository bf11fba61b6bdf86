# SPDX-License-Identifier: Apache-2.0
"""zonerank on the driver's own machine."""

import fcntl
import json
import os
import select
import subprocess
import time
from pathlib import Path

import zonerank_worker


class Failure(Exception):
    """What ends the work, as a line for the user."""


class Stopped(Exception):
    """The user wants no more."""


class Hold:
    """A plan, held by one driver at a time, who leaves a `token` for the workers, which show by it that they see
    the very same folder. Nothing of that stays, whatever ends the driver: the hold is a lock on plan.json, and the
    token stands in a file that is there in any case. Where a file system knows no locks, nothing is held."""

    def __init__(self, plan):
        self.plan = Path(plan)
        self.file = self.locked()

    def locked(self):
        while True:
            file = self.opened()
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as taken:
                file.close()
                raise Failure(f"{self.plan}: another zonerank submit is at work on it") from taken
            except OSError:
                return file
            if os.path.samestat(os.fstat(file.fileno()), os.stat(file.name)):  # it was not replaced meanwhile
                return file
            file.close()

    def opened(self):
        """To be written, as NFS wants it of who locks, though nothing is."""
        path = self.plan / "plan.json"
        try:
            return open(path, "r+b")  # pylint: disable=consider-using-with
        except PermissionError:
            return open(path, "rb")  # pylint: disable=consider-using-with

    def leave(self, token):
        (self.plan / ".zonerank-lock").write_text(f"{token}\n", encoding="utf-8")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """On NFS the file that is held keeps the plan's folder, from which `finish` has taken all."""
        self.file.close()
        try:
            self.plan.rmdir()
        except OSError:  # it holds something, or is gone
            pass


class Local:
    """The plan's commands. Each raises Failure with the last line that zonerank said, and Stopped, having
    ended it, when the event `stopped` is set."""

    def __init__(self, program, plan, stopped):
        self.program, self.plan, self.stopped = program, plan, stopped

    def version(self):
        return self.output("--version").strip()

    def due(self):
        return json.loads(self.output("due", self.plan, "--json"))

    def finish(self, options, tell, out):
        """Puts the results together, with stdout `out`. Each line that it says meanwhile goes to `tell`; the last of
        a failure is in that."""
        with subprocess.Popen([self.program, "finish", self.plan, *options], stdin=subprocess.DEVNULL, stdout=out,
                              stderr=subprocess.PIPE) as process:
            untold, last = self.follow(process, tell)
        if self.stopped.is_set() and process.returncode:
            raise Stopped
        if process.returncode:
            raise Failure(f"{zonerank_worker.said_of_end(process.returncode, last)}; the same command continues")
        if untold:
            tell(untold.decode(errors="replace"))

    def follow(self, process, tell):
        """Tells its errors line by line. What may be its last word waits half a second for more: returned are what
        is not told yet and the last line, told or not."""
        begun, last, untold, heard = b"", b"", b"", time.monotonic()
        while True:
            ready = select.select([process.stderr], [], [], 0.05)[0]
            data = os.read(process.stderr.fileno(), 65536) if ready else b""
            *lines, begun = (begun + data).split(b"\n")
            if ready and not data and begun:
                lines.append(begun)
            for line in lines:
                if untold:
                    tell(untold.decode(errors="replace"))
                last = untold = line
            heard = time.monotonic() if data else heard
            if ready and not data:
                return untold, last
            if untold and time.monotonic() - heard > 0.5:
                tell(untold.decode(errors="replace"))
                untold = b""
            if self.stopped.is_set():
                process.terminate()

    def output(self, *words):
        with subprocess.Popen([self.program, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            said, errors = self.communicate(process)
        if self.stopped.is_set():
            raise Stopped
        if process.returncode:
            raise Failure(zonerank_worker.said_of_end(process.returncode, errors))
        return said.decode()

    def communicate(self, process):
        while True:
            try:
                return process.communicate(timeout=0.05)
            except subprocess.TimeoutExpired:
                if self.stopped.is_set():
                    process.terminate()
