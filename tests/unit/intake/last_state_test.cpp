#include "intake/last_state.h"

#include <vector>

#include <gtest/gtest.h>

namespace vigie::intake {
namespace {

using Numbers = std::vector<RecordNumber>;

// The records that a visit meets, until one of them is the wanted one (0: none is).
Numbers visited(KnownRecords& known, std::uint64_t key_digest, RecordNumber wanted = 0) {
  Numbers numbers;
  known.find(key_digest, [&](RecordNumber number, const KnownRecord&) {
    numbers.push_back(number);
    return number == wanted;
  });
  return numbers;
}

TEST(KnownRecords, FindsNothingInNothing) {
  KnownRecords known;
  EXPECT_EQ(visited(known, 1), (Numbers{}));
}

TEST(KnownRecords, LooksFirstAfterTheOneFoundLast) {
  KnownRecords known({{5, 1}, {5, 1}, {5, 1}});
  EXPECT_EQ(visited(known, 5, 2).back(), 2U);
  EXPECT_EQ(visited(known, 5, 3), (Numbers{3}));
}

TEST(KnownRecords, FindsRecordsInAnyOrder) {
  std::vector<KnownRecord> records;
  for (std::uint64_t i = 0; i < 500; ++i) records.push_back({i * 64, 1});  // crowded slots
  KnownRecords known(records);
  for (RecordNumber number = 500; number > 0; --number)
    EXPECT_EQ(visited(known, (number - 1) * 64ULL, number), (Numbers{number}));
  EXPECT_EQ(visited(known, 501 * 64), (Numbers{}));
}

TEST(KnownRecords, VisitsAllWithTheDigestUntilOneIsTheWanted) {
  KnownRecords known({{1, 1}, {5, 1}, {9, 1}, {5, 1}});
  EXPECT_EQ(visited(known, 5), (Numbers{2, 4}));
  EXPECT_EQ(visited(known, 5, 2), (Numbers{2}));
}

TEST(KnownRecords, NumbersGoOnAndAWithdrawnRecordStays) {
  KnownRecords known({{1, 1}});
  EXPECT_EQ(known.add({2, 1}), 2U);
  known.set_digest(1, 0);
  EXPECT_TRUE(known.all()[0].withdrawn());
  EXPECT_FALSE(known.all()[1].withdrawn());
  EXPECT_EQ(visited(known, 1, 1), (Numbers{1}));
}

}  // namespace
}  // namespace vigie::intake
