#pragma once
// Digests and templates for the tests of mails: one for each kind of recipient, and a hostile one.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "mail/digest_text.h"
#include "routing/digest.h"

namespace vigie::samples {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

inline MailTemplates templates_in(const std::filesystem::path& folder) {
  return {.text = read_file(folder / "digest.text.mustache"), .html = read_file(folder / "digest.html.mustache")};
}

inline DigestLine line(Severity severity, std::string title, std::string subject) {
  DigestLine line;
  line.severity = severity;
  line.title = std::move(title);
  line.subject = std::move(subject);
  line.since = Day::from_ymd(2026, 11, 20);
  return line;
}

inline DigestLine manager_missing() {
  DigestLine finding = line(Severity::kCritical, "Groupe sans responsable d'habilitations", "T2PE");
  finding.detail = "Aucun responsable n'est désigné pour le groupe « T2 PE - Petite enfance ».";
  finding.recommendation =
      "« Gestion des habilitations » > « Mes groupes » : sur la ligne du groupe T2PE, cliquez sur le crayon, désignez "
      "un "
      "responsable d'habilitations, puis « Enregistrer les modifications ».";
  return finding;
}

inline DigestLine inactive(std::string account, std::string person, int days) {
  DigestLine finding = line(Severity::kMajor, "Compte inactif", std::move(account));
  finding.person = std::move(person);
  finding.since = Day::from_ymd(2026, 11, 20) - days;
  finding.age_days = days;
  finding.detail = "Dernière connexion le 03/03/2026, il y a plus de 180 jours.";
  finding.recommendation =
      "« Gestion des habilitations » > « Mes utilisateurs » : demandez à la personne de se connecter, ou saisissez une "
      "date de clôture.";
  return finding;
}

inline DigestLine shared_mailbox() {
  DigestLine finding = line(Severity::kCritical, "Adresse mail de service, non nominative", "ENF01302SM");
  finding.person = "Stéphane Bruet";
  finding.detail =
      "L'adresse creche-les-lilas@ville.example est celle d'un service (mot « crèche »), pas d'une personne.";
  finding.recommendation =
      "« Mes utilisateurs » > crayon, sur la ligne ENF01302SM : remplacez l'adresse par l'adresse individuelle et "
      "nominative de la personne.";
  finding.returned = true;
  return finding;
}

inline DigestAction closing(std::string kind, std::string subject, std::string reason, std::string cause) {
  return {.kind = std::move(kind),
          .subject = std::move(subject),
          .date = Day::from_ymd(2026, 11, 20),
          .reason = std::move(reason),
          .cause = std::move(cause),
          .convention = ""};
}

inline Digest administrator() {
  Digest digest;
  digest.kind = RecipientKind::kAdministrator;
  digest.address = "c.martin@ville.example";
  digest.recipient = "Claire Martin";
  digest.source = "caf931";
  digest.source_label = "Caf de la Seine-Saint-Denis";
  digest.convention = "19_214";
  digest.partner = "Ville de Rosny-sous-Bois";
  digest.services = "Cdap/Afas";
  digest.caf_mail = "mcp@caf.example";
  digest.day = Day::from_ymd(2026, 11, 20);
  digest.fresh = {manager_missing(), shared_mailbox()};
  digest.open = {inactive("ENF01303LB", "Lucie Berger", 39), inactive("SOC00817KD", "Karim Diallo", 12)};
  digest.resolved = {line(Severity::kMinor, "Groupe sans rôle", "T4CCAS")};
  digest.resolved.front().since = Day::from_ymd(2026, 10, 2);
  digest.actions = {
      closing("Clôturer l'appartenance", "Appartenance du compte ENF01299AM au groupe T2PE, ouverte le 01/09/2024",
              "Compte clôturé", "ENF01299AM"),
      closing("Clôturer l'appartenance", "Appartenance du compte ENF01299AM au groupe T9TUT, ouverte le 06/01/2025",
              "Compte clôturé", "ENF01299AM"),
      closing("Clôturer le compte", "SOC00455PR", "Personne partie", "SOC00455PR")};
  digest.total = 4;
  digest.critical = 2;
  return digest;
}

inline Digest manager() {
  Digest digest = administrator();
  digest.kind = RecipientKind::kManager;
  digest.address = "s.bruet@ville.example";
  digest.recipient = "Stéphane Bruet";
  digest.caf_mail.clear();
  digest.fresh.clear();
  digest.resolved.clear();
  digest.actions.clear();
  digest.notices = {
      "L'adresse de l'administrateur de votre convention ne permet pas de lui écrire ; ce message vous est "
      "adressé à sa place."};
  digest.reminder = true;
  digest.total = 2;
  digest.critical = 0;
  return digest;
}

inline DigestLine at(DigestLine finding, std::string convention, std::string partner) {
  finding.convention = std::move(convention);
  finding.partner = std::move(partner);
  return finding;
}

inline Digest compliance() {
  Digest digest;
  digest.kind = RecipientKind::kCompliance;
  digest.address = "conformite@caf.example";
  digest.recipient = "Conformité";
  digest.source = "caf931";
  digest.source_label = "Caf de la Seine-Saint-Denis";
  digest.day = Day::from_ymd(2026, 11, 20);
  digest.fresh = {at(manager_missing(), "19_214", "Ville de Rosny-sous-Bois"),
                  at(line(Severity::kInfo, "Convention proche de sa fin", "20_031"), "20_031", "Crèche Les Lilas")};
  digest.escalated = {at(inactive("ENF01303LB", "Lucie Berger", 39), "19_214", "Ville de Rosny-sous-Bois")};
  for (int i = 0; i < 60; ++i) {
    digest.open.push_back(
        at(line(Severity::kMinor, "Groupe sans rôle", "T2-" + std::to_string(i)), "18_007", "CCAS d'Istres"));
    digest.open.back().since = Day::from_ymd(2026, 11, 14);
    digest.open.back().age_days = 6;
  }
  digest.notices = {
      "612 clôtures sont retenues (plan 4f1c9a20) : elles dépassent le seuil de 500 par nuit. « vigie "
      "approve » les laisse partir.",
      "La livraison du 20/11/2026 a été refusée : le fichier utilisateurs.csv manque. Les chiffres sont ceux du "
      "19/11/2026."};
  digest.total = 63;
  digest.critical = 1;
  return digest;
}

inline Digest caf() {
  Digest digest = compliance();
  digest.kind = RecipientKind::kCaf;
  digest.address = "mcp@caf.example";
  digest.recipient = digest.source_label;
  digest.open.clear();
  digest.notices.clear();
  digest.total = 3;
  return digest;
}

inline const std::string& hostile_text() {
  static const std::string text =
      std::string(
          "\"><img src=x onerror=alert(1)> & {{tally}} \r\nBcc: eve@evil.example\r\n\r\n.\r\nFrom nobody \xFF") +
      '\0' + " مرحبا 👩‍👩‍👧 \u202Egnp.exe\u2028 =?UTF-8?Q?a?= " + std::string(400, 'x');
  return text;
}

// Every text of it is as bad as data can be.
inline Digest hostile() {
  Digest digest = administrator();
  digest.recipient = hostile_text();
  digest.partner = hostile_text();
  digest.services = "Cdap\r\nX-Evil: 1";
  digest.convention = "19_214\r\n\r\nbody";
  digest.notices = {hostile_text()};
  DigestLine finding = line(Severity::kCritical, hostile_text(), hostile_text());
  finding.person = finding.detail = finding.recommendation = hostile_text();
  digest.fresh = {finding};
  digest.actions = {closing(hostile_text(), hostile_text(), hostile_text(), hostile_text())};
  return digest;
}

}  // namespace vigie::samples
