#include "explain/explain.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/distinct.h"
#include "domain/text.h"
#include "explain/conditions.h"
#include "explain/obstacle.h"
#include "explain/portal.h"
#include "rules/families/visits.h"
#include "rules/families/wording.h"

namespace vigie::explain {
namespace {

using portal::ask_caf;
using portal::assign_role;
using portal::is_made_by_caf;
using portal::user_screen;
using wording::Gender;
using wording::on;
using wording::quoted;
using wording::say;

// How near a way came to its end: what is only missing at the last step explains more than what ended before.
enum class Reached : std::uint8_t { kNothing, kMembership, kGroup, kRole };

// A role that a group gives, gave or will give, for an account that is, was or will be in that group.
struct Way {
  Index group = kNone;
  std::string role;
  std::optional<Role> known_role;
  Obstacle obstacle;  // on the way
  Reached reached = Reached::kRole;
  Obstacle missing;  // of what the role asks for, where the way is open

  [[nodiscard]] bool is_usable() const { return !obstacle && !missing; }
};

class Explainer {
 public:
  Explainer(const Snapshot& snapshot, const Facts& facts, const Withdrawn& withdrawn, Index account, Day day)
      : in_(snapshot),
        facts_(facts),
        withdrawn_(withdrawn),
        index_(account),
        account_(snapshot.accounts[account]),
        convention_(snapshot.conventions[account_.convention]),
        day_(day),
        conditions_(snapshot, account, day) {}

  std::vector<Answer> answers(std::optional<Service> only) {
    if (explain_account()) return std::move(answers_);
    bool uses_cdap = false;
    for (int s = 0; s < kServiceCount; ++s) {
      const auto service = static_cast<Service>(s);
      if (only && *only != service) continue;
      const bool usable = explain_service(service);
      uses_cdap = uses_cdap || (usable && service == Service::kCdap);
    }
    advise(uses_cdap);
    return std::move(answers_);
  }

 private:
  // ------------------------------------------------------------------------------------------- the account as a whole

  // True where the account opens nothing at all.
  bool explain_account() {
    if (!facts_.account_active[index_]) no_for_all(account_obstacle());
    if (!facts_.convention_active[account_.convention]) no_for_all(convention_obstacle(convention_));
    return !answers_.empty();
  }

  [[nodiscard]] Obstacle account_obstacle() const {
    const bool closed = account_.period.closed_on(day_);
    return {.cause = closed ? "account-closed" : "account-not-open",
            .detail = say("Le compte ", wording::account(account_), " ", wording::inactivity(account_.period, day_),
                          " : il ne donne accès à aucun service."),
            .recommendation =
                closed
                    ? say("Si la personne doit y accéder de nouveau : ", user_screen(), "crayon du compte ",
                          excerpt(account_.id), " > supprimer la date de clôture > « Enregistrer les modifications ».")
                    : say(user_screen(), "crayon du compte ", excerpt(account_.id),
                          " > avancer la date d'ouverture > « Enregistrer les modifications », ou attendre ce jour.")};
  }

  [[nodiscard]] Obstacle convention_obstacle(const Convention& convention) const {
    return {.cause = closed_or_not_open(convention.period, day_, "convention-closed", "convention-not-open"),
            .detail =
                say("La convention ", quoted(convention.number), " (", excerpt(convention.partner), ") ",
                    wording::inactivity(convention.period, day_, Gender::kFeminine), " : elle n'ouvre aucun service."),
            .recommendation = ask_caf("MCP", convention, "fait le point sur la convention"),
            .since = convention.period.closes_on};
  }

  // ------------------------------------------------------------------------------------------------------ one service

