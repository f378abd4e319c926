#include "workbook/overview.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "domain/french.h"
#include "summary/notices.h"
#include "workbook/charts.h"

namespace vigie::workbook {
namespace {

using summary::Answer;
using summary::Change;
using summary::FamilyFigure;
using summary::SourceState;
using summary::TrendPoint;

// Columns of the grid that one text or number takes.
struct Part {
  ColumnIndex first;
  ColumnIndex last;
};

constexpr double kColumnWidth = 11.71;  // "Informations" in bold, with room where it is printed smaller

Measure measure(Part part) {
  return {.first = part.first, .last = part.last, .width = kColumnWidth * (part.last - part.first + 1)};
}

// The page is a grid of even columns; with the rows below it has about the shape of an A4 sheet.
constexpr ColumnIndex kColumns = 18;
constexpr int kColumnPixels = 87;
constexpr int kRowPixels = 20;  // of a row whose height is not set
constexpr Part kWholeRow = {0, kColumns - 1};

constexpr ColumnIndex kTileColumns = 3;

constexpr Part kAnswerQuestion = {0, 3};
constexpr Part kAnswerCount = {4, 4};
constexpr Part kAnswerSentence = {5, kColumns - 1};

constexpr Part kSourceLabel = {0, 3};
constexpr Part kSourceImported = {4, 5};
constexpr Part kSourceOutcome = {6, 10};
constexpr Part kSourceAccounts = {11, 12};
constexpr Part kSourceFindings = {13, 14};
constexpr Part kSourceClosings = {15, 16};
constexpr Part kSourceHeld = {17, 17};

constexpr RowIndex kFirstImport = 2;  // in their sheet, below a heading and the table's own

constexpr Part kFamilyName = {0, 3};
constexpr ColumnIndex kFamilyFigures = 4;  // one column a severity
constexpr Part kFamilyTotal = {8, 8};
constexpr Part kFamilySinceRun = {9, 9};
constexpr Part kFamilySinceMonth = {10, 10};
constexpr ColumnIndex kFamilyChart = 11;
constexpr RowIndex kFewestFamilyRows = 10;  // the chart beside needs them

constexpr ColumnIndex kTrendChart = 7;
constexpr RowIndex kChartRows = 11;
constexpr int kChartGap = 16;  // pixels between neighbours
constexpr int kChartEdge = 4;  // and before the edge of the page, which would cut the frame

// What is more goes below the page.
constexpr std::size_t kNoticesOnPage = 6;  // of two sources closings and mails held, and what cannot be verified
constexpr std::size_t kSourcesOnPage = 6;

std::string difference(int now, int before) {
  const int more = now - before;
  return more == 0 ? "inchangé" : (more > 0 ? "+" : "−") + french::figures(std::abs(more));
}

std::string change_words(const Change& change) {
  if (change.first) return "première exécution";
  std::string words = difference(change.now, change.before);
  if (change.fresh > 0) words += ", dont " + french::counted(change.fresh, "nouvelle");
  return words;
}

std::string month_words(const Change& change) {
  if (change.first) return "";
  if (!change.month_before) return "pas de relevé d'il y a 30 jours";
  return "en 30 jours : " + difference(change.now, *change.month_before);
}

const char* plural_name(Severity severity) {
  constexpr std::array kWords = {"Informations", "Mineures", "Majeures", "Critiques"};
  return kWords[static_cast<std::size_t>(severity)];
}

bool shows_something(const TrendPoint& point) { return point.open.total() > 0; }

struct Tile {
  const char* label;
  Style style;
  int figure;
  std::string change;
  std::string month;
  std::size_t first_row;
};

// Writes the sheet from top to bottom; `row_` is the next row.
class Page {
 public:
  Page(Book& book, Sheet& sheet) : book_(book), report_(book.report()), overview_(report_.overview), sheet_(sheet) {}

