#!/usr/bin/env python3
"""Measures the workbook of a night with a million findings, beside libxlsxwriter alone with the same cells.

    workbook.py --programs ../build/release/bin
    workbook.py --programs ../build/release/bin --accounts 20000 --repeat 3

A drop with several violations for each account is made, and a night is run on it. Then `vigie report` writes the
workbook again, alone: that is measured as a whole, and from the making of the workbook to its closing. The calls that
fill its cells are recorded, and made again by a program that does nothing else.
"""

import argparse
import collections
import os
import statistics
import subprocess
import sys
import tempfile

import run

DAY = "2026-11-20"

Writing = collections.namedtuple("Writing", "seconds cpu before_mb peak_mb")


def writing(line):
    return Writing(*(float(figure) for figure in line.split("\t")))


def median(writings):
    return Writing(*(statistics.median(figures) for figures in zip(*writings)))


class Night:
    def __init__(self, options):
        self.programs = options.programs
        self.folder = os.path.join(options.work, f"workbook-{options.accounts}")
        os.makedirs(self.folder, exist_ok=True)
        with open(os.path.join(self.folder, "vigie.properties"), "w", encoding="utf-8") as file:
            file.write(run.CONFIGURATION)
        run.make_drop(os.path.join(self.folder, "first"),
                      ["--accounts", str(options.accounts), "--as-of", DAY, "--violations", str(options.violations)])
        run.clear(self.folder)
        self.run_mb = self.peak("run")
        self.findings = self.lines("findings", "--format", "csv") - 1

    def path(self, name):
        return os.path.join(self.folder, name)

    def program(self, name):
        return os.path.join(self.programs, name)

    def start(self, command, **environment):
        """The process, ended, with what it used."""
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env=os.environ | environment)
        output, errors = process.stdout.read(), process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (run.DONE, run.HELD):
            sys.exit(f"{' '.join(command)}: ended with {process.returncode}\n{errors[-2000:]}")
        return output, usage

    def command(self, *arguments):
        return [self.program("vigie"), "--config", self.path("vigie.properties"), "--as-of", DAY, "--quiet", *arguments]

    def start_vigie(self, *arguments, **environment):
        return self.start(self.command(*arguments), **environment)

    def lines(self, *arguments):
        """How many are printed. They are not kept: what this process holds would count as memory of the next one."""
        with subprocess.Popen(self.command(*arguments), stdout=subprocess.PIPE) as process:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: process.stdout.read(1 << 20), b""))

    def vigie(self, *arguments, **environment):
        return self.start_vigie(*arguments, **environment)[0]

    def peak(self, command):
        """Megabytes of the whole program."""
        return self.start_vigie(command)[1].ru_maxrss / 1024

    def write(self):
        meter = self.path("meter")
        if os.path.exists(meter):
            os.remove(meter)
        self.vigie("report", LD_PRELOAD=self.program("workbook_calls.so"), WORKBOOK_METER=meter)
        with open(meter, encoding="utf-8") as file:
            return writing(file.read())

    def record(self):
        self.vigie("report", LD_PRELOAD=self.program("workbook_calls.so"), WORKBOOK_TRACE=self.path("trace"))

    def replay(self):
        """What it took, and how many cells there are."""
        printed, _ = self.start([self.program("workbook_replay"), self.path("trace"), self.path("replay.xlsx")])
        measured, cells = printed.splitlines()
        return writing(measured), int(cells)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", required=True, help="where vigie, workbook_calls.so and workbook_replay are")
    parser.add_argument("--accounts", type=int, default=330_000, help="accounts (330000, for a million findings)")
    parser.add_argument("--violations", type=float, default=4, help="violations for each account (4)")
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "vigie-bench"),
                        help="where all is made (vigie-bench in the folder for temporary files)")
    parser.add_argument("--repeat", type=int, default=1, help="times that each writing is measured; medians (1)")
    options = parser.parse_args()
    options.programs = os.path.abspath(options.programs)
    return options


def main():
    options = arguments()
    night = Night(options)
    report_mb = max(night.peak("report") for _ in range(options.repeat))
    night.record()
    pairs = [(night.write(), *night.replay()) for _ in range(options.repeat)]  # in turn: a busy machine slows both
    vigie, alone = median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])
    size_mb = os.path.getsize(night.path("replay.xlsx")) / 1e6
    print(f"{night.findings:,} findings, {pairs[0][2]:,} cells, {size_mb:.0f} MB; "
          f"peak: vigie run {night.run_mb:.0f} MB, vigie report {report_mb:.0f} MB\n")
    run.print_table(["writing", "wall s", "cpu s", "MB before", "MB peak"],
                    [[name, f"{each.seconds:.2f}", f"{each.cpu:.2f}", f"{each.before_mb:.0f}", f"{each.peak_mb:.0f}"]
                     for name, each in (("vigie", vigie), ("libxlsxwriter", alone))]
                    + [["ratio", f"{vigie.seconds / alone.seconds:.2f}", f"{vigie.cpu / alone.cpu:.2f}", "", ""]])
    os.remove(night.path("trace"))


if __name__ == "__main__":
    main()
