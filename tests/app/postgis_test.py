# SPDX-License-Identifier: Apache-2.0
"""Studies that read tables of a PostGIS database, and ranked sites that go into one."""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

from postgis_server import PASSWORD, Server

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "command_line"))
import data  # noqa: E402
from program import PROGRAM, complaints, zonerank  # noqa: E402

from osgeo import gdal  # noqa: E402

TABLES = ("area", "roads", "towns", "districts", "sites")
SAME = ("suitability.tif", "constraints.tif", "ranking.csv", "ranking.tif", "sites.geojson", "sites.gpkg")
QUOTED = PASSWORD.replace("'", "\\'")
SECRET = f"password='{QUOTED}'"


def setUpModule():
    global server
    server = Server()
    unittest.addModuleCleanup(server.close)
    server.create("zones")


def packaged(study):
    """The study of data.py with all its features in GeoPackages."""
    for name in TABLES:
        study = study.replace(f"data/{name}.geojson", f"data/{name}.gpkg")
    return study


def in_database(study, database):
    """The same study with all its features in tables of schema `gis`."""
    for name in TABLES:
        study = study.replace(f"source: data/{name}.gpkg, layer: {name}", f"source: data/{name}.gpkg")
        study = study.replace(f"source: data/{name}.gpkg", f'source: "{database}", layer: gis.{name}')
    return study


