#!/usr/bin/python3
"""Breaks the rules on purpose, one place at a time, and says which break no test of the rules notices.

    mutate.py BUILD [FILE...]    BUILD: a configured build folder; FILE: sources instead of all of src/rules/families

A break (a mutant) is one change of one file: a comparison is flipped, a condition or one of its parts made to hold always or
never, a « not » left out, an « all » made an « any ». Breaks that don't overlap are compiled together, each behind a switch
(VIGIE_MUTANT) of its own, and the tests are run once for each: one of them must fail. Breaks that change nothing anybody
could see stand in harmless.tsv, with why. Ends with 1 if a break survives that is not there.
"""
import concurrent.futures
import csv
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = ROOT / "src" / "rules" / "families"
HARMLESS = Path(__file__).with_name("harmless.tsv")
SECONDS = 120  # of one run of the tests; one that hangs is noticed
SLOW = "*VeryMany*"  # asked only when no other test notices

SWITCH = """#include <cstdlib>
static bool vigie_mutant(int number) {
  static const int chosen = std::atoi(std::getenv("VIGIE_MUTANT"));
  return chosen == number;
}
#line 1
"""

FLIPPED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
QUANTIFIERS = {"none_of": "any_of", "any_of": "all_of", "all_of": "any_of"}


def blanked(text):
    """The same text, of the same length, without what stands in strings, characters, comments and directives."""
    token = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])\'|//[^\n]*|^#[^\n]*', re.M)
    return token.sub(lambda m: ("_" if m.group()[0] in "\"'" else " ") * len(m.group()), text)


def end_of_operand(code, at):
    depth = 0
    for i in range(at, len(code)):
        if code[i] in "([{":
            depth += 1
        elif code[i] in ")]}":
            depth -= 1
        if depth < 0 or depth == 0 and (code[i] in ";,?" or code[i:i + 2] in ("&&", "||")):
            return len(code[:i].rstrip())
    raise ValueError("an operand without end")


def begin_of_operand(code, at):
    depth = 0
    for i in range(at, -1, -1):
        if code[i] in ")]}":
            depth += 1
        elif code[i] in "([{":
            depth -= 1
        before = code[:i + 1]
        if depth < 0 or depth == 0 and (code[i] in ";,?:}" and code[i - 1] != ":" and code[i + 1] != ":"
                                        or before.endswith(("&&", "||", " =", "return"))):
            begin = i + 1
            return begin + len(code[begin:]) - len(code[begin:].lstrip())
    raise ValueError("an operand without begin")


def end_of_parenthesis(code, at):
    depth = 0
    for i in range(at, len(code)):
        depth += {"(": 1, ")": -1}.get(code[i], 0)
        if depth == 0:
            return i
    raise ValueError("a parenthesis without end")


class Mutant:
    def __init__(self, file, text, begin, end, became, switched=True):
        self.file, self.text, self.begin, self.end = file, text, begin, end
        self.was, self.became, self.switched = text[begin:end], became, switched
        self.line_number = text.count("\n", 0, begin) + 1
        self.line = text.splitlines()[self.line_number - 1].strip()

    def code(self, number):
        if not self.switched:
            return self.became
        return f"(vigie_mutant({number}) ? static_cast<bool>({self.became}) : static_cast<bool>({self.was}))"

    def overlaps(self, other):
        return self.begin < other.end and other.begin < self.end or not (self.switched and other.switched)

    def key(self):
        return self.file.name, self.line, " ".join(self.was.split()), " ".join(self.became.split())

    def __str__(self):
        _, line, was, became = self.key()
        return f"{self.file.relative_to(ROOT)}:{self.line_number}: « {was} » became « {became} » in: {line}"


def places(text):
    """(begin, end, what it becomes, whether it is an expression of its own) of each mutant."""
    code = blanked(text)
    for m in re.finditer(r" (<=|>=|==|!=|<|>) ", code):
        begin, end = begin_of_operand(code, m.start()), end_of_operand(code, m.end())
        yield begin, end, text[begin:m.start(1)] + FLIPPED[m.group(1)] + text[m.end(1):end], True
    for m in re.finditer(r" (&&|\|\|)\s", code):
        neutral = "true" if m.group(1) == "&&" else "false"
        after = m.end() + len(code[m.end():]) - len(code[m.end():].lstrip())
        yield after, end_of_operand(code, after), neutral, True
        yield begin_of_operand(code, m.start()), m.start(), neutral, True
    for m in re.finditer(r"\bif \(", code):
        end = end_of_parenthesis(code, m.end() - 1)
        condition = code[m.end():end]
        if not re.search(r"[^<>=!]=[^=]|;", condition):  # else it declares what the branch uses
            yield m.end(), end, "true", True
            yield m.end(), end, "false", True
    for m in re.finditer(r"(?<![\w)])!(?=[\w(:])", code):
        yield m.start(), m.end(), "", False
    for m in re.finditer(r"\b(none_of|any_of|all_of)\b", code):
        yield m.start(), m.end(), QUANTIFIERS[m.group(1)], False


