#pragma once
// One CSV file of a drop, parsed in place: RFC 4180 quoting, quoted line breaks, LF or CRLF, `;`, `,` or tab, UTF-8
// (with or without a byte-order mark) or Windows-1252. Blank lines are no rows but count as lines.
//
//   CsvFile file(path);
//   const auto headings = file.read_header();       // finds the separator
//   file.read_rows([&](std::uint32_t line, std::span<const std::string_view> fields, std::string_view raw) { … });
//
// Views live as long as the file object. Throws CsvError where the file cannot be read to its end: it is of another
// form (UTF-16, a workbook), has more than 2 GiB, a row of more than 1 MiB (in UTF-8), a quote that is open at its end,
// or a header with a lone carriage return.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "csv/refusal.h"
#include "domain/arena.h"

namespace vigie::csv {

class CsvFile {
 public:
  explicit CsvFile(const std::filesystem::path& path);
  CsvFile(std::string name, std::string bytes);
  // Its fields point into it.
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;

  // `is_known(heading)` helps to find the separator: the one that gives the most known headings.
  std::vector<std::string_view> read_header(const std::function<bool(std::string_view)>& is_known);

  template <typename OnRow>
  void read_rows(OnRow on_row) {
    Record record;
    while (next(record)) on_row(record.line, std::span<const std::string_view>(record.fields), record.raw);
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  // From the length of the first lines, and no more than one for each 16 bytes; for reserving memory.
  [[nodiscard]] std::size_t estimated_rows() const;
  // As the file came, for its checksum.
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  struct Record {
    std::uint32_t line = 0;
    std::vector<std::string_view> fields;
    std::string_view raw;
  };

  struct Header {
    Record record;
    std::size_t known = 0;
    char separator = ';';
    std::size_t end = 0;
    std::uint32_t next_line = 1;
  };

  Header header_by(char separator, const std::function<bool(std::string_view)>& is_known);
  // False at the end of the file.
  bool next(Record& record);
  bool skip_blank_line();
  std::size_t quoted_field(std::size_t at, std::string_view& field);
  std::string_view unquote(std::size_t begin, std::size_t end, bool has_doubled_quotes, std::string_view tail);

  std::string name_;
  std::string bytes_;
  std::string converted_;  // of a Windows-1252 file
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t limit_ = 0;  // where the row that is being read must have ended
  std::uint32_t line_ = 1;
  char separator_ = ';';
  Arena arena_;  // fields that do not stand in the file as they mean
};

}  // namespace vigie::csv
