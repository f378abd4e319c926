#include "intake/table_builder.h"

#include <algorithm>
#include <utility>

#include "domain/day.h"
#include "domain/service.h"
#include "domain/text.h"

namespace vigie::intake {
namespace {

struct Spelling {
  FieldKind kind;
  std::string_view squashed;
  std::string_view canonical;
};

constexpr Spelling kSpellings[] = {
    {FieldKind::kMode, "delegue", "delegue"},
    {FieldKind::kMode, "centralise", "centralise"},
    {FieldKind::kWorkplace, "sedentaire", "sedentaire"},
    {FieldKind::kWorkplace, "itinerant", "itinerant"},
    {FieldKind::kStatus, "ouvert", "Ouvert"},
    {FieldKind::kStatus, "ouverte", "Ouvert"},
    {FieldKind::kStatus, "ferme", "Fermé"},
    {FieldKind::kStatus, "fermee", "Fermé"},
    {FieldKind::kStatus, "clos", "Fermé"},
    {FieldKind::kStatus, "close", "Fermé"},
    {FieldKind::kStatus, "cloture", "Fermé"},
    {FieldKind::kStatus, "cloturee", "Fermé"},
    {FieldKind::kOrigin, "caf", "Caf"},
    {FieldKind::kOrigin, "partenaire", "Partenaire"},
    {FieldKind::kOrigin, "automatique", "Automatique"},
    {FieldKind::kAfasRole, "fda", "FDA"},
    {FieldKind::kAfasRole, "fournisseurdedonneesd'activite", "FDA"},
    {FieldKind::kAfasRole, "fdf", "FDF"},
    {FieldKind::kAfasRole, "fournisseurdedonneesfinancieres", "FDF"},
    {FieldKind::kAfasRole, "approbateur", "Approbateur"},
    {FieldKind::kProfileState, "valide", "Validé"},
    {FieldKind::kProfileState, "enattente", "En attente"},
};

constexpr std::size_t kMaxLevelDigits = 9;
// In bytes. What records are known by stands in indexes of the store, which on PostgreSQL hold some 2,700 bytes.
constexpr std::size_t kLongestKeyValue = 500;

// The first field that the condition holds for; 0 where there is none.
template <typename Condition>
std::size_t first_field(FileId file, Condition condition) {
  const auto fields = spec(file).fields;
  const auto found = std::ranges::find_if(fields, condition);
  return found == fields.end() ? 0 : static_cast<std::size_t>(found - fields.begin());
}

}  // namespace

TableBuilder::TableBuilder(FileId file, Columns columns, std::uint64_t seed)
    : columns_(std::move(columns)),
      memos_(spec(file).fields.size()),
      first_key_(first_field(file, [](const FieldSpec& field) { return field.key; })),
      service_field_(first_field(file, [](const FieldSpec& field) { return field.kind == FieldKind::kService; })) {
  table_.file = file;
  table_.present = true;
  table_.columns = columns_.mask;
  table_.seed = seed;
}

void TableBuilder::expect_rows(std::size_t rows) {
  table_.rows.reserve(rows);
  table_.states.reserve(rows);
  table_.keys.reserve(rows);
}

std::string_view TableBuilder::text_of(std::size_t field, std::span<const std::string_view> fields) const {
  const int column = columns_.of_field[field];
  return trim(column == Columns::kAbsent ? std::string_view(columns_.defaults[field])
                                         : fields[static_cast<std::size_t>(column)]);
}

void TableBuilder::add_row(std::uint32_t line, std::span<const std::string_view> fields, std::string_view raw) {
  ++table_.row_count;
  if (fields.size() != columns_.count) return reject(line, {RejectReason::kFieldCount}, {}, raw);
  const Reading reading = read(fields);
  const bool good = !reading.fault;
  if (reading.has_key) {
    const Encoded encoded =
        good ? encode(table_.file, record_, *table_.arena) : encode_key(table_.file, record_, *table_.arena);
    const bool first = add_key(encoded, line, raw, good ? RowState::kAccepted : RowState::kRejected);
    if (good && !first) {
      const Fault duplicate{RejectReason::kDuplicateKey, static_cast<int>(first_key_)};
      return reject(line, duplicate, text_of(first_key_, fields), raw);
    }
  }
  if (!good) reject(line, *reading.fault, text_of(static_cast<std::size_t>(reading.fault->field), fields), raw);
}

// Fills the record. Of several faults the first reason counts, and of one reason the first field.
TableBuilder::Reading TableBuilder::read(std::span<const std::string_view> fields) {
  Reading reading;
  const auto specs = spec(table_.file).fields;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    record_[i] = empty_value(specs[i].kind);
    const auto reason = read_field(i, text_of(i, fields));
    if (!reason) continue;
    if (specs[i].key) reading.has_key = false;
    if (!reading.fault || *reason < reading.fault->reason) reading.fault = Fault{*reason, static_cast<int>(i)};
  }
  return reading;
}