  void write() {
    sheet_.widths(std::vector<Heading>(kColumns, Heading{.width = kColumnWidth}));
    sheet_.open_here();
    sheet_.hide_grid();
    banner();
    tiles();
    balance();
    notices();
    answers();
    if (!report_.of_partner) sources();
    families();
    const RowIndex trend_row = trend();
    sheet_.print({{0, 0}, {row_ - 1, kWholeRow.last}});
    sheet_.print_on_one_page();
    sheet_.print_without_header();  // the page has its own
    below_the_page();
    trend_data(trend_row);
  }

 private:
  void banner();
  void tiles();
  void balance();
  void notices();
  void answers();
  void sources();
  void families();
  RowIndex trend();  // where the charts are
  void below_the_page();
  void trend_data(RowIndex trend_row);

  void notice(const std::string& text);
  void answer(const Answer& answer);
  void source_headings();
  void source(const SourceState& source);
  SeverityTable family_table();
  void severity_headings(Part category, const char* words, ColumnIndex first_figure);
  void severity_figures(ColumnIndex first_figure, const SeverityCounts& counts);
  void family(const FamilyFigure& family);
  void family_totals();
  void change(Part part, int now, std::optional<int> before, Style style);
  void link(Place place, const std::string& list, std::size_t index, RowIndex first_row = 1);
  [[nodiscard]] const char* no_trend() const;

  // A cell over several columns, all in the style; its content is written at the place returned.
  Place cell(Part part, Style style) {
    if (part.first != part.last) sheet_.merge(row_, part.first, part.last, style);
    return {row_, part.first};
  }
  void text(Part part, const std::string& text, Style style) { sheet_.text(cell(part, style), text, style); }
  void number(Part part, std::int64_t number, Style style) { sheet_.number(cell(part, style), number, style); }
  // That leads to a row of a list.
  void figure(Part part, std::int64_t number, Style style, const std::string& list, std::size_t index,
              RowIndex first_row = 1) {
    const Place place = cell(part, style);
    link(place, list, index, first_row);
    sheet_.number(place, number, style);
  }

  void heading(const std::string& words) {
    sheet_.height(row_, 20);
    text(kWholeRow, words, Style::kHeading);
    ++row_;
  }
  void sentence(ColumnIndex column, const char* words) {
    text({column, column}, french::spaced(words), Style::kSentence);
  }
  void gap() { sheet_.height(row_++, 8); }

