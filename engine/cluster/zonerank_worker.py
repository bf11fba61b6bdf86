# SPDX-License-Identifier: Apache-2.0
"""What runs on the workers of a Dask cluster. Sent there by value: nothing but zonerank itself has to
be installed on them, and nothing but ids and a line of text travels."""

import os
import shutil
import signal
import subprocess

from distributed import get_worker


def sessions(worker):
    """What the drivers have at work on this worker: by session, its processes and whether it was stopped."""
    return worker.__dict__.setdefault("zonerank_sessions", {})


def session_of(worker, session):
    return sessions(worker).setdefault(session, {"stopped": False, "processes": set()})


def last_line(text):
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else ""


def said_of_end(code, errors):
    """Why a process failed, in a line."""
    if code < 0:
        return f"it was ended by {signal.Signals(-code).name}"
    return last_line(errors) or f"it ended with code {code} and said nothing"


def guarded(command):
    """The command, killed when the worker's thread is no more: no process outlives a killed worker."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", *command] if setpriv else command


def cores_here():
    """Those that this process may use, whole ones: of a container, what its quota comes to."""
    cores = len(os.sched_getaffinity(0))
    try:
        with open("/sys/fs/cgroup/cpu.max", encoding="ascii") as file:
            quota, period = file.read().split()
        return cores if quota == "max" else max(1, min(cores, int(quota) // int(period)))
    except (OSError, ValueError):  # there is none
        return cores


def threads_here(slots):
    """For each of the units that a worker does at once, its share of the cores."""
    return max(1, cores_here() // slots)


def token_in(plan):
    """What the driver has left in the plan's folder: see zonerank_local.Hold."""
    try:
        with open(os.path.join(plan, ".zonerank-lock"), encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""


def check_worker(zonerank, plan, version, token):
    """What is wrong with this worker, as a text, or None: zonerank of this version has to be there, and
    the very folder in which the driver has left `token`, to write in."""
    try:
        said = subprocess.run([zonerank, "--version"], capture_output=True, timeout=30, check=False)
    except OSError as error:
        return f"{zonerank} doesn't start: {error.strerror}"
    here = last_line(said.stdout)
    if here != version:
        return f"has {here or zonerank + ' of no version'}, the plan is of {version}"
    if not os.path.exists(os.path.join(plan, "plan.json")):
        return f"sees no plan in {plan}"
    if token_in(plan) != token:
        return f"has another {plan} than this machine; both have to see one shared folder"
    units = os.path.join(plan, "units")
    return None if os.access(units, os.W_OK) else f"may not write in {units}"


def run_units(session, command, ids, limit, threads, slots):
    """Does units in one process of zonerank, for `limit` seconds at most, with so many threads, or (None) its
    share on a worker that does `slots` at once. Returns None or, where it failed, why."""
    at_work = session_of(get_worker(), session)
    command = guarded([*command, *ids, "--threads", str(threads or threads_here(slots))])
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:
        at_work["processes"].add(process)
        try:
            if at_work["stopped"]:
                process.kill()
            errors = process.communicate(timeout=limit)[1]
        except subprocess.TimeoutExpired:
            process.kill()
            return f"not done within its time limit of {limit:g} s"
        finally:
            at_work["processes"].discard(process)
    return said_of_end(process.returncode, errors) if process.returncode else None


def stop_units(session, dask_worker=None):
    """Ends the session's processes, and those that its threads are about to start."""
    at_work = session_of(dask_worker, session)
    at_work["stopped"] = True
    for process in list(at_work["processes"]):
        process.kill()
