# SPDX-License-Identifier: Apache-2.0
"""Plans of units that sleep, and the driver at work on them, for tests of the driver alone."""

import json
import subprocess
from pathlib import Path

from dask_cluster import PYTHON, DaskCluster, most_seconds
from program import ROOT, InFolder

DRIVER = ROOT / "engine" / "cluster" / "zonerank_submit.py"
FAKE = str(ROOT / "tests" / "app" / "fake_zonerank")
STAGES = [["regions", 3, 2], ["facts", 4, 1], ["score", 9, 1]]  # name, units, rounds


class Plan:
    """A plan of units that sleep, in a folder of its own."""

    def __init__(self, folder, name, seconds=0.1, stages=None, **more):
        self.path = folder / f"{name}.plan"
        (self.path / "units").mkdir(parents=True)
        (self.path / "log").mkdir()
        self.stages = stages or STAGES
        self.write(seconds=seconds, **more)

    def write(self, **told):
        (self.path / "plan.json").write_text(json.dumps({"stages": self.stages, **told}))

    def result(self):
        return self.path.with_suffix(".result").read_bytes()

    def log(self):
        return [line for file in (self.path / "log").iterdir() for line in file.read_text().splitlines()]

    def begun(self):
        return sum(line.startswith("start") for line in self.log())

    def done(self):
        return sum(line.startswith("end") for line in self.log())

    def files(self):
        """All but what units leave."""
        return sorted(path.relative_to(self.path).as_posix() for path in self.path.rglob("*")
                      if path.parent.name != "log" and path.suffix not in (".json", ".part"))

    def runs(self):
        return sum(units * rounds for _, units, rounds in self.stages)

    def processes(self):
        """Those at work on its units."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
            except OSError:
                continue
            if b"unit" in words and str(self.path).encode() in words:
                found.append(int(entry.name))
        return found


class Submission:
    """The driver at work on a plan."""

    def __init__(self, plan, cluster, *words):
        where = ["--scheduler-file", str(cluster.file)] if isinstance(cluster, DaskCluster) else cluster
        self.process = subprocess.Popen([PYTHON, "-B", DRIVER, plan.path, *where, "--zonerank", FAKE, "--local", FAKE,
                                         "--json", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def ends(self, code=0, seconds=120):
        """The object on stdout and what stands on stderr."""
        said, errors = self.process.communicate(timeout=most_seconds(seconds))
        assert self.process.returncode == code, (self.process.returncode, said, errors)
        return json.loads(said), errors


class Test(InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = Plan(cls.folder, "whole", 0)
        with DaskCluster(cls.folder_for(cls, "whole")) as cluster:
            Submission(plan, cluster).ends()
        cls.expected = plan.result()  # of one worker that nothing happened to

    def folder_for(self, name=None):
        folder = self.folder / (name or self.id().rsplit(".", 1)[1])
        folder.mkdir()
        return folder

    def cluster(self, workers=3, **variables):
        cluster = DaskCluster(self.folder_for(), workers, **variables)
        self.addCleanup(lambda: cluster.__exit__())
        return cluster.__enter__()

    def plan(self, *words, **more):
        return Plan(self.folder, self.id().rsplit(".", 1)[1], *words, **more)
