#include "metrics.h"

#include <map>

#include <fmt/format.h>

#include "calendar.h"
#include "findings/engine.h"
#include "good_runs.h"
#include "output_file.h"
#include "store/actions.h"
#include "store/imports.h"
#include "store/runs.h"

namespace vigie {
namespace {

constexpr std::int64_t kOldestGoodNight = 26 * 3600;

// Names of sources hold letters, digits, - and _ only: nothing in a label needs escaping.
class Exposition {
 public:
  void family(std::string_view name, std::string_view help) {
    name_ = name;
    text_ += fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name, help, name);
  }
  void sample(const std::string& labels, std::int64_t value) {
    text_ += labels.empty() ? fmt::format("{} {}\n", name_, value) : fmt::format("{}{{{}}} {}\n", name_, labels, value);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string name_;
  std::string text_;
};

std::string label(std::string_view name, std::string_view value) { return fmt::format("{}=\"{}\"", name, value); }

void write_runs(Exposition& out, const store::Store& store) {
  const auto runs = store::newest_of_each_command(store);
  out.family("vigie_last_run_timestamp_seconds", "When the job's last run that ended began.");
  for (const store::Run& run : runs) out.sample(label("job", run.command), run.started_at);
  out.family("vigie_last_run_duration_seconds", "How long it took.");
  for (const store::Run& run : runs) out.sample(label("job", run.command), run.finished_at - run.started_at);
  out.family("vigie_last_run_exit_code", "How it ended: 0 done, 3 refused or held, 4 mails wait.");
  for (const store::Run& run : runs) out.sample(label("job", run.command), run.exit_code);
  out.family("vigie_last_good_night_timestamp_seconds", "When the last night that went through began; 0: none did.");
  out.sample("", last_good_run(store, "run").value_or(0));
}

// Of the last detect, what is waived left out, and what rules found that are switched off.
void write_findings(Exposition& out, const store::Store& store, const Settings& settings) {
  out.family("vigie_findings_open", "Open findings of the last detect, waived ones left out.");
  auto rows = store.prepare(
      "SELECT rule, severity, open FROM tally WHERE source = (SELECT id FROM source WHERE name = ?1) AND as_of ="
      " (SELECT max(as_of) FROM tally WHERE source = (SELECT id FROM source WHERE name = ?1))");
  for (const SourceSettings& source : settings.sources) {
    std::map<Severity, std::int64_t> open;
    rows.with(source.name);
    while (rows.step())
      if (is_enabled(rows.view(0), source.rules)) open[static_cast<Severity>(rows.small(1))] += rows.integer(2);
    for (const auto& [severity, count] : open)
      out.sample(label("source", source.name) + "," + label("severity", name(severity)), count);
  }
}

void write_imports(Exposition& out, const store::Store& store, const Settings& settings) {
  std::vector<std::pair<std::string, store::Import>> imports;
  auto rows = store.prepare("SELECT id FROM source WHERE name = ?");
  for (const SourceSettings& source : settings.sources)
    if (rows.with(source.name).step())
      if (auto last = store::Imports(store, rows.integer(0)).last())
        imports.emplace_back(source.name, std::move(*last));
  out.family("vigie_last_import_good", "1: the source's last drop was taken; 0: it was refused.");
  for (const auto& [source, import] : imports) out.sample(label("source", source), import.good ? 1 : 0);
  out.family("vigie_last_import_stale", "1: the source's last drop was too old.");
  for (const auto& [source, import] : imports) out.sample(label("source", source), import.stale ? 1 : 0);
  out.family("vigie_last_import_rejected_rows", "Rows of the source's last drop that were not taken.");
  for (const auto& [source, import] : imports) {
    std::int64_t rejected = 0;
    for (const store::FileCounts& file : import.files) rejected += file.rejected;
    out.sample(label("source", source), rejected);
  }
}

void write_waiting(Exposition& out, const store::Store& store) {
  std::int64_t closings = 0;
  std::int64_t mails = 0;
  for (const store::Plan& plan : store::Plans(store).held())
    if (!plan.approved) ++(plan.kind == store::PlanKind::kClosings ? closings : mails);
  out.family("vigie_plans_held", "Plans that wait for an approval.");
  out.sample(label("kind", "closings"), closings);
  out.sample(label("kind", "mails"), mails);
  auto queued = store.prepare("SELECT count(*) FROM mail WHERE state = 'queued'");
  queued.step();
  out.family("vigie_mails_queued", "Mails that could not be handed over yet.");
  out.sample("", queued.integer(0));
}

}  // namespace

std::string metrics(const store::Store& store, const Settings& settings, std::int64_t now) {
  Exposition out;
  out.family("vigie_info", "The version that wrote this.");
  out.sample(label("version", VIGIE_VERSION), 1);
  out.family("vigie_metrics_timestamp_seconds", "When this was written.");
  out.sample("", now);
  write_runs(out, store);
  write_imports(out, store, settings);
  write_findings(out, store, settings);
  write_waiting(out, store);
  return out.text();
}

void write_metrics(const store::Store& store, const Settings& settings, std::int64_t now) {
  if (settings.metrics_file.empty()) return;
  try {
    write_public_file(settings.metrics_file, metrics(store, settings, now));
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string("metrics.file: ") + error.what());
  }
}

Health health(const store::Store& store, std::int64_t now) {
  const auto last = last_good_run(store, "run");
  if (!last) return {.good = false, .text = "no night has gone through yet"};
  const bool good = now - *last <= kOldestGoodNight;
  return {.good = good,
          .text = fmt::format("the last night that went through began at {}{}", paris_time(*last),
                              good ? "" : ", more than 26 hours ago")};
}

}  // namespace vigie
