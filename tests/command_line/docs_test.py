# SPDX-License-Identifier: Apache-2.0
"""What the pages for people say is so: commands run, links lead somewhere, figures are the program's."""
import csv
import json
import os
import re
import shutil
import subprocess

import jsonschema
import yaml

import program
from program import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "examples").glob("**/*.md"), *(ROOT / "tests").glob("bench/*.md")])


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


def anchors(page):
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


class Docs(program.InFolder):
    def test_links_lead_somewhere(self):
        for page in PAGES:
            for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
                if target.startswith(("http:", "https:", "mailto:")):
                    continue
                path, _, anchor = target.partition("#")
                there = (page.parent / path) if path else page
                self.assertTrue(there.exists(), f"{page.relative_to(ROOT)}: {target}")
                if anchor:
                    self.assertIn(anchor, anchors(there), f"{page.relative_to(ROOT)}: {target}")

    def test_tutorial_runs_as_it_stands(self):
        folder = self.folder
        shutil.copytree(ROOT / "examples" / "mirpur" / "data", folder / "examples" / "mirpur" / "data")
        (folder / "build").mkdir()
        os.symlink(program.PROGRAM, folder / "build" / "zonerank")
        script = "set -e\n" + "".join(blocks(ROOT / "examples" / "TUTORIAL.md", "sh"))
        done = subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        with (folder / "my-zone" / "out-decided" / "ranking.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        told = (ROOT / "examples" / "TUTORIAL.md").read_text(encoding="utf-8")
        for name, score in re.findall(r"^  (\S.*?)  +\d -> \d  [\d.]+ -> ([\d.]+)  ", told, re.M):
            found = next(row for row in rows if row["name"] == name)
            self.assertAlmostEqual(float(found["score"]), float(score), delta=0.0006, msg=name)

    def test_the_task_of_other_programs(self):
        study = yaml.safe_load((ROOT / "examples" / "mirpur" / "two-criteria.yaml").read_text(encoding="utf-8"))
        page = ROOT / "examples" / "COMING_FROM.md"
        shown = yaml.safe_load(blocks(page, "yaml")[0])
        self.assertEqual({key: study[key] for key in shown}, shown)
        self.succeeds("run", "-q", ROOT / "examples" / "mirpur" / "two-criteria.yaml", "--output", "out")
        with (self.folder / "out" / "ranking.csv").open(encoding="utf-8") as file:
            scores = {row["name"]: float(row["score"]) for row in csv.DictReader(file) if row["score"]}
        grass = {"Mangla bank": 0.8157, "Khaliqabad": 0.5633, "Dadyal": 0.1024}  # r.mapcalc and v.rast.stats, 8.2.1
        for name, score in grass.items():
            self.assertAlmostEqual(scores[name], score, delta=0.005, msg=name)

    def test_many_districts_run_as_they_stand(self):
        page = ROOT / "examples" / "STUDIES.md"
        shutil.copytree(ROOT / "examples" / "cpec-zones" / "data", self.folder / "examples" / "cpec-zones" / "data")
        study = next(text for text in blocks(page, "yaml") if "{province}" in text)
        (self.folder / "districts.yaml").write_text(study, encoding="utf-8")
        command = next(text for text in blocks(page, "sh") if text.startswith("zonerank batch "))
        self.succeeds(*command.split()[1:])
        with (self.folder / "out-batch" / "ranking.csv").open(encoding="utf-8") as file:
            self.assertEqual(len({row["district"] for row in csv.DictReader(file) if row["rank"]}), 9)

    def test_the_readme_s_study_is_one(self):
        schema = json.loads(self.succeeds("list", "--json-schema").stdout)
        for text in blocks(ROOT / "README.md", "yaml"):
            jsonschema.validate(yaml.safe_load(text), schema)

