#include "intake/record.h"

#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace vigie::intake {
namespace {

// A value that is not empty: each kind's own.
Value sample(FieldKind kind, std::string_view text) {
  if (is_text(kind)) return {text, 0};
  if (kind == FieldKind::kDay) return {{}, -719'162};  // 0001-01-01
  if (kind == FieldKind::kLevel) return {{}, 999'999'999};
  return {{}, 1};
}

Record sample_record(FileId file, std::string_view text) {
  Record record;
  const auto fields = spec(file).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) record[i] = sample(fields[i].kind, text);
  return record;
}

void expect_same(FileId file, const Record& a, const Record& b) {
  for (std::size_t i = 0; i < spec(file).fields.size(); ++i) {
    EXPECT_EQ(a[i].text, b[i].text) << spec(file).name << '.' << spec(file).fields[i].name;
    EXPECT_EQ(a[i].number, b[i].number) << spec(file).name << '.' << spec(file).fields[i].name;
  }
}

class EveryFile : public testing::TestWithParam<std::size_t> {
 protected:
  const FileId file_ = file_at(GetParam());
};

TEST_P(EveryFile, ComesBackAsItWent) {
  Arena arena;
  const std::string long_text(20'000, 'x');
  for (const std::string& text :
       {std::string("A1"), std::string("É👩‍👩‍👧‍👦 « \n\t;\" »"), std::string(127, 'a'),
        std::string(128, 'b'), std::string(16'384, 'c'), long_text, std::string(1, '\0')}) {
    const Record record = sample_record(file_, text);
    expect_same(file_, decode(file_, encode(file_, record, arena).bytes()), record);
  }
}

TEST_P(EveryFile, ComesBackEmpty) {
  Arena arena;
  const Record record = empty_record(file_);
  expect_same(file_, decode(file_, encode(file_, record, arena).bytes()), record);
}

TEST_P(EveryFile, BeginsWithItsKey) {
  Arena arena;
  const Record record = sample_record(file_, "clé");
  const Encoded whole = encode(file_, record, arena);
  const Encoded key = encode_key(file_, record, arena);
  EXPECT_EQ(whole.key(), key.bytes());
  EXPECT_EQ(key.size, key.key_size);
  EXPECT_EQ(key_text(file_, decode_key(file_, key.bytes())), key_text(file_, record));
}

INSTANTIATE_TEST_SUITE_P(Contract, EveryFile, testing::Range(std::size_t{0}, kFileCount),
                         [](const auto& file) { return std::string(spec(file_at(file.param)).name); });

TEST(Record, AReferenceHasTheBytesOfTheKey) {
  Arena arena;
  Record group = empty_record(FileId::kGroups);
  group[field::groups::kConvention].text = "19_214";
  group[field::groups::kCode].text = std::string_view(
      "un code très long, pour deux octets de longueur : ..........................."
      "........................................................");
  std::string reference;
  append_encoded_text(reference, group[field::groups::kConvention].text);
  append_encoded_text(reference, group[field::groups::kCode].text);
  EXPECT_EQ(encode_key(FileId::kGroups, group, arena).bytes(), reference);
}

TEST(Record, KeysThatJoinToOneTextAreNotEqual) {
  Arena arena;
  Record first = empty_record(FileId::kGroups);
  first[0].text = "ab";
  first[1].text = "c";
  Record second = first;
  second[0].text = "a";
  second[1].text = "bc";
  EXPECT_NE(encode_key(FileId::kGroups, first, arena).bytes(), encode_key(FileId::kGroups, second, arena).bytes());
}

TEST(ToText, IsWhatPeopleRead) {
  EXPECT_EQ(to_text(FieldKind::kDay, {{}, Day::from_ymd(2026, 11, 20).count()}), "2026-11-20");
  EXPECT_EQ(to_text(FieldKind::kDay, empty_value(FieldKind::kDay)), "");
  EXPECT_EQ(to_text(FieldKind::kLevel, {{}, 2}), "2");
  EXPECT_EQ(to_text(FieldKind::kLevel, empty_value(FieldKind::kLevel)), "");
  EXPECT_EQ(to_text(FieldKind::kStatus, {{}, 2}), "Fermé");
  EXPECT_EQ(to_text(FieldKind::kStatus, empty_value(FieldKind::kStatus)), "");
  EXPECT_EQ(to_text(FieldKind::kRole, {"T1", 0}), "T1");
}

TEST(EmptyValue, IsWhatTheContractSays) {
  EXPECT_EQ(to_text(FieldKind::kMode, empty_value(FieldKind::kMode)), "centralise");
  EXPECT_EQ(to_text(FieldKind::kOrigin, empty_value(FieldKind::kOrigin)), "Partenaire");
  EXPECT_EQ(to_text(FieldKind::kProfileState, empty_value(FieldKind::kProfileState)), "Validé");
  EXPECT_EQ(to_text(FieldKind::kWorkplace, empty_value(FieldKind::kWorkplace)), "");
}

TEST(Enumeration, WordsAndCodesAreEachOthers) {
  for (const auto& [kind, word] : {std::pair{FieldKind::kMode, "delegue"},
                                   {FieldKind::kMode, "centralise"},
                                   {FieldKind::kWorkplace, "itinerant"},
                                   {FieldKind::kStatus, "Ouvert"},
                                   {FieldKind::kOrigin, "Caf"},
                                   {FieldKind::kOrigin, "Automatique"},
                                   {FieldKind::kAfasRole, "Approbateur"},
                                   {FieldKind::kProfileState, "En attente"}})
    EXPECT_EQ(enumeration_word(kind, enumeration_code(kind, word)), word);
}

TEST(KeyText, JoinsTheKeysFields) {
  Record grant = empty_record(FileId::kGrants);
  grant[field::grants::kConvention].text = "19_214";
  grant[field::grants::kGroup].text = "T1";
  grant[field::grants::kService].text = "Cdap";
  grant[field::grants::kRole].text = "T1";
  grant[field::grants::kOpensOn].number = Day::from_ymd(2020, 1, 1).count();
  EXPECT_EQ(key_text(FileId::kGrants, grant), "19_214:T1:Cdap:T1:2020-01-01");
}

TEST(Digest, TellsEveryByteAndTheLengthApart) {
  std::set<std::uint64_t> digests;
  for (std::size_t length = 0; length <= 64; ++length) {
    std::string bytes(length, '\0');
    digests.insert(digest(bytes, 1));
    for (std::size_t i = 0; i < length; ++i) {
      bytes[i] = 1;
      digests.insert(digest(bytes, 1));
      bytes[i] = 0;
    }
  }
  EXPECT_EQ(digests.size(), 65U + 64U * 65U / 2U);
}

TEST(Digest, DependsOnTheSeed) {
  EXPECT_NE(digest("A1", 1), digest("A1", 2));
  EXPECT_EQ(digest("A1", 1), digest("A1", 1));
}

}  // namespace
}  // namespace vigie::intake
