"""Texts that a spreadsheet, a browser or a parser could take for something else, in a drop."""

import itertools
import re

from drops import account, group, membership, valid_drop

PAYLOADS = ["1+1", "SUM(A1:A9)", 'HYPERLINK("http://x.example";"y")', "cmd|' /C calc'!A0"]
TEXTS = [sign + payload for sign, payload in itertools.product(("=", "+", "-", "@", "\t=", " ="), PAYLOADS)] + [
    "\x01\x02", "a\x0bb", "a\x1fb", "\x7f", "\u0085", "\ufeffa", "\u202eabc",
    "x" * 32_767, "y" * 40_000, "é" * 33_000,
    "http://x.example/", "https://x.example/?a=b&c=d", "mailto:a@b.example", "file:///etc/passwd", "internal:'Règles'!A1",
    "external:c:\\x.xlsx", "_x0041_", "<script>alert(1)</script>", "<b>a</b>", "]]>", "&#1;", "&amp;", "'", "''", '"><a href=x>',
    "'=1", "{=1+1}", "#REF!", "TRUE", "1E9", "007", "12/11/2026"]


def shown(text):
    """What is left of a text where people see it, its blanks as one."""
    text = "".join(" " if c in "\t\n" else c for c in text if c in "\t\n" or not re.match(r"[\x00-\x1f\x7f-\x9f]", c))
    return re.sub(r"\s+", " ", text).strip()


def hostile_drop():
    """The valid drop, and for each text an account without a mail that has it as name and profession."""
    files = valid_drop()
    for i, text in enumerate(TEXTS):
        files["utilisateurs"].append(account(f"HX{i}", nom=text, mail="", profession=text))
        files["groupes"].append(group(f"G{i}", libelle=text, responsable=""))
        files["appartenances"].append(membership("T2PE", f"HX{i}"))
    return files
