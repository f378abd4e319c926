"""A drop becomes records, rejects and history, or is refused. The state of a source is a dictionary: new_source()."""

import codecs
import hashlib
import os
import re

from contract import (COLUMNS, DAYS, FILES, KEYS, REFERENCES, REQUIRED_COLUMNS, REQUIRED_FILES, REQUIRED_VALUES, WHITE,
                      blank, canonical, column_of, trim)


class Refused(Exception):
    """The drop is refused; the message says why."""


def new_source():
    return {
        "last_run_on": "",      # as-of day of the last import, refused or not
        "imported_on": "",      # as-of day of the last good import, whose state this is
        "records": {file: {} for file in FILES},        # file -> key -> column -> canonical value
        "withdrawn": {file: {} for file in FILES},      # their last state
        "columns": {},          # file -> columns, of the last good drop; a file that it did not have is not in it
        "rows": {},             # file -> number of rows in the last good drop
        "rejects": [],          # (file, line, reason, field, value, record) of the last import, refused or not
        "history": [],          # (file, key, as_of, change, field, old, new)
        "closings": {},         # identifiant -> closing date -> the last as-of day on which an import brought it so
        "first_groups": {},     # key of a group -> column -> value in the first import that brought it with the column
        "afas_managers": set(),     # who, at some import, managed an active group with an active Afas grant
        "findings": {}, "detected_on": "",
        "actions": {}, "plan": set(),
        "waivers": set(),       # (rule, convention, subject, the last day on which it holds)
    }


# ------------------------------------------------------------------------------------------------------------ one file

# Windows-1252 leaves five bytes undefined: they stay the control characters of the same number.
codecs.register_error("as-control", lambda error: (chr(error.object[error.start]), error.start + 1))


LONGEST_ROW = 1 << 20   # bytes, in UTF-8


