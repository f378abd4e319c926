#!/usr/bin/env python3
"""A PostgreSQL server of the tests' own: a data folder that goes with it, a free port of this machine only.

    with Server() as server:
        server.connection           # ODBC's connection string, its password included
        server.sql("SELECT 1")      # "1"

    server.py start STATE_FILE      # for ctest: leaves it running, and writes down where it is
    server.py stop STATE_FILE

Its user is no superuser, its password is asked for, and its language sorts texts otherwise than by their bytes. Run by
root it changes to an account without rights, since PostgreSQL refuses root.
"""

import glob
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile

USER = "vigie"
PASSWORD = "o'p;q}r \\ é"
ACCOUNTS = ("postgres", "nobody")  # for the server, where root runs the tests
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "full_page_writes": "off",
            "synchronous_commit": "off", "shared_buffers": "64MB", "max_connections": "40", "log_statement": "none",
            "log_min_messages": "warning"}


def programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[4]))
    if not found:
        sys.exit("no PostgreSQL server is installed: apt-get install postgresql odbc-postgresql")
    return found[-1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def as_account():
    """What stands before a command, so that root is not what runs it; and the account."""
    if os.geteuid() != 0:
        return [], None
    for name in ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"], account
    sys.exit(f"none of the accounts {', '.join(ACCOUNTS)} is there to run a server")


class Server:
    def __init__(self, state=None):
        if state is not None:
            self.folder, self.port = state["folder"], state["port"]
            return
        self.folder = tempfile.mkdtemp(prefix="vigie-postgres-")
        password = os.path.join(self.folder, "password")
        with open(password, "w", encoding="utf-8") as file:
            file.write(PASSWORD)
        account = as_account()[1]
        if account is not None:
            for path in (self.folder, password):
                os.chown(path, account.pw_uid, account.pw_gid)
        self.call("initdb", "--pgdata", self.data(), "--username=admin", "--encoding=UTF8", "--locale=C.UTF-8",
                  "--locale-provider=icu", "--icu-locale=fr-FR", "--auth=scram-sha-256", f"--pwfile={password}",
                  "--no-sync")
        self.start()
        quoted = PASSWORD.replace("'", "''")
        self.sql(f"CREATE ROLE {USER} LOGIN PASSWORD '{quoted}'", user="admin", database="postgres")
        self.sql(f"CREATE DATABASE {USER} OWNER {USER}", user="admin", database="postgres")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def data(self):
        return os.path.join(self.folder, "data")

    def call(self, program, *arguments):
        command = [*as_account()[0], os.path.join(programs(), program), *arguments]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              cwd=self.folder, timeout=120, check=False, text=True, errors="replace")
        if done.returncode != 0:
            raise RuntimeError(f"{program} ended with {done.returncode}:\n{done.stdout}")

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
        self.call("pg_ctl", "--pgdata", self.data(), "--mode", mode, "--wait", "stop")

    def close(self):
        try:
            if os.path.exists(os.path.join(self.data(), "postmaster.pid")):
                self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def connection(self):
        return self.connection_without_password + ";PWD={" + PASSWORD.replace("}", "}}") + "}"

    @property
    def connection_without_password(self):
        return f"Driver=PostgreSQL ANSI;Server=127.0.0.1;Port={self.port};Database={USER};UID={USER}"

    def sql(self, statement, user=USER, database=USER):
        return subprocess.run(
            ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--host=127.0.0.1",
             f"--port={self.port}", f"--username={user}", f"--dbname={database}", f"--command={statement}"],
            env={**os.environ, "PGPASSWORD": PASSWORD}, check=True, capture_output=True, text=True,
            timeout=60).stdout.strip()


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
