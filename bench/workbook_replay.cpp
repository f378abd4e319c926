// Writes the cells that workbook_calls recorded, with libxlsxwriter alone:
//
//   workbook_replay TRACE FILE.xlsx
//
// Prints seconds, CPU seconds, resident megabytes before and at their peak, separated by tabs; and on a line of its own
// how many cells there were.

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include <xlsxwriter.h>

#include "workbook_trace.h"

namespace {

using trace::Call;
using trace::Kind;

constexpr std::size_t kFormats = 64;
constexpr std::size_t kBuffer = std::size_t{1} << 20U;

std::array<lxw_format*, kFormats> make_formats(lxw_workbook* workbook) {
  std::array<lxw_format*, kFormats> formats{};
  for (std::size_t i = 0; i < kFormats; ++i) {
    formats[i] = workbook_add_format(workbook);
    format_set_font_size(formats[i], 8 + static_cast<double>(i) / 8);
    format_set_text_wrap(formats[i]);
  }
  return formats;
}

lxw_error repeat(const Call& call, lxw_worksheet* sheet, lxw_format* format, const char* text) {
  switch (call.kind) {
    case Kind::kString:
      return worksheet_write_string(sheet, call.row, call.column, text, format);
    case Kind::kNumber:
      return worksheet_write_number(sheet, call.row, call.column, call.number, format);
    case Kind::kBlank:
      return worksheet_write_blank(sheet, call.row, call.column, format);
    case Kind::kLink:
      return worksheet_write_url_opt(sheet, call.row, call.column, text, nullptr, "", nullptr);
    case Kind::kRow:
      return worksheet_set_row(sheet, call.row, call.number, format);
    case Kind::kMerge:
      return worksheet_merge_range(sheet, call.row, call.column, call.row, call.last_column, text, format);
    case Kind::kSheet:
      break;
  }
  return LXW_NO_ERROR;
}

int replay(std::FILE* calls, const char* file) {
  std::setvbuf(calls, nullptr, _IOFBF, kBuffer);
  std::string folder = std::filesystem::absolute(file).parent_path();
  lxw_workbook_options options{};
  options.constant_memory = static_cast<std::uint8_t>(std::fgetc(calls));
  options.tmpdir = folder.data();
  long cells = 0;
  const trace::Meter meter;
  lxw_workbook* workbook = workbook_new_opt(file, &options);
  const auto formats = make_formats(workbook);
  std::vector<lxw_worksheet*> sheets;
  std::string text;
  for (Call call; std::fread(&call, sizeof call, 1, calls) == 1;) {
    text.resize(call.length);
    if (std::fread(text.data(), 1, call.length, calls) != call.length) return 1;
    if (call.kind == Kind::kSheet) {
      sheets.push_back(workbook_add_worksheet(workbook, text.c_str()));
      continue;
    }
    lxw_format* format = call.format == trace::kNoFormat ? nullptr : formats.at(call.format);
    if (repeat(call, sheets.at(call.sheet), format, text.c_str()) != LXW_NO_ERROR) return 1;
    cells += call.kind == Kind::kString || call.kind == Kind::kNumber || call.kind == Kind::kBlank ? 1 : 0;
  }
  if (workbook_close(workbook) != LXW_NO_ERROR) return 1;
  meter.print(stdout);
  std::printf("%ld\n", cells);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::FILE* calls = argc == 3 ? std::fopen(argv[1], "rb") : nullptr;
  if (calls == nullptr) {
    std::fputs("usage: workbook_replay TRACE FILE.xlsx\n", stderr);
    return 2;
  }
  return replay(calls, argv[2]);
}
