# SPDX-License-Identifier: Apache-2.0
"""Results as people read them: Markdown, its columns aligned for the terminal."""

HEAD = ("", "wall s", "CPU s", "peak MiB", "wall / ours", "CPU / ours", "bar", "")
TITLES = {"a": "weighted overlay of six criteria", "b": "distance to roads", "d": "statistics of 2,000 zones",
          "e": "slope", "f": "mean within 1 km", "h": "whole study: maps, sites, manifest",
          "t": "minutes to 500 places, in all directions", "t8": "minutes to 500 places, 8 steps from a cell",
          "t16": "minutes to 500 places, 16 steps from a cell", "tiny": "a very small study"}


def text(machine, results):
    return "\n\n".join([bullets(machine), *map(section, results), scaling(results)]) + "\n"


def bullets(lines):
    return "\n".join(f"- {line}" for line in lines)


def section(result):
    rows = [row(line, result) for line in result.lines]
    title = f"**{result.work}: {TITLES[result.work]}; {result.n} x {result.n} cells**"
    checked = [finding(*pair) for pair in result.findings] or ["unchecked: no peer is here"]
    return "\n\n".join([title, grid([HEAD, *rows]), bullets(checked)])


def row(line, result):
    """Wall times are set against ours on two threads, CPU against ours on one."""
    figures, ours = line.figures, result.ours(2)
    of_ours = ("", "") if line.name.startswith("zonerank") else (
        f"{figures.wall / ours.wall:.3g} x", f"{figures.cpu / result.ours(1).cpu:.3g} x")
    verdict = (str(line.bar), "met" if line.bar.met(figures, ours) else "missed") if line.bar else ("", "")
    return (line.name, f"{figures.wall:.2f}", f"{figures.cpu:.2f}", f"{figures.peak:.0f}", *of_ours, *verdict)


def grid(rows):
    """The first row is the head; the first and last columns are words, the others numbers."""
    widths = [max(3, *map(len, column)) for column in zip(*rows)]
    words = (0, len(widths) - 1)
    rule = ["-" * w if i in words else "-" * (w - 1) + ":" for i, w in enumerate(widths)]
    fitted = [[cell.ljust(w) if i in words else cell.rjust(w) for i, (cell, w) in enumerate(zip(cells, widths))]
              for cells in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [fitted[0], rule, *fitted[1:]])


def finding(peer, f):
    return f"{'right' if f.holds() else 'WRONG'}, {peer}: {f.what} {f.found:.3g} (allowed {f.allowed:g})"


def scaling(results):
    lines = [threads(result) for result in results]
    for first in results:
        lines += [sizes(first, second) for second in results if second.work == first.work and second.n > first.n]
    return bullets(lines)


def threads(result):
    one, two = result.ours(1), result.ours(2)
    return (f"{result.work}, {result.n}: 2 threads take {two.cpu / one.cpu:.2f} times the CPU and "
            f"{two.wall / one.wall:.2f} times the wall time of 1")


def sizes(first, second):
    one, two = (1e9 * result.ours(2).wall / result.n**2 for result in (first, second))
    return (f"{first.work}: {one:.1f} ns a cell at {first.n}, {two:.1f} at {second.n}, {two / one:.2f} times as many "
            "(2 threads)")
