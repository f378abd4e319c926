#include <malloc.h>

#include "commands.h"

int main(int argc, char** argv) {
  // Left alone, glibc keeps large blocks in its heap once one was freed. What is small then lies in the holes that they
  // leave, and keeps these from going back.
  constexpr int kLargeBlock = 4 << 20;
  mallopt(M_MMAP_THRESHOLD, kLargeBlock);
  return vigie::run_program(argc, argv);
}
