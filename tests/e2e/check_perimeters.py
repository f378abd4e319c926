#!/usr/bin/env python3
"""Reads every mail of some nights, and fails where one speaks to somebody of what is not theirs.

    check_perimeters.py --vigie PATH --night DAY NAME=DIR [NAME2=DIR2] [--night DAY2 NAME=DIR ...] [--set KEY=VALUE ...]

Written from docs/spec alone: perimeters (1-domain), audiences and subjects (the tables of 3-rules), who may be written
to and when (5-interfaces, Mail). It knows the drops, as tests/naive reads them, the list of findings, and the mails; of
the program's own routing it knows nothing. For each mail it asks

- whether its recipient may be written to at all, and is written to tonight: somebody has news, or is reminded;
- whether the subject's figures are those of what that recipient may read;
- whether each identifiant, name, address, group, activity, convention and partner in it, in the text as in the HTML, is
  of the recipient's perimeter;

and for each person who should have a mail, whether there is one. Exit code 1: something is at fault; it is printed.
"""

import argparse
import csv
import email
import email.policy
import html
import io
import os
import re
import sys
import tempfile
from collections import defaultdict

from compare_naive import Night, call, write_configuration

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "naive"))

from contract import days_between, fold                     # noqa: E402
from intake import Refused, import_drop, new_source         # noqa: E402
from naive import Settings                                  # noqa: E402
from rules import DISPOSABLE, mail_is_below, well_formed    # noqa: E402
from world import World                                     # noqa: E402

RULES = os.path.join(HERE, "..", "..", "docs", "spec", "3-rules.md")
CAF, COMPLIANCE = "mcp@caf.example", "conformite@caf.example"
GRAVE = ("critical", "major")
SEVERITIES = ("info", "minor", "major", "critical")
REMINDER_DAYS, ESCALATION_DAYS = 7, 30
SHOWN = 20
LONGEST_NAME = 12   # words
SERVICES = re.compile("^(?:(?:CDAP|AFAS|DGFIP|ADONIS|OFFRE BAILLEURS|MCP)[/ ])+")
OF_THE_PORTAL = {"AFAS-DECLARER", "AFAS-HABILITER"}   # what the Caf's groups are called everywhere: 1-domain

# Nothing is held: that a guard says more is tested elsewhere.
OPEN = {"reconcile.max-closures": "1000000", "reconcile.max-closures-percent": "100"}


def rules_of_spec():
    """rule -> (audience, form of its subject), from the tables of 3-rules.md."""
    rules, columns = {}, []
    with open(RULES, encoding="utf-8") as file:
        for line in file:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if line.startswith("| id "):
                columns = cells
            elif line.startswith("| `") and "audience" in columns:
                row = dict(zip(columns, cells))
                rules[row["id"].strip("`")] = (set(row["audience"].split(", ")), row["subject"])
    return rules


def name_of(account):
    return " ".join((account["prenom"] + " " + account["nom"]).split())


def by_convention(rows):
    index = defaultdict(list)
    for row in rows:
        index[row["convention"]].append(row)
    return index


class Names:
    """Texts of several words, and whose they are: found wherever they stand in a text."""

    def __init__(self):
        self.owners = defaultdict(set)

    def add(self, text, owner):
        words = self.words(text)
        if 1 < len(words) <= LONGEST_NAME:
            self.owners[words].add(owner)

    @staticmethod
    def words(text):
        return tuple(re.findall(r"[^\s(){}«»,;:!?/\"]*[^\s(){}«»,;:!?/\".]", text.casefold()))

    def found_in(self, text):
        """{(text, its owners)}; of one within another, the longer one alone."""
        words, found, at = self.words(text), set(), 0
        while at < len(words):
            length = next((n for n in range(min(LONGEST_NAME, len(words) - at), 1, -1)
                           if words[at:at + n] in self.owners), 0)
            if length:
                found.add((" ".join(words[at:at + length]), frozenset(self.owners[words[at:at + length]])))
            at += length or 1
        return found


class Person:
    """Everybody who is written to at one address about one convention."""

    def __init__(self, convention):
        self.convention, self.accounts, self.administrators, self.perimeter = convention, set(), set(), set()


