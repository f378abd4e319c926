#pragma once
// What is wrong with a drop in a folder.

#include "drops/refusal.h"

namespace vigie::csv {

using drops::Refusal;

class CsvError : public drops::Unreadable {
 public:
  using Unreadable::Unreadable;
};

}  // namespace vigie::csv
