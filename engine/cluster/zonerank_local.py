# SPDX-License-Identifier: Apache-2.0
"""zonerank on the driver's own machine."""

import json
import subprocess

import zonerank_worker


class Failure(Exception):
    """What ends the work, as a line for the user."""


class Stopped(Exception):
    """The user wants no more."""


class Local:
    """The plan's commands. Each raises Failure with the last line that zonerank said, and Stopped, having
    ended it, when the event `stopped` is set."""

    def __init__(self, program, plan, stopped):
        self.program, self.plan, self.stopped = program, plan, stopped

    def version(self):
        return self.output("--version").strip()

    def due(self):
        return json.loads(self.output("due", self.plan, "--json"))

    def finish(self, options):
        return self.output("finish", self.plan, *options)

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
