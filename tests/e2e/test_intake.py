"""What comes in: the values of the data contract, and what is refused.

Run from the repository's root: VIGIE=build/…/vigie python3 -m unittest discover -s tests/e2e
"""

import hashlib
import os
import shutil
import unittest

import drops
from drops import DAY, account, grant, group, membership, profile, valid_drop

NEXT_DAY = "2026-11-21"
NO_BREAK_SPACE, THIN_SPACE, EM_SPACE = "\u00a0", "\u202f", "\u2003"


class IntakeTest(unittest.TestCase):
    """A Vigie for each test, and short words for what the tests ask of it."""

    settings = {}

    def setUp(self):
        self.vigie = drops.Vigie(self.settings)
        self.addCleanup(self.vigie.close)

    def bring_in(self, files, *options, code=0, day=DAY, **how):
        """Imports a drop, and checks how that ends."""
        self.vigie.drop(files, **({"on": day} | how))
        result = self.vigie.run("import", *options, as_of=day)
        self.assertEqual(result.code, code, result.stderr)
        return result

    def reasons(self):
        """(file, reason, field) of every reject of the last import."""
        return [(reject["file"].removesuffix(".csv"), reject["reason"], reject["field"] or "")
                for reject in self.vigie.rejects()]

    def keys(self, file):
        """The keys of the records that the store holds of a file."""
        held = set()
        for row in sorted(self.vigie.history(), key=lambda row: row["as_of"]):
            if row["file"].removesuffix(".csv") == file:
                if row["change"] in ("added", "returned"):
                    held.add(row["key"])
                elif row["change"] == "withdrawn":
                    held.discard(row["key"])
        return held

    def changes(self, day=NEXT_DAY):
        """(file, key, change, field) of all that the history notes for a day."""
        return sorted((row["file"].removesuffix(".csv"), row["key"], row["change"], row["field"] or "")
                      for row in self.vigie.history() if row["as_of"] == day)

    def found(self, rule):
        """The subjects of a rule's findings, after a detect."""
        self.assertEqual(self.vigie.run("detect", as_of=DAY).code, 0)
        return {finding["subject"] for finding in self.vigie.findings(rule=rule)}

    def assert_nothing_rejected(self):
        self.assertEqual(self.vigie.rejects(), [])


class ValidDropTest(IntakeTest):
    def test_is_accepted_and_clean(self):
        """The drop that the other tests start from has nothing to reject, to find or to close."""
        self.vigie.drop(valid_drop())
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 0)
        self.assert_nothing_rejected()
        self.assertEqual(self.vigie.findings(), [])
        self.assertEqual(self.vigie.actions(), [])


class HeaderTest(IntakeTest):
    def test_case_accents_spaces_hyphens_and_underscores_do_not_count(self):
        self.bring_in(valid_drop(), headings={
            "identifiant": "IDENTIFIANT", "numero": "Numéro", "date_ouverture": "Date-Ouverture", "prenom": " Pré nom ",
            "niveau": "NIVÉAU", "date_depart": "date départ", "derniere_connexion": "Dernière Connexion"})
        self.assert_nothing_rejected()
        self.assertIn("VIL1", self.keys("utilisateurs"))

    def test_portal_headings_are_aliases(self):
        """The portal's own headings stand for required columns, as for the others."""
        headings = {"mail": "Adresse mail", "date_ouverture": "Date d'ouverture", "date_cloture": "Date de clôture",
                    "code": "Code", "libelle": "Libellé", "organisme": "Partenaire", "caf_pivot": "CAF pivot",
                    "identifiant": "Identifiant", "nom": "Nom", "prenom": "Prénom", "telephone": "Téléphone",
                    "date_debut": "Début d'habilitation", "date_fin": "Fin d'habilitation"}
        files = valid_drop()
        self.bring_in(files, headings=headings)
        self.assert_nothing_rejected()
        files["conventions"][0] |= {"organisme": "VILLE", "caf_pivot": "Caf 932"}
        files["utilisateurs"][0] |= {"mail": "m.dupont@rosny.example", "telephone": "01 99 00 00 00"}
        files["groupes"][0] |= {"date_cloture": "2027-01-01"}
        files["profils_afas"][0] |= {"date_fin": "2027-01-01"}
        self.bring_in(files, headings=headings, day=NEXT_DAY)
        self.assertEqual(self.changes(), [
            ("conventions", "19_214", "changed", "caf_pivot"), ("conventions", "19_214", "changed", "organisme"),
            ("groupes", "19_214:T2PE", "changed", "date_cloture"),
            ("profils_afas", "19_214:VIL1:FDA:ALSH Nord::2020-01-01", "changed", "date_fin"),
            ("utilisateurs", "VIL1", "changed", "mail"), ("utilisateurs", "VIL1", "changed", "telephone")])

    def test_a_field_is_named_as_in_the_contract_whatever_its_heading(self):
        files = valid_drop()
        files["utilisateurs"].append(account("VIL4", date_cloture="demain"))
        self.bring_in(files, headings={"date_cloture": "Date de clôture"})
        self.assertEqual(self.reasons(), [("utilisateurs", "bad-date", "date_cloture")])

    def test_apostrophes_do_not_count(self):
        for heading in ("Date douverture", "Date d’ouverture", "Date d'ouverture"):
            with self.subTest(heading):
                self.bring_in(valid_drop(), headings={"date_ouverture": heading})

    def test_unknown_columns_are_ignored_and_named_in_the_log(self):
        files = valid_drop()
        files["utilisateurs"][0]["Couleur préférée"] = "vert"
        result = self.bring_in(files)
        self.assert_nothing_rejected()
        self.assertIn("Couleur préférée", result.stderr)

    def test_order_of_columns_is_free(self):
        backwards = {name: list(reversed(columns)) for name, columns in drops.COLUMNS.items()}
        self.bring_in(valid_drop(), columns=backwards)
        self.assert_nothing_rejected()
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:École Nord"})

    def test_two_columns_for_one_field_refuse_the_drop(self):
        files = valid_drop()
        files["utilisateurs"][0]["Adresse mail"] = "x@rosny.example"
        self.bring_in(files, code=3)
        self.assertEqual(self.vigie.history(), [])


class ConfiguredColumnTest(IntakeTest):
    def test_further_heading(self):
        """source.NAME.heading.COLUMN: what an administrator says that a column is called."""
        self.vigie.configure({"source.caf931.heading.identifiant": "Login"})
        self.bring_in(valid_drop(), headings={"identifiant": "Login"})
        self.assert_nothing_rejected()

    def test_default_for_a_column_that_the_export_lacks(self):
        without = {name: [column for column in columns if column != "convention"]
                   for name, columns in drops.COLUMNS.items()}
        self.bring_in(valid_drop(), columns=without, code=3)
        self.vigie.configure({"source.caf931.default.convention": "19_214"})
        self.bring_in(valid_drop(), columns=without)
        self.assert_nothing_rejected()
        self.assertIn("19_214:T2PE", self.keys("groupes"))

    def test_default_is_not_for_an_empty_value(self):
        self.vigie.configure({"source.caf931.default.convention": "19_214"})
        files = valid_drop()
        files["utilisateurs"].append(account("VIL4", convention=""))
        self.bring_in(files)
        self.assertEqual(self.reasons(), [("utilisateurs", "missing-value", "convention")])


