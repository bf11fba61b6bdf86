# SPDX-License-Identifier: Apache-2.0
"""verify: a run as it was, tampered with, moved, run again; and manifests that lie."""

import json
import shutil
import unittest

import data
import program


class Verify(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        done = program.zonerank("run", "study.yaml", "--quiet", cwd=cls.folder)
        assert done.returncode == 0, done.stderr

    def setUp(self):
        self.home = self.folder / self.id().rsplit(".", 1)[-1]
        self.home.mkdir()
        for name in ("data", "out"):
            shutil.copytree(self.folder / name, self.home / name)

    def verify(self, *arguments, code):
        done = program.zonerank("verify", *arguments, cwd=self.home)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def states(self, *arguments, code):
        found = json.loads(self.verify("--json", *arguments, code=code).stdout)
        return {file["path"]: file["state"] for file in found["files"]}

    def flip(self, name):
        path = self.home / name
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)

    def test_a_run_as_it_was(self):
        states = self.states("out", code=0)
        manifest = json.loads((self.home / "out" / "manifest.json").read_text(encoding="utf-8"))
        for name in manifest["outputs"]:
            self.assertEqual(states[name], "as it was")
        self.assertEqual(states["data/terrain.tif"], "as it was")
        self.assertEqual(set(states.values()), {"as it was"})
        self.assertIn("The run is as it was", self.verify("out/manifest.json", code=0).stdout)

    def test_tampered_deleted_changed_and_new(self):
        self.flip("out/suitability.tif")
        self.flip("data/terrain.tif")
        (self.home / "out" / "ranking.csv").unlink()
        (self.home / "out" / "notes.txt").write_text("mine", encoding="utf-8")
        states = self.states("out", code=1)
        self.assertEqual(states["suitability.tif"], "changed")
        self.assertEqual(states["data/terrain.tif"], "changed")
        self.assertEqual(states["ranking.csv"], "missing")
        self.assertEqual(states["notes.txt"], "new")
        self.assertEqual(states["sites.geojson"], "as it was")
        told = " ".join(self.verify("out", code=1).stdout.split("\n\n")[-1].split())
        self.assertEqual(told, "1 output is changed, 1 output is missing and 1 input is changed; 1 file in the folder is "
                               "not the run's.")

    def test_new_files_alone_do_no_harm(self):
        (self.home / "out" / "notes.txt").write_text("mine", encoding="utf-8")
        self.verify("out", code=0)

    def test_a_run_far_from_its_study(self):
        shutil.move(self.home / "out", self.home / "elsewhere-out")
        (self.home / "deep").mkdir()
        shutil.move(self.home / "elsewhere-out", self.home / "deep" / "out")
        self.assertEqual(self.states("deep/out", code=1)["data/terrain.tif"], "missing")
        self.assertEqual(self.states("deep/out", "--study", ".", code=0)["data/terrain.tif"], "as it was")
        self.assertIn("no such folder", self.verify("deep/out", "--study", "none", code=1).stderr)

    def test_a_manifest_that_knows_no_way_to_the_study(self):
        self.succeeds("run", "study.yaml", "--quiet", "--output", self.home / "far" / "other" / "out")
        manifest = json.loads((self.home / "far" / "other" / "out" / "manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(manifest["study_folder"].strip("./"), "")  # only ever up
        path = self.home / "out" / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest.pop("study_folder")
        path.write_text(json.dumps(manifest), encoding="utf-8")
        self.assertEqual(self.states("out", code=0)["data/terrain.tif"], "not looked at")
        self.assertIn("--study", self.verify("out", "--rerun", code=1).stderr)

    def test_run_again_every_byte_is_the_same(self):
        found = json.loads(self.verify("out", "--rerun", "--json", code=0).stdout)
        self.assertEqual(found["rerun"]["differences"], [])
        self.assertIn("byte by byte", self.verify("out", "--rerun", code=0).stdout.splitlines()[-1])
        self.assertEqual(sorted(path.name for path in self.home.iterdir()), ["data", "out"])

    def same_again(self, study, out, *arguments):
        """A study's run, run again: every file has the same bytes, those that present it, too."""
        done = program.zonerank("run", study, "--quiet", *arguments, cwd=self.home)
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(self.verify(out, "--rerun", "--json", code=0).stdout)
        self.assertEqual(found["rerun"]["differences"], [])
        self.assertLessEqual({"report.html", "study.qgz", "sites.gpkg"}, {file["path"] for file in found["files"]})

    def test_run_again_an_example(self):
        for name in ("mirpur", "cpec-zones"):
            with self.subTest(name):
                shutil.copytree(program.ROOT / "examples" / name, self.home / name,
                                ignore=shutil.ignore_patterns("out"))
                self.same_again(f"{name}/study.yaml", f"{name}/out")

    def test_run_again_a_study_with_a_base_warnings_and_another_name(self):
        shutil.copy(self.folder / "study.yaml", self.home / "base.yaml")
        (self.home / "more").mkdir()
        (self.home / "more" / "wärme & co.yaml").write_text(
            "extends: ../base.yaml\noutput: results/of this\ncriteria:\n  location:\n"
            "    slope: {use: gentle slope, of: terrain}\n", encoding="utf-8")
        self.same_again("more/wärme & co.yaml", "more/results/of this")
        manifest = json.loads((self.home / "more/results/of this/manifest.json").read_text(encoding="utf-8"))
        self.assertEqual(manifest["study_file"], "wärme & co.yaml")
        self.assertRegex("".join(manifest["warnings"]), r"^base\.yaml:\d+:\d+: criterion 'highway'")
        self.assertRegex(manifest["ready_criteria"]["slope"], r"^gentle slope@\d+$")

    def test_run_again_far_from_its_study_or_moved(self):
        (self.home / "study.yaml").write_text(data.STUDY, encoding="utf-8")
        self.same_again("study.yaml", "out")
        (self.home / "deep" / "er").mkdir(parents=True)
        shutil.move(self.home / "out", self.home / "deep" / "er" / "moved")
        found = json.loads(self.verify("deep/er/moved", "--study", ".", "--rerun", "--json", code=0).stdout)
        self.assertEqual(found["rerun"]["differences"], [])

    def test_run_again_with_another_input(self):
        sites = self.home / "data" / "terrain.tif"
        data.write_raster(sites, lambda x, y: data.height(x, y) * 1.1)
        found = json.loads(self.verify("out", "--rerun", "--json", code=1).stdout)
        how = {difference["path"]: difference["what"] for difference in found["rerun"]["differences"]}
        self.assertRegex(how["suitability.tif"], r"cells changed \(\d+ %\), on average by")
        self.assertRegex(how["ranking.csv"], "other values in .*slope_percent")

    def test_another_version_is_told(self):
        path = self.home / "out" / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest["version"] = "0.0.1"
        path.write_text(json.dumps(manifest), encoding="utf-8")
        self.assertIn("another version: the run by 0.0.1", self.verify("out", "--rerun", code=0).stdout)

    def test_manifests_that_lie_end_in_one_line(self):
        path = self.home / "out" / "manifest.json"
        true = json.loads(path.read_text(encoding="utf-8"))
        secret = self.home / "secret"
        secret.write_text("secret", encoding="utf-8")
        listed = {"bytes": 6, "sha256": "0" * 64}
        lies = {
            "an output above the folder": {"outputs": {"../secret": listed}},
            "an absolute output": {"outputs": {str(secret): listed}},
            "an absolute input": {"inputs": {"a": {"files": [{"path": str(secret), **listed}]}}},
            "no outputs": {"outputs": None},
            "a list": {"outputs": []},
            "no hash": {"outputs": {"a": {"bytes": 1}}},
            "a number for a text": {"expanded": 5},
            "of another program": {"program": "other"},
        }
        for name, lie in lies.items():
            with self.subTest(name):
                path.write_text(json.dumps({**true, **lie}), encoding="utf-8")
                done = self.verify("out", code=1)
                self.assertEqual(done.stdout, "")
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                self.assertIn("manifest.json: ", done.stderr)
        for text in ("", "{", "[" * 500_000, "\x00", '{"program": "zonerank"}'):
            with self.subTest(text[:20]):
                path.write_text(text, encoding="utf-8")
                self.assertEqual(len(self.verify("out", code=1).stderr.splitlines()), 1)
        with path.open("wb") as file:
            file.truncate((64 << 20) + 1)
        self.assertIn("larger than 64 MiB", self.verify("out", code=1).stderr)

    def test_a_manifest_opens_no_network_and_no_device(self):
        path = self.home / "out" / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest["expanded"] = manifest["expanded"].replace("data/terrain.tif", "/vsicurl/http://localhost:9/a.tif")
        path.write_text(json.dumps(manifest), encoding="utf-8")
        self.assertIn("can't be run again", self.verify("out", "--rerun", code=1).stderr)
        up = "../" * 30
        manifest["inputs"] = {"a": {"files": [{"path": up + "dev/zero", "bytes": 5, "sha256": "0" * 64}]}}
        path.write_text(json.dumps(manifest), encoding="utf-8")
        self.assertEqual(self.states("out", code=1)[up + "dev/zero"], "changed")


if __name__ == "__main__":
    unittest.main()
