#pragma once
// A row as an export had it, as far as a workbook may show it: without telephone numbers, and without mail addresses.
// Source: docs/spec/5-interfaces.md, *Workbook*.

#include <string>
#include <string_view>

namespace vigie::summary {

// Each gives way to « … »: "DUPONT;06 12 34 56 78;m.dupont@ville.fr" is "DUPONT;…;…". A telephone number is a French
// one of ten digits, with or without +33 or 0033, together or in pairs.
std::string shown_record(std::string_view record);

}  // namespace vigie::summary
