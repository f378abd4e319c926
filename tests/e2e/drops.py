"""Tiny drops made in code, and the program run on them: what the end-to-end tests are written with.

    vigie = Vigie()
    files = valid_drop()
    files["utilisateurs"][0]["mail"] = ""
    vigie.drop(files, separator="\\t", encoding="cp1252")
    vigie.run("import", as_of="2026-11-20")         # Result(code, stdout, stderr)
    vigie.rejects()                                 # [{"source": "caf931", "file": …}, …]
    vigie.close()

The program is the one that the environment variable VIGIE names. Every Vigie has a folder of its own, with a
configuration, a store and its drops; time zone and locale are fixed.
"""

import collections
import contextlib
import csv
import datetime
import email
import email.policy
import fcntl
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import warnings

import openpyxl

DAY = "2026-11-20"
SOURCE = "caf931"

COLUMNS = {name: columns.split() for name, columns in {
    "conventions": "numero libelle organisme caf_pivot siret type_partenaire domaines_mail mode_gestion "
                   "contrat_service_signe_le date_ouverture date_cloture statut etat",
    "bulletins": "convention service signe_le date_ouverture date_cloture profils",
    "utilisateurs": "identifiant convention nom prenom mail telephone poste date_ouverture date_cloture statut "
                    "profession diplome_verifie_le numero_instructeur code_bailleur derniere_connexion",
    "administrateurs": "convention identifiant date_ouverture date_cloture",
    "groupes": "convention code libelle niveau parent responsable date_ouverture date_cloture statut origine",
    "habilitations": "convention groupe service role date_ouverture date_cloture",
    "appartenances": "convention groupe identifiant date_ouverture date_cloture",
    "activites": "convention activite type_activite nature_activite date_ouverture date_cloture",
    "lieux": "convention activite lieu",
    "profils_afas": "convention identifiant role activite lieu date_debut date_fin etat demande_le pj3_recue_le",
    "departs": "convention identifiant date_depart",
}.items()}

REQUIRED_FILES = ("conventions", "utilisateurs", "groupes", "habilitations", "appartenances")

REQUIRED_COLUMNS = {name: columns.split() for name, columns in {
    "conventions": "numero libelle organisme date_ouverture",
    "bulletins": "convention service date_ouverture",
    "utilisateurs": "identifiant convention nom prenom date_ouverture",
    "administrateurs": "convention identifiant date_ouverture",
    "groupes": "convention code libelle date_ouverture",
    "habilitations": "convention groupe service role date_ouverture",
    "appartenances": "convention groupe identifiant date_ouverture",
    "activites": "convention activite date_ouverture",
    "lieux": "convention activite lieu",
    "profils_afas": "convention identifiant role activite lieu date_debut",
    "departs": "convention identifiant date_depart",
}.items()}


def convention(numero="19_214", **columns):
    return {"numero": numero, "libelle": "Ville de Rosny", "organisme": "VILLE DE ROSNY", "caf_pivot": "Caf 931",
            "domaines_mail": "rosny.example", "mode_gestion": "centralise", "contrat_service_signe_le": "2020-01-01",
            "date_ouverture": "2020-01-01", "statut": "Ouverte", "etat": "Validée le 01/01/2020", **columns}


def account(identifiant, **columns):
    """An account that nothing is wrong with, but that it is in no group yet."""
    return {"identifiant": identifiant, "convention": "19_214", "nom": f"DUPONT {identifiant}", "prenom": "Marie",
            "mail": f"marie.dupont.{identifiant.lower()}@rosny.example", "date_ouverture": "2020-01-01",
            "statut": "Ouvert", "profession": "Agent administratif", "derniere_connexion": "2026-11-10", **columns}


def group(code, **columns):
    return {"convention": "19_214", "code": code, "libelle": "T2 Petite enfance", "niveau": "1", "responsable": "VIL1",
            "date_ouverture": "2020-01-01", "statut": "Ouvert", "origine": "Partenaire", **columns}


