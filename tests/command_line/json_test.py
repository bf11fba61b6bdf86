# SPDX-License-Identifier: Apache-2.0
"""--json: one object on stdout for scripts, whatever becomes of the command; and what a terminal gets instead."""

import json
import os
import pty
import subprocess
import unittest

import data
import program


class Json(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)

    def told(self, *arguments, code=0):
        done = program.zonerank(*arguments, "--json", cwd=self.folder)
        self.assertEqual(done.returncode, code, done.stderr)
        found = json.loads(done.stdout, parse_constant=self.fail)
        self.assertIsInstance(found, dict)
        return found, done

    def test_a_run(self):
        found, done = self.told("run", "study.yaml")
        self.assertTrue(found["ok"])
        self.assertEqual(found["folder"], str(self.folder / "out"))
        collection = json.loads((self.folder / "out" / "sites.geojson").read_text(encoding="utf-8"))
        self.assertEqual(found["ranking"], [site["properties"] for site in collection["features"]])
        for file in found["files"]:
            self.assertEqual(file["bytes"], (self.folder / "out" / file["name"]).stat().st_size)
        self.assertGreater(found["seconds"], 0)
        self.assertEqual(program.complaints(done), done.stderr.splitlines())

    def test_a_check(self):
        found, _ = self.told("check", "study.yaml")
        self.assertGreater(found["grid"]["cells"], 0)
        weights = [criterion["weight"] for theme in found["themes"] for criterion in theme["criteria"]]
        self.assertAlmostEqual(sum(weights), 1, places=8)

    def test_a_measurement(self):
        text = (self.folder / "study.yaml").read_text(encoding="utf-8")
        checked, _ = self.told("check", "study.yaml")
        name = checked["themes"][0]["criteria"][0]["name"]
        self.assertIn(name, text)
        found, _ = self.told("measure", "study.yaml", name, "-o", "m.tif", "--overwrite")
        self.assertEqual((found["criterion"], found["bytes"]), (name, (self.folder / "m.tif").stat().st_size))

    def test_mistakes_have_their_place_and_the_same_code(self):
        text = (self.folder / "study.yaml").read_text(encoding="utf-8")
        (self.folder / "wrong.yaml").write_text(text + "nonsense: 1\n", encoding="utf-8")
        for command in ("check", "run"):
            found, done = self.told(command, "wrong.yaml", code=1)
            self.assertFalse(found["ok"])
            problem = found["errors"][0]
            self.assertEqual((problem["file"], problem["line"]), ("wrong.yaml", len(text.splitlines()) + 1))
            self.assertIn(problem["text"], done.stderr)
        found, done = self.told("check", "nowhere.yaml", code=1)
        self.assertEqual(found["errors"][0]["line"], None)
        self.assertIn(found["errors"][0]["text"], done.stderr)


class Terminal(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)

    def seen(self, *arguments, **environment):
        """What a terminal of 24 x 80 gets."""
        ours, theirs = pty.openpty()
        given = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLORTERM")}
        with subprocess.Popen([program.PROGRAM, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=theirs,
                              stderr=subprocess.DEVNULL, env={**given, "TERM": "xterm", **environment}) as running:
            os.close(theirs)
            pieces = []
            try:
                while piece := os.read(ours, 65536):
                    pieces.append(piece)
            except OSError:  # the other end is closed
                pass
            os.close(ours)
            self.assertEqual(running.wait(timeout=60), 0)
        return b"".join(pieces).decode().replace("\r\n", "\n")

    def test_colours_are_for_terminals_that_want_them(self):
        run = ("run", "study.yaml")
        self.assertIn("\x1b[1m", self.seen(*run))
        self.assertIn("\x1b[36m", self.seen(*run))
        self.assertIn("\x1b[38;2;", self.seen(*run, COLORTERM="truecolor"))
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertNotIn("\x1b", self.seen(*run, **environment))
        self.assertNotIn("\x1b", program.zonerank(*run, cwd=self.folder).stdout)


if __name__ == "__main__":
    unittest.main()