  bool explain_service(Service service) {
    const std::vector<Way> ways = one_way_a_role(ways_to(service));
    const bool has_open_way = std::ranges::any_of(ways, [](const Way& way) { return !way.obstacle; });
    const bool usable = std::ranges::any_of(ways, &Way::is_usable);
    const Obstacle bulletin = conditions_.bulletin(service, account_.convention);
    for (const Way& way : ways)
      if (!way.obstacle) way.missing ? no(service, way, way.missing) : yes(service, way);
    if (bulletin && !has_open_way) no(service, {}, bulletin);
    for (const Way& way : ways)
      if (way.obstacle) no(service, way, usable ? not_to_be_undone(way.obstacle) : way.obstacle);
    if (ways.empty() && !bulletin) no(service, {}, no_way(service));
    if (service == Service::kAfas) explain_management();
    return usable;
  }

  [[nodiscard]] std::vector<Way> ways_to(Service service) const {
    std::vector<Way> ways;
    for (const Index m : in_.of.memberships_of_account[index_]) {
      const Membership& membership = in_.memberships[m];
      for (const Index g : in_.of.grants_of_group[membership.group])
        if (in_.grants[g].service == service) ways.push_back(way(membership, in_.grants[g]));
      for (const WithdrawnGrant& gone : withdrawn_.grants)
        if (is_of(membership.group, gone.convention, gone.group) && find_service(gone.service) == service)
          ways.push_back(way(membership, gone, service));
    }
    for (const WithdrawnMembership& gone : withdrawn_.memberships)
      if (const Index group = find_group(gone); group != kNone)
        for (const Index g : in_.of.grants_of_group[group])
          if (in_.grants[g].service == service && in_.grants[g].period.active_on(day_))
            ways.push_back({.group = group,
                            .role = std::string(in_.grants[g].role_name),
                            .known_role = in_.grants[g].role,
                            .obstacle = out_of_group(group, gone.since),
                            .reached = Reached::kNothing});
    for (Way& way : ways)
      if (!way.obstacle) way.missing = conditions_.of_role(service, way.role, way.known_role, in_.groups[way.group]);
    return ways;
  }

  [[nodiscard]] Way way(const Membership& membership, const Grant& grant) const {
    Way way{.group = membership.group, .role = std::string(grant.role_name), .known_role = grant.role};
    if (!is_in_group(membership, way)) return way;
    if (grant.period.active_on(day_)) return way;
    const Group& group = in_.groups[membership.group];
    const bool closed = grant.period.closed_on(day_);
    way.obstacle = closed ? role_removed(group, *grant.service, grant.role_name, grant.period.closes_on)
                          : Obstacle{.cause = "role-not-open",
                                     .detail = say("Le groupe ", wording::group(group), " n'aura le rôle ",
                                                   role_in_words(*grant.service, grant.role_name), " que le ",
                                                   on(grant.period.opens_on), ".")};
    return way;
  }

  [[nodiscard]] Way way(const Membership& membership, const WithdrawnGrant& gone, Service service) const {
    Way way{.group = membership.group, .role = gone.role, .known_role = find_role(service, gone.role)};
    if (is_in_group(membership, way))
      way.obstacle = role_removed(in_.groups[membership.group], service, gone.role, gone.since);
    return way;
  }

  // Else says in the way what is in between.
  bool is_in_group(const Membership& membership, Way& way) const {
    const Group& group = in_.groups[membership.group];
    const Convention& convention = in_.convention_of(group);
    if (!membership.period.active_on(day_)) {
      way.reached = Reached::kNothing;
      way.obstacle =
          membership.period.closed_on(day_)
              ? out_of_group(membership.group, membership.period.closes_on)
              : Obstacle{.cause = "membership-not-open",
                         .detail = say("Le compte ", wording::account(account_), " n'entrera dans le groupe ",
                                       wording::group(group), " que le ", on(membership.period.opens_on), ".")};
    } else if (!facts_.group_active[membership.group]) {
      way.reached = Reached::kMembership;
      way.obstacle = {.cause = closed_or_not_open(group.period, day_, "group-closed", "group-not-open"),
                      .detail = say("Le groupe ", wording::group(group), " ", wording::inactivity(group.period, day_),
                                    group.period.closed_on(day_)
                                        ? " : ses utilisateurs en sont retirés et ne bénéficient plus de ses droits."
                                        : "."),
                      .recommendation = say(user_screen(), "« Ajouter à un groupe » pour ", excerpt(account_.id),
                                            " > choisir un groupe ouvert qui a ce rôle > « Ajouter au groupe »."),
                      .since = group.period.closes_on};
    } else if (!facts_.convention_active[group.convention]) {
      way.reached = Reached::kGroup;
      way.obstacle = convention_obstacle(convention);
    }
    return !way.obstacle;
  }

