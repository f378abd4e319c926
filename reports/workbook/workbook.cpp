#include "workbook/workbook.h"

#include <cstdint>
#include <exception>
#include <stdexcept>

#include "report_error.h"
#include "workbook/limits.h"
#include "workbook/lists.h"
#include "workbook/overview.h"
#include "workbook/partial_file.h"
#include "workbook/sheet.h"

namespace vigie {
namespace workbook {
namespace {

// xlsxwriter does not notice that a temporary file is cut short. One larger than this, on a full disk, makes the
// writing of the workbook itself fail, which it does notice.
constexpr std::uintmax_t kLeastRoom = std::uintmax_t{32} << 20U;  // bytes

void check_room(const std::filesystem::path& folder) {
  if (std::filesystem::space(folder).available < kLeastRoom) throw std::runtime_error("less than 32 MB are free");
}

void write_sheets(Book& book) {
  write_overview(book);
  write_findings(book);
  write_shared_mailboxes(book);
  write_t1(book);
  write_managers(book);
  write_approvers(book);
  write_actions(book);
  write_access(book);
  write_imports(book);
  write_rules(book);
}

}  // namespace

void write_workbook(const summary::Report& report, const std::filesystem::path& file, const Limits& limits) {
  try {
    PartialFile partial(file);
    check_room(partial.path().parent_path());
    Book book(report, partial.path(), limits);
    write_sheets(book);
    book.close();
    partial.publish();
  } catch (const std::exception& error) {
    throw ReportError("the workbook " + file.string() + " cannot be written: " + error.what() +
                      "; check that its folder exists, may be written to and has room, then run \"vigie report\"");
  }
}

}  // namespace workbook

void write_workbook(const summary::Report& report, const std::filesystem::path& file) {
  workbook::write_workbook(report, file, workbook::Limits{});
}

}  // namespace vigie