  Book& book_;
  const summary::Report& report_;
  const summary::Overview& overview_;
  Sheet& sheet_;
  RowIndex row_ = 0;
};

void Page::banner() {
  sheet_.height(row_, 36);
  text(kWholeRow, report_.title, Style::kTitle);
  ++row_;
  sheet_.height(row_, 22);
  text(kWholeRow,
       "Situation au " + to_french(report_.day) + "  ·  exécution " + report_.run + "  ·  Vigie " + report_.version +
           "  ·  un clic sur un chiffre mène à la première de ses lignes",
       Style::kSubtitle);
  ++row_;
  gap();
}

// Those that compare with other runs are not for partners, whose figures are not kept.
std::vector<Tile> make_tiles(const summary::Overview& overview, bool compares) {
  std::vector<Tile> tiles;
  bool first = false;
  for (const auto& [severity, open, first_row] : overview.by_severity) {
    tiles.push_back({plural_name(severity), tile_of(severity), open.now, compares ? change_words(open) : "",
                     compares ? month_words(open) : "", first_row});
    first = first || open.first;
  }
  const std::string since = first ? "première exécution" : "depuis la dernière exécution";
  if (!compares) return tiles;
  tiles.push_back({"Nouvelles", Style::kTileOther, overview.fresh, since, "", overview.first_fresh});
  tiles.push_back({"Résolues", Style::kTileOther, overview.resolved, since, "", summary::kNoRow});
  return tiles;
}

void Page::tiles() {
  const bool known = !summary::nothing_imported(report_);
  const std::vector<Tile> tiles = make_tiles(overview_, !report_.of_partner && known);
  const auto part = [](std::size_t tile) {
    const auto first = static_cast<ColumnIndex>(tile * kTileColumns);
    return Part{first, static_cast<ColumnIndex>(first + kTileColumns - 1)};
  };
  sheet_.height(row_, 21);
  for (std::size_t i = 0; i < tiles.size(); ++i) text(part(i), tiles[i].label, tiles[i].style);
  ++row_;
  sheet_.height(row_, 36);
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const Place place = cell(part(i), Style::kTileFigure);
    link(place, "Anomalies", tiles[i].first_row);
    if (known)
      sheet_.number(place, tiles[i].figure, Style::kTileFigure);
    else
      sheet_.words(place, "–", Style::kTileFigure);
  }
  ++row_;
  for (const auto words : {&Tile::change, &Tile::month}) {
    sheet_.height(row_, 17);
    for (std::size_t i = 0; i < tiles.size(); ++i) text(part(i), tiles[i].*words, Style::kTileChange);
    ++row_;
  }
  gap();
}

// To the row of a list at that index, which may be on a sheet that goes on with it; nowhere where there is none.
void Page::link(Place place, const std::string& list, std::size_t index, RowIndex first_row) {
  if (index == summary::kNoRow) return;
  const std::size_t a_sheet = book_.limits().rows_per_sheet;
  const std::size_t sheet = index / a_sheet + 1;
  sheet_.link(place, sheet == 1 ? list : list + " (" + std::to_string(sheet) + ")",
              static_cast<RowIndex>(index % a_sheet) + first_row);
}

void Page::balance() {
  if (!overview_.before) return;
  text(kWholeRow, summary::balance_words(overview_), Style::kSentence);
  ++row_;
  gap();
}

void Page::notice(const std::string& text) {
  sheet_.paragraph(row_++, measure(kWholeRow), french::spaced(text), Style::kNotice);
}

void Page::notices() {
  const std::vector<std::string>& all = overview_.notices;
  heading("À savoir");
  if (all.empty()) {
    sentence(0, summary::kNothingToNotice);
    ++row_;
  }
  const std::size_t shown = std::min(all.size(), kNoticesOnPage);
  for (std::size_t i = 0; i < shown; ++i) notice(all[i]);
  if (all.size() > shown)
    notice("Et " + french::counted(static_cast<std::int64_t>(all.size() - shown), "autre point") +
           ", plus bas dans cette feuille.");
  gap();
}

void Page::answer(const Answer& answer) {
  const Place question = cell(kAnswerQuestion, Style::kLineLink);
  sheet_.link(question, answer.sheet, 0);
  sheet_.text(question, answer.question, Style::kLineLink);
  if (answer.verified)
    figure(kAnswerCount, answer.count, Style::kTotalFigure, answer.sheet, answer.count > 0 ? 0 : summary::kNoRow);
  else
    sheet_.words(cell(kAnswerCount, Style::kTotalFigure), "–", Style::kTotalFigure);
  sheet_.paragraph(row_++, measure(kAnswerSentence), french::spaced(answer.sentence), Style::kLine);
}

void Page::answers() {
  heading("Les quatre questions");
  for (const Answer& each : overview_.answers) answer(each);
  gap();
}

void Page::source_headings() {
  sheet_.height(row_, 18);
  text(kSourceLabel, "Caf", Style::kHeader);
  text(kSourceImported, "Dernier import", Style::kHeader);
  text(kSourceOutcome, "État", Style::kHeader);
  text(kSourceAccounts, "Comptes", Style::kHeaderRight);
  text(kSourceFindings, "Anomalies", Style::kHeaderRight);
  text(kSourceClosings, "Clôtures à faire", Style::kHeaderRight);
  text(kSourceHeld, "Retenues", Style::kHeaderRight);
  ++row_;
}

void Page::source(const SourceState& source) {
  text(kSourceLabel, source.label.empty() ? source.name : source.label, Style::kLine);
  const Place imported = cell(kSourceImported, Style::kLineDay);
  link(imported, "Imports et rejets", source.first_import, kFirstImport);
  if (source.imported_on.given())
    sheet_.day(imported, source.imported_on, Style::kLineDay);
  else
    sheet_.words(imported, "jamais", Style::kLineDay);
  figure(kSourceAccounts, source.accounts, Style::kLineFigure, "Imports et rejets", source.accounts_import,
         kFirstImport);
  figure(kSourceFindings, source.open_findings, Style::kLineFigure, "Anomalies", source.first_finding);
  figure(kSourceClosings, source.closings, Style::kLineFigure, "Rapprochement", source.first_closing);
  figure(kSourceHeld, source.held, Style::kLineFigure, "Rapprochement", source.first_held);
  sheet_.paragraph(row_++, measure(kSourceOutcome), source.outcome, Style::kLine);
}

void Page::sources() {
  const std::vector<SourceState>& all = overview_.sources;
  heading(all.size() > 1 ? "Sources" : "Source");
  source_headings();
  const std::size_t shown = std::min(all.size(), kSourcesOnPage);
  for (std::size_t i = 0; i < shown; ++i) source(all[i]);
  if (all.size() > shown) {
    const std::string words = "Et " + french::counted(static_cast<std::int64_t>(all.size() - shown), "autre source") +
                              ", plus bas dans cette feuille.";
    sentence(0, words.c_str());
    ++row_;
  }
  gap();
}

void Page::severity_headings(Part category, const char* words, ColumnIndex first_figure) {
  text(category, words, Style::kHeader);
  for (ColumnIndex column = first_figure; const Severity severity : kSeveritiesGravestFirst)
    sheet_.words({row_, column++}, plural_name(severity), Style::kHeaderRight);
}

void Page::severity_figures(ColumnIndex first_figure, const SeverityCounts& counts) {
  for (ColumnIndex column = first_figure; const Severity severity : kSeveritiesGravestFirst)
    sheet_.number({row_, column++}, counts[severity], Style::kLineFigure);
}

// A number and its sign; « – » where nothing is known to compare with.
void Page::change(Part part, int now, std::optional<int> before, Style style) {
  if (before)
    number(part, now - *before, style);
  else
    text(part, "–", style);
}

void Page::family(const FamilyFigure& family) {
  text(kFamilyName, family.family, Style::kLine);
  std::size_t first_row = summary::kNoRow;
  for (ColumnIndex column = kFamilyFigures; const Severity severity : kSeveritiesGravestFirst) {
    figure({column, column}, family.open[severity], Style::kLineFigure, "Anomalies", family.first_row(severity));
    first_row = std::min(first_row, family.first_row(severity));
    ++column;
  }
  figure(kFamilyTotal, family.open.total(), Style::kTotalFigure, "Anomalies", first_row);
  if (report_.of_partner) return;
  change(kFamilySinceRun, family.open.total(), family.before, Style::kLineChange);
  change(kFamilySinceMonth, family.open.total(), family.month_before, Style::kLineChange);
}

void Page::family_totals() {
  text(kFamilyName, "Total", Style::kTotal);
  std::optional<int> month_before;
  for (ColumnIndex column = kFamilyFigures; const auto& [severity, open, first_row] : overview_.by_severity) {
    figure({column, column}, open.now, Style::kTotalFigure, "Anomalies", first_row);
    if (open.month_before) month_before = month_before.value_or(0) + *open.month_before;
    ++column;
  }
  figure(kFamilyTotal, overview_.open(), Style::kTotalFigure, "Anomalies", 0);
  if (report_.of_partner) return;
  change(kFamilySinceRun, overview_.open(), overview_.before, Style::kTotalChange);
  change(kFamilySinceMonth, overview_.open(), month_before, Style::kTotalChange);
}

SeverityTable Page::family_table() {
  const RowIndex header = row_;
  sheet_.height(header, 30);  // two lines
  severity_headings(kFamilyName, "Famille", kFamilyFigures);
  text(kFamilyTotal, "Total", Style::kHeaderRight);
  if (!report_.of_partner) {
    text(kFamilySinceRun, "Dernière exécution", Style::kHeaderRight);
    text(kFamilySinceMonth, "En 30 jours", Style::kHeaderRight);
  }
  ++row_;
  for (const FamilyFigure& each : overview_.by_family) {
    family(each);
    ++row_;
  }
  family_totals();
  ++row_;
  return {.header = header,
          .first_row = header + 1,
          .last_row = row_ - 2,
          .category = kFamilyName.first,
          .first_figure = kFamilyFigures};
}

void Page::families() {
  heading("Anomalies ouvertes par famille et par gravité");
  if (overview_.open() == 0) {
    sentence(0, summary::unless_nothing_imported(report_, "Aucune anomalie n'est ouverte.").c_str());
    ++row_;
    return gap();
  }
  const SeverityTable table = family_table();
  const RowIndex rows = std::max(row_ - table.header, kFewestFamilyRows);
  insert_family_chart(book_, sheet_,
                      {.corner = {table.header, kFamilyChart},
                       .offset = kChartGap,
                       .width = (kColumns - kFamilyChart) * kColumnPixels - kChartGap - kChartEdge,
                       .height = static_cast<int>(rows) * kRowPixels},
                      table);
  // Its categories are the headings, its values the totals.
  const RowIndex totals = row_ - 1;
  row_ = table.header + rows;
  gap();
  insert_severity_chart(book_, sheet_,
                        {.corner = {row_, 0}, .width = kTrendChart * kColumnPixels, .height = kChartRows * kRowPixels},
                        table.header, totals, kFamilyFigures);
}

const char* Page::no_trend() const {
  if (report_.of_partner) return "";
  if (overview_.trend.size() < 2) return "La tendance se verra à partir de la deuxième exécution.";
  if (std::none_of(overview_.trend.begin(), overview_.trend.end(), shows_something))
    return "Tendance : aucune anomalie lors des dernières exécutions.";
  return nullptr;
}

RowIndex Page::trend() {
  const RowIndex corner = row_;
  if (const char* words = no_trend()) sentence(overview_.open() == 0 ? 0 : kTrendChart + 1, words);
  row_ += overview_.open() == 0 && no_trend() != nullptr ? 1 : kChartRows;
  return corner;
}

void Page::below_the_page() {
  gap();
  if (overview_.notices.size() > kNoticesOnPage) {
    heading("À savoir, suite");
    for (std::size_t i = kNoticesOnPage; i < overview_.notices.size(); ++i) notice(overview_.notices[i]);
    gap();
  }
  if (overview_.sources.size() > kSourcesOnPage) {
    heading("Sources, suite");
    source_headings();
    for (std::size_t i = kSourcesOnPage; i < overview_.sources.size(); ++i) source(overview_.sources[i]);
    gap();
  }
}

void Page::trend_data(RowIndex trend_row) {
  if (no_trend() != nullptr) return;
  constexpr Part kDay = {0, 0};
  heading("Tendance en chiffres");
  const RowIndex header = row_;
  severity_headings(kDay, "Jour", 1);
  ++row_;
  for (const TrendPoint& point : overview_.trend) {
    sheet_.day({row_, kDay.first}, point.day, Style::kLineDay);
    severity_figures(1, point.open);
    ++row_;
  }
  const bool alone = overview_.open() == 0;  // no chart to its left
  const ColumnIndex left = alone ? 0 : kTrendChart;
  const int gap = alone ? 0 : kChartGap;
  insert_trend_chart(
      book_, sheet_,
      {.corner = {trend_row, left},
       .offset = gap,
       .width = (kColumns - left) * kColumnPixels - gap - kChartEdge,
       .height = kChartRows * kRowPixels},
      {.header = header, .first_row = header + 1, .last_row = row_ - 1, .category = kDay.first, .first_figure = 1});
}

}  // namespace

void write_overview(Book& book, Sheet& sheet) { Page(book, sheet).write(); }

}  // namespace vigie::workbook
