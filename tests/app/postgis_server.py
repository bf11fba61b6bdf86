# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL of the tests' own: a cluster in a folder, on a Unix socket there, gone afterwards."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from apps import skip

PASSWORD = "s3cret-Pa55 w'rd"


def programs():
    """The newest server's folder of programs."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    name = found[-1] if found else shutil.which("initdb")
    if not name:
        skip("no PostgreSQL (postgresql-15)")
    if not glob.glob("/usr/share/postgresql/*/extension/postgis.control"):
        skip("no PostGIS (postgresql-15-postgis-3)")
    return Path(name).parent


try:
    import psycopg2
except ImportError as missing:
    skip(f"no psycopg2 ({missing})")

BIN = programs()


class Server:
    """Role postgres gets in as it is, `anna` by PASSWORD, `guest` as it is with no right to anything."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="zr-pg-", dir="/tmp"))  # a socket's path has 107 characters
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(self.folder, self.user)
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        (self.data / "pg_hba.conf").write_text("local all anna scram-sha-256\nlocal all all trust\n")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nfsync = off\n"
                           "shared_buffers = 16MB\nmax_connections = 30\n")
        self.start()
        with self.session("postgres") as cursor:
            cursor.execute("CREATE ROLE anna LOGIN PASSWORD %s", [PASSWORD])
            cursor.execute("CREATE ROLE guest LOGIN")

    def run(self, program, *words):
        how = {"user": self.user, "group": self.user, "extra_groups": []} if os.getuid() == 0 else {}
        done = subprocess.run([BIN / program, *map(str, words)], cwd="/", stdin=subprocess.DEVNULL, capture_output=True,
                              encoding="utf-8", timeout=120, check=False, **how)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self):
        log = self.folder / "log"
        self.run("pg_ctl", "-D", self.data, "-l", log, "-w", "start")

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def create(self, database, postgis=True, **options):
        with self.session("postgres") as cursor:
            cursor.execute(f'CREATE DATABASE "{database}" ' + " ".join(f"{key} '{v}'" for key, v in options.items()))
        if postgis:
            with self.session(database) as cursor:
                cursor.execute("CREATE EXTENSION postgis; GRANT ALL ON DATABASE \"%s\" TO anna; "
                               "GRANT ALL ON SCHEMA public TO anna" % database)

    def name(self, database, user="postgres", more=""):
        """As zonerank is told."""
        return f"PG:dbname={database} host={self.folder} user={user}{' ' if more else ''}{more}"

    def session(self, database, user="postgres"):
        return Session(psycopg2.connect(dbname=database, host=str(self.folder), user=user))


class Session:
    """A cursor that commits each statement by itself."""

    def __init__(self, connection):
        self.connection = connection
        connection.autocommit = True

    def __enter__(self):
        return self.connection.cursor()

    def __exit__(self, *_):
        self.connection.close()
