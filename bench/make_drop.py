#!/usr/bin/env python3
"""Makes drops for the benchmarks: the eleven CSV files of a source, at the proportions of a real one.

    make_drop.py --accounts 100000 --out night1 --as-of 2026-11-20 --violations 0.02
    make_drop.py --next night1 --out night2 --as-of 2026-11-21 --change 0.005
    make_drop.py --next night2 --out other --as-of 2026-11-21 --change 0 --portal --encoding cp1252 --separator tab

The first form writes partners one at a time, so that a million accounts take little memory. The second copies a drop
and changes, adds and withdraws a fraction of its records, as one day at the partners' would. The same arguments give
the same bytes. No drop is ever such that it would be refused, whatever the options. The third form writes the same
drop as another export would: dialects are for --out only, DIR_OLD is always of this program's own, plain form.

For each account there are about 4.8 rows in all: 2.5 memberships (half of them of former days), 0.2 groups, 0.2 grants,
0.06 conventions, 0.1 bulletins, 0.1 designations, 0.1 Afas activities, 0.15 places, 0.3 Afas profiles, 0.07 departures.
"""

import argparse
import datetime
import hashlib
import os
import random
import sys
import unicodedata

COLUMNS = {name: columns.split() for name, columns in {
    "conventions": "numero libelle organisme caf_pivot siret type_partenaire domaines_mail mode_gestion "
                   "contrat_service_signe_le date_ouverture date_cloture statut etat",
    "bulletins": "convention service signe_le date_ouverture date_cloture profils",
    "utilisateurs": "identifiant convention nom prenom mail telephone poste date_ouverture date_cloture statut "
                    "profession diplome_verifie_le numero_instructeur code_bailleur derniere_connexion",
    "administrateurs": "convention identifiant date_ouverture date_cloture",
    "groupes": "convention code libelle niveau parent responsable date_ouverture date_cloture statut origine",
    "habilitations": "convention groupe service role date_ouverture date_cloture",
    "appartenances": "convention groupe identifiant date_ouverture date_cloture",
    "activites": "convention activite type_activite nature_activite date_ouverture date_cloture",
    "lieux": "convention activite lieu",
    "profils_afas": "convention identifiant role activite lieu date_debut date_fin etat demande_le pj3_recue_le",
    "departs": "convention identifiant date_depart",
}.items()}
AT = {name: {column: at for at, column in enumerate(columns)} for name, columns in COLUMNS.items()}

SURNAMES = """Martin Bernard Dubois Thomas Robert Richard Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia
Bertrand Roux Vincent Fournier Morel Girard André Mercier Dupont Lambert Bonnet François Martinez Legrand Garnier
Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Lopez Fontaine
Robin Masson Sanchez Gérard Nguyen Denis Lemaire Duval Joly Gautier Roger Renaud Gaillard Hamon Benali Traoré Diallo
Haddad Cissé Ferreira Da-Silva Kowalski Bianchi Yilmaz Pham Weber Schmitt Keller Le-Goff Le-Gall Kerbrat Etcheverry
Casanova Vidal Bourgeois Renault Picard Arnaud Rolland Marchand Aubert Lucas Leclercq Barbier Colin Olivier Brun
Vasseur Boucher""".split()
FIRST_NAMES = """Marie Nathalie Isabelle Sylvie Catherine Sandrine Christine Valérie Céline Stéphanie Sophie
Patricia Julie Émilie Aurélie Caroline Camille Laura Manon Léa Chloé Inès Sarah Fatou Aminata Samira Nadia Leïla
Yasmine Hélène Agnès Élodie Claire Anne Lucie Mathilde Pauline Margaux Philippe Alain Michel Patrick Thierry
Christophe Laurent Olivier Julien Nicolas Sébastien David Frédéric Stéphane Karim Mehdi Mamadou Yacine Thomas
Antoine Maxime Alexandre Guillaume Hugo Lucas Romain Damien Jérôme Éric Bruno Pascal Didier Gilles Denis Paul Rémi
Benoît Cédric Arnaud Ibrahima Youssef Samuel""".split()
TOWNS = """Bellecombe Clairval Fontenoy Grandpré Hautefort Valmont Rochebrune Montfleur Villedieu Beaurepaire Champlitte
Mirecourt Vauvert Sainte-Aurore Saint-Rieul Pontarlac Marsange Lavernay Coursol Brévannes""".split()
T1_PROFESSIONS = ("Assistante sociale", "Assistant de service social", "CESF", "Conseillère ESF",
                  "Conseiller en économie sociale et familiale", "Assistante de service social (DEASS)")