class LayoutTest(IntakeTest):
    def test_separator_is_found_from_the_header(self):
        for separator in (";", ",", "\t"):
            with self.subTest(repr(separator)):
                self.bring_in(valid_drop(), separator=separator)
                self.assert_nothing_rejected()

    def test_separators_may_differ_between_files(self):
        files = valid_drop()
        files["groupes"] = drops.file_text("groupes", files["groupes"], separator="\t")
        self.bring_in(files, separator=",")
        self.assert_nothing_rejected()

    def test_other_separators_in_values_are_ordinary(self):
        files = valid_drop()
        files["lieux"].append({"convention": "19_214", "activite": "ALSH Nord", "lieu": "Gymnase, rue\tHaute"})
        self.bring_in(files)
        self.assertIn("19_214:ALSH Nord:Gymnase, rue\tHaute", self.keys("lieux"))

    def test_everything_may_be_quoted(self):
        self.bring_in(valid_drop(), quote=True, separator=",")
        self.assert_nothing_rejected()

    def test_quoted_separators_quotes_and_line_breaks(self):
        for newline in ("\n", "\r\n"):
            with self.subTest(repr(newline)):
                files = valid_drop()
                files["lieux"].append({"convention": "19_214", "activite": "ALSH Nord", "lieu": 'Le "Bois"; salle\n2'})
                self.bring_in(files, newline=newline)
                self.assertIn('19_214:ALSH Nord:Le "Bois"; salle\n2', self.keys("lieux"))

    def test_carriage_returns_belong_to_the_line_end(self):
        self.bring_in(valid_drop(), newline="\r\n")
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:École Nord"})

    def test_last_line_needs_no_end(self):
        files = valid_drop()
        files["lieux"] = drops.file_text("lieux", files["lieux"]).rstrip("\n")
        self.bring_in(files)
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:École Nord"})

    def test_a_quote_within_an_unquoted_field_is_ordinary(self):
        files = valid_drop()
        files["lieux"] = 'convention;activite;lieu\n19_214;ALSH Nord;Salle "B"\n'
        self.bring_in(files)
        self.assertEqual(self.keys("lieux"), {'19_214:ALSH Nord:Salle "B"'})

    def test_what_follows_a_closing_quote_is_taken_as_it_is(self):
        files = valid_drop()
        files["lieux"] = 'convention;activite;lieu\n19_214;ALSH Nord;"Salle" B "bis"\n'
        self.bring_in(files)
        self.assertEqual(self.keys("lieux"), {'19_214:ALSH Nord:Salle B "bis"'})

    def test_a_line_of_blanks_is_no_row_and_counts_for_line_numbers(self):
        files = valid_drop()
        files["lieux"] = f"convention;activite;lieu\n\n  {NO_BREAK_SPACE}\t\n19_214;ALSH Nord;\n"
        self.bring_in(files)
        self.assertEqual([(reject["line"], reject["field"]) for reject in self.vigie.rejects()], [(4, "lieu")])

    def test_a_line_of_tabs_is_no_row_where_the_tab_separates(self):
        files = valid_drop()
        files["lieux"] = "convention\tactivite\tlieu\n\t\t\n19_214\tALSH Nord\tÉcole Nord\n"
        self.bring_in(files)
        self.assert_nothing_rejected()

    def test_a_line_of_semicolons_is_a_row(self):
        files = valid_drop()
        files["lieux"] = "convention;activite;lieu\n;;\n"
        self.bring_in(files)
        self.assertEqual(self.reasons(), [("lieux", "missing-value", "convention")])


class EncodingTest(IntakeTest):
    def places(self, lieu):
        files = valid_drop()
        files["lieux"][0]["lieu"] = lieu
        return files

    def test_utf_8(self):
        self.bring_in(self.places("Crèche œuvre € ’"))
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:Crèche œuvre € ’"})

    def test_byte_order_mark(self):
        self.bring_in(self.places("Crèche"), bom=True)
        self.assert_nothing_rejected()
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:Crèche"})

    def test_byte_order_mark_before_a_quoted_heading(self):
        self.bring_in(self.places("Crèche"), bom=True, quote=True)
        self.assert_nothing_rejected()

    def test_what_is_not_utf_8_is_windows_1252(self):
        self.bring_in(self.places("Crèche œuvre € ’"), encoding="cp1252")
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:Crèche œuvre € ’"})

    def test_encoding_is_each_file_s_own(self):
        files = self.places("Crèche")
        files["lieux"] = drops.file_text("lieux", files["lieux"]).encode("cp1252")
        self.bring_in(files)
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:Crèche"})
        self.assertEqual(self.reasons(), [])

    def test_record_of_a_reject_is_utf_8(self):
        files = valid_drop()
        files["lieux"].append({"convention": "19_214", "activite": "Éveil", "lieu": "Crèche"})
        self.bring_in(files, encoding="cp1252")
        self.assertEqual([reject["record"] for reject in self.vigie.rejects()], ["19_214;Éveil;Crèche"])


class DateTest(IntakeTest):
    settings = {"import.max-rejects": "100"}

    def accounts(self, days):
        files = valid_drop()
        files["utilisateurs"] += [account(f"JOUR{n}", derniere_connexion=day) for n, day in enumerate(days)]
        return files

    def test_both_forms(self):
        self.bring_in(self.accounts(["29/02/2024", "2024-02-29", "31/12/1999", "2000-02-29"]))
        self.assert_nothing_rejected()

    def test_both_forms_are_the_same_day(self):
        self.bring_in(self.accounts(["29/02/2024"]))
        self.bring_in(self.accounts(["2024-02-29"]), day=NEXT_DAY)
        self.assertEqual(self.changes(), [])

    def test_empty_is_none(self):
        self.bring_in(self.accounts(["", "  ", NO_BREAK_SPACE]))
        self.assert_nothing_rejected()

    def test_anything_else_is_a_bad_date(self):
        bad = ["1/02/2024", "01/2/2024", "01/02/24", "2024-2-01", "2024-02-1", "24-02-01", "01-02-2024", "2024/02/01",
               "20240201", "01/02/2024 10:00", "2024-02-01T00:00:00", "01/02/02024", "29/02/2023", "1900-02-29",
               "31/04/2024", "00/01/2024", "01/00/2024", "2024-13-01", "2024-01-32", "demain", "1er mars 2024", "-"]
        self.bring_in(self.accounts(bad))
        self.assertEqual([(reject["reason"], reject["field"], reject["value"]) for reject in self.vigie.rejects()],
                         [("bad-date", "derniere_connexion", day) for day in bad])


