#include "workbook/text_height.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace vigie::workbook {
namespace {

// From ' ' to '~', in hundredths of the size of the letters.
constexpr std::array<std::uint8_t, 95> kCalibri = {
    23, 33, 40, 50, 51, 71, 68, 22, 30, 30, 50, 50, 25, 31, 25, 39, 51, 51, 51, 51, 51, 51, 51, 51,
    51, 51, 27, 27, 50, 50, 50, 46, 89, 58, 54, 53, 62, 49, 46, 63, 62, 25, 32, 52, 42, 85, 65, 66,
    52, 67, 54, 46, 49, 64, 57, 89, 52, 49, 47, 31, 39, 31, 50, 50, 29, 48, 53, 42, 53, 50, 31, 47,
    53, 23, 24, 45, 23, 80, 53, 53, 53, 53, 35, 39, 33, 53, 45, 71, 43, 45, 40, 31, 46, 31, 50};
constexpr double kOtherLetter = 52;

constexpr double kUnit = 7;                                // pixels: the digit that column widths are counted in
constexpr double kPadding = 5 / kUnit;                     // of a cell
constexpr double kHundredth = 13.33 / 100 / kUnit * 1.04;  // 10 points in pixels, and a little for rounded pixels
constexpr double kWidest = 91 * kHundredth;

// Of one byte; those that go on with a character have none.
constexpr std::array<double, 256> make_widths() {
  std::array<double, 256> widths{};
  for (std::size_t c = 0x80; c < widths.size(); ++c) widths[c] = c < 0xC0 ? 0 : kOtherLetter * kHundredth;
  for (std::size_t i = 0; i < kCalibri.size(); ++i) widths[' ' + i] = kCalibri[i] * kHundredth;
  return widths;
}

constexpr std::array<double, 256> kWidths = make_widths();

// Lays words on lines one after the other.
class Lines {
 public:
  explicit Lines(double width) : width_(std::max(width - kPadding, 1.0)) {}

  // A word and the blank after it, which may hang over the edge.
  void add(double word, double blank) {
    if (used_ > 0 && used_ + word > width_) next();
    while (word > width_) {
      next();
      word -= width_;
    }
    used_ += word + blank;
  }
  [[nodiscard]] int count() const { return count_; }

 private:
  void next() {
    ++count_;
    used_ = 0;
  }

  double width_;
  double used_ = 0;
  int count_ = 1;
};

}  // namespace

int lines_of(std::string_view text, double width) {
  if (static_cast<double>(text.size()) * kWidest <= width - kPadding) return 1;  // as most cells are
  Lines lines(width);
  double word = 0;
  for (const char c : text) {
    const double width_of_c = kWidths[static_cast<unsigned char>(c)];
    if (c == ' ') {
      lines.add(word, width_of_c);
      word = 0;
      continue;
    }
    word += width_of_c;
    if (c != '-') continue;
    lines.add(word, 0);
    word = 0;
  }
  lines.add(word, 0);
  return lines.count();
}

double height_of(int lines) {
  constexpr double kLine = 12.8;
  constexpr double kGap = 3;
  constexpr double kHighestRow = 409;
  return std::min(lines * kLine + kGap, kHighestRow);
}

}  // namespace vigie::workbook
