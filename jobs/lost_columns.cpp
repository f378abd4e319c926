#include "lost_columns.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/contract.h"
#include "rules/catalogue.h"
#include "rules/families/wording.h"

namespace vigie {
namespace {

bool has(const store::Import& import, const Need& need) {
  const store::FileCounts& file = import.files[index(need.file)];
  return file.present && (need.field == Need::kWholeFile || (file.columns & column_bit(need.field)) != 0);
}

std::string_view column_name(const LostColumn& lost) { return spec(lost.column.file).fields[lost.column.field].name; }

bool is_whole_file(const LostColumn& lost) { return lost.column.field == Need::kWholeFile; }

bool depends_on(const Rule& rule, const Need& lost) {
  return std::ranges::any_of(rule.needs, [&](const Need& need) {
    return need.file == lost.file && (lost.field == Need::kWholeFile || need.field == lost.field);
  });
}

std::vector<std::string> ids_of(const LostColumn& lost) {
  std::vector<std::string> ids;
  for (const Rule* rule : lost.rules) ids.emplace_back(rule->id);
  return ids;
}

}  // namespace

std::vector<LostColumn> lost_columns(const store::Import& before, const store::Import& now,
                                     const RulesSettings& settings) {
  std::vector<LostColumn> lost;
  const auto look_at = [&](const Need& need) {
    if (has(before, need) && !has(now, need)) lost.push_back({.column = need});
  };
  for (std::size_t i = 0; i < kFileCount; ++i) {
    look_at({.file = file_at(i)});
    for (std::size_t field = 0; now.files[i].present && field < spec(file_at(i)).fields.size(); ++field)
      look_at({.file = file_at(i), .field = field});
  }
  for (LostColumn& each : lost)
    for (const Rule& rule : catalogue())
      if (settings_of(rule, settings).enabled && depends_on(rule, each.column) &&
          std::ranges::all_of(rule.needs, [&](const Need& need) { return has(before, need); }))
        each.rules.push_back(&rule);
  return lost;
}

std::string in_french(const LostColumn& lost) {
  std::string text =
      is_whole_file(lost)
          ? fmt::format("Le fichier {} n'est plus dans l'export", csv_name(lost.column.file))
          : fmt::format("La colonne {} n'est plus dans l'export de {}", column_name(lost), csv_name(lost.column.file));
  if (lost.rules.empty()) return text + ".";
  const std::string rules = wording::listed(ids_of(lost));
  return text + (lost.rules.size() > 1 ? fmt::format(" ; les règles {} ne sont plus vérifiables.", rules)
                                       : fmt::format(" ; la règle {} n'est plus vérifiable.", rules));
}

std::string in_english(const LostColumn& lost) {
  std::string text =
      is_whole_file(lost)
          ? fmt::format("the file {} is no longer in the drop", csv_name(lost.column.file))
          : fmt::format("the column {} is no longer in {}", column_name(lost), csv_name(lost.column.file));
  if (!lost.rules.empty()) text += fmt::format("; not verifiable any more: {}", fmt::join(ids_of(lost), ", "));
  return text;
}

}  // namespace vigie
