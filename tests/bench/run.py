#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast is it, beside other programs at the same work, and is it right?

    tests/bench/run.py --program build/zonerank --markdown results.md

Every answer is checked; a wrong one, or a command that fails, ends in exit code 1. README.md tells what is measured."""

import argparse
import os
import shutil
import sys
from pathlib import Path

import machine
import measure
import table
from contestants import TINY, contestants
from results import Line, Result, our_name

ROOT = Path(__file__).resolve().parents[2]


def measured(options, work, n):
    """The result of everyone at one work, the runs taking turns."""
    generator = options.peers if work != "tiny" else None
    data = measure.apart("inputs", "folder_of", options.work, n, generator)
    measure.read_once(data)
    out = options.work / "out" / str(n) / work
    everyone = list(contestants(options, work, n, data, out))
    runs = [[] for _ in everyone]
    for turn in range(options.runs):
        print(f"{work}, {n}: run {turn + 1} of {options.runs}", flush=True)
        for contestant, figures in zip(everyone, runs):
            figures.append(measure.figures(contestant.command, contestant.out, contestant.environment))
    lines = tuple(Line(c.name, measure.medians(figures), c.bar) for c, figures in zip(everyone, runs))
    result = Result(work, n, lines, tuple(findings(work, data, everyone)))
    for contestant in everyone:
        shutil.rmtree(contestant.out)
        contestant.out.with_suffix(".log").unlink()
    shutil.rmtree(out)
    return result


def findings(work, data, everyone):
    mine = next(c.out for c in everyone if c.name == our_name(2))
    judges = [("computed", None)] if work in ("b", "tiny") else [(c.name, c.out) for c in everyone if c.judges]
    for name, out in judges:
        for finding in measure.apart("checks", "findings", work, data, out, mine):
            yield name, finding


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=place, default=os.environ.get("ZONERANK", ROOT / "build/zonerank"))
    parser.add_argument("--n", type=int, nargs="+", default=[4000], help="cells a side, such as 4000 12000")
    parser.add_argument("--works", nargs="+", default=list(table.TITLES), choices=list(table.TITLES), metavar="WORK")
    parser.add_argument("--runs", type=int, default=5, help="medians are of so many")
    parser.add_argument("--work", type=place, default=Path("/dev/shm/zonerank-bench"), help="for inputs and outputs")
    parser.add_argument("--disk", type=place, help="folder for the outputs of the synced runs")
    parser.add_argument("--peers", type=place, default=beside_test_data(), help="folder whose gen.py makes the inputs")
    parser.add_argument("--exactextract", type=place, help="that program")
    parser.add_argument("--floor", type=place, help="the compiled prototype")
    parser.add_argument("--markdown", type=place, help="file for the table")
    return parser.parse_args()


def place(text):
    return Path(text).resolve()


def beside_test_data():
    data = os.environ.get("ZONERANK_TEST_DATA")
    folder = Path(data).parent / "peers" if data else None
    return folder if folder and (folder / "gen.py").is_file() else None


def main():
    options = read_options()
    about, results, failed = machine.description(options.program, options.exactextract), [], False
    print(table.bullets(about), flush=True)
    for work, n in [(work, n) for work in options.works for n in (options.n if work != "tiny" else [TINY])]:
        try:
            results.append(measured(options, work, n))
        except Exception as error:  # the other works are measured all the same
            print(f"{work}, {n}: {type(error).__name__}: {error}", file=sys.stderr)
            failed = True
            continue
        print(f"\n{table.section(results[-1])}\n", flush=True)
        if options.markdown:
            options.markdown.write_text(table.text(about, results), encoding="utf-8")
    print(table.scaling(results))
    wrong = [finding for result in results for _, finding in result.findings if not finding.holds()]
    sys.exit(1 if failed or wrong else 0)


if __name__ == "__main__":
    main()
