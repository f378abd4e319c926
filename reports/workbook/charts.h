#pragma once
// The charts of `Synthèse`, drawn from the cells of that sheet.

#include "findings/severity.h"
#include "workbook/sheet.h"

namespace vigie::workbook {

// Where a chart stands; in pixels.
struct Frame {
  Place corner;    // the cell of its upper left corner
  int offset = 0;  // to the right, from there
  int width = 0;
  int height = 0;
};

// Cells with one column a severity, gravest first, from `first_figure` on, and one that says what a row is about.
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
