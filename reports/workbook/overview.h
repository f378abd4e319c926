#pragma once
// The sheet `Synthèse`: one A4 page that says how things stand, and leads to every other sheet.

#include "workbook/sheet.h"

namespace vigie::workbook {

void write_overview(Book& book, Sheet& sheet);

}  // namespace vigie::workbook
