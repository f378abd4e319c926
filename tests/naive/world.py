"""One source's records on a day, indexed, with the words of the domain: active, effective, holds, covers."""

from collections import defaultdict

from contract import FILES, begins_with_word, fold, is_letter_or_digit, known_role, trim
from intake import read_records


class World:
    def __init__(self, state, day):
        self.state, self.day = state, day
        self.rows = {file: read_records(state, file) for file in FILES}
        for file, opening, closing in (("conventions", "date_ouverture", "date_cloture"),
                                       ("bulletins", "date_ouverture", "date_cloture"),
                                       ("utilisateurs", "date_ouverture", "date_cloture"),
                                       ("administrateurs", "date_ouverture", "date_cloture"),
                                       ("groupes", "date_ouverture", "date_cloture"),
                                       ("habilitations", "date_ouverture", "date_cloture"),
                                       ("appartenances", "date_ouverture", "date_cloture"),
                                       ("activites", "date_ouverture", "date_cloture"),
                                       ("profils_afas", "date_debut", "date_fin")):
            for row in self.rows[file]:
                row["opens"], row["closes"] = row[opening], row[closing]
        self.bulletins, self.designations = self.rows["bulletins"], self.rows["administrateurs"]
        self.grants, self.memberships = self.rows["habilitations"], self.rows["appartenances"]
        self.places, self.profiles = self.rows["lieux"], self.rows["profils_afas"]
        self.conventions = {row["numero"]: row for row in self.rows["conventions"]}
        self.accounts = {row["identifiant"]: row for row in self.rows["utilisateurs"]}
        self.groups = {(row["convention"], row["code"]): row for row in self.rows["groupes"]}
        self.activities = {(row["convention"], row["activite"]): row for row in self.rows["activites"]}
        self.departures = {(row["convention"], row["identifiant"]): row["date_depart"] for row in self.rows["departs"]}
        self.bulletins_of = index(self.bulletins, "convention")
        self.grants_of = index(self.grants, "convention", "groupe")
        self.memberships_of = index(self.memberships, "convention", "groupe")
        self.places_of = index(self.places, "convention", "activite")
        self.roles_of = self.find_roles()

    # ---------------------------------------------------------------------------------------------------------- time

    def active(self, row):
        return row["opens"] <= self.day and (row["closes"] == "" or self.day < row["closes"])

    def closed(self, row):
        return row["closes"] != "" and row["closes"] <= self.day

    # ------------------------------------------------------------------------------------------------ who holds what

    def convention_of(self, row):
        return self.conventions[row["convention"]]

    def account_of(self, row):
        return self.accounts[row["identifiant"]]

    def group_of(self, row):
        return self.groups[row["convention"], row["groupe"]]

    def effective_grant(self, grant):
        return self.active(grant) and self.active(self.group_of(grant)) and self.active(self.convention_of(grant))

    def effective_membership(self, membership):
        account = self.account_of(membership)
        return (self.active(membership) and self.active(self.group_of(membership)) and self.active(account)
                and self.active(self.convention_of(membership)) and self.active(self.convention_of(account)))

    def find_roles(self):
        """identifiant -> the (service, role) that the account holds."""
        roles = defaultdict(set)
        for membership in self.memberships:
            if self.effective_membership(membership):
                for grant in self.grants_of[membership["convention"], membership["groupe"]]:
                    if self.effective_grant(grant):
                        roles[membership["identifiant"]].add((grant["service"], grant["role"]))
        return roles

    def holds(self, account, service, role):
        return (service, role) in self.roles_of[account["identifiant"]]

    def covering(self, convention, service):
        """The bulletins that cover the service on the day."""
        return [b for b in self.bulletins_of[convention] if b["service"] == service and self.active(b)]

    def departure_of(self, account):
        """The day of the departure that counts, or empty."""
        day = self.departures.get((account["convention"], account["identifiant"]), "")
        return day if day >= account["opens"] else ""

    # ------------------------------------------------------------------------------------------------------- smaller

    def active_grants(self, group):
        return [grant for grant in self.grants_of[group["convention"], group["code"]] if self.active(grant)]

    def has_active_afas_grant(self, group):
        return any(grant["service"] == "Afas" for grant in self.active_grants(group))

    def active_groups(self):
        return [group for group in self.groups.values() if self.active(group)]

    def active_accounts(self):
        return [account for account in self.accounts.values() if self.active(account)]

    def active_profile(self, profile):
        return self.active(profile) and self.active(self.account_of(profile))

    def afas_managers(self):
        return {group["responsable"] for group in self.active_groups()
                if group["responsable"] and self.has_active_afas_grant(group)}


def index(rows, *columns):
    result = defaultdict(list)
    for row in rows:
        result[row[columns[0]] if len(columns) == 1 else tuple(row[column] for column in columns)].append(row)
    return result


def is_validated(convention):
    etat = fold(convention["etat"])
    return begins_with_word(etat, "valide") or begins_with_word(etat, "validee")


def in_catalogue(grant):
    return known_role(grant["service"], grant["role"]) is not None


def label_begins_with(label, role):
    return label[:len(role)].upper() == role and not (len(label) > len(role) and is_letter_or_digit(label[len(role)]))


def allowed_roles(bulletin):
    """The roles that the bulletin's contract allows; None: every role."""
    listed = [trim(text) for text in bulletin["profils"].split(",") if trim(text)]
    return {known_role(bulletin["service"], text) for text in listed} if listed else None
