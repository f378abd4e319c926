#include "summary/raw_record.h"

#include <gtest/gtest.h>

namespace vigie::summary {
namespace {

TEST(ShownRecord, HidesTelephoneNumbersHoweverTheyAreWritten) {
  for (const char* number :
       {"0612345678", "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "+33612345678", "+33 6 12 34 56 78",
        "0033612345678", "+33 (0)6 12 34 56 78", "+33(0)612345678", "06\u00a012\u00a034\u00a056\u00a078"})
    EXPECT_EQ(shown_record(std::string("DUPONT;") + number + ";Marie"), "DUPONT;…;Marie") << number;
}

TEST(ShownRecord, HidesMailAddresses) {
  EXPECT_EQ(shown_record("m.dupont@ville.fr;DUPONT;\"marie@ville.fr\";é@"), "…;DUPONT;\"…\";…");
}

TEST(ShownRecord, LeavesDatesIdentifiantsAndNumbersOfOtherLengths) {
  for (const char* record : {"VIL09301AA;19_214;01/02/2026;2026-02-01", "061234567", "06123456789", "10612345678",
                             "0012345678", "é « è »", ""})
    EXPECT_EQ(shown_record(record), record);
}

}  // namespace
}  // namespace vigie::summary
