#!/usr/bin/python3
"""Reads a workbook back with openpyxl and says what is wrong in it; exit code 1 where something is.

    check_workbook.py FILE.xlsx [--findings findings.json] [--actions actions.json] [--rejects rejects.json]
                                [--waivers waivers.json]

Sheets and their order, headings kept in sight, filters, real dates and numbers, no formula, links that lead somewhere,
colours that can be read. With the output of `vigie findings --format json` (and `--source NAME` for the workbook of one
source), Anomalies must hold exactly these findings, waived ones aside; with those of `actions`, `rejects`
and `waivers`, Rapprochement, Imports et rejets and Dérogations exactly these.
"""

import argparse
import datetime
import json
import re
import sys
import warnings

import openpyxl

SHEETS = [
    "Synthèse",
    "Anomalies",
    "BAL partagées",
    "T1 non autorisés",
    "Responsables manquants",
    "Approbateurs en attente",
    "Rapprochement",
    "Accès par service",
    "Imports et rejets",
    "Dérogations",
    "Règles",
]
WAIVED = "Dérogation"
STATUSES = {"Nouvelle": "new", "Ouverte": "open"}
SEVERITIES = {"Critique": "critical", "Majeure": "major", "Mineure": "minor", "Information": "info"}
KINDS = {
    "Retirer le profil Afas": "close-afas-profile",
    "Clôturer l'appartenance au groupe": "close-membership",
    "Retirer le rôle du groupe": "close-grant",
    "Mettre fin à la désignation d'administrateur": "close-designation",
    "Clôturer le groupe": "close-group",
    "Clôturer le compte": "close-account",
}
REASONS = {
    "Convention clôturée": "convention-closed",
    "Départ de la personne": "account-departed",
    "Compte clôturé": "account-closed",
    "Groupe clôturé": "group-closed",
    "Activité clôturée": "activity-closed",
    "Bulletin d'adhésion clôturé": "bulletin-closed",
}
REJECTS = {
    "Nombre de champs inattendu": "field-count",
    "Valeur obligatoire absente": "missing-value",
    "Date illisible": "bad-date",
    "Valeur non reconnue": "bad-value",
    "Clé déjà présente dans le fichier": "duplicate-key",
    "Référence inconnue": "unknown-reference",
}
STATES = {"À exécuter": "sent", "En retard": "overdue", "Retenue": "held", "Dérogation": "waived"}
DATES = {
    "Depuis le",
    "Dernière connexion",
    "Diplôme vérifié le",
    "En attente depuis le",
    "PJ3 reçue le",
    "Date de clôture",
    "Jusqu'au",
    "Accordée le",
    "Levée le",
}
NUMBERS = {"Âge (jours)", "Membres", "Jours d'attente", "Personnes", "Il y a un mois", "Évolution", "Ouvertes", "N°"}
FIRST_EXCEL_DAY = datetime.date(1900, 3, 1)  # earlier ones are texts
MINIMUM_CONTRAST = 4.5


class Check:
    def __init__(self):
        self.faults = []

    def that(self, holds, fault):
        if not holds:
            self.faults.append(fault)


def base_name(sheet):
    return re.sub(r" \(\d+\)$", "", sheet.title)


def is_list(sheet):
    return base_name(sheet) not in ("Synthèse", "Imports et rejets")


def headings(sheet):
    return [cell.value for cell in sheet[1] if cell.value is not None]


def rows(sheet):
    """The rows below the headings; none where one sentence says that there are none."""
    found = list(sheet.iter_rows(min_row=2, max_col=len(headings(sheet))))
    if len(found) == 1 and sum(cell.value is not None for cell in found[0]) == 1:
        return []
    return found


def check_order(check, book):
    names = list(dict.fromkeys(base_name(sheet) for sheet in book))
    check.that(names == SHEETS, f"the sheets are {names}")
    check.that(book.active.title == "Synthèse", f"it opens on {book.active.title}")
    check.that(all(sheet.sheet_state == "visible" for sheet in book), "a sheet is hidden")


def check_page(check, sheet):
    check.that(sheet.page_setup.orientation == "landscape", f"{sheet.title}: not landscape")
    check.that(str(sheet.page_setup.paperSize) == "9", f"{sheet.title}: not A4")
    check.that(sheet.sheet_properties.pageSetUpPr.fitToPage, f"{sheet.title}: not as wide as the page")
    check.that("&P" in (sheet.oddFooter.right.text or ""), f"{sheet.title}: no page numbers")