class BlankTest(IntakeTest):
    def test_surrounding_blanks_are_trimmed_everywhere(self):
        """Keys, references, dates and enumerations, whatever the white space."""
        files = valid_drop()
        files["utilisateurs"].append(account(f"{NO_BREAK_SPACE}VIL4 ", date_ouverture=f" 2020-01-01{THIN_SPACE}",
                                             statut=f"{EM_SPACE}Ouvert\t"))
        files["appartenances"].append(membership(f"T2PE{NO_BREAK_SPACE}", " VIL4", date_ouverture="\u3000 01/01/2020"))
        self.bring_in(files)
        self.assert_nothing_rejected()
        self.assertIn("VIL4", self.keys("utilisateurs"))
        self.assertIn("19_214:T2PE:VIL4:2020-01-01", self.keys("appartenances"))

    def test_inner_blanks_stay(self):
        files = valid_drop()
        files["lieux"][0]["lieu"] = f" École{NO_BREAK_SPACE}Nord  bis "
        self.bring_in(files)
        self.assertEqual(self.keys("lieux"), {f"19_214:ALSH Nord:École{NO_BREAK_SPACE}Nord  bis"})

    def test_a_required_value_of_blanks_is_missing(self):
        files = valid_drop()
        files["utilisateurs"].append(account("VIL4", nom=NO_BREAK_SPACE))
        self.bring_in(files)
        self.assertEqual(self.reasons(), [("utilisateurs", "missing-value", "nom")])

    def test_value_of_a_reject_is_trimmed(self):
        files = valid_drop()
        files["utilisateurs"].append(account("VIL4", poste=f" bureau{NO_BREAK_SPACE}"))
        self.bring_in(files)
        self.assertEqual([reject["value"] for reject in self.vigie.rejects()], ["bureau"])


class EnumerationTest(IntakeTest):
    settings = {"import.max-rejects": "100"}

    def with_values(self, file, column, values):
        """A valid drop, and in the file one more row for each value of the column."""
        files = valid_drop()
        make = {
            "conventions": lambda n, **value: drops.convention(f"19_{n}", **value),
            "utilisateurs": lambda n, **value: account(f"PLUS{n}", **value),
            "groupes": lambda n, **value: group(f"PLUS{n}", **value),
            "profils_afas": lambda n, **value: profile("VIL2", value.pop("role", "FDA"), date_debut=f"2021-01-{n:02d}",
                                                       **value),
        }[file]
        files[file] += [make(n, **{column: value}) for n, value in enumerate(values, start=1)]
        return files

    def assert_read(self, file, column, values):
        with self.subTest(column):
            self.bring_in(self.with_values(file, column, values))
            self.assertEqual(self.reasons(), [])

    def assert_bad(self, file, column, values):
        with self.subTest(column):
            self.bring_in(self.with_values(file, column, values))
            self.assertEqual([(reject["reason"], reject["field"], reject["value"]) for reject in self.vigie.rejects()],
                             [("bad-value", column, value) for value in values])

    def test_are_matched_without_case_accents_blanks_hyphens_and_underscores(self):
        self.assert_read("conventions", "mode_gestion", ["Délégué", "DELEGUE", "centralisé", "Cen-tra_li sé", ""])
        self.assert_read("utilisateurs", "poste", ["Sédentaire", "ITINERANT", "itinérant", ""])
        self.assert_read("groupes", "origine", ["caf", "PARTENAIRE", "auto-matique", ""])
        self.assert_read("profils_afas", "etat", ["validé", "VALIDE", "en attente", "En_Attente", ""])
        self.assert_read("profils_afas", "role", ["fda", "F D F", "approbateur", "Fournisseur de données d'activité",
                                                  "fournisseur de donnees d’activite",
                                                  "FOURNISSEUR-DE-DONNÉES-FINANCIÈRES"])

    def test_statut(self):
        self.assert_read("utilisateurs", "statut", ["Ouvert", "Ouverte", "ouvert", "Fermé", "Fermée", "FERME", "Clos",
                                                    "Close", "clos", "Clôturé", "Clôturée", "cloture", ""])

    def test_anything_else_is_a_bad_value(self):
        self.assert_bad("conventions", "mode_gestion", ["mixte", "déléguée à la Caf"])
        self.assert_bad("conventions", "statut", ["En cours"])
        self.assert_bad("utilisateurs", "poste", ["bureau"])
        self.assert_bad("utilisateurs", "statut", ["Suspendu", "Ouvertes", "1"])
        self.assert_bad("groupes", "origine", ["Etat"])
        self.assert_bad("profils_afas", "role", ["Lecteur", "FD", "Fournisseur"])
        self.assert_bad("profils_afas", "etat", ["Refusé"])

    def test_niveau_is_a_whole_number_from_one(self):
        self.assert_read("groupes", "niveau", ["1", "2", "10", ""])
        self.assert_bad("groupes", "niveau", ["0", "-1", "1.5", "1,5", "un", "2e"])

    def test_portal_labels_of_afas_profiles_are_the_catalogue_s_roles(self):
        files = valid_drop()
        files["profils_afas"] = [profile("VIL1", "Fournisseur de données d'activité"),
                                 profile("VIL1", "Fournisseur de données financières"), profile("VIL2", "APPROBATEUR")]
        self.bring_in(files)
        self.assertEqual(self.keys("profils_afas"), {f"19_214:{who}:{role}:ALSH Nord::2020-01-01" for who, role in
                                                     (("VIL1", "FDA"), ("VIL1", "FDF"), ("VIL2", "Approbateur"))})


class StatusTest(IntakeTest):
    def test_dates_alone_tell_what_is_active(self):
        """A status that says otherwise is a finding, and takes or gives no right."""
        files = valid_drop()
        files["utilisateurs"] += [
            account("SAIDSHUT", statut="Clôturé"),
            account("SAIDOPEN", date_cloture="2026-06-30", statut="Ouverte", derniere_connexion=""),
            account("UNSAID", statut=""), account("AGREES", date_cloture="2026-06-30", statut="Clos")]
        files["appartenances"] += [membership("T2PE", who) for who in ("SAIDSHUT", "UNSAID")]
        files["appartenances"] += [membership("T2PE", "SAIDOPEN")]
        self.bring_in(files)
        self.assertEqual(self.found("account-status-mismatch"), {"SAIDSHUT", "SAIDOPEN"})
        self.assertEqual(self.found("membership-account-closed"), {"T2PE/SAIDOPEN"})

    def test_a_day_of_closing_is_a_closed_day(self):
        files = valid_drop()
        files["utilisateurs"] += [account("TODAY", date_cloture=DAY, statut="Ouvert"),
                                  account("TOMORROW", date_cloture=NEXT_DAY, statut="Ouvert")]
        self.bring_in(files)
        self.assertEqual(self.found("account-status-mismatch"), {"TODAY"})


