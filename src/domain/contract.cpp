#include "domain/contract.h"

namespace vigie {
namespace {

constexpr bool kYes = true;
constexpr bool kNo = false;

// A key's fields are required, and so are their values.
constexpr FieldSpec key(std::string_view name, FieldKind kind = FieldKind::kText) {
  return {name, kind, kYes, kYes, kNo};
}
constexpr FieldSpec required(std::string_view name, FieldKind kind = FieldKind::kText) {
  return {name, kind, kYes, kNo, kNo};
}
constexpr FieldSpec optional(std::string_view name, FieldKind kind = FieldKind::kText) {
  return {name, kind, kNo, kNo, kYes};
}

constexpr FieldSpec kConventions[] = {
    key("numero"),
    required("libelle"),
    required("organisme"),
    optional("caf_pivot"),
    optional("siret"),
    optional("type_partenaire"),
    optional("domaines_mail"),
    optional("mode_gestion", FieldKind::kMode),
    optional("contrat_service_signe_le", FieldKind::kDay),
    required("date_ouverture", FieldKind::kDay),
    optional("date_cloture", FieldKind::kDay),
    optional("statut", FieldKind::kStatus),
    optional("etat"),
};
constexpr FieldSpec kBulletins[] = {
    key("convention"),
    key("service", FieldKind::kService),
    optional("signe_le", FieldKind::kDay),
    key("date_ouverture", FieldKind::kDay),
    optional("date_cloture", FieldKind::kDay),
    optional("profils"),
};
constexpr FieldSpec kAccounts[] = {
    key("identifiant"),
    required("convention"),
    required("nom"),
    required("prenom"),
    optional("mail"),
    optional("telephone"),
    optional("poste", FieldKind::kWorkplace),
    required("date_ouverture", FieldKind::kDay),
    optional("date_cloture", FieldKind::kDay),
    optional("statut", FieldKind::kStatus),
    optional("profession"),
    optional("diplome_verifie_le", FieldKind::kDay),
    optional("numero_instructeur"),
    optional("code_bailleur"),
    optional("derniere_connexion", FieldKind::kDay),
};
constexpr FieldSpec kAdministrators[] = {
    key("convention"),
    key("identifiant"),
    key("date_ouverture", FieldKind::kDay),
    optional("date_cloture", FieldKind::kDay),
};
constexpr FieldSpec kGroups[] = {
    key("convention"),
    key("code"),
    required("libelle"),
    optional("niveau", FieldKind::kLevel),
    optional("parent"),
    optional("responsable"),
    required("date_ouverture", FieldKind::kDay),
    optional("date_cloture", FieldKind::kDay),
    optional("statut", FieldKind::kStatus),
    optional("origine", FieldKind::kOrigin),
};
constexpr FieldSpec kGrants[] = {
    key("convention"),
    key("groupe"),
    key("service", FieldKind::kService),
    key("role", FieldKind::kRole),
    key("date_ouverture", FieldKind::kDay),
    optional("date_cloture", FieldKind::kDay),
};
constexpr FieldSpec kMemberships[] = {
    key("convention"),
    key("groupe"),
    key("identifiant"),
    key("date_ouverture", FieldKind::kDay),
    optional("date_cloture", FieldKind::kDay),
};
constexpr FieldSpec kActivities[] = {
    key("convention"),
    key("activite"),
    optional("type_activite"),
    optional("nature_activite"),
    required("date_ouverture", FieldKind::kDay),
    optional("date_cloture", FieldKind::kDay),
};
constexpr FieldSpec kPlaces[] = {
    key("convention"),
    key("activite"),
    key("lieu"),
};
constexpr FieldSpec kProfiles[] = {
    key("convention"),
    key("identifiant"),
    key("role", FieldKind::kAfasRole),
    key("activite"),
    {.name = "lieu", .kind = FieldKind::kText, .required = kYes, .key = kYes, .may_be_empty = kYes},
    key("date_debut", FieldKind::kDay),
    optional("date_fin", FieldKind::kDay),
    optional("etat", FieldKind::kProfileState),
    optional("demande_le", FieldKind::kDay),
    optional("pj3_recue_le", FieldKind::kDay),
};
constexpr FieldSpec kDepartures[] = {
    key("convention"),
    key("identifiant"),
    required("date_depart", FieldKind::kDay),
};

constexpr ReferenceSpec kToConventionFirst[] = {{FileId::kConventions, {0, -1}}};
constexpr ReferenceSpec kOfAccount[] = {{FileId::kConventions, {field::accounts::kConvention, -1}}};
constexpr ReferenceSpec kToConventionAndAccount[] = {{FileId::kConventions, {0, -1}}, {FileId::kAccounts, {1, -1}}};
constexpr ReferenceSpec kToConventionAndGroup[] = {{FileId::kConventions, {0, -1}}, {FileId::kGroups, {0, 1}}};
constexpr ReferenceSpec kOfMembership[] = {
    {FileId::kConventions, {0, -1}}, {FileId::kGroups, {0, 1}}, {FileId::kAccounts, {2, -1}}};
constexpr ReferenceSpec kOfPlace[] = {{FileId::kConventions, {0, -1}}, {FileId::kActivities, {0, 1}}};
constexpr ReferenceSpec kOfProfile[] = {
    {FileId::kConventions, {0, -1}},
    {FileId::kAccounts, {1, -1}},
    {FileId::kActivities, {field::profiles::kConvention, field::profiles::kActivity}}};

constexpr std::array<FileSpec, kFileCount> kFiles = {{
    {"conventions", kYes, kConventions, {}},
    {"bulletins", kNo, kBulletins, kToConventionFirst},
    {"utilisateurs", kYes, kAccounts, kOfAccount},
    {"administrateurs", kNo, kAdministrators, kToConventionAndAccount},
    {"groupes", kYes, kGroups, kToConventionFirst},
    {"habilitations", kYes, kGrants, kToConventionAndGroup},
    {"appartenances", kYes, kMemberships, kOfMembership},
    {"activites", kNo, kActivities, kToConventionFirst},
    {"lieux", kNo, kPlaces, kOfPlace},
    {"profils_afas", kNo, kProfiles, kOfProfile},
    {"departs", kNo, kDepartures, kToConventionAndAccount},
}};

}  // namespace

const FileSpec& spec(FileId file) { return kFiles[index(file)]; }

std::span<const FileSpec, kFileCount> all_files() { return kFiles; }

std::string csv_name(FileId file) { return std::string(spec(file).name) + ".csv"; }

}  // namespace vigie
