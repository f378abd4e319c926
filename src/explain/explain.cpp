#include "explain/explain.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/subject_parts.h"
#include "domain/text.h"
#include "rules/families/bulletins.h"
#include "rules/families/instructor_number.h"
#include "rules/families/visits.h"
#include "rules/families/wording.h"

namespace vigie::explain {
namespace {

using wording::Gender;
using wording::on;
using wording::quoted;
using wording::say;

// What stands between an account and a role on one way to it; no cause: nothing.
struct Obstacle {
  std::string_view cause;
  std::string detail;
  std::string recommendation;
  Day since;  // of what is over: of several, the last one counts

  explicit operator bool() const { return !cause.empty(); }
};

// How near a way came to its end: what is only missing at the last step explains more than what ended before.
enum class Reached : std::uint8_t { kNothing, kMembership, kGroup, kRole };

// A role that a group gives, gave or will give, for an account that is, was or will be in that group.
struct Way {
  Index group = kNone;
  std::string role;
  std::optional<Role> known_role;
  Obstacle obstacle;
  Reached reached = Reached::kRole;
};

std::string words(Service service, std::string_view role) { return subject::role(say(name(service), ":", role)); }

std::string_view closed_or_not_open(const Period& period, Day day, std::string_view closed, std::string_view not_open) {
  return period.closed_on(day) ? closed : not_open;
}

class Explainer {
 public:
  Explainer(const Snapshot& snapshot, const Facts& facts, const Withdrawn& withdrawn, Index account, Day day)
      : in_(snapshot),
        facts_(facts),
        withdrawn_(withdrawn),
        index_(account),
        account_(snapshot.accounts[account]),
        convention_(snapshot.conventions[account_.convention]),
        day_(day) {}

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
    const Obstacle bulletin = bulletin_obstacle(service, convention_);
    bool usable = false;
    for (const Way& way : ways) {
      if (way.obstacle) continue;
      const Obstacle last = last_step(service, way);
      usable = usable || !last;
      last ? no(service, way, last) : yes(service, way);
    }
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
                                                   words(*grant.service, grant.role_name), " que le ",
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
            .detail = say("Le groupe ", wording::group(group), " a vu son rôle ", words(service, role), " retiré le ",
                          on(since), "."),
            .recommendation = assign_role(service, group),
            .since = since};
  }

  // Whoever has the service needs no role back that its group lost, beside the one that it has.
  static Obstacle not_to_be_undone(Obstacle obstacle) {
    if (obstacle.cause == "role-removed") obstacle.recommendation.clear();
    return obstacle;
  }