def grant(groupe, service="Cdap", role="T2", **columns):
    return {"convention": "19_214", "groupe": groupe, "service": service, "role": role, "date_ouverture": "2020-01-01",
            **columns}


def membership(groupe, identifiant, **columns):
    return {"convention": "19_214", "groupe": groupe, "identifiant": identifiant, "date_ouverture": "2020-01-01",
            **columns}


def profile(identifiant, role, **columns):
    return {"convention": "19_214", "identifiant": identifiant, "role": role, "activite": "ALSH Nord", "lieu": "",
            "date_debut": "2020-01-01", "etat": "Validé", **columns}


def valid_drop():
    """All eleven files, every record of which is accepted, and in which no rule finds anything on DAY."""
    return {
        "conventions": [convention()],
        "bulletins": [{"convention": "19_214", "service": service, "signe_le": "2020-01-01",
                       "date_ouverture": "2020-01-01"} for service in ("Cdap", "Afas")],
        "utilisateurs": [
            account("VIL1"), account("VIL2"),
            account("VIL3", date_cloture="2026-06-30", statut="Fermé", derniere_connexion="2026-06-01")],
        "administrateurs": [{"convention": "19_214", "identifiant": "VIL1", "date_ouverture": "2020-01-01"}],
        "groupes": [group("T2PE"), group("AFAS-DEC", libelle="AFAS-DECLARER", origine="Caf")],
        "habilitations": [grant("T2PE"), grant("AFAS-DEC", "Afas", "Déclarer")],
        "appartenances": [membership("T2PE", "VIL1"), membership("AFAS-DEC", "VIL1"), membership("AFAS-DEC", "VIL2"),
                          membership("T2PE", "VIL3", date_cloture="2026-06-30")],
        "activites": [{"convention": "19_214", "activite": "ALSH Nord", "type_activite": "ALSH",
                       "date_ouverture": "2020-01-01"}],
        "lieux": [{"convention": "19_214", "activite": "ALSH Nord", "lieu": "École Nord"}],
        "profils_afas": [profile("VIL1", "FDA"), profile("VIL1", "FDF"),
                         profile("VIL2", "Approbateur", demande_le="2020-01-01", pj3_recue_le="2020-01-01")],
        "departs": [{"convention": "19_214", "identifiant": "VIL3", "date_depart": "2026-06-30"}],
    }


def faulty_drop():
    """The valid drop with one finding of each of two severities, two closings and one reject.

    VIL4 left ten days ago, and account and membership are open; VIL5 has no mail address.
    """
    files = valid_drop()
    files["utilisateurs"] += [account("VIL4"), account("VIL5", mail="")]
    files["appartenances"] += [membership("T2PE", "VIL4"), membership("T2PE", "VIL5")]
    files["departs"].append({"convention": "19_214", "identifiant": "VIL4", "date_depart": "2026-11-10"})
    files["lieux"].append({"convention": "19_214", "activite": "Inconnue", "lieu": "Parc"})
    return files


def add_partner(files, numero, prefix):
    """A further convention in the drop, the image of the valid drop's: CCA1 is to it what VIL1 is to 19_214."""
    def image(value):
        value = value.replace("19_214", numero).replace("VILLE DE ROSNY", f"PARTENAIRE {prefix}")
        return re.sub(r"VIL(\d)", prefix + r"\1", re.sub(r"vil(\d)", prefix.lower() + r"\1", value))

    for name, rows in valid_drop().items():
        files[name] += [{column: image(value) for column, value in row.items()} for row in rows]


def leave(files, *accounts, on="2026-11-10"):
    """These accounts' holders left, and nothing of theirs was closed."""
    files["departs"] += [{"convention": row["convention"], "identifiant": row["identifiant"], "date_depart": on}
                         for row in files["utilisateurs"] if row["identifiant"] in accounts]