T9_PROFESSIONS = ("Mandataire judiciaire à la protection des majeurs", "MJPM", "Délégué à la tutelle", "Curateur")
OTHER_PROFESSIONS = ("Agent administratif", "Secrétaire", "Comptable", "Directrice de crèche", "Animateur",
                     "Éducateur de jeunes enfants", "Chargée de mission", "Agent instructeur", "")

# What a partner of a kind has: weight, prefix of identifiants, name, type, the groups from the most to the least usual
# (code, label, service, role), and whether it declares Afas activities.
KINDS = (
    (34, "VIL", "VILLE DE {}", "Commune",
     (("T2PE", "T2 Service Petite Enfance", "Cdap", "T2"), ("T1AS", "T1 Assistants sociaux", "Cdap", "T1"),
      ("T4RSA", "T4 Instruction RSA", "Cdap", "T4"), ("T2CR", "T2 Service des Crèches", "Cdap", "T2"),
      ("DGFIP", "Régie", "Dgfip", "Recouvrement")), True),
    (20, "CCA", "CCAS DE {}", "CCAS",
     (("T1AS", "T1 Assistants sociaux", "Cdap", "T1"), ("T4RSA", "T4 Instruction RSA", "Cdap", "T4"),
      ("T1CESF", "T1 CESF", "Cdap", "T1"), ("AIDES", "Aides à domicile", "Adonis", "Adonis")), False),
    (26, "ASS", "ASSOCIATION {} ENFANCE", "Association",
     (("T2EAJE", "T2 Accueil du jeune enfant", "Cdap", "T2"),
      ("T2ALSH", "T2 Accueils de loisirs", "Cdap", "T2")), True),
    (8, "MJP", "TUTELLES {}", "Association",
     (("T9MJPM", "T9 Mandataires judiciaires", "Cdap", "T9"), ("T9CUR", "T9 Curateurs", "Cdap", "T9")), False),
    (9, "HLM", "HABITAT {}", "Bailleur",
     (("T10GL", "T10 Gestion locative", "Cdap", "T10"), ("OBCONV", "Logements conventionnés", "Offre Bailleurs",
                                                         "Logements conventionnés")), False),
    (3, "DEP", "DÉPARTEMENT {}", "Département",
     (("T1AS", "T1 Assistants sociaux", "Cdap", "T1"), ("T1CESF", "T1 CESF", "Cdap", "T1"),
      ("T4RSA", "T4 Instruction RSA", "Cdap", "T4"), ("T2PMI", "T2 Protection maternelle", "Cdap", "T2"),
      ("DGFIP", "Contrôle", "Dgfip", "Enquête")), True),
)
KIND_WEIGHTS = [kind[0] for kind in KINDS]
SIZES, SIZE_WEIGHTS = (2, 4, 6, 10, 16, 30, 60, 150), (16, 18, 18, 16, 13, 11, 5, 3)
OLDEST, FARTHEST = -4000, 800


class Days:
    """The text of a day, by its distance from the as-of day."""

    def __init__(self, as_of):
        self._texts = [(as_of + datetime.timedelta(n)).strftime("%d/%m/%Y") for n in range(OLDEST, FARTHEST)]

    def __call__(self, distance):
        return self._texts[distance - OLDEST]


def folded(text):
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if c.isalnum() and not unicodedata.combining(c))


NAMES = [(surname.replace("-", " ").upper(), first_name, f"{folded(first_name)}.{folded(surname)}")
         for surname in SURNAMES for first_name in FIRST_NAMES]
NAME_STEP = 4099  # prime to the number of names: steps through all of them before one comes again


