"""The rules, one function each: what it finds in a world, as hits. The table at the end gives severity and needs.

The rules that judge free text are left out. The conventions that must be active are looked after in detect().
"""

import re
from collections import defaultdict, namedtuple

from contract import SERVICES, WHITE, days_between, fold, known_role, known_service, plus_days, trim, without
from world import allowed_roles, in_catalogue, index, is_validated, label_begins_with

# service, group and account tell what the column `service` is worked out from.
Hit = namedtuple("Hit", "convention subject service group account severity", defaults=(None, None, None, None))


def of_convention(convention):
    return Hit(convention["numero"], convention["numero"])


def of_bulletin(bulletin):
    return Hit(bulletin["convention"], bulletin["service"] + "@" + bulletin["opens"], service=bulletin["service"])


def of_grant(grant):
    return Hit(grant["convention"], ":".join((grant["groupe"], grant["service"], grant["role"])),
               service=grant["service"], group=(grant["convention"], grant["groupe"]))


def of_designation(designation):
    return Hit(designation["convention"], designation["identifiant"], account=designation["identifiant"])


def of_group(group):
    return Hit(group["convention"], group["code"], group=(group["convention"], group["code"]))


def of_account(account):
    return Hit(account["convention"], account["identifiant"], account=account["identifiant"])


def of_membership(membership):
    return Hit(membership["convention"], membership["groupe"] + "/" + membership["identifiant"],
               group=(membership["convention"], membership["groupe"]), account=membership["identifiant"])


def of_activity(activity, suffix=""):
    return Hit(activity["convention"], activity["activite"] + suffix)


def profile_subject(profile):
    return (":".join((profile["identifiant"], profile["role"], profile["activite"]))
            + ("/" + profile["lieu"] if profile["lieu"] else ""))


def of_profile(profile):
    return Hit(profile["convention"], profile_subject(profile))


# -------------------------------------------------------------------------------------------------------- convention

def convention_contract_missing(w):
    return [of_convention(c) for c in w.conventions.values()
            if c["contrat_service_signe_le"] == "" or c["contrat_service_signe_le"] > w.day]


def convention_not_validated(w):
    return [of_convention(c) for c in w.conventions.values() if not is_validated(c)]


def convention_expiring(w, days):
    return [of_convention(c) for c in w.conventions.values() if w.day < c["closes"] <= plus_days(w.day, days)]


def bulletin_missing(w):
    return [of_grant(g) for g in w.grants if w.effective_grant(g) and known_service(g["service"])
            and not w.covering(g["convention"], g["service"])]


def bulletin_outside_convention(w):
    for b in w.bulletins:
        convention = w.convention_of(b)
        opens_before = b["opens"] < convention["opens"]
        closes_later = convention["closes"] != "" and (b["closes"] == "" or b["closes"] > convention["closes"])
        if not w.closed(b) and (opens_before or closes_later):
            yield of_bulletin(b)


def bulletin_unsigned(w):
    return [of_bulletin(b) for b in w.bulletins if w.active(b) and (b["signe_le"] == "" or b["signe_le"] > w.day)]


def grant_outside_contract(w):
    for g in w.grants:
        covering = w.covering(g["convention"], g["service"])
        if (w.effective_grant(g) and in_catalogue(g) and covering
                and all(allowed_roles(b) is not None and g["role"] not in allowed_roles(b) for b in covering)):
            yield of_grant(g)


# ----------------------------------------------------------------------------------------------------- administrator

def active_administrators(w):
    """convention -> the active accounts that have an active designation."""
    result = defaultdict(set)
    for d in w.designations:
        if w.active(d) and w.active(w.account_of(d)):
            result[d["convention"]].add(d["identifiant"])
    return result


def administrator_missing(w):
    administrators = active_administrators(w)
    return [of_convention(c) for c in w.conventions.values() if not administrators[c["numero"]]]


def administrator_too_many(w):
    administrators = active_administrators(w)
    return [of_convention(c) for c in w.conventions.values() if len(administrators[c["numero"]]) > 2]


def administrator_account_closed(w):
    return [of_designation(d) for d in w.designations if w.active(d) and not w.active(w.account_of(d))]


def administrator_foreign_account(w):
    return [of_designation(d) for d in w.designations
            if w.active(d) and w.account_of(d)["convention"] != d["convention"]]