class Source:
    """One source on one night: who may read what."""

    def __init__(self, name, world, findings, rules):
        self.name, self.world, self.rules = name, world, rules
        self.gone = {file: list(rows.values()) for file, rows in world.state["withdrawn"].items()}
        self.gone_memberships_of = by_convention(self.gone["appartenances"])
        self.accounts_of = by_convention(world.accounts.values())
        self.named_by = by_convention(world.memberships + world.profiles + world.designations)     # whom its rows name
        self.once_named_by = by_convention(
            row for file in ("appartenances", "profils_afas", "administrateurs") for row in self.gone[file])
        self.groups_of = defaultdict(dict)
        for (convention, code), group in world.groups.items():
            self.groups_of[convention][code] = group
        self.findings = [dict(row, **self.about(row)) for row in findings if row["source"] == name]
        self.open = [f for f in self.findings if f["status"] in ("new", "open")]
        self.groups_of_account = defaultdict(set)   # active memberships, by (convention, identifiant)
        for m in world.memberships:
            if world.active(m):
                self.groups_of_account[m["convention"], m["identifiant"]].add(m["groupe"])
        self.holders = defaultdict(list)
        for account in world.active_accounts():
            self.holders[account["mail"].lower()].append(account)
        self.shared = {f["account"] for f in self.findings if f["rule"] == "account-shared-mailbox" and f["status"] != "resolved"}
        self.designated = defaultdict(set)
        for designation in world.designations:
            if world.active(designation):
                self.designated[designation["convention"]].add(designation["identifiant"])
        self.managers = defaultdict(lambda: defaultdict(set))   # convention -> identifiant -> codes of the perimeter
        for convention, groups in self.groups_of.items():
            self.note_managers(convention, groups)

    def about(self, finding):
        """The group and the account that the subject names."""
        form, subject = self.rules[finding["rule"]][1], finding["subject"]
        if form == "groupe/identifiant":
            parts = subject.split("/")
            return next({"group": "/".join(parts[:n]), "account": "/".join(parts[n:])} for n in range(1, len(parts))
                        if "/".join(parts[n:]) in self.world.accounts or finding["status"] == "resolved")
        if form.startswith("groupe"):
            codes = [code for code in self.groups_of[finding["convention"]] if subject == code or subject.startswith(code + ":")]
            return {"group": max(codes, key=len) if codes else subject.split(":")[0], "account": ""}
        return {"group": "", "account": subject.split(":")[0] if form.startswith("identifiant") else ""}

    def note_managers(self, convention, groups):
        below = defaultdict(set)
        for code, group in groups.items():
            below[group["parent"]].add(code)
        for code, group in groups.items():
            if group["responsable"] not in self.world.accounts:
                continue
            todo, seen = [code], self.managers[convention][group["responsable"]]
            while todo:
                at = todo.pop()
                if at not in seen:
                    seen.add(at)
                    todo += below[at]

    # ------------------------------------------------------------------------------------------- who is written to

    def obstacle(self, convention, identifiant):
        """Why nothing may go to this person's own address; empty: it may."""
        account = self.world.accounts[identifiant]
        mail = account["mail"]
        if account["convention"] != convention:
            return "of another convention"
        if not self.world.active(account):
            return "not active"
        if not well_formed(mail):
            return "malformed"
        if mail_is_below(mail, DISPOSABLE):
            return "disposable"
        if identifiant in self.shared:
            return "shared"
        others = [other for other in self.holders[mail.lower()] if fold(name_of(other)) != fold(name_of(account))]
        return "somebody else's too" if others and (not bears_name(account, mail)
                                                    or any(bears_name(other, mail) for other in others)) else ""

    def persons_of(self, convention):
        """address -> Person, of those who may be written to; whether somebody may not; identifiants of those."""
        persons, barred = {}, set()
        for identifiant in self.designated[convention] | set(self.managers[convention]):
            if self.obstacle(convention, identifiant):
                barred.add(identifiant)
                continue
            person = persons.setdefault(self.world.accounts[identifiant]["mail"].lower(), Person(convention))
            person.accounts.add(identifiant)
            person.perimeter |= self.managers[convention].get(identifiant, set())
            if identifiant in self.designated[convention]:
                person.administrators.add(identifiant)
        return persons, barred

    def within(self, finding, perimeter):
        if finding["group"]:
            return finding["group"] in perimeter
        return bool(self.groups_of_account[finding["convention"], finding["account"]] & perimeter)

    def is_read_by(self, finding, person):
        audience = self.rules[finding["rule"]][0]
        if finding["account"] and finding["account"] in person.administrators:
            return False
        return ("admin" in audience and bool(person.administrators)
                or "manager" in audience and self.within(finding, person.perimeter))

    def letters(self, day):
        """(address, convention) -> what the recipient may read of what is open; with it the Person, None for the Caf."""
        letters, to_caf = {}, {}
        by_convention = defaultdict(list)
        for finding in self.open:
            by_convention[finding["convention"]].append(finding)
        for convention, findings in by_convention.items():
            persons, barred = self.persons_of(convention)
            reached = any(person.administrators for person in persons.values())
            for address, person in persons.items():
                letters[address, convention] = person, [f for f in findings if self.is_read_by(f, person)]
            for f in findings:
                audience = self.rules[f["rule"]][0]
                kept_back = any(("admin" in audience and who in self.designated[convention]
                                 or "manager" in audience and self.within(f, self.managers[convention].get(who, set())))
                                and not (who in self.designated[convention] and who == f["account"]) for who in barred)
                if ("caf" in audience or f["account"] in self.designated[convention] or kept_back and not reached
                        or days_between(f["first_seen"], day) > ESCALATION_DAYS):
                    to_caf[key_of(f)] = f
        letters[CAF, ""] = None, list(to_caf.values())
        return letters


