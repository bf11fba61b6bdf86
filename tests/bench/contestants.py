# SPDX-License-Identifier: Apache-2.0
"""Who takes part in a work."""

from dataclasses import dataclass
from pathlib import Path

import ours
import peers
from results import Bar, our_name

TINY = 100  # cells a side
LIMITS = {("tiny", TINY): Bar("seconds", 0.2), ("h", 12000): Bar("MiB", 1024)}  # of ours


@dataclass(frozen=True)
class Contestant:
    name: str
    command: list
    out: Path  # the folder it writes
    environment: dict | None = None
    bar: Bar | None = None
    judges: bool = False  # our answer has to be like its answer


def contestants(options, work, n, data, out):
    yield from others(options, work, n, data, out)
    yield from us(options, work, n, data, out)
    if options.floor and work != "tiny":
        yield from floor(options.floor, work, n, data, out)


def others(options, work, n, data, out):
    """Each at its own level of compression, and at ours."""
    for peer in (peer for peer in peers.PEERS if peer.work == work):
        missing = peers.missing(peer, options.exactextract)
        if missing:
            print(f"{work}: without {peer.name}, which needs {missing}")
            continue
        for level in ("", *([peers.OUR_LEVEL] if peer.levels else [])):
            name = f"{peer.name}, {level}" if level else peer.name
            folder = out / name.replace(" ", "_")
            environment = peers.environment(data, folder, n, level, options.exactextract)
            bar = Bar("times", peer.bars[n]) if n in peer.bars and not level else None
            yield Contestant(name, peers.command(peer), folder, environment, bar, judges=not level)


def us(options, work, n, data, out):
    study = out / "study.yaml"
    out.mkdir(parents=True, exist_ok=True)
    ours.write_study(work, n, data, study)
    for threads in (1, 2):
        folder = out / f"ours{threads}"
        command = ours.command(options.program, work, study, folder, threads, sync=False)
        yield Contestant(our_name(threads), command, folder, bar=LIMITS.get((work, n)))
    if work not in ours.MEASURED:
        whole = out / "whole.yaml"
        ours.write_study(work, n, data, whole, whole_set=True)
        folder = out / "ours_whole"
        yield Contestant("zonerank, 1 thread, report and project too",
                         ours.command(options.program, work, whole, folder, 1, sync=False), folder)
    folder = (options.disk or out) / "zonerank-synced"
    yield Contestant("zonerank, 2 threads, files synced",
                     ours.command(options.program, work, study, folder, 2, sync=True), folder)


def floor(program, work, n, data, out):
    """A prototype fused for this work alone: what the machine could do."""
    for threads in (1, 2):
        folder = out / f"floor{threads}"
        yield Contestant(f"prototype, {threads} thread{'s' if threads > 1 else ''}",
                         [program, data, folder, str(n), str(threads), work], folder)
