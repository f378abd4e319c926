#include "workbook/styles.h"

#include <xlsxwriter.h>

namespace vigie::workbook {
namespace {

constexpr Color kBlack = 0x000000;
constexpr Color kWhite = 0xFFFFFF;
constexpr Color kPaleLine = 0xE3E9F0;
constexpr Color kNone = 0xFFFFFFFF;

struct Swatch {
  Color tile_fill;
  Color tile_text;
  Color cell_fill;  // paler: there may be many
  Color cell_text;
  Color chart;  // strong enough for a line; darker means graver in grey print too
};

constexpr Swatch swatch(Severity severity) {
  switch (severity) {
    case Severity::kCritical:
      return {0x9C1C1C, kWhite, 0xF5CCCC, 0x7A1212, 0x9C1C1C};
    case Severity::kMajor:
      return {0xF4B183, 0x4A1D00, 0xFBDFC9, 0x6B3000, 0xDD7A33};
    case Severity::kMinor:
      return {0xFFE699, 0x4D3B00, 0xFFF4D1, 0x5C4600, 0xEFBE4A};
    case Severity::kInfo:
      break;
  }
  return {0xDCE6F0, kNavy, 0xE9EFF6, kNavy, 0x8AA4C0};
}

enum class Horizontal : std::uint8_t { kLeft, kCenter, kRight };
enum class Vertical : std::uint8_t { kTop, kMiddle };

struct Look {
  double size = 10;
  bool bold = false;
  bool italic = false;
  bool underlined = false;
  Color color = kBlack;
  Color fill = kNone;
  Horizontal horizontal = Horizontal::kLeft;
  Vertical vertical = Vertical::kTop;
  bool wrapped = false;
  std::uint8_t indent = 0;
  bool ruled = false;    // a hairline below
  bool gridded = false;  // and a paler one to the right
  bool spaced = false;   // a white edge left and right, which keeps tiles apart
  const char* number = nullptr;
};

constexpr const char* kDayFormat = "dd/mm/yyyy";
constexpr const char* kNumberFormat = "#,##0";
constexpr const char* kChangeFormat = "+#,##0;\u2212#,##0;0";

constexpr Look severity_cell(Severity severity) {
  return {.bold = severity >= Severity::kMajor,
          .color = swatch(severity).cell_text,
          .fill = swatch(severity).cell_fill,
          .ruled = true};
}

constexpr Look tile(Color fill, Color text) {
  return {.size = 11,
          .bold = true,
          .color = text,
          .fill = fill,
          .horizontal = Horizontal::kCenter,
          .vertical = Vertical::kMiddle,
          .spaced = true};
}

constexpr Look severity_tile(Severity severity) { return tile(swatch(severity).tile_fill, swatch(severity).tile_text); }

struct StyleLook {
  Style style;
  Look look;
};

// In the order of the styles.
constexpr std::array<StyleLook, kStyleCount> kLooks = {{
    {Style::kHeader, {.bold = true, .color = kWhite, .fill = kNavy, .vertical = Vertical::kMiddle, .wrapped = true}},
    {Style::kHeaderRight,
     {.bold = true,
      .color = kWhite,
      .fill = kNavy,
      .horizontal = Horizontal::kRight,
      .vertical = Vertical::kMiddle,
      .wrapped = true,
      .indent = 1}},
    {Style::kText, {.wrapped = true, .ruled = true, .gridded = true}},
    {Style::kRaw, {.ruled = true}},
    {Style::kNumber,
     {.horizontal = Horizontal::kRight, .indent = 1, .ruled = true, .gridded = true, .number = kNumberFormat}},
    {Style::kChange,
     {.horizontal = Horizontal::kRight, .indent = 1, .ruled = true, .gridded = true, .number = kChangeFormat}},
    {Style::kDay, {.horizontal = Horizontal::kCenter, .ruled = true, .gridded = true, .number = kDayFormat}},
    {Style::kMarked,
     {.bold = true, .color = kLinkBlue, .fill = 0xDCE9F7, .wrapped = true, .ruled = true, .gridded = true}},
    {Style::kLink, {.underlined = true, .color = kLinkBlue, .wrapped = true, .ruled = true, .gridded = true}},
    {Style::kCritical, severity_cell(Severity::kCritical)},
    {Style::kMajor, severity_cell(Severity::kMajor)},
    {Style::kMinor, severity_cell(Severity::kMinor)},
    {Style::kInfo, severity_cell(Severity::kInfo)},
    {Style::kSentence, {.size = 11, .italic = true, .color = kGrey}},
    {Style::kHeading, {.size = 12, .bold = true, .color = kNavy, .vertical = Vertical::kMiddle}},
    {Style::kTitle,
     {.size = 20, .bold = true, .color = kWhite, .fill = kNavy, .vertical = Vertical::kMiddle, .indent = 1}},
    {Style::kSubtitle, {.size = 11, .color = kWhite, .fill = kNavy, .vertical = Vertical::kTop, .indent = 1}},
    {Style::kTileCritical, severity_tile(Severity::kCritical)},
    {Style::kTileMajor, severity_tile(Severity::kMajor)},
    {Style::kTileMinor, severity_tile(Severity::kMinor)},
    {Style::kTileInfo, severity_tile(Severity::kInfo)},
    {Style::kTileOther, tile(kNavy, kWhite)},
    {Style::kTileFigure,
     {.size = 24,
      .bold = true,
      .color = kNavy,
      .fill = kPale,
      .horizontal = Horizontal::kCenter,
      .vertical = Vertical::kMiddle,
      .spaced = true,
      .number = kNumberFormat}},
    {Style::kTileChange,
     {.color = kGrey, .fill = kPale, .horizontal = Horizontal::kCenter, .vertical = Vertical::kTop, .spaced = true}},
    {Style::kNotice,
     {.color = 0x5C2E00, .fill = 0xFDF3E4, .vertical = Vertical::kMiddle, .wrapped = true, .indent = 1}},
    {Style::kLine, {.vertical = Vertical::kMiddle, .wrapped = true, .ruled = true}},
    {Style::kLineLink,
     {.bold = true,
      .underlined = true,
      .color = kLinkBlue,
      .vertical = Vertical::kMiddle,
      .wrapped = true,
      .ruled = true}},
    {Style::kLineFigure,
     {.horizontal = Horizontal::kRight,
      .vertical = Vertical::kMiddle,
      .indent = 1,
      .ruled = true,
      .number = kNumberFormat}},
    {Style::kLineDay,
     {.horizontal = Horizontal::kLeft, .vertical = Vertical::kMiddle, .ruled = true, .number = kDayFormat}},
    {Style::kLineChange,
     {.color = kGrey,
      .horizontal = Horizontal::kRight,
      .vertical = Vertical::kMiddle,
      .indent = 1,
      .ruled = true,
      .number = kChangeFormat}},
    {Style::kTotal, {.bold = true, .fill = kPale, .vertical = Vertical::kMiddle, .ruled = true}},
    {Style::kTotalFigure,
     {.bold = true,
      .fill = kPale,
      .horizontal = Horizontal::kRight,
      .vertical = Vertical::kMiddle,
      .indent = 1,
      .ruled = true,
      .number = kNumberFormat}},
    {Style::kTotalChange,
     {.bold = true,
      .color = kGrey,
      .fill = kPale,
      .horizontal = Horizontal::kRight,
      .vertical = Vertical::kMiddle,
      .indent = 1,
      .ruled = true,
      .number = kChangeFormat}},
}};

constexpr bool each_style_has_its_look() {
  for (std::size_t i = 0; i < kStyleCount; ++i)
    if (kLooks[i].style != static_cast<Style>(i)) return false;
  return true;
}
static_assert(each_style_has_its_look());

std::uint8_t alignment(Horizontal horizontal) {
  switch (horizontal) {
    case Horizontal::kCenter:
      return LXW_ALIGN_CENTER;
    case Horizontal::kRight:
      return LXW_ALIGN_RIGHT;
    case Horizontal::kLeft:
      break;
  }
  return LXW_ALIGN_LEFT;
}

void set_edges(lxw_format* format, const Look& look) {
  if (look.ruled) {
    format_set_bottom(format, LXW_BORDER_THIN);
    format_set_bottom_color(format, kHairline);
  }
  if (look.gridded) {
    format_set_right(format, LXW_BORDER_THIN);
    format_set_right_color(format, kPaleLine);
  }
  if (look.spaced) {
    format_set_left(format, LXW_BORDER_THICK);
    format_set_left_color(format, kWhite);
    format_set_right(format, LXW_BORDER_THICK);
    format_set_right_color(format, kWhite);
  }
}

lxw_format* make_format(lxw_workbook* workbook, const Look& look) {
  lxw_format* format = workbook_add_format(workbook);
  format_set_font_name(format, "Calibri");
  format_set_font_size(format, look.size);
  if (look.bold) format_set_bold(format);
  if (look.italic) format_set_italic(format);
  if (look.underlined) format_set_underline(format, LXW_UNDERLINE_SINGLE);
  format_set_font_color(format, look.color);
  if (look.fill != kNone) format_set_bg_color(format, look.fill);
  format_set_align(format, alignment(look.horizontal));
  format_set_align(format, look.vertical == Vertical::kTop ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
  if (look.wrapped) format_set_text_wrap(format);
  if (look.indent > 0) format_set_indent(format, look.indent);
  if (look.number != nullptr) format_set_num_format(format, look.number);
  set_edges(format, look);
  return format;
}

}  // namespace

Style style_of(Severity severity) {
  constexpr std::array kCells = {Style::kInfo, Style::kMinor, Style::kMajor, Style::kCritical};
  return kCells[static_cast<std::size_t>(severity)];
}

Style tile_of(Severity severity) {
  constexpr std::array kTiles = {Style::kTileInfo, Style::kTileMinor, Style::kTileMajor, Style::kTileCritical};
  return kTiles[static_cast<std::size_t>(severity)];
}

Color chart_color(Severity severity) { return swatch(severity).chart; }

Styles::Styles(lxw_workbook* workbook) {
  for (const auto& [style, look] : kLooks) formats_[static_cast<std::size_t>(style)] = make_format(workbook, look);
}

}  // namespace vigie::workbook
