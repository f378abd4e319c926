"""Runs as processes that something happens to, or beside, and all that they leave."""

import difflib
import email.policy
import os
import re
import shutil
import subprocess
import sys
import time
import unittest
import zipfile

import drops

HERE = os.path.dirname(os.path.abspath(__file__))
MAKE_DROP = os.path.join(HERE, "..", "..", "bench", "make_drop.py")


def make_drop(folder, day, *options):
    subprocess.run([sys.executable, "-B", MAKE_DROP, "--out", folder, "--as-of", day, *options], check=True,
                   stdout=subprocess.DEVNULL)


def sheets_of(path):
    """The parts of a workbook, the number of the run left out."""
    with zipfile.ZipFile(path) as book:
        return {name: re.sub(rb"ex\xc3\xa9cution \d+", b"run", book.read(name)) for name in book.namelist()}


def mail_without_time_and_place(raw):
    """Its headers and what it says; without the folder of a test, whose files compliance's mail names."""
    message = email.message_from_bytes(re.sub(rb"(?m)^Date: .*\r\n", b"", raw), policy=email.policy.default)
    said = [re.sub(r"[^\s>]*/vigie-e2e-[^/]+", "", part.get_content())
            for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *said])


class ProcessTest(unittest.TestCase):
    sources = (drops.SOURCE,)

    def setUp(self):
        self.vigie = drops.Vigie(sources=self.sources)
        self.addCleanup(self.vigie.close)

    def start(self, vigie, day, *arguments, **how):
        """Starts a command, `run` where none is named; its log is read from stderr."""
        return subprocess.Popen([vigie.program, "--config", vigie.configuration, "--as-of", day, "--verbose",
                                 *(arguments or ("run",))],
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **how)

    def copy(self):
        """A Vigie in the state that this one is in."""
        other = drops.Vigie(sources=self.sources)
        self.addCleanup(other.close)
        shutil.rmtree(other.folder)
        shutil.copytree(self.vigie.folder, other.folder, symlinks=True)
        return other

    def outcome(self, vigie):
        """All that is left, as {what: content}."""
        left = dict(vigie.lists())
        for name in vigie.files("mail"):
            left["mail " + name] = mail_without_time_and_place(vigie.read("mail", name))
        for name in vigie.files("reports"):
            path = vigie.path("out", "reports", name)
            if name.endswith(".xlsx"):
                left |= {f"{name} {part}": content for part, content in sheets_of(path).items()}
            else:
                left[name] = vigie.read("reports", name)
        return left

    def run_whole(self, vigie, day):
        """Runs to the end; (exit code, seconds, lines of the log)."""
        began = time.monotonic()
        run = self.start(vigie, day)
        log = run.stderr.read()
        run.stderr.close()
        return run.wait(), time.monotonic() - began, log.count(b"\n")

    def kill_after(self, run, seconds=0.0, lines=0):
        """Waits for so many lines of the log, then so long, and kills; whether it was under way."""
        for _ in range(lines):
            run.stderr.readline()
        time.sleep(seconds)
        run.kill()
        run.stderr.close()
        return run.wait() < 0

    def assert_same(self, wanted, found):
        self.assertEqual(sorted(found), sorted(wanted))
        told = [line for name in wanted if found[name] != wanted[name]
                for line in [name, *difflib.ndiff(self.as_lines(wanted[name]), self.as_lines(found[name]))]
                if not line.startswith(("  ", "? "))]
        self.assertEqual(told, [], "\n" + "\n".join(told[:20]))

    @staticmethod
    def as_lines(content):
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        return text.replace("><", ">\n<").splitlines()

    def next_night(self, day, next_day, accounts):
        """Runs a first night of so many accounts for each source, and puts the next night's drop in its place."""
        for source in self.sources:
            first, second = self.vigie.drop_folder(source), self.vigie.path("next", source)
            make_drop(first, day, "--accounts", str(accounts[source]), "--violations", "0.05", "--dirty", "0.01")
            make_drop(second, next_day, "--next", first, "--change", "0.03")
        self.assertIn(self.run_whole(self.vigie, day)[0], (0, 3))
        shutil.rmtree(self.vigie.path("drops"))
        shutil.move(self.vigie.path("next"), self.vigie.path("drops"))
