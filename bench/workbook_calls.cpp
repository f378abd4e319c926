// Loaded before libxlsxwriter, with LD_PRELOAD, into a program that writes one workbook:
//
//   WORKBOOK_METER=FILE   adds a line to FILE of what the workbook took from its making to its closing
//   WORKBOOK_TRACE=FILE   records in FILE every call that fills a cell, for workbook_replay
//
// Both are of one workbook at a time, by one thread.

#include <cstdlib>
#include <map>
#include <optional>

#include <dlfcn.h>
#include <xlsxwriter.h>

#include "workbook_trace.h"

namespace {

using trace::Call;
using trace::Kind;

std::optional<trace::Meter> meter;
std::FILE* recording = nullptr;
std::map<const lxw_worksheet*, std::uint8_t> sheets;
std::map<const lxw_format*, std::uint8_t> formats;
int depth = 0;  // calls that xlsxwriter makes of itself are not recorded

template <typename Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

std::uint8_t index_of(const lxw_format* format) {
  if (format == nullptr) return trace::kNoFormat;
  return formats.emplace(format, static_cast<std::uint8_t>(formats.size())).first->second;
}

void record(Call call, const char* text) {
  if (recording == nullptr || depth > 0) return;
  call.length = text == nullptr ? 0 : static_cast<std::uint32_t>(std::strlen(text));
  std::fwrite(&call, sizeof call, 1, recording);
  if (call.length > 0) std::fwrite(text, 1, call.length, recording);
}

void record(Kind kind, const lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const lxw_format* format,
            const char* text, double number = 0, lxw_col_t last_column = 0) {
  if (recording == nullptr || depth > 0) return;
  record({.kind = kind,
          .sheet = sheets.at(sheet),
          .format = index_of(format),
          .column = column,
          .last_column = last_column,
          .row = row,
          .number = number},
         text);
}

template <typename Work>
auto within(Work work) {
  ++depth;
  const auto result = work();
  --depth;
  return result;
}

}  // namespace

extern "C" {

lxw_workbook* workbook_new_opt(const char* file, lxw_workbook_options* options) {
  static const auto call = real<decltype(&workbook_new_opt)>("workbook_new_opt");
  if (const char* path = std::getenv("WORKBOOK_TRACE")) {
    recording = std::fopen(path, "wb");
    std::fputc(options->constant_memory, recording);
  }
  meter.emplace();
  return call(file, options);
}

lxw_error workbook_close(lxw_workbook* workbook) {
  static const auto call = real<decltype(&workbook_close)>("workbook_close");
  const lxw_error error = within([&] { return call(workbook); });
  if (recording != nullptr) std::fclose(recording);
  recording = nullptr;
  const char* path = std::getenv("WORKBOOK_METER");
  if (std::FILE* out = path == nullptr ? nullptr : std::fopen(path, "a")) {
    meter->print(out);
    std::fclose(out);
  }
  return error;
}

lxw_worksheet* workbook_add_worksheet(lxw_workbook* workbook, const char* name) {
  static const auto call = real<decltype(&workbook_add_worksheet)>("workbook_add_worksheet");
  lxw_worksheet* sheet = within([&] { return call(workbook, name); });
  sheets.emplace(sheet, static_cast<std::uint8_t>(sheets.size()));
  record({.kind = Kind::kSheet}, name);
  return sheet;
}

lxw_error worksheet_write_string(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const char* text,
                                 lxw_format* format) {
  static const auto call = real<decltype(&worksheet_write_string)>("worksheet_write_string");
  record(Kind::kString, sheet, row, column, format, text);
  return within([&] { return call(sheet, row, column, text, format); });
}

lxw_error worksheet_write_number(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, double number,
                                 lxw_format* format) {
  static const auto call = real<decltype(&worksheet_write_number)>("worksheet_write_number");
  record(Kind::kNumber, sheet, row, column, format, nullptr, number);
  return within([&] { return call(sheet, row, column, number, format); });
}

lxw_error worksheet_write_blank(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, lxw_format* format) {
  static const auto call = real<decltype(&worksheet_write_blank)>("worksheet_write_blank");
  record(Kind::kBlank, sheet, row, column, format, nullptr);
  return within([&] { return call(sheet, row, column, format); });
}

lxw_error worksheet_write_url_opt(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const char* url,
                                  lxw_format* format, const char* text, const char* tooltip) {
  static const auto call = real<decltype(&worksheet_write_url_opt)>("worksheet_write_url_opt");
  record(Kind::kLink, sheet, row, column, format, url);
  return within([&] { return call(sheet, row, column, url, format, text, tooltip); });
}

lxw_error worksheet_set_row(lxw_worksheet* sheet, lxw_row_t row, double height, lxw_format* format) {
  static const auto call = real<decltype(&worksheet_set_row)>("worksheet_set_row");
  record(Kind::kRow, sheet, row, 0, format, nullptr, height);
  return within([&] { return call(sheet, row, height, format); });
}

lxw_error worksheet_merge_range(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, lxw_row_t last_row,
                                lxw_col_t last_column, const char* text, lxw_format* format) {
  static const auto call = real<decltype(&worksheet_merge_range)>("worksheet_merge_range");
  record(Kind::kMerge, sheet, row, column, format, text, 0, last_column);
  return within([&] { return call(sheet, row, column, last_row, last_column, text, format); });
}

}  // extern "C"
