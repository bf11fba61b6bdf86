# SPDX-License-Identifier: Apache-2.0
"""`zonerank explain`: one site of the Mirpur example, and what can't be explained."""

import csv
import json
import unittest

import program
from complaints import Mistakes, wrong

STUDY = program.ROOT / "examples" / "mirpur" / "study.yaml"


class Mirpur(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        done = program.zonerank("run", STUDY, "--quiet", "--sites-only", "--output", cls.folder / "out")
        assert done.returncode == 0, done.stderr
        with (cls.folder / "out" / "ranking.csv").open(encoding="utf-8") as file:
            cls.ranking = {row["name"]: row for row in csv.DictReader(file)}

    def explained(self, site):
        return json.loads(self.succeeds("explain", STUDY, site, "--json", "--quiet").stdout)

    def test_it_agrees_with_the_run_and_writes_nothing(self):
        before = program.contents(STUDY.parent)
        for name, row in self.ranking.items():
            told = self.explained(name)
            self.assertEqual(told["id"], row["id"])
            self.assertEqual(str(told["rank"] or ""), row["rank"])
            if told["score"] is not None:
                self.assertAlmostEqual(told["score"], float(row["score"]), 8)
                self.assertAlmostEqual(sum(c["part"] for c in told["criteria"]), told["score"], 7)
        self.assertEqual(program.contents(STUDY.parent), before)

    def test_leads_add_up_to_the_difference_of_scores(self):
        told = self.explained("Jatlan")
        for rival in told["rivals"]:
            self.assertAlmostEqual(sum(rival["over"].values()), told["score"] - rival["score"], 7)

    def test_weights_that_would_do_it_do_it(self):
        told = self.explained("Jatlan")
        rival = self.explained(told["up_one"]["rival"])
        weights = {c["criterion"]: c["weight"] for c in told["criteria"]}
        for move in told["up_one"]["weights"]["moves"]:
            weights[move["from"]] -= move["weight"]
            weights[move["to"]] += move["weight"]
        self.assertAlmostEqual(min(0, *weights.values()), 0, 9)
        level = [sum(weights[c["criterion"]] * c["value"] for c in one["criteria"]) for one in (told, rival)]
        self.assertAlmostEqual(level[0], level[1], 7)

    def test_a_measurement_that_would_do_it_does_it(self):
        told = self.explained("Jatlan")
        rail = next(c for c in told["criteria"] if c["criterion"] == "rail")
        worth = (40 - told["up_one"]["one_measurement"]["rail"]) / 38  # linear from 40 km to 2 km
        gained = rail["weight"] * (worth - rail["value"])
        self.assertAlmostEqual(gained, told["up_one"]["gap"], 7)

    def test_words_for_each_site(self):
        for name, row in self.ranking.items():
            text = self.succeeds("explain", STUDY, name, "--quiet").stdout
            self.assertTrue(text.startswith(f"{name} is {row['rank']}" if row["rank"] else f"{name} has no rank: "))
            self.assertNotIn("nan", text)
            self.assertEqual("What would move it up" in text, row["rank"] not in ("", "1"))
            self.assertLessEqual(max(map(len, text.splitlines())), 130)


class Refused(Mistakes):
    def test_what_can_not_be_explained_is_one_line(self):
        (self.folder / "study.yaml").write_text(wrong(), encoding="utf-8")
        self.tells(["unknown site 'Bata'; did you mean 'Beta'?"], "explain", "study.yaml", "Bata")


if __name__ == "__main__":
    unittest.main()
