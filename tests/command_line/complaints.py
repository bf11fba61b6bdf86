# SPDX-License-Identifier: Apache-2.0
"""Tables of mistakes: what is wrong with a study, and every line that the program says of it."""

import re

import data
import program


def wrong(*edits):
    """The base study with texts replaced; each must be there."""
    text = data.STUDY
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


class Mistakes(program.InFolder):
    """A folder with the small country and an earlier result, which no mistake may touch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        done = program.zonerank("run", "study.yaml", "--quiet", cwd=cls.folder)
        assert done.returncode == 0, done.stderr

    def tells(self, expected, *arguments, **options):
        """Each line is a text, with {folder} for the folder, or a pattern; the lines come in this order."""
        before = program.contents(self.folder)
        done = program.zonerank(*(arguments or ("run", "study.yaml")), cwd=self.folder, **options)
        lines = program.complaints(done)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(program.contents(self.folder), before, "files came, went or changed")
        for line, wanted in zip(lines, expected):
            if isinstance(wanted, re.Pattern):
                self.assertRegex(line, wanted)
            else:
                self.assertEqual(line, wanted.replace("{folder}", str(self.folder)))
        self.assertEqual(len(lines), len(expected), done.stderr)

    def tells_of_all(self, cases):
        """cases: name: (edits or the whole text, lines)."""
        for name, (study, expected) in cases.items():
            with self.subTest(name):
                text = study if isinstance(study, str) else wrong(*study)
                (self.folder / "study.yaml").write_text(text, encoding="utf-8")
                self.tells(expected)
