#include "store/write_backs.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "error.h"

namespace vigie::store {
namespace {

constexpr std::array<std::string_view, 3> kHows = {"undone", "unreachable", "unknown"};

FailedWriteBack::How how_of(std::string_view name) {
  const auto found = std::ranges::find(kHows, name);
  if (found == kHows.end())
    throw StoreError("the store holds a write-back that ended in an unknown way; restore a backup");
  return static_cast<FailedWriteBack::How>(found - kHows.begin());
}

}  // namespace

std::optional<FailedWriteBack> WriteBacks::unreported() const {
  auto rows = store_.prepare(
      "SELECT how, as_of, closings, action, set_aside, why FROM failed_write_back WHERE source = ? AND reported = 0 "
      "ORDER BY id DESC LIMIT 1");
  rows.with(source_);
  if (!rows.step()) return std::nullopt;
  return FailedWriteBack{.how = how_of(rows.view(0)),
                         .on = rows.day(1),
                         .closings = rows.integer(2),
                         .action = rows.integer(3),
                         .set_aside = rows.integer(4) != 0,
                         .why = rows.text(5)};
}

void WriteBacks::note(const FailedWriteBack& failed) const {
  store_
      .prepare(
          "INSERT INTO failed_write_back(source, as_of, how, closings, action, set_aside, why) VALUES (?, ?, ?, ?, ?, "
          "?, ?)")
      .with(source_, failed.on, kHows.at(static_cast<std::size_t>(failed.how)), failed.closings, failed.action,
            failed.set_aside, failed.why)
      .run();
}

void WriteBacks::mark_reported() const {
  store_.prepare("UPDATE failed_write_back SET reported = 1 WHERE source = ? AND reported = 0").with(source_).run();
}

}  // namespace vigie::store
