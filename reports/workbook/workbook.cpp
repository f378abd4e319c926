#include "workbook/workbook.h"

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <utility>

#include "report_error.h"
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

const std::filesystem::path& with_room(const std::filesystem::path& file) {
  if (std::filesystem::space(file.parent_path()).available < kLeastRoom)
    throw std::runtime_error("less than 32 MB are free");
  return file;
}

}  // namespace
}  // namespace workbook

using namespace workbook;

// The overview is the first sheet, and the last to be filled.
class WorkbookWriter::Making {
 public:
  Making(const summary::Report& report, const std::filesystem::path& file, const Limits& limits)
      : partial_(file), book_(report, with_room(partial_.path()), limits), overview_(book_.add_sheet("Synthèse")) {
    write_findings(book_);
    write_shared_mailboxes(book_);
    write_t1(book_);
    write_managers(book_);
    write_approvers(book_);
    write_actions(book_);
    write_access(book_);
    if (!report.of_partner) {
      write_imports(book_);
      write_waivers(book_);
    }
    write_rules(book_);
  }

  void finish() {
    write_overview(book_, overview_);
    book_.close();
    partial_.publish();
  }

 private:
  PartialFile partial_;
  Book book_;
  Sheet overview_;
};

namespace {

// Runs a part of the writing; says of which workbook it failed.
template <class Part>
void attempt(const std::filesystem::path& file, Part part) {
  try {
    part();
  } catch (const std::exception& error) {
    throw ReportError("the workbook " + file.string() + " cannot be written: " + error.what() +
                      "; check that its folder exists, may be written to and has room, then run \"vigie report\"");
  }
}

}  // namespace

WorkbookWriter::WorkbookWriter(const summary::Report& report, std::filesystem::path file, const Limits& limits)
    : report_(report), file_(std::move(file)), limits_(limits) {}

WorkbookWriter::~WorkbookWriter() = default;

void WorkbookWriter::write_lists() {
  attempt(file_, [this] { making_ = std::make_unique<Making>(report_, file_, limits_); });
}

void WorkbookWriter::finish() {
  const std::unique_ptr<Making> making = std::move(making_);
  attempt(file_, [&] { making->finish(); });
}

void write_workbook(const summary::Report& report, const std::filesystem::path& file, const Limits& limits) {
  WorkbookWriter writer(report, file, limits);
  writer.write_lists();
  writer.finish();
}

}  // namespace vigie