class ServiceAndRoleTest(IntakeTest):
    def grants(self, pairs):
        """A drop with one group and one grant for each (service, role)."""
        files = valid_drop()
        files["groupes"] += [group(f"G{n}") for n in range(len(pairs))]
        files["habilitations"] += [grant(f"G{n}", service, role) for n, (service, role) in enumerate(pairs)]
        return files

    def read_as(self, pairs):
        """What each (service, role) is read as: the two of the key in the store."""
        self.bring_in(self.grants(pairs))
        self.assert_nothing_rejected()
        by_group = {key.split(":")[1]: tuple(key.split(":")[2:4]) for key in self.keys("habilitations")}
        return [by_group[f"G{n}"] for n in range(len(pairs))]

    def test_services_and_their_former_names(self):
        expected = {"Cdap": ["Cdap", "CDAP", " c-d_a p ", "Cafpro", "CAF PRO"], "Afas": ["afas", "AFAS"],
                    "Dgfip": ["DGFIP", "dgfip"], "Adonis": ["ADONIS"],
                    "Offre Bailleurs": ["Offre Bailleurs", "offre-bailleurs", "QLweb", "QL_Web", "ql web",
                                        "Espace Bailleur", "Espace Bailleurs"]}
        pairs = [(written, "X") for names in expected.values() for written in names]
        self.assertEqual(self.read_as(pairs), [(name, "X") for name, names in expected.items() for _ in names])

    def test_roles(self):
        pairs = [("Afas", "DECLARER"), ("Afas", "déclarer"), ("Afas", "habiliter"), ("Dgfip", "recouvrement"),
                 ("Dgfip", "ENQUETE"), ("Adonis", "adonis"), ("QLweb", "logements prives"),
                 ("Offre Bailleurs", "Logements_Conventionnés")]
        self.assertEqual(self.read_as(pairs), [
            ("Afas", "Déclarer"), ("Afas", "Déclarer"), ("Afas", "Habiliter"), ("Dgfip", "Recouvrement"),
            ("Dgfip", "Enquête"), ("Adonis", "Adonis"), ("Offre Bailleurs", "Logements privés"),
            ("Offre Bailleurs", "Logements conventionnés")])

    def test_cdap_roles(self):
        written = ["T1", "t1", "t 1", "T-1", "T_1", "T01", "T001", "T1 Assistants sociaux", "T1-AS", "T1/AS", "T 21"]
        self.assertEqual(self.read_as([("Cdap", role) for role in written]), [("Cdap", "T1")] * 10 + [("Cdap", "T21")])

    def test_unknown_ones_are_kept_as_written(self):
        pairs = [("Cdap", role) for role in ("T1AS", "T1é", "T0", "T22", "T100", "T", "1", "Déclarer")]
        pairs += [("Retraite", "T1"), ("Afas", "T1")]
        self.assertEqual(self.read_as(pairs), pairs)

    def test_unknown_ones_are_a_finding(self):
        self.bring_in(self.grants([("Cdap", "T1AS"), ("Retraite", "T1"), ("Afas", "T1"), ("Cdap", "T1")]))
        self.assertEqual(self.found("group-role-unknown"), {"G0:Cdap:T1AS", "G1:Retraite:T1", "G2:Afas:T1"})

    def test_subjects_have_the_catalogue_s_name_and_iso_days(self):
        files = valid_drop()
        files["bulletins"][0] |= {"service": "CAFPRO", "date_ouverture": "01/01/2020", "signe_le": ""}
        self.bring_in(files)
        self.assertEqual(self.found("bulletin-unsigned"), {"Cdap@2020-01-01"})


class KeyTest(IntakeTest):
    def test_days_compare_as_days(self):
        files = valid_drop()
        files["appartenances"].append(membership("T2PE", "VIL1", date_ouverture="01/01/2020"))
        self.bring_in(files)
        self.assertEqual(self.reasons(), [("appartenances", "duplicate-key", "convention")])

    def test_services_and_roles_compare_by_their_catalogue_name(self):
        files = valid_drop()
        files["habilitations"].append(grant("T2PE", "Cafpro", "t 02"))
        files["profils_afas"].append(profile("VIL1", "Fournisseur de données d'activité"))
        self.bring_in(files)
        self.assertEqual(self.reasons(), [("habilitations", "duplicate-key", "convention"),
                                          ("profils_afas", "duplicate-key", "convention")])

    def test_all_else_compares_as_written(self):
        files = valid_drop()
        files["utilisateurs"].append(account("vil1"))
        files["lieux"].append({"convention": "19_214", "activite": "ALSH Nord", "lieu": "ecole nord"})
        files["appartenances"] += [membership("T2PE", "vil1"), membership("t2pe", "VIL1"), membership("T2PE", "Vil1")]
        self.bring_in(files)
        self.assertEqual(self.reasons(), [("appartenances", "unknown-reference", "groupe"),
                                          ("appartenances", "unknown-reference", "identifiant")])
        self.assertEqual(len(self.keys("lieux")), 2)

    def test_an_empty_place_is_a_value(self):
        files = valid_drop()
        files["profils_afas"].append(profile("VIL1", "FDA", lieu="École Nord"))
        self.bring_in(files)
        self.assert_nothing_rejected()
        self.assertIn("19_214:VIL1:FDA:ALSH Nord:École Nord:2020-01-01", self.keys("profils_afas"))


class ChecksumTest(IntakeTest):
    def import_with(self, sums, code):
        """Imports a valid drop whose SHA256SUMS are the right ones passed through a function."""
        self.vigie.drop(valid_drop())
        folder = self.vigie.drop_folder()
        with open(os.path.join(folder, "SHA256SUMS"), "w", encoding="utf-8") as file:
            file.write(sums(drops.checksums_of(folder)))
        self.assertEqual(self.vigie.run("import", as_of=DAY).code, code)
        self.assertEqual(self.vigie.history() == [], code == 3)

    def test_right_ones(self):
        self.import_with(lambda right: right, 0)

    def test_binary_mode_marker(self):
        self.import_with(lambda right: right.replace("  ", " *"), 0)

    def test_blank_lines_aside(self):
        self.import_with(lambda right: "\n" + right.replace("\n", "\n \n"), 0)

    def test_a_sum_that_does_not_match(self):
        self.import_with(lambda right: right.replace(right[:64], "0" * 64), 3)

    def test_a_file_that_is_not_named(self):
        self.import_with(lambda right: "".join(right.splitlines(keepends=True)[1:]), 3)

    def test_a_line_for_a_file_that_is_not_there(self):
        self.import_with(lambda right: right + "0" * 64 + "  absent.csv\n", 3)

    def test_a_line_of_another_form(self):
        self.import_with(lambda right: right + "# made by the export\n", 3)

    def test_other_files_need_not_be_named(self):
        self.vigie.drop(valid_drop(), checksums=True)
        with open(os.path.join(self.vigie.drop_folder(), "notes.csv"), "w", encoding="utf-8") as file:
            file.write("hello\n")
        self.assertEqual(self.vigie.run("import", as_of=DAY).code, 0)


