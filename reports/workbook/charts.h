#pragma once
// The charts of `Synthèse`, drawn from the cells of that sheet.

#include <array>

#include "findings/severity.h"
#include "workbook/sheet.h"

namespace vigie::workbook {

// Where a chart stands, in pixels from the corner of a cell.
struct Frame {
  Place corner;
  int width = 0;
  int height = 0;
};

// A table with one column a severity, gravest first, from `first_figure` on.
struct SeverityTable {
  RowIndex header = 0;
  RowIndex first_row = 0;
  RowIndex last_row = 0;
  ColumnIndex category = 0;
  ColumnIndex first_figure = 0;
};

void insert_severity_chart(Book& book, const Sheet& sheet, Frame frame, RowIndex header, RowIndex totals,
                           ColumnIndex first_figure);
void insert_family_chart(Book& book, const Sheet& sheet, Frame frame, const SeverityTable& families);
void insert_trend_chart(Book& book, const Sheet& sheet, Frame frame, const SeverityTable& trend);

}  // namespace vigie::workbook
