#include "workbook/sheet.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <utility>
#include <vector>

#include <xlsxwriter.h>

#include "workbook/cell_text.h"
#include "workbook/text_height.h"

namespace vigie::workbook {
namespace {

constexpr std::int32_t kSerialOfEpoch = 25569;       // 1970-01-01 as Excel counts
constexpr std::int32_t kFirstCertainSerial = 61;     // before 1900-03-01 Excel counts a day that never was
constexpr double kHeaderHeight = 30;                 // two lines
constexpr std::size_t kLongestPageHeaderText = 120;  // of the 255 characters that all of a page's header may have
constexpr std::uint8_t kA4 = 9;

void check(lxw_error error) {
  if (error == LXW_NO_ERROR) return;
  std::string what = lxw_strerror(error);
  if (errno != 0) what += std::string(": ") + std::strerror(errno);
  throw std::runtime_error(what);
}

// xlsxwriter takes `char*` where it only reads.
char* unconst(const char* text) { return const_cast<char*>(text); }

std::string clean(const std::string& text) {
  std::string scratch;
  return cell_text(text, scratch);
}

// In UTF-8, bytes that go on with a character are 10xxxxxx.
bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }

// `&` begins a code in a page's header.
std::string page_header_text(const std::string& text) {
  std::string out;
  for (const char c : clean(text)) out.append(c == '&' ? 2 : 1, c);
  if (out.size() <= kLongestPageHeaderText) return out;
  std::size_t end = kLongestPageHeaderText;
  while (!begins_character(out[end])) --end;                              // not inside a character
  if (out[end - 1] == '&') end = out.find_last_not_of('&', end - 1) + 1;  // nor inside a pair
  return out.substr(0, end) + "…";
}

bool has_many_rows(const summary::Report& report, std::size_t rows_in_memory) {
  return std::max({report.findings.size(), report.shared_mailboxes.size(), report.t1.size(), report.managers.size(),
                   report.approvers.size(), report.actions.size(), report.access.size(), report.imports.size(),
                   report.rejects.size(), report.waivers.size(), report.rules.size()}) > rows_in_memory;
}

lxw_workbook* make_workbook(const std::filesystem::path& file, bool streams) {
  // Temporary files beside the workbook, not in /tmp, which is often memory.
  std::string folder = file.parent_path();
  lxw_workbook_options options{};
  options.constant_memory = streams ? LXW_TRUE : LXW_FALSE;
  options.tmpdir = folder.data();
  lxw_workbook* workbook = workbook_new_opt(file.c_str(), &options);
  if (workbook == nullptr) throw std::runtime_error("out of memory");
  return workbook;
}

void set_up_page(lxw_worksheet* sheet, const summary::Report& report) {
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, kA4);
  worksheet_set_margins(sheet, 0.4, 0.4, 0.7, 0.6);
  worksheet_fit_to_pages(sheet, 1, 0);
  const std::string header = "&L&\"Calibri,Bold\"" + page_header_text(report.title) +
                             "&R&\"Calibri,Regular\"Situation au " + to_french(report.day);
  check(worksheet_set_header(sheet, header.c_str()));
  check(worksheet_set_footer(sheet, "&L&\"Calibri,Regular\"&A&R&\"Calibri,Regular\"Page &P sur &N"));
}

}  // namespace

// Sheet

Sheet::Sheet(Book& book, lxw_worksheet* sheet, std::string name)
    : book_(&book), sheet_(sheet), name_(std::move(name)), links_left_(book.limits().links_per_sheet) {}

void Sheet::text(Place place, const std::string& text, Style style) {
  words(place, cell_text(text, book_->scratch()), style);
}

void Sheet::words(Place place, const char* words, Style style) {
  check(worksheet_write_string(sheet_, place.row, place.column, words, book_->styles()[style]));
}

void Sheet::number(Place place, std::int64_t number, Style style) {
  check(worksheet_write_number(sheet_, place.row, place.column, static_cast<double>(number), book_->styles()[style]));
}

void Sheet::day(Place place, Day day, Style style) {
  if (!day.given()) return blank(place, style);
  const std::int32_t serial = day.count() + kSerialOfEpoch;
  if (serial < kFirstCertainSerial) return words(place, to_french(day).c_str(), style);
  number(place, serial, style);
}

void Sheet::blank(Place place, Style style) {
  check(worksheet_write_blank(sheet_, place.row, place.column, book_->styles()[style]));
}

bool Sheet::link(Place place, std::string_view sheet, RowIndex row) {
  if (links_left_ == 0) return false;
  --links_left_;
  std::string& target = book_->scratch();
  target.assign("internal:'").append(sheet).append("'!A").append(std::to_string(row + 1));
  check(worksheet_write_url_opt(sheet_, place.row, place.column, target.c_str(), nullptr, "", nullptr));
  return true;
}

void Sheet::merge(RowIndex row, ColumnIndex first, ColumnIndex last, Style style) {
  check(worksheet_merge_range(sheet_, row, first, row, last, "", book_->styles()[style]));
}

void Sheet::paragraph(RowIndex row, Measure measure, const std::string& text, Style style) {
  height(row, height_of(lines_of(text, measure.width)));
  merge(row, measure.first, measure.last, style);
  this->text({row, measure.first}, text, style);
}