class Partner:
    """One convention and all that belongs to it, as rows by file, without any fault."""

    def __init__(self, number, size, first_account, days, rng):
        self.rng, self.days, self.size = rng, days, size
        _, self.prefix, name, self.type, self.templates, declares = rng.choices(KINDS, KIND_WEIGHTS)[0]
        self.rows = {file: [] for file in COLUMNS}
        self.opens = rng.randrange(-3600, -700)
        self.closes = rng.randrange(-300, -30) if rng.random() < 0.04 else None
        self.end = "" if self.closes is None else days(self.closes)
        self.number = f"{19 + number % 7}_{number}"
        self.domain = f"{self.prefix.lower()}-{number}.example"
        self.delegated = rng.random() < 0.5
        self.active = []    # rows of the accounts that are open
        self.holders = {}   # role -> rows of open accounts that have it today
        self._convention(name.format(rng.choice(TOWNS).upper()) + f" {number}")
        self._groups()
        self._accounts(first_account)
        self._administrators()
        if declares and rng.random() < 0.8:
            self._afas()
        for service in dict.fromkeys(row[2] for row in self.rows["habilitations"]):
            self._bulletin(service)

    def _convention(self, name):
        day = self.days(self.opens)
        self.rows["conventions"].append([
            self.number, name.title(), name, "Caf 931", "", self.type, self.domain,
            "delegue" if self.delegated else "centralise", day, day, self.end, "Fermée" if self.end else "Ouverte",
            f"Validée le {day}"])

    def _bulletin(self, service):
        day = self.days(self.opens)
        self.rows["bulletins"].append([self.number, service, day, day, self.end, ""])

    def _group(self, code, label, service, role, parent="", origin="Partenaire"):
        day, status = self.days(self.opens), "Fermé" if self.end else "Ouvert"
        row = [self.number, code, label, "2" if parent else "1", parent, "", day, self.end, status, origin]
        self.rows["groupes"].append(row)
        self.rows["habilitations"].append([self.number, code, service, role, day, self.end])
        if self.rng.random() < 0.1:  # a right that was taken back long ago
            self.rows["habilitations"].append([self.number, code, "Cdap", "T3", day, self.days(self.opens + 90)])
        return row

    def _groups(self):
        wanted = max(1, round(self.size * 0.14))
        self.job_groups = []
        for n in range(wanted):
            code, label, service, role = self.templates[n % len(self.templates)]
            turn = n // len(self.templates)
            generated = service == "Offre Bailleurs"
            self.job_groups.append((self._group(f"{code}{turn:02d}" if turn else code,
                                                f"{label} - secteur {turn}" if turn else label, service, role,
                                                parent=code if turn and not generated else "",
                                                origin="Automatique" if generated else "Partenaire"), role))

    def _accounts(self, first_account):
        random_unit, name = self.rng.random, self.rng.randrange(len(NAMES))
        for n in range(self.size):
            name = (name + NAME_STEP) % len(NAMES)
            serial = first_account + n
            letters = serial // 100000
            identifier = f"{self.prefix}{serial % 100000:05d}{chr(65 + letters // 26)}{chr(65 + letters % 26)}"
            latest = -60 if self.closes is None else self.closes - 30
            opens = self.opens + int(random_unit() * (latest - self.opens))
            closes = self.closes
            if closes is None and n >= 2 and random_unit() < 0.055:
                closes = opens + 1 + int(random_unit() * (-1 - opens))
            self._account(identifier, NAMES[name], opens, closes, n)

    def _account(self, identifier, name, opens, closes, n):
        random_unit, days = self.rng.random, self.days
        group, role = self.job_groups[int(random_unit() * len(self.job_groups)) if n >= len(self.job_groups) else n]
        profession, checked, instructor, landlord = OTHER_PROFESSIONS[int(random_unit() * 9)], "", "", ""
        if role == "T1":
            profession, checked = T1_PROFESSIONS[int(random_unit() * 6)], days(opens)
        elif role == "T4":
            instructor = f"093C{10000 + int(random_unit() * 80000)}00000"
        elif role == "T9":
            profession = T9_PROFESSIONS[int(random_unit() * 4)]
        elif role == "T10":
            landlord = f"093B{int(random_unit() * 1000):03d}"
        surname, first_name, local_part = name
        row = [identifier, self.number, surname, first_name, f"{local_part}@{self.domain}",
               f"01 99 00 {int(random_unit() * 100):02d} {int(random_unit() * 100):02d}",
               "itinerant" if random_unit() < 0.2 else "sedentaire", days(opens), "", "Ouvert", profession, checked,
               instructor, landlord, ""]
        self.rows["utilisateurs"].append(row)
        if closes is None:
            row[14] = days(-1 - int(random_unit() * 150))
            self.active.append(row)
            self.holders.setdefault(role, []).append(row)
            if not group[5]:
                group[5] = identifier
        else:
            row[8], row[9], row[14] = days(closes), "Fermé", days(closes - 1)
            if random_unit() < 0.8:
                self.rows["departs"].append([self.number, identifier, days(closes)])
        self._memberships(identifier, group[1], role, opens, closes)

    def _memberships(self, identifier, group, role, opens, closes):
        """The group of today, sometimes a second one of the same role, and those of before."""
        rows, days, random_unit = self.rows["appartenances"], self.days, self.rng.random
        until = -1 if closes is None else closes
        former = int(random_unit() * 3.1)
        step = (until - opens) // (former + 1)
        end = "" if closes is None else days(closes)
        if former and step > 1:
            for n in range(former):
                other = self.job_groups[int(random_unit() * len(self.job_groups))][0][1]
                rows.append([self.number, other, identifier, days(opens + n * step), days(opens + (n + 1) * step)])
            opens += former * step
        rows.append([self.number, group, identifier, days(opens), end])
        if random_unit() < 0.3:
            others = [row[1] for row, other_role in self.job_groups if other_role == role and row[1] != group]
            if others:
                rows.append([self.number, others[int(random_unit() * len(others))], identifier, days(opens), end])

    def _administrators(self):
        people = self.active or self.rows["utilisateurs"]
        count = 2 if len(people) > 1 and self.rng.random() < 0.7 else 1
        for row in people[:count]:
            self.rows["administrateurs"].append([self.number, row[0], row[7], self.end])
        for group, _ in self.job_groups:
            group[5] = group[5] or people[0][0]

    def _afas(self):
        """Activities that three people each declare, and the Caf's groups for these people."""
        people = self.active or self.rows["utilisateurs"]
        opening = self.days(self.opens)
        declarers = {}
        for n in range(max(1, round(self.size * 0.185))):
            activity = f"ALSH {TOWNS[n % len(TOWNS)]} {n + 1}"
            self.rows["activites"].append([self.number, activity, "ALSH", "Accueil de loisirs", opening, self.end])
            for site in range(1 + n % 2):
                self.rows["lieux"].append([self.number, activity, f"{activity} - site {site + 1}"])
            for m, role in enumerate(("FDA", "FDF", "Approbateur")):
                account = people[(3 * n + m) % len(people)]
                declarers[account[0]] = account
                asked = account[7] if role == "Approbateur" else ""
                self.rows["profils_afas"].append([self.number, account[0], role, activity, "", account[7], self.end,
                                                  "Validé", asked, asked])
        self._caf_group("AFAS-DEC", "AFAS-DECLARER", "Déclarer", people[0], declarers.values())
        if self.delegated:
            self._caf_group("AFAS-HAB", "AFAS-HABILITER", "Habiliter", people[0], people[:1])
        else:
            self.rows["groupes"][-1][5] = people[0][0]

    def _caf_group(self, code, label, role, manager, members):
        self._group(code, label, "Afas", role, origin="Caf")[5] = manager[0]
        for account in members:
            self.rows["appartenances"].append([self.number, code, account[0], account[7], self.end])


