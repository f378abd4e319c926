#pragma once
// How far the night of a day has come, source by source: what processes that share it have to know of each other.

#include <map>

#include "store/store.h"

namespace vigie::store {

struct NightState {
  bool imported = false;  // a drop was taken, or refused
  bool reconciled = false;
  bool judged = false;
  bool finished = false;  // mails and reports are made
};

// Of every source. Where nothing was ever taken, there is nothing to reconcile or to judge: both are done.
std::map<SourceNumber, NightState> nights(const Store& store, Day day);

// Within a transaction of the caller's.
void finish_night(const Store& store, SourceNumber source, Day day);

}  // namespace vigie::store
