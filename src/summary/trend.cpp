#include "summary/trend.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "rules/catalogue.h"

namespace vigie::summary {
namespace {

constexpr int kTrendRuns = 30;
constexpr int kMonthDays = 30;
static_assert(kTallyDays > kTrendRuns && kTallyDays > kMonthDays);

class Trend {
 public:
  Trend(Report& report, const std::vector<SourceTallies>& sources)
      : overview_(report.overview), day_(report.day), sources_(sources) {}

  void fill() {
    add_points();
    add_changes();
    add_month();
  }

 private:
  // What was open, by family and severity.
  using Counts = std::map<std::string_view, SeverityCounts>;

  void add_points() {
    std::set<Day> days;
    for (const SourceTallies& source : sources_)
      for (const Tally& tally : source.tallies) days.insert(tally.as_of);
    while (days.size() > kTrendRuns) days.erase(days.begin());
    for (const Day day : days) overview_.trend.push_back({.day = day, .open = all_of(counts_on(day))});
  }

  void add_changes() {
    if (overview_.trend.empty()) return;
    add_what_the_day_did(overview_.trend.back().day);
    const bool is_first = overview_.trend.size() < 2;
    for (SeverityFigure& figure : overview_.by_severity) figure.open.first = is_first;
    if (is_first) return;
    const TrendPoint& before = overview_.trend[overview_.trend.size() - 2];
    overview_.before = before.open.total();
    for (SeverityFigure& figure : overview_.by_severity) figure.open.before = before.open[figure.severity];
    for (const auto& [family, counts] : counts_on(before.day)) figure_of(family).before = counts.total();
    for (FamilyFigure& figure : overview_.by_family) figure.before = figure.before.value_or(0);
  }

  void add_what_the_day_did(Day day) {
    for (const SourceTallies& source : sources_)
      for (const Tally& tally : source.tallies) {
        if (tally.as_of != day || !is_enabled(tally.rule, *source.settings)) continue;
        overview_.returned += tally.returned;
        overview_.resolved += tally.resolved;
      }
  }

  void add_month() {
    const Day day = day_ - kMonthDays;
    if (sources_.empty() || !all_judged_by(day)) return;
    const Counts then = counts_on(day);
    for (const auto& [family, counts] : then) figure_of(family).month_before = counts.total();
    const SeverityCounts all = all_of(then);
    for (SeverityFigure& figure : overview_.by_severity) figure.open.month_before = all[figure.severity];
    for (FamilyFigure& figure : overview_.by_family) {
      figure.month_before = figure.month_before.value_or(0);
      if (overview_.before) figure.before = figure.before.value_or(0);
    }
  }

  [[nodiscard]] bool all_judged_by(Day day) const {
    return std::ranges::all_of(sources_, [&](const SourceTallies& source) {
      return std::ranges::any_of(source.tallies, [&](const Tally& tally) { return tally.as_of <= day; });
    });
  }

  [[nodiscard]] Counts counts_on(Day day) const {
    Counts counts;
    for (const SourceTallies& source : sources_) {
      std::optional<Day> last;
      for (const Tally& tally : source.tallies)
        if (tally.as_of <= day && (!last || tally.as_of > *last)) last = tally.as_of;
      for (const Tally& tally : source.tallies)
        if (tally.as_of == last && tally.open > 0 && is_enabled(tally.rule, *source.settings))
          counts[french_family_name(family_of(*find_rule(tally.rule)))][tally.severity] += tally.open;
    }
    return counts;
  }

  static SeverityCounts all_of(const Counts& counts) {
    SeverityCounts all;
    for (const auto& [family, of_family] : counts)
      for (const Severity severity : kSeveritiesGravestFirst) all[severity] += of_family[severity];
    return all;
  }

  // Made where nothing of the family is open, in the order of the catalogue.
  FamilyFigure& figure_of(std::string_view family) {
    auto& figures = overview_.by_family;
    auto next = figures.begin();
    std::string_view last;
    for (const Rule& rule : catalogue()) {
      const std::string_view each = french_family_name(family_of(rule));
      if (each == last) continue;
      last = each;
      const bool is_there = next != figures.end() && next->family == each;
      if (each == family) return is_there ? *next : *figures.insert(next, {.family = std::string(family)});
      if (is_there) ++next;
    }
    return *figures.insert(next, {.family = std::string(family)});
  }

  Overview& overview_;
  Day day_;
  const std::vector<SourceTallies>& sources_;
};

}  // namespace

void fill_trend(Report& report, const std::vector<SourceTallies>& sources) { Trend(report, sources).fill(); }

}  // namespace vigie::summary