  [[nodiscard]] Obstacle out_of_group(Index group, Day since) const {
    return {
        .cause = "membership-closed",
        .detail = say("Le compte ", wording::account(account_), " n'est plus dans le groupe ",
                      wording::group(in_.groups[group]), " depuis le ", on(since), "."),
        .recommendation = say("Si ses missions le justifient : ", user_screen(), "« Ajouter à un groupe » pour ",
                              excerpt(account_.id), " > ", quoted(in_.groups[group].code), " > « Ajouter au groupe »."),
        .since = since};
  }

  static Obstacle role_removed(const Group& group, Service service, std::string_view role, Day since) {
    return {.cause = "role-removed",
            .detail = say("Le groupe ", wording::group(group), " a vu son rôle ", role_in_words(service, role),
                          " retiré le ", on(since), "."),
            .recommendation = assign_role(service, group),
            .since = since};
  }

  // Whoever has the service needs no role back that its group lost, beside the one that it has.
  static Obstacle not_to_be_undone(Obstacle obstacle) {
    if (obstacle.cause == "role-removed") obstacle.recommendation.clear();
    return obstacle;
  }

  // Of several ways to one role one that can be used, else an open one, else the one that came nearest, else the one
  // that was open last.
  static std::vector<Way> one_way_a_role(std::vector<Way> ways) {
    const auto is_better = [](const Way& a, const Way& b) {
      if (a.is_usable() || b.is_usable()) return !b.is_usable();
      if (!a.obstacle || !b.obstacle) return !a.obstacle && b.obstacle;
      if (a.reached != b.reached) return a.reached > b.reached;
      return a.obstacle.since.given() && (!b.obstacle.since.given() || a.obstacle.since > b.obstacle.since);
    };
    std::vector<Way> best;
    for (Way& way : ways) {
      const auto same = std::ranges::find(best, way.role, &Way::role);
      if (same == best.end())
        best.push_back(std::move(way));
      else if (is_better(way, *same))
        *same = std::move(way);
    }
    return best;
  }

  // -------------------------------------------------------------------------------------------- no group leads there

  [[nodiscard]] Obstacle no_way(Service service) const {
    std::vector<Index> groups;
    for (const Index m : in_.of.memberships_of_account[index_])
      if (facts_.membership_effective[m]) groups.push_back(in_.memberships[m].group);
    sort_distinct(groups);
    if (groups.empty()) return no_group(service);
    const bool has_role = std::ranges::any_of(groups, [&](Index group) { return gives_anything(group); });
    if (has_role || groups.size() > 1) return no_group_of_service(service, groups, has_role);
    const Group& group = in_.groups[groups.front()];
    return {.cause = "group-without-role",
            .detail = say("Le compte ", wording::account(account_), " est dans le groupe ", wording::group(group),
                          ", qui n'a aucun rôle.", afterthought(service)),
            .recommendation = assign_role(service, group)};
  }

  [[nodiscard]] Obstacle no_group(Service service) const {
    return {.cause = "no-group",
            .detail = say("Le compte ", wording::account(account_), " n'est dans aucun groupe.", afterthought(service)),
            .recommendation = join_group(service)};
  }

