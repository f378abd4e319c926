#include "report_job.h"

#include <algorithm>
#include <exception>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "domain/parallel.h"
#include "html/page.h"
#include "output_file.h"
#include "report_files.h"

namespace vigie {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kWorkbook = ".xlsx";
constexpr std::string_view kPage = ".html";

fs::path partners_folder(const Settings& settings, const std::string& source) {
  return settings.report_directory / "partenaires" / source;
}

}  // namespace

fs::path workbook_of(const Settings& settings, const std::string& source, Day day) {
  return settings.report_directory / report_name(source, day, kWorkbook);
}

fs::path partner_workbook_of(const Settings& settings, const std::string& source, const std::string& convention,
                             Day day) {
  return partners_folder(settings, source) / report_name(name_part(convention), day, kWorkbook);
}

Workbooks::Workbooks(Context& context, std::vector<SourceNight>& nights) : context_(context) {
  make_private_folder(context.settings.report_directory);
  sources_.reserve(nights.size());
  for (SourceNight& night : nights) sources_.push_back(read_source(context, night));
  std::vector<const SourceRecord*> all;
  for (const SourceRecord& source : sources_) {
    plan(source.night->settings().name, {&source}, false);
    all.push_back(&source);
    if (!context.settings.report_partners || source.snapshot == nullptr) continue;
    Folder& folder = partners_[&source];
    folder.path = partners_folder(context.settings, source.night->settings().name);
    make_private_folder(folder.path);
  }
  if (all.size() > 1 && all.size() == context.settings.sources.size()) plan("", std::move(all), true);
}

void Workbooks::plan(const std::string& about, std::vector<const SourceRecord*> sources, bool several_sources) {
  plans_.push_back({.about = about,
                    .file = context_.settings.report_directory / report_name(about, context_.day, extension()),
                    .sources = std::move(sources),
                    .several_sources = several_sources});
}

void Workbooks::tidy() const {
  std::vector<std::string> abouts;
  for (const Plan& plan : plans_) abouts.push_back(plan.about);
  try {
    for (const std::string& about : abouts)
      link_latest(context_.settings.report_directory, about, context_.day, extension());
  } catch (const std::exception& error) {
    context_.log.warning("report-link", fmt::format("no link to the newest workbook: {}", error.what()));
  }
  for (const auto& [source, folder] : partners_)
    context_.log.info("reported",
                      fmt::format("workbooks of partners: {}, in {}", folder.written, folder.path.string()));
  remove_old(context_.settings.report_directory,
             [&](const std::string& about) { return std::ranges::find(abouts, about) != abouts.end(); });
  for (const auto& [source, folder] : partners_) remove_old(folder.path, [](const std::string&) { return true; });
}

void Workbooks::remove_old(const fs::path& folder, const std::function<bool(const std::string&)>& concerned) const {
  try {
    for (const std::string_view extension : {kWorkbook, kPage}) {
      remove_unfinished_before(context_.day, folder, concerned, extension);
      if (context_.settings.report_keep_days == 0) continue;
      for (const fs::path& file :
           remove_reports_before(context_.day - context_.settings.report_keep_days, folder, concerned, extension))
        context_.log.info("report-removed", fmt::format("{}: older than report.keep-days", file.string()));
    }
  } catch (const std::exception& error) {
    context_.log.warning("report-kept", fmt::format("an old workbook cannot be removed: {}", error.what()));
  }
}

void Workbooks::write_partners(const SourceRecord& source, const ReportBuilder& builder) {
  const auto folder = partners_.find(&source);
  if (folder == partners_.end()) return;
  for (const summary::PartnerReport& partner : builder.partners(source)) {
    const fs::path file = folder->second.path / report_name(name_part(partner.convention), context_.day, extension());
    context_.as_pages ? write_page(partner.report, file) : write_workbook(partner.report, file);
    ++folder->second.written;
  }
}

std::string_view Workbooks::extension() const { return context_.as_pages ? kPage : kWorkbook; }

std::launch Workbooks::launch() const { return context_.threads > 1 ? std::launch::async : std::launch::deferred; }

std::future<void> Workbooks::begin() {
  return std::async(launch(), [this] { first_ = lists_of(plans_.front()); });
}

std::future<Workbooks::Files> Workbooks::finish() {
  StateOfNight state{
      .held = store::Plans(context_.store).held(),
      .mail_troubles = store::mail_troubles(context_.store, context_.day - summary::kDaysOfMailTroubles)};
  return std::async(launch(), [this, state = std::move(state)] { return write_all(state); });
}

std::unique_ptr<Workbooks::Making> Workbooks::lists_of(const Plan& plan) const {
  auto making = std::make_unique<Making>(context_, plan);
  for (const SourceRecord* source : plan.sources) making->builder.add(*source);
  making->builder.finish_lists();
  if (!context_.as_pages) making->writer.write_lists();
  return making;
}

Workbooks::Files Workbooks::write_all(const StateOfNight& state) {
  for_each_in_parallel(plans_.size(), context_.threads, [&](std::size_t i) {
    const auto making = i == 0 && first_ ? std::move(first_) : lists_of(plans_[i]);
    making->builder.finish_overview(state);
    context_.as_pages ? write_page(making->builder.report(), plans_[i].file) : making->writer.finish();
    if (const Plan& plan = plans_[i]; !plan.several_sources) write_partners(*plan.sources.front(), making->builder);
  });
  Files files;
  for (const Plan& plan : plans_) files.push_back(plan.file);
  return files;
}

}  // namespace vigie
