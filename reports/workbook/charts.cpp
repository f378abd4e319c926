#include "workbook/charts.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include <xlsxwriter.h>

#include "summary/report.h"

namespace vigie::workbook {
namespace {

constexpr std::array kDashes = {LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_DASH,
                                LXW_CHART_LINE_DASH_ROUND_DOT};  // told apart in grey print

lxw_chart_font font(double size, bool bold = false) {
  static char name[] = "Calibri";
  lxw_chart_font font{};
  font.name = name;
  font.size = size;
  font.bold = bold ? LXW_TRUE : LXW_EXPLICIT_FALSE;
  font.color = bold ? kNavy : kGrey;
  return font;
}

lxw_chart* add_chart(Book& book, std::uint8_t type, const char* title) {
  lxw_chart* chart = workbook_add_chart(book.handle(), type);
  lxw_chart_font title_font = font(11, true);
  chart_title_set_name(chart, title);
  chart_title_set_name_font(chart, &title_font);
  lxw_chart_line edge{};
  edge.color = kHairline;
  edge.width = 0.75;
  chart_chartarea_set_line(chart, &edge);
  return chart;
}

void set_axes(lxw_chart* chart) {
  lxw_chart_font small = font(9);
  lxw_chart_line rule{};
  rule.color = kHairline;
  rule.width = 0.75;
  for (lxw_chart_axis* axis : {chart->x_axis, chart->y_axis}) {
    chart_axis_set_num_font(axis, &small);
    chart_axis_set_line(axis, &rule);
  }
}

// Counts: whole numbers from 0, along quiet lines.
void count_on(lxw_chart_axis* axis) {
  lxw_chart_line rule{};
  rule.color = kPale;
  rule.width = 0.75;
  chart_axis_major_gridlines_set_visible(axis, LXW_TRUE);
  chart_axis_major_gridlines_set_line(axis, &rule);
  chart_axis_set_min(axis, 0);
  chart_axis_set_num_format(axis, "#,##0");
}

void show_legend(lxw_chart* chart) {
  lxw_chart_font small = font(9);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  chart_legend_set_font(chart, &small);
}

lxw_chart_fill fill_with(Color color) {
  lxw_chart_fill fill{};
  fill.color = color;
  return fill;
}

lxw_chart_series* add_series(lxw_chart* chart, const Sheet& sheet, Range categories, Range values) {
  lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
  const char* name = sheet.name().c_str();
  chart_series_set_categories(series, name, categories.first.row, categories.first.column, categories.last.row,
                              categories.last.column);
  chart_series_set_values(series, name, values.first.row, values.first.column, values.last.row, values.last.column);
  return series;
}

// The series of one severity, named by its heading.
lxw_chart_series* add_column(lxw_chart* chart, const Sheet& sheet, const SeverityTable& table, std::size_t index) {
  const auto column = static_cast<ColumnIndex>(table.first_figure + index);
  lxw_chart_series* series =
      add_series(chart, sheet, {{table.first_row, table.category}, {table.last_row, table.category}},
                 {{table.first_row, column}, {table.last_row, column}});
  chart_series_set_name_range(series, sheet.name().c_str(), table.header, column);
  return series;
}

void insert(const Sheet& sheet, lxw_chart* chart, Frame frame, const char* description) {
  constexpr double kDefaultWidth = 480;
  constexpr double kDefaultHeight = 288;
  lxw_chart_options options{};
  options.x_offset = frame.offset;
  options.x_scale = frame.width / kDefaultWidth;
  options.y_scale = frame.height / kDefaultHeight;
  options.object_position = LXW_OBJECT_MOVE_AND_SIZE;
  options.description = const_cast<char*>(description);
  worksheet_insert_chart_opt(sheet.handle(), frame.corner.row, frame.corner.column, chart, &options);
}

// Leaves room for the figure at the end of the longest bar.
double end_of_figures(const summary::Overview& overview) {
  constexpr double kRoom = 1.2;
  int most = 0;
  for (const summary::SeverityFigure& figure : overview.by_severity) most = std::max(most, figure.open.now);
  return most * kRoom;
}

}  // namespace

void insert_severity_chart(Book& book, const Sheet& sheet, Frame frame, RowIndex header, RowIndex totals,
                           ColumnIndex first_figure) {
  lxw_chart* chart = add_chart(book, LXW_CHART_BAR, "Anomalies ouvertes par gravité");
  const auto last_figure = static_cast<ColumnIndex>(first_figure + kSeveritiesGravestFirst.size() - 1);
  lxw_chart_series* series = add_series(chart, sheet, {{header, first_figure}, {header, last_figure}},
                                        {{totals, first_figure}, {totals, last_figure}});
  std::array<lxw_chart_fill, kSeveritiesGravestFirst.size()> fills{};
  std::array<lxw_chart_point, kSeveritiesGravestFirst.size()> points{};
  std::array<lxw_chart_point*, kSeveritiesGravestFirst.size() + 1> list{};
  for (std::size_t i = 0; i < points.size(); ++i) {
    fills[i] = fill_with(chart_color(kSeveritiesGravestFirst[i]));
    points[i].fill = &fills[i];
    list[i] = &points[i];
  }
  chart_series_set_points(series, list.data());
  chart_series_set_labels(series);
  chart_set_series_gap(chart, 40);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  set_axes(chart);
  chart_axis_set_reverse(chart->y_axis);  // the gravest on top
  count_on(chart->x_axis);
  chart_axis_set_max(chart->x_axis, end_of_figures(book.report().overview));
  chart_axis_off(chart->x_axis);
  chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
  insert(sheet, chart, frame, "Nombre d'anomalies ouvertes pour chaque gravité");
}

void insert_family_chart(Book& book, const Sheet& sheet, Frame frame, const SeverityTable& families) {
  lxw_chart* chart = add_chart(book, LXW_CHART_BAR_STACKED, "Anomalies ouvertes par famille");
  for (std::size_t i = 0; i < kSeveritiesGravestFirst.size(); ++i) {
    lxw_chart_fill fill = fill_with(chart_color(kSeveritiesGravestFirst[i]));
    chart_series_set_fill(add_column(chart, sheet, families, i), &fill);
  }
  chart_set_series_gap(chart, 40);
  show_legend(chart);
  set_axes(chart);
  chart_axis_set_reverse(chart->y_axis);  // in the order of the table
  chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_HIGH);
  count_on(chart->x_axis);
  insert(sheet, chart, frame, "Nombre d'anomalies ouvertes pour chaque famille de règles, par gravité");
}

void insert_trend_chart(Book& book, const Sheet& sheet, Frame frame, const SeverityTable& trend) {
  lxw_chart* chart = add_chart(book, LXW_CHART_LINE, "Tendance des dernières exécutions");
  for (std::size_t i = 0; i < kSeveritiesGravestFirst.size(); ++i) {
    lxw_chart_line line{};
    line.color = chart_color(kSeveritiesGravestFirst[i]);
    line.width = 2.25;
    line.dash_type = static_cast<std::uint8_t>(kDashes[i]);
    chart_series_set_line(add_column(chart, sheet, trend, i), &line);
  }
  show_legend(chart);
  set_axes(chart);
  chart_axis_set_num_format(chart->x_axis, "dd/mm");
  count_on(chart->y_axis);
  insert(sheet, chart, frame, "Nombre d'anomalies ouvertes à chaque exécution, par gravité");
}

}  // namespace vigie::workbook
