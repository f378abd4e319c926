"""The data contract as tables, and how a text becomes the value that it means.

Every value is a string: days are ISO (so they compare as strings), the empty string is "none".
"""

import datetime
import functools
import re
import unicodedata

# ------------------------------------------------------------------------------------------------------------- texts

# Unicode White_Space; str.strip() would take the separators U+001C to U+001F too.
WHITE = "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a" \
        "\u2028\u2029\u202f\u205f\u3000"


def trim(text):
    return text.strip(WHITE)


@functools.lru_cache(maxsize=None)
def fold(text):
    """Case and accents aside."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M").lower()
    return plain.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss").replace("’", "'")


def without(text, characters):
    return "".join(c for c in text if c not in characters)


@functools.lru_cache(maxsize=None)
def squash(text):
    """Case, accents, blanks, - and _ aside: how services, roles and enumerations are matched."""
    return without(fold(text), WHITE + "-_")


def is_letter_or_digit(character):
    return unicodedata.category(character)[0] == "L" or unicodedata.category(character) == "Nd"


def begins_with_word(text, word):
    return text.startswith(word) and not (len(text) > len(word) and is_letter_or_digit(text[len(word)]))


# -------------------------------------------------------------------------------------------------------------- days

def read_day(text):
    """The ISO day, or None where the text is not a real day."""
    if re.fullmatch(r"[0-9]{2}/[0-9]{2}/[0-9]{4}", text):
        text = text[6:] + "-" + text[3:5] + "-" + text[:2]
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def plus_days(day, days):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def days_between(earlier, later):
    return (datetime.date.fromisoformat(later) - datetime.date.fromisoformat(earlier)).days


# ------------------------------------------------------------------------------------------------ services and roles

SERVICES = ["Cdap", "Afas", "Dgfip", "Adonis", "Offre Bailleurs"]

SERVICE_NAMES = {
    "cdap": "Cdap", "cafpro": "Cdap", "afas": "Afas", "dgfip": "Dgfip", "adonis": "Adonis",
    "offrebailleurs": "Offre Bailleurs", "qlweb": "Offre Bailleurs", "espacebailleur": "Offre Bailleurs",
    "espacebailleurs": "Offre Bailleurs",
}

ROLE_NAMES = {
    "Afas": {"declarer": "Déclarer", "habiliter": "Habiliter"},
    "Dgfip": {"recouvrement": "Recouvrement", "enquete": "Enquête"},
    "Adonis": {"adonis": "Adonis"},
    "Offre Bailleurs": {"logementsprives": "Logements privés", "logementsconventionnes": "Logements conventionnés"},
}


def known_service(text):
    """The catalogue name, or None."""
    return SERVICE_NAMES.get(squash(text))


@functools.lru_cache(maxsize=None)
def known_role(service, text):
    """The catalogue name of a role within its service, or None."""
    if known_service(service) != "Cdap":
        return ROLE_NAMES.get(known_service(service), {}).get(squash(text))
    folded = fold(text)
    found = re.match(r"t[" + WHITE + r"_-]*0*([0-9]+)", folded)
    if found and 1 <= int(found[1]) <= 21 and not is_letter_or_digit((folded + " ")[found.end()]):
        return "T" + found[1]
    return None


# ------------------------------------------------------------------------------------------------------------- files

# In order. * key and required, + required, ~ key whose column must be there but whose value may be empty.
FILES = {
    "conventions": "*numero +libelle +organisme caf_pivot siret type_partenaire domaines_mail mode_gestion "
                   "contrat_service_signe_le +date_ouverture date_cloture statut etat",
    "bulletins": "*convention *service signe_le *date_ouverture date_cloture profils",
    "utilisateurs": "*identifiant +convention +nom +prenom mail telephone poste +date_ouverture date_cloture statut "
                    "profession diplome_verifie_le numero_instructeur code_bailleur derniere_connexion",
    "administrateurs": "*convention *identifiant *date_ouverture date_cloture",
    "groupes": "*convention *code +libelle niveau parent responsable +date_ouverture date_cloture statut origine",
    "habilitations": "*convention *groupe *service *role *date_ouverture date_cloture",
    "appartenances": "*convention *groupe *identifiant *date_ouverture date_cloture",
    "activites": "*convention *activite type_activite nature_activite +date_ouverture date_cloture",
    "lieux": "*convention *activite *lieu",
    "profils_afas": "*convention *identifiant *role *activite ~lieu *date_debut date_fin etat demande_le pj3_recue_le",
    "departs": "*convention *identifiant +date_depart",
}
COLUMNS = {file: [word.lstrip("*+~") for word in words.split()] for file, words in FILES.items()}
KEYS = {file: [word[1:] for word in words.split() if word[0] in "*~"] for file, words in FILES.items()}
REQUIRED_VALUES = {file: [word[1:] for word in words.split() if word[0] in "*+"] for file, words in FILES.items()}
REQUIRED_COLUMNS = {file: [word[1:] for word in words.split() if word[0] in "*+~"] for file, words in FILES.items()}
REQUIRED_FILES = ["conventions", "utilisateurs", "groupes", "habilitations", "appartenances"]

# Field at fault, the file referred to, the columns that make its key.
CONVENTION = ("convention", "conventions", ["convention"])
GROUP = ("groupe", "groupes", ["convention", "groupe"])
ACCOUNT = ("identifiant", "utilisateurs", ["identifiant"])
ACTIVITY = ("activite", "activites", ["convention", "activite"])
REFERENCES = {
    "conventions": [],
    "bulletins": [CONVENTION],
    "utilisateurs": [CONVENTION],
    "administrateurs": [CONVENTION, ACCOUNT],
    "groupes": [CONVENTION],
    "habilitations": [CONVENTION, GROUP],
    "appartenances": [CONVENTION, GROUP, ACCOUNT],
    "activites": [CONVENTION],
    "lieux": [CONVENTION, ACTIVITY],
    "profils_afas": [CONVENTION, ACCOUNT, ACTIVITY],
    "departs": [CONVENTION, ACCOUNT],
}

DAYS = ["date_ouverture", "date_cloture", "contrat_service_signe_le", "signe_le", "diplome_verifie_le",
        "derniere_connexion", "date_debut", "date_fin", "demande_le", "pj3_recue_le", "date_depart"]

ENUMERATIONS = {
    "mode_gestion": {"": "centralise", "delegue": "delegue", "centralise": "centralise"},
    "poste": {"": "", "sedentaire": "sedentaire", "itinerant": "itinerant"},
    "statut": {"": "", "ouvert": "Ouvert", "ouverte": "Ouvert", "ferme": "Fermé", "fermee": "Fermé", "clos": "Fermé",
               "close": "Fermé", "cloture": "Fermé", "cloturee": "Fermé"},
    "origine": {"": "Partenaire", "caf": "Caf", "partenaire": "Partenaire", "automatique": "Automatique"},
    "profils_afas.role": {"fda": "FDA", "fournisseurdedonneesd'activite": "FDA", "fdf": "FDF",
                          "fournisseurdedonneesfinancieres": "FDF", "approbateur": "Approbateur"},
    "profils_afas.etat": {"": "Validé", "valide": "Validé", "enattente": "En attente"},
}


def enumeration(file, column):
    return ENUMERATIONS.get(file + "." + column) or ENUMERATIONS.get(column)


LONGEST_KEY_VALUE = 500  # bytes, in UTF-8


def canonical(file, column, text, service=""):
    """What a trimmed text means, or None where it cannot be read. A role is read within its service."""
    value = meaning(file, column, text, service)
    too_long = column in KEYS[file] and value is not None and len(value.encode()) > LONGEST_KEY_VALUE
    return None if too_long else value


def meaning(file, column, text, service):
    if column in DAYS:
        return read_day(text) if text else ""
    if enumeration(file, column):
        return enumeration(file, column).get(squash(text))
    if column == "niveau":
        return text.lstrip("0") if re.fullmatch(r"0*[1-9][0-9]*", text) else "" if text == "" else None
    if column == "service":
        return known_service(text) or text
    if column == "role":
        return known_role(service, text) or text
    return text


def blank(file, column):
    """How a column that is not there reads."""
    return (enumeration(file, column) or {}).get("", "")


# ------------------------------------------------------------------------------------------------------------ headings

ALIASES = {
    "adressemail": "mail", "datedouverture": "date_ouverture", "datedecloture": "date_cloture",
    "partenaire": "organisme", "prenoms": "prenom", "cafpart": "caf_pivot",
    "debutdhabilitation": "date_debut", "findhabilitation": "date_fin",
}


def column_of(file, heading):
    """The column that a heading names, or None."""
    word = without(squash(heading), "'")
    for column in COLUMNS[file]:
        if word == squash(column) or ALIASES.get(word) == column:
            return column
    return None
