#include "write_back.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "counted.h"
#include "odbc/spellings.h"
#include "odbc/write_back.h"
#include "reconcile/closings.h"

namespace vigie {
namespace {

using odbc::WriteBack;

// The file whose rows spell services and roles in their own way, of a kind of closing that names them.
std::optional<FileId> spelled_in(ActionKind kind) {
  if (kind == ActionKind::kCloseGrant) return FileId::kGrants;
  if (kind == ActionKind::kCloseProfile) return FileId::kProfiles;
  return std::nullopt;
}

std::string key_of(FileId file, const RecordFields& fields) {
  std::string key;
  for (const FieldSpec& field : spec(file).fields)
    if (field.key) key.append(key.empty() ? "" : ":").append(fields.at(std::string(field.name)));
  return key;
}

class WritingBack {
 public:
  WritingBack(Context& context, SourceNight& night, std::vector<Action>& actions, std::vector<std::size_t> sending)
      : context_(context), source_(night.settings()), actions_(actions), sending_(std::move(sending)) {
    std::ranges::sort(sending_,
                      [&](std::size_t a, std::size_t b) { return carried_out_before(actions_[a], actions_[b]); });
    for (const std::string& text : source_.statements) statements_.push_back(odbc::parse_named(text));
    collect(night.snapshot());
  }

  std::optional<FailedWriteBack> run() {
    const WriteBack done = carry_out();
    if (done.end == WriteBack::End::kCommitted) {
      for (const std::size_t i : sending_) actions_[i].state = ActionState::kSent;
      say_sent();
      return std::nullopt;
    }
    if (done.end == WriteBack::End::kUndone) take_back(done);
    report(done);
    return as_told(done);
  }

 private:
  void collect(const Snapshot& snapshot) {
    std::vector<Action> sent;
    for (const std::size_t i : sending_) sent.push_back(actions_[i]);
    fields_ = fields_of(snapshot, sent);
    for (std::size_t i = 0; i < sent.size(); ++i) {
      fields_[i]["date"] = to_iso(sent[i].date);
      fields_[i]["reason"] = name(sent[i].reason);
      fields_[i]["cause"] = sent[i].cause;
    }
  }

  WriteBack carry_out() {
    try {
      spell();
    } catch (const odbc::Error& error) {
      return {.why = "the source's own spelling cannot be read: " + odbc::meaning_of(error),
              .french = "la base de données ne répond pas",
              .unreachable = true};
    }
    std::vector<odbc::Change> changes;
    for (std::size_t i = 0; i < sending_.size(); ++i) {
      const auto statement = static_cast<std::size_t>(actions_[sending_[i]].kind);
      odbc::Change& change = changes.emplace_back(odbc::Change{.statement = statement, .values = {}});
      for (const std::string& parameter : statements_[statement].parameters)
        change.values.push_back(fields_[i].at(parameter));
    }
    return odbc::write_back(source_.database, source_.name, statements_, changes);
  }

  // Puts services and roles as the source writes them in the place of their catalogue names.
  void spell() {
    std::map<FileId, std::map<std::string, odbc::Spelling>> spellings;
    for (std::size_t i = 0; i < sending_.size(); ++i) {
      const auto file = spelled_in(actions_[sending_[i]].kind);
      if (!file) continue;
      const auto [read, is_new] = spellings.try_emplace(*file);
      if (is_new)
        read->second =
            odbc::read_spellings(source_.database, source_.queries[index(*file)], *file, source_.columns[index(*file)]);
      const auto found = read->second.find(key_of(*file, fields_[i]));
      if (found == read->second.end()) continue;
      for (const auto& [field, text] : found->second) fields_[i][field] = text;
    }
  }

  void take_back(const WriteBack& done) {
    for (const std::size_t i : sending_) {
      actions_[i].state = ActionState::kProposed;
      actions_[i].sent_on = Day::never();
    }
    if (!done.failed) return;
    Action& failed = actions_[sending_[*done.failed]];
    failed.failed_statement = source_.statements[static_cast<std::size_t>(failed.kind)];
    failed.failure = done.french;
  }

  [[nodiscard]] FailedWriteBack as_told(const WriteBack& done) const {
    using How = FailedWriteBack::How;
    const bool unknown = done.end == WriteBack::End::kUnknown;
    return {.how = unknown            ? How::kUnknown
                   : done.unreachable ? How::kUnreachable
                                      : How::kUndone,
            .on = context_.day,
            .closings = static_cast<std::int64_t>(sending_.size()),
            .action = done.at ? actions_[sending_[*done.at]].id : 0,
            .set_aside = done.failed.has_value(),
            .why = done.french};
  }

  void report(const WriteBack& done) {
    context_.outcome.not_written_back = true;
    context_.outcome.unreachable |= done.unreachable;
    const bool unknown = done.end == WriteBack::End::kUnknown;
    const auto told = [&](const std::string& at) {
      return fmt::format("{}: {} {}: {}{}{}", source_.name, counted(sending_.size(), "closing"),
                         unknown ? "may or may not have been written back, the next import tells"
                                 : "not written back, nothing was changed",
                         at, done.why,
                         done.failed ? "; it is set aside until its record or the statement changes" : "");
    };
    // Who it is about is for the terminal, not for the log.
    context_.log.warning("write-back", told(at(done, false)), {{"source", source_.name}});
    context_.outcome.lines.push_back(told(at(done, true)));
  }

  // Where it stopped.
  [[nodiscard]] std::string at(const WriteBack& done, bool with_subject) const {
    if (!done.at) return {};
    const Action& action = actions_[sending_[*done.at]];
    return fmt::format("source.{}.write-back.{}, convention {}{}{}: ", source_.name, name(action.kind),
                       action.convention, with_subject ? ", " : "", with_subject ? action.subject : "");
  }

  void say_sent() {
    context_.log.info("written-back",
                      fmt::format("{}: {} written back", source_.name, counted(sending_.size(), "closing")),
                      {{"source", source_.name}, {"closings", static_cast<std::int64_t>(sending_.size())}});
  }

  Context& context_;
  const SourceSettings& source_;
  std::vector<Action>& actions_;
  std::vector<std::size_t> sending_;  // in the order in which they must be carried out
  std::vector<odbc::NamedStatement> statements_;
  std::vector<RecordFields> fields_;  // of those
};

}  // namespace

std::optional<FailedWriteBack> write_back(Context& context, SourceNight& night, std::vector<Action>& actions,
                                          const std::vector<std::size_t>& sending) {
  return WritingBack(context, night, actions, sending).run();
}

}  // namespace vigie