def check_list(check, sheet):
    check.that(sheet.freeze_panes == "A2", f"{sheet.title}: the headings are not kept in sight")
    check.that(sheet.print_title_rows == "$1:$1", f"{sheet.title}: the headings are not repeated in print")
    found = rows(sheet)
    if not found:
        check.that(sheet["A2"].value, f"{sheet.title}: empty without a word")
        return
    filters = [table.ref for table in sheet.tables.values() if table.autoFilter] + [sheet.auto_filter.ref]
    last = found[-1][-1].coordinate
    check.that(f"A1:{last}" in filters, f"{sheet.title}: filters {filters}, not A1:{last}")
    for heading, column in zip(headings(sheet), zip(*found)):
        check_column(check, sheet, heading, column)


def check_column(check, sheet, heading, column):
    for cell in column:
        at = f"{sheet.title}!{cell.coordinate}"
        if cell.value is None:
            continue
        if heading in DATES:
            check.that(is_day(cell), f"{at}: {cell.value!r} is no date")
        elif heading in NUMBERS:
            check.that(cell.data_type == "n", f"{at}: {cell.value!r} is no number")
        else:
            check.that(cell.data_type == "s", f"{at}: {cell.value!r} is no text")
        if heading == "Gravité":
            check.that(cell.value in SEVERITIES, f"{at}: {cell.value!r} is no severity")
            check.that(contrast(cell) >= MINIMUM_CONTRAST, f"{at}: contrast {contrast(cell):.1f}")


def is_day(cell):
    if cell.is_date:
        return cell.number_format == "dd/mm/yyyy"
    day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", str(cell.value))
    return bool(day) and datetime.date(int(day[3]), int(day[2]), int(day[1])) < FIRST_EXCEL_DAY


def luminance(color):
    def linear(channel):
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(color[i : i + 2], 16) / 255) for i in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(cell):
    text, fill = luminance(cell.font.color.rgb[-6:]), luminance(cell.fill.fgColor.rgb[-6:])
    return (max(text, fill) + 0.05) / (min(text, fill) + 0.05)


def check_cells(check, book, sheet):
    for row in sheet.iter_rows():
        for cell in row:
            at = f"{sheet.title}!{cell.coordinate}"
            check.that(cell.data_type != "f", f"{at}: a formula, {cell.value!r}")
            check.that(cell.data_type != "e", f"{at}: an error, {cell.value!r}")
            if cell.hyperlink:
                check_link(check, book, at, cell)


def check_link(check, book, at, cell):
    check.that(not cell.hyperlink.target, f"{at}: a link out of the workbook, {cell.hyperlink.target}")
    target = re.fullmatch(r"'?(.+?)'?!([A-Z]+\d+)", cell.hyperlink.location or "")
    known = bool(target) and target[1] in book.sheetnames
    check.that(known, f"{at}: a link to nowhere, {cell.hyperlink.location}")
    if known and target[1] == "Règles":
        rule = book["Règles"][target[2]].value
        check.that(rule == cell.value, f"{at}: {cell.value} leads to {rule}")


def finding_rows(book):
    for sheet in book:
        if base_name(sheet) == "Anomalies":
            names = headings(sheet)
            for row in rows(sheet):
                yield dict(zip(names, (cell.value for cell in row)))


def french_day(value):
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return "-".join(reversed(value.split("/"))) if value else None


def breakable(sentence):
    """Without the no-break spaces that the workbook adds."""
    return (sentence or "").replace("\u00a0", " ")


def as_listed(row, several_sources):
    """What a row of Anomalies says, under the names of the list."""
    listed = {
        "rule": row["Règle"],
        "status": STATUSES.get(re.sub(r" \([^)]*\)$", "", row["Statut"])),
        "severity": SEVERITIES[row["Gravité"]],
        "convention": row["Convention"],
        "subject": row["Sujet"],
        "first_seen": french_day(row["Depuis le"]),
        "age_days": row["Âge (jours)"],
        "service": row["Services"],
        "partner": row["Partenaire"],
        "detail": breakable(row["Détail"]),
        "recommendation": breakable(row["Que faire"]),
    }
    if several_sources:
        listed["source"] = row["Source"]
    return listed


