#pragma once
// How cells look: one quiet palette, Calibri throughout. Texts stand out from their fill by at least 4.5:1, and what a
// colour says, a word says as well.

#include <array>
#include <cstddef>
#include <cstdint>

#include "findings/severity.h"

struct lxw_format;
struct lxw_workbook;

namespace vigie::workbook {

using Color = std::uint32_t;  // 0xRRGGBB

inline constexpr Color kNavy = 0x1F3A5F;
inline constexpr Color kPale = 0xEEF3F8;
inline constexpr Color kGrey = 0x595959;
inline constexpr Color kHairline = 0xC9D3DE;
inline constexpr Color kLinkBlue = 0x1B4F8F;
inline constexpr Color kBar = 0xA9C1DB;

enum class Style : std::uint8_t {
  // Tables
  kHeader,
  kHeaderRight,  // above numbers
  kText,
  kRaw,  // never wrapped
  kNumber,
  kChange,  // a number with its sign
  kDay,
  kMarked,  // a text that is to be seen: what is new
  kLink,
  kCritical,
  kMajor,
  kMinor,
  kInfo,
  kSentence,  // in place of what is not there
  kHeading,   // of a part of a sheet
  // Synthèse
  kTitle,
  kSubtitle,
  kTileCritical,
  kTileMajor,
  kTileMinor,
  kTileInfo,
  kTileOther,
  kTileFigure,
  kTileChange,
  kNotice,
  kLine,
  kLineLink,
  kLineFigure,
  kLineDay,
  kLineChange,
  kTotal,
  kTotalFigure,
  kTotalChange,
};
inline constexpr std::size_t kStyleCount = static_cast<std::size_t>(Style::kTotalChange) + 1;

Style style_of(Severity severity);
Style tile_of(Severity severity);
Color chart_color(Severity severity);

// The formats of one workbook, which owns them.
class Styles {
 public:
  explicit Styles(lxw_workbook* workbook);
  [[nodiscard]] lxw_format* operator[](Style style) const { return formats_[static_cast<std::size_t>(style)]; }

 private:
  std::array<lxw_format*, kStyleCount> formats_{};
};

}  // namespace vigie::workbook
