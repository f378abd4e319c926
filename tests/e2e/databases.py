"""Databases that have drops: each a place that tests fill, and that Vigie reads over ODBC."""

import importlib.util
import os
import sqlite3
import subprocess
import sys
import tempfile

import drops

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "naive"))
import intake as naive_intake  # noqa: E402


def server_module(name):
    path = os.path.join(HERE, "..", name, "server.py")
    module_spec = importlib.util.spec_from_file_location(name + "_server", path)
    module = importlib.util.module_from_spec(module_spec)
    module_spec.loader.exec_module(module)
    return module


class Database:
    """connection, password: as the configuration has them; sql(script): carries statements out, returns rows as text."""

    text_type = "TEXT"
    password = ""

    def quoted(self, name):
        return f'"{name}"'

    def literal(self, value):
        return "'" + value.replace("'", "''") + "'" if value else "NULL"

    def load(self, files, prefix="", columns=None):
        """Puts a drop in the place of what was there: all texts, an empty one is NULL. columns: as of write_drop."""
        script = [f"DROP TABLE IF EXISTS {prefix}{name};" for name in drops.COLUMNS]
        for name, rows in files.items():
            names = (columns or {}).get(name) or drops.columns_of(name, rows)
            kinds = ", ".join(f"{self.quoted(each)} {self.text_type}" for each in names)
            script.append(f"CREATE TABLE {prefix}{name}(n INTEGER NOT NULL, {kinds});")
            values = ["(" + ", ".join([str(n), *(self.literal(row.get(each, "")) for each in names)]) + ")"
                      for n, row in enumerate(rows)]
            for at in range(0, len(values), 500):
                script.append(f"INSERT INTO {prefix}{name} VALUES {', '.join(values[at:at + 500])};")
        self.sql("\n".join(script))

    def settings(self, files, source=drops.SOURCE, prefix="", columns=None):
        """The source's part of a configuration, to read what load() put there."""
        key = f"source.{source}."
        lines = {key + "connector": "odbc", key + "connection": self.connection, key + "connect-seconds": "5"}
        for name, rows in files.items():
            names = ", ".join(self.quoted(each) for each in (columns or {}).get(name) or drops.columns_of(name, rows))
            lines[key + "query." + name] = f"SELECT {names} FROM {prefix}{name} ORDER BY n"
        return lines


def split_drop(folder):
    """A folder's drop as rows by file, and the columns of each: those with as many fields as the header has."""
    files, columns = {}, {}
    for name in drops.COLUMNS:
        path = os.path.join(folder, name + ".csv")
        if os.path.exists(path):
            header, *rows = [fields for _, _, fields in naive_intake.split_rows(naive_intake.read_text(path), name)]
            columns[name] = header
            files[name] = [dict(zip(header, fields)) for fields in rows if len(fields) == len(header)]
    return files, columns


class Sqlite(Database):
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="vigie-source-")
        self.path = os.path.join(self.folder.name, "source.db")
        self.connection = f"Driver=SQLite3;Database={self.path}"
        self.sql("PRAGMA journal_mode = WAL")

    def sql(self, script):
        with sqlite3.connect(self.path, timeout=30) as connection:
            if ";" in script:
                return connection.executescript(script)
            return "\n".join("|".join("" if value is None else str(value) for value in row)
                             for row in connection.execute(script))

    def close(self):
        self.folder.cleanup()


class Postgres(Database):
    def __init__(self):
        module = server_module("postgres")
        self.server = module.Server()
        self.connection, self.password = self.server.connection_without_password, module.PASSWORD
        self.whole_connection = self.server.connection

    def sql(self, script):
        environment = {**os.environ, "PGPASSWORD": self.password}
        return subprocess.run(
            ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--quiet",
             "--host=127.0.0.1", f"--port={self.server.port}", "--username=vigie", "--dbname=vigie", "--file=-"],
            env=environment, input=script, check=True, capture_output=True, text=True, timeout=60).stdout.strip()

    def close(self):
        self.server.close()


class Mariadb(Database):
    text_type = "LONGTEXT"

    def __init__(self):
        module = server_module("mariadb")
        self.server = module.Server()
        self.connection, self.password = self.server.connection_without_password, module.PASSWORD
        self.whole_connection = self.server.connection

    def quoted(self, name):
        return f"`{name}`"

    def literal(self, value):
        return super().literal(value.replace("\\", "\\\\"))

    def sql(self, script):
        return self.server.sql(script)

    def close(self):
        self.server.close()