# ------------------------------------------------------------------------------------------------------------- group

def group_manager_missing(w):
    return [of_group(g) for g in w.active_groups() if g["responsable"] == ""]


def group_manager_unknown(w):
    for g in w.active_groups():
        manager = w.accounts.get(g["responsable"])
        if g["responsable"] != "" and (manager is None or manager["convention"] != g["convention"]):
            yield of_group(g)


def group_manager_closed(w):
    for g in w.active_groups():
        manager = w.accounts.get(g["responsable"])
        if manager and manager["convention"] == g["convention"] and not w.active(manager):
            yield of_group(g)


def group_without_role(w):
    return [of_group(g) for g in w.active_groups() if not w.active_grants(g)]


def cdap_roles(w, group):
    return {grant["role"] for grant in w.active_grants(group) if grant["service"] == "Cdap"}


def group_several_cdap_roles(w):
    return [of_group(g) for g in w.active_groups() if len(cdap_roles(w, g)) > 1]


def group_label_mismatch(w):
    for g in w.active_groups():
        known = [role for role in cdap_roles(w, g) if known_role("Cdap", role)]
        if len(known) == 1 and not label_begins_with(g["libelle"], known[0]):
            yield of_group(g)


def group_empty(w):
    return [of_group(g) for g in w.active_groups()
            if not any(w.effective_membership(m) for m in w.memberships_of[g["convention"], g["code"]])]


def group_role_unknown(w):
    return [of_grant(grant) for g in w.active_groups() for grant in w.active_grants(g) if not in_catalogue(grant)]


def group_generated_changed(w):
    for g in w.active_groups():
        first = w.state["first_groups"].get((g["convention"], g["code"]), {})
        generated = ("Automatique" in (g["origine"], first.get("origine"))
                     or any(grant["service"] == "Offre Bailleurs" for grant in w.active_grants(g)))
        # A column that tonight's drop lacks is no evidence.
        columns = [c for c in ("libelle", "parent", "responsable", "origine") if c in w.state["columns"]["groupes"]]
        if generated and any(c in first and g[c] != first[c] for c in columns):
            yield of_group(g)


def status_differs(w, row):
    return row["statut"] == "Ouvert" and w.closed(row) or row["statut"] == "Fermé" and w.active(row)


def group_status_mismatch(w):
    return [of_group(g) for g in w.groups.values() if status_differs(w, g)]


def groups_with_parent(w):
    """(group, its parent) for the active groups whose parent is known."""
    for g in w.active_groups():
        if g["parent"] and (g["convention"], g["parent"]) in w.groups:
            yield g, w.groups[g["convention"], g["parent"]]


def subgroup_parent_unknown(w):
    return [of_group(g) for g in w.active_groups() if g["parent"] and (g["convention"], g["parent"]) not in w.groups]


def subgroup_parent_closed(w):
    return [of_group(g) for g, parent in groups_with_parent(w) if not w.active(parent)]


def subgroup_cycle(w):
    for g in w.active_groups():
        met, at = set(), g["parent"]
        while (g["convention"], at) in w.groups and at not in met:
            met.add(at)
            at = w.groups[g["convention"], at]["parent"]
        if g["code"] in met:
            yield of_group(g)


def subgroup_level_mismatch(w):
    return [of_group(g) for g, parent in groups_with_parent(w)
            if g["niveau"] and parent["niveau"] and int(g["niveau"]) != int(parent["niveau"]) + 1]


def subgroup_role_not_in_parent(w):
    for g, parent in groups_with_parent(w):
        given = w.active_grants(parent) if w.active(parent) else []
        roles = {(grant["service"], grant["role"]) for grant in given}
        for grant in w.active_grants(g):
            if (grant["service"], grant["role"]) not in roles:
                yield of_grant(grant)


# ----------------------------------------------------------------------------------------------------------- account

LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"

DISPOSABLE = {"yopmail.com", "yopmail.fr", "yopmail.net", "jetable.org", "mailinator.com", "guerrillamail.com",
              "10minutemail.com", "trashmail.com", "temp-mail.org", "throwawaymail.com"}


def well_formed(mail):
    return (re.fullmatch("(" + LOCAL_PART + ")@(" + LABEL + r"\.)+[A-Za-z]{2,}", mail) is not None
            and len(mail.split("@")[0]) <= 64)


