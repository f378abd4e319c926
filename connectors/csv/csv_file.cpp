#include "csv/csv_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "csv/encoding.h"
#include "csv/input_file.h"
#include "domain/text.h"

namespace vigie::csv {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 31;
constexpr std::size_t kLongestRow = std::size_t{1} << 20;
constexpr std::size_t kShortestRow = 16;

CsvError too_long(std::uint32_t line) {
  return {"has a row of more than 1 MiB, which begins at line " + std::to_string(line) +
              ": a closing quote is missing, or this is no CSV file",
          "contient une ligne de plus de 1 Mio, qui commence à la ligne " + std::to_string(line) +
              " : il manque un guillemet fermant, ou ce n'est pas un fichier CSV"};
}

CsvError open_quote(std::uint32_t line) {
  return {"ends within a quoted field that opens in the row of line " + std::to_string(line) +
              ": a closing quote is missing",
          "se termine dans un champ entre guillemets ouvert à la ligne " + std::to_string(line) +
              " : il manque un guillemet fermant"};
}

// Where all lines end so, the whole file is its header.
bool has_lone_carriage_return(std::string_view header) {
  while (header.ends_with('\r')) header.remove_suffix(1);
  for (std::size_t at = 0; (at = header.find('\r', at)) != std::string_view::npos; ++at)
    if (header[at + 1] != '\n') return true;
  return false;
}

}  // namespace

CsvFile::CsvFile(const std::filesystem::path& path)
    : CsvFile(path.filename().string(), read_bytes(path, kLargestFile)) {}

CsvFile::CsvFile(std::string name, std::string bytes)
    : name_(std::move(name)), bytes_(std::move(bytes)), text_(without_byte_order_mark(bytes_)) {
  refuse_other_forms(bytes_);
  if (is_valid_utf8(text_)) return;
  converted_ = from_windows_1252(text_);
  text_ = converted_;
}

std::size_t CsvFile::estimated_rows() const {
  const std::string_view sample = text_.substr(0, std::size_t{1} << 16);
  const auto lines = static_cast<std::size_t>(std::ranges::count(sample, '\n')) + 1;
  return std::min(lines * (text_.size() / (sample.size() + 1) + 1), text_.size() / kShortestRow + 1);
}

std::vector<std::string_view> CsvFile::read_header(const std::function<bool(std::string_view)>& is_known) {
  std::optional<Header> best;
  std::optional<CsvError> error;
  for (const char separator : {';', ',', '\t'}) {
    try {
      Header header = header_by(separator, is_known);
      if (!best ||
          std::pair(header.known, header.record.fields.size()) > std::pair(best->known, best->record.fields.size()))
        best = std::move(header);
    } catch (const CsvError& unreadable) {
      if (!error) error = unreadable;
    }
  }
  if (error && (!best || best->known == 0)) throw CsvError(*error);
  if (has_lone_carriage_return(best->record.raw))
    throw CsvError(
        "has lines that end in a carriage return alone; save it as CSV UTF-8",
        "a des fins de ligne « CR » seules (ancien format Macintosh) ; l'enregistrer au format « CSV UTF-8 »");
  separator_ = best->separator;
  at_ = best->end;
  line_ = best->next_line;
  return best->record.fields;
}

// The first row, as one separator reads it.
CsvFile::Header CsvFile::header_by(char separator, const std::function<bool(std::string_view)>& is_known) {
  at_ = 0;
  line_ = 1;
  separator_ = separator;
  Record record;
  if (!next(record)) throw CsvError("is empty: not even a header; export it again", "est vide ; refaire l'export");
  const auto known = static_cast<std::size_t>(std::ranges::count_if(record.fields, is_known));
  return {std::move(record), known, separator, at_, line_};
}

// A line with nothing but blanks is no row; where the tab separates, tabs are blanks too.
bool CsvFile::skip_blank_line() {
  const auto first = static_cast<unsigned char>(text_[at_]);
  if (first > ' ' && first < 0x80) return false;
  const std::size_t end = std::min(text_.find('\n', at_), text_.size());
  if (!trim(text_.substr(at_, end - at_)).empty()) return false;
  at_ = std::min(end + 1, text_.size());
  ++line_;
  return true;
}

bool CsvFile::next(Record& record) {
  while (at_ < text_.size() && skip_blank_line()) {
  }
  if (at_ >= text_.size()) return false;
  record.fields.clear();
  record.line = line_;
  const std::size_t begin = at_;
  const char* const data = text_.data();
  const std::size_t size = limit_ = std::min(text_.size(), begin + kLongestRow + 1);
  std::size_t at = at_;
  for (;;) {
    std::string_view field;
    if (at < size && data[at] == '"') {
      at = quoted_field(at, field);
    } else {
      const std::size_t from = at;
      while (at < size && data[at] != separator_ && data[at] != '\n') ++at;
      field = {data + from, at - from};
    }
    record.fields.push_back(field);
    if (at >= size || data[at] == '\n') break;
    ++at;
  }
  if (at - begin > kLongestRow) throw too_long(record.line);
  std::size_t end = at;
  if (end > begin && data[end - 1] == '\r') --end;
  record.raw = {data + begin, end - begin};
  if (std::string_view& last = record.fields.back(); last.ends_with('\r')) last.remove_suffix(1);
  at_ = std::min(at + 1, size);
  ++line_;
  return true;
}

// Returns where the field ends: at a separator, a line feed or the end of what a row may be. What follows the closing
// quote is taken as it is.
std::size_t CsvFile::quoted_field(std::size_t at, std::string_view& field) {
  const std::string_view text = text_.substr(0, limit_);
  const std::size_t begin = at + 1;
  bool doubled = false;
  std::size_t close = begin;
  for (;; close += 2) {
    close = text.find('"', close);
    if (close == std::string_view::npos) {
      if (limit_ == text_.size()) throw open_quote(line_);
      return limit_;
    }
    if (close + 1 >= text.size() || text[close + 1] != '"') break;
    doubled = true;
  }
  const std::string_view inside = text.substr(begin, close - begin);
  line_ += static_cast<std::uint32_t>(std::ranges::count(inside, '\n'));
  std::size_t end = close + 1;
  while (end < text.size() && text[end] != separator_ && text[end] != '\n') ++end;
  std::string_view tail = text.substr(close + 1, end - close - 1);
  if (end < text.size() && text[end] == '\n' && tail.ends_with('\r')) tail.remove_suffix(1);
  field = unquote(begin, close, doubled, tail);
  return end;
}

std::string_view CsvFile::unquote(std::size_t begin, std::size_t end, bool has_doubled_quotes, std::string_view tail) {
  const std::string_view inside = text_.substr(begin, end - begin);
  if (!has_doubled_quotes && tail.empty()) return inside;
  std::string text;
  text.reserve(inside.size() + tail.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    text += inside[i];
    if (inside[i] == '"') ++i;
  }
  return arena_.copy(text += tail);
}

}  // namespace vigie::csv
