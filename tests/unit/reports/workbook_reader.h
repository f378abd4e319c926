#pragma once
// Reads a workbook back, as far as tests ask: its parts as they are in the file, and the cells of its sheets.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace vigie::testing {

struct ReadCell {
  enum class Kind { kText, kNumber, kFormula, kEmpty };
  Kind kind = Kind::kEmpty;
  std::string value;

  friend bool operator==(const ReadCell&, const ReadCell&) = default;
};

struct ReadSheet {
  std::string name;
  std::string xml;
  std::map<std::string, ReadCell> cells;     // "B3"; empty ones are not there
  std::map<std::string, std::string> links;  // cell -> "'Règles'!A4"

  [[nodiscard]] std::string value(const std::string& cell) const;
  // The column under that heading of row 1, as a letter; empty: there is none.
  [[nodiscard]] std::string column(const std::string& heading) const;
};

struct ReadWorkbook {
  std::map<std::string, std::string> parts;
  std::vector<ReadSheet> sheets;

  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] const ReadSheet& sheet(const std::string& name) const;  // throws where there is none
  [[nodiscard]] std::size_t count_parts(const std::string& beginning) const;
};

ReadWorkbook read_workbook(const std::filesystem::path& file);

}  // namespace vigie::testing