  [[nodiscard]] Obstacle no_group_of_service(Service service, const std::vector<Index>& groups, bool has_role) const {
    std::vector<std::string> names;
    for (const Index group : groups) names.push_back(quoted(in_.groups[group].code));
    return {.cause = has_role ? "no-group-of-service" : "group-without-role",
            .detail = say("Le compte ", wording::account(account_),
                          names.size() > 1 ? " est dans les groupes " : " est dans le groupe ", wording::listed(names),
                          ", qui n'", names.size() > 1 ? "ont" : "a",
                          has_role ? say(" pas de rôle ", name(service)) : " aucun rôle", ".", afterthought(service)),
            .recommendation = join_group(service)};
  }

  // What the account may be taken for, and is not by that alone.
  [[nodiscard]] std::string afterthought(Service service) const {
    std::string text;
    const bool administers = std::ranges::any_of(in_.of.designations_of_account[index_],
                                                 [&](Index d) { return in_.designations[d].period.active_on(day_); });
    const bool manages =
        std::ranges::any_of(in_.of.managed_by_account[index_], [&](Index g) { return facts_.group_active[g]; });
    if (administers || manages)
      text += say(" Être ", administers ? "administrateur partenaire" : "responsable d'habilitations",
                  " ne donne par défaut aucun rôle métier : il faut aussi être ajouté à un groupe.");
    if (service == Service::kAfas && !conditions_.active_profiles().empty())
      text += " Il a pourtant un profil Afas : les deux sont nécessaires.";
    return text;
  }

  // Being a group's manager is not enough for Afas: its profiles are given by who is in a group of Habiliter.
  void explain_management() {
    if (convention_.mode != Mode::kDelegated || facts_.held_roles[index_].contains(Role::kEntitle)) return;
    for (const Index g : in_.of.managed_by_account[index_]) {
      if (!facts_.group_active[g] || !has_active_grant(in_, g, Service::kAfas, day_)) continue;
      return no(
          Service::kAfas, {.group = g, .role = std::string(name(Role::kEntitle))},
          {.cause = "manager-not-enabled",
           .detail = say("Le compte ", wording::account(account_), " est responsable d'habilitations du groupe ",
                         wording::group(in_.groups[g]),
                         ", ce qui ne suffit pas pour gérer les profils Afas : il n'est dans aucun groupe qui a le "
                         "rôle Afas Habiliter."),
           .recommendation = join_group(Service::kAfas, Role::kEntitle)});
    }
  }

  // ---------------------------------------------------------------------------------------------------------- advice

  void advise(bool uses_cdap) {
    if (uses_cdap)
      advice("double-search", Service::kCdap,
             "La recherche d'un dossier demande le numéro et le nom de l'allocataire : c'est une exigence de la Cnil, "
             "qu'il n'est pas possible de contourner.",
             "");
    if (in_.has_column(FileId::kAccounts, field::accounts::kLastLoginOn) && !account_.last_login_on.given())
      advice("never-logged-in", std::nullopt,
             say("Le compte ", wording::account(account_),
                 " ne s'est jamais connecté, et le mot de passe temporaire n'est valable que 24 heures."),
             say("L'utilisateur se connecte avec son identifiant ", excerpt(account_.id),
                 " et suit la procédure « mot de passe oublié »."));
    advice("identifier-lost", std::nullopt,
           "Un utilisateur qui a perdu son identifiant l'apprend de son responsable d'habilitations ou de son "
           "administrateur partenaire.",
           say(user_screen(), "« Renvoi de l'identifiant par mail » pour ", excerpt(account_.id), "."));
    advice("password-lost", std::nullopt,
           "La Caf n'intervient pas sur les mots de passe : le système les gère lui-même.",
           say("L'utilisateur se connecte avec son identifiant ", excerpt(account_.id),
               " et suit la procédure « mot de passe oublié »."));
  }

  // --------------------------------------------------------------------------------------------------- in the portal