class RefusedDropTest(IntakeTest):
    def assert_refused(self, files, **how):
        self.bring_in(files, code=3, **how)
        self.assertEqual(self.vigie.history(), [])

    def test_required_file_missing(self):
        for name in drops.REQUIRED_FILES:
            with self.subTest(name):
                files = valid_drop()
                del files[name]
                self.assert_refused(files)

    def test_required_column_missing(self):
        for name, columns in drops.REQUIRED_COLUMNS.items():
            for missing in columns:
                with self.subTest(f"{name}.{missing}"):
                    kept = [column for column in drops.COLUMNS[name] if column != missing]
                    self.assert_refused(valid_drop(), columns={name: kept})

    def test_empty_file(self):
        for name in ("utilisateurs", "lieux"):
            with self.subTest(name):
                self.assert_refused(valid_drop() | {name: ""})

    def test_quote_open_at_the_end(self):
        self.assert_refused(valid_drop() | {"lieux": 'convention;activite;lieu\n19_214;ALSH Nord;"École Nord\n'})

    def test_folder_missing(self):
        result = self.vigie.run("import", as_of=DAY)
        self.assertNotEqual(result.code, 0)
        self.assertEqual(self.vigie.history(), [])

    def test_optional_files_read_as_no_rows(self):
        files = {name: rows for name, rows in valid_drop().items() if name in drops.REQUIRED_FILES}
        self.bring_in(files)
        self.assert_nothing_rejected()
        self.assertEqual(self.keys("bulletins"), set())

    def test_a_header_alone_is_no_rows(self):
        self.bring_in(valid_drop() | {"lieux": []})
        self.assertEqual(self.keys("lieux"), set())

    def test_nothing_of_it_is_applied_and_the_last_good_state_stays(self):
        files = valid_drop()
        self.bring_in(files)
        before = self.vigie.history()
        files["utilisateurs"][0]["mail"] = "autre@rosny.example"
        del files["habilitations"]
        self.bring_in(files, code=3, day=NEXT_DAY)
        self.assertEqual(self.vigie.history(), before)

    def test_the_run_goes_on_with_the_last_good_state(self):
        files = valid_drop()
        files["utilisateurs"][0]["mail"] = ""
        self.bring_in(files)
        self.vigie.drop({}, on=NEXT_DAY)
        self.assertEqual(self.vigie.run("run", as_of=NEXT_DAY).code, 3)
        self.assertEqual([finding["subject"] for finding in self.vigie.findings(rule="account-invalid-mail")], ["VIL1"])
        self.assertTrue(self.vigie.files("reports", ".xlsx"))

    def test_a_first_run_has_nothing_to_judge(self):
        """Exit 3, a workbook with the refusal, and compliance is told."""
        files = valid_drop()
        del files["groupes"]
        self.vigie.drop(files)
        self.assertEqual(self.vigie.run("run", as_of=DAY).code, 3)
        self.assertEqual(self.vigie.findings(), [])
        self.assertIn(f"conformite-caf931-{DAY}.xlsx", self.vigie.files("reports"))
        self.assertTrue([name for name in self.vigie.files("mail") if "conformite" in name])

    def test_another_source_s_drop_goes_in(self):
        self.vigie.configure({}, sources=("caf931", "caf932"))
        self.vigie.drop(valid_drop() | {"groupes": ""})
        self.vigie.drop(dict.fromkeys(drops.COLUMNS, []) | {"conventions": [drops.convention()]}, source="caf932")
        self.assertEqual(self.vigie.run("import", as_of=DAY).code, 3)
        self.assertEqual(self.vigie.history(source="caf931"), [])
        self.assertNotEqual(self.vigie.history(source="caf932"), [])


