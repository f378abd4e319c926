#include "mail/digest_view.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/french.h"

namespace vigie {
namespace {

using kainjow::mustache::data;

constexpr std::size_t kMostFindings = 50;
constexpr std::size_t kMostActions = 50;

struct Section {
  const char* key;  // "is_fresh": the template knows it by this name
  const std::vector<DigestLine>& lines;
  std::size_t count;                          // of all there are
  std::vector<const DigestLine*> shown = {};  // gravest first

  [[nodiscard]] std::size_t hidden() const { return count - shown.size(); }
};

struct Sections {
  explicit Sections(const Digest& digest);

  Section fresh;
  Section escalated;
  Section open;
  Section resolved;
};

void take(Section& section, Severity severity, std::size_t& room) {
  for (const DigestLine& line : section.lines) {
    if (room == 0) return;
    if (line.severity != severity) continue;
    section.shown.push_back(&line);
    --room;
  }
}

Sections::Sections(const Digest& digest)
    : fresh{"is_fresh", digest.fresh, digest.fresh.size() + digest.beyond.fresh},
      escalated{"is_escalated", digest.escalated, digest.escalated.size() + digest.beyond.escalated},
      open{"is_open", digest.open, digest.open.size() + digest.beyond.open},
      resolved{"is_resolved", digest.resolved, digest.resolved.size() + digest.beyond.resolved} {
  // News first: it is told once.
  std::size_t room = kMostFindings;
  for (const Severity severity : kSeveritiesGravestFirst) take(fresh, severity, room);
  for (const Severity severity : kSeveritiesGravestFirst)
    for (Section* section : {&escalated, &open}) take(*section, severity, room);
  for (const Severity severity : kSeveritiesGravestFirst) take(resolved, severity, room);
}

// Empty is false, so that a template can leave out what is not there.
data text_or_false(const std::string& text) { return text.empty() ? data(false) : data(text); }

data count_or_false(std::size_t count, std::string_view words) {
  return count == 0 ? data(false) : data(french::counted(static_cast<std::int64_t>(count), words));
}

std::string figures(std::size_t count) { return french::figures(static_cast<std::int64_t>(count)); }

data view_of(const DigestLine& line) {
  data view;
  view.set("subject", line.subject);
  view.set("person", text_or_false(line.person));
  view.set("of_convention", text_or_false(line.convention));
  view.set("of_partner", text_or_false(line.partner));
  view.set("detail", text_or_false(line.detail));
  view.set("since", to_french(line.since));
  view.set("age", line.age_days > 0 ? data(french::counted(line.age_days, "jour")) : data(false));
  view.set("returned", line.returned);
  return view;
}

// The runs of `items` that `same` holds together, each as `view` shows it.
template <typename Item, typename Same, typename View>
data runs_of(const std::vector<Item>& items, Same same, View view) {
  data views{data::type::list};
  for (std::size_t begin = 0, end = 0; begin < items.size(); begin = end) {
    while (end < items.size() && same(items[begin], items[end])) ++end;
    views.push_back(view(std::vector<Item>(items.begin() + static_cast<std::ptrdiff_t>(begin),
                                           items.begin() + static_cast<std::ptrdiff_t>(end))));
  }
  return views;
}

using Lines = std::vector<const DigestLine*>;

// Findings in a row that call for the same are followed by it once.
data view_of_remedy(const Lines& lines) {
  data items{data::type::list};
  for (const DigestLine* line : lines) items.push_back(view_of(*line));
  data view;
  view.set("items", items);
  view.set("recommendation", text_or_false(lines.front()->recommendation));
  return view;
}

data view_of_title(const Lines& lines) {
  data view;
  view.set("title", lines.front()->title);
  view.set("remedies",
           runs_of(
               lines, [](auto a, auto b) { return a->recommendation == b->recommendation; }, view_of_remedy));
  return view;
}

// Findings of one rule stand together, rules in the order of their first finding.
Lines together_by_title(const Lines& lines) {
  Lines ordered;
  for (const DigestLine* first : lines) {
    bool seen = false;
    for (const DigestLine* line : ordered) seen = seen || line->title == first->title;
    if (seen) continue;
    for (const DigestLine* line : lines)
      if (line->title == first->title) ordered.push_back(line);
  }
  return ordered;
}

data view_of_severity(const Lines& lines) {
  const Severity severity = lines.front()->severity;
  data view;
  view.set("severity", std::string(french_name(severity)));
  view.set("severity_key", std::string(name(severity)));
  for (const Severity each : kSeveritiesGravestFirst) view.set("is_" + std::string(name(each)), each == severity);
  view.set("titles", runs_of(
                         together_by_title(lines), [](auto a, auto b) { return a->title == b->title; }, view_of_title));
  return view;
}

data view_of(const Section& section) {
  data view;
  view.set(section.key, true);
  view.set("count", figures(section.count));
  view.set("severities",
           runs_of(
               section.shown, [](auto a, auto b) { return a->severity == b->severity; }, view_of_severity));
  return view;
}

data view_of(const DigestAction& action) {
  data view;
  view.set("subject", action.subject);
  view.set("of_convention", text_or_false(action.convention));
  view.set("date", to_french(action.date));
  view.set("reason", text_or_false(action.reason));
  view.set("cause", text_or_false(action.cause));
  return view;
}

// In the order given, since the portal refuses another.
data view_of(const std::vector<DigestAction>& actions) {
  const auto shown = static_cast<std::ptrdiff_t>(std::min(actions.size(), kMostActions));
  const auto same_kind = [](const DigestAction& a, const DigestAction& b) { return a.kind == b.kind; };
  const auto view_of_kind = [](const std::vector<DigestAction>& run) {
    data closings{data::type::list};
    for (const DigestAction& action : run) closings.push_back(view_of(action));
    data view;
    view.set("kind", run.front().kind);
    view.set("closings", closings);
    return view;
  };
  return runs_of(std::vector<DigestAction>(actions.begin(), actions.begin() + shown), same_kind, view_of_kind);
}

void set_recipient(data& view, const Digest& digest) {
  const bool person = digest.kind == RecipientKind::kAdministrator || digest.kind == RecipientKind::kManager;
  view.set("is_administrator", digest.kind == RecipientKind::kAdministrator);
  view.set("is_manager", digest.kind == RecipientKind::kManager);
  view.set("is_caf", digest.kind == RecipientKind::kCaf);
  view.set("is_compliance", digest.kind == RecipientKind::kCompliance);
  view.set("about_convention", person);
  view.set("name", person ? text_or_false(digest.recipient) : data(false));
  view.set("source", digest.source);
  view.set("source_label", text_or_false(digest.source_label));
  view.set("convention", text_or_false(digest.convention));
  view.set("partner", text_or_false(digest.partner));
  view.set("caf_mail", text_or_false(digest.caf_mail));
  view.set("heading", heading_of(digest));
  view.set("day", to_french(digest.day));
  view.set("workbook", text_or_false(digest.workbook));
  view.set("workbook_attached", digest.workbook_attached);
}

void set_counts(data& view, const Digest& digest, const Sections& sections) {
  view.set("is_verified", digest.is_verified);
  view.set("tally", tally_of(digest));
  const auto figures_or_false = [](std::size_t count) { return count == 0 ? data(false) : data(figures(count)); };
  const std::size_t actions = digest.actions.size() + digest.beyond.actions;
  view.set("fresh_count", figures(sections.fresh.count));
  view.set("open_count", figures(sections.open.count));
  view.set("escalated_count", figures_or_false(sections.escalated.count));
  view.set("resolved_count", figures(sections.resolved.count));
  view.set("action_count", figures_or_false(actions));
  view.set("several_fresh", sections.fresh.count > 1);
  view.set("several_open", sections.open.count > 1);
  view.set("several_resolved", sections.resolved.count > 1);
  view.set("several_actions", actions > 1);
  view.set("hidden_open", count_or_false(sections.fresh.hidden() + sections.escalated.hidden() + sections.open.hidden(),
                                         "autre anomalie"));
  view.set("hidden_resolved",
           count_or_false(sections.resolved.hidden(),
                          sections.resolved.shown.empty() ? "anomalie résolue" : "autre anomalie résolue"));
  view.set("hidden_actions", count_or_false(actions - std::min(digest.actions.size(), kMostActions), "autre clôture"));
}

}  // namespace

data digest_view(const Digest& digest) {
  const Sections sections(digest);
  data view;
  set_recipient(view, digest);
  set_counts(view, digest, sections);
  view.set("reminder", digest.reminder);
  data notices{data::type::list};
  for (const std::string& notice : digest.notices) notices.push_back(data("notice", notice));
  view.set("has_notices", !digest.notices.empty());
  view.set("notices", notices);
  data to_do{data::type::list};
  for (const Section* section : {&sections.fresh, &sections.escalated, &sections.open})
    if (!section->shown.empty()) to_do.push_back(view_of(*section));
  view.set("sections", to_do);
  view.set("resolved", sections.resolved.shown.empty() ? data(false) : view_of(sections.resolved));
  view.set("kinds", view_of(digest.actions));
  return view;
}

}  // namespace vigie