def mail_is_below(mail, domains):
    """Whether the mail's domain, or a parent of it, is one of the domains."""
    labels = mail.lower().split("@")[1].split(".")
    return any(".".join(labels[i:]) in domains for i in range(len(labels)))


def account_duplicate_mail(w):
    for a in w.active_accounts():
        if well_formed(a["mail"]) and w.holders_of_mail[a["mail"].lower()] - {a["identifiant"]}:
            yield of_account(a)


def account_duplicate_person(w):
    def name(account):
        return tuple(without(fold(account[column]), WHITE + "-'") for column in ("nom", "prenom"))

    namesakes = defaultdict(list)
    for a in w.active_accounts():
        namesakes[a["convention"], name(a)].append(a)
    for a in w.active_accounts():
        others = [b for b in namesakes[a["convention"], name(a)] if b is not a]
        if any(a["mail"] == "" or b["mail"] == "" or a["mail"].lower() != b["mail"].lower() for b in others):
            yield of_account(a)


def account_invalid_mail(w):
    return [of_account(a) for a in w.active_accounts() if not well_formed(a["mail"])]


def account_disposable_mail(w):
    return [of_account(a) for a in w.active_accounts()
            if well_formed(a["mail"]) and mail_is_below(a["mail"], DISPOSABLE)]


def account_mail_outside_partner(w):
    for a in w.active_accounts():
        domains = {trim(text).lower() for text in w.convention_of(a)["domaines_mail"].split(",") if trim(text)}
        if domains and well_formed(a["mail"]) and not mail_is_below(a["mail"], domains):
            yield of_account(a)


def account_inactive(w, days):
    return [of_account(a) for a in w.active_accounts()
            if a["derniere_connexion"] and days_between(a["derniere_connexion"], w.day) > days]


def account_never_used(w, days):
    return [of_account(a) for a in w.active_accounts()
            if a["derniere_connexion"] == "" and days_between(a["opens"], w.day) > days]


def account_without_group(w):
    used = {m["identifiant"] for m in w.memberships if w.active(m)}
    used |= {p["identifiant"] for p in w.profiles if w.active_profile(p)}
    used |= {d["identifiant"] for d in w.designations if w.active(d)}
    used |= {g["responsable"] for g in w.active_groups()}
    return [of_account(a) for a in w.active_accounts() if a["identifiant"] not in used]


def account_departed(w):
    return [of_account(a) for a in w.active_accounts() if w.departure_of(a) and w.departure_of(a) <= w.day]


def account_convention_closed(w):
    return [of_account(a) for a in w.active_accounts() if not w.active(w.convention_of(a))]


def account_afas_not_removed(w):
    return [of_account(w.account_of(p)) for p in w.profiles if w.active(p) and w.closed(w.account_of(p))]


def account_closed_retroactively(w):
    for a in w.accounts.values():
        closings = w.state["closings"].get(a["identifiant"], {})
        if w.closed(a) and any(as_of > a["closes"] and (closing == "" or closing > a["closes"])
                               for closing, as_of in closings.items()):
            yield of_account(a)


def account_status_mismatch(w):
    return [of_account(a) for a in w.accounts.values() if status_differs(w, a)]


def account_dates_inverted(w):
    return [of_account(a) for a in w.accounts.values() if a["closes"] and a["closes"] < a["opens"]]


# -------------------------------------------------------------------------------------------------------- membership

def active_memberships(w):
    return [m for m in w.memberships if w.active(m)]


def membership_account_closed(w):
    return [of_membership(m) for m in active_memberships(w) if w.closed(w.account_of(m))]


def membership_group_closed(w):
    return [of_membership(m) for m in active_memberships(w) if w.closed(w.group_of(m))]


def membership_foreign_account(w):
    return [of_membership(m) for m in active_memberships(w) if w.account_of(m)["convention"] != m["convention"]]


def membership_opens_early(w):
    return [of_membership(m) for m in active_memberships(w)
            if m["opens"] < w.group_of(m)["opens"] or m["opens"] < w.account_of(m)["opens"]]


def share_a_day(a, b):
    closings = [row["closes"] for row in (a, b) if row["closes"]]
    return not closings or max(a["opens"], b["opens"]) < min(closings)