class Faults:
    """Violations of the rules, put into partners that have none; each kind in its turn."""

    def __init__(self, days, rng):
        self.days, self.rng = days, rng
        self.stranger = None  # an account of another partner
        self._kinds = [getattr(self, name) for name in sorted(dir(self)) if name.startswith("fault_")]
        self._turn = 0

    def add(self, partner, share):
        wanted = share * partner.size
        for _ in range(int(wanted) + (self.rng.random() < wanted % 1)):
            for _ in self._kinds:
                self._turn = (self._turn + 1) % len(self._kinds)
                if partner.active and self._kinds[self._turn](partner):
                    break
        if partner.active:
            self.stranger = partner.active[-1][0]

    def _put(self, file, row, **values):
        for column, value in values.items():
            row[AT[file][column]] = value
        return True

    def _account(self, partner, **values):
        """Changes an account that is open, of those that are no administrator if there are such."""
        return self._put("utilisateurs", self._person(partner), **values)

    def _person(self, partner):
        people = partner.active
        return people[self.rng.randrange(2, len(people))] if len(people) > 2 else people[-1]

    def _group(self, partner, **values):
        return self._put("groupes", self.rng.choice(partner.job_groups)[0], **values)

    def _holder(self, partner, role, **values):
        people = partner.holders.get(role)
        return bool(people) and self._put("utilisateurs", self.rng.choice(people), **values)

    def _profile(self, partner, role, **values):
        rows = [row for row in partner.rows["profils_afas"] if row[2] == role]
        return bool(rows) and self._put("profils_afas", self.rng.choice(rows), **values)

    def _append(self, partner, file, keys, row):
        """Adds a row, unless there is one of the same first fields."""
        rows = partner.rows[file]
        known = any(other[:keys] == row[:keys] for other in rows)
        if not known:
            rows.append(row)
        return not known

    def _current_membership(self, partner):
        return next((row for row in reversed(partner.rows["appartenances"]) if not row[4]), None)

    def fault_shared_mailbox(self, p):
        return self._account(p, mail=f"accueil.social{self.rng.randrange(99)}@{p.domain}")

    def fault_functional_name(self, p):
        return self._account(p, nom="ACCUEIL", prenom="Mairie")

    def fault_invalid_mail(self, p):
        return self._account(p, mail="")

    def fault_disposable_mail(self, p):
        row = self._person(p)
        return self._put("utilisateurs", row, mail=row[4].split("@")[0] + "@yopmail.com")

    def fault_mail_outside(self, p):
        row = self._person(p)
        return self._put("utilisateurs", row, mail=f"{row[4].split('@')[0]}.{p.number}@messagerie.example")

    def fault_duplicate_mail(self, p):
        return len(p.active) > 3 and self._account(p, mail=p.active[2][4].upper())

    def fault_inactive(self, p):
        return self._account(p, derniere_connexion=self.days(-400))

    def fault_never_used(self, p):
        return self._account(p, derniere_connexion="")

    def fault_status(self, p):
        return self._account(p, statut="Fermé")

    def fault_dates_inverted(self, p):
        row = self._person(p)
        return self._put("utilisateurs", row, date_cloture=self.days(OLDEST), statut="Fermé")

    def fault_same_person(self, p):
        first = p.active[0]
        return len(p.active) > 1 and self._account(p, nom=first[2], prenom=first[3])

    def fault_departed(self, p):
        return self._append(p, "departs", 2, [p.number, self._person(p)[0], self.days(-10)])

    def fault_closed_with_rights(self, p):
        return self._account(p, date_cloture=self.days(-20), statut="Fermé")

    def fault_t1_workplace(self, p):
        return self._holder(p, "T1", profession="Assistante sociale du travail")

    def fault_t1_unknown(self, p):
        return self._holder(p, "T1", profession="")

    def fault_t1_unchecked(self, p):
        return self._holder(p, "T1", diplome_verifie_le="")

    def fault_t4_short(self, p):
        return self._holder(p, "T4", numero_instructeur="093C06401")

    def fault_t9_secretary(self, p):
        return self._holder(p, "T9", profession="Secrétaire MJPM")

    def fault_t10_no_code(self, p):
        return self._holder(p, "T10", code_bailleur="")

    def fault_group_no_manager(self, p):
        return self._group(p, responsable="")

    def fault_group_unknown_manager(self, p):
        return self._group(p, responsable="PARTI00000AA")

    def fault_group_label(self, p):
        return self._group(p, libelle="Service social")

    def fault_group_status(self, p):
        return self._group(p, statut="Clos")

    def fault_group_closed(self, p):
        return len(p.job_groups) > 2 and self._group(p, date_cloture=self.days(-15), statut="Fermé")

    def fault_group_parent(self, p):
        return self._group(p, parent="DISPARU", niveau="2")

    def fault_group_cycle(self, p):
        return len(p.job_groups) > 1 and self._put("groupes", p.job_groups[0][0], parent=p.job_groups[0][0][1])

    def fault_group_two_roles(self, p):
        return self._another_role(p, "T5")

    def fault_group_unknown_role(self, p):
        return self._another_role(p, "T22")

    def _another_role(self, p, role):
        group = self.rng.choice(p.job_groups)[0]
        return self._append(p, "habilitations", 5, [p.number, group[1], "Cdap", role, group[6], ""])

    def fault_group_no_role(self, p):
        p.rows["habilitations"].pop(self.rng.randrange(len(p.rows["habilitations"])))
        return p.rows["habilitations"] or self._another_role(p, "T2")

    def fault_membership_foreign(self, p):
        return self.stranger is not None and self._append(
            p, "appartenances", 4, [p.number, p.job_groups[0][0][1], self.stranger, self.days(-50), ""])

    def fault_membership_overlap(self, p):
        row = self._current_membership(p)
        return row is not None and self._append(p, "appartenances", 4, row[:3] + [self.days(-5), ""])

    def fault_membership_early(self, p):
        row = self._current_membership(p)
        return row is not None and self._put("appartenances", row, date_ouverture=self.days(OLDEST + 10))

    def fault_contract(self, p):
        return self._put("conventions", p.rows["conventions"][0], contrat_service_signe_le="")

    def fault_not_validated(self, p):
        return self._put("conventions", p.rows["conventions"][0], etat="En attente de signature")

    def fault_expiring(self, p):
        return self._put("conventions", p.rows["conventions"][0], date_cloture=self.days(30))

    def fault_convention_over(self, p):
        return p.size < 10 and self._put("conventions", p.rows["conventions"][0], date_cloture=self.days(-7),
                                         statut="Fermée")

    def fault_no_bulletin(self, p):
        return len(p.rows["bulletins"]) > 1 and bool(p.rows["bulletins"].pop())

    def fault_bulletin_unsigned(self, p):
        return bool(p.rows["bulletins"]) and self._put("bulletins", p.rows["bulletins"][0], signe_le="")

    def fault_outside_contract(self, p):
        return bool(p.rows["bulletins"]) and self._put("bulletins", p.rows["bulletins"][0], profils="T7,T8")

    def fault_too_many_administrators(self, p):
        known = {row[1] for row in p.rows["administrateurs"]}
        others = [row for row in p.active if row[0] not in known]
        p.rows["administrateurs"] += [[p.number, row[0], row[7], ""] for row in others[:2]]
        return len(others) > 1

    def fault_foreign_administrator(self, p):
        return self.stranger is not None and self._append(
            p, "administrateurs", 3, [p.number, self.stranger, self.days(-50), ""])

    def fault_no_administrator(self, p):
        p.rows["administrateurs"].clear()
        return True

    def fault_approver_pending(self, p):
        return self._profile(p, "Approbateur", etat="En attente", demande_le=self.days(-40), pj3_recue_le="")

    def fault_provider_over(self, p):
        return self._profile(p, "FDF", date_fin=self.days(-3))

    def fault_second_approver(self, p):
        return self._copy_profile(p, "Approbateur", self._person(p)[0])

    def fault_foreign_profile(self, p):
        return self.stranger is not None and self._copy_profile(p, "FDA", self.stranger)

    def fault_three_providers(self, p):
        return len(p.active) > 4 and all([self._copy_profile(p, "FDA", row[0]) for row in p.active[2:4]])

    def _copy_profile(self, p, role, identifier):
        row = next((row for row in p.rows["profils_afas"] if row[2] == role), None)
        return row is not None and self._append(p, "profils_afas", 6, [row[0], identifier, *row[2:]])

    def fault_afas_group_by_partner(self, p):
        return bool(p.rows["profils_afas"]) and self._put("groupes", p.rows["groupes"][-1], origine="Partenaire")

    def fault_delegation(self, p):
        return p.rows["groupes"][-1][1] == "AFAS-HAB" and self._put("conventions", p.rows["conventions"][0],
                                                                    mode_gestion="centralise")

    def fault_scope(self, p):
        rows = p.rows["lieux"]
        return bool(rows) and self._put("profils_afas", p.rows["profils_afas"][1], lieu=rows[0][2])


