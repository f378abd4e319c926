// The contract of a store: how far a day's night is, for processes that share it.

#include <tuple>

#include <gtest/gtest.h>

#include "store/actions.h"
#include "store/findings.h"
#include "store/nights.h"
#include "stores.h"

namespace vigie::store {
namespace {

class StoredNights : public StoreContract {
 protected:
  // Imported, reconciled, judged, finished.
  [[nodiscard]] auto state(Day day) const {
    const NightState state = nights(store_, day).at(source_.number());
    return std::tuple(state.imported, state.reconciled, state.judged, state.finished);
  }

  const Store store_ = open();
  const SourceNights source_{store_, "caf931"};
};

TEST_P(StoredNights, AreWhatEachStepOfTheDayLeft) {
  EXPECT_EQ(state(kDay), std::tuple(false, false, false, false));
  source_.import(test::small_drop(), kDay);
  EXPECT_EQ(state(kDay), std::tuple(true, false, false, false));
  Actions(store_, source_.number()).note_reconciled(kDay);
  EXPECT_EQ(state(kDay), std::tuple(true, true, false, false));
  FindingsUpdate nothing;
  Findings(store_, source_.number()).apply(nothing, kDay);
  EXPECT_EQ(state(kDay), std::tuple(true, true, true, false));
  finish_night(store_, source_.number(), kDay);
  EXPECT_EQ(state(kDay), std::tuple(true, true, true, true));
  EXPECT_EQ(state(kDay + 1), std::tuple(false, false, false, false));
}

TEST_P(StoredNights, OfARefusedDropGoOnWithTheLastGoodOne) {
  source_.import(test::small_drop(), kDay - 1);
  source_.refuse(test::small_drop(), kDay);
  EXPECT_EQ(state(kDay), std::tuple(true, false, false, false));
}

TEST_P(StoredNights, HaveNothingToJudgeWhereNothingWasEverTaken) {
  source_.refuse(test::small_drop(), kDay);
  EXPECT_EQ(state(kDay), std::tuple(true, true, true, false));
}

VIGIE_FOR_EVERY_STORE(StoredNights);

}  // namespace
}  // namespace vigie::store
