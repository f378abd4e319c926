#include "check.h"

#include <iostream>
#include <unistd.h>

#include <fmt/format.h>

#include "csv/csv_drop.h"
#include "embedded.h"
#include "error.h"
#include "errors.h"
#include "headings.h"
#include "mail/one_line.h"
#include "store/store.h"

namespace vigie {
namespace {

namespace fs = std::filesystem;

void good(const std::string& what) { std::cout << "ok     " << one_line(what) << '\n'; }
void wrong(const std::string& what) { std::cout << "wrong  " << one_line(what) << '\n'; }

bool check_store(const Settings& settings) {
  const std::string name = settings.store.name();
  try {
    store::require_writable(settings.store);
    const store::Store opened(settings.store, store::Opening::kExisting);
    good("store " + name);
    return true;
  } catch (const NoStoreError&) {
    good(fmt::format("store {} (made by the first run)", name));
    return true;
  } catch (const StoreError& error) {
    wrong(error.what());
    return false;
  }
}

bool check_source(const SourceSettings& source, unsigned threads) {
  const auto drop = csv::read_drop(source.path, source.name, source.columns, 0, threads);
  for (const csv::Refusal& refusal : drop.refusals)
    wrong(
        fmt::format("source {}: {}{}{}", source.name, refusal.file, refusal.file.empty() ? "" : ": ", refusal.message));
  for (const csv::UnknownColumns& unknown : drop.unknown_columns)
    good(
        fmt::format("source {}: {}.csv: columns ignored: {}; map one that means something with source.{}.heading.FIELD",
                    source.name, spec(unknown.file).name, said_headings(unknown.headings), source.name));
  for (const csv::Misnamed& misnamed : drop.misnamed)
    wrong(fmt::format("source {}: {} is not read; rename it {}.csv", source.name, misnamed.name,
                      spec(misnamed.file).name));
  if (!drop.refusals.empty() || !drop.misnamed.empty()) return false;
  std::size_t rows = 0;
  for (const auto& table : drop.tables) rows += table.row_count;
  good(fmt::format("source {}: {} rows in {}", source.name, rows, source.path.string()));
  return true;
}

bool check_word_lists() {
  try {
    static_cast<void>(load_lexicon());
    good("word lists");
    return true;
  } catch (const std::invalid_argument& error) {
    wrong(std::string("word lists: ") + error.what());
    return false;
  }
}

// A folder that is not there is made by the run: its nearest parent must be writable.
bool check_folder(const fs::path& folder, const std::string& key) {
  fs::path there = folder;
  while (!there.empty() && !fs::exists(there)) there = there.parent_path();
  if (!fs::is_directory(there)) {
    wrong(fmt::format("{}: {} is no folder; name another, or take it away", key, there.string()));
    return false;
  }
  if (::access(there.c_str(), W_OK) == 0) {
    good(fmt::format("{} {}", key, folder.string()));
    return true;
  }
  wrong(fmt::format("{}: {} cannot be written; check its owner", key, there.string()));
  return false;
}

}  // namespace

int check_all(const Settings& settings) {
  good("configuration " + settings.file.string());
  if (!settings.schedule.empty())
    good(fmt::format("schedule.run {}: this version starts no night by it; systemd/vigie-nightly.timer does",
                     settings.schedule));
  const bool store = check_store(settings);
  bool rest = check_word_lists();
  rest = check_folder(settings.mail.directory, "mail.directory") && rest;
  rest = check_folder(settings.report_directory, "report.directory") && rest;
  for (const SourceSettings& source : settings.sources) rest = check_source(source, 1) && rest;
  if (settings.compliance_mails.empty()) {
    wrong("compliance.mail is not set: nobody would hear of refusals and holds");
    rest = false;
  }
  if (!store) return exit_code::kUnreachable;
  return rest ? exit_code::kDone : exit_code::kUsage;
}

}  // namespace vigie