class Dirt:
    """Rows that an import rejects. Few enough of each file that no drop is refused for them, and none of those rows on
    which many others depend: to their files bad rows are added instead."""

    PARENTS = ("conventions", "groupes", "activites")
    CASCADE = {"appartenances": 2.5, "profils_afas": 0.3, "administrateurs": 0.1, "departs": 0.07}  # rows of an account
    LIMIT = 0.02  # of a file's rows; with what follows from bad accounts still far from the 5 % of a refusal

    def __init__(self, share, rng):
        self.share, self.rng = min(share, self.LIMIT), rng
        self._seen = dict.fromkeys(COLUMNS, 0)
        self._bad = dict.fromkeys(COLUMNS, 0)

    def lines(self, file, rows):
        for row in rows:
            self._seen[file] += 1
            if self.rng.random() < self.share and self._allowed(file):
                self._bad[file] += 1
                yield from self._spoil(file, row)
            else:
                yield ";".join(row)

    def _allowed(self, file):
        return self._bad[file] < max(4, self.LIMIT * self._seen[file])

    def _spoil(self, file, row):
        good = ";".join(row)
        if file in self.PARENTS or file == "utilisateurs" and self.rng.random() < 0.75:
            yield good
            yield self.rng.choice((good, good + ";surplus", ";" + good.split(";", 1)[1]))
        elif file == "utilisateurs":
            for other, rows in self.CASCADE.items():
                self._bad[other] += rows
            yield ";".join(row[:9] + ["Peut-être"] + row[10:])
        else:
            yield from self._spoil_leaf(file, row, good)

    def _spoil_leaf(self, file, row, good):
        last_key = 2 if file in ("lieux", "appartenances") else 1
        day = next((at for column, at in AT[file].items() if column.startswith("date_")), None)
        bad_rows = [[good, good], [good + ";surplus"], [";".join(row[:last_key] + [""] + row[last_key + 1:])]]
        if day is not None:
            bad_rows.append([";".join(row[:day] + ["31/02/2026"] + row[day + 1:])])
        if file != "bulletins" and file != "lieux":
            bad_rows.append([";".join(row[:last_key] + ["INCONNU"] + row[last_key + 1:])])
        yield from self.rng.choice(bad_rows)


