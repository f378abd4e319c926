#include "csv/csv_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "domain/text.h"

namespace vigie::csv {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// 0x80 to 0x9F of Windows-1252; the five that it leaves undefined are the C1 controls, as the web reads them.
constexpr std::array<char16_t, 32> kWindows1252 = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                   0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

void append_utf8(std::string& out, char16_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 16);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(text, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80U] : char16_t{byte});
  }
  return text;
}

std::string why() { return std::generic_category().message(errno); }

}  // namespace

std::string read_bytes(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) throw CsvError("cannot be opened: " + why(), "ne peut pas être ouvert (" + why() + ")");
  struct stat status {};
  const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  std::string bytes(regular ? static_cast<std::size_t>(status.st_size) : 0, '\0');
  std::size_t filled = 0;
  ssize_t got = 0;
  while (filled < bytes.size() && (got = ::read(descriptor, bytes.data() + filled, bytes.size() - filled)) > 0)
    filled += static_cast<std::size_t>(got);
  const std::string error = got < 0 ? why() : std::string();
  ::close(descriptor);
  if (!regular) throw CsvError("is no regular file", "n'est pas un fichier");
  if (got < 0) throw CsvError("cannot be read: " + error, "ne peut pas être lu (" + error + ")");
  bytes.resize(filled);
  return bytes;
}

CsvFile::CsvFile(const std::filesystem::path& path)
    : name_(path.filename().string()), bytes_(read_bytes(path)), text_(bytes_) {
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  if (is_valid_utf8(text_)) return;
  converted_ = from_windows_1252(text_);
  text_ = converted_;
}

std::size_t CsvFile::estimated_rows() const {
  const std::string_view sample = text_.substr(0, std::size_t{1} << 16);
  const auto lines = static_cast<std::size_t>(std::ranges::count(sample, '\n')) + 1;
  return lines * (text_.size() / (sample.size() + 1) + 1);
}

std::vector<std::string_view> CsvFile::read_header(const std::function<bool(std::string_view)>& is_known) {
  Record best;
  std::size_t best_known = 0;
  char best_separator = separator_;
  std::size_t best_end = 0;
  std::uint32_t best_line = 1;
  for (const char separator : {';', ',', '\t'}) {
    at_ = 0;
    line_ = 1;
    separator_ = separator;
    Record header;
    if (!next(header)) throw CsvError("is empty: not even a header; export it again", "est vide ; refaire l'export");
    const auto known = static_cast<std::size_t>(std::ranges::count_if(header.fields, is_known));
    if (!best.fields.empty() &&
        (known < best_known || (known == best_known && header.fields.size() <= best.fields.size())))
      continue;
    best = header;
    best_known = known;
    best_separator = separator;
    best_end = at_;
    best_line = line_;
  }
  separator_ = best_separator;
  at_ = best_end;
  line_ = best_line;
  return best.fields;
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
  const std::size_t size = text_.size();
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
  std::size_t end = at;
  if (end > begin && data[end - 1] == '\r') --end;
  record.raw = {data + begin, end - begin};
  if (std::string_view& last = record.fields.back(); last.ends_with('\r')) last.remove_suffix(1);
  at_ = std::min(at + 1, size);
  ++line_;
  return true;
}

// Returns where the field ends: at a separator, a line feed or the end. What follows the closing quote is taken as it
// is.
std::size_t CsvFile::quoted_field(std::size_t at, std::string_view& field) {
  const std::size_t begin = at + 1;
  bool doubled = false;
  std::size_t close = begin;
  for (;; close += 2) {
    close = text_.find('"', close);
    if (close == std::string_view::npos)
      throw CsvError("ends within a quoted field that opens in the row of line " + std::to_string(line_) +
                         ": a closing quote is missing",
                     "se termine dans un champ entre guillemets ouvert à la ligne " + std::to_string(line_) +
                         " : il manque un guillemet fermant");
    if (close + 1 >= text_.size() || text_[close + 1] != '"') break;
    doubled = true;
  }
  const std::string_view inside = text_.substr(begin, close - begin);
  line_ += static_cast<std::uint32_t>(std::ranges::count(inside, '\n'));
  std::size_t end = close + 1;
  while (end < text_.size() && text_[end] != separator_ && text_[end] != '\n') ++end;
  std::string_view tail = text_.substr(close + 1, end - close - 1);
  if (end < text_.size() && text_[end] == '\n' && tail.ends_with('\r')) tail.remove_suffix(1);
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
