#include "explain_command.h"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include "context.h"
#include "domain/text.h"
#include "errors.h"
#include "explain/explain.h"
#include "explain/page.h"
#include "findings/remedy.h"
#include "list_commands.h"
#include "lists/list_writer.h"
#include "nearest.h"
#include "rules/families/wording.h"
#include "store/withdrawn.h"

namespace vigie {
namespace {

std::optional<Service> service_of(const Options& options) {
  if (options.service.empty()) return std::nullopt;
  if (const auto service = find_service(options.service)) return service;
  std::vector<std::string> names;
  for (int s = 0; s < kServiceCount; ++s) names.emplace_back(name(static_cast<Service>(s)));
  throw UsageError("--service: no service " + options.service + did_you_mean(options.service, names) +
                   "; there are Cdap, Afas, Dgfip, Adonis and Offre Bailleurs");
}

std::string_view usable(explain::Verdict verdict) {
  constexpr std::string_view kWords[] = {"yes", "no", ""};
  return kWords[static_cast<std::size_t>(verdict)];
}

// One account of one source, with the answers about it.
struct Explained {
  explain::Page page;
  std::string convention;
};

class Explaining {
 public:
  Explaining(const Options& options, const Settings& settings, Day day)
      : options_(options),
        settings_(settings),
        day_(day),
        only_(service_of(options)),
        store_(settings.store, store::Opening::kExisting) {}

  std::vector<Explained> all() {
    std::vector<Explained> found;
    for (const StoredSource& source : stored_sources(store_, chosen_sources(options_, settings_))) {
      if (!store::Imports(store_, source.number).last_good()) continue;
      Context context{.settings = settings_, .store = store_, .log = log_, .lexicon = lexicon_, .day = day_};
      SourceNight night(context, *source.settings);
      if (auto explained = explain(night)) found.push_back(std::move(*explained));
    }
    if (found.empty()) throw UsageError(unknown());
    return found;
  }

 private:
  std::optional<Explained> explain(SourceNight& night) {
    const Snapshot& snapshot = night.snapshot();
    const auto account = std::ranges::find(snapshot.accounts, options_.account, &Account::id);
    if (account == snapshot.accounts.end()) {
      for (const Account& each : snapshot.accounts) remember(each);
      return gone(night);
    }
    const auto index = static_cast<Index>(account - snapshot.accounts.begin());
    const Convention& convention = snapshot.convention_of(*account);
    const auto withdrawn = store::withdrawn(store_, night.number(), account->id);
    auto answers = explain::explain(snapshot, night.facts(), withdrawn, index, day_, only_);
    add_findings(night, account->id, answers);
    return Explained{.page = {.source = night.settings().name,
                              .account = wording::account(*account),
                              .convention = fmt::format("{}, {}", convention.number, convention.partner),
                              .day = day_,
                              .imported_on = night.imports().last_good()->as_of,
                              .answers = std::move(answers)},
                     .convention = std::string(convention.number)};
  }

  // What stands against it all the same, before the advice; as a partner may read it, who is often on the telephone.
  void add_findings(SourceNight& night, std::string_view account, std::vector<explain::Answer>& answers) const {
    auto at = std::ranges::find(answers, explain::Verdict::kAdvice, &explain::Answer::verdict);
    for (const Finding& finding : night.findings()) {
      const bool is_asked =
          !only_ || finding.services.empty() || finding.services.find(name(*only_)) != std::string::npos;
      if (finding.account != account || !is_asked || !is_counted(finding) || !night.shows(finding)) continue;
      at = answers.insert(
               at, {.verdict = explain::Verdict::kAdvice,
                    .cause = "open-finding",
                    .detail = std::string(finding.partner_detail.empty() ? finding.detail : finding.partner_detail),
                    .recommendation = recommendation(finding)}) +
           1;
    }
  }

  // Of an account that the source had once.
  std::optional<Explained> gone(const SourceNight& night) {
    const auto since = store::withdrawn_on(store_, night.number(), options_.account);
    if (!since) return std::nullopt;
    return Explained{.page = {.source = night.settings().name,
                              .account = options_.account,
                              .convention = "inconnue",
                              .day = day_,
                              .imported_on = night.imports().last_good()->as_of,
                              .answers = {{.cause = "account-withdrawn",
                                           .detail = fmt::format("Le compte {} n'est plus dans l'export depuis le {}.",
                                                                 excerpt(options_.account), to_french(*since)),
                                           .recommendation = "Vérifier dans « Mes utilisateurs » ce que le compte est "
                                                             "devenu : un compte clôturé y reste."}}}};
  }

  // Who lost the identifiant knows the name or the mail.
  void remember(const Account& account) {
    known_.emplace_back(account.id);
    const std::string asked = fold(options_.account);
    if (asked == fold(account.mail) || asked == fold(fmt::format("{} {}", account.first_name, account.last_name)) ||
        asked == fold(fmt::format("{} {}", account.last_name, account.first_name)))
      named_.push_back(wording::account(account));
  }

  [[nodiscard]] std::string unknown() const {
    const std::string start = "explain: no account " + options_.account + " has ever been imported";
    if (named_.empty()) return start + did_you_mean(options_.account, known_);
    std::string list;
    for (const std::string& each : named_) list += (list.empty() ? "" : ", ") + each;
    return start + "; of that name or mail there is: " + list;
  }

  const Options& options_;
  const Settings& settings_;
  Day day_;
  std::optional<Service> only_;
  store::Store store_;
  Log log_{LogLevel::kQuiet, false};
  judges::Lexicon lexicon_;
  std::vector<std::string> known_;
  std::vector<std::string> named_;
};

}  // namespace

void explain_account(const Options& options, const Settings& settings, Day day) {
  const auto found = Explaining(options, settings, day).all();
  if (options.format == "table") {
    for (const Explained& each : found) {
      if (&each != &found.front()) std::cout << '\n';
      write_page(std::cout, each.page);
    }
    return;
  }
  lists::ListWriter writer(format_of(options),
                           {{"source"},
                            {"identifiant"},
                            {"convention"},
                            {"service"},
                            {"role"},
                            {"group"},
                            {"usable"},
                            {"cause"},
                            {"detail"},
                            {"recommendation"}},
                           std::cout);
  for (const auto& [page, convention] : found)
    for (const explain::Answer& answer : page.answers)
      writer.row({page.source, options.account, convention, std::string(answer.service ? name(*answer.service) : ""),
                  answer.role, answer.group, std::string(usable(answer.verdict)), std::string(answer.cause),
                  answer.detail, answer.recommendation});
  writer.end();
}

}  // namespace vigie