class RejectedRowTest(IntakeTest):
    def lieux(self, *lines):
        return valid_drop() | {"lieux": "\n".join(["convention;activite;lieu", *lines, ""])}

    def test_is_kept_as_it_came_and_the_others_go_in(self):
        """With source, file, line, reason, field, value and the raw text."""
        self.bring_in(self.lieux("19_214;ALSH Nord;École Nord", ' 19_214 ;"ALSH ""Sud"""; École Sud',
                                 "19_214;ALSH Nord;Parc"))
        self.assertEqual(self.vigie.rejects(), [{
            "source": "caf931", "file": "lieux.csv", "line": 3, "reason": "unknown-reference", "field": "activite",
            "value": 'ALSH "Sud"', "record": ' 19_214 ;"ALSH ""Sud"""; École Sud'}])
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:École Nord", "19_214:ALSH Nord:Parc"})

    def test_line_is_where_the_row_starts(self):
        self.bring_in(self.lieux('19_214;ALSH Nord;"École\nNord"', '19_214;Inconnue;"deux\n\nlignes"',
                                 "19_214;ALSH Nord;"))
        self.assertEqual([(reject["line"], reject["reason"]) for reject in self.vigie.rejects()],
                         [(4, "unknown-reference"), (7, "missing-value")])
        self.assertEqual(self.vigie.rejects()[0]["record"], '19_214;Inconnue;"deux\n\nlignes"')

    def test_field_count(self):
        self.bring_in(self.lieux("19_214;ALSH Nord", "19_214;ALSH Nord;Parc;surplus", "19_214;ALSH Nord;Stade;"))
        self.assertEqual(self.reasons(), [("lieux", "field-count", "")] * 3)

    def test_missing_value(self):
        for name, columns in drops.REQUIRED_COLUMNS.items():
            for column in columns:
                if column == "lieu" and name == "profils_afas":
                    continue  # empty is the whole activity
                with self.subTest(f"{name}.{column}"):
                    files = valid_drop()
                    files[name].append(files[name][0] | {column: ""})
                    self.bring_in(files)
                    self.assertEqual(self.reasons(), [(name, "missing-value", column)])

    def test_field_is_the_first_at_fault_in_the_contract_s_order(self):
        files = valid_drop()
        files["utilisateurs"].append(account("VIL4", nom="", prenom=""))
        files["utilisateurs"].append(account("VIL5", derniere_connexion="hier", date_cloture="demain"))
        self.bring_in(files, columns={"utilisateurs": list(reversed(drops.COLUMNS["utilisateurs"]))})
        self.assertEqual(self.reasons(), [("utilisateurs", "missing-value", "nom"),
                                          ("utilisateurs", "bad-date", "date_cloture")])

    def test_the_first_reason_that_applies(self):
        """In the order: field-count, missing-value, bad-date, bad-value, duplicate-key, unknown-reference."""
        good = drops.file_text("utilisateurs", [account("VIL1")]).splitlines()
        files = valid_drop()
        files["utilisateurs"] += [
            account("VIL4", nom="", date_cloture="demain"), account("VIL5", date_cloture="demain", statut="?"),
            account("VIL1", statut="?"), account("VIL1", convention="99_999"), account("VIL6", convention="99_999")]
        text = drops.file_text("utilisateurs", files["utilisateurs"])
        self.bring_in(files | {"utilisateurs": text + good[1].replace("DUPONT VIL1", "") + ";surplus\n"})
        self.assertEqual([reason for _, reason, _ in self.reasons()], [
            "missing-value", "bad-date", "bad-value", "duplicate-key", "unknown-reference", "field-count"])

    def test_the_first_row_of_a_duplicated_key_stays(self):
        files = valid_drop()
        self.bring_in(files)
        files["utilisateurs"].append(account("VIL1", nom="SECONDE"))
        self.bring_in(files, day=NEXT_DAY)
        self.assertEqual(self.reasons(), [("utilisateurs", "duplicate-key", "identifiant")])
        self.assertEqual(self.changes(), [])

    def test_a_key_counts_whatever_became_of_its_first_row(self):
        files = valid_drop()
        files["utilisateurs"] += [account("VIL4", date_cloture="demain"), account("VIL4")]
        self.bring_in(files)
        self.assertEqual([reason for _, reason, _ in self.reasons()], ["bad-date", "duplicate-key"])
        self.assertNotIn("VIL4", self.keys("utilisateurs"))

    def test_a_row_of_a_wrong_field_count_has_no_key(self):
        self.bring_in(self.lieux("19_214;ALSH Nord;Parc;surplus", "19_214;ALSH Nord;Parc"))
        self.assertEqual(self.reasons(), [("lieux", "field-count", "")])
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:Parc"})

    def test_references(self):
        bad = {
            "bulletins": "convention", "utilisateurs": "convention", "administrateurs": "identifiant",
            "groupes": "convention", "habilitations": "groupe", "appartenances": "identifiant",
            "activites": "convention", "lieux": "activite", "profils_afas": "activite", "departs": "identifiant"}
        for name, field in bad.items():
            with self.subTest(name):
                files = valid_drop()
                row = account("VIL9") if name == "utilisateurs" else files[name][0]
                files[name].append(row | {field: "INCONNU"})
                self.bring_in(files)
                self.assertEqual(self.reasons(), [(name, "unknown-reference", field)])

    def test_a_reference_to_a_rejected_row_does_not_resolve(self):
        files = valid_drop()
        files["groupes"].append(group("CASSE", niveau="zéro"))
        files["habilitations"].append(grant("CASSE"))
        files["appartenances"].append(membership("CASSE", "VIL1"))
        self.bring_in(files)
        self.assertEqual(self.reasons(), [
            ("appartenances", "unknown-reference", "groupe"), ("groupes", "bad-value", "niveau"),
            ("habilitations", "unknown-reference", "groupe")])

    def test_a_group_of_another_convention_does_not_resolve(self):
        """The group is referred to together with its convention."""
        files = valid_drop()
        files["conventions"].append(drops.convention("20_001"))
        files["habilitations"].append(grant("T2PE", convention="20_001"))
        self.bring_in(files)
        self.assertEqual(self.reasons(), [("habilitations", "unknown-reference", "groupe")])

    def test_a_reference_to_a_file_that_is_not_there_is_not_checked(self):
        files = valid_drop()
        del files["activites"]
        self.bring_in(files)
        self.assert_nothing_rejected()
        self.assertEqual(len(self.keys("profils_afas")), 3)

    def test_parent_and_manager_are_no_references(self):
        files = valid_drop()
        files["groupes"] += [group("ORPHELIN", parent="DISPARU", responsable="PERSONNE")]
        self.bring_in(files)
        self.assert_nothing_rejected()

    def test_an_account_of_another_convention_is_a_finding_and_no_reject(self):
        files = valid_drop()
        files["conventions"].append(drops.convention("20_001"))
        files["utilisateurs"].append(account("AUTRE", convention="20_001"))
        files["appartenances"].append(membership("T2PE", "AUTRE"))
        self.bring_in(files)
        self.assert_nothing_rejected()
        self.assertEqual(self.found("membership-foreign-account"), {"T2PE/AUTRE"})

    def test_rejects_are_those_of_the_last_import(self):
        self.bring_in(self.lieux("19_214;Inconnue;Parc"))
        self.bring_in(valid_drop(), day=NEXT_DAY)
        self.assert_nothing_rejected()


class KeptRecordTest(IntakeTest):
    def setUp(self):
        super().setUp()
        self.bring_in(valid_drop())

    def test_a_known_record_stays_as_it_was(self):
        """It is not withdrawn, nothing of its bad row is taken, and references to it resolve."""
        files = valid_drop()
        files["utilisateurs"][0] |= {"mail": "nouveau@rosny.example", "statut": "?"}
        self.bring_in(files, day=NEXT_DAY)
        self.assertEqual(self.reasons(), [("utilisateurs", "bad-value", "statut")])
        self.assertEqual(self.changes(), [])

    def test_a_new_record_is_not_kept(self):
        files = valid_drop()
        files["utilisateurs"].append(account("VIL4", statut="?"))
        self.bring_in(files, day=NEXT_DAY)
        self.assertEqual(self.changes(), [])
        self.assertNotIn("VIL4", self.keys("utilisateurs"))

    def test_a_record_whose_key_cannot_be_read_is_withdrawn(self):
        files = valid_drop()
        files["appartenances"][0]["date_ouverture"] = "31/02/2020"
        self.bring_in(files, day=NEXT_DAY)
        self.assertEqual(self.changes(), [("appartenances", "19_214:T2PE:VIL1:2020-01-01", "withdrawn", "")])

    def test_a_record_whose_reference_is_gone_is_withdrawn(self):
        files = valid_drop()
        del files["utilisateurs"][2], files["departs"][0]
        files["appartenances"][3]["date_cloture"] = "demain"
        self.bring_in(files, day=NEXT_DAY)
        self.assertEqual(self.reasons(), [("appartenances", "bad-date", "date_cloture")])
        self.assertEqual(self.changes(), [
            ("appartenances", "19_214:T2PE:VIL3:2020-01-01", "withdrawn", ""),
            ("departs", "19_214:VIL3", "withdrawn", ""), ("utilisateurs", "VIL3", "withdrawn", "")])

    def test_a_record_that_refers_to_a_kept_one_is_kept(self):
        files = valid_drop()
        files["utilisateurs"][2]["statut"] = "?"
        files["appartenances"][3]["date_cloture"] = "demain"
        self.bring_in(files, day=NEXT_DAY)
        self.assertEqual(len(self.reasons()), 2)
        self.assertEqual(self.changes(), [])

    def test_a_duplicate_takes_nothing_from_the_first(self):
        files = valid_drop()
        files["departs"].append(files["departs"][0] | {"date_depart": "2026-07-01"})
        self.bring_in(files, day=NEXT_DAY)
        self.assertEqual(self.reasons(), [("departs", "duplicate-key", "convention")])
        self.assertEqual(self.changes(), [])

    def test_a_kept_record_is_changed_by_a_later_good_row(self):
        files = valid_drop()
        files["utilisateurs"][0] |= {"mail": "nouveau@rosny.example", "statut": "?"}
        self.bring_in(files, day=NEXT_DAY)
        files["utilisateurs"][0]["statut"] = "Ouvert"
        self.bring_in(files, day="2026-11-22")
        self.assertEqual(self.changes("2026-11-22"), [("utilisateurs", "VIL1", "changed", "mail")])


