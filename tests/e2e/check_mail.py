#!/usr/bin/env python3
"""Reads mail files as a mail program would, and fails where one is not what docs promise.

usage: check_mail.py FOLDER | FILE.eml ...

Where NAME.subject, NAME.name, NAME.text or NAME.html stand beside NAME.eml, the mail must say exactly that.
"""

import datetime
import email
import email.header
import email.policy
import pathlib
import re
import sys
from html.parser import HTMLParser

ONCE = ["Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
AT_MOST_ONCE = ["In-Reply-To", "References"]
KNOWN = {name.lower() for name in ONCE + AT_MOST_ONCE + ["X-Auto-Response-Suppress", "Content-Language"]}
SUBJECT_END = re.compile(r" - (export refusé, rien n'est vérifié$|0 anomalie|1 anomalie|\d+ anomalies)( \(dont (1 critique|\d+ critiques)\))?$")
VOID = {"meta", "br", "img", "hr", "link", "input"}


class Html(HTMLParser):
    """Collects what would be fetched or run, and checks that tags are closed in order."""

    def __init__(self):
        super().__init__()
        self.open_tags, self.problems = [], []

    def handle_starttag(self, tag, attributes):
        if tag in {"img", "script", "link", "iframe", "object", "base", "form"}:
            self.problems.append(f"<{tag}>")
        for name, value in attributes:
            if name in {"src", "href", "background"} or name.startswith("on") or "url(" in (value or ""):
                self.problems.append(f"{name}={value}")
        if tag not in VOID:
            self.open_tags.append(tag)

    def handle_endtag(self, tag):
        if not self.open_tags or self.open_tags.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")


def check(condition, problem):
    if not condition:
        raise AssertionError(problem)


def check_bytes(raw):
    check(b"\n" not in raw.replace(b"\r\n", b""), "a bare LF")
    check(b"\r" not in raw.replace(b"\r\n", b""), "a bare CR")
    check(raw.endswith(b"\r\n"), "no line end at the end")
    check(max(raw) < 128 and b"\0" not in raw, "bytes that are not ASCII")
    header, body = raw.split(b"\r\n\r\n", 1)
    for line in header.split(b"\r\n"):
        check(len(line) <= 78 or b" " not in line.strip(b" "), f"header line of {len(line)}: {line!r}")
        check(line.strip(), "a blank header line")
    for line in body.split(b"\r\n"):
        check(len(line) <= 78, f"body line of {len(line)}")
        check(not line.startswith((b".", b"From ")), f"a line that servers change: {line!r}")
    for word in re.findall(rb"=\?[^\s?]+\?[QB]\?[^\s?]*\?=", header):
        check(len(word) <= 75, "an encoded word above 75 characters")
        (content, charset), = email.header.decode_header(word.decode())
        content.decode(charset)
    check(not re.search(rb'"[^"\r\n]*=\?UTF-8', header), "an encoded word in quotes")


def check_headers(mail):
    for name in ONCE:
        check(len(mail.get_all(name, [])) == 1, f"{name}: not exactly once")
    for name in AT_MOST_ONCE:
        check(len(mail.get_all(name, [])) <= 1, f"{name}: more than once")
    for name, value in mail.items():
        check(name.lower() in KNOWN, f"unexpected header {name}")
        check(not value.defects, f"{name}: {value.defects}")
    check(mail["Auto-Submitted"] == "auto-generated", "Auto-Submitted")
    check(mail["Date"].datetime.utcoffset() == datetime.timedelta(0), "Date: not in UTC")
    check(re.fullmatch(r"<[^<>\s@]+@[^<>\s@]+>", mail["Message-ID"].strip()), "Message-ID")
    check(len(mail["To"].addresses) == 1 and len(mail["From"].addresses) == 1, "not one recipient and one sender")
    check(SUBJECT_END.search(mail["Subject"]), f"Subject: {mail['Subject']!r}")


def check_parts(mail):
    check(not mail.defects, f"defects: {mail.defects}")
    check(mail.get_content_type() == "multipart/alternative", "not multipart/alternative")
    parts = list(mail.iter_parts())
    check([part.get_content_type() for part in parts] == ["text/plain", "text/html"], "not plain text, then HTML")
    for part in parts:
        check(not part.defects, f"defects: {part.defects}")
        check(part.get_content_charset() == "utf-8", "not UTF-8")
    text, html = (part.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n") for part in parts)
    for line in text.split("\n"):
        check(len(line) <= 76 or " " not in line.lstrip(" -"), f"text line of {len(line)}: {line}")
        check(not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", line), "a control character in the text")
    check("{{" not in re.sub(r"\{\{tally\}\}", "", text, flags=re.IGNORECASE), "a tag of the template")
    page = Html()
    page.feed(html)
    page.close()
    check(not page.problems and not page.open_tags, f"HTML: {page.problems} {page.open_tags}")
    check(not re.search(r"https?:|@import|@font-face", html), "remote content")
    check("@media (prefers-color-scheme: dark)" in html, "no colours for the dark")
    check(not re.search(" [:;?!»]|« ", text), "a sign that a line may begin with")
    return text, html


def comparable(extension, value):
    """Python 3.11 to 3.12 see a blank between two encoded words of a name, and one blank where there are two."""
    return "".join(value.split()) if extension == "name" else value.strip(" ") if extension == "subject" else value


def check_expected(path, mail, text, html):
    recipient = mail["To"].addresses[0].display_name
    found = {"subject": mail["Subject"], "name": recipient, "text": text, "html": html}
    for extension, value in found.items():
        expected = path.with_suffix("." + extension)
        if expected.exists():
            wanted = expected.read_bytes().decode("utf-8")
            check(comparable(extension, value) == comparable(extension, wanted),
                  f"{extension}: {value!r}, not {wanted!r}")


def check_mail(path):
    raw = path.read_bytes()
    check_bytes(raw)
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    check_headers(mail)
    text, html = check_parts(mail)
    check_expected(path, mail, text, html)


def main(arguments):
    paths = [path for argument in map(pathlib.Path, arguments)
             for path in (sorted(argument.glob("*.eml")) if argument.is_dir() else [argument])]
    if not paths:
        sys.exit("usage: check_mail.py FOLDER | FILE.eml ...")
    failures = 0
    for path in paths:
        try:
            check_mail(path)
        except (AssertionError, UnicodeDecodeError, ValueError) as problem:
            failures += 1
            print(f"{path.name}: {problem}", file=sys.stderr)
    print(f"{len(paths)} mails, {failures} at fault")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