def bears_name(account, mail):
    local_part = fold(mail.split("@")[0])
    return any(len(word) > 2 and word in local_part for word in fold(account["nom"]).replace("-", " ").split())


def key_of(finding):
    return finding["rule"], finding["convention"], finding["subject"]


class Vocabulary:
    """All that could give somebody away, of all sources: what is found in a text, and whose it is."""

    def __init__(self, sources):
        self.accounts, self.mails, self.conventions = defaultdict(set), defaultdict(set), defaultdict(set)
        self.names, self.partners, self.activities = Names(), Names(), Names()
        for source in sources:
            for identifiant, account in source.world.accounts.items():
                self.accounts[identifiant].add(source.name)
                self.names.add(name_of(account), identifiant)
                if account["mail"]:
                    self.mails[account["mail"].casefold()].add(identifiant)
            for numero, row in source.world.conventions.items():
                self.conventions[numero].add(source.name)
                self.partners.add(row["organisme"], (source.name, numero))
            for (numero, activity) in source.world.activities:
                self.activities.add(activity, (source.name, numero))
            for row in source.world.places + source.gone["lieux"] + source.gone["activites"]:
                self.activities.add(row.get("lieu", row["activite"]), (source.name, row["convention"]))

    def accounts_in(self, text):
        return {word for word in re.findall(r"\w+", text) if word in self.accounts}

    def conventions_in(self, text):
        return {word for word in re.findall(r"\w+", text) if word in self.conventions}

    def mails_in(self, text):
        return {word for word in re.findall(r"[^\s«»()<>,;:]+@[^\s«»()<>,;:]*\w", text.casefold())}


