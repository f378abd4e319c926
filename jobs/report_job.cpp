#include "report_job.h"

#include <utility>

#include <fmt/format.h>

#include "domain/parallel.h"
#include "output_file.h"

namespace vigie {

namespace fs = std::filesystem;

namespace {

// `about`: "caf931-", or empty for the one over all sources.
fs::path workbook_path(const Settings& settings, const std::string& about, Day day) {
  return settings.report_directory / fmt::format("conformite-{}{}.xlsx", about, to_iso(day));
}

}  // namespace

fs::path workbook_of(const Settings& settings, const std::string& source, Day day) {
  return workbook_path(settings, source + "-", day);
}

Workbooks::Workbooks(Context& context, std::vector<SourceNight>& nights) : context_(context) {
  make_private_folder(context.settings.report_directory);
  sources_.reserve(nights.size());
  for (SourceNight& night : nights) sources_.push_back(read_source(context, night));
  std::vector<const SourceRecord*> all;
  for (const SourceRecord& source : sources_) {
    plan(source.night->settings().name + "-", {&source}, false);
    all.push_back(&source);
  }
  if (all.size() > 1 && all.size() == context.settings.sources.size()) plan("", std::move(all), true);
}

void Workbooks::plan(const std::string& about, std::vector<const SourceRecord*> sources, bool several_sources) {
  plans_.push_back({.file = workbook_path(context_.settings, about, context_.day),
                    .sources = std::move(sources),
                    .several_sources = several_sources});
}

std::launch Workbooks::launch() const { return context_.threads > 1 ? std::launch::async : std::launch::deferred; }

std::future<void> Workbooks::begin() {
  return std::async(launch(), [this] { first_ = lists_of(plans_.front()); });
}

std::future<Workbooks::Files> Workbooks::finish() {
  StateOfNight state{.held = store::Plans(context_.store).held(),
                     .mail_troubles = store::mail_troubles(context_.store, context_.day - kDaysOfMailTroubles)};
  return std::async(launch(), [this, state = std::move(state)] { return write_all(state); });
}

std::unique_ptr<Workbooks::Making> Workbooks::lists_of(const Plan& plan) const {
  auto making = std::make_unique<Making>(context_, plan);
  for (const SourceRecord* source : plan.sources) making->builder.add(*source);
  making->builder.finish_lists();
  making->writer.write_lists();
  return making;
}

Workbooks::Files Workbooks::write_all(const StateOfNight& state) {
  for_each_in_parallel(plans_.size(), context_.threads, [&](std::size_t i) {
    const auto making = i == 0 && first_ ? std::move(first_) : lists_of(plans_[i]);
    making->builder.finish_overview(state);
    making->writer.finish();
  });
  Files files;
  for (const Plan& plan : plans_) files.push_back(plan.file);
  return files;
}

}  // namespace vigie
