"""What must be closed because what it depends on ends, and what becomes of the actions, in the mode `propose`."""

from contract import days_between, plus_days
from rules import is_waived, profile_subject


def first_end(candidates):
    """The earliest (day, reason, cause) that has a day; on a tie the first in the list. None: never."""
    return min((c for c in candidates if c[0]), key=lambda c: c[0], default=None)


def convention_end(w, numero):
    return w.conventions[numero]["closes"], "convention-closed", numero


def account_ends(w, row):
    """The ends that follow from the account of a membership, a profile or a designation, after the row's convention."""
    account = w.account_of(row)
    return [convention_end(w, row["convention"]), convention_end(w, account["convention"]),
            (w.departure_of(account), "account-departed", account["identifiant"]),
            (account["closes"], "account-closed", account["identifiant"])]


def group_end(w, row):
    return w.group_of(row)["closes"], "group-closed", row["groupe"]


def activity_end(w, profile):
    activity = w.activities.get((profile["convention"], profile["activite"]))
    return activity["closes"] if activity else "", "activity-closed", profile["activite"]


def cover_end(w, convention, service):
    closings = [bulletin["closes"] for bulletin in w.bulletins_of[convention] if bulletin["service"] == service]
    return "" if "" in closings else max(closings, default=""), "bulletin-closed", service


def everything(w):
    """(kind, convention, subject) -> (record, its end), for all that has a closing date and can end with something."""
    result = {}
    for p in w.profiles:
        result["close-afas-profile", p["convention"], profile_subject(p) + "@" + p["opens"]] = p, first_end(
            account_ends(w, p) + [activity_end(w, p), cover_end(w, p["convention"], "Afas")])
    for m in w.memberships:
        result["close-membership", m["convention"], m["groupe"] + "/" + m["identifiant"] + "@" + m["opens"]] = (
            m, first_end(account_ends(w, m) + [group_end(w, m)]))
    for g in w.grants:
        subject = ":".join((g["groupe"], g["service"], g["role"])) + "@" + g["opens"]
        result["close-grant", g["convention"], subject] = g, first_end(
            [convention_end(w, g["convention"]), group_end(w, g), cover_end(w, g["convention"], g["service"])])
    for d in w.designations:
        result["close-designation", d["convention"], d["identifiant"] + "@" + d["opens"]] = (
            d, first_end(account_ends(w, d)))
    for g in w.groups.values():
        result["close-group", g["convention"], g["code"]] = g, first_end([convention_end(w, g["convention"])])
    for a in w.accounts.values():
        result["close-account", a["convention"], a["identifiant"]] = a, first_end(
            [convention_end(w, a["convention"]), (w.departure_of(a), "account-departed", a["identifiant"])])
    return result


def due(w, row, end, horizon):
    """(date, reason, cause) where the row's end is near enough, else None."""
    if end is None:
        return None
    date = max(end[0], w.day, row["opens"])
    return (date, end[1], end[2]) if date <= plus_days(w.day, horizon) else None


def guard_holds(w, records, to_send, settings):
    if len(to_send) > settings.number("reconcile.max-closures", 500):
        return True
    for kind in {identity[0] for identity in to_send}:
        closing = sum(1 for identity in to_send if identity[0] == kind)
        active = sum(1 for identity, (row, _) in records.items() if identity[0] == kind and w.active(row))
        if (closing > settings.number("reconcile.guard-min", 10)
                and 100 * closing > settings.number("reconcile.max-closures-percent", 10) * active):
            return True
    return False


def stands(state, w, identity, row, reason, cause):
    """Whether a waiver lets the closing wait: one of the membership, or one of the account through which it ends."""
    kind, convention, subject = identity
    if kind in ("close-grant", "close-group"):
        return False
    if kind == "close-membership" and (
            is_waived(state, ("membership-account-closed", convention, subject.rpartition("@")[0]), w.day)
            or is_waived(state, ("membership-group-closed", convention, subject.rpartition("@")[0]), w.day)):
        return True
    account = row if kind == "close-account" else w.account_of(row)
    if (kind != "close-account" and reason != "account-departed"
            and (reason, cause) != ("convention-closed", account["convention"])):
        return False
    return (is_waived(state, ("account-departed", account["convention"], account["identifiant"]), w.day)
            or is_waived(state, ("account-convention-closed", account["convention"], account["identifiant"]), w.day))


def reconcile(state, w, settings, approved):
    """state["actions"]: (kind, convention, subject) -> date, reason, cause, state, first_seen, sent_on.

    approved: the plan that was let go (a set of identities), or None.
    """
    records, actions = everything(w), state["actions"]
    overdue_days = settings.number("reconcile.overdue-days", 7)
    dues = {identity: due(w, row, end, settings.number("reconcile.horizon-days", 0))
            for identity, (row, end) in records.items()}
    wanted = {identity: dues[identity] for identity, (row, _) in records.items()
              if dues[identity] and (row["closes"] == "" or row["closes"] > dues[identity][0])}
    for identity, action in actions.items():
        if action["state"] in ("confirmed", "obsolete"):
            continue
        row = records[identity][0] if identity in records else None
        if row is None or row["closes"] and row["closes"] <= state["imported_on"]:
            action["state"] = "confirmed"
        elif not dues[identity]:
            action["state"] = "obsolete"
        elif action["sent_on"] and days_between(action["sent_on"], state["imported_on"]) >= overdue_days:
            action["state"] = "overdue"

    to_send = set()
    for identity, (date, reason, cause) in wanted.items():
        waived = stands(state, w, identity, records[identity][0], reason, cause)
        if not waived and identity in actions and actions[identity]["state"] in ("sent", "overdue"):
            continue
        if identity not in actions or actions[identity]["state"] in ("confirmed", "obsolete"):
            actions[identity] = {"first_seen": w.day, "sent_on": ""}
        actions[identity].update(date=date, reason=reason, cause=cause)
        if waived:
            actions[identity].update(state="waived", sent_on="")
        else:
            to_send.add(identity)
    held = to_send != approved and guard_holds(w, records, to_send, settings)
    for identity in to_send:
        actions[identity].update(state="held" if held else "sent", sent_on="" if held else w.day)
    state["plan"] = to_send if held else set()


def list_actions(source, state, everything_too):
    return sorted((source, convention, kind, subject, action["date"], action["reason"], action["cause"],
                   action["state"], action["first_seen"])
                  for (kind, convention, subject), action in state["actions"].items()
                  if everything_too or action["state"] not in ("confirmed", "obsolete"))