class Reader:
    """What one recipient's mail may name."""

    def __init__(self, source, person, words):
        self.source, self.person, self.words = source, person, words
        world, convention = source.world, person.convention
        own = {row["identifiant"] for row in source.accounts_of[convention]}
        if person.administrators:
            self.now = own | {row["identifiant"] for row in source.named_by[convention]} | {
                group["responsable"] for group in source.groups_of[convention].values()}
            self.ever = self.now | {row["identifiant"] for row in source.once_named_by[convention]}
            self.names = own
        else:
            within = [m for code in person.perimeter for m in world.memberships_of[convention, code]]
            self.now = {m["identifiant"] for m in within if world.active(m)} | person.accounts
            within += [m for m in source.gone_memberships_of[convention] if m["groupe"] in person.perimeter]
            self.ever = {m["identifiant"] for m in within} | person.accounts
            self.names = self.ever & own
        self.partner = " ".join(world.conventions[convention]["organisme"].split())     # may be called after somebody
        groups = source.groups_of[convention]
        self.groups = set(groups) if person.administrators else person.perimeter
        self.foreign_groups = {code: row["libelle"] for code, row in groups.items() if code not in self.groups}
        self.services = {grant["service"].upper() for code in self.groups for grant in world.grants_of[convention, code]
                         if world.active(grant)} | {"MCP"}
        # A role that nobody knows may be written as a group is called.
        self.roles = {(grant["service"], grant["role"]) for code in self.groups for grant in world.grants_of[convention, code]}
        self.labels = sorted({groups[code]["libelle"] for code in self.groups if code in groups}, key=len, reverse=True)

    def faults_in(self, text, resolved=""):
        """What neither the text nor what tells of resolved findings, behind it, may say."""
        yield from (f"compte {found}" for found in self.words.accounts_in(text) - self.now)
        yield from (f"compte {found}" for found in self.words.accounts_in(resolved) - self.ever)
        whole = re.sub(re.escape(self.partner), "", text + "\n" + resolved, flags=re.IGNORECASE)
        yield from (f"convention {found}" for found in self.words.conventions_in(whole) - {self.person.convention})
        yield from (f"name {name}" for name, owners in self.words.names.found_in(whole) if not owners & self.names)
        for mail in self.words.mails_in(whole):
            if self.words.mails.get(mail) and not self.words.mails[mail] & self.ever:
                yield f"address {mail}"
        own = self.source.name, self.person.convention
        yield from (f"partner {name}" for name, owners in self.words.partners.found_in(whole) if own not in owners)
        for name, owners in self.words.activities.found_in(whole):
            if own not in owners or not self.person.administrators:
                yield f"activity {name}"
        if not self.person.administrators:
            yield from self.faults_of_managers(whole)

    def faults_in_services(self, named, findings):
        """Cdap and Afas may be named for findings that are about them, wherever the account has its role from."""
        families = {finding["rule"].split("-")[0].upper() for finding in findings}
        yield from (f"service {service}" for service in named.strip().split("/") if service not in self.services | families)

    def faults_of_managers(self, text):
        for label in self.labels:
            text = text.replace(label, "")
        for service, role in self.roles:
            text = re.sub(rf"{re.escape(service)}\s+{re.escape(role)}(?![\w-])", "", text)
        for foreign in {name for group in self.foreign_groups.items() for name in group} - OF_THE_PORTAL - {""}:
            if re.search(rf"(?<![\w-]){re.escape(foreign)}(?![\w-])", text):
                yield f"group {foreign}"
        if CAF in text or re.search("(?<!seul peut )écri(re|vez) à la Caf", text):
            yield "tells a manager to write to the Caf"


def texts_of(mail):
    """The subject without its services, and each part as running text; with it what of it tells of resolved findings."""
    bodies = [SERVICES.sub("", mail["Subject"]) + "\n" + mail["To"]]
    for part in mail.walk():
        if not part.is_multipart():
            content = part.get_content()
            if part.get_content_type() == "text/html":
                content = html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<(style|title)>.*?</\1>", "", content)))
            bodies.append(re.sub(r"[\s\u00a0\u202f]+", " ", content))
    for body in bodies:
        now, *resolved = re.split(r"(?i)anomalies résolues \(", body, maxsplit=1)
        rest = "".join(resolved)
        resolved, *closings = re.split(r"(?i)clôtures à effectuer \(", rest, maxsplit=1)
        yield now + " ".join(closings), resolved


def takes_closings_back(mail):
    """That closings are asked for no more is news too, of which the list of findings knows nothing."""
    return mail is not None and any("À ne plus effectuer" in text for text, _ in texts_of(mail))


def tally(findings):
    count, critical = len(findings), sum(f["severity"] == "critical" for f in findings)
    return (f"{count} anomalie{'s' * (count > 1)}"
            + (f" (dont {critical} critique{'s' * (critical > 1)})" if critical else ""))


class Memory:
    """What each recipient of a source has been told: who should get a mail tonight."""

    def __init__(self):
        self.told, self.last = defaultdict(dict), {}

    def expects(self, recipient, findings, day):
        """Whether a mail goes; it is remembered as if it went."""
        told, last = self.told[recipient], self.last.get(recipient, "")
        there = {key_of(f): f["severity"] for f in findings}
        self.told[recipient] = told = {key: told[key] for key in told.keys() & there}
        news = [key for key, severity in there.items() if key not in told or severity in GRAVE
                and SEVERITIES.index(severity) > SEVERITIES.index(told[key])]
        reminded = (last and days_between(last, day) >= REMINDER_DAYS
                    and any(severity in GRAVE for severity in there.values()))
        if last == day or not (news or reminded):
            return False
        self.told[recipient], self.last[recipient] = there, day
        return True