class LimitTest(IntakeTest):
    def accounts(self, good, bad):
        """A drop with so many good and bad rows in utilisateurs, its own three among the good ones."""
        files = valid_drop()
        files["utilisateurs"] += [account(f"BON{n}", mail=f"bon{n}@rosny.example") for n in range(good - 3)]
        files["utilisateurs"] += [account(f"MAUVAIS{n}", statut="?") for n in range(bad)]
        return files

    def test_more_than_five_percent_and_more_than_ten_rows(self):
        self.bring_in(self.accounts(200, 11), code=3)
        self.assertEqual(self.vigie.history(), [])

    def test_ten_rows_are_no_refusal_whatever_their_share(self):
        self.bring_in(self.accounts(5, 10))
        self.assertEqual(len(self.vigie.rejects()), 10)

    def test_five_percent_are_no_refusal_whatever_their_number(self):
        self.bring_in(self.accounts(209, 11))
        self.assertEqual(len(self.vigie.rejects()), 11)

    def test_limits_are_settings(self):
        self.vigie.configure({"import.max-reject-percent": "20", "import.max-rejects": "2"})
        self.bring_in(self.accounts(8, 2))
        self.bring_in(self.accounts(13, 3))
        self.bring_in(self.accounts(11, 3), code=3)

    def test_all_files_are_read_before_the_refusal(self):
        files = self.accounts(5, 20)
        files["departs"].append({"convention": "19_214", "identifiant": "VIL1", "date_depart": "demain"})
        self.bring_in(files, code=3)
        self.assertEqual([file for file, _, _ in self.reasons()], ["departs"] + ["utilisateurs"] * 20)

    def shrink(self, before, after, *options, code):
        self.bring_in(self.accounts(before, 0))
        self.bring_in(self.accounts(after, 0), *options, day=NEXT_DAY, code=code)
        self.assertEqual(len(self.keys("utilisateurs")), before if code else after)

    def test_a_file_that_shrinks_by_more_than_a_fifth(self):
        self.shrink(50, 39, code=3)

    def test_a_fifth_is_no_refusal(self):
        self.shrink(50, 40, code=0)

    def test_below_fifty_rows_there_is_no_limit(self):
        self.shrink(49, 5, code=0)

    def test_accept_shrink(self):
        self.shrink(50, 5, "--accept-shrink", code=0)

    def exchange(self, *options, exchanged, code):
        """Sixty accounts; the next night so many have given way to others."""
        names = [f"BON{n}" for n in range(57)]
        files = [valid_drop(), valid_drop()]
        for night, drop in enumerate(files):
            drop["utilisateurs"] += [account(f"AUTRE{name}" if night and n < exchanged else name,
                                             mail=f"{name.lower()}@rosny.example") for n, name in enumerate(names)]
        self.bring_in(files[0])
        before = self.keys("utilisateurs")
        result = self.bring_in(files[1], *options, day=NEXT_DAY, code=code)
        if code:
            self.assertIn("31 of the 60 records", result.stderr)
            self.assertEqual(self.keys("utilisateurs"), before)

    def test_as_many_rows_of_another_caf(self):
        self.exchange(exchanged=31, code=3)

    def test_half_of_the_accounts_may_change(self):
        self.exchange(exchanged=30, code=0)

    def test_accept_shrink_lets_other_records_in(self):
        self.exchange("--accept-shrink", exchanged=31, code=0)

    def test_shrink_limit_is_a_setting(self):
        self.vigie.configure({"import.max-shrink-percent": "50"})
        self.shrink(60, 31, code=0)

    def test_a_file_that_is_gone_has_no_rows(self):
        files = valid_drop()
        files["lieux"] += [{"convention": "19_214", "activite": "ALSH Nord", "lieu": f"Salle {n}"} for n in range(49)]
        self.bring_in(files)
        del files["lieux"]
        self.bring_in(files, day=NEXT_DAY, code=3)
        self.assertEqual(len(self.keys("lieux")), 50)


class PortalExportTest(IntakeTest):
    """What an export of the portal, or a program that it went through, adds without changing what it says."""

    def test_trailing_separators_blank_lines_and_blanks(self):
        files = valid_drop()
        for name, rows in valid_drop().items():
            lines = drops.file_text(name, rows, quote=True).splitlines()
            files[name] = "\ufeff" + "".join(line.replace('";', '\u00a0 ";') + ";\r\n" for line in lines) + "\r\n \r\n"
        self.bring_in(files)
        self.assert_nothing_rejected()
        self.assertEqual(self.keys("lieux"), {"19_214:ALSH Nord:École Nord"})

    def test_headings_of_the_lists_with_their_buttons(self):
        """fiches pratiques, "Liste des utilisateurs": Prénoms, and columns that hold buttons."""
        files = valid_drop()
        for row in files["utilisateurs"] + files["groupes"]:
            row |= {"Modifier / Supprimer": "", "Autres actions": "Chercher"}
        result = self.bring_in(files, headings={"prenom": "Prénoms", "mail": "Adresse mail", "caf_pivot": "Caf part"})
        self.assert_nothing_rejected()
        self.assertIn("columns ignored: Modifier / Supprimer, Autres actions", result.stderr)


