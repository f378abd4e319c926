"""What servers of the tests' own have in common: a folder that goes with them, a free port of this machine only, and
where root runs the tests an account without rights, since servers refuse root or should not have it."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile

USER = "vigie"
ACCOUNTS = ("postgres", "nobody")  # for the server, where root runs the tests


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


class DatabaseServer:
    """A server starts itself, and has port, stop() and sql(statement), which returns a result's rows as text."""

    driver = ""  # ODBC's
    password = ""  # of USER

    def make_folder(self, name):
        self.folder = tempfile.mkdtemp(prefix=f"vigie-{name}-")
        self.give_away(self.folder)

    def give_away(self, path):
        """To the account that the server runs as."""
        account = as_account()[1]
        if account is not None:
            os.chown(path, account.pw_uid, account.pw_gid)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def data(self):
        return os.path.join(self.folder, "data")

    def call(self, program, *arguments):
        done = subprocess.run([*as_account()[0], program, *arguments], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder, timeout=120,
                              check=False, text=True, errors="replace")
        if done.returncode != 0:
            raise RuntimeError(f"{os.path.basename(program)} ended with {done.returncode}:\n{done.stdout}")

    def close(self):
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def quoted(self):
        """The password, for SQL."""
        return "'" + self.password.replace("'", "''") + "'"

    @property
    def connection(self):
        return self.connection_without_password + ";PWD={" + self.password.replace("}", "}}") + "}"

    @property
    def connection_without_password(self):
        return f"Driver={self.driver};Server=127.0.0.1;Port={self.port};Database={USER};UID={USER}"

    @staticmethod
    def output(*command, **how):
        """What a client prints that must end well."""
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60, **how).stdout.strip()