class Country(unittest.TestCase):
    """data.py's country, in files and in the database."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="zonerank-postgis-")).resolve()
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        data.write_country(cls.folder)
        for name in TABLES:
            if name != "roads":
                gdal.VectorTranslate(str(cls.folder / "data" / f"{name}.gpkg"),
                                     str(cls.folder / "data" / f"{name}.geojson"), format="GPKG", layerName=name)
        cls.study = packaged(data.STUDY)
        cls.write("files.yaml", cls.study + "outputs: {criteria: true}\n")
        cls.write("tables.yaml", in_database(cls.study, server.name("zones")) + "outputs: {criteria: true}\n")

    @classmethod
    def write(cls, name, text):
        (cls.folder / name).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, database="zones"):
        with server.session(database) as cursor:
            cursor.execute("CREATE SCHEMA gis; GRANT USAGE ON SCHEMA gis TO anna; "
                           "ALTER DEFAULT PRIVILEGES IN SCHEMA gis GRANT SELECT ON TABLES TO anna")
        for name in TABLES:
            gdal.VectorTranslate(server.name(database), str(cls.folder / "data" / f"{name}.gpkg"),
                                 format="PostgreSQL", layerName=f"gis.{name}",
                                 layerCreationOptions=["FID=fid", "GEOMETRY_NAME=geom", "LAUNDER=NO"],
                                 options=["-preserve_fid"])

    def run_study(self, study, *options, output="out", **environment):
        return zonerank("run", study, "-o", output, *options, cwd=self.folder, **environment)

    def succeeds(self, *arguments, **options):
        done = self.run_study(*arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def refused(self, *arguments, **options):
        """The one line that is told."""
        done = self.run_study(*arguments, **options)
        self.assertEqual(done.returncode, 1, done.stderr)
        lines = [line for line in complaints(done) if ": warning: " not in line]
        self.assertEqual(len(lines), 1, done.stderr)
        return lines[0]

    def nowhere(self, secret, *texts, folder=None):
        """In no text and in no file below the folder."""
        for text in texts:
            self.assertNotIn(secret, text)
        for path in (folder or self.folder / "out").rglob("*"):
            if path.is_file():
                self.assertNotIn(secret.encode(), path.read_bytes(), path)


class Inputs(Country):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.load()

    def variant(self, old, new, name="variant.yaml"):
        text = (self.folder / "tables.yaml").read_text(encoding="utf-8")
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))
        return name

    def test_tables_give_the_same_bytes_as_files(self):
        self.succeeds("files.yaml", output="out-files")
        self.succeeds("tables.yaml", "--allow-network", output="out-tables")
        maps = self.folder / "out-files" / "criteria"
        names = set(SAME) | {f"criteria/{path.name}" for path in maps.glob("*.tif")}
        self.assertGreater(len(names), 8)
        for name in sorted(names):
            self.assertEqual((self.folder / "out-files" / name).read_bytes(),
                             (self.folder / "out-tables" / name).read_bytes(), name)

    def test_the_order_of_rows_does_not_matter_where_a_key_tells_it(self):
        with server.session("zones") as cursor:  # two districts everywhere: the first one counts
            cursor.execute("CREATE TABLE gis.twice AS SELECT * FROM gis.districts UNION ALL "
                           "SELECT fid + 10, literacy / 2, kind, geom FROM gis.districts ORDER BY fid; "
                           "ALTER TABLE gis.twice ADD PRIMARY KEY (fid)")
        study = self.variant("layer: gis.districts", "layer: gis.twice", "twice.yaml")
        self.succeeds(study, "--allow-network", output="out-order")
        before = (self.folder / "out-order" / "ranking.csv").read_bytes()
        manifest = self.manifest("out-order")
        with server.session("zones") as cursor:
            cursor.execute("UPDATE gis.twice SET kind = kind WHERE fid < 10")  # moves the rows to the end
            cursor.execute("SELECT array_agg(fid) FROM gis.twice")
            self.assertEqual(cursor.fetchone()[0], [11, 12, 13, 14, 1, 2, 3, 4])
        self.succeeds(study, "--allow-network", output="out-order")
        self.assertEqual((self.folder / "out-order" / "ranking.csv").read_bytes(), before)
        self.assertEqual(self.manifest("out-order")["inputs"], manifest["inputs"])

    def manifest(self, output):
        return json.loads((self.folder / output / "manifest.json").read_text(encoding="utf-8"))

    def test_the_manifest_tells_tables_from_each_other_and_verify_looks_again(self):
        self.succeeds("tables.yaml", "--allow-network", output="out-verify")
        roads = self.manifest("out-verify")["inputs"]["roads"]["files"]
        self.assertEqual([(f["table"], f["rows"]) for f in roads], [("gis.roads", 2)])
        self.assertEqual(len(roads[0]["sha256"]), 64)

        def states(*options):
            done = zonerank("verify", "out-verify", "--json", *options, cwd=self.folder)
            files = json.loads(done.stdout)["files"]
            return done.returncode, {f["path"]: f["state"] for f in files if "database" in f["path"]}
        code, found = states()
        self.assertEqual((code, set(found.values())), (0, {"not looked at"}))
        code, found = states("--allow-network")
        self.assertEqual((code, set(found.values())), (0, {"as it was"}))
        with server.session("zones") as cursor:
            cursor.execute("UPDATE gis.towns SET population = population + 1 WHERE name = 'B'")
        code, found = states("--allow-network")
        with server.session("zones") as cursor:
            cursor.execute("UPDATE gis.towns SET population = population - 1 WHERE name = 'B'")
        self.assertEqual((code, found["gis.towns in database 'zones'"]), (1, "changed"))
        self.assertEqual(list(found.values()).count("as it was"), 4)
        again = zonerank("verify", "out-verify", "--rerun", "--allow-network", cwd=self.folder)
        self.assertIn("the same, byte by byte", again.stdout, again.stderr)

    def changed_under_a_run(self, sql, *words):
        """What a command says when a table changes after it has looked at it first."""
        with server.session("zones") as holding, server.session("zones") as watching:
            holding.execute("BEGIN; LOCK TABLE gis.sites")  # which it asks for last
            running = subprocess.Popen([PROGRAM, *words, "--allow-network", "--quiet"], cwd=self.folder,
                                       stderr=subprocess.PIPE, encoding="utf-8")
            for _ in range(2000):
                watching.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if watching.fetchone()[0] > 0:
                    break
                time.sleep(0.01)
            else:
                self.fail("it never asked for the sites")
            watching.execute(sql)
            holding.execute("ROLLBACK")
            running.said = running.communicate(timeout=60)[1]
        return running.returncode, [line for line in running.said.splitlines() if ": warning: " not in line]

    def test_a_table_that_changes_under_a_run_is_told(self):
        change = "UPDATE gis.towns SET population = population WHERE name = 'B'"  # the same, but nobody can know
        code, lines = self.changed_under_a_run(change, "run", "tables.yaml", "-o", "out-under")
        self.assertEqual((code, len(lines)), (1, 1), lines)
        self.assertIn("database 'zones': table gis.towns has changed while the study was running; run it again", lines[0])
        self.assertFalse((self.folder / "out-under").exists())
        code, lines = self.changed_under_a_run(change, "plan", "tables.yaml", "-o", "out-under")
        self.assertEqual(code, 1)
        self.assertIn("database 'zones': table gis.towns has changed while it was read; plan again", lines[-1])
        self.assertEqual(self.changed_under_a_run("SELECT 1", "run", "tables.yaml", "-o", "out-under"), (0, []))

    def test_units_are_of_the_rows_that_were_planned(self):
        unit = ("unit", "out-units.plan", "score-0001", "--allow-network")
        with server.session("zones") as cursor:
            cursor.execute("CREATE VIEW gis.known AS SELECT fid, geom FROM gis.districts WHERE fid = 1")
        with open(self.folder / "tables.yaml", encoding="utf-8") as tables:
            self.write("units.yaml", tables.read() + f'validate: {{good: {{source: "{server.name("zones")}", layer: gis.known}}}}\n')
        done = zonerank("plan", "units.yaml", "-o", "out-units", "--allow-network", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        plan = json.loads((self.folder / "out-units.plan" / "plan.json").read_text(encoding="utf-8"))
        self.assertIn("gis.known", {path["path"].split()[-1] for path in plan["inputs"]})
        for table, there, back in (("gis.towns", "population = population + 1", "population = population - 1"),
                                   ("gis.districts", "geom = ST_Translate(geom, 0.001, 0)", "geom = ST_Translate(geom, -0.001, 0)")):
            with server.session("zones") as cursor:
                cursor.execute(f"UPDATE {table} SET {there} WHERE fid = 1")
                refused = zonerank(*unit, cwd=self.folder)
                self.assertEqual(refused.returncode, 1, refused.stderr)
                self.assertIn("have changed since they were planned; plan again", refused.stderr)
                cursor.execute(f"UPDATE {table} SET {back} WHERE fid = 1")
        done = zonerank(*unit, cwd=self.folder)  # rows that were written again, and are the same
        self.assertEqual(done.returncode, 0, done.stderr)
        done = zonerank("finish", "out-units.plan", "--allow-network", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_batch_tells_sites_apart_by_a_key(self):
        with server.session("zones") as cursor:
            cursor.execute("CREATE TABLE gis.keyless AS SELECT name, id, note, geom FROM gis.sites")
        study = self.variant("layer: gis.sites", "layer: gis.keyless", "keyless.yaml")
        text = (self.folder / study).read_text(encoding="utf-8")
        area = next(line for line in text.splitlines() if line.startswith("area:"))
        batch = ("--over", "data/districts.gpkg", "--name", "kind", "--where", "fid < 3", "--allow-network",
                 "-o", "out-all")
        self.write(study, text.replace(area + "\n", ""))
        done = zonerank("batch", study, *batch, cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("gis.keyless in database 'zones' has no key that would stay; give it one", done.stderr)
    def test_a_batch_does_again_what_was_made_from_other_rows(self):
        data.write_geojson(self.folder / "halves.geojson", *(
            (data.square(x, 0, data.SIDE // 2), {"half": name}) for x, name in ((0, "west"), (data.SIDE // 2, "east"))))
        self.write("batch.yaml", in_database(self.study, server.name("zones")).replace(
            f'area: {{source: "{server.name("zones")}", layer: gis.area}}\n', "").replace("output: out\n", ""))

        def batch(*options):
            return zonerank("batch", "batch.yaml", "--over", "halves.geojson", "--name", "half", "-o", "all", *options,
                            cwd=self.folder)

        def states(*options):
            batch(*options)
            summary = json.loads((self.folder / "all" / "batch.json").read_text(encoding="utf-8"))
            return {row["state"] for row in summary["districts"]}
        self.assertEqual(states("--allow-network"), {"done"})
        self.assertEqual(states("--allow-network"), {"already done"})
        with server.session("zones") as cursor:
            cursor.execute("UPDATE gis.towns SET population = population + 1 WHERE name = 'B'")
        again = states("--allow-network")
        with server.session("zones") as cursor:
            cursor.execute("UPDATE gis.towns SET population = population - 1 WHERE name = 'B'")
        self.assertEqual(again, {"done"})
        refused = batch()  # who may not look must not believe
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--allow-network", refused.stderr)

    def test_nothing_is_opened_unless_it_is_allowed(self):
        done = self.run_study("tables.yaml", output="out-not")
        self.assertEqual(done.returncode, 1)
        for line in complaints(done):
            self.assertIn("connections are opened only with --allow-network", line)
        self.assertFalse((self.folder / "out-not").exists())

    def test_what_is_wrong_with_a_table_is_told_in_one_line(self):
        with server.session("zones") as cursor:
            cursor.execute("CREATE TABLE gis.prices (id int, price int); "
                           "CREATE TABLE gis.two (id serial PRIMARY KEY, a geometry(Point, 4326), b geometry); "
                           "INSERT INTO gis.two (a) VALUES (ST_SetSRID(ST_Point(73.7, 33.1), 4326)); "
                           "CREATE TABLE gis.nowhere (id serial PRIMARY KEY, geom geometry(Point)); "
                           "INSERT INTO gis.nowhere (geom) VALUES (ST_Point(1, 1))")
        where = "variant.yaml:6:3: layer 'towns': "
        for name, told in {
                "gis.twons": "database 'zones': unknown table 'gis.twons'; did you mean 'gis.towns'?",
                "gis.prices": "database 'zones': gis.prices has no geometry column",
                "gis.two": "database 'zones': gis.two has several geometry columns; name one, as in "
                           "`layer: gis.two(a)` (there is a, b)",
                "gis.nowhere": "database 'zones' has no CRS; write which one it is in, as in `crs: EPSG:4326` for "
                               "longitude and latitude"}.items():
            with self.subTest(name):
                study = self.variant("layer: gis.towns", f"layer: {name}")
                self.assertEqual(self.refused(study, "--allow-network"), where + told)
        self.succeeds(self.variant("layer: gis.towns", 'layer: "gis.two(a)"'), "--allow-network")

    def test_a_server_that_does_not_answer_is_told_within_seconds(self):
        study = self.folder / "tables.yaml"
        text = study.read_text(encoding="utf-8").replace(str(server.folder), "/nonexistent")
        self.write("variant.yaml", text)
        start = time.monotonic()
        done = self.run_study("variant.yaml", "--allow-network")
        self.assertLess(time.monotonic() - start, 8)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(complaints(done))
        for line in complaints(done):
            self.assertIn("can't be opened: connection to server on socket", line)

    def test_a_where_is_ours_and_never_sql(self):
        for where in ("population > 5000", "fid = 2"):  # the key is a field as others
            study = self.variant("layer: gis.towns", f"layer: gis.towns, where: \"{where}\"")
            self.succeeds(study, "--allow-network")
        for hostile in ("1 = 1); DROP TABLE gis.towns; --", "population > (SELECT 1)", "pg_sleep(10) = 1"):
            with self.subTest(hostile):
                study = self.variant("layer: gis.towns", f"layer: gis.towns, where: \"{hostile}\"")
                self.assertIn("layer 'towns'", self.refused(study, "--allow-network"))
        with server.session("zones") as cursor:
            cursor.execute("SELECT count(*) FROM gis.towns")
            self.assertEqual(cursor.fetchone()[0], 2)

    def test_the_session_can_not_write(self):
        with server.session("zones") as cursor:
            cursor.execute("CREATE TABLE gis.seen (at timestamptz); "
                           "CREATE FUNCTION gis.spy() RETURNS boolean LANGUAGE plpgsql AS "
                           "$$BEGIN INSERT INTO gis.seen VALUES (now()); RETURN true; END$$; "
                           "CREATE VIEW gis.watched AS SELECT * FROM gis.towns WHERE gis.spy()")
        study = self.variant("layer: gis.towns", "layer: gis.watched")
        self.assertIn("read-only transaction", self.run_study(study, "--allow-network").stderr)
        with server.session("zones") as cursor:
            cursor.execute("SELECT count(*) FROM gis.seen")
            self.assertEqual(cursor.fetchone()[0], 0)

    def test_rasters_of_a_database_are_refused(self):
        study = self.variant("source: data/terrain.tif", f'source: "{server.name("zones")} table=dem mode=2"')
        self.assertIn("not a connection to PostgreSQL", self.run_study(study, "--allow-network").stderr)

    def test_passwords_work_and_are_told_nowhere(self):
        given = {"keywords": server.name("zones", "anna", SECRET),
                 "address": f"postgresql://anna:{PASSWORD.replace(' ', '%20')}@/zones?host={server.folder}"}
        for kind, name in given.items():
            with self.subTest(kind):
                self.write("secret.yaml", in_database(self.study, name.replace("\\", "\\\\")) + "outputs: {report: true}\n")
                out = f"out-{kind}"
                done = self.succeeds("secret.yaml", "--allow-network", "--json", "--trace", "trace.json", output=out)
                shown = zonerank("check", "secret.yaml", "--allow-network", "--json", cwd=self.folder)
                self.assertEqual(shown.returncode, 0, shown.stderr)
                trace = (self.folder / "trace.json").read_text(encoding="utf-8")
                for secret in (PASSWORD, QUOTED, "s3cret-Pa55", "w'rd"):
                    self.nowhere(secret, done.stdout, done.stderr, shown.stdout, shown.stderr, trace,
                                 folder=self.folder / out)
                self.assertIn("***", (self.folder / out / "manifest.json").read_text(encoding="utf-8"))

    def test_a_wrong_password_is_not_told(self):
        wrong = "password=wr0ng-s3cret"
        for text in (wrong, f"{wrong} nonsense", f"sslmode=nonsense {wrong}"):
            self.write("secret.yaml", in_database(self.study, server.name("zones", "anna", text)))
            for words in (("--allow-network",), ()):
                done = self.run_study("secret.yaml", *words, "--json")
                self.assertEqual(done.returncode, 1)
                self.assertNotIn("wr0ng", done.stdout + done.stderr)
                self.assertTrue(complaints(done))

    def test_a_password_file_and_a_service_need_no_password_in_the_study(self):
        passwords = self.folder / "pgpass"
        passwords.write_text(f"*:*:*:anna:{PASSWORD}\n", encoding="utf-8")
        passwords.chmod(0o600)
        services = self.folder / "services"
        services.write_text(f"[night]\nhost={server.folder}\ndbname=zones\nuser=anna\n", encoding="utf-8")
        self.write("service.yaml", in_database(self.study, "PG:service=night"))
        found = {"PGPASSFILE": str(passwords), "PGSERVICEFILE": str(services)}
        self.succeeds("service.yaml", "--allow-network", **found)
        self.nowhere(PASSWORD)
        # What a manifest keeps of a password is enough to run it again, where the password file has it.
        self.write("masked.yaml", in_database(self.study, server.name("zones", "anna", "password=***")))
        self.succeeds("masked.yaml", "--allow-network", **found)

    def test_a_large_table_is_read_in_pieces(self):
        """Of a table of 200 MB that a `where` leaves nothing much of, no more than pieces are ever held."""
        with server.session("zones") as cursor:
            cursor.execute("CREATE TABLE gis.many AS SELECT g AS id, repeat(md5(g::text), 30) AS text, "
                           "ST_SetSRID(ST_Point(73.7 + g * 1e-7, 33.1), 4326)::geometry(Point, 4326) AS geom "
                           "FROM generate_series(1, 200000) g; ALTER TABLE gis.many ADD PRIMARY KEY (id)")
        self.write("many.yaml", self.study.replace(
            "source: data/towns.gpkg", f'source: "{server.name("zones")}", layer: gis.many, where: "id < 5"'))
        small, large = (self.peak("files.yaml"), self.peak("many.yaml"))
        self.assertLess(large, small + 100_000, "KiB")

    def peak(self, study):
        subprocess.run([PROGRAM, "run", study, "-o", "out-peak", "--allow-network", "--quiet"], cwd=self.folder,
                       check=True, timeout=300)
        script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        done = subprocess.run([sys.executable, "-c", script, PROGRAM, "run", study, "-o", "out-peak",
                               "--allow-network", "--quiet"], cwd=self.folder, check=True, timeout=300,
                              capture_output=True, encoding="utf-8")
        return int(done.stdout.split()[-1])


class Outputs(Country):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        server.create("ranked")

    def setUp(self):
        with server.session("ranked") as cursor:
            cursor.execute("DROP SCHEMA IF EXISTS night CASCADE; CREATE SCHEMA night; GRANT ALL ON SCHEMA night TO anna")
        self.target = ("--to-postgis", server.name("ranked"), "--to-table", "night.sites")

    def rows(self, sql):
        with server.session("ranked") as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def state(self):
        return self.rows("SELECT row_to_json(s)::text FROM night.sites s ORDER BY 1")

    def titled(self, title, name="titled.yaml", study=None):
        text = (study or self.study).replace("study: Base", "study: " + json.dumps(title, ensure_ascii=False))
        self.write(name, text)
        return name

    def test_the_table_has_what_the_files_have(self):
        self.succeeds("files.yaml", *self.target)
        with open(self.folder / "out" / "ranking.csv", newline="", encoding="utf-8") as file:
            ranking = list(csv.DictReader(file))
        columns = [name for (name,) in self.rows(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'night' ORDER BY "
            "ordinal_position")]
        sites = json.loads((self.folder / "out" / "sites.geojson").read_text(encoding="utf-8"))["features"]
        self.assertEqual(columns, ["study", "run", *sites[0]["properties"], "written", "geom"])
        types = dict(self.rows("SELECT column_name, data_type FROM information_schema.columns WHERE "
                               "table_schema = 'night'"))
        self.assertEqual([types[name] for name in ("rank", "name", "score", "excluded_by", "highway_km", "written")],
                         ["bigint", "text", "double precision", "text", "double precision",
                          "timestamp with time zone"])
        self.assertEqual(self.rows("SELECT Find_SRID('night', 'sites', 'geom')"), [(32643,)])
        found = self.rows("SELECT rank, id, name, score, area_ha, ST_Area(geom) / 1e4, ST_IsValid(geom), "
                          "GeometryType(geom) FROM night.sites ORDER BY rank NULLS LAST, name")
        self.assertEqual(len(found), len(ranking))
        for row, wanted in zip(found, ranking):
            self.assertEqual((str(row[0] or ""), row[1], row[2]), (wanted["rank"], wanted["id"], wanted["name"]))
            self.assertEqual(row[3], float(wanted["score"]) if wanted["score"] else None)
            self.assertAlmostEqual(row[5] / row[4], 1, delta=0.002)  # the plane's area, and the ellipsoid's
            self.assertEqual(row[6:], (True, "MULTIPOLYGON"))
        manifest = subprocess.run(["sha256sum", self.folder / "out" / "manifest.json"], capture_output=True,
                                  encoding="utf-8", check=True).stdout.split()[0]
        self.assertEqual(self.rows("SELECT DISTINCT study, run, written < now() FROM night.sites"),
                         [("Base", manifest, True)])

    def test_a_run_replaces_the_rows_of_its_own_study(self):
        self.succeeds("files.yaml", *self.target)
        self.succeeds(self.titled("Other"), *self.target)
        before = self.rows("SELECT run FROM night.sites WHERE study = 'Base'")
        self.succeeds(self.titled("Other"), *self.target)
        self.assertEqual(self.rows("SELECT study, count(*) FROM night.sites GROUP BY study ORDER BY study"),
                         [("Base", 4), ("Other", 4)])
        self.assertEqual(self.rows("SELECT run FROM night.sites WHERE study = 'Base'"), before)

    def test_a_crs_of_our_own_goes_in_longitude_and_latitude(self):
        own = "crs: '+proj=laea +lat_0=33.1 +lon_0=73.7 +datum=WGS84 +units=m'"
        self.write("own.yaml", self.study.replace("crs: EPSG:32643", own))
        self.succeeds("own.yaml", *self.target)
        found = self.rows("SELECT ST_SRID(geom), ST_IsValid(geom), ST_Area(geom::geography) / 1e4 / area_ha "
                          "FROM night.sites")
        for srid, valid, ratio in found:
            self.assertEqual((srid, valid), (4326, True))
            self.assertAlmostEqual(ratio, 1, delta=1e-4)
        self.succeeds(self.titled("In a zone"), *self.target)  # whose grid is another: the table's SRID is kept
        self.assertEqual(self.rows("SELECT DISTINCT ST_SRID(geom) FROM night.sites"), [(4326,)])

    def test_hostile_names_are_only_names(self):
        names = ["'; DROP TABLE night.sites; --", "a\tb\\.\\N\n\\.\n", "🏭 میرپور", '"x"', "$1 %s {0}"]
        sites = json.loads((self.folder / "data" / "sites.geojson").read_text(encoding="utf-8"))
        for feature, name in zip(sites["features"], names):
            feature["properties"].update(name=name, note=names[-1])
        sites["features"][1]["properties"]['a"; DROP TABLE night.sites; --'] = "x"
        (self.folder / "data" / "hostile.geojson").write_text(json.dumps(sites), encoding="utf-8")
        study = self.study.replace("data/sites.gpkg", "data/hostile.geojson")
        study = study.replace("keep: [note]", "keep: [note, 'a\"; DROP TABLE night.sites; --']")
        title = "'; DELETE FROM night.sites; -- \\ 🗺"
        self.target = (*self.target[:3], 'night.x"; DROP SCHEMA night; --')
        self.succeeds(self.titled(title, study=study), *self.target)
        table = '"night"."x""; DROP SCHEMA night; --"'
        found = self.rows(f'SELECT study, name, note FROM {table} ORDER BY id')
        self.assertEqual([row[0] for row in found], [title] * 4)
        self.assertEqual([row[1] for row in found], names[:4])
        self.succeeds("titled.yaml", *self.target)
        self.assertEqual(self.rows(f"SELECT count(*) FROM {table}"), [(4,)])

    def failing(self, told):
        """What a run that can't write says; its folder is whole, the table as it was."""
        before = self.state()
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        line = self.refused("files.yaml", *self.target)
        self.assertRegex(line, r"out is complete, but --to-postgis: .*" + told)
        self.assertEqual(self.state(), before)
        checked = zonerank("verify", "out", cwd=self.folder)
        self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_a_failure_leaves_the_old_rows(self):
        self.succeeds("files.yaml", *self.target)
        self.rows("CREATE FUNCTION night.no() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF NEW.id = 'S3' THEN "
                  "RAISE 'not on my watch'; END IF; RETURN NEW; END$$; CREATE TRIGGER no BEFORE INSERT ON "
                  "night.sites FOR EACH ROW EXECUTE FUNCTION night.no(); SELECT 1")
        self.failing(r"not on my watch; nothing was changed in the database$")

    def test_a_failing_commit_leaves_the_old_rows(self):
        self.succeeds("files.yaml", *self.target)
        self.rows("CREATE FUNCTION night.late() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'too late'; END$$; "
                  "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON night.sites DEFERRABLE INITIALLY DEFERRED "
                  "FOR EACH ROW EXECUTE FUNCTION night.late(); SELECT 1")
        self.failing(r"too late; nothing was changed in the database$")

    def write_slowly(self):
        self.succeeds("files.yaml", *self.target)
        self.rows("CREATE FUNCTION night.slow() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM "
                  "pg_sleep(2); RETURN NEW; END$$; CREATE TRIGGER slow BEFORE INSERT ON night.sites FOR EACH ROW "
                  "EXECUTE FUNCTION night.slow(); SELECT 1")

    def writing(self):
        return self.rows("SELECT pid FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state = 'active'")

    def test_a_run_that_is_killed_while_it_writes_leaves_the_old_rows(self):
        self.write_slowly()
        before = self.state()
        run = subprocess.Popen([PROGRAM, "run", "files.yaml", "-o", "out", "--quiet", *self.target], cwd=self.folder,
                               stderr=subprocess.DEVNULL)
        while run.poll() is None and not self.writing():
            time.sleep(0.05)
        run.kill()
        self.assertEqual(run.wait(), -9)
        self.assertEqual(self.state(), before)
        while self.writing():
            time.sleep(0.1)
        self.assertEqual(self.state(), before)
        checked = zonerank("verify", "out", cwd=self.folder)
        self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_a_run_that_is_stopped_while_it_writes_says_what_there_is(self):
        self.write_slowly()
        before = self.state()
        run = subprocess.Popen([PROGRAM, "run", "files.yaml", "-o", "out", "--quiet", *self.target], cwd=self.folder,
                               stderr=subprocess.PIPE, encoding="utf-8")
        while run.poll() is None and not self.writing():
            time.sleep(0.05)
        run.terminate()
        said = run.communicate(timeout=60)[1].splitlines()[-1]
        self.assertEqual((run.returncode, said), (130, f"stopped; {self.folder / 'out'} is complete, but its sites may be "
                                                       "missing in the database: the same command writes them"))
        while self.writing():
            time.sleep(0.1)
        self.assertEqual(self.state(), before)

    def test_a_connection_that_is_cut_leaves_the_old_rows(self):
        self.write_slowly()
        cut = threading.Thread(target=self.cut)
        cut.start()
        self.failing(r"(terminating connection|connection).*; nothing was changed in the database$")
        cut.join()

    def cut(self):
        for _ in range(600):
            time.sleep(0.1)
            for (pid,) in self.writing():
                self.rows(f"SELECT pg_terminate_backend({pid})")
                return

    def test_a_connection_that_is_cut_while_it_commits_is_told_as_such(self):
        self.succeeds("files.yaml", *self.target)
        self.rows("CREATE FUNCTION night.late() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM "
                  "pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END$$; "
                  "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON night.sites DEFERRABLE INITIALLY DEFERRED "
                  "FOR EACH ROW EXECUTE FUNCTION night.late(); SELECT 1")
        self.failing(r"the connection broke while it committed")

    def refused_before(self, told, *arguments):
        """What is told before anything is run; the table is as it was."""
        before = self.state_if_any()
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        line = self.refused(*(arguments or ("files.yaml",)), *self.target)
        self.assertRegex(line, r"^--to-postgis: database 'ranked': .*" + told)
        self.assertEqual(self.state_if_any(), before)
        self.assertFalse((self.folder / "out").exists())

    def state_if_any(self):
        there = self.rows("SELECT to_regclass('night.sites')")[0][0]
        return self.state() if there else None

    def test_another_table_of_that_name_is_left_alone(self):
        for make, told in {
                "TABLE night.sites (id int)": r"it has no column 'geom' of multipolygons",
                "TABLE night.sites (id int, geom geometry(MultiPolygon, 3857))": "its SRID is 3857, neither",
                "TABLE night.sites (study text, run text, geom geometry(MultiPolygon, 4326))": "no column 'rank'",
                "TABLE night.sites (study int, run text, geom geometry(MultiPolygon, 4326))":
                    "'study' is integer there and text here"}.items():
            with self.subTest(make):
                self.rows(f"DROP TABLE IF EXISTS night.sites; CREATE {make}; SELECT 1")
                self.refused_before(told)
        self.rows("DROP TABLE night.sites; CREATE VIEW night.sites AS SELECT 1 AS id; SELECT 1")
        self.refused_before("night.sites is no table")

    def test_a_study_of_other_criteria_does_not_fit(self):
        self.succeeds("files.yaml", *self.target)
        self.write("other.yaml", self.study.replace("    highway:\n", "    motorway:\n"))
        self.refused_before("night.sites is another table: it has no column 'motorway_km'; name a new one with "
                            "--to-table", "other.yaml")

    def test_columns_that_fill_themselves_are_the_owners(self):
        self.succeeds("files.yaml", *self.target)
        self.rows("ALTER TABLE night.sites ADD seen boolean DEFAULT false, ADD gid serial PRIMARY KEY; SELECT 1")
        self.succeeds("files.yaml", *self.target)
        self.rows("ALTER TABLE night.sites ADD remark text; SELECT 1")
        self.refused_before("it has a column 'remark'")

    def test_a_column_of_another_type_is_told_once_there_are_values(self):
        self.succeeds("files.yaml", *self.target)
        self.rows("ALTER TABLE night.sites ALTER note TYPE bigint USING 1; SELECT 1")
        self.failing("'note' is bigint there and text here; name a new one with --to-table; nothing was changed")

    def test_what_stands_in_the_way_is_told_before_the_run(self):
        server.create("bare", postgis=False)
        for words, told in {
                ("--to-postgis", server.name("bare")): "database 'bare': PostGIS is not installed in it",
                ("--to-postgis", server.name("nosuch")): "database \"nosuch\" does not exist",
                ("--to-postgis", server.name("ranked"), "--to-table", "x.sites"): "there is no schema 'x'",
                ("--to-postgis", server.name("ranked"), "--to-table", "a" * 64): "is no table's name",
                ("--to-postgis", "out.gpkg"): "a database is expected"}.items():
            with self.subTest(told):
                self.assertIn(told, self.refused("files.yaml", *words, output="out-before"))
                self.assertFalse((self.folder / "out-before").exists())
        with server.session("bare") as cursor:
            cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")
            self.assertEqual(cursor.fetchone()[0], 0)

    def test_who_may_not_write_is_told(self):
        self.succeeds("files.yaml", *self.target)
        self.target = ("--to-postgis", server.name("ranked", "guest"), "--to-table", "night.sites")
        self.refused_before("permission denied for schema night$")
        self.rows("GRANT USAGE ON SCHEMA night TO guest; SELECT 1")
        self.refused_before(r"permission denied for table night.sites \(SELECT\)$")
        self.rows("GRANT SELECT, INSERT ON night.sites TO guest; SELECT 1")
        self.refused_before(r"permission denied for table night.sites \(DELETE\)$")
        self.rows("GRANT DELETE ON night.sites TO guest; SELECT 1")
        self.succeeds("files.yaml", *self.target)  # nothing else is needed
        self.target = (*self.target[:3], "night.others")
        self.refused_before("permission denied to make a table in schema night$")

    def planned(self, *more):
        """A plan of which all units are done, beside out."""
        self.addCleanup(shutil.rmtree, self.folder / "out.plan", ignore_errors=True)
        for name in ("out", "out.plan"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self.does("plan", "files.yaml", "-o", "out", "-q", *more)
        while units := json.loads(self.does("due", "out.plan", "--json").stdout)["units"]:
            self.does("unit", "out.plan", *[unit["id"] for unit in units], "-q")

    def does(self, *words, code=0):
        done = zonerank(*words, cwd=self.folder)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def contents(self):
        """But for what names a run."""
        return self.rows("SELECT row_to_json(s)::jsonb - 'run' - 'written' FROM night.sites s ORDER BY id")

    def refuse_rows(self):
        self.rows("CREATE FUNCTION night.no() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'not now'; END$$; "
                  "CREATE TRIGGER no BEFORE INSERT ON night.sites FOR EACH ROW EXECUTE FUNCTION night.no(); SELECT 1")

    def test_finish_writes_what_run_does(self):
        self.succeeds("files.yaml", *self.target)
        of_run = self.contents()
        self.planned()
        done = self.does("finish", "out.plan", *self.target)
        self.assertIn("4 sites in night.sites of database 'ranked'", done.stdout)
        self.assertEqual(self.contents(), of_run)
        self.assertFalse((self.folder / "out.plan").exists())
        self.planned("--sites-only")
        done = json.loads(self.does("finish", "out.plan", "--json", "--keep", *self.target).stdout)
        self.assertEqual(done["table"], "night.sites")
        self.assertTrue((self.folder / "out.plan").exists())

    def test_finish_that_can_not_write_keeps_its_plan(self):
        self.succeeds("files.yaml", *self.target)
        self.refuse_rows()
        before = self.state()
        self.planned()
        said = self.does("finish", "out.plan", *self.target, code=1).stderr
        self.assertRegex(said, r"/out is complete, but --to-postgis: database 'ranked': not now; nothing was changed in "
                               r"the database; \S+/out\.plan is kept: the same command goes on\n$")
        self.assertEqual(self.state(), before)
        self.rows("DROP TRIGGER no ON night.sites; SELECT 1")
        self.does("finish", "out.plan", *self.target)
        self.assertNotEqual(self.state(), before)
        self.assertFalse((self.folder / "out.plan").exists())

    def test_finish_is_refused_before_it_begins(self):
        self.planned()
        self.rows("CREATE TABLE night.sites (id int); SELECT 1")
        said = self.does("finish", "out.plan", *self.target, code=1).stderr
        self.assertIn("--to-postgis: database 'ranked': night.sites is another table", said)
        self.assertFalse((self.folder / "out").exists())
        self.does("finish", "out.plan", "-q")

    def test_submit_hands_it_to_finish(self):
        self.planned()
        self.does("submit", "out.plan", "--emit", "parallel", *self.target)
        script = (self.folder / "out.parallel" / "run.sh").read_text(encoding="utf-8")
        self.assertRegex(script, r"finish .*'--to-postgis=PG:.*' '--to-table=night.sites'")
        self.assertEqual(script.count("--to-postgis"), 1)
        said = self.does("submit", "out.plan", "--emit", "parallel", "--to-postgis",
                         server.name("ranked", "anna", SECRET), code=1).stderr
        self.assertIn("a password would stand in scripts", said)
        self.assertNotIn("s3cret", said)
        self.rows("CREATE TABLE night.sites (id int); SELECT 1")
        said = self.does("submit", "out.plan", "--scheduler", "tcp://127.0.0.1:1", *self.target, code=1).stderr
        self.assertIn("--to-postgis: database 'ranked': night.sites is another table", said)

    def districts(self):
        """Four quarters; the study goes over them."""
        half = data.SIDE // 2
        data.write_geojson(self.folder / "districts.geojson", *(
            (data.square(x * half, y * half, half), {"district": name})
            for x, y, name in ((0, 0, "SW"), (1, 0, "SE"), (0, 1, "NW"), (1, 1, "NE"))))
        lines = [line for line in self.study.splitlines() if not line.startswith(("area:", "output:"))]
        self.write("over.yaml", "\n".join(lines) + "\n")
        shutil.rmtree(self.folder / "all", ignore_errors=True)

    def batch(self, *more, code=0):
        return self.does("batch", "over.yaml", "--over", "districts.geojson", "--name", "district", "-o", "all", *more,
                         code=code)

    def test_a_batch_writes_its_combined_ranking(self):
        self.districts()
        done = self.batch(*self.target)
        self.assertIn("4 sites in night.sites of database 'ranked'", done.stdout)
        sites = json.loads((self.folder / "all" / "sites.geojson").read_text(encoding="utf-8"))["features"]
        columns = dict(self.rows("SELECT column_name, data_type FROM information_schema.columns WHERE "
                                 "table_schema = 'night' ORDER BY ordinal_position"))
        self.assertEqual(list(columns), ["study", "run", *sites[0]["properties"], "written", "geom"])
        self.assertEqual([columns[name] for name in ("rank", "district", "district_rank", "score", "usable_ha")],
                         ["bigint", "text", "bigint", "double precision", "double precision"])
        self.assertEqual(self.rows("SELECT Find_SRID('night', 'sites', 'geom')"), [(4326,)])
        found = self.rows("SELECT row_to_json(s)::jsonb - 'run' - 'written' - 'geom' - 'study', "
                          "ST_AsGeoJSON(ST_GeometryN(geom, 1), 7)::jsonb "
                          "FROM night.sites s ORDER BY rank NULLS LAST, district, name")
        self.assertEqual([row[0] for row in found], [site["properties"] for site in sites])
        for (_, ground), site in zip(found, sites):
            self.assertEqual(ground["coordinates"], site["geometry"]["coordinates"])
        total = subprocess.run(["sha256sum", self.folder / "all" / "sites.geojson"], capture_output=True,
                               encoding="utf-8", check=True).stdout.split()[0]
        self.assertEqual(self.rows("SELECT DISTINCT study, run FROM night.sites"), [("Base", total)])
        whole = "SELECT row_to_json(s)::jsonb - 'written' FROM night.sites s ORDER BY id"
        before = self.rows(whole)
        shutil.rmtree(self.folder / "all" / "SE")
        again = json.loads(self.batch("--json", *self.target).stdout)
        self.assertEqual((again["table"], again["states"]["already done"]), ("night.sites", 3))
        self.assertEqual(self.rows(whole), before)

    def test_a_batch_is_refused_before_it_begins(self):
        self.districts()
        self.rows("CREATE TABLE night.sites (id int); SELECT 1")
        for words, told in {
                self.target: "night.sites is another table: it has no column",
                ("--to-postgis", server.name("nosuch")): 'database "nosuch" does not exist',
                ("--to-postgis", server.name("ranked", "guest"), "--to-table", "night.x"): "permission denied",
                ("--to-postgis", "out.gpkg"): "a database is expected"}.items():
            with self.subTest(told):
                self.assertIn(told, self.batch(*words, code=1).stderr)
                self.assertFalse((self.folder / "all").exists())

    def test_a_table_of_other_columns_is_told_after_one_district(self):
        self.districts()
        self.batch(*self.target)
        before = self.state()
        shutil.rmtree(self.folder / "all")
        text = (self.folder / "over.yaml").read_text(encoding="utf-8")
        self.write("over.yaml", text.replace("    highway:\n", "    motorway:\n"))
        said = self.batch("--jobs", 2, *self.target, code=1).stderr
        self.assertIn("--to-postgis: database 'ranked': night.sites is another table: it has no column 'motorway_km'; "
                      "name a new one with --to-table", said)
        states = json.loads((self.folder / "all" / "batch.json").read_text(encoding="utf-8"))["states"]
        self.assertLessEqual(1, states["done"])
        self.assertLessEqual(1, states["waiting"])
        self.assertEqual(self.state(), before)
        self.batch(*self.target[:3], "night.others")
        self.assertEqual(self.rows("SELECT count(*) FROM night.others"), [(4,)])

    def test_a_batch_whose_table_fails_has_its_files_and_goes_on(self):
        self.districts()
        self.batch(*self.target)
        before = self.state()
        self.refuse_rows()
        shutil.rmtree(self.folder / "all")
        said = self.batch(*self.target, code=1).stderr
        self.assertRegex(said, r"/all is complete, but --to-postgis: database 'ranked': not now; nothing was changed in "
                               r"the database\n$")
        self.assertEqual(self.state(), before)
        self.assertTrue((self.folder / "all" / "batch.html").exists())
        self.rows("DROP TRIGGER no ON night.sites; SELECT 1")
        self.assertIn("already done", self.batch(*self.target).stdout)
        self.assertNotEqual(self.state(), before)

    def test_of_processes_that_share_a_batch_one_writes(self):
        self.districts()
        words = ("batch", "over.yaml", "--over", "districts.geojson", "--name", "district", "-o", "all", "--join", "--jobs",
                 "1", *self.target)
        both = [subprocess.Popen([PROGRAM, *words], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 encoding="utf-8") for _ in range(2)]
        said = [process.communicate(timeout=120) for process in both]
        self.assertEqual([process.returncode for process in both], [0, 0], said)
        self.assertEqual(sum("4 sites in night.sites" in out for out, _ in said), 1)
        self.assertEqual(self.rows("SELECT count(*), count(DISTINCT run) FROM night.sites"), [(4, 1)])

    def test_a_batch_that_stops_at_a_failure_writes_nothing(self):
        self.districts()
        self.batch(*self.target)
        before = self.state()
        shutil.rmtree(self.folder / "all" / "SE")
        (self.folder / "all" / "SE").write_text("mine")
        done = self.batch("--fail-fast", "--jobs", 1, *self.target, code=1)
        self.assertIn("--to-postgis wrote nothing: 2 of 4 districts had no turn yet", done.stderr)
        self.assertEqual(self.state(), before)

    def test_writers_of_one_table_wait_for_each_other(self):
        titles = [f"Study {i}" for i in range(6)] + ["Same"] * 2
        runs = [subprocess.Popen([PROGRAM, "run", self.titled(title, f"many{i}.yaml"), "-o", f"out-many{i}",
                                  "--quiet", *self.target], cwd=self.folder, stderr=subprocess.PIPE, encoding="utf-8")
                for i, title in enumerate(titles)]
        for done in runs:
            self.assertEqual(done.communicate(timeout=120)[1].count("\n"), 1)  # the warning that the study has
            self.assertEqual(done.returncode, 0)
        self.assertEqual(self.rows("SELECT study, count(*), count(DISTINCT run) FROM night.sites GROUP BY study "
                                   "ORDER BY study"), [(title, 4, 1) for title in sorted(set(titles))])

    def test_readers_see_old_rows_or_new(self):
        self.succeeds("files.yaml", *self.target)
        seen, stop = set(), threading.Event()

        def look():
            with server.session("ranked") as cursor:
                while not stop.is_set():
                    cursor.execute("SELECT count(*), count(DISTINCT run) FROM night.sites")
                    seen.add(cursor.fetchone())
        reader = threading.Thread(target=look)
        reader.start()
        for _ in range(5):
            self.succeeds("files.yaml", *self.target)
        stop.set()
        reader.join()
        self.assertEqual(seen, {(4, 1)})

    def test_a_locked_table_is_not_waited_for_forever(self):
        self.succeeds("files.yaml", *self.target)
        with server.session("ranked") as cursor:
            cursor.execute("BEGIN; LOCK TABLE night.sites IN SHARE MODE")
            self.failing("canceling statement due to lock timeout; nothing was changed in the database")

    def test_the_password_is_told_nowhere(self):
        words = ("--to-postgis", server.name("ranked", "anna", SECRET), "--to-table", "night.anna")
        done = self.succeeds("files.yaml", *words, "--trace", "trace.json", output="out-secret")
        self.assertIn("4 sites in night.anna of database 'ranked'", done.stdout)
        trace = (self.folder / "trace.json").read_text(encoding="utf-8")
        self.nowhere("s3cret-Pa55", done.stdout, done.stderr, trace, folder=self.folder / "out-secret")
        self.rows("ALTER TABLE night.anna ADD more text; SELECT 1")
        self.assertNotIn("s3cret", self.refused("files.yaml", *words))
        wrong = server.name("ranked", "anna", "password=wr0ng-s3cret more")
        self.assertNotIn("wr0ng", self.refused("files.yaml", "--to-postgis", wrong))


if __name__ == "__main__":
    unittest.main()