  // Of several ways to one role an open one, else the one that came nearest, else the one that was open last.
  static std::vector<Way> one_way_a_role(std::vector<Way> ways) {
    const auto is_better = [](const Way& a, const Way& b) {
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

  // ------------------------------------------------------------------------- what a role that is held still asks for

  [[nodiscard]] Obstacle last_step(Service service, const Way& way) const {
    const Index convention = in_.groups[way.group].convention;
    if (Obstacle bulletin = bulletin_obstacle(service, in_.conventions[convention])) return bulletin;
    if (!way.known_role)
      return {.cause = "role-unknown",
              .detail = say(quoted(way.role), " n'est pas un rôle de ", name(service), "."),
              .recommendation = assign_role(service, in_.groups[way.group])};
    if (Obstacle outside = contract_obstacle(*way.known_role, convention)) return outside;
    if (*way.known_role == Role::kDeclare) return profile_obstacle();
    if (*way.known_role == Role::kT4) return instructor_obstacle();
    if (*way.known_role == Role::kT10) return landlord_obstacle();
    return {};
  }

  [[nodiscard]] Obstacle bulletin_obstacle(Service service, const Convention& convention) const {
    if (!in_.has_file(FileId::kBulletins)) return {};
    const Bulletin* nearest = nullptr;
    bool covered = false;
    for (const Index b : in_.of.bulletins_of_convention[number_of(convention)]) {
      const Bulletin& bulletin = in_.bulletins[b];
      if (bulletin.service != service) continue;
      if (bulletin.period.active_on(day_)) {
        if (is_signed(bulletin)) return {};
        covered = true;
      } else if (nearest == nullptr || is_nearer(bulletin.period, nearest->period, day_)) {
        nearest = &bulletin;
      }
    }
    if (covered)
      return {.cause = "bulletin-unsigned",
              .detail = say("Le bulletin d'adhésion ", name(service), " de la convention ", quoted(convention.number),
                            " n'est pas signé : c'est lui qui ouvre le service."),
              .recommendation = ask_caf(name(service), convention, "fait signer le bulletin d'adhésion")};
    const std::string subject = say("bulletin d'adhésion ", name(service));
    return {.cause = nearest == nullptr
                         ? "bulletin-missing"
                         : closed_or_not_open(nearest->period, day_, "bulletin-closed", "bulletin-not-open"),
            .detail = nearest == nullptr ? say("La convention ", quoted(convention.number), " n'a pas de ", subject,
                                               " : chaque service demande le sien.")
                                         : say("Le ", subject, " de la convention ", quoted(convention.number), " ",
                                               wording::inactivity(nearest->period, day_), "."),
            .recommendation = say("Si le service doit être ouvert, l",
                                  ask_caf(name(service), convention, "demande un bulletin d'adhésion").substr(1))};
  }

  [[nodiscard]] bool is_signed(const Bulletin& bulletin) const {
    return !in_.has_column(FileId::kBulletins, field::bulletins::kSignedOn) || bulletin.signed_on <= day_;
  }

  [[nodiscard]] Obstacle contract_obstacle(Role role, Index convention) const {
    if (!in_.has_file(FileId::kBulletins)) return {};
    RoleSet allowed;
    for (const Index b : in_.of.bulletins_of_convention[convention])
      if (const Bulletin& bulletin = in_.bulletins[b];
          bulletin.service == service_of(role) && bulletin.period.active_on(day_))
        allowed.insert(allowed_roles(bulletin));
    if (allowed.contains(role)) return {};
    return {.cause = "role-outside-contract",
            .detail = say("Le bulletin d'adhésion ", name(service_of(role)), " de la convention ",
                          quoted(in_.conventions[convention].number), " ne prévoit pas le rôle ",
                          words(service_of(role), name(role)), "."),
            .recommendation = ask_caf(name(service_of(role)), in_.conventions[convention],
                                      "demande que le rôle soit ajouté au contrat")};
  }

  [[nodiscard]] Obstacle profile_obstacle() const {
    if (!in_.has_file(FileId::kProfiles)) return {};
    const auto profiles = active_profiles();
    if (profiles.empty())
      return {
          .cause = "no-profile",
          .detail =
              say("Le compte ", wording::account(account_),
                  " n'a aucun profil Afas actif : sans profil FDA, FDF ou Approbateur, il n'y a rien à déclarer."),
          .recommendation = say("« Aides financières d'action sociale » > « Administration des profils » > « Affecter "
                                "un rôle à un utilisateur habilité » pour ",
                                excerpt(account_.id), " > « Enregistrer ».")};
    const bool waits =
        std::ranges::all_of(profiles, [](const Profile* p) { return p->state == ProfileState::kPending; });
    if (!waits) return {};
    return {.cause = "profile-pending",
            .detail = say("Le profil ", wording::profile(*profiles.front()), " du compte ", wording::account(account_),
                          " est en attente de validation par la Caf."),
            .recommendation =
                ask_caf(name(Service::kAfas), convention_, "fournit la PJ 3 à la Caf, qui valide l'approbateur")};
  }

  [[nodiscard]] Obstacle instructor_obstacle() const {
    if (!in_.has_column(FileId::kAccounts, field::accounts::kInstructorNumber)) return {};
    const std::string fault = instructor_number_fault(account_.instructor_number);
    if (fault.empty()) return {};
    return {
        .cause = "instructor-number",
        .detail = say("Le numéro d'instructeur du compte ", wording::account(account_), " ", fault,
                      " : il n'est pas reconnu."),
        .recommendation = say(user_screen(), "crayon du compte ", excerpt(account_.id),
                              " > saisir le numéro d'instructeur délivré par le Conseil départemental, suivi de cinq "
                              "« 0 » > « Enregistrer les modifications ».")};
  }

  [[nodiscard]] Obstacle landlord_obstacle() const {
    if (!in_.has_column(FileId::kAccounts, field::accounts::kLandlordCode) || !account_.landlord_code.empty())
      return {};
    return {.cause = "landlord-code",
            .detail = say("Le code bailleur du compte ", wording::account(account_),
                          " est vide : c'est le code que le système demande à un profil T10."),
            .recommendation = say(user_screen(), "crayon du compte ", excerpt(account_.id),
                                  " > saisir le code bailleur, le même que dans l'ancien Cafpro > « Enregistrer les "
                                  "modifications ».")};
  }

  // ------------------------------------------------------------------------------------------------ no group leads
  // there

  [[nodiscard]] Obstacle no_way(Service service) const {
    std::vector<std::string> names;
    Index without_role = kNone;
    bool has_role = false;
    for (const Index m : in_.of.memberships_of_account[index_]) {
      if (!facts_.membership_effective[m]) continue;
      const Index group = in_.memberships[m].group;
      names.push_back(quoted(in_.groups[group].code));
      const bool gives = gives_anything(group);
      has_role = has_role || gives;
      if (!gives) without_role = group;
    }
    if (names.empty()) return no_group(service);
    if (has_role || names.size() > 1) return no_group_of_service(service, names, has_role);
    const Group& group = in_.groups[without_role];
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

  [[nodiscard]] Obstacle no_group_of_service(Service service, const std::vector<std::string>& names,
                                             bool has_role) const {
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
    if (service == Service::kAfas && !active_profiles().empty())
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

  static std::string user_screen() { return "« Gestion des habilitations » > « Mes utilisateurs » > "; }

  static bool is_made_by_caf(Service service) { return service == Service::kAfas || service == Service::kLandlords; }

  // Groups of Afas are the Caf's to make, those of Offre Bailleurs cannot be changed by the partner.
  static std::string assign_role(Service service, const Group& group) {
    if (is_made_by_caf(service))
      return say("Les rôles ", name(service),
                 " sont donnés aux groupes par la Caf : l'administrateur partenaire la contacte.");
    return say("« Gestion des habilitations » > « Mes groupes » > groupe ", quoted(group.code),
               " > « Habilitations du groupe » > choisir le service ", name(service),
               " et le rôle > « Assigner rôle » > « Enregistrer les modifications ».");
  }

  [[nodiscard]] std::string join_group(Service service, std::optional<Role> role = std::nullopt) const {
    std::vector<std::string> groups;
    for (const Index g : in_.of.groups_of_convention[account_.convention])
      if (facts_.group_active[g] &&
          (role ? facts_.active_roles[g].contains(*role) : facts_.active_services[g].contains(service)))
        groups.push_back(quoted(in_.groups[g].code));
    const std::string wanted = role ? words(service, name(*role)) : std::string(name(service));
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

  // Nobody else may write to the Caf, and the subject has a form.
  static std::string ask_caf(std::string_view service, const Convention& convention, std::string_view what) {
    return say("L'administrateur partenaire ", what, " (objet du mail à la Caf : ",
               quoted(upper(say(service, " ", convention.number, " ", convention.partner))), ").");
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

  [[nodiscard]] Index number_of(const Convention& convention) const {
    return static_cast<Index>(&convention - in_.conventions.data());
  }

  [[nodiscard]] bool gives_anything(Index group) const {
    return std::ranges::any_of(in_.of.grants_of_group[group],
                               [&](Index g) { return in_.grants[g].period.active_on(day_); });
  }

  [[nodiscard]] std::vector<const Profile*> active_profiles() const {
    std::vector<const Profile*> profiles;
    for (const Index p : in_.of.profiles_of_account[index_])
      if (in_.profiles[p].period.active_on(day_)) profiles.push_back(&in_.profiles[p]);
    return profiles;
  }

  // --------------------------------------------------------------------------------------------------------- answers

  void yes(Service service, const Way& way) {
    std::string detail = say("Le compte ", wording::account(account_), " peut utiliser ", words(service, way.role),
                             " par le groupe ", wording::group(in_.groups[way.group]), ".");
    if (way.known_role == Role::kDeclare) {
      std::vector<std::string> names;
      for (const Profile* profile : active_profiles()) names.push_back(wording::profile(*profile));
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
  std::vector<Answer> answers_;
};

}  // namespace

std::vector<Answer> explain(const Snapshot& snapshot, const Facts& facts, const Withdrawn& withdrawn, Index account,
                            Day day, std::optional<Service> only) {
  return Explainer(snapshot, facts, withdrawn, account, day).answers(only);
}

}  // namespace vigie::explain