class BrokenExportTest(IntakeTest):
    """What is no drop refuses it whole; the state of the last good import stays."""

    def setUp(self):
        super().setUp()
        self.bring_in(valid_drop())
        self.before = self.vigie.history()

    def assert_refused(self, message):
        """The drop that is there is refused, for that reason, within the time that a reader takes that does not wait."""
        result = self.vigie.run("run", as_of=NEXT_DAY)
        self.assertEqual(result.code, 3, result.stderr)
        self.assertIn(message, result.stderr)
        self.assertEqual(self.vigie.history(), self.before)
        return result

    def told(self):
        """All that a night leaves for people: the mails, and the workbook."""
        mails = " ".join(drops.text_of(mail) for mail in self.vigie.mails(NEXT_DAY).values())
        sheets = self.vigie.workbook("caf931-", NEXT_DAY)
        return mails + "\n".join(line for sheet in sheets.values() for line in sheet)

    def place(self, name="lieux.csv"):
        return os.path.join(self.vigie.drop_folder(), name)

    def test_a_folder_that_is_missing_or_empty(self):
        shutil.rmtree(self.vigie.drop_folder())
        self.assert_refused("caf931: drop refused: no folder")
        os.mkdir(self.vigie.drop_folder())
        self.assert_refused("conventions.csv: file missing")

    def test_something_else_in_place_of_a_file(self):
        for make in (os.mkfifo, os.mkdir, lambda path: os.symlink("nowhere", path), lambda path: os.symlink(path, path)):
            os.remove(self.place())
            make(self.place())
            self.assert_refused("caf931: drop refused: lieux.csv: ")
            (os.rmdir if os.path.isdir(self.place()) else os.remove)(self.place())
            self.vigie.drop(valid_drop())

    def test_a_file_without_its_header_is_not_repeated(self):
        files = valid_drop()
        files["utilisateurs"] = drops.file_text("utilisateurs", files["utilisateurs"]).partition("\n")[2]
        self.vigie.drop(files, on=NEXT_DAY)
        shown = self.assert_refused("is the header line there?").stderr + self.vigie.run("check").stdout
        for value in ("DUPONT", "Marie", "marie.dupont", "VIL1"):
            self.assertNotIn(value, shown + self.told())

    def test_utf_16_is_refused_with_what_to_do(self):
        self.vigie.drop(valid_drop(), encoding="utf-16", on=NEXT_DAY)
        self.assert_refused("conventions.csv: is UTF-16; save it as CSV UTF-8")
        self.assertIn("est codé en UTF-16 ; l'enregistrer au format « CSV UTF-8 »", self.told())

    def test_lines_that_end_in_a_carriage_return_alone(self):
        self.vigie.drop(valid_drop(), newline="\r", on=NEXT_DAY)
        self.assert_refused("lieux.csv: has lines that end in a carriage return alone")

    def test_a_quote_that_swallows_rows(self):
        """A row of more than a mebibyte is not said, only where it begins."""
        files = valid_drop()
        lines = "".join(f"19_214;ALSH Nord;Salle {n}\n" for n in range(50_000))
        files["lieux"] = f'convention;activite;lieu\n19_214;ALSH Nord;"Salle\n{lines}19_214;ALSH Nord;"Salle\n'
        self.vigie.drop(files, on=NEXT_DAY)
        result = self.assert_refused("lieux.csv: has a row of more than 1 MiB, which begins at line 2:")
        self.assertLess(len(result.stderr), 2_000)

    def test_checksums_that_lead_out_of_the_folder(self):
        self.vigie.drop(valid_drop(), checksums=True, on=NEXT_DAY)
        with open(self.vigie.path("secret\x1b.txt"), "w", encoding="ascii") as file:
            file.write("x")
        with open(self.place("SHA256SUMS"), "a", encoding="ascii") as file:
            file.write(hashlib.sha256(b"x").hexdigest() + "  ../../secret\x1b.txt\n")
        self.assert_refused("SHA256SUMS: ../../secret\\x1b.txt leads out of the drop's folder")

    def test_an_optional_file_in_other_case_is_told(self):
        files = valid_drop()
        files["Departs.CSV"] = drops.file_text("departs", files.pop("departs"))
        result = self.bring_in(files, day=NEXT_DAY)
        self.assertIn("Departs.CSV is not read; rename it departs.csv", result.stderr)
        self.assertIn("Departs.CSV is not read", self.vigie.run("check").stdout)
        self.assertEqual(self.vigie.run("report", as_of=NEXT_DAY).code, 0)
        self.assertIn("Departs.CSV n'est pas lu : le renommer en departs.csv.", self.told())


class StaleDropTest(IntakeTest):
    def test_an_old_drop_is_imported_and_the_run_says_so(self):
        result = self.bring_in(valid_drop(), on="2026-11-16", code=3)
        self.assertNotEqual(self.vigie.history(), [])
        self.assertIn("caf931", result.stderr)

    def test_three_days_are_not_old(self):
        self.bring_in(valid_drop(), on="2026-11-17")

    def test_the_newest_file_tells_the_age(self):
        self.vigie.drop(valid_drop(), on="2026-11-01")
        newest = os.path.join(self.vigie.drop_folder(), "lieux.csv")
        at = os.stat(newest).st_mtime + 18 * 86400
        os.utime(newest, (at, at))
        self.assertEqual(self.vigie.run("import", as_of=DAY).code, 0)

    def test_age_is_a_setting(self):
        self.vigie.configure({"import.max-age-days": "30"})
        self.bring_in(valid_drop(), on="2026-11-01")


class ImportTest(IntakeTest):
    def test_the_same_drop_again_changes_no_record(self):
        self.bring_in(valid_drop())
        before = self.vigie.history()
        self.bring_in(valid_drop())
        self.bring_in(valid_drop(), day=NEXT_DAY)
        self.assertEqual(self.vigie.history(), before)

    def test_the_same_state_written_otherwise_changes_no_record(self):
        """Encoding, separator, order, dates and spelling are the drop's, not the records'."""
        self.bring_in(valid_drop())
        files = valid_drop()
        files["utilisateurs"][0] |= {"statut": "Ouverte", "date_ouverture": "01/01/2020"}
        files["habilitations"][0] |= {"service": "CAFPRO", "role": "T02"}
        for rows in files.values():
            rows.reverse()
        self.bring_in(files, day=NEXT_DAY, encoding="cp1252", separator="\t", newline="\r\n", quote=True)
        self.assertEqual(self.changes(), [])

    def test_changes_are_kept_by_field(self):
        files = valid_drop()
        self.bring_in(files)
        files["utilisateurs"][0] |= {"mail": "m.dupont@rosny.example", "date_cloture": "31/12/2026"}
        self.bring_in(files, day=NEXT_DAY)
        changed = [(row["key"], row["field"], row["old"], row["new"]) for row in self.vigie.history()
                   if row["change"] == "changed"]
        self.assertEqual(changed, [("VIL1", "date_cloture", None, "2026-12-31"),
                                   ("VIL1", "mail", "marie.dupont.vil1@rosny.example", "m.dupont@rosny.example")])

    def test_absent_records_are_withdrawn_and_may_return(self):
        without = valid_drop()
        without["lieux"].clear()
        self.bring_in(valid_drop())
        self.bring_in(without, day=NEXT_DAY)
        self.bring_in(valid_drop(), day="2026-11-22")
        place = ("lieux", "19_214:ALSH Nord:École Nord")
        self.assertEqual(self.changes(NEXT_DAY), [(*place, "withdrawn", "")])
        self.assertEqual(self.changes("2026-11-22"), [(*place, "returned", "")])

    def test_a_column_that_a_drop_lacks_is_no_change(self):
        files = valid_drop()
        files["utilisateurs"][0]["telephone"] = "01 99 00 00 01"
        self.bring_in(files)
        kept = [column for column in drops.COLUMNS["utilisateurs"] if column != "telephone"]
        self.bring_in(files, day=NEXT_DAY, columns={"utilisateurs": kept})
        self.assertEqual(self.changes(), [])

    def test_a_day_before_the_last_import_s_is_refused(self):
        self.bring_in(valid_drop())
        before = self.vigie.history()
        self.bring_in(valid_drop(), day="2026-11-19", code=2)
        self.assertEqual(self.vigie.history(), before)
        self.assertEqual(self.vigie.run("--dry-run", "run", as_of="2026-11-19").code, 0)

    def test_dry_run_writes_nothing(self):
        files = valid_drop()
        self.bring_in(files)
        before = self.vigie.history()
        files["utilisateurs"][0]["mail"] = "m.dupont@rosny.example"
        self.vigie.drop(files, on=NEXT_DAY)
        self.assertEqual(self.vigie.run("import", "--dry-run", as_of=NEXT_DAY).code, 0)
        self.assertEqual(self.vigie.history(), before)


if __name__ == "__main__":
    unittest.main()
