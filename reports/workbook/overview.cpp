#include "workbook/overview.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "workbook/charts.h"

namespace vigie::workbook {
namespace {

using summary::Change;
using summary::FamilyFigure;
using summary::Overview;
using summary::SourceState;
using summary::TrendPoint;

// The page is a grid of even columns. With this width and the rows below it has the shape of an A4 sheet.
constexpr ColumnIndex kColumns = 18;
constexpr ColumnIndex kLastColumn = kColumns - 1;
constexpr double kColumnWidth = 10.71;
constexpr int kColumnPixels = 80;
constexpr int kRowPixels = 20;  // of a row whose height is not set
constexpr ColumnIndex kTileColumns = 3;
constexpr int kPageCharacters = 210;

// What does not fit goes below the page.
constexpr std::size_t kNoticesOnPage = 4;
constexpr std::size_t kSourcesOnPage = 6;

constexpr RowIndex kFewestFamilyRows = 9;  // the chart beside needs them
constexpr RowIndex kChartRows = 12;
constexpr ColumnIndex kFamilyFigures = 3;  // the family's name has the columns before
constexpr ColumnIndex kFamilyTotal = 7;
constexpr ColumnIndex kRightOfFamilies = 8;
constexpr ColumnIndex kRightOfSeverities = 7;

struct Part {
  ColumnIndex first;
  ColumnIndex last;
};
constexpr Part kWholeRow = {0, kLastColumn};

const char* plural(int count) { return count > 1 ? "s" : ""; }

std::string signed_number(int number) { return (number < 0 ? "−" : "+") + std::to_string(std::abs(number)); }

std::string change_words(const Change& change) {
  if (change.first) return "première exécution";
  std::string words = change.now == change.before ? "inchangé" : signed_number(change.now - change.before);
  if (change.fresh > 0) words += ", dont " + std::to_string(change.fresh) + " nouvelle" + plural(change.fresh);
  return words;
}

int figure(const FamilyFigure& family, Severity severity) {
  switch (severity) {
    case Severity::kCritical:
      return family.critical;
    case Severity::kMajor:
      return family.major;
    case Severity::kMinor:
      return family.minor;
    case Severity::kInfo:
      break;
  }
  return family.info;
}

int figure(const TrendPoint& point, Severity severity) {
  switch (severity) {
    case Severity::kCritical:
      return point.critical;
    case Severity::kMajor:
      return point.major;
    case Severity::kMinor:
      return point.minor;
    case Severity::kInfo:
      break;
  }
  return point.info;
}
