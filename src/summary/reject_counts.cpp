#include <algorithm>
#include <tuple>

#include "summary/summarize.h"

namespace vigie::summary {

std::vector<RejectCount> count_rejects(const std::vector<RejectRow>& rejects) {
  std::map<std::tuple<std::string, std::string, std::string>, int> rows;  // source, file, reason
  for (const RejectRow& reject : rejects) ++rows[{reject.source, reject.file, reject.reason}];
  std::vector<RejectCount> counts;
  for (const auto& [key, count] : rows)
    counts.push_back({.source = std::get<0>(key), .file = std::get<1>(key), .reason = std::get<2>(key), .rows = count});
  std::ranges::stable_sort(counts, [](const RejectCount& a, const RejectCount& b) {
    return std::tie(a.source, a.file, b.rows) < std::tie(b.source, b.file, a.rows);
  });
  return counts;
}

}  // namespace vigie::summary
