#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Would the tests notice? Makes small mistakes in a copy of the sources, one at a
time (a sign, a bound, an operator), at seeded random lines, and runs the tests:

    tests/mutate.py /tmp/mutants --seed 1 --count 40

The folder keeps the copy, its build and results.jsonl: run again to go on. A mutant
that does not compile, or compiles to the same program, does not count."""

import argparse
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("rasters", "layers", "engine")
# clang-format puts blanks round binary operators only: templates and references have none.
SWAPS = [(" + ", " - "), (" - ", " + "), (" * ", " / "), (" / ", " * "), (" += ", " -= "), (" -= ", " += "),
         (" < ", " <= "), (" <= ", " < "), (" > ", " >= "), (" >= ", " > "), (" < ", " > "), (" == ", " != "),
         (" != ", " == "), (" && ", " || "), (" || ", " && "), ("(!", "("), ("true", "false"), ("false", "true"),
         ("std::min(", "std::max("), ("std::max(", "std::min("), ("std::floor(", "std::ceil("),
         ("std::ceil(", "std::floor("), (".front()", ".back()"), (".back()", ".front()")]
NUMBERS = [("0", "1"), ("1", "0"), ("1", "2"), ("2", "3"), ("0.5", "0.6")]
PATTERNS = [(re.compile(r"(?<!\w)" + re.escape(old) + r"(?!\w)" if old.isalpha() else re.escape(old)), new)
            for old, new in SWAPS]
PATTERNS += [(re.compile(r"(?<![\w.])" + re.escape(old) + r"(?![\w.])"), new) for old, new in NUMBERS]
NOT_CODE = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|//.*')
DECLARATION = re.compile(r"\s*(#|template|using|static_assert|assert\(|namespace|///?)")


def candidates(tree):
    """Every single change that could be made: (file, line number, before, after)."""
    found = []
    for path in sorted(p for f in FOLDERS for p in (tree / f).rglob("*.[ch]pp")):
        for number, line in enumerate(path.read_text().split("\n")):
            code = NOT_CODE.sub(lambda m: "\0" * len(m[0]), line)
            if DECLARATION.match(code):
                continue
            for pattern, new in PATTERNS:
                for m in pattern.finditer(code):
                    found.append((str(path.relative_to(tree)), number, line, line[:m.start()] + new + line[m.end():]))
    return found


def chosen(tree, seed):
    """Candidates in seeded order, at most one a line; files weigh by their lines, not by their operators."""
    lines = {}
    for mutant in candidates(tree):
        lines.setdefault(mutant[:2], []).append(mutant)
    pick = random.Random(seed)
    places = sorted(lines)
    pick.shuffle(places)
    return [pick.choice(lines[place]) for place in places]


def copy_tree(tree):
    """Brings the copy up to date, touching only what differs, so that little is built again."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout.split("\n")
    wanted = {name for name in listed if name and (ROOT / name).is_file()}
    for name in wanted:
        target = tree / name
        if not target.is_file() or target.read_bytes() != (ROOT / name).read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target)
    for path in [p for p in tree.rglob("*") if p.is_file() and str(p.relative_to(tree)) not in wanted]:
        path.unlink()
    judged = sorted(name for name in wanted if not name.endswith(".md"))
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in judged)).hexdigest()


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))  # a mutant may ask for all there is
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 30, 2 << 30))


class Bench:
    def __init__(self, folder, jobs, seconds):
        self.tree, self.build, self.scratch = folder / "tree", folder / "build", folder / "tmp"
        self.jobs, self.seconds = str(jobs), seconds
        self.tree_hash = copy_tree(self.tree)

    def run(self, *command, seconds=None):
        """True when it succeeds in time; whatever it started is ended with it."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
                                   env=os.environ | {"TMPDIR": str(self.scratch)},
                                   preexec_fn=limits if seconds else None)
        try:
            self.output = process.communicate(timeout=seconds)[0].decode(errors="replace")
            return process.returncode == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            self.output = "out of time"
            return False

    def compiles(self):
        return self.run("cmake", "--build", str(self.build), "-j", self.jobs)

    def first_build(self):
        launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        return self.run("cmake", "-S", str(self.tree), "-B", str(self.build), "-G", "Ninja", "-Wno-dev",
                        "-DCMAKE_BUILD_TYPE=Release", "-DZONERANK_TESTS=ON", *launcher) and self.compiles()

    def programs(self):
        """Hash of all that was linked: equal when a mutant changes nothing."""
        linked = [p for p in self.build.rglob("*") if p.is_file() and os.access(p, os.X_OK)
                  and "CMakeFiles" not in p.parts and p.read_bytes()[:4] == b"\x7fELF"]
        return hashlib.sha256(b"".join(hashlib.sha256(p.read_bytes()).digest() for p in sorted(linked))).hexdigest()

    def killer(self):
        """The label of the tests that fail, or None."""
        test = ["ctest", "--test-dir", str(self.build), "-j", self.jobs, "--stop-on-failure", "--no-tests=error", "-L"]
        return next((label for label in ("unit", "run") if not self.run(*test, label, seconds=self.seconds)), None)

    def outcome(self, mutant, programs):
        name, number, before, after = mutant
        path = self.tree / name
        text = path.read_text()
        lines = text.split("\n")
        assert lines[number] == before, "the copy is not the tree"
        path.write_text("\n".join(lines[:number] + [after] + lines[number + 1:]))
        try:
            if not self.compiles():
                return "does not compile"
            if self.programs() == programs:
                return "same program"
            label = self.killer()
            return f"killed by {label}" if label else "survived"
        finally:
            path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=300, help="for the tests of one mutant; out of time is killed")
    parser.add_argument("--minutes", type=float, default=1e9, help="start no mutant after so long; run again to go on")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    began = time.monotonic()
    bench = Bench(options.folder.resolve(), options.jobs, options.seconds)
    if not bench.first_build() or bench.killer():
        sys.exit(f"without a mutant, already:\n{bench.output[-3000:]}")
    programs, log = bench.programs(), options.folder / "results.jsonl"
    known = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    known = {(r["file"], r["line"]): r for r in known if (r["seed"], r["tree"]) == (options.seed, bench.tree_hash)}
    counted = []
    for mutant in chosen(bench.tree, options.seed):
        result = known.get(mutant[:2])
        if not result:
            if (time.monotonic() - began) / 60 > options.minutes:
                break
            result = dict(zip(("file", "line", "before", "after"), mutant), seed=options.seed, tree=bench.tree_hash,
                          outcome=bench.outcome(mutant, programs))
            with log.open("a") as file:
                file.write(json.dumps(result) + "\n")
        print(f"{result['outcome']:16} {result['file']}:{result['line'] + 1}", flush=True)
        counted += [result] if result["outcome"].startswith(("killed", "survived")) else []
        if len(counted) == options.count:
            break
    survivors = [r for r in counted if r["outcome"] == "survived"]
    killed = len(counted) - len(survivors)
    print(f"\nseed {options.seed}: {killed} of {len(counted)} killed ({100 * killed / max(1, len(counted)):.0f} %)")
    for r in survivors:
        print(f"\n{r['file']}:{r['line'] + 1}\n-{r['before']}\n+{r['after']}")


if __name__ == "__main__":
    main()