def mutants_of(file):
    text = file.read_text()
    return [Mutant(file, text, *place) for place in dict.fromkeys(places(text))
            if not (place[2] == "" and text[place[0] - 4:place[0]] == "if (")]  # the same as a condition's « true », « false »


def sheaves_of(mutants):
    """Lists of mutants that can be compiled together."""
    sheaves = []
    for mutant in mutants:
        fitting = next((s for s in sheaves if not any(mutant.overlaps(other) for other in s)), None)
        if fitting is None:
            sheaves.append(fitting := [])
        fitting.append(mutant)
    return sheaves


class Tests:
    """Compiles, links and runs as the build folder would, but for one file."""

    def __init__(self, build):
        self.build = build
        self.compile = {c["file"]: shlex.split(c["command"])
                        for c in json.loads((build / "compile_commands.json").read_text())}
        subprocess.run(["cmake", "--build", build, "--target", "rule_tests"], check=True, stdout=subprocess.DEVNULL)
        commands = subprocess.run(["ninja", "-t", "commands", "rule_tests"], cwd=build, capture_output=True, text=True,
                                  check=True).stdout
        self.link = shlex.split(commands.splitlines()[-1].split("&&")[1])

    def run(self, sheaf):
        """(mutant, whether a test notices it; None: it does not compile) of each."""
        with tempfile.TemporaryDirectory() as folder:
            program = self.program(sheaf, folder)
            if program:
                return [(mutant, self.is_noticed(program, number)) for number, mutant in enumerate(sheaf)]
        if len(sheaf) == 1:
            return [(sheaf[0], None)]
        middle = len(sheaf) // 2
        return self.run(sheaf[:middle]) + self.run(sheaf[middle:])

    def program(self, sheaf, folder):
        file, text = sheaf[0].file, sheaf[0].text
        for number, mutant in sorted(enumerate(sheaf), key=lambda pair: -pair[1].begin):
            text = text[:mutant.begin] + mutant.code(number) + text[mutant.end:]
        source, made, program = (os.path.join(folder, name) for name in (file.name, "mutant.o", "tests"))
        Path(source).write_text(SWITCH + text)
        command = [p for p in self.compile[str(file)] if not p.startswith(("-W", "-g"))]
        command = command[next(i for i, p in enumerate(command) if p.endswith("++")):]
        command[command.index("-o") + 1] = made
        command[command.index("-c") + 1] = source
        if subprocess.run([*command, "-w", "-D_GLIBCXX_ASSERTIONS"], cwd=self.build, capture_output=True).returncode:
            return None
        link = list(self.link)
        link[link.index("-o") + 1] = program
        link.insert(next(i for i, p in enumerate(link) if p.endswith(".a")), made)
        subprocess.run(link, cwd=self.build, check=True, capture_output=True)
        return program

    def is_noticed(self, program, number):
        return any(self.fail(program, number, chosen) for chosen in ("-" + SLOW, SLOW))

    @staticmethod
    def fail(program, number, chosen):
        try:
            return subprocess.run([program, "--gtest_brief=1", "--gtest_fail_fast", "--gtest_filter=" + chosen],
                                  cwd=os.path.dirname(program), capture_output=True, timeout=SECONDS,
                                  env={**os.environ, "VIGIE_MUTANT": str(number)}).returncode != 0
        except subprocess.TimeoutExpired:
            return True


def harmless():
    with HARMLESS.open(newline="") as file:
        return {(row["file"], row["line"], row["was"], row["became"]) for row in csv.DictReader(file, delimiter="\t")}


def main(build, *files):
    tests = Tests(Path(build).resolve())
    known = harmless()
    sheaves = [s for f in ([Path(f).resolve() for f in files] or sorted(FAMILIES.glob("*.cpp")))
               for s in sheaves_of(mutants_of(f))]
    count = dict.fromkeys(("noticed", "harmless", "survived", "not compiled"), 0)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutant, noticed in (outcome for outcomes in pool.map(tests.run, sheaves) for outcome in outcomes):
            if noticed is None:
                count["not compiled"] += 1
            elif noticed:
                count["noticed"] += 1
            elif mutant.key() in known:
                count["harmless"] += 1
            else:
                count["survived"] += 1
                print(mutant, flush=True)
    print(f"{sum(count.values())} breaks: {count['noticed']} noticed, {count['survived']} not noticed, "
          f"{count['harmless']} known as harmless, {count['not compiled']} do not compile")
    return 1 if count["survived"] else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