def action_as_listed(row):
    return {
        "kind": KINDS[row["Action"]],
        "convention": row["Convention"],
        "subject": row["Sujet"],
        "date": french_day(row["Date de clôture"]),
        "reason": REASONS[row["Raison"]],
        "cause": row["Cause"],
        "state": STATES[row["État"]],
        "first_seen": french_day(row["Depuis le"]),
    }


def reject_rows(book):
    """The rows below « Lignes rejetées », and those of the sheets that go on with them."""
    names = None
    for sheet in book:
        if base_name(sheet) == "Imports et rejets":
            lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
            begin = [line[0] for line in lines].index("Lignes rejetées") + 1 if names is None else 0
            names = lines[begin]
            yield from (dict(zip(names, line)) for line in lines[begin + 1 :] if line[1] is not None)


def reject_as_listed(row):
    return {
        "file": row["Fichier"],
        "line": row["Ligne"],
        "reason": REJECTS[row["Motif du rejet"]],
        "field": row["Champ"],
        "value": row["Valeur"],
    }


def read_list(file):
    with open(file, encoding="utf-8") as stream:
        return json.load(stream)


def check_same(check, sheet, found, listed):
    """The same rows as the list, of what the sheet has of them; both as dicts."""
    names = found[0].keys() if found else []

    def lines(rows):
        return sorted(json.dumps({name: row[name] for name in names}, sort_keys=True, ensure_ascii=False) for row in rows)

    got, wanted = lines(found), lines(listed)
    check.that(len(got) == len(wanted), f"{sheet} has {len(got)} rows, the list {len(wanted)}")
    for row in sorted(set(got) - set(wanted))[:5]:
        check.that(False, f"in {sheet} only: {row}")
    for row in sorted(set(wanted) - set(got))[:5]:
        check.that(False, f"in the list only: {row}")


def check_findings(check, book, file):
    listed = [finding for finding in read_list(file) if finding["status"] != "waived"]
    for finding in listed:
        finding |= {name: breakable(finding[name]) for name in ("detail", "recommendation")}
    found = [row for row in finding_rows(book) if not row["Statut"].startswith(WAIVED)]
    several_sources = bool(found) and "Source" in found[0]
    check_same(check, "Anomalies", [as_listed(row, several_sources) for row in found], listed)


def check_actions(check, book, file):
    sheet = book["Rapprochement"]
    found = [dict(zip(headings(sheet), (cell.value for cell in row))) for row in rows(sheet)]
    check_same(check, sheet.title, [action_as_listed(row) for row in found], read_list(file))


def check_rejects(check, book, file):
    check_same(check, "Imports et rejets", [reject_as_listed(row) for row in reject_rows(book)], read_list(file))


def waiver_as_listed(row):
    return {
        "id": row["N°"],
        "rule": row["Règle"],
        "convention": row["Convention"],
        "subject": row["Sujet"],
        "until": french_day(row["Jusqu'au"]),
        "reason": row["Motif"],
        "by": row["Accordée par"],
        "recorded_on": french_day(row["Accordée le"]),
        "ended_on": french_day(row["Levée le"]),
    }


def check_waivers(check, book, file):
    sheet = book["Dérogations"]
    found = [dict(zip(headings(sheet), (cell.value for cell in row))) for row in rows(sheet)]
    check_same(check, sheet.title, [waiver_as_listed(row) for row in found], read_list(file))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workbook")
    parser.add_argument("--findings", help="output of `vigie findings --format json`")
    parser.add_argument("--actions", help="output of `vigie actions --format json`")
    parser.add_argument("--rejects", help="output of `vigie rejects --format json`")
    parser.add_argument("--waivers", help="output of `vigie waivers --format json`")
    options = parser.parse_args()

    check = Check()
    warnings.filterwarnings("ignore", module="openpyxl")  # it does not read the bars drawn in cells
    book = openpyxl.load_workbook(options.workbook)
    check_order(check, book)
    for sheet in book:
        check_page(check, sheet)
        check_cells(check, book, sheet)
        if is_list(sheet):
            check_list(check, sheet)
    if options.findings:
        check_findings(check, book, options.findings)
    if options.actions:
        check_actions(check, book, options.actions)
    if options.rejects:
        check_rejects(check, book, options.rejects)
    if options.waivers:
        check_waivers(check, book, options.waivers)
    for fault in check.faults:
        print(f"{options.workbook}: {fault}")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())
