#pragma once
// The command line: the commands, their options and words, and what is said where it is wrong.

#include <string>
#include <vector>

#include "options.h"

namespace vigie {

struct CommandLine {
  std::string command;
  Options options;
  std::string text;  // of --help and --version, which are no command
};

// Words are the program's arguments without its name. Throws UsageError that names the word that is wrong, and the
// nearest that is right.
CommandLine read_command_line(const std::vector<std::string>& words);

}  // namespace vigie
