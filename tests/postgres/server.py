#!/usr/bin/env python3
"""A PostgreSQL server of the tests' own.

    with Server() as server:
        server.connection           # ODBC's connection string, its password included
        server.sql("SELECT 1")      # "1"

    server.py start STATE_FILE      # for ctest: leaves it running, and writes down where it is
    server.py stop STATE_FILE

Its user is no superuser, its password is asked for, and its language sorts texts otherwise than by their bytes.
"""

import glob
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from database_server import USER, DatabaseServer, free_port  # noqa: E402

PASSWORD = "o'p;q}r \\ é"
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "full_page_writes": "off",
            "synchronous_commit": "off", "shared_buffers": "64MB", "max_connections": "40", "log_statement": "none",
            "log_min_messages": "warning"}


def programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[4]))
    if not found:
        sys.exit("no PostgreSQL server is installed: apt-get install postgresql odbc-postgresql")
    return found[-1]


class Server(DatabaseServer):
    driver = "PostgreSQL ANSI"
    password = PASSWORD

    def __init__(self, state=None):
        if state is not None:
            self.folder, self.port = state["folder"], state["port"]
            return
        self.make_folder("postgres")
        password = os.path.join(self.folder, "password")
        with open(password, "w", encoding="utf-8") as file:
            file.write(PASSWORD)
        self.give_away(password)
        self.call("initdb", "--pgdata", self.data(), "--username=admin", "--encoding=UTF8", "--locale=C.UTF-8",
                  "--locale-provider=icu", "--icu-locale=fr-FR", "--auth=scram-sha-256", f"--pwfile={password}",
                  "--no-sync")
        self.start()
        self.sql(f"CREATE ROLE {USER} LOGIN PASSWORD {self.quoted()}", user="admin", database="postgres")
        self.sql(f"CREATE DATABASE {USER} OWNER {USER}", user="admin", database="postgres")

    def call(self, program, *arguments):
        super().call(os.path.join(programs(), program), *arguments)

    def start(self, port=None):
        tries = 1 if port else 5
        for left in reversed(range(tries)):
            self.port = port or free_port()
            options = " ".join(f"-c {name}='{value}'" for name, value in {**SETTINGS, "port": self.port}.items())
            try:
                # Its output goes to a file: it lives longer than what started it.
                return self.call("pg_ctl", "--pgdata", self.data(), "--log", os.path.join(self.folder, "log"), "--wait",
                                 "--options", options, "start")
            except RuntimeError:
                if left == 0:
                    raise

    def stop(self, mode="immediate"):
        if os.path.exists(os.path.join(self.data(), "postmaster.pid")):
            self.call("pg_ctl", "--pgdata", self.data(), "--mode", mode, "--wait", "stop")

    def sql(self, statement, user=USER, database=USER):
        return self.output(
            "psql", "--no-psqlrc", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--host=127.0.0.1",
            f"--port={self.port}", f"--username={user}", f"--dbname={database}", f"--command={statement}",
            env={**os.environ, "PGPASSWORD": PASSWORD})


def main():
    action, state_file = sys.argv[1:]
    if os.path.exists(state_file):  # also one that a run of the tests which was killed left
        with open(state_file, encoding="utf-8") as file:
            Server(json.load(file)).close()
        os.remove(state_file)
    if action == "start":
        server = Server()
        with open(state_file, "w", encoding="utf-8") as file:
            json.dump({"folder": server.folder, "port": server.port, "connection": server.connection}, file,
                      ensure_ascii=False)


if __name__ == "__main__":
    main()
