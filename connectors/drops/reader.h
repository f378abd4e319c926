#pragma once
// Reads the files of a drop: matches their columns first, all of them, then reads their rows. What is wrong with a file
// refuses the drop, and nothing is thrown for it.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "drops/drop.h"

namespace vigie::drops {

class Reader {
 public:
  // `source`: its name in the configuration, for the keys that refusals name.
  Reader(std::string source, const ColumnSettingsOfFiles& settings, Drop& drop)
      : source_(std::move(source)), settings_(settings), drop_(drop) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // Opens a file that is there, and matches its columns. `open` may throw Unreadable.
  void open(FileId file, const std::function<std::unique_ptr<File>()>& open);

  // Whether the drop may go on: puts what was found wrong since, in the order of the files, among its refusals.
  bool settle();

  // `seed`: of the digests. `threads`: how many files at once, from 1.
  void read_rows(std::uint64_t seed, unsigned threads);

 private:
  struct Reading {
    FileId file;
    intake::Columns columns;
    std::vector<Refusal> refusals;
  };

  void match(Reading& reading, File& file);
  void read_rows(Reading& reading, std::uint64_t seed);

  std::string source_;
  const ColumnSettingsOfFiles& settings_;
  Drop& drop_;
  std::vector<Reading> readings_;
};

}  // namespace vigie::drops
