# SPDX-License-Identifier: Apache-2.0
"""What the program writes of itself: reference page, man page, completions, by the programs that read them."""

import fnmatch
import json
import re
import shutil
import subprocess
import unittest

import data
import program

SHELLS = ("bash", "zsh", "fish")


def run(*command, text):
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", timeout=60, check=False)


class Generated(program.InFolder):
    def commands(self):
        return re.findall(r"^  (\w+) {2,}\S", self.succeeds("--help").stdout.split("ubcommands:")[1], re.M)

    def test_the_reference_page_is_current(self):
        page = program.ROOT / "examples" / "REFERENCE.md"
        self.assertEqual(page.read_text(encoding="utf-8"), self.succeeds("list", "--markdown").stdout,
                         "renew it: build/zonerank list --markdown > examples/REFERENCE.md")

    def test_every_file_of_a_run_is_on_the_page(self):
        data.write_country(self.folder)
        (self.folder / "study.yaml").write_text(
            data.STUDY + "outputs: {criteria: true, reasons: true}\nstability: {maps: true}\ncompare: {}\n",
            encoding="utf-8")
        self.succeeds("run", "study.yaml", "--quiet")
        page = self.succeeds("list", "--markdown").stdout.split("## Files of results")[1]
        told = re.findall(r"^\| `([^`]+)` \|", page, re.M)
        written = json.loads((self.folder / "out" / "manifest.json").read_text(encoding="utf-8"))["outputs"]
        for name in written:
            self.assertTrue(any(fnmatch.fnmatch(name, pattern) for pattern in told), name)

    def test_the_man_page_is_set_without_a_warning(self):
        page = self.succeeds("man").stdout
        for command in self.commands():
            self.assertIn(f"zonerank {command}", page)
        if shutil.which("groff"):
            done = run("groff", "-ww", "-K", "utf8", "-T", "utf8", "-man", text=page)
            self.assertEqual(done.stderr, "")
            self.assertIn("--sites-only", re.sub(".\b|\x1b\\[[0-9;]*m", "", done.stdout))
        if shutil.which("mandoc"):
            done = run("mandoc", "-T", "lint", "-W", "warning", text=page)
            self.assertEqual(done.stdout, "")

    def test_completions_are_scripts_of_their_shells(self):
        for shell in SHELLS:
            script = self.succeeds("completion", shell).stdout
            for command in self.commands():
                self.assertIn(command, script)
            if shutil.which(shell):
                (self.folder / "script").write_text(script, encoding="utf-8")
                done = run(shell, "-n", self.folder / "script", text="")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(done.stderr, "")

    def offered(self, *words):
        """What bash offers for the last of the words."""
        script = (self.succeeds("completion", "bash").stdout +
                  'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _zonerank; printf "%s\\n" "${COMPREPLY[@]}"\n')
        (self.folder / "complete").write_text(script, encoding="utf-8")
        done = run("bash", str(self.folder / "complete"), *words, text="")
        self.assertEqual(done.stderr, "")
        return done.stdout.split("\n")[:-1]

    def test_bash_completes_commands_options_and_words(self):
        self.assertEqual(self.offered("zonerank", ""), [*self.commands(), "--help", "--version"])
        self.assertEqual(self.offered("zonerank", "ver"), ["verify"])
        self.assertEqual(self.offered("zonerank", "verify", "out", "--re"), ["--rerun"])
        self.assertEqual(self.offered("zonerank", "completion", ""), list(SHELLS))
        self.assertEqual(self.offered("zonerank", "list", "weight\\ "), [""])
        self.assertIn("weight\\ spaces", self.offered("zonerank", "list", ""))
        self.assertEqual(self.offered("zonerank", "run", "--output", ""), [""])  # files, by bash itself

    def test_every_option_is_in_help_man_page_and_completion(self):
        script, page = self.succeeds("completion", "bash").stdout, self.succeeds("man").stdout.replace("\\-", "-")
        for command in self.commands():
            for option in re.findall(r"--[a-z][a-z-]+", self.succeeds(command, "--help").stdout.split("ptions:")[1]):
                self.assertIn(option, page)
                self.assertIn(option, script)

    def test_a_shell_that_we_do_not_know(self):
        done = program.zonerank("completion", "tcsh")
        self.assertEqual(done.returncode, 2)
        self.assertIn("bash", done.stderr)


if __name__ == "__main__":
    unittest.main()