def columns_of(name, rows):
    """The contract's columns, and after them those that only these rows have."""
    extra = dict.fromkeys(column for row in rows for column in row)
    return COLUMNS[name] + [column for column in extra if column not in COLUMNS[name]]


def file_text(name, rows, *, columns=None, headings=None, separator=";", newline="\n", quote=False):
    """The text of one file. headings: what a column is called in the file, where not by its own name."""
    columns = columns if columns is not None else columns_of(name, rows)
    headings = headings or {}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=newline,
                        quoting=csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL)
    writer.writerow([headings.get(column, column) for column in columns])
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return text.getvalue()


def write_drop(folder, files, *, columns=None, headings=None, encoding="utf-8", bom=False, checksums=False, on=DAY,
               **layout):
    """Writes a drop, in place of what the folder had. A file may be rows (dicts), or its whole text or bytes.

    columns: {file: columns in their order}; headings: {column: heading}, for all files; on: the day of the files' time;
    layout: separator, newline, quote, as of file_text.
    """
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name, rows in files.items():
        content = rows
        if isinstance(rows, list):
            content = file_text(name, rows, columns=(columns or {}).get(name), headings=headings, **layout)
        if isinstance(content, str):
            content = (b"\xef\xbb\xbf" if bom else b"") + content.encode(encoding)
        with open(os.path.join(folder, name if "." in name else name + ".csv"), "wb") as file:
            file.write(content)
    if checksums:
        with open(os.path.join(folder, "SHA256SUMS"), "w", encoding="ascii") as file:
            file.write(checksums_of(folder))
    at = datetime.datetime.fromisoformat(on + "T01:00:00").timestamp()
    for name in os.listdir(folder):
        os.utime(os.path.join(folder, name), (at, at))


def checksums_of(folder):
    """What sha256sum prints for the CSV files of the folder."""
    lines = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".csv"):
            with open(os.path.join(folder, name), "rb") as file:
                lines.append(f"{hashlib.sha256(file.read()).hexdigest()}  {name}\n")
    return "".join(lines)


Result = collections.namedtuple("Result", "code stdout stderr")