def is_of_another_form(data):
    """UTF-16, or a workbook."""
    return (data.startswith((b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
            or re.match(rb"[^\0]\0[^\0]\0|\0[^\0]\0[^\0]", data) is not None)


def read_text(path):
    with open(path, "rb") as file:
        data = file.read()
    if is_of_another_form(data):
        raise Refused("no CSV file")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "as-control")


def split_row(text, start, separator):
    """The fields of the row that begins at start, and where it ends (at its line feed or the end of the text)."""
    fields, at = [], start
    rest_of_field = re.compile("[^" + separator + "\n]*")
    while True:
        field = ""
        if text[at:at + 1] == '"':
            at += 1
            while True:
                quote = text.find('"', at)
                if quote < 0:
                    raise Refused("a quote is open at the end of the file")
                field += text[at:quote]
                at = quote + 1
                if text[at:at + 1] != '"':
                    break
                field += '"'
                at += 1
        end = rest_of_field.match(text, at).end()
        fields.append(field + text[at:end])
        if text[end:end + 1] != separator:
            return fields, end
        at = end + 1


def separator_of(text, at, file):
    """The separator that gives the header the most known headings, then the most fields."""
    best, opened = None, None
    for separator in ";,\t":
        try:
            fields = split_row(text, at, separator)[0]
        except Refused as error:
            opened = opened or error
            continue
        worth = sum(1 for field in fields if column_of(file, field)), len(fields)
        if best is None or worth > best[0]:
            best = worth, separator
    if opened and (best is None or best[0][0] == 0):
        raise opened
    return best[1]


def split_rows(text, file):
    """(line, raw text, fields) of each row that is not blank, the header first."""
    rows, at, line, separator = [], 0, 1, None
    text += "" if text.endswith("\n") else "\n"
    while at < len(text):
        end_of_line = text.find("\n", at)
        if text[at:end_of_line].strip(WHITE) == "":
            at, line = end_of_line + 1, line + 1
            continue
        if separator is None:
            separator = separator_of(text, at, file)
            if re.search("\r[^\r\n]", text[at:split_row(text, at, separator)[1]]):
                raise Refused("lines end in a carriage return alone")
        fields, end = split_row(text, at, separator)
        raw = text[at:end]
        if len(raw.encode()) > LONGEST_ROW:
            raise Refused("a row is too long")
        rows.append((line, raw.removesuffix("\r"), fields))
        at, line = end + 1, line + raw.count("\n") + 1
    if not rows:
        raise Refused("the file is empty")
    return rows


def read_header(file, headings):
    """The column of each position, None where nobody knows the heading."""
    columns = [column_of(file, heading) for heading in headings]
    for column in COLUMNS[file]:
        if columns.count(column) > 1:
            raise Refused(file + ".csv: two columns for " + column)
    return columns


def read_file(folder, file, defaults):
    """The columns that the file has, and its rows as (line, raw, texts by column; None: a wrong number of fields)."""
    try:
        rows = split_rows(read_text(os.path.join(folder, file + ".csv")), file)
    except (OSError, Refused) as error:
        raise Refused(file + ".csv: " + str(error))
    header = read_header(file, rows[0][2])
    given = {column: trim(text) for column, text in defaults.items()
             if column in COLUMNS[file] and column not in header}
    present = [column for column in COLUMNS[file] if column in header or column in given]
    for column in REQUIRED_COLUMNS[file]:
        if column not in present:
            raise Refused(file + ".csv: column " + column + " is missing")
    result = []
    for line, raw, fields in rows[1:]:
        texts = None
        if len(fields) == len(header):
            texts = {column: trim(field) for column, field in zip(header, fields) if column} | given
        result.append((line, raw, texts))
    return present, result


# ------------------------------------------------------------------------------------------------------------- one row

def read_values(file, texts):
    """The canonical values by column; None where a text cannot be read."""
    return {column: canonical(file, column, text, texts.get("service", "")) for column, text in texts.items()}


def key_of(file, values):
    return tuple(values[column] for column in KEYS[file])


def readable_key(file, texts, values):
    """The key of a row, or None where it has none."""
    for column in KEYS[file]:
        if values[column] is None or (texts[column] == "" and column in REQUIRED_VALUES[file]):
            return None
    return key_of(file, values)


def fault_in_values(file, texts, values):
    """(reason, field, value) of the first fault that the row shows by itself, or None."""
    for column in COLUMNS[file]:
        if column in REQUIRED_VALUES[file] and texts[column] == "":
            return "missing-value", column, ""
    for column in COLUMNS[file]:
        if column in texts and values[column] is None and column in DAYS:
            return "bad-date", column, texts[column]
    for column in COLUMNS[file]:
        if column in texts and values[column] is None:
            return "bad-value", column, texts[column]
    return None


def unresolved(file, values, records, present):
    """The field of the first reference that does not resolve, or None. A file that is not there is not checked."""
    for field, target, columns in REFERENCES[file]:
        if target in present and tuple(values[column] for column in columns) not in records[target]:
            return field
    return None


def judge_file(file, rows, records, present, known):
    """The accepted records, the rejects and the keys of rejected rows. records holds the files before this one."""
    accepted, rejects, rejected_keys, seen = {}, [], set(), set()
    for line, raw, texts in rows:
        key, fault = None, ("field-count", "", "")
        if texts is not None:
            values = read_values(file, texts)
            key, fault = readable_key(file, texts, values), fault_in_values(file, texts, values)
            if not fault and key in seen:
                fault = ("duplicate-key", KEYS[file][0], texts[KEYS[file][0]])
            if not fault:
                field = unresolved(file, values, records, present)
                fault = field and ("unknown-reference", field, texts[field])
        if key is not None:
            seen.add(key)
        if fault:
            rejects.append((file, line, *fault, raw))
            rejected_keys.add(key)
        else:
            # A column that the drop lacks keeps the value last known.
            before = known.get(key, {})
            accepted[key] = {column: values[column] if column in values else before.get(column, blank(file, column))
                             for column in COLUMNS[file]}
    return accepted, rejects, rejected_keys


# ------------------------------------------------------------------------------------------------------------ one drop

def unescape(name):
    """A file's name as it was before sha256sum escaped it."""
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), name)


def check_sums(folder):
    path = os.path.join(folder, "SHA256SUMS")
    if not os.path.exists(path):
        return
    named = set()
    for line in read_text(path).split("\n"):
        line = line.removesuffix("\r")
        if line.strip(WHITE) == "":
            continue
        found = re.fullmatch(r"(\\?)([0-9a-fA-F]{64}) [ *](.+)", line)
        if not found or found[1] and re.search(r"\\([^\\nr]|$)", found[3].replace("\\\\", "")):
            raise Refused("SHA256SUMS: a line of another form")
        name = os.path.normpath(unescape(found[3]) if found[1] else found[3])
        if os.path.isabs(name) or name.split("/")[0] == "..":
            raise Refused("SHA256SUMS: " + name + " is not in the drop")
        try:
            with open(os.path.join(folder, name), "rb") as file:
                digest = hashlib.sha256(file.read()).hexdigest()
        except OSError as error:
            raise Refused("SHA256SUMS: " + str(error))
        if digest != found[2].lower():
            raise Refused("SHA256SUMS: " + name + " does not match")
        named.add(name)
    for file in FILES:
        if os.path.exists(os.path.join(folder, file + ".csv")) and file + ".csv" not in named:
            raise Refused("SHA256SUMS does not name " + file + ".csv")


