#include "commands.h"

int main(int argc, char** argv) { return vigie::run_program(argc, argv); }
