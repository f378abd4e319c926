"""A MariaDB server of the tests' own.

    with Server() as server:
        server.connection           # ODBC's connection string, its password included
        server.sql("SELECT 1")      # "1"
"""

import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from database_server import USER, DatabaseServer, as_account, free_port  # noqa: E402

PASSWORD = "o'p;q}r é"
START = 60  # s


class Server(DatabaseServer):
    driver = "MariaDB Unicode"
    password = PASSWORD

    def __init__(self):
        if shutil.which("mariadbd") is None:
            sys.exit("no MariaDB server is installed: apt-get install mariadb-server odbc-mariadb")
        self.make_folder("mariadb")
        self.call("mariadb-install-db", "--no-defaults", f"--datadir={self.data()}",
                  "--auth-root-authentication-method=normal", "--skip-test-db")
        self.start()
        users = [f"{USER}@'127.0.0.1'", f"{USER}@localhost"]
        self.sql(f"CREATE DATABASE {USER} CHARACTER SET utf8mb4; "
                 + "".join(f"CREATE USER {user} IDENTIFIED BY {self.quoted()}; GRANT ALL ON {USER}.* TO {user}; "
                           for user in users), "mysql")

    def socket(self):
        return os.path.join(self.folder, "socket")

    def start(self):
        self.port = free_port()
        with open(os.path.join(self.folder, "log"), "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [*as_account()[0], shutil.which("mariadbd"), "--no-defaults", f"--datadir={self.data()}",
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

    def sql(self, script, database=USER):
        """As root, who has no password; a result's rows, without a header."""
        return self.output("mariadb", "--no-defaults", "--skip-column-names", "--batch",
                           "--default-character-set=utf8mb4", f"--socket={self.socket()}", "--user=root", database,
                           input=script)