class Vigie:
    """The program, in a folder of its own, with one CSV source or more."""

    def __init__(self, settings=None, sources=(SOURCE,)):
        program = os.environ.get("VIGIE")
        if not program:
            raise RuntimeError("The environment variable VIGIE must name the program to test.")
        self.program = os.path.abspath(program)
        self.folder = tempfile.mkdtemp(prefix="vigie-e2e-")
        self.configuration = os.path.join(self.folder, "vigie.properties")
        self.configure(settings or {}, sources)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self, settings, sources=(SOURCE,)):
        """Writes the configuration anew: what is needed to run offline, and the settings."""
        values = {"store.connector": "SQLite", "store.connection": "vigie.db", "mail.transport": "files",
                  "mail.directory": "out/mail", "mail.from": "vigie@caf.example",
                  "compliance.mail": "conformite@caf.example", "report.directory": "out/reports"}
        for source in sources:
            values |= {f"source.{source}.connector": "csv", f"source.{source}.path": f"drops/{source}",
                       f"source.{source}.label": f"Caf {source}", f"source.{source}.mail": f"mcp@{source}.example"}
        with open(self.configuration, "w", encoding="utf-8") as file:
            file.writelines(f"{key} = {value}\n" for key, value in (values | settings).items())

    def drop_folder(self, source=SOURCE):
        return os.path.join(self.folder, "drops", source)

    def drop(self, files, source=SOURCE, **how):
        """Puts a drop in the source's folder; how: the options of write_drop."""
        write_drop(self.drop_folder(source), files, **how)

    def run(self, *arguments, as_of=None):
        command = [self.program, "--config", self.configuration]
        if as_of is not None:
            command += ["--as-of", as_of]
        environment = dict(os.environ, TZ="Europe/Paris", LC_ALL="C.UTF-8")
        done = subprocess.run(command + list(arguments), capture_output=True, cwd=self.folder, env=environment,
                              timeout=300)
        return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    def listed(self, command, **filters):
        """A list as dicts; filters such as rule="group-empty" are passed on as --rule group-empty."""
        arguments = [command, "--format", "json"]
        for name, value in filters.items():
            arguments += ["--" + name.replace("_", "-"), value]
        result = self.run(*arguments)
        if result.code != 0:
            raise AssertionError(f"vigie {' '.join(arguments)} ended with {result.code}: {result.stderr}")
        return json.loads(result.stdout)

    def findings(self, **filters):
        return self.listed("findings", **filters)

    def actions(self, **filters):
        return self.listed("actions", **filters)

    def rejects(self, **filters):
        return self.listed("rejects", **filters)

    def history(self, source=SOURCE, **filters):
        return self.listed("history", source=source, **filters)

    def plans(self, *plan):
        """What is held; or what one plan holds."""
        return self.rows("plans", *plan)

    def rows(self, *arguments):
        """A list as dicts of texts, from CSV."""
        return list(csv.DictReader(io.StringIO(self.output(*arguments, "--format", "csv"), newline="")))

    def output(self, *arguments):
        """What a command prints that must end with 0."""
        result = self.run(*arguments)
        if result.code != 0:
            raise AssertionError(f"vigie {' '.join(arguments)} ended with {result.code}: {result.stderr}")
        return result.stdout

    def lists(self):
        """All lists, whole, as CSV: what the store holds, as far as anybody can see."""
        return {name: self.output(name, "--format", "csv", *options) for name, options in (
            ("findings", ["--all"]), ("actions", ["--all"]), ("rejects", []), ("history", ["--limit", "0"]),
            ("plans", []), ("waivers", []))}

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def files(self, folder, suffix=""):
        """Names of the files that the program made in out/mail or out/reports, sorted; links aside."""
        path = self.path("out", folder)
        if not os.path.isdir(path):
            return []
        return sorted(entry.name for entry in os.scandir(path)
                      if entry.name.endswith(suffix) and not entry.is_symlink())

    def read(self, folder, name):
        with open(self.path("out", folder, name), "rb") as file:
            return file.read()

    def mails(self, day=""):
        """Mails by the names of their files, of one day or of all."""
        return {name: email.message_from_bytes(self.read("mail", name), policy=email.policy.default)
                for name in self.files("mail") if name.startswith(day)}

    def workbook(self, about="", day=DAY):
        """A workbook's sheets as texts, a line a row, the number of the run left out; about: "caf931-", or all."""
        return sheets_of(self.path("out", "reports", f"conformite-{about}{day}.xlsx"))

    def actions_file(self, source=SOURCE, day=DAY):
        text = self.read("reports", f"actions-{source}-{day}.csv").decode("utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))


@contextlib.contextmanager
def locked(path):
    """Holds the lock of a store as a run does."""
    with open(path, "r+", encoding="utf-8") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        yield lock


def sheets_of(workbook):
    """The sheets of a workbook, a path or a file, as Vigie.workbook() tells them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not read the bars drawn in cells
        book = openpyxl.load_workbook(workbook, read_only=True)
        sheets = {sheet.title: [row_text(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
        book.close()
    return sheets


def row_text(cells):
    text = " | ".join("" if cell is None else str(cell) for cell in cells).rstrip("| ")
    return re.sub(r"exécution \d+", "exécution", text).replace("\u00a0", " ")


def text_of(mail):
    """The plain text of a mail, on one line."""
    return " ".join(mail.get_body(("plain",)).get_content().split())


def tree(folder):
    """Every file and folder below a folder, with its mode and a hash of its content."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(place, name)
            content = b""
            if name in files:
                with open(path, "rb") as file:
                    content = file.read()
            found[os.path.relpath(path, folder)] = os.stat(path).st_mode, hashlib.sha256(content).hexdigest()
    return found
