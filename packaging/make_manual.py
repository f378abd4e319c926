"""Makes, from what the program says of itself and from config/vigie.properties, what a package adds to the program:
the manual pages vigie(1) and vigie.properties(5), the completion for bash, and the configuration as it is installed.

    make_manual.py PROGRAM SOURCE OUT
"""

import email.utils
import gzip
import os
import re
import subprocess
import sys

STATE = "/var/lib/vigie"


def help_of(program, *command):
    return subprocess.run([program, *command, "--help"], check=True, capture_output=True, text=True,
                          env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}).stdout


def entries(text, heading):
    """(what is written, what it does) of one section of a help text."""
    section = re.search(rf"(?ms)^{heading}:\n(.*?)(?:^\S|\Z)", text)
    return re.findall(r"(?m)^  (\S.*?)(?:  +|\n {10,})(\S.*)$", section.group(1)) if section else []


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def listed(items):
    return "".join(f".TP\n.B {roff(name)}\n{roff(what)}\n" for name, what in items)


def options_of(text):
    return [item for item in entries(text, "Options") if not item[0].startswith("-h,")]


class Program:
    def __init__(self, path):
        self.top = help_of(path)
        self.version = subprocess.run([path, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
        self.commands = entries(self.top, "Subcommands")
        self.helps = {name: help_of(path, name) for name, _ in self.commands}


def page(name, section, version, what):
    return (f'.TH {name.upper()} {section} "" "vigie {version}" ""\n.ad l\n.SH NAME\n{roff(name)} \\- {what}\n')


def program_page(program):
    text = page("vigie", 1, program.version, "nightly compliance of the entitlements of Mon Compte Partenaire")
    text += ".SH SYNOPSIS\n.B vigie\n[OPTIONS] COMMAND [OPTIONS]\n.SH DESCRIPTION\n"
    text += roff("Takes the export of the portal every night, says what is wrong in it, works out what must be closed, tells the "
                 "people who can put it right, and writes workbooks for the officers. It changes nothing in the portal.") + "\n"
    text += ".SH OPTIONS\n" + listed(options_of(program.top)) + ".SH COMMANDS\n"
    for name, what in program.commands:
        usage = re.search(r"Usage: vigie (.*)", program.helps[name]).group(1)
        text += f".SS {roff(usage)}\n{roff(what)}\n"
        text += listed(entries(program.helps[name], "Positionals") + options_of(program.helps[name]))
    codes = program.top.split("Exit codes: ")[1].strip()
    text += f".SH EXIT STATUS\n{roff(codes)}\n"
    text += ".SH FILES\n" + listed([("/etc/vigie/vigie.properties", "the configuration"),
                                    (STATE, "store, drops, workbooks and mails")])
    return text + ".SH SEE ALSO\n.BR vigie.properties (5)\n"


def configuration_page(configuration, version):
    text = page("vigie.properties", 5, version, "the configuration of vigie") + ".SH DESCRIPTION\n"
    explained = []
    for line in configuration.splitlines():
        if re.fullmatch(r"# -+ ?[^-]*", line):
            text += f".SH {roff(line.strip('# -').upper())}\n"
        elif re.match(r"#? ?[a-z][\w.-]* = ", line) and not line.startswith("# "):
            text += f".TP\n.B {roff(line.lstrip('#'))}\n" + roff(" ".join(explained)) + "\n"
            explained = []
        elif line.startswith("#"):
            explained.append(line.lstrip("# "))
        elif explained:
            text += ".PP\n" + roff(" ".join(explained)) + "\n"
            explained = []
    return text + ".SH SEE ALSO\n.BR vigie (1)\n"


def completion(program):
    def words(text):
        return " ".join(re.match(r"--[a-z-]+", name).group() for name, _ in options_of(text))

    cases = "".join(f"    {name}) words='{words(text)}' ;;\n" for name, text in program.helps.items())
    return f"""# bash completion for vigie

_vigie() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command= word words
  local commands='{" ".join(name for name, _ in program.commands)}'
  case $previous in
    --config) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --format) mapfile -t COMPREPLY < <(compgen -W 'table csv json markdown' -- "$current"); return ;;
    --log-format) mapfile -t COMPREPLY < <(compgen -W 'text json' -- "$current"); return ;;
    --severity | --fail-on) mapfile -t COMPREPLY < <(compgen -W 'critical major minor info' -- "$current"); return ;;
    --service) mapfile -t COMPREPLY < <(compgen -W 'Cdap Afas Dgfip Adonis Offre\\\\\\ Bailleurs' -- "$current"); return ;;
  esac
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    [[ " $commands " != *" $word "* ]] || command=$word
  done
  case $command in
    '') words=$commands ;;
{cases}  esac
  mapfile -t COMPREPLY < <(compgen -W "$words {words(program.top)} --help" -- "$current")
}}

complete -F _vigie vigie
"""


def installed(configuration):
    """With the folders of the package, and a night at 02:15."""
    for key, value in (("store.connection", f"{STATE}/vigie.db"), ("source.caf931.path", f"{STATE}/drops/caf931"),
                       ("mail.directory", f"{STATE}/out/mail"), ("report.directory", f"{STATE}/out/reports"),
                       ("#schedule.run", "15 2 * * *")):
        configuration, count = re.subn(rf"(?m)^{re.escape(key)} = .*$", f"{key.lstrip('#')} = {value}", configuration)
        if count != 1:
            raise SystemExit(f"config/vigie.properties has {count} lines of {key}")
    return configuration


def write(path, text, zipped=False):
    data = text.encode("utf-8")
    if zipped:
        path += ".gz"
        data = gzip.compress(data, 9, mtime=0)
    with open(path, "wb") as file:
        file.write(data)


def main():
    path, source, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    program = Program(path)
    with open(os.path.join(source, "config", "vigie.properties"), encoding="utf-8") as file:
        configuration = file.read()
    write(os.path.join(out, "vigie.1"), program_page(program), zipped=True)
    write(os.path.join(out, "vigie.properties.5"), configuration_page(configuration, program.version), zipped=True)
    write(os.path.join(out, "vigie.bash"), completion(program))
    write(os.path.join(out, "vigie.properties"), installed(configuration))
    made_at = float(os.environ.get("SOURCE_DATE_EPOCH") or os.path.getmtime(os.path.join(source, "CHANGELOG.md")))
    write(os.path.join(out, "changelog"),
          f"vigie ({program.version}) stable; urgency=medium\n\n  * What changed is in CHANGELOG.md, beside this file.\n\n"
          f" -- Vigie maintainers <maintainers@vigie.example>  {email.utils.formatdate(made_at)}\n", zipped=True)


main()
