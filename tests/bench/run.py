#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast is it, beside other programs at the same work, and is it right?

    tests/bench/run.py --program build/zonerank --markdown results.md

Every answer is checked; a wrong one, or a command that fails, ends in exit code 1. README.md tells what is measured."""

import argparse
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import machine
import measure
import ours
import peers
import table
from results import Bar, Line, Result, our_name

ROOT = Path(__file__).resolve().parents[2]
TINY = 100  # cells a side
LIMITS = {("tiny", TINY): Bar("seconds", 0.2), ("h", 12000): Bar("MiB", 1024)}  # of ours


@dataclass(frozen=True)
class Contestant:
    name: str
    command: list
    out: Path
    environment: dict | None = None
    bar: Bar | None = None
    peer: peers.Peer | None = None


class Bench:
    def __init__(self, options):
        self.options = options

    def result(self, work, n):
        """Of everyone at one work, the runs taking turns."""
        data = measure.apart("inputs", "folder_of", self.options.work, n, self.options.peers)
        measure.read_once(data)
        out = self.options.work / "out" / str(n) / work
        contestants = [*self.peers(work, n, data, out), *self.ours(work, n, data, out), *self.floor(work, n, data, out)]
        runs = [[] for _ in contestants]
        for turn in range(self.options.runs):
            print(f"{work}, {n}: run {turn + 1} of {self.options.runs}", flush=True)
            for contestant, figures in zip(contestants, runs):
                figures.append(measure.figures(contestant.command, contestant.out, contestant.environment))
        lines = tuple(Line(c.name, measure.medians(figures), c.bar) for c, figures in zip(contestants, runs))
        result = Result(work, n, lines, tuple(self.findings(work, data, contestants)))
        shutil.rmtree(out)
        return result

    def peers(self, work, n, data, out):
        for peer in (peer for peer in peers.PEERS if peer.work == work):
            missing = peers.missing(peer, self.options.exactextract)
            if missing:
                print(f"{work}: without {peer.name}, which needs {missing}")
                continue
            yield self.peer(peer, n, data, out, "")
            if peer.levels:
                yield self.peer(peer, n, data, out, peers.OUR_LEVEL)

    def peer(self, peer, n, data, out, level):
        name = f"{peer.name}{',' if level else ''}{level}"
        folder = out / name.replace(" ", "_")
        environment = peers.environment(data, folder, n, level, self.options.exactextract)
        bar = Bar("times", peer.bars[n]) if n in peer.bars and not level else None
        return Contestant(name, peers.command(peer), folder, environment, bar, peer if not level else None)

    def ours(self, work, n, data, out):
        out.mkdir(parents=True, exist_ok=True)
        study = out / "study.yaml"
        ours.write_study(work, n, data, study)
        bar = LIMITS.get((work, n))
        for name, folder, threads, sync in (
                (our_name(1), out / "1", 1, False), (our_name(2), out / "2", 2, False),
                ("zonerank, 2 threads, files synced", (self.options.disk or out) / "synced", 2, True)):
            command = ours.command(self.options.program, work, study, folder, threads, sync)
            yield Contestant(name, command, folder, bar=None if sync else bar)

    def floor(self, work, n, data, out):
        """A prototype fused for this work alone: what the machine could do."""
        if not self.options.floor or work == "tiny":
            return
        for threads in (1, 2):
            folder = out / f"floor{threads}"
            command = [self.options.floor, data, folder, str(n), str(threads), work]
            yield Contestant(f"prototype, {threads} thread{'s' if threads > 1 else ''}", command, folder)

    def findings(self, work, data, contestants):
        mine = next(c.out for c in contestants if c.name == our_name(2))
        judges = [(c.peer.name, c.out) for c in contestants if c.peer] or [("by itself", None)]
        for name, out in judges:
            for finding in measure.apart("checks", "findings", work, data, out, mine):
                yield name, finding


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=os.environ.get("ZONERANK", ROOT / "build" / "zonerank"))
    parser.add_argument("--n", type=int, nargs="+", default=[4000], help="cells a side, such as 4000 12000")
    parser.add_argument("--works", nargs="+", default=list(table.TITLES), choices=list(table.TITLES), metavar="WORK")
    parser.add_argument("--runs", type=int, default=5, help="medians are of so many")
    parser.add_argument("--work", type=Path, default=Path("/dev/shm/zonerank-bench"), help="folder for inputs and outputs")
    parser.add_argument("--disk", type=Path, help="folder for the outputs of the synced runs")
    parser.add_argument("--peers", type=Path, default=beside_test_data(), help="folder whose gen.py makes the inputs")
    parser.add_argument("--exactextract", type=Path, help="that program")
    parser.add_argument("--floor", type=Path, help="the compiled prototype")
    parser.add_argument("--markdown", type=Path, help="file for the table")
    return parser.parse_args()


def beside_test_data():
    data = os.environ.get("ZONERANK_TEST_DATA")
    folder = Path(data).parent / "peers" if data else None
    return folder if folder and (folder / "gen.py").is_file() else None


def main():
    options = read_options()
    about, results, failed = machine.description(options.program, options.exactextract), [], False
    for work, n in [(work, n) for work in options.works for n in (options.n if work != "tiny" else [TINY])]:
        try:
            results.append(Bench(options).result(work, n))
        except Exception as error:  # the other works are measured all the same
            print(f"{work}, {n}: {type(error).__name__}: {error}", file=sys.stderr)
            failed = True
            continue
        print(table.section(results[-1]), flush=True)
        if options.markdown:
            options.markdown.write_text(table.text(about, results), encoding="utf-8")
    print(table.text(about, results))
    wrong = [finding for result in results for _, finding in result.findings if not finding.holds()]
    sys.exit(1 if failed or wrong else 0)


if __name__ == "__main__":
    main()