  [[nodiscard]] std::string join_group(Service service, std::optional<Role> role = std::nullopt) const {
    std::vector<std::string> groups;
    for (const Index g : in_.of.groups_of_convention[account_.convention])
      if (facts_.group_active[g] &&
          (role ? facts_.active_roles[g].contains(*role) : facts_.active_services[g].contains(service)))
        groups.push_back(quoted(in_.groups[g].code));
    const std::string wanted = role ? role_in_words(service, name(*role)) : std::string(name(service));
    if (groups.empty() && is_made_by_caf(service))
      return ask_caf(name(service), convention_, say("demande un groupe qui a un rôle ", wanted));
    if (groups.empty())
      return say("Aucun groupe de la convention n'a de rôle ", wanted,
                 " : « Gestion des habilitations » > « Mes groupes » > « Créer un groupe », puis « Habilitations du "
                 "groupe » > « Assigner rôle » > « Enregistrer les modifications » ; enfin « Mes utilisateurs » > "
                 "« Ajouter à un groupe ».");
    return say(user_screen(), "« Ajouter à un groupe » pour ", excerpt(account_.id),
               " > choisir un groupe qui a un rôle ", wanted, " (", wording::listed(groups),
               ") > « Ajouter au groupe ».");
  }

  // --------------------------------------------------------------------------------------------------------- records

  [[nodiscard]] bool is_of(Index group, std::string_view convention, std::string_view code) const {
    return in_.groups[group].code == code && in_.convention_of(in_.groups[group]).number == convention;
  }

  [[nodiscard]] Index find_group(const WithdrawnMembership& gone) const {
    for (Index g = 0; g < in_.groups.size(); ++g)
      if (is_of(g, gone.convention, gone.group)) return g;
    return kNone;
  }

  [[nodiscard]] bool gives_anything(Index group) const {
    return std::ranges::any_of(in_.of.grants_of_group[group],
                               [&](Index g) { return in_.grants[g].period.active_on(day_); });
  }

  // --------------------------------------------------------------------------------------------------------- answers

  void yes(Service service, const Way& way) {
    std::string detail =
        say("Le compte ", wording::account(account_), " peut utiliser ", role_in_words(service, way.role),
            " par le groupe ", wording::group(in_.groups[way.group]), ".");
    if (way.known_role == Role::kDeclare) {
      std::vector<std::string> names;
      for (const Profile* profile : conditions_.active_profiles()) names.push_back(wording::profile(*profile));
      if (!names.empty()) detail += say(" Profils Afas : ", wording::listed(names), ".");
    }
    answers_.push_back({.verdict = Verdict::kUsable,
                        .cause = "held",
                        .service = service,
                        .role = way.role,
                        .group = std::string(in_.groups[way.group].code),
                        .detail = std::move(detail)});
  }

  void no(std::optional<Service> service, const Way& way, const Obstacle& obstacle) {
    answers_.push_back({.verdict = Verdict::kNotUsable,
                        .cause = obstacle.cause,
                        .service = service,
                        .role = way.role,
                        .group = way.group == kNone ? "" : std::string(in_.groups[way.group].code),
                        .detail = obstacle.detail,
                        .recommendation = obstacle.recommendation});
  }

  void no_for_all(const Obstacle& obstacle) { no(std::nullopt, {}, obstacle); }

  void advice(std::string_view cause, std::optional<Service> service, std::string detail, std::string recommendation) {
    answers_.push_back({.verdict = Verdict::kAdvice,
                        .cause = cause,
                        .service = service,
                        .detail = std::move(detail),
                        .recommendation = std::move(recommendation)});
  }

  const Snapshot& in_;
  const Facts& facts_;
  const Withdrawn& withdrawn_;
  Index index_;
  const Account& account_;
  const Convention& convention_;
  Day day_;
  Conditions conditions_;
  std::vector<Answer> answers_;
};

}  // namespace

std::vector<Answer> explain(const Snapshot& snapshot, const Facts& facts, const Withdrawn& withdrawn, Index account,
                            Day day, std::optional<Service> only) {
  return Explainer(snapshot, facts, withdrawn, account, day).answers(only);
}

}  // namespace vigie::explain