std::optional<RejectReason> TableBuilder::read_field(std::size_t field, std::string_view text) {
  const FieldSpec& specification = spec(table_.file).fields[field];
  if (text.empty()) {
    if (specification.may_be_empty) return std::nullopt;
    return RejectReason::kMissingValue;
  }
  if (!parse(field, text, record_[field]))
    return specification.kind == FieldKind::kDay ? RejectReason::kBadDate : RejectReason::kBadValue;
  if (specification.key && record_[field].text.size() > kLongestKeyValue) return RejectReason::kBadValue;
  return std::nullopt;
}

bool TableBuilder::add_key(const Encoded& encoded, std::uint32_t line, std::string_view raw, RowState state) {
  table_.rows.push_back({.data = encoded.data,
                         .raw = raw.data(),
                         .key_digest = digest(encoded.key(), table_.seed),
                         .size = encoded.size,
                         .key_size = encoded.key_size,
                         .raw_size = static_cast<std::uint32_t>(raw.size()),
                         .line = line});
  if (table_.keys.insert(table_.rows, static_cast<Index>(table_.rows.size() - 1)) != kNone) {
    table_.rows.pop_back();
    return false;
  }
  table_.states.push_back(state);
  return true;
}

void TableBuilder::reject(std::uint32_t line, Fault fault, std::string_view value, std::string_view raw) {
  table_.rejects.push_back({.file = table_.file,
                            .line = line,
                            .reason = fault.reason,
                            .field = fault.field,
                            .value = std::string(value),
                            .record = std::string(raw)});
}

bool TableBuilder::parse(std::size_t field, std::string_view text, Value& value) {
  const FieldKind kind = spec(table_.file).fields[field].kind;
  if (kind == FieldKind::kText) {
    value.text = text;
    return true;
  }
  if (kind == FieldKind::kDay) {
    const auto day = Day::parse(text);
    if (day) value.number = day->count();
    return day.has_value();
  }
  return kind == FieldKind::kLevel ? parse_level(text, value) : parse_named(field, text, value);
}

bool TableBuilder::parse_level(std::string_view text, Value& value) const {
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  if (text.size() > kMaxLevelDigits) return false;
  std::int32_t level = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    level = level * 10 + (c - '0');
  }
  value.number = level;
  return level >= 1;
}

bool TableBuilder::parse_named(std::size_t field, std::string_view text, Value& value) {
  const FieldKind kind = spec(table_.file).fields[field].kind;
  const std::string_view scope = kind == FieldKind::kRole ? record_[service_field_].text : std::string_view();
  Memo& memo = memos_[field];
  if (!memo.filled || memo.text != text || memo.scope != scope) remember(memo, kind, text, scope);
  if (is_text(kind))
    value.text = memo.known ? std::string_view(memo.canonical) : text;
  else
    value.number = memo.code;
  return memo.known || is_text(kind);
}

void TableBuilder::remember(Memo& memo, FieldKind kind, std::string_view text, std::string_view scope) const {
  memo = {.text = std::string(text), .scope = std::string(scope), .filled = true};
  if (kind == FieldKind::kService) {
    const auto service = find_service(text);
    memo.known = service.has_value();
    if (service) memo.canonical = name(*service);
  } else if (kind == FieldKind::kRole) {
    const auto service = find_service(scope);
    const auto role = service ? find_role(*service, text) : std::nullopt;
    memo.known = role.has_value();
    if (role) memo.canonical = name(*role);
  } else {
    const std::string squashed = squash(text);
    for (const Spelling& spelling : kSpellings) {
      if (spelling.kind != kind || spelling.squashed != squashed) continue;
      memo.known = true;
      memo.code = enumeration_code(kind, spelling.canonical);
    }
  }
}

Table TableBuilder::take() { return std::move(table_); }

}  // namespace vigie::intake
