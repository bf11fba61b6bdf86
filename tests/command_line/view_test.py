# SPDX-License-Identifier: Apache-2.0
"""`zonerank view`: a run's report in the browser, and its folder served to this machine alone."""

import http.client
import json
import os
import signal
import socket
import subprocess
import unittest

import data
import program


class Server:
    """A running `view --serve`."""

    def __init__(self, run):
        self.process = subprocess.Popen([program.PROGRAM, "view", str(run), "--serve", "--json"], text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        lines = ""
        while not lines.endswith("}\n"):
            lines += self.process.stdout.readline()
        self.url = json.loads(lines)["url"]
        self.port = int(self.url.rstrip("/").rsplit(":", 1)[1])

    def ask(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def raw(self, text):
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(text.encode())
            return connection.makefile("rb").readline().decode()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.stdout.close()
        return self.process.wait(timeout=30)


def with_report(run):
    """A report of our own where the run has made none, listed in its manifest."""
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    if (run / "report.html").exists():
        return
    (run / "report.html").write_text("<!doctype html><title>report</title>", encoding="utf-8")
    manifest["outputs"]["report.html"] = {"sha256": ""}
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


class View(program.InFolder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.write_country(cls.folder)
        done = program.zonerank("run", "study.yaml", cwd=cls.folder)
        assert done.returncode == 0, done.stderr
        cls.run_folder = cls.folder / "out"
        with_report(cls.run_folder)
        (cls.run_folder / "mine.txt").write_text("mine", encoding="utf-8")
        cls.server = Server(cls.run_folder)
        cls.addClassCleanup(cls.server.end)

    def test_the_report_and_listed_files(self):
        status, headers, body = self.server.ask("/")
        self.assertEqual(status, 200)
        self.assertEqual(body, (self.run_folder / "report.html").read_bytes())
        self.assertEqual(headers["Content-Type"], "text/html; charset=utf-8")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
        for name, kind in (("sites.geojson", "application/geo+json"), ("suitability.tif", "image/tiff"),
                           ("manifest.json", "application/json"), ("ranking.csv", "text/csv; charset=utf-8")):
            status, headers, body = self.server.ask(f"/{name}")
            self.assertEqual((status, headers["Content-Type"]), (200, kind))
            self.assertEqual(body, (self.run_folder / name).read_bytes())

    def test_parts_and_heads(self):
        whole = (self.run_folder / "suitability.tif").read_bytes()
        status, headers, body = self.server.ask("/suitability.tif", Range="bytes=10-19")
        self.assertEqual((status, body), (206, whole[10:20]))
        status, headers, body = self.server.ask("/suitability.tif", "HEAD")
        self.assertEqual((status, body, int(headers["Content-Length"])), (200, b"", len(whole)))

    def test_nothing_else(self):
        outside = self.folder / "study.yaml"
        (self.run_folder / "link.csv").symlink_to(outside)
        for path in ("/mine.txt", "/link.csv", "/gone.csv", "/../study.yaml", "/%2e%2e/study.yaml", "//etc/passwd",
                     "/..%2fstudy.yaml", "/sites.geojson/", "/.", "/sites.geojson%00"):
            self.assertEqual(self.server.ask(path)[0], 404, path)
        listed = self.run_folder / "ranking.csv"
        kept = listed.read_bytes()
        try:
            listed.unlink()
            listed.symlink_to(outside)
            self.assertEqual(self.server.ask("/ranking.csv")[0], 404)
        finally:
            listed.unlink()
            listed.write_bytes(kept)
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            self.assertEqual(self.server.ask("/", method)[0], 405, method)

    def test_only_its_own_name(self):
        for host in ("evil.example", f"evil.example:{self.server.port}", "127.0.0.1", ""):
            self.assertEqual(self.server.ask("/", Host=host)[0], 403, host)
        self.assertEqual(self.server.ask("/", Host=f"localhost:{self.server.port}")[0], 200)
        self.assertIn("403", self.server.raw("GET / HTTP/1.0\r\n\r\n"))
        with open("/proc/net/tcp", encoding="ascii") as table:
            listening = [line.split()[1] for line in table if line.split()[3] == "0A"]
        self.assertIn(f"0100007F:{self.server.port:04X}", listening)

    def test_it_ends_by_ctrl_c_and_says_when_a_port_is_taken(self):
        other = Server(self.run_folder)
        done = program.zonerank("view", self.run_folder, "--serve", other.port)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr, f"port {other.port} of 127.0.0.1 can't be had; without a number --serve takes a "
                                      "free one\n")
        self.assertEqual(other.end(), 0)

    def test_a_browser_is_given_the_address(self):
        seen = self.folder / "seen"
        browser = self.folder / "browser.sh"
        browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {seen}\n', encoding="utf-8")
        browser.chmod(0o755)
        done = self.succeeds("view", "out", BROWSER=str(browser))
        self.assertEqual(seen.read_text(encoding="utf-8"), f"file://{self.run_folder}/report.html")
        self.assertEqual(done.stdout, f"file://{self.run_folder}/report.html\n")
        told = json.loads(self.succeeds("view", "out", "--json", BROWSER="/nowhere").stdout)
        self.assertEqual(told, {"ok": True, "url": f"file://{self.run_folder}/report.html", "opened": False})

    def test_a_desktop_without_a_browser_is_quiet(self):
        opener = self.folder / "xdg-open"
        opener.write_text("#!/bin/sh\necho no browser; echo not found >&2; exit 3\n", encoding="utf-8")
        opener.chmod(0o755)
        done = self.succeeds("view", "out", BROWSER="", DISPLAY=":77", PATH=f"{self.folder}:{os.environ['PATH']}")
        self.assertEqual(done.stdout, f"file://{self.run_folder}/report.html\n")
        self.assertEqual(done.stderr, "")

    def test_what_is_no_run_is_one_line(self):
        for place in (".", "nowhere", "out/ranking.csv"):
            done = program.zonerank("view", place, cwd=self.folder)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr, f"{place}: is no run of zonerank's (no manifest.json of its own)\n")


if __name__ == "__main__":
    unittest.main()
