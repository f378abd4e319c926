"""A MariaDB server of the tests' own: a data folder that goes with it, a free port of this machine only.

    with Server() as server:
        server.connection           # ODBC's connection string, its password included
        server.sql("SELECT 1")      # "1"

Run by root it changes to an account without rights, as the server wants it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "postgres"))
from server import as_account, free_port  # noqa: E402

USER = "vigie"
PASSWORD = "o'p;q}r é"
START = 60  # s


class Server:
    def __init__(self):
        if shutil.which("mariadbd") is None:
            sys.exit("no MariaDB server is installed: apt-get install mariadb-server odbc-mariadb")
        self.folder = tempfile.mkdtemp(prefix="vigie-mariadb-")
        self.before, account = as_account()
        if account is not None:
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        done = subprocess.run([*self.before, "mariadb-install-db", "--no-defaults", f"--datadir={self.data()}",
                               "--auth-root-authentication-method=normal", "--skip-test-db"], cwd=self.folder,
                              capture_output=True, timeout=120, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"mariadb-install-db ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        self.start()
        quoted = PASSWORD.replace("'", "''")
        self.sql(f"CREATE DATABASE {USER} CHARACTER SET utf8mb4; "
                 f"CREATE USER {USER}@'127.0.0.1' IDENTIFIED BY '{quoted}', {USER}@localhost IDENTIFIED BY '{quoted}'; "
                 f"GRANT ALL ON {USER}.* TO {USER}@'127.0.0.1'; GRANT ALL ON {USER}.* TO {USER}@localhost", "mysql")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def data(self):
        return os.path.join(self.folder, "data")

    def socket(self):
        return os.path.join(self.folder, "socket")

    def start(self):
        self.port = free_port()
        with open(os.path.join(self.folder, "log"), "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [*self.before, shutil.which("mariadbd"), "--no-defaults", f"--datadir={self.data()}",
                 f"--socket={self.socket()}", f"--port={self.port}", "--bind-address=127.0.0.1", "--skip-name-resolve",
                 "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--skip-log-bin",
                 "--character-set-server=utf8mb4", f"--pid-file={self.folder}/pid"],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        until = time.monotonic() + START
        while True:
            try:
                return self.sql("SELECT 1", "")
            except subprocess.CalledProcessError as error:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"the server does not start: {error.stderr}") from error
                time.sleep(0.2)

    def stop(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def connection(self):
        return self.connection_without_password + ";PWD={" + PASSWORD.replace("}", "}}") + "}"

    @property
    def connection_without_password(self):
        return f"Driver=MariaDB Unicode;Server=127.0.0.1;Port={self.port};Database={USER};UID={USER}"

    def sql(self, script, database=USER):
        """As root, who has no password; a result's rows, without a header."""
        return subprocess.run(
            ["mariadb", "--no-defaults", "--skip-column-names", "--batch", "--default-character-set=utf8mb4",
             f"--socket={self.socket()}", "--user=root", database], input=script, check=True, capture_output=True,
            text=True, timeout=60).stdout.strip()