def membership_overlap(w):
    same = index(w.memberships, "convention", "groupe", "identifiant")
    for m in active_memberships(w):
        if any(other is not m and share_a_day(m, other)
               for other in same[m["convention"], m["groupe"], m["identifiant"]]):
            yield of_membership(m)


# -------------------------------------------------------------------------------------------------------------- cdap

def cdap_t1_profession_unknown(w):
    return [of_account(a) for a in w.accounts.values() if w.holds(a, "Cdap", "T1") and a["profession"] == ""]


def cdap_t4_instructor_number(w):
    for a in w.accounts.values():
        number = without(a["numero_instructeur"], WHITE).upper()
        if w.holds(a, "Cdap", "T4") and not re.fullmatch(r"([0-9]{3}|02[AB])[A-Z][0-9]{5}00000", number):
            yield of_account(a)


def cdap_t10_landlord_code(w):
    return [of_account(a) for a in w.accounts.values() if w.holds(a, "Cdap", "T10") and a["code_bailleur"] == ""]


# -------------------------------------------------------------------------------------------------------------- afas

def active_profiles(w, role):
    return [p for p in w.profiles if p["role"] == role and w.active_profile(p)]


def profiles_by_activity(w, role):
    return index(active_profiles(w, role), "convention", "activite")


def open_activities(w):
    return [(key, activity) for key, activity in w.activities.items() if w.active(activity)]


def pending_approvers(w):
    return [p for p in active_profiles(w, "Approbateur") if p["etat"] == "En attente"]


def afas_approver_pending(w, days):
    waits = defaultdict(list)
    for p in pending_approvers(w):
        subject = p["identifiant"] + ":" + p["activite"]
        waits[p["convention"], subject].append(days_between(p["demande_le"] or p["opens"], w.day))
    for (convention, subject), wait in waits.items():
        yield Hit(convention, subject, severity="minor" if max(wait) <= days else "major")


def afas_approver_document_missing(w):
    return [Hit(p["convention"], p["identifiant"] + ":" + p["activite"]) for p in pending_approvers(w)
            if p["pj3_recue_le"] == "" or p["pj3_recue_le"] > w.day]


def approvers(w):
    """(convention, activite) -> the accounts that approve."""
    result = defaultdict(set)
    for p in active_profiles(w, "Approbateur"):
        if p["etat"] == "Validé":
            result[p["convention"], p["activite"]].add(p["identifiant"])
    return result


def afas_approver_absent(w):
    approving = approvers(w)
    return [of_activity(activity) for key, activity in open_activities(w) if not approving[key]]


def afas_approver_several(w):
    approving = approvers(w)
    return [of_activity(activity) for key, activity in open_activities(w) if len(approving[key]) > 1]


def afas_scope_invalid(w):
    return [of_profile(p) for role in ("FDF", "Approbateur") for p in active_profiles(w, role) if p["lieu"]]


def afas_provider_absent(w):
    fda, fdf = profiles_by_activity(w, "FDA"), profiles_by_activity(w, "FDF")
    for key, activity in open_activities(w):
        if not fdf[key]:
            yield of_activity(activity, ":FDF")
        covered = {p["lieu"] for p in fda[key]}
        places = [place["lieu"] for place in w.places_of[key]]
        if "" in covered:
            continue
        if not places:
            yield of_activity(activity, ":FDA")
        for place in places:
            if place not in covered:
                yield of_activity(activity, "/" + place + ":FDA")


def afas_too_many_providers(w, max):
    for role in ("FDA", "FDF"):
        profiles = profiles_by_activity(w, role)
        for key, activity in open_activities(w):
            if len({p["identifiant"] for p in profiles[key]}) > max:
                yield of_activity(activity, ":" + role)


def afas_profile_without_group(w):
    declaring = {(m["convention"], m["identifiant"]) for m in w.memberships if w.effective_membership(m)
                 and any(w.effective_grant(g) and (g["service"], g["role"]) == ("Afas", "Déclarer")
                         for g in w.grants_of[m["convention"], m["groupe"]])}
    return [Hit(p["convention"], p["identifiant"]) for p in w.profiles
            if w.active_profile(p) and (p["convention"], p["identifiant"]) not in declaring]


def afas_profile_foreign_account(w):
    return [of_profile(p) for p in w.profiles
            if w.active_profile(p) and w.account_of(p)["convention"] != p["convention"]]


