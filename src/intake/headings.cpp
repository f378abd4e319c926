#include "intake/headings.h"

#include <algorithm>

#include "domain/text.h"

namespace vigie::intake {
namespace {

struct Alias {
  std::string_view heading;  // squashed
  std::string_view field;
};

// The portal's screens and exports: mode opératoire Afas, guide administrateur.
constexpr Alias kPortalHeadings[] = {
    {"adressemail", "mail"},
    {"prenoms", "prenom"},
    {"cafpart", "caf_pivot"},
    {"partenaire", "organisme"},
    {"typedepartenaire", "type_partenaire"},
    {"datedouverture", "date_ouverture"},
    {"datedecloture", "date_cloture"},
    {"debutdhabilitation", "date_debut"},
    {"findhabilitation", "date_fin"},
    {"responsablehabilitations", "responsable"},
    {"responsabledhabilitations", "responsable"},
    {"gestionnairehabilitations", "responsable"},
    {"gestionnairedhabilitations", "responsable"},
    {"typedactivite", "type_activite"},
    {"naturedactivite", "nature_activite"},
    {"lieudimplantation", "lieu"},
};

std::string squash_heading(std::string_view heading) {
  std::string squashed = squash(trim(heading));
  std::erase(squashed, '\'');
  return squashed;
}

std::optional<std::size_t> field_named(FileId file, std::string_view squashed) {
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (squash_heading(fields[i].name) == squashed) return i;
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> field_of_heading(FileId file, std::string_view heading, const ColumnSettings& settings) {
  const std::string squashed = squash_heading(heading);
  for (const auto& [further, field] : settings.headings)
    if (squash_heading(further) == squashed) return field_named(file, squash_heading(field));
  if (const auto field = field_named(file, squashed)) return field;
  for (const Alias& alias : kPortalHeadings)
    if (alias.heading == squashed) return field_named(file, squash_heading(alias.field));
  return std::nullopt;
}

Columns match_columns(FileId file, const std::vector<std::string_view>& headings, const ColumnSettings& settings) {
  const auto fields = spec(file).fields;
  Columns columns{.of_field = std::vector<int>(fields.size(), Columns::kAbsent),
                  .defaults = std::vector<std::string>(fields.size()),
                  .count = headings.size()};
  for (std::size_t i = 0; i < headings.size(); ++i) {
    const auto field = field_of_heading(file, headings[i], settings);
    if (!field) {
      if (!trim(headings[i]).empty()) columns.unknown.emplace_back(trim(headings[i]));
    } else if (columns.of_field[*field] != Columns::kAbsent) {
      if (std::ranges::find(columns.doubled, fields[*field].name) == columns.doubled.end())
        columns.doubled.emplace_back(fields[*field].name);
    } else {
      columns.of_field[*field] = static_cast<int>(i);
    }
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto given = settings.defaults.find(std::string(fields[i].name));
    if (given != settings.defaults.end()) columns.defaults[i] = given->second;
    if (columns.of_field[i] != Columns::kAbsent || given != settings.defaults.end())
      columns.mask |= column_bit(i);
    else if (fields[i].required)
      columns.missing_required.emplace_back(fields[i].name);
  }
  return columns;
}

}  // namespace vigie::intake
