#include "findings/engine.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "domain/parallel.h"
#include "domain/text.h"
#include "rules/catalogue.h"

namespace vigie {
namespace {

// Those of the subject or of the rule's family, else of the group's active grants, else what the account holds.
ServiceSet services_of(const Hit& hit, std::string_view family, const Facts& facts) {
  if (!hit.services.empty()) return hit.services;
  if (family == "cdap") return ServiceSet(Service::kCdap);
  if (family == "afas") return ServiceSet(Service::kAfas);
  if (hit.group != kNone && !facts.active_services[hit.group].empty()) return facts.active_services[hit.group];
  if (hit.account != kNone) return facts.held_services[hit.account];
  return {};
}

// No line breaks between a French quotation mark and what it quotes.
std::string with_quotes_together(std::string text) {
  replace_all(text, {{"« ", "«\u00a0"}, {" »", "\u00a0»"}});
  return text;
}

Finding to_finding(Hit&& hit, const Rule& rule, const RuleSettings& settings, const Evidence& evidence,
                   SharedTexts& texts) {
  const Snapshot& snapshot = evidence.snapshot;
  const Convention& convention = snapshot.conventions[hit.convention];
  Finding finding{
      .rule = texts.get(rule.id),
      .convention = texts.get(convention.number),
      .subject = hit.subject,
      .severity = settings.severity.value_or(hit.severity.value_or(rule.severity)),
      .first_seen = evidence.day,
      .last_seen = evidence.day,
      .services = texts.get(to_string(services_of(hit, family_of(rule), evidence.facts))),
      .partner = texts.get(excerpt(convention.partner)),
      .detail = with_quotes_together(std::move(hit.detail)),
      .partner_detail = with_quotes_together(std::move(hit.partner_detail)),
      .remedy = texts.get(with_quotes_together(std::string(hit.remedy.empty() ? rule.remedy : hit.remedy)))};
  if (hit.group != kNone) finding.group = snapshot.groups[hit.group].code;
  if (hit.account != kNone) finding.account = snapshot.accounts[hit.account].id;
  return finding;
}

std::vector<Finding> run(const Rule& rule, const RuleSettings& settings, const Evidence& evidence) {
  Hits hits(evidence.snapshot);
  rule.check({.snapshot = evidence.snapshot,
              .facts = evidence.facts,
              .past = evidence.past,
              .elsewhere = evidence.elsewhere,
              .lexicon = evidence.lexicon,
              .day = evidence.day,
              .parameter = settings.parameter.value_or(rule.parameter.value)},
             hits);
  std::vector<Finding> findings;
  std::unordered_set<std::string> seen;
  SharedTexts texts;
  for (Hit& hit : hits.take()) {
    if (!rule.any_convention && !evidence.facts.convention_active[hit.convention]) continue;
    if (!seen.insert(std::to_string(hit.convention) + '\n' + hit.subject).second) continue;
    findings.push_back(to_finding(std::move(hit), rule, settings, evidence, texts));
  }
  return findings;
}

// What findings of several rules say of the same subject.
void share_texts(Finding& finding, SharedTexts& texts) {
  for (SharedText* text : {&finding.subject, &finding.group, &finding.account}) *text = texts.get(*text);
}

std::string identity(const Finding& finding) {
  std::string identity(finding.rule);
  return identity.append(1, '\n').append(finding.convention).append(1, '\n').append(finding.subject);
}

// The severity of one opening: a finding that comes back begins anew, and what a day changed and took back is nothing.
void keep_severity_before(const Finding& before, Finding& found, Day day) {
  if (before.resolved) return;
  const bool changed_today = before.severity_since == day;
  found.severity_before = before.severity_before;
  found.severity_since = before.severity_since;
  if (found.severity == before.severity) return;
  if (!changed_today) found.severity_before = before.severity;
  found.severity_since = found.severity == found.severity_before ? Day::never() : day;
}

bool same_texts(const Finding& a, const Finding& b) {
  return a.severity == b.severity && a.services == b.services && a.partner == b.partner && a.detail == b.detail &&
         a.partner_detail == b.partner_detail && a.remedy == b.remedy && a.group == b.group && a.account == b.account;
}

}  // namespace

const RuleSettings& settings_of(const Rule& rule, const RulesSettings& settings) {
  static const RuleSettings kDefault;
  const auto found = settings.find(rule.id);
  return found == settings.end() ? kDefault : found->second;
}

bool is_enabled(std::string_view rule, const RulesSettings& settings) {
  const Rule* known = find_rule(rule);
  return known != nullptr && settings_of(*known, settings).enabled;
}

Judgement judge(const Evidence& evidence, const RulesSettings& settings, unsigned threads) {
  Judgement judgement;
  for (const Rule& rule : catalogue()) {
    if (!settings_of(rule, settings).enabled) continue;
    auto lacking = missing_needs(rule, evidence.snapshot);
    if (lacking.empty())
      judgement.judged.push_back(&rule);
    else
      judgement.not_verifiable.push_back({&rule, std::move(lacking)});
  }
  std::vector<std::vector<Finding>> found(judgement.judged.size());
  for_each_in_parallel(found.size(), threads, [&](std::size_t i) {
    const Rule& rule = *judgement.judged[i];
    found[i] = run(rule, settings_of(rule, settings), evidence);
  });
  SharedTexts texts;
  for (auto& of_rule : found) {
    std::vector<Finding> findings = std::move(of_rule);
    for (Finding& finding : findings) share_texts(finding, texts);
    judgement.found.insert(judgement.found.end(), std::make_move_iterator(findings.begin()),
                           std::make_move_iterator(findings.end()));
  }
  return judgement;
}

FindingsUpdate update_findings(const std::vector<Finding>& known, Judgement judgement) {
  FindingsUpdate update;
  std::unordered_map<std::string, std::size_t> by_identity;
  for (std::size_t i = 0; i < known.size(); ++i) by_identity.emplace(identity(known[i]), i);
  std::vector<bool> seen(known.size());
  for (Finding& found : judgement.found) {
    const auto at = by_identity.find(identity(found));
    if (at == by_identity.end()) {
      update.added.push_back(std::move(found));
      continue;
    }
    const Finding& before = known[at->second];
    seen[at->second] = true;
    if (!before.resolved && same_texts(before, found)) continue;
    const Day day = found.last_seen;
    keep_severity_before(before, found, day);
    found.id = before.id;
    found.first_seen = before.first_seen;
    found.returned_on = before.returned_on;
    if (before.resolved && before.resolved_on < day) found.returned_on = day;
    found.returns = before.returns + (before.resolved ? 1 : 0);
    update.changed.push_back(std::move(found));
  }
  std::unordered_set<std::string_view> judged;
  for (const Rule* rule : judgement.judged) {
    judged.insert(rule->id);
    update.judged.emplace_back(rule->id);
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (seen[i] || known[i].resolved || !judged.contains(known[i].rule)) continue;
    update.resolved.push_back(known[i]);
    update.resolved.back().resolved = true;
  }
  return update;
}

std::vector<Finding> updated(std::vector<Finding> known, FindingsUpdate update, Day day) {
  std::unordered_map<std::int64_t, std::size_t> by_id;
  for (std::size_t i = 0; i < known.size(); ++i) by_id.emplace(known[i].id, i);
  for (Finding& finding : update.changed) known[by_id.at(finding.id)] = std::move(finding);
  for (const Finding& resolved : update.resolved) {
    Finding& finding = known[by_id.at(resolved.id)];
    finding.resolved = true;
    finding.resolved_on = day;
  }
  const std::unordered_set<std::string_view> judged(update.judged.begin(), update.judged.end());
  for (Finding& finding : known)
    if (!finding.resolved && judged.contains(finding.rule)) finding.last_seen = day;
  known.insert(known.end(), std::make_move_iterator(update.added.begin()), std::make_move_iterator(update.added.end()));
  return known;
}

std::string explain_need(const Need& need) {
  const FileSpec& file = spec(need.file);
  if (need.field == Need::kWholeFile) return "fichier " + csv_name(need.file) + " absent";
  return "colonne " + std::string(file.fields[need.field].name) + " absente de " + csv_name(need.file);
}

}  // namespace vigie