def afas_declarer_without_profile(w):
    having = {p["identifiant"] for p in w.profiles if w.active_profile(p)}
    return [of_account(a) for a in w.accounts.values()
            if w.holds(a, "Afas", "Déclarer") and a["identifiant"] not in having]


def afas_group_not_by_caf(w):
    return [of_group(g) for g in w.active_groups() if w.has_active_afas_grant(g) and g["origine"] == "Partenaire"]


def afas_delegation_not_allowed(w):
    return [of_group(w.group_of(g)) for g in w.grants
            if w.effective_grant(g) and (g["service"], g["role"]) == ("Afas", "Habiliter")
            and w.convention_of(g)["mode_gestion"] != "delegue"]


def afas_manager_not_enabled(w):
    for g in w.active_groups():
        manager = w.accounts.get(g["responsable"])
        if (w.convention_of(g)["mode_gestion"] == "delegue" and w.has_active_afas_grant(g)
                and manager and w.active(manager) and not w.holds(manager, "Afas", "Habiliter")):
            yield of_group(g)


def afas_former_manager_enabled(w):
    former = w.state["afas_managers"] - w.afas_managers()
    return [of_account(a) for a in w.accounts.values()
            if w.holds(a, "Afas", "Habiliter") and a["identifiant"] in former]


# --------------------------------------------------------------------------------------------------------- the table

# function, severity, needs (files and file.column), parameters with their defaults
RULES = {}


def rule(check, severity, needs="", **parameters):
    RULES[check.__name__.replace("_", "-")] = (check, severity, needs.split(), parameters)


rule(convention_contract_missing, "major", "conventions.contrat_service_signe_le")
rule(convention_not_validated, "major", "conventions.etat")
rule(convention_expiring, "info", days=60)
rule(bulletin_missing, "critical", "bulletins")
rule(bulletin_outside_convention, "minor", "bulletins")
rule(bulletin_unsigned, "major", "bulletins.signe_le")
rule(grant_outside_contract, "major", "bulletins.profils")
rule(administrator_missing, "critical", "administrateurs")
rule(administrator_too_many, "major", "administrateurs")
rule(administrator_account_closed, "major", "administrateurs")
rule(administrator_foreign_account, "critical", "administrateurs")
rule(group_manager_missing, "critical", "groupes.responsable")
rule(group_manager_unknown, "critical", "groupes.responsable")
rule(group_manager_closed, "critical", "groupes.responsable")
rule(group_without_role, "minor")
rule(group_several_cdap_roles, "major")
rule(group_label_mismatch, "minor")
rule(group_empty, "info")
rule(group_role_unknown, "major")
rule(group_generated_changed, "major", "groupes.origine")
rule(group_status_mismatch, "minor", "groupes.statut")
rule(subgroup_parent_unknown, "major", "groupes.parent")
rule(subgroup_parent_closed, "major", "groupes.parent")
rule(subgroup_cycle, "critical", "groupes.parent")
rule(subgroup_level_mismatch, "minor", "groupes.parent groupes.niveau")
rule(subgroup_role_not_in_parent, "critical", "groupes.parent")
rule(account_duplicate_mail, "critical", "utilisateurs.mail")
rule(account_duplicate_person, "info", "utilisateurs.mail")
rule(account_invalid_mail, "major", "utilisateurs.mail")
rule(account_disposable_mail, "major", "utilisateurs.mail")
rule(account_mail_outside_partner, "minor", "utilisateurs.mail conventions.domaines_mail")
rule(account_inactive, "major", "utilisateurs.derniere_connexion", days=180)
rule(account_never_used, "minor", "utilisateurs.derniere_connexion", days=30)
rule(account_without_group, "minor", "administrateurs profils_afas groupes.responsable")
rule(account_departed, "critical", "departs")
rule(account_convention_closed, "critical")
rule(account_afas_not_removed, "critical", "profils_afas")
rule(account_closed_retroactively, "major")
rule(account_status_mismatch, "minor", "utilisateurs.statut")
rule(account_dates_inverted, "minor")
rule(membership_account_closed, "critical")
rule(membership_group_closed, "major")
rule(membership_foreign_account, "critical")
rule(membership_opens_early, "info")
rule(membership_overlap, "minor")
rule(cdap_t1_profession_unknown, "major", "utilisateurs.profession")
rule(cdap_t4_instructor_number, "critical", "utilisateurs.numero_instructeur")
rule(cdap_t10_landlord_code, "major", "utilisateurs.code_bailleur")
rule(afas_approver_pending, None, "profils_afas.etat", days=15)     # the hit has its severity
rule(afas_approver_document_missing, "major", "profils_afas.etat profils_afas.pj3_recue_le")
rule(afas_approver_absent, "critical", "profils_afas activites")
rule(afas_approver_several, "minor", "profils_afas activites")
rule(afas_scope_invalid, "major", "profils_afas")
rule(afas_provider_absent, "minor", "profils_afas activites lieux")
rule(afas_too_many_providers, "minor", "profils_afas activites", max=2)
rule(afas_profile_without_group, "major", "profils_afas")
rule(afas_profile_foreign_account, "critical", "profils_afas")
rule(afas_declarer_without_profile, "minor", "profils_afas")
rule(afas_group_not_by_caf, "major", "groupes.origine")
rule(afas_delegation_not_allowed, "critical", "conventions.mode_gestion")
rule(afas_manager_not_enabled, "minor", "conventions.mode_gestion groupes.responsable")
rule(afas_former_manager_enabled, "minor", "groupes.responsable")