void Sheet::height(RowIndex row, double points) { check(worksheet_set_row(sheet_, row, points, nullptr)); }

void Sheet::widths(std::span<const Heading> columns) {
  for (ColumnIndex i = 0; const Heading& column : columns) {
    check(worksheet_set_column(sheet_, i, i, column.width, nullptr));
    ++i;
  }
}

void Sheet::freeze_above(RowIndex row) { worksheet_freeze_panes(sheet_, row, 0); }

void Sheet::begin_table(RowIndex row, std::span<const Heading> columns) {
  height(row, kHeaderHeight);
  for (ColumnIndex i = 0; const Heading& column : columns) words({row, i++}, column.text, Style::kHeader);
}

void Sheet::end_table(RowIndex header, RowIndex last, std::span<const Heading> columns) {
  const auto last_column = static_cast<ColumnIndex>(columns.size() - 1);
  if (book_->streams()) return check(worksheet_autofilter(sheet_, header, 0, last, last_column));

  std::vector<lxw_table_column> described(columns.size());
  std::vector<lxw_table_column*> pointers;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    described[i].header = unconst(columns[i].text);
    described[i].header_format = book_->styles()[Style::kHeader];
    pointers.push_back(&described[i]);
  }
  pointers.push_back(nullptr);
  lxw_table_options options{};
  options.style_type = LXW_TABLE_STYLE_TYPE_LIGHT;
  options.style_type_number = 2;  // pale blue bands
  options.columns = pointers.data();
  check(worksheet_add_table(sheet_, header, 0, last, last_column, &options));
}

void Sheet::bars(Range range) {
  lxw_conditional_format format{};
  format.type = LXW_CONDITIONAL_DATA_BAR;
  format.data_bar_2010 = LXW_TRUE;
  format.bar_solid = LXW_TRUE;
  format.bar_color = kBar;
  format.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;  // from 0, so that twice as many is twice as long
  format.min_value = 0;
  check(worksheet_conditional_format_range(sheet_, range.first.row, range.first.column, range.last.row,
                                           range.last.column, &format));
}

void Sheet::print(Range area) {
  check(worksheet_print_area(sheet_, area.first.row, area.first.column, area.last.row, area.last.column));
}

void Sheet::print_on_one_page() {
  worksheet_fit_to_pages(sheet_, 1, 1);
  worksheet_center_horizontally(sheet_);
}

void Sheet::print_without_header() { check(worksheet_set_header(sheet_, "")); }

void Sheet::repeat_when_printed(RowIndex row) { check(worksheet_repeat_rows(sheet_, row, row)); }

void Sheet::hide_grid() { worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES); }

void Sheet::open_here() {
  worksheet_activate(sheet_);
  worksheet_set_first_sheet(sheet_);
}

// Book

void Book::Free::operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }

Book::Book(const summary::Report& report, const std::filesystem::path& file, const Limits& limits)
    : report_(report),
      limits_(limits),
      streams_(has_many_rows(report, limits.rows_in_memory)),
      workbook_(make_workbook(file, streams_)),
      styles_(workbook_.get()) {
  describe();
  for (RowIndex row = 1; const summary::RuleRow& rule : report.rules) rule_rows_.emplace(rule.id, row++);
}

Book::~Book() = default;

void Book::describe() {
  const std::string title = clean(report_.title);
  const std::string comments =
      clean("Vigie " + report_.version + ", situation au " + to_french(report_.day) + ", exécution " + report_.run);
  lxw_doc_properties properties{};
  properties.title = unconst(title.c_str());
  properties.author = unconst("Vigie");
  properties.comments = unconst(comments.c_str());
  properties.created = report_.created_at;
  check(workbook_set_properties(workbook_.get(), &properties));
}

Sheet Book::add_sheet(std::string name) {
  lxw_worksheet* sheet = workbook_add_worksheet(workbook_.get(), name.c_str());
  if (sheet == nullptr) throw std::runtime_error("the sheet " + name + " cannot be added");
  set_up_page(sheet, report_);
  // Conventions and codes are texts, whatever they look like: no green corner in each of their cells.
  check(worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
  return Sheet(*this, sheet, std::move(name));
}

// xlsxwriter does not look whether a row that it streams could be written.
void Book::check_streamed_rows() const {
  lxw_worksheet* sheet = nullptr;
  STAILQ_FOREACH(sheet, workbook_->worksheets, list_pointers) {
    std::FILE* rows = sheet->optimize_tmpfile;
    if (rows != nullptr && (std::fflush(rows) != 0 || std::ferror(rows) != 0))
      throw std::runtime_error("a temporary file cannot be written: is there room?");
  }
}

void Book::close() {
  check_streamed_rows();
  errno = 0;
  check(workbook_close(workbook_.release()));
}

RowIndex Book::rows_below(RowIndex header) const {
  return limits_.rows_per_sheet > header ? limits_.rows_per_sheet - header : 1;
}

RowIndex Book::rule_row(std::string_view rule) const {
  const auto found = rule_rows_.find(rule);
  return found == rule_rows_.end() ? 0 : found->second;
}

}  // namespace vigie::workbook
