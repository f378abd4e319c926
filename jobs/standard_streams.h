#pragma once
// Standard input, output and error, whatever the program was started with.

namespace vigie {

// Streams that are closed lead to /dev/null, so that no file that is opened later takes their place and what is printed
// goes into it; standard output so that writing to it fails. A pipe that nobody reads any more ends no run: writing to
// it fails, and that is all.
void keep_standard_streams();

// For who is started without standard output on purpose, and prints nothing that is not kept elsewhere: where it is
// closed, what is printed is dropped.
void do_without_output();

// Writes what is still held back of standard output. Throws std::runtime_error where not all could be written; not
// where a pipe's reader has gone, as `head` does when it has enough.
void finish_output();

}  // namespace vigie
