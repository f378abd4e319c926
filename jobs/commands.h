#pragma once
// The command line: every command of docs/spec/5-interfaces.md that this version has, its options, its exit code.

namespace vigie {

// Reads the arguments, does what they ask, returns the exit code. Nothing is thrown.
int run_program(int argc, const char* const* argv);

}  // namespace vigie