def check_limits(state, rows, rejects, settings, accept_shrink):
    for file in FILES:
        rejected = sum(1 for reject in rejects if reject[0] == file)
        if (rejected > settings.number("import.max-rejects", 10)
                and 100 * rejected > settings.number("import.max-reject-percent", 5) * rows.get(file, 0)):
            raise Refused("%s.csv: %d of %d rows rejected" % (file, rejected, rows[file]))
    for file in FILES:
        before, now = state["rows"].get(file, 0), rows.get(file, 0)
        if (before >= 50 and 100 * (before - now) > settings.number("import.max-shrink-percent", 20) * before
                and not accept_shrink):
            raise Refused("%s.csv: %d rows, %d at the last good import" % (file, now, before))


def import_drop(state, folder, as_of, settings, defaults, accept_shrink):
    """Applies the drop to the state, or raises Refused and leaves all but the rejects as it was."""
    state["last_run_on"], state["rejects"] = as_of, []
    present = [file for file in FILES if os.path.exists(os.path.join(folder, file + ".csv"))]
    for file in REQUIRED_FILES:
        if file not in present:
            raise Refused(file + ".csv is missing")
    check_sums(folder)
    records, columns, rows, brought = {}, {}, {}, {}
    for file in FILES:
        before = state["records"][file]
        records[file], columns_here, rows_here, rejected_keys = {}, None, [], set()
        if file in present:
            columns_here, rows_here = read_file(folder, file, defaults)
            columns[file], rows[file] = columns_here, len(rows_here)
            known = state["withdrawn"][file] | before
            records[file], rejects, rejected_keys = judge_file(file, rows_here, records, present, known)
            state["rejects"] += rejects
        brought[file] = set(records[file])
        for key in rejected_keys:
            if key in before and key not in records[file] and not unresolved(file, before[key], records, present):
                records[file][key] = before[key]      # kept as it was
    check_limits(state, rows, state["rejects"], settings, accept_shrink)
    for file in ("conventions", "utilisateurs"):
        gone = state["records"][file].keys() - records[file].keys()
        if len(state["records"][file]) >= 50 and 2 * len(gone) > len(state["records"][file]) and not accept_shrink:
            raise Refused("%s.csv: %d records are gone: another source's drop?" % (file, len(gone)))
    for file in FILES:
        note_history(state, file, records[file], columns.get(file, []), as_of)
    state.update(imported_on=as_of, records=records, columns=columns, rows=rows)
    note_evidence(state, brought, as_of)


def note_history(state, file, records, columns, as_of):
    """Compares the records with the state's, and moves what is gone to the withdrawn."""
    before, withdrawn, history = state["records"][file], state["withdrawn"][file], state["history"]
    for key, values in records.items():
        name = ":".join(key)
        last = before.get(key) or withdrawn.pop(key, None)
        if last is None:
            history.append((file, name, as_of, "added", "", "", ""))
            continue
        if key not in before:
            history.append((file, name, as_of, "returned", "", "", ""))
        for column in columns:
            if values[column] != last[column]:
                history.append((file, name, as_of, "changed", column, last[column], values[column]))
    for key in before:
        if key not in records:
            history.append((file, ":".join(key), as_of, "withdrawn", "", "", ""))
            withdrawn[key] = before[key]


def note_evidence(state, brought, as_of):
    """What the rules that read the history will ask. A record that was only kept proves nothing."""
    if "date_cloture" in state["columns"]["utilisateurs"]:
        for key in brought["utilisateurs"]:
            closings = state["closings"].setdefault(key[0], {})
            closings[state["records"]["utilisateurs"][key]["date_cloture"]] = as_of
    for key in brought["groupes"]:
        first = state["first_groups"].setdefault(key, {})
        for column in state["columns"]["groupes"]:
            first.setdefault(column, state["records"]["groupes"][key][column])


def read_records(state, file):
    """The file's records as the rules see them: a column that the last good drop lacks reads as empty."""
    columns = state["columns"].get(file, [])
    return [{column: values[column] if column in columns else blank(file, column) for column in COLUMNS[file]}
            for values in state["records"][file].values()]