class Dialect:
    """How an export writes its rows; they come as lines of this program's own form, without quotes."""

    HEADINGS = {"mail": "Adresse mail", "date_ouverture": "Date d'ouverture", "date_cloture": "Date de clôture",
                "code": "Code", "libelle": "Libellé", "organisme": "Partenaire", "caf_pivot": "CAF pivot",
                "identifiant": "Identifiant", "nom": "Nom", "prenom": "Prénom", "telephone": "Téléphone",
                "date_debut": "Début d'habilitation", "date_fin": "Fin d'habilitation"}

    def __init__(self, options):
        self.encoding, self.separator = options.encoding, "\t" if options.separator == "tab" else options.separator
        self.line_end = "\r\n" if options.crlf else "\n"
        self._headings = self.HEADINGS if options.portal else {}

    def header(self, columns):
        return self.line(";".join(self._headings.get(column, column) for column in columns))

    def line(self, line):
        return line if self.separator == ";" else self.separator.join(map(self._field, line.split(";")))

    def _field(self, value):
        return f'"{value}"' if self.separator in value else value


class Folder:
    """The files of a drop while it is written."""

    def __init__(self, path, dialect):
        os.makedirs(path, exist_ok=True)
        self.path, self._dialect = path, dialect
        self._files = {}
        for name, columns in COLUMNS.items():
            self._files[name] = open(os.path.join(path, name + ".csv"), "w", encoding=dialect.encoding,
                                     newline=dialect.line_end)
            self._files[name].write(dialect.header(columns) + "\n")
        self.counts = dict.fromkeys(COLUMNS, 0)

    def write(self, file, lines):
        if lines:
            self.counts[file] += len(lines)
            self._files[file].write("\n".join(map(self._dialect.line, lines)) + "\n")

    def close(self, as_of, checksums):
        """Every file's time is the as-of day, so that a drop is never taken for one that came late."""
        for file in self._files.values():
            file.close()
        names = sorted(name + ".csv" for name in COLUMNS)
        if checksums:
            with open(os.path.join(self.path, "SHA256SUMS"), "w", encoding="ascii") as sums:
                for name in names:
                    with open(os.path.join(self.path, name), "rb") as file:
                        sums.write(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n")
            names.append("SHA256SUMS")
        seconds = datetime.datetime.combine(as_of, datetime.time(1)).timestamp()
        for name in names:
            os.utime(os.path.join(self.path, name), (seconds, seconds))


def make_first(options, folder):
    rng = random.Random(options.seed)
    days = Days(options.as_of)
    faults = Faults(days, rng)
    dirt = Dirt(options.dirty, rng) if options.dirty else None
    made = number = 0
    while made < options.accounts:
        number += 1
        size = min(rng.choices(SIZES, SIZE_WEIGHTS)[0], options.accounts - made)
        partner = Partner(number, size, made, days, rng)
        faults.add(partner, options.violations)
        for file, rows in partner.rows.items():
            folder.write(file, list(dirt.lines(file, rows)) if dirt else [";".join(row) for row in rows])
        made += size


class NextNight:
    """A drop read line by line, and written again with a day's changes.

    A fraction of the accounts leaves (closed, with all that they have), is withdrawn, changes or gets a new colleague;
    a fraction of the other rows is closed, withdrawn or changed. Accounts come first, and what becomes of them is kept
    in mind, so that no row refers to one that is gone."""

    ACCOUNT_FILES = {"appartenances": 2, "profils_afas": 1, "administrateurs": 1, "departs": 1}
    CLOSING = {"appartenances": 4, "habilitations": 5, "profils_afas": 6}
    CHANGED = {"conventions": 1, "groupes": 2, "activites": 3}

    def __init__(self, old, as_of, change, seed):
        self._old, self._change, self._as_of = old, change, as_of
        self._today = as_of.strftime("%d/%m/%Y")
        self._rng = random.Random(f"{seed}/{as_of.isoformat()}")
        self._gone, self._left, self._colleagues = set(), {}, {}

    def write(self, folder):
        for file in ("utilisateurs", *(name for name in COLUMNS if name != "utilisateurs")):
            edit = self._account if file == "utilisateurs" else self._other
            lines = []
            with open(os.path.join(self._old, file + ".csv"), encoding="utf-8", newline="") as old:
                next(old)
                for line in old:
                    edit(file, line.rstrip("\n"), lines)
                    if len(lines) > 20000:
                        folder.write(file, lines)
                        lines = []
            if file == "departs":
                lines += [f"{convention};{who};{self._today}" for who, convention in self._left.items()]
            folder.write(file, lines)

    def _account(self, file, line, lines):
        fate = self._rng.random() / self._change if self._change else 1
        row = line.split(";") if fate < 1 else ()
        if fate >= 1 or len(row) != len(COLUMNS[file]) or row[8]:
            lines.append(line)
        elif fate < 0.1:
            self._gone.add(row[0])
        elif fate < 0.3:
            self._left[row[0]] = row[1]
            row[8], row[9] = self._today, "Fermé"
            lines.append(";".join(row))
        elif fate < 0.5:
            lines.append(line)
            lines.append(self._colleague(row))
        else:
            row[5], row[14] = f"01 99 00 {int(fate * 1e4) % 100:02d} {int(fate * 1e6) % 100:02d}", self._today
            lines.append(";".join(row))

    def _colleague(self, row):
        serial = len(self._colleagues)
        identifier = f"NEW{serial:05d}{self._as_of:%y%m%d}"
        self._colleagues[row[0]] = identifier
        surname, first_name, local_part = NAMES[self._rng.randrange(len(NAMES))]
        domain = row[4].rpartition("@")[2] or "messagerie.example"
        return ";".join([identifier, row[1], surname, first_name, f"{local_part}.{serial}@{domain}", "", "sedentaire",
                         self._today, "", "Ouvert", *row[10:14], ""])

    def _other(self, file, line, lines):
        who = self.ACCOUNT_FILES.get(file)
        if who is not None:
            row = line.split(";")
            if len(row) == len(COLUMNS[file]):
                if row[who] in self._gone:
                    return
                if file == "appartenances" and row[who] in self._colleagues and not row[4]:
                    lines.append(";".join([row[0], row[1], self._colleagues[row[who]], self._today, ""]))
                if row[who] in self._left and file in self.CLOSING and not row[self.CLOSING[file]]:
                    row[self.CLOSING[file]] = self._today
                    line = ";".join(row)
        if self._rng.random() >= self._change:
            lines.append(line)
        else:
            self._edit(file, line.split(";"), line, lines)

    def _edit(self, file, row, line, lines):
        closing, changed = self.CLOSING.get(file), self.CHANGED.get(file)
        if len(row) != len(COLUMNS[file]):
            lines.append(line)
        elif changed is not None:
            row[changed] += " bis"
            lines.append(";".join(row))
        elif closing is not None and not row[closing]:
            row[closing] = self._today
            lines.append(";".join(row))
        elif file not in ("habilitations", "appartenances", "lieux"):
            lines.append(line)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=10000, help="accounts of a first drop (10000)")
    parser.add_argument("--out", required=True, help="folder of the drop; it is made")
    parser.add_argument("--as-of", type=datetime.date.fromisoformat, default=datetime.date.today(),
                        metavar="AAAA-MM-JJ", help="the day that the drop is of (today)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--violations", type=float, default=0.0, metavar="F",
                        help="violations of rules for each account, of all kinds in turn (0)")
    parser.add_argument("--dirty", type=float, default=0.0, metavar="F",
                        help="fraction of rows that an import rejects (0; at most 0.02)")
    parser.add_argument("--next", metavar="DIR_OLD", help="make the drop of the night after DIR_OLD's")
    parser.add_argument("--change", type=float, default=0.005, metavar="F",
                        help="with --next: fraction of the records that change (0.005; at most 0.5)")
    parser.add_argument("--checksums", action="store_true", help="add SHA256SUMS")
    parser.add_argument("--encoding", choices=("utf-8", "utf-8-sig", "cp1252"), default="utf-8",
                        help="of the files; utf-8-sig: with a byte-order mark (utf-8)")
    parser.add_argument("--separator", choices=(";", ",", "tab"), default=";", help="between fields (;)")
    parser.add_argument("--crlf", action="store_true", help="end lines with CR and LF")
    parser.add_argument("--portal", action="store_true", help="write the portal's own column headings")
    options = parser.parse_args()
    if not 0 <= options.change <= 0.5:
        parser.error("--change must be from 0 to 0.5: with more withdrawn records a drop would be refused")
    if options.accounts < 1:
        parser.error("--accounts must be 1 or more")
    if options.next and options.dirty:
        parser.error("--dirty is for a first drop: with --next the bad rows of DIR_OLD stay")
    return options


def main():
    options = arguments()
    folder = Folder(options.out, Dialect(options))
    if options.next:
        NextNight(options.next, options.as_of, options.change, options.seed).write(folder)
    else:
        make_first(options, folder)
    folder.close(options.as_of, options.checksums)
    print(" ".join(f"{file}={count}" for file, count in folder.counts.items()), f"all={sum(folder.counts.values())}")


if __name__ == "__main__":
    sys.exit(main())
