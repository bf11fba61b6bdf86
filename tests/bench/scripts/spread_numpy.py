# SPDX-License-Identifier: Apache-2.0
"""The spread of a map's score over drawn weights, as NumPy's matrix product finds it.

    spread_numpy.py PROGRAM [CELLS [DRAWS]]

PROGRAM is zonerank_spread: its closed form and its own draws are compared, cell by cell, with the
draws here, whose weights are others. Seconds are told for 16 million cells.
"""

import subprocess
import sys
import tempfile
import time

import numpy as np

CRITERIA, ALL, WRITTEN, STRIP = 6, 16_000_000, 65_536, 8192


def values_of(cells):
    """As value_of() in spread.cpp."""
    x = np.arange(cells * CRITERIA, dtype=np.uint32) * np.uint32(2654435761)
    x = (x ^ x >> 15) * np.uint32(2246822519)
    x ^= x >> 13
    return np.ascontiguousarray(((x >> 8).astype(np.float32) * np.float32(2**-24)).reshape(cells, CRITERIA).T)


def sampled(values, weights):
    """Strips that stay in a cache: a product, and means and deviations of its columns."""
    mean, deviation = np.empty((2, values.shape[1]), np.float32)
    for at in range(0, values.shape[1], STRIP):
        score = weights @ values[:, at : at + STRIP]
        mean[at : at + STRIP], deviation[at : at + STRIP] = score.mean(0), score.std(0)
    return mean, deviation


def found_by(program):
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([program, "--write", file.name], check=True)
        return np.fromfile(file.name, np.float32).reshape(4, WRITTEN)


def agrees(name, ours, theirs, error):
    """Both are of as many draws, or ours is exact: five standard errors of the difference."""
    off = float(np.max(np.abs(ours - theirs) / error))
    print(f"{name}: {off:.2f} standard errors apart at most {'' if off < 5 else 'WRONG'}")
    return off < 5


def main():
    program, *sizes = sys.argv[1:]
    cells, draws = (list(map(int, sizes)) + [1_000_000, 1000][len(sizes) :])[:2]
    values = values_of(cells)
    weights = np.random.default_rng(1).dirichlet(np.ones(CRITERIA), draws).astype(np.float32)
    wall, cpu = time.perf_counter(), time.process_time()
    mean, deviation = sampled(values, weights)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"NumPy {np.__version__}, {draws} draws: {wall * ALL / cells:.2f} s, CPU {cpu * ALL / cells:.2f} s "
          f"for {ALL:,} cells ({cells:,} measured)")
    ours = found_by(program)
    mean, deviation = mean[:WRITTEN], deviation[:WRITTEN]
    error = ours[1] / np.sqrt(draws)
    right = [
        agrees("mean, closed form", ours[0], mean, error),
        agrees("standard deviation, closed form", ours[1], deviation, error),
        agrees("mean, drawn", ours[2], mean, error * np.sqrt(2)),
        agrees("standard deviation, drawn", ours[3], deviation, error * np.sqrt(2)),
    ]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
