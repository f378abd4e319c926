#pragma once
// The workbook that compliance officers work through and hand to their directors.
//
// Written beside `file` as `.NAME.part`, then renamed, so that a reader sees the old workbook or the new one, whole.
// Mode 0640. The folder must exist and have room for the sheets' own temporary files too (about a gigabyte for a
// million findings), which never show in it. The same report makes the same bytes.
//
//   write_workbook(report, "out/reports/conformite-caf931-2026-11-20.xlsx");
//
// Up to 20,000 rows a sheet, rows are Excel tables. Where one sheet has more, all are plain ranges with filters, and
// memory no longer grows with the rows. What a sheet cannot hold goes on in `NAME (2)`.
// Texts may hold anything, NUL and invalid UTF-8 included: see workbook/cell_text.h for what becomes of it.
//
// Throws ReportError; a failed write leaves no partial file behind.

#include <filesystem>

#include "summary/report.h"

namespace vigie {

void write_workbook(const summary::Report& report, const std::filesystem::path& file);

}  // namespace vigie