ANY_CONVENTION = {"account-convention-closed", "account-afas-not-removed"}


# ---------------------------------------------------------------------------------------------------------- findings

def verifiable(needs, columns):
    """Whether the last good drop had the files and columns that are needed."""
    for need in needs:
        file, _, column = need.partition(".")
        if file not in columns or column and column not in columns[file]:
            return False
    return True


def service_column(w, rule_id, hit):
    if rule_id.startswith("cdap-"):
        return "Cdap"
    if rule_id.startswith("afas-"):
        return "Afas"
    if hit.service in SERVICES:
        return hit.service
    found = set()
    if hit.group:
        found = {grant["service"] for grant in w.active_grants(w.groups[hit.group])}
    if hit.account and not found & set(SERVICES):
        found = {service for service, role in w.roles_of[hit.account]}
    return "/".join(service for service in SERVICES if service in found)


def enabled(settings, source, rule_id):
    return settings.rule(source, rule_id, "enabled", "true") == "true"


def detect(source, state, w, settings):
    """Runs the rules on a world; state["findings"]: (rule, convention, subject) -> what is listed of it."""
    for rule_id, (check, severity, needs, parameters) in RULES.items():
        if not enabled(settings, source, rule_id) or not verifiable(needs, state["columns"]):
            continue
        values = {name: int(settings.rule(source, rule_id, name, default)) for name, default in parameters.items()}
        hits = {(rule_id, hit.convention, hit.subject): hit for hit in check(w, **values)
                if rule_id in ANY_CONVENTION or w.active(w.conventions[hit.convention])}
        for identity, hit in hits.items():
            finding = state["findings"].setdefault(identity, {"first_seen": w.day, "resolved": False, "returns": 0})
            finding["returns"] += finding["resolved"]
            finding.update(resolved=False, last_seen=w.day, service=service_column(w, rule_id, hit),
                           severity=settings.rule(source, rule_id, "severity", hit.severity or severity),
                           partner=w.conventions[hit.convention]["organisme"])
        for identity, finding in state["findings"].items():
            if identity[0] == rule_id and identity not in hits:
                finding["resolved"] = True
    state["detected_on"] = w.day


def is_waived(state, identity, day):
    """Whether a waiver of what the identity names (rule, convention, subject) holds on the day, its last one included."""
    return any(waiver[:3] == identity and day <= waiver[3] for waiver in state["waivers"])


def list_findings(source, state, settings, everything):
    rows = []
    for (rule_id, convention, subject), finding in state["findings"].items():
        if not enabled(settings, source, rule_id) or finding["resolved"] and not everything:
            continue
        status, until = "open", state["detected_on"]
        if finding["resolved"]:
            status, until = "resolved", finding["last_seen"]
        elif is_waived(state, (rule_id, convention, subject), until):
            status = "waived"
        elif finding["first_seen"] == state["detected_on"]:
            status = "new"
        rows.append((source, rule_id, finding["severity"], convention, subject, status, finding["first_seen"],
                     finding["last_seen"], days_between(finding["first_seen"], until), finding["service"],
                     finding["partner"], "", ""))
    return sorted(rows, key=lambda row: (row[0], row[3], row[1], row[4]))
