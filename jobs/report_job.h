#pragma once
// Workbooks, or the same as pages: one for each source, one over all where there are several, and those of partners
// where they are asked for.
//
//   Workbooks workbooks(context, nights);          // reads the store
//   std::future<void> lists = workbooks.begin();   // other steps may run meanwhile
//   lists.get();
//   std::future<Files> files = workbooks.finish();  // and now
//   … = files.get();
//   workbooks.tidy();

#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "context.h"
#include "report_builder.h"
#include "workbook/workbook.h"

namespace vigie {

// Where a source's workbook of a day stands.
std::filesystem::path workbook_of(const Settings& settings, const std::string& source, Day day);
// The same of one for a convention's administrators.
std::filesystem::path partner_workbook_of(const Settings& settings, const std::string& source,
                                          const std::string& convention, Day day);

class Workbooks {
 public:
  // Reads all that the lists show. The nights outlive the workbooks, and their data stay as they are.
  Workbooks(Context& context, std::vector<SourceNight>& nights);

  using Files = std::vector<std::filesystem::path>;  // the widest last

  // What both give goes on beside the run where it may have two threads, else when the future is asked. It does not use
  // the store.
  [[nodiscard]] std::future<void> begin();    // the lists of the first workbook
  [[nodiscard]] std::future<Files> finish();  // afterwards: the other lists, what guards hold by now, the files

  // Once the files are there: the links to the newest, and away with those that were kept long enough. What fails of it
  // is a warning. Says in the log what partners got.
  void tidy() const;

 private:
  struct Plan {
    std::string about;  // a source's name; empty: all sources
    std::filesystem::path file;
    std::vector<const SourceRecord*> sources;
    bool several_sources = false;
  };
  struct Making {
    Making(const Context& context, const Plan& plan)
        : builder(context, plan.several_sources), writer(builder.report(), plan.file) {}

    ReportBuilder builder;
    WorkbookWriter writer;
  };

  struct Folder {  // of the workbooks of one source's partners
    std::filesystem::path path;
    std::size_t written = 0;
  };

  void write_partners(const SourceRecord& source, const ReportBuilder& builder);
  void remove_old(const std::filesystem::path& folder, const std::function<bool(const std::string&)>& concerned) const;
  void plan(const std::string& about, std::vector<const SourceRecord*> sources, bool several_sources);
  [[nodiscard]] std::unique_ptr<Making> lists_of(const Plan& plan) const;
  Files write_all(const StateOfNight& state);
  [[nodiscard]] std::launch launch() const;
  [[nodiscard]] std::string_view extension() const;

  Context& context_;
  std::vector<SourceRecord> sources_;
  std::vector<Plan> plans_;
  std::map<const SourceRecord*, Folder> partners_;  // of sources whose partners get workbooks
  std::unique_ptr<Making> first_;
};

}  // namespace vigie
