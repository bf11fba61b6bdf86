# SPDX-License-Identifier: Apache-2.0
"""What is known after a measurement. Kept free of large libraries: see measure.apart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    wall: float  # seconds
    cpu: float  # seconds of user and system, of the command and all it waited for
    peak: float  # MiB, of the largest of these processes


@dataclass(frozen=True)
class Finding:
    """How far an answer is from the right one."""

    what: str
    found: float
    allowed: float

    def holds(self):
        return self.found <= self.allowed


@dataclass(frozen=True)
class Bar:
    """What we mean to reach: times faster than a peer, or seconds or MiB not to pass."""

    kind: str
    value: float

    def __str__(self):
        return {"times": "{:g} x", "seconds": "{:g} s", "MiB": "{:g} MiB"}[self.kind].format(self.value)

    def met(self, figures, ours):
        if self.kind == "times":
            return figures.wall >= self.value * ours.wall
        return (figures.wall if self.kind == "seconds" else figures.peak) <= self.value


@dataclass(frozen=True)
class Line:
    name: str
    figures: Figures
    bar: Bar | None


@dataclass(frozen=True)
class Result:
    """Of one work at one size. Lines "zonerank, 1 thread" and "zonerank, 2 threads" are always there."""

    work: str
    n: int
    lines: tuple
    findings: tuple  # pairs of a peer's name and a Finding

    def ours(self, threads):
        return next(line.figures for line in self.lines if line.name == our_name(threads))


def our_name(threads):
    return f"zonerank, {threads} thread{'s' if threads > 1 else ''}"
