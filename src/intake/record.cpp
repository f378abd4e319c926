#include "intake/record.h"

#include <cstring>
#include <span>

namespace vigie::intake {
namespace {

constexpr std::string_view kModes[] = {"centralise", "delegue"};
constexpr std::string_view kWorkplaces[] = {"", "sedentaire", "itinerant"};
constexpr std::string_view kStatuses[] = {"", "Ouvert", "Fermé"};
constexpr std::string_view kOrigins[] = {"Caf", "Partenaire", "Automatique"};
constexpr std::string_view kAfasRoles[] = {"FDA", "FDF", "Approbateur"};
constexpr std::string_view kProfileStates[] = {"Validé", "En attente"};

constexpr std::int32_t kPartnerOrigin = 1;

std::span<const std::string_view> words(FieldKind kind) {
  switch (kind) {
    case FieldKind::kMode:
      return kModes;
    case FieldKind::kWorkplace:
      return kWorkplaces;
    case FieldKind::kStatus:
      return kStatuses;
    case FieldKind::kOrigin:
      return kOrigins;
    case FieldKind::kAfasRole:
      return kAfasRoles;
    case FieldKind::kProfileState:
      return kProfileStates;
    default:
      return {};
  }
}

constexpr bool is_wide_number(FieldKind kind) { return kind == FieldKind::kDay || kind == FieldKind::kLevel; }

std::size_t length_size(std::size_t length) {
  std::size_t size = 1;
  for (; length >= 0x80; length >>= 7) ++size;
  return size;
}

std::size_t encoded_size(FieldKind kind, const Value& value) {
  if (is_text(kind)) return length_size(value.text.size()) + value.text.size();
  return is_wide_number(kind) ? sizeof(std::int32_t) : 1;
}

char* put_length(char* out, std::size_t length) {
  for (; length >= 0x80; length >>= 7) *out++ = static_cast<char>(length | 0x80);
  *out++ = static_cast<char>(length);
  return out;
}

char* put(char* out, FieldKind kind, const Value& value) {
  if (is_text(kind)) {
    out = put_length(out, value.text.size());
    if (!value.text.empty()) std::memcpy(out, value.text.data(), value.text.size());
    return out + value.text.size();
  }
  if (is_wide_number(kind)) {
    std::memcpy(out, &value.number, sizeof value.number);
    return out + sizeof value.number;
  }
  *out = static_cast<char>(value.number);
  return out + 1;
}

const char* take(const char* in, FieldKind kind, Value& value) {
  if (is_text(kind)) {
    std::size_t length = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(*in++);
      length |= static_cast<std::size_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) break;
    }
    value.text = {in, length};
    return in + length;
  }
  if (is_wide_number(kind)) {
    std::memcpy(&value.number, in, sizeof value.number);
    return in + sizeof value.number;
  }
  value.number = static_cast<unsigned char>(*in);
  return in + 1;
}

template <bool kKeys>
char* put_fields(char* out, FileId file, const Record& record) {
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].key == kKeys) out = put(out, fields[i].kind, record[i]);
  return out;
}

template <bool kKeys>
const char* take_fields(const char* in, FileId file, Record& record) {
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].key == kKeys) in = take(in, fields[i].kind, record[i]);
  return in;
}

struct Sizes {
  std::size_t key = 0;
  std::size_t rest = 0;
};

Sizes encoded_sizes(FileId file, const Record& record) {
  Sizes sizes;
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    (fields[i].key ? sizes.key : sizes.rest) += encoded_size(fields[i].kind, record[i]);
  return sizes;
}

std::uint64_t load(const char* data, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, data, size);
  return word;
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

Value empty_value(FieldKind kind) {
  if (kind == FieldKind::kDay) return {{}, Day::never().count()};
  if (kind == FieldKind::kOrigin) return {{}, kPartnerOrigin};
  return {};
}

Record empty_record(FileId file) {
  Record record;
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) record[i] = empty_value(fields[i].kind);
  return record;
}

std::string to_text(FieldKind kind, const Value& value) {
  if (is_text(kind)) return std::string(value.text);
  if (kind == FieldKind::kDay) return to_iso(Day(value.number));
  if (kind == FieldKind::kLevel) return value.number == 0 ? std::string() : std::to_string(value.number);
  return std::string(enumeration_word(kind, value.number));
}

std::string key_text(FileId file, const Record& record) {
  std::string text;
  bool first = true;
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].key) continue;
    if (!first) text += ':';
    first = false;
    text += to_text(fields[i].kind, record[i]);
  }
  return text;
}

std::string_view enumeration_word(FieldKind kind, std::int32_t code) {
  return words(kind)[static_cast<std::size_t>(code)];
}

std::int32_t enumeration_code(FieldKind kind, std::string_view word) {
  const auto known = words(kind);
  for (std::size_t i = 0; i < known.size(); ++i)
    if (known[i] == word) return static_cast<std::int32_t>(i);
  return empty_value(kind).number;
}

Encoded encode(FileId file, const Record& record, Arena& arena) {
  const Sizes sizes = encoded_sizes(file, record);
  char* data = arena.allocate(sizes.key + sizes.rest);
  put_fields<false>(put_fields<true>(data, file, record), file, record);
  return {data, static_cast<std::uint32_t>(sizes.key + sizes.rest), static_cast<std::uint32_t>(sizes.key)};
}

Encoded encode_key(FileId file, const Record& record, Arena& arena) {
  const auto size = static_cast<std::uint32_t>(encoded_sizes(file, record).key);
  char* data = arena.allocate(size);
  put_fields<true>(data, file, record);
  return {data, size, size};
}

Record decode(FileId file, std::string_view bytes) {
  Record record;
  take_fields<false>(take_fields<true>(bytes.data(), file, record), file, record);
  return record;
}

Record decode_key(FileId file, std::string_view bytes) {
  Record record = empty_record(file);
  take_fields<true>(bytes.data(), file, record);
  return record;
}

void append_encoded_text(std::string& bytes, std::string_view text) {
  char length[10];
  bytes.append(length, put_length(length, text.size()));
  bytes.append(text);
}

// After wyhash: 16 bytes a step, multiplied and folded.
std::uint64_t digest(std::string_view bytes, std::uint64_t seed) {
  constexpr std::uint64_t kFirst = 0xa0761d6478bd642fULL;
  constexpr std::uint64_t kSecond = 0xe7037ed1a0b428dbULL;
  std::uint64_t state = seed ^ kFirst;
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left > 16; at += 16, left -= 16) state = mix(load(at, 8) ^ kSecond, load(at + 8, 8) ^ state);
  const std::uint64_t low = load(at, left < 8 ? left : 8);
  const std::uint64_t high = left > 8 ? load(at + 8, left - 8) : 0;
  return mix(kSecond ^ bytes.size(), mix(low ^ kSecond, high ^ state));
}

}  // namespace vigie::intake
