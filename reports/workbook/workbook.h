#pragma once
// The workbook that compliance officers work through and hand to their directors.
//
// Written beside `file` as `.NAME.part`, then renamed, so that a reader sees the old workbook or the new one, whole.
// Mode 0640. The folder must exist and have room for the sheets' own temporary files too (about a gigabyte for a
// million findings), which never show in it. The same report makes the same bytes.
//
//   write_workbook(report, "out/reports/conformite-caf931-2026-11-20.xlsx");
//
// In two steps, where the overview is known later than the lists:
//
//   WorkbookWriter writer(report, file);
//   writer.write_lists();
//   report.overview = …;
//   writer.finish();
//
// Up to 20,000 rows a sheet, rows are Excel tables. Where one sheet has more, all are plain ranges with filters, and
// memory no longer grows with the rows. What a sheet cannot hold goes on in `NAME (2)`.
// Texts may hold anything, NUL and invalid UTF-8 included: see workbook/cell_text.h for what becomes of it.
//
// Throws ReportError; a failed write leaves no partial file behind.

#include <filesystem>
#include <memory>

#include "summary/report.h"
#include "workbook/limits.h"

namespace vigie {

class WorkbookWriter {
 public:
  // The report outlives the writer. Nothing is touched yet.
  WorkbookWriter(const summary::Report& report, std::filesystem::path file, const workbook::Limits& limits = {});
  ~WorkbookWriter();
  WorkbookWriter(const WorkbookWriter&) = delete;
  WorkbookWriter& operator=(const WorkbookWriter&) = delete;

  void write_lists();  // all but the report's overview, which is not read
  void finish();       // after the lists: the overview, and the file

 private:
  class Making;

  const summary::Report& report_;
  std::filesystem::path file_;
  workbook::Limits limits_;
  std::unique_ptr<Making> making_;  // between the lists and the file
};

void write_workbook(const summary::Report& report, const std::filesystem::path& file,
                    const workbook::Limits& limits = {});

}  // namespace vigie