class Checker:
    """Goes from night to night."""

    def __init__(self, settings=()):
        self.settings = Settings(settings)
        self.rules, self.states, self.memories, self.sources = rules_of_spec(), {}, defaultdict(Memory), []
        self.vigie_settings = OPEN | self.settings.values

    def import_drops(self, night):
        for name, folder in night.drops.items():
            try:
                import_drop(self.states.setdefault(name, new_source()), folder, night.day, self.settings,
                            self.settings.defaults(name), night.accept_shrink)
            except Refused:
                pass

    def check(self, night, findings, mails):
        """findings: the rows of `vigie findings --all`; mails: {file: message}. Returns what is at fault."""
        self.import_drops(night)
        self.sources = [Source(name, World(state, night.day), findings, self.rules) for name, state in self.states.items()]
        return self.read(night, mails)

    def read(self, night, mails):
        words, faults, met = Vocabulary(self.sources), [], set()
        for source in self.sources:
            letters = source.letters(night.day)
            for (address, convention), (person, readable) in sorted(letters.items(), key=lambda item: item[0]):
                about = convention or source.name
                file = f"{night.day}-{address}-{about.replace('-', '%2D') if convention else about}.eml"
                is_expected = self.memories[source.name].expects((address, convention), readable, night.day)
                if not is_expected and not takes_closings_back(mails.get(file)):
                    continue
                met.add(file)
                if file not in mails:
                    faults.append(f"{source.name}: {len(readable)} findings for {address} about {about}, and no mail")
                    continue
                faults += [f"{file}: {fault}" for fault in
                           self.faults_of(mails[file], address, readable, person and Reader(source, person, words), source, words)]
            met.add(file := f"{night.day}-{COMPLIANCE}-{source.name}.eml")
            if file in mails:
                faults += [f"{file}: {fault}" for fault in self.faults_of(mails[file], COMPLIANCE, source.open, None, source, words)]
        faults += [f"{file}: should not have gone" for file in mails.keys() - met]
        return faults

    @staticmethod
    def faults_of(mail, address, readable, reader, source, words):
        if mail["To"].addresses[0].addr_spec != address or len(mail["To"].addresses) != 1 or mail["Cc"] or mail["Bcc"]:
            yield f"goes to {mail['To']}"
        if not mail["Subject"].endswith(" - " + tally(readable)):
            yield f"subject {mail['Subject']!r}, not {tally(readable)!r}"
        if reader and not reader.person.administrators:
            yield from reader.faults_in_services(mail["Subject"].split(reader.person.convention)[0], readable)
        for text, resolved in texts_of(mail):
            if reader:
                yield from reader.faults_in(text, resolved)
            elif address == CAF:
                yield from (f"compte {who} of another source" for who in words.accounts_in(text + resolved)
                            if source.name not in words.accounts[who])


def read_mails(folder, day):
    mails = {}
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if name.startswith(day):
            with open(os.path.join(folder, name), "rb") as file:
                mails[name] = email.message_from_binary_file(file, policy=email.policy.default)
    return mails


def run_night(program, home, night, known_drops, settings):
    """One night of the program: its findings and its mails."""
    configuration = os.path.join(home, "vigie.properties")
    write_configuration(configuration, known_drops, settings)
    vigie = [program, "--config", configuration]
    call(vigie + ["--as-of", night.day, "--quiet", "run"] + ["--accept-shrink"] * night.accept_shrink, [0, 3])
    _, listed = call(vigie + ["findings", "--all", "--format", "csv"], [0])
    return list(csv.DictReader(io.StringIO(listed, newline=""))), read_mails(os.path.join(home, "out", "mail"), night.day)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vigie", required=True, metavar="PATH", help="the program")
    parser.add_argument("--night", action="append", nargs="+", required=True, metavar="WORD", help="DAY NAME=DIR ...")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="for every night")
    options = parser.parse_args(arguments)
    checker, known_drops, failed = Checker(options.set), {}, False
    with tempfile.TemporaryDirectory(prefix="check-perimeters-") as home:
        for night in map(Night, options.night):
            known_drops.update(night.drops)
            findings, mails = run_night(os.path.abspath(options.vigie), home, night, known_drops, checker.vigie_settings)
            faults = checker.check(night, findings, mails)
            print(f"{night.day}: {len(mails)} mails, {len(findings)} findings, {len(faults)} faults")
            print("".join(f"  {fault}\n" for fault in faults[:SHOWN]), end="")
            failed = failed or bool(faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
