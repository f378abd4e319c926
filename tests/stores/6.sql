BEGIN TRANSACTION;
CREATE TABLE access(source INTEGER NOT NULL, month INTEGER NOT NULL, convention TEXT NOT NULL, service TEXT NOT NULL,
  role TEXT NOT NULL, persons INTEGER NOT NULL, PRIMARY KEY(source, month, convention, service, role)) WITHOUT ROWID;
INSERT INTO "access" VALUES(1,24322,'19_214','Afas','Déclarer',2);
INSERT INTO "access" VALUES(1,24322,'19_214','Cdap','T2',4);
CREATE TABLE action(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, convention TEXT NOT NULL, kind INTEGER NOT NULL,
  subject TEXT NOT NULL, due_on INTEGER NOT NULL, reason TEXT NOT NULL, cause TEXT NOT NULL, state TEXT NOT NULL,
  first_seen INTEGER NOT NULL, sent_on INTEGER, depth INTEGER NOT NULL, was_held INTEGER NOT NULL DEFAULT 0, ended_on INTEGER, sending_since INTEGER NOT NULL DEFAULT 0, failed_statement TEXT NOT NULL DEFAULT '', failure TEXT NOT NULL DEFAULT '');
INSERT INTO "action" VALUES(1,1,'19_214',1,'T2PE/VIL4@2020-01-01',20775,'account-departed','VIL4','sent',20775,20775,0,0,NULL,0,'','');
INSERT INTO "action" VALUES(2,1,'19_214',5,'VIL4',20775,'account-departed','VIL4','sent',20775,20775,0,0,NULL,0,'','');
INSERT INTO "action" VALUES(3,1,'19_214',1,'T2PE/VIL6@2020-01-01',20777,'account-departed','VIL6','held',20777,NULL,0,1,NULL,0,'','');
INSERT INTO "action" VALUES(4,1,'19_214',5,'VIL6',20777,'account-departed','VIL6','held',20777,NULL,0,1,NULL,0,'','');
CREATE TABLE activites(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, convention TEXT NOT NULL, activite TEXT NOT NULL, type_activite TEXT NOT NULL, nature_activite TEXT NOT NULL, date_ouverture INTEGER, date_cloture INTEGER, withdrawn_in INTEGER);
INSERT INTO "activites" VALUES(4294967297,1,'19_214','ALSH Nord','ALSH','',18262,NULL,NULL);
CREATE TABLE administrateurs(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, convention TEXT NOT NULL, identifiant TEXT NOT NULL, date_ouverture INTEGER, date_cloture INTEGER, withdrawn_in INTEGER);
INSERT INTO "administrateurs" VALUES(4294967297,1,'19_214','VIL1',18262,NULL,NULL);
CREATE TABLE afas_manager(source INTEGER NOT NULL, account TEXT NOT NULL, import INTEGER NOT NULL,
  PRIMARY KEY(source, account)) WITHOUT ROWID;
INSERT INTO "afas_manager" VALUES(1,'VIL1',1);
CREATE TABLE appartenances(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, convention TEXT NOT NULL, groupe TEXT NOT NULL, identifiant TEXT NOT NULL, date_ouverture INTEGER, date_cloture INTEGER, withdrawn_in INTEGER);
INSERT INTO "appartenances" VALUES(4294967297,1,'19_214','T2PE','VIL1',18262,NULL,NULL);
INSERT INTO "appartenances" VALUES(4294967298,1,'19_214','AFAS-DEC','VIL1',18262,NULL,NULL);
INSERT INTO "appartenances" VALUES(4294967299,1,'19_214','AFAS-DEC','VIL2',18262,NULL,NULL);
INSERT INTO "appartenances" VALUES(4294967300,1,'19_214','T2PE','VIL3',18262,20634,NULL);
INSERT INTO "appartenances" VALUES(4294967301,1,'19_214','T2PE','VIL4',18262,NULL,NULL);
INSERT INTO "appartenances" VALUES(4294967302,1,'19_214','T2PE','VIL5',18262,NULL,NULL);
INSERT INTO "appartenances" VALUES(4294967303,2,'19_214','T2PE','VIL6',18262,NULL,NULL);
CREATE TABLE bulletins(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, convention TEXT NOT NULL, service TEXT NOT NULL, signe_le INTEGER, date_ouverture INTEGER, date_cloture INTEGER, profils TEXT NOT NULL, withdrawn_in INTEGER);
INSERT INTO "bulletins" VALUES(4294967297,1,'19_214','Cdap',18262,18262,NULL,'',NULL);
INSERT INTO "bulletins" VALUES(4294967298,1,'19_214','Afas',18262,18262,NULL,'',NULL);
CREATE TABLE change(id INTEGER PRIMARY KEY, import INTEGER NOT NULL, file INTEGER NOT NULL, record INTEGER NOT NULL,
  kind TEXT NOT NULL, field TEXT NOT NULL DEFAULT '', old TEXT NOT NULL DEFAULT '', new TEXT NOT NULL DEFAULT '',
  seen_on INTEGER);
INSERT INTO "change" VALUES(1,2,2,4294967300,'changed','mail','','marie.dupont.vil4@rosny.example',NULL);
CREATE TABLE conventions(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, numero TEXT NOT NULL, libelle TEXT NOT NULL, organisme TEXT NOT NULL, caf_pivot TEXT NOT NULL, siret TEXT NOT NULL, type_partenaire TEXT NOT NULL, domaines_mail TEXT NOT NULL, mode_gestion TEXT NOT NULL, contrat_service_signe_le INTEGER, date_ouverture INTEGER, date_cloture INTEGER, statut TEXT NOT NULL, etat TEXT NOT NULL, withdrawn_in INTEGER);
INSERT INTO "conventions" VALUES(4294967297,1,'19_214','Ville de Rosny','VILLE DE ROSNY','Caf 931','','','rosny.example','centralise',18262,18262,NULL,'Ouvert','Validée le 01/01/2020',NULL);
CREATE TABLE departs(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, convention TEXT NOT NULL, identifiant TEXT NOT NULL, date_depart INTEGER, withdrawn_in INTEGER);
INSERT INTO "departs" VALUES(4294967297,1,'19_214','VIL3',20634,NULL);
INSERT INTO "departs" VALUES(4294967298,1,'19_214','VIL4',20767,NULL);
INSERT INTO "departs" VALUES(4294967299,3,'19_214','VIL6',20776,NULL);
CREATE TABLE failed_write_back(id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, as_of INTEGER NOT NULL,
  how TEXT NOT NULL, closings INTEGER NOT NULL, action INTEGER NOT NULL, set_aside INTEGER NOT NULL, why TEXT NOT NULL,
  reported INTEGER NOT NULL DEFAULT 0);
CREATE TABLE finding(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, rule TEXT NOT NULL, convention TEXT NOT NULL,
  subject TEXT NOT NULL, severity INTEGER NOT NULL, resolved INTEGER NOT NULL, resolved_on INTEGER, first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL, returns INTEGER NOT NULL, services TEXT NOT NULL, partner TEXT NOT NULL,
  detail TEXT NOT NULL, partner_detail TEXT NOT NULL, recommendation TEXT NOT NULL, about_group TEXT NOT NULL,
  about_account TEXT NOT NULL, severity_before INTEGER NOT NULL DEFAULT 0, severity_since INTEGER, returned_on INTEGER);
INSERT INTO "finding" VALUES(1,1,'account-invalid-mail','19_214','VIL4',2,1,20776,20775,20775,0,'Cdap','VILLE DE ROSNY','Le compte VIL4 (Marie DUPONT VIL4) n''a pas d''adresse mail.','','« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte VIL4 > corriger l''adresse mail > « Enregistrer les modifications ».','','VIL4',0,NULL,NULL);
INSERT INTO "finding" VALUES(2,1,'account-invalid-mail','19_214','VIL5',2,0,NULL,20775,20775,0,'Cdap','VILLE DE ROSNY','Le compte VIL5 (Marie DUPONT VIL5) n''a pas d''adresse mail.','','« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte VIL5 > corriger l''adresse mail > « Enregistrer les modifications ».','','VIL5',0,NULL,NULL);
INSERT INTO "finding" VALUES(3,1,'account-departed','19_214','VIL4',3,0,NULL,20775,20775,0,'Cdap','VILLE DE ROSNY','Le compte VIL4 (Marie DUPONT VIL4) est encore ouvert, alors que la personne est partie le 10/11/2026.','','Retirer d''abord ses profils Afas s''il y en a, puis « Gestion des habilitations » > « Mes utilisateurs » > crayon du compte VIL4 > saisir la date de clôture > « Enregistrer les modifications ».','','VIL4',0,NULL,NULL);
INSERT INTO "finding" VALUES(4,1,'account-shared-mailbox','19_214','VIL6',3,0,NULL,20776,20776,0,'Cdap','VILLE DE ROSNY','L''adresse « creche@rosny.example » du compte VIL6 (Marie DUPONT VIL6) n''est pas nominative : « creche » désigne un service, et l''adresse n''est pas au nom de Marie DUPONT VIL6.','','« Gestion des habilitations » > « Mes utilisateurs » > crayon du compte VIL6 > saisir l''adresse individuelle et nominative de la personne > « Enregistrer les modifications ».','','VIL6',0,NULL,NULL);
INSERT INTO "finding" VALUES(5,1,'account-departed','19_214','VIL6',3,0,NULL,20777,20777,0,'Cdap','VILLE DE ROSNY','Le compte VIL6 (Marie DUPONT VIL6) est encore ouvert, alors que la personne est partie le 19/11/2026.','','Retirer d''abord ses profils Afas s''il y en a, puis « Gestion des habilitations » > « Mes utilisateurs » > crayon du compte VIL6 > saisir la date de clôture > « Enregistrer les modifications ».','','VIL6',0,NULL,NULL);
CREATE TABLE groupes(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, convention TEXT NOT NULL, code TEXT NOT NULL, libelle TEXT NOT NULL, niveau INTEGER, parent TEXT NOT NULL, responsable TEXT NOT NULL, date_ouverture INTEGER, date_cloture INTEGER, statut TEXT NOT NULL, origine TEXT NOT NULL, withdrawn_in INTEGER);
INSERT INTO "groupes" VALUES(4294967297,1,'19_214','T2PE','T2 Petite enfance',1,'','VIL1',18262,NULL,'Ouvert','Partenaire',NULL);
INSERT INTO "groupes" VALUES(4294967298,1,'19_214','AFAS-DEC','AFAS-DECLARER',1,'','VIL1',18262,NULL,'Ouvert','Caf',NULL);
CREATE TABLE habilitations(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, convention TEXT NOT NULL, groupe TEXT NOT NULL, service TEXT NOT NULL, role TEXT NOT NULL, date_ouverture INTEGER, date_cloture INTEGER, withdrawn_in INTEGER);
INSERT INTO "habilitations" VALUES(4294967297,1,'19_214','T2PE','Cdap','T2',18262,NULL,NULL);
INSERT INTO "habilitations" VALUES(4294967298,1,'19_214','AFAS-DEC','Afas','Déclarer',18262,NULL,NULL);
CREATE TABLE held_mail(source INTEGER NOT NULL, recipient_kind INTEGER NOT NULL, address TEXT NOT NULL, name TEXT NOT NULL,
  convention TEXT NOT NULL, as_of INTEGER NOT NULL, plan TEXT NOT NULL, findings TEXT NOT NULL);
CREATE TABLE import(id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source(id), run INTEGER,
  as_of INTEGER NOT NULL, good INTEGER NOT NULL, stale INTEGER NOT NULL DEFAULT 0, remarks TEXT NOT NULL DEFAULT '');
INSERT INTO "import" VALUES(1,1,1,20775,1,0,'');
INSERT INTO "import" VALUES(2,1,2,20776,1,0,'');
INSERT INTO "import" VALUES(3,1,3,20777,1,0,'');
CREATE TABLE import_file(import INTEGER NOT NULL REFERENCES import(id), file INTEGER NOT NULL, present INTEGER NOT NULL,
  columns INTEGER NOT NULL, unknown_columns TEXT NOT NULL, row_count INTEGER NOT NULL, accepted INTEGER NOT NULL,
  kept INTEGER NOT NULL, rejected INTEGER NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL, returned INTEGER NOT NULL, PRIMARY KEY(import, file)) WITHOUT ROWID;
INSERT INTO "import_file" VALUES(1,0,1,8191,'',1,1,0,0,1,0,0,0);
INSERT INTO "import_file" VALUES(1,1,1,63,'',2,2,0,0,2,0,0,0);
INSERT INTO "import_file" VALUES(1,2,1,32767,'',5,5,0,0,5,0,0,0);
INSERT INTO "import_file" VALUES(1,3,1,15,'',1,1,0,0,1,0,0,0);
INSERT INTO "import_file" VALUES(1,4,1,1023,'',2,2,0,0,2,0,0,0);
INSERT INTO "import_file" VALUES(1,5,1,63,'',2,2,0,0,2,0,0,0);
INSERT INTO "import_file" VALUES(1,6,1,31,'',6,6,0,0,6,0,0,0);
INSERT INTO "import_file" VALUES(1,7,1,63,'',1,1,0,0,1,0,0,0);
INSERT INTO "import_file" VALUES(1,8,1,7,'',2,1,0,1,1,0,0,0);
INSERT INTO "import_file" VALUES(1,9,1,1023,'',3,3,0,0,3,0,0,0);
INSERT INTO "import_file" VALUES(1,10,1,7,'',2,2,0,0,2,0,0,0);
INSERT INTO "import_file" VALUES(2,0,1,8191,'',1,1,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(2,1,1,63,'',2,2,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(2,2,1,32767,'',6,6,0,0,1,1,0,0);
INSERT INTO "import_file" VALUES(2,3,1,15,'',1,1,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(2,4,1,1023,'',2,2,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(2,5,1,63,'',2,2,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(2,6,1,31,'',7,7,0,0,1,0,0,0);
INSERT INTO "import_file" VALUES(2,7,1,63,'',1,1,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(2,8,1,7,'',2,1,0,1,0,0,0,0);
INSERT INTO "import_file" VALUES(2,9,1,1023,'',3,3,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(2,10,1,7,'',2,2,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,0,1,8191,'',1,1,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,1,1,63,'',2,2,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,2,1,32767,'',6,6,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,3,1,15,'',1,1,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,4,1,1023,'',2,2,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,5,1,63,'',2,2,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,6,1,31,'',7,7,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,7,1,63,'',1,1,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,8,1,7,'',2,1,0,1,0,0,0,0);
INSERT INTO "import_file" VALUES(3,9,1,1023,'',3,3,0,0,0,0,0,0);
INSERT INTO "import_file" VALUES(3,10,1,7,'',3,3,0,0,1,0,0,0);
CREATE TABLE judged(source INTEGER NOT NULL, rule TEXT NOT NULL, as_of INTEGER NOT NULL, PRIMARY KEY(source, rule)) WITHOUT ROWID;
INSERT INTO "judged" VALUES(1,'account-afas-not-removed',20777);
INSERT INTO "judged" VALUES(1,'account-closed-retroactively',20777);
INSERT INTO "judged" VALUES(1,'account-convention-closed',20777);
INSERT INTO "judged" VALUES(1,'account-dates-inverted',20777);
INSERT INTO "judged" VALUES(1,'account-departed',20777);
INSERT INTO "judged" VALUES(1,'account-disposable-mail',20777);
INSERT INTO "judged" VALUES(1,'account-duplicate-mail',20777);
INSERT INTO "judged" VALUES(1,'account-duplicate-person',20777);
INSERT INTO "judged" VALUES(1,'account-functional-name',20777);
INSERT INTO "judged" VALUES(1,'account-inactive',20777);
INSERT INTO "judged" VALUES(1,'account-invalid-mail',20777);
INSERT INTO "judged" VALUES(1,'account-mail-outside-partner',20777);
INSERT INTO "judged" VALUES(1,'account-never-used',20777);
INSERT INTO "judged" VALUES(1,'account-shared-mailbox',20777);
INSERT INTO "judged" VALUES(1,'account-status-mismatch',20777);
INSERT INTO "judged" VALUES(1,'account-without-group',20777);
INSERT INTO "judged" VALUES(1,'administrator-account-closed',20777);
INSERT INTO "judged" VALUES(1,'administrator-foreign-account',20777);
INSERT INTO "judged" VALUES(1,'administrator-missing',20777);
INSERT INTO "judged" VALUES(1,'administrator-too-many',20777);
INSERT INTO "judged" VALUES(1,'afas-approver-absent',20777);
INSERT INTO "judged" VALUES(1,'afas-approver-document-missing',20777);
INSERT INTO "judged" VALUES(1,'afas-approver-pending',20777);
INSERT INTO "judged" VALUES(1,'afas-approver-several',20777);
INSERT INTO "judged" VALUES(1,'afas-declarer-without-profile',20777);
INSERT INTO "judged" VALUES(1,'afas-delegation-not-allowed',20777);
INSERT INTO "judged" VALUES(1,'afas-former-manager-enabled',20777);
INSERT INTO "judged" VALUES(1,'afas-group-not-by-caf',20777);
INSERT INTO "judged" VALUES(1,'afas-manager-not-enabled',20777);
INSERT INTO "judged" VALUES(1,'afas-profile-foreign-account',20777);
INSERT INTO "judged" VALUES(1,'afas-profile-without-group',20777);
INSERT INTO "judged" VALUES(1,'afas-provider-absent',20777);
INSERT INTO "judged" VALUES(1,'afas-scope-invalid',20777);
INSERT INTO "judged" VALUES(1,'afas-too-many-providers',20777);
INSERT INTO "judged" VALUES(1,'bulletin-missing',20777);
INSERT INTO "judged" VALUES(1,'bulletin-outside-convention',20777);
INSERT INTO "judged" VALUES(1,'bulletin-unsigned',20777);
INSERT INTO "judged" VALUES(1,'cdap-t1-diploma-unchecked',20777);
INSERT INTO "judged" VALUES(1,'cdap-t1-profession-unknown',20777);
INSERT INTO "judged" VALUES(1,'cdap-t1-unauthorized',20777);
INSERT INTO "judged" VALUES(1,'cdap-t10-landlord-code',20777);
INSERT INTO "judged" VALUES(1,'cdap-t4-instructor-number',20777);
INSERT INTO "judged" VALUES(1,'cdap-t9-unauthorized',20777);
INSERT INTO "judged" VALUES(1,'convention-contract-missing',20777);
INSERT INTO "judged" VALUES(1,'convention-expiring',20777);
INSERT INTO "judged" VALUES(1,'convention-not-validated',20777);
INSERT INTO "judged" VALUES(1,'grant-outside-contract',20777);
INSERT INTO "judged" VALUES(1,'group-empty',20777);
INSERT INTO "judged" VALUES(1,'group-generated-changed',20777);
INSERT INTO "judged" VALUES(1,'group-label-mismatch',20777);
INSERT INTO "judged" VALUES(1,'group-manager-closed',20777);
INSERT INTO "judged" VALUES(1,'group-manager-missing',20777);
INSERT INTO "judged" VALUES(1,'group-manager-unknown',20777);
INSERT INTO "judged" VALUES(1,'group-role-unknown',20777);
INSERT INTO "judged" VALUES(1,'group-several-cdap-roles',20777);
INSERT INTO "judged" VALUES(1,'group-status-mismatch',20777);
INSERT INTO "judged" VALUES(1,'group-without-role',20777);
INSERT INTO "judged" VALUES(1,'membership-account-closed',20777);
INSERT INTO "judged" VALUES(1,'membership-foreign-account',20777);
INSERT INTO "judged" VALUES(1,'membership-group-closed',20777);
INSERT INTO "judged" VALUES(1,'membership-opens-early',20777);
INSERT INTO "judged" VALUES(1,'membership-overlap',20777);
INSERT INTO "judged" VALUES(1,'subgroup-cycle',20777);
INSERT INTO "judged" VALUES(1,'subgroup-level-mismatch',20777);
INSERT INTO "judged" VALUES(1,'subgroup-parent-closed',20777);
INSERT INTO "judged" VALUES(1,'subgroup-parent-unknown',20777);
INSERT INTO "judged" VALUES(1,'subgroup-role-not-in-parent',20777);
CREATE TABLE kept(import INTEGER NOT NULL, file INTEGER NOT NULL, record INTEGER NOT NULL,
  PRIMARY KEY(import, file, record)) WITHOUT ROWID;
CREATE TABLE known_records(source INTEGER NOT NULL, file INTEGER NOT NULL, piece INTEGER NOT NULL, digests BLOB NOT NULL,
  PRIMARY KEY(source, file, piece));
INSERT INTO "known_records" VALUES(1,0,0,X'BD88FC261EBF9F6C8DBBF0A445AF9AAE');
INSERT INTO "known_records" VALUES(1,1,0,X'E3D085D57A0444653B34335C7A4A8B6ACB55CE84AB730DF8056861CCBE2D9E95');
INSERT INTO "known_records" VALUES(1,2,0,X'FFA62387DA25BA164FC5D4E3FC2BC1BA526FBEBA03DE2A9539804124E6AFFA2329BAFB81B24588C6E578865B591C9AD5110FA99BF73213551589FF130101CEE28251189FC6A804C2515A4B580DF7BBCDA4222E87106D5F5D0DE86A683165A5AE');
INSERT INTO "known_records" VALUES(1,3,0,X'79263F98D01D22CE6192E6C15B5C9DF2');
INSERT INTO "known_records" VALUES(1,4,0,X'C0A8190E8995340621389E4A0ABB487DAE92445C972A5729F14E862CD460B3B8');
INSERT INTO "known_records" VALUES(1,5,0,X'FF85A473397D5AC6E5A2BAB49CC70BBDBEE856BBE1C0E7C70587DB5959419C59');
INSERT INTO "known_records" VALUES(1,6,0,X'68AE1E882B6020BFC9974B57C6CA15C641C5F75BEEE24CEAC15D55EC217625FD32C617FEF4818D094B952E2E08399894F93BCB0A4FD7A570C1641C7AD1B024DE34F4C8E4F76993843D1609107C9CD96E191C5CB948C2025F35C8CC75F8CCC961C0DE8D0BCF2B404C3B03879B2D0022FC');
INSERT INTO "known_records" VALUES(1,7,0,X'01CB0A48A2DBBF25D9ACB73B2040A1BF');
INSERT INTO "known_records" VALUES(1,8,0,X'99D2E1588292C694FBA2928D00E321D6');
INSERT INTO "known_records" VALUES(1,9,0,X'2D5960651B0F5E990D20691D447E3B0D4853B72E56F279BE6FA24D2F79204010E2F6D7E546BD2CC83509B04FB13F308A');
INSERT INTO "known_records" VALUES(1,10,0,X'27CDE672094BC2E16DA891333D193864EF98BFCAE32E463D030FE9A4D85C9A8309528F02C8B3C7715DE32AB1671FCFDB');
CREATE TABLE lieux(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, convention TEXT NOT NULL, activite TEXT NOT NULL, lieu TEXT NOT NULL, withdrawn_in INTEGER);
INSERT INTO "lieux" VALUES(4294967297,1,'19_214','ALSH Nord','École Nord',NULL);
CREATE TABLE mail(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, recipient_kind INTEGER NOT NULL, address TEXT NOT NULL,
  name TEXT NOT NULL, convention TEXT NOT NULL, as_of INTEGER NOT NULL, state TEXT NOT NULL, subject TEXT NOT NULL,
  message_id TEXT NOT NULL, message TEXT NOT NULL, created_at INTEGER NOT NULL);
INSERT INTO "mail" VALUES(1,1,0,'marie.dupont.vil1@rosny.example','Marie DUPONT VIL1','19_214',20775,'sent','CDAP 19_214 VILLE DE ROSNY - 3 anomalies (dont 1 critique)','2026-11-18.047c49f297fd2cbb.vigie@caf.example','Date: Sun, 22 Nov 2026 01:42:03 +0000
From: Vigie <vigie@caf.example>
To: Marie DUPONT VIL1 <marie.dupont.vil1@rosny.example>
Subject: CDAP 19_214 VILLE DE ROSNY - 3 anomalies (dont 1 critique)
Message-ID: <2026-11-18.047c49f297fd2cbb.vigie@caf.example>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
Content-Language: fr
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_vigie_20261118047c49f297fd2cbbvigiecafexample"

--=_vigie_20261118047c49f297fd2cbbvigiecafexample
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour Marie DUPONT VIL1,

Voici ce que le contr=C3=B4le du 18/11/2026 a relev=C3=A9 dans Mon Compte P=
artenaire
pour la convention 19_214 (VILLE DE ROSNY), dont vous =C3=AAtes administrat=
eur
partenaire.

En cours=C2=A0: 3 anomalies (dont 1 critique)
  Nouvelles=C2=A0: 3
  D=C3=A9j=C3=A0 signal=C3=A9es=C2=A0: 0
  R=C3=A9solues=C2=A0: 0
  Cl=C3=B4tures =C3=A0 effectuer=C2=A0: 2

------------------------------------------------------------------------
NOUVELLES ANOMALIES (3)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Compte ouvert d''une personne partie

  - Compte VIL4 (Marie DUPONT VIL4)
    Le compte VIL4 (Marie DUPONT VIL4) est encore ouvert, alors que la
    personne est partie le 10/11/2026.
    Constat=C3=A9e le 18/11/2026.

    =C3=80 faire=C2=A0: Retirer d''abord ses profils Afas s''il y en a, puis =
=C2=AB=C2=A0Gestion
    des habilitations=C2=A0=C2=BB > =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=
=BB > crayon du compte VIL4 >
    saisir la date de cl=C3=B4ture > =C2=AB=C2=A0Enregistrer les modificati=
ons=C2=A0=C2=BB.

Gravit=C3=A9=C2=A0: Majeure

  Adresse mail absente ou mal form=C3=A9e

  - Compte VIL4 (Marie DUPONT VIL4)
    Le compte VIL4 (Marie DUPONT VIL4) n''a pas d''adresse mail.
    Constat=C3=A9e le 18/11/2026.

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL4 > corriger l''adresse mail > =C2=AB=C2=A0Enregistr=
er les
    modifications=C2=A0=C2=BB.

  - Compte VIL5 (Marie DUPONT VIL5)
    Le compte VIL5 (Marie DUPONT VIL5) n''a pas d''adresse mail.
    Constat=C3=A9e le 18/11/2026.

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL5 > corriger l''adresse mail > =C2=AB=C2=A0Enregistr=
er les
    modifications=C2=A0=C2=BB.

------------------------------------------------------------------------
CL=C3=94TURES =C3=80 EFFECTUER (2)
------------------------------------------------------------------------

Ces droits n''ont plus de raison d''=C3=AAtre. Cl=C3=B4turez-les dans l''ordre=
 de cette
liste, le seul que le portail accepte=C2=A0: les profils Afas dans
=C2=AB=C2=A0Administration des profils=C2=A0=C2=BB, le reste dans =C2=AB=C2=
=A0Gestion des
habilitations=C2=A0=C2=BB.

  Cl=C3=B4turer l''appartenance au groupe
  - Appartenance du compte VIL4 au groupe T2PE, ouverte le 01/01/2020
    D=C3=A9part de la personne (VIL4), =C3=A0 cl=C3=B4turer au 18/11/2026.

  Cl=C3=B4turer le compte
  - Compte VIL4
    D=C3=A9part de la personne (VIL4), =C3=A0 cl=C3=B4turer au 18/11/2026.

------------------------------------------------------------------------

Une question, ou un acc=C3=A8s que vous ne pouvez pas r=C3=A9tablir=C2=A0? =
Vous pouvez
=C3=A9crire =C3=A0 la Caf (mcp@caf931.example). Indiquez en objet le servic=
e
concern=C3=A9, le num=C3=A9ro de la convention et le nom de votre organisme=
=C2=A0:
  CDAP 19_214 VILLE DE ROSNY

Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des
habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il conti=
ent des
donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personnes qui doi=
vent
agir.

--=_vigie_20261118047c49f297fd2cbbvigiecafexample
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<!DOCTYPE html>
<html lang=3D"fr" dir=3D"ltr">
<head>
<meta charset=3D"utf-8">
<meta name=3D"viewport" content=3D"width=3Ddevice-width, initial-scale=3D1"=
>
<meta name=3D"color-scheme" content=3D"light dark">
<meta name=3D"supported-color-schemes" content=3D"light dark">
<meta name=3D"format-detection" content=3D"telephone=3Dno, date=3Dno, addre=
ss=3Dno, email=3Dno">
<title>CDAP 19_214 VILLE DE ROSNY</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 480px) {
  .pad { padding-left: 16px !important; padding-right: 16px !important; }
  .figure { font-size: 20px !important; }
  .label { font-size: 12px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #14171c !important; }
  .card { background-color: #1d2229 !important; border-color: #343b45 !impo=
rtant; }
  .text { color: #e8eaed !important; }
  .soft { color: #aeb6c1 !important; }
  .line { border-color: #343b45 !important; }
  .notice { background-color: #33290f !important; color: #f6e3b0 !important=
; border-color: #c99a2e !important; }
  .remedy { background-color: #232b36 !important; color: #dbe3ec !important=
; }
  .critical { color: #ff9a94 !important; border-color: #e5564c !important; =
}
  .major { color: #f5b36b !important; border-color: #d98324 !important; }
  .minor { color: #93c1ff !important; border-color: #4a86d8 !important; }
  .info { color: #b6bfca !important; border-color: #7b8694 !important; }
}
</style>
</head>
<body class=3D"page" style=3D"margin:0; padding:0; background-color:#eef1f5=
; -webkit-text-size-adjust:100%;">
<div style=3D"display:none; max-height:0; overflow:hidden; mso-hide:all;">3=
 anomalies (dont 1 critique) au 18/11/2026. Nouvelles=C2=A0: 3, d=C3=A9j=C3=
=A0 signal=C3=A9es=C2=A0: 0, r=C3=A9solues=C2=A0: 0.</div>
<table role=3D"presentation" class=3D"page" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"table-layout:fixed; background-co=
lor:#eef1f5;"><tr><td align=3D"center" style=3D"padding:16px 8px;">
<!--[if mso]><table role=3D"presentation" width=3D"640" cellpadding=3D"0" c=
ellspacing=3D"0" border=3D"0"><tr><td><![endif]-->
<table role=3D"presentation" class=3D"card" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"max-width:640px; background-color=
:#ffffff; border:1px solid #d5dbe3; border-radius:6px; font-family:''Segoe U=
I'', Roboto, ''Helvetica Neue'', Arial, sans-serif; font-size:15px; line-heigh=
t:1.5; text-align:left; table-layout:fixed; word-break:break-word; overflow=
-wrap:anywhere;">

<tr><td class=3D"pad" bgcolor=3D"#1f3a5f" style=3D"padding:18px 28px; backg=
round-color:#1f3a5f; border-radius:5px 5px 0 0; color:#ffffff;">
<div style=3D"font-size:13px; color:#cfdcec;">Mon Compte Partenaire =E2=80=
=93 contr=C3=B4le des habilitations du 18/11/2026</div>
<h1 style=3D"margin:4px 0 0; font-size:20px; line-height:1.3; font-weight:6=
00; color:#ffffff;">VILLE DE ROSNY</h1>
<div style=3D"margin-top:2px; font-size:14px; color:#cfdcec;">Convention 19=
_214</div>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:22px 28px 0; color:#1c232d;">
<p style=3D"margin:0 0 14px;">Bonjour Marie DUPONT VIL1,</p>



<p style=3D"margin:0 0 18px;">Voici ce que le contr=C3=B4le du 18/11/2026 a=
 relev=C3=A9 pour la convention dont vous =C3=AAtes administrateur partenai=
re.</p>
<p style=3D"margin:0 0 10px; font-size:17px; font-weight:600;">En cours=C2=
=A0: 3 anomalies (dont 1 critique)</p>
<table role=3D"presentation" class=3D"line" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"border-top:1px solid #d5dbe3; bor=
der-bottom:1px solid #d5dbe3; border-collapse:collapse; table-layout:fixed;=
"><tr>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">3</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">nouvelles</div></td>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">0</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">d=C3=A9j=C3=A0 signal=C3=A9e</div></td>

<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">0</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">r=C3=A9solue</div></td>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">2</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">cl=C3=B4tures =C3=A0&nbsp;effectuer</div><=
/td>
</tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Nouvelles anomalies <span class=3D"soft" style=
=3D"font-weight:400; color:#566170;">(3)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Compte ouvert d&apos;une personne partie</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><strong>Compte=
 VIL4</strong> (Marie DUPONT VIL4)<br>Le compte VIL4 (Marie DUPONT VIL4) es=
t encore ouvert, alors que la personne est partie le 10/11/2026.<br><span c=
lass=3D"soft" style=3D"font-size:13px; color:#566170;">Constat=C3=A9e le 18=
/11/2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> Retirer d&apos;abord ses pro=
fils Afas s&apos;il y en a, puis =C2=AB=C2=A0Gestion des habilitations=C2=
=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; crayon du comp=
te VIL4 &gt; saisir la date de cl=C3=B4ture &gt; =C2=AB=C2=A0Enregistrer le=
s modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"major" style=3D"padding:0 0 0 14px; border-left:4px solid #b85c00;=
 color:#9a4b00;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Majeure</d=
iv>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Adresse mail absente ou mal form=C3=A9e</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><strong>Compte=
 VIL4</strong> (Marie DUPONT VIL4)<br>Le compte VIL4 (Marie DUPONT VIL4) n&=
apos;a pas d&apos;adresse mail.<br><span class=3D"soft" style=3D"font-size:=
13px; color:#566170;">Constat=C3=A9e le 18/11/2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL4 &gt; corriger l&apos;adresse mail &gt; =C2=AB=C2=A0Enre=
gistrer les modifications=C2=A0=C2=BB.</td></tr></table>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><strong>Compte=
 VIL5</strong> (Marie DUPONT VIL5)<br>Le compte VIL5 (Marie DUPONT VIL5) n&=
apos;a pas d&apos;adresse mail.<br><span class=3D"soft" style=3D"font-size:=
13px; color:#566170;">Constat=C3=A9e le 18/11/2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL5 &gt; corriger l&apos;adresse mail &gt; =C2=AB=C2=A0Enre=
gistrer les modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
</td></tr>




<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Cl=C3=B4tures =C3=A0 effectuer <span class=3D"=
soft" style=3D"font-weight:400; color:#566170;">(2)</span></h2>
<p style=3D"margin:8px 0 0;">Ces droits n''ont plus de raison d''=C3=AAtre. C=
l=C3=B4turez-les dans l''ordre de cette liste, le seul que le portail accept=
e=C2=A0: les profils Afas dans =C2=AB=C2=A0Administration des profils=C2=A0=
=C2=BB, le reste dans =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB.</p=
>
<h3 class=3D"text" style=3D"margin:14px 0 0; font-size:15px; line-height:1.=
4; font-weight:600; color:#1c232d;">Cl=C3=B4turer l&apos;appartenance au gr=
oupe</h3>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:4px 0 0;">
<tr><td class=3D"text line" style=3D"padding:7px 0; border-top:1px solid #e=
3e8ee; color:#1c232d;"><strong>Appartenance du compte VIL4 au groupe T2PE, =
ouverte le 01/01/2020</strong><br><span class=3D"soft" style=3D"font-size:1=
3px; color:#566170;">D=C3=A9part de la personne (VIL4), =C3=A0 cl=C3=B4ture=
r au 18/11/2026</span></td></tr>
</table>
<h3 class=3D"text" style=3D"margin:14px 0 0; font-size:15px; line-height:1.=
4; font-weight:600; color:#1c232d;">Cl=C3=B4turer le compte</h3>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:4px 0 0;">
<tr><td class=3D"text line" style=3D"padding:7px 0; border-top:1px solid #e=
3e8ee; color:#1c232d;"><strong>Compte VIL4</strong><br><span class=3D"soft"=
 style=3D"font-size:13px; color:#566170;">D=C3=A9part de la personne (VIL4)=
, =C3=A0 cl=C3=B4turer au 18/11/2026</span></td></tr>
</table>
</td></tr>


<tr><td class=3D"pad" style=3D"padding:28px 28px 24px;">
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed;"><tr><td class=3D"text lin=
e" style=3D"padding:16px 0 0; border-top:1px solid #d5dbe3; color:#1c232d;"=
>

<strong>Une question, ou un acc=C3=A8s que vous ne pouvez pas r=C3=A9tablir=
=C2=A0?</strong><br>Vous pouvez =C3=A9crire =C3=A0 la Caf (mcp@caf931.examp=
le). Indiquez en objet le service concern=C3=A9, le num=C3=A9ro de la conve=
ntion et le nom de votre organisme=C2=A0: <strong>CDAP 19_214 VILLE DE ROSN=
Y</strong>


<p class=3D"soft" style=3D"margin:14px 0 0; font-size:13px; color:#566170;"=
>Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des=
 habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il cont=
ient des donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personne=
s qui doivent agir.</p>
</td></tr></table>
</td></tr>

</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>

--=_vigie_20261118047c49f297fd2cbbvigiecafexample--
',1795311723);
INSERT INTO "mail" VALUES(2,1,3,'conformite@caf.example','Conformité','',20775,'sent','MCP caf931 Caf caf931 - 3 anomalies (dont 1 critique)','2026-11-18.d22448631a524f6c.vigie@caf.example','Date: Sun, 22 Nov 2026 01:42:03 +0000
From: Vigie <vigie@caf.example>
To: =?UTF-8?Q?Conformit=C3=A9?= <conformite@caf.example>
Subject: MCP caf931 Caf caf931 - 3 anomalies (dont 1 critique)
Message-ID: <2026-11-18.d22448631a524f6c.vigie@caf.example>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
Content-Language: fr
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_vigie_20261118d22448631a524f6cvigiecafexample"

--=_vigie_20261118d22448631a524f6cvigiecafexample
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour,

Voici ce que le contr=C3=B4le du 18/11/2026 a relev=C3=A9 dans Mon Compte P=
artenaire
pour la source caf931 (Caf caf931).

En cours=C2=A0: 3 anomalies (dont 1 critique)
  Nouvelles=C2=A0: 3
  D=C3=A9j=C3=A0 signal=C3=A9es=C2=A0: 0
  R=C3=A9solues=C2=A0: 0

------------------------------------------------------------------------
NOUVELLES ANOMALIES (3)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Compte ouvert d''une personne partie

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL4 (Marie DUPONT VIL4)
    Le compte VIL4 (Marie DUPONT VIL4) est encore ouvert, alors que la
    personne est partie le 10/11/2026.
    Constat=C3=A9e le 18/11/2026.

    =C3=80 faire=C2=A0: Retirer d''abord ses profils Afas s''il y en a, puis =
=C2=AB=C2=A0Gestion
    des habilitations=C2=A0=C2=BB > =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=
=BB > crayon du compte VIL4 >
    saisir la date de cl=C3=B4ture > =C2=AB=C2=A0Enregistrer les modificati=
ons=C2=A0=C2=BB.

Gravit=C3=A9=C2=A0: Majeure

  Adresse mail absente ou mal form=C3=A9e

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL4 (Marie DUPONT VIL4)
    Le compte VIL4 (Marie DUPONT VIL4) n''a pas d''adresse mail.
    Constat=C3=A9e le 18/11/2026.

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL4 > corriger l''adresse mail > =C2=AB=C2=A0Enregistr=
er les
    modifications=C2=A0=C2=BB.

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL5 (Marie DUPONT VIL5)
    Le compte VIL5 (Marie DUPONT VIL5) n''a pas d''adresse mail.
    Constat=C3=A9e le 18/11/2026.

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL5 > corriger l''adresse mail > =C2=AB=C2=A0Enregistr=
er les
    modifications=C2=A0=C2=BB.

------------------------------------------------------------------------

Le d=C3=A9tail de toutes les anomalies est dans le classeur de conformit=C3=
=A9 du
18/11/2026=C2=A0:
  /srv/vigie/out/reports/conformite-caf931-2026-11-18.xlsx

Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des
habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il conti=
ent des
donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personnes qui doi=
vent
agir.

--=_vigie_20261118d22448631a524f6cvigiecafexample
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<!DOCTYPE html>
<html lang=3D"fr" dir=3D"ltr">
<head>
<meta charset=3D"utf-8">
<meta name=3D"viewport" content=3D"width=3Ddevice-width, initial-scale=3D1"=
>
<meta name=3D"color-scheme" content=3D"light dark">
<meta name=3D"supported-color-schemes" content=3D"light dark">
<meta name=3D"format-detection" content=3D"telephone=3Dno, date=3Dno, addre=
ss=3Dno, email=3Dno">
<title>MCP caf931 Caf caf931</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 480px) {
  .pad { padding-left: 16px !important; padding-right: 16px !important; }
  .figure { font-size: 20px !important; }
  .label { font-size: 12px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #14171c !important; }
  .card { background-color: #1d2229 !important; border-color: #343b45 !impo=
rtant; }
  .text { color: #e8eaed !important; }
  .soft { color: #aeb6c1 !important; }
  .line { border-color: #343b45 !important; }
  .notice { background-color: #33290f !important; color: #f6e3b0 !important=
; border-color: #c99a2e !important; }
  .remedy { background-color: #232b36 !important; color: #dbe3ec !important=
; }
  .critical { color: #ff9a94 !important; border-color: #e5564c !important; =
}
  .major { color: #f5b36b !important; border-color: #d98324 !important; }
  .minor { color: #93c1ff !important; border-color: #4a86d8 !important; }
  .info { color: #b6bfca !important; border-color: #7b8694 !important; }
}
</style>
</head>
<body class=3D"page" style=3D"margin:0; padding:0; background-color:#eef1f5=
; -webkit-text-size-adjust:100%;">
<div style=3D"display:none; max-height:0; overflow:hidden; mso-hide:all;">3=
 anomalies (dont 1 critique) au 18/11/2026. Nouvelles=C2=A0: 3, d=C3=A9j=C3=
=A0 signal=C3=A9es=C2=A0: 0, r=C3=A9solues=C2=A0: 0.</div>
<table role=3D"presentation" class=3D"page" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"table-layout:fixed; background-co=
lor:#eef1f5;"><tr><td align=3D"center" style=3D"padding:16px 8px;">
<!--[if mso]><table role=3D"presentation" width=3D"640" cellpadding=3D"0" c=
ellspacing=3D"0" border=3D"0"><tr><td><![endif]-->
<table role=3D"presentation" class=3D"card" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"max-width:640px; background-color=
:#ffffff; border:1px solid #d5dbe3; border-radius:6px; font-family:''Segoe U=
I'', Roboto, ''Helvetica Neue'', Arial, sans-serif; font-size:15px; line-heigh=
t:1.5; text-align:left; table-layout:fixed; word-break:break-word; overflow=
-wrap:anywhere;">

<tr><td class=3D"pad" bgcolor=3D"#1f3a5f" style=3D"padding:18px 28px; backg=
round-color:#1f3a5f; border-radius:5px 5px 0 0; color:#ffffff;">
<div style=3D"font-size:13px; color:#cfdcec;">Mon Compte Partenaire =E2=80=
=93 contr=C3=B4le des habilitations du 18/11/2026</div>
<h1 style=3D"margin:4px 0 0; font-size:20px; line-height:1.3; font-weight:6=
00; color:#ffffff;">Caf caf931</h1>
<div style=3D"margin-top:2px; font-size:14px; color:#cfdcec;">Source caf931=
</div>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:22px 28px 0; color:#1c232d;">
<p style=3D"margin:0 0 14px;">Bonjour,</p>



<p style=3D"margin:0 0 18px;">Voici ce que le contr=C3=B4le du 18/11/2026 a=
 relev=C3=A9 pour les conventions de cette source.</p>
<p style=3D"margin:0 0 10px; font-size:17px; font-weight:600;">En cours=C2=
=A0: 3 anomalies (dont 1 critique)</p>
<table role=3D"presentation" class=3D"line" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"border-top:1px solid #d5dbe3; bor=
der-bottom:1px solid #d5dbe3; border-collapse:collapse; table-layout:fixed;=
"><tr>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">3</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">nouvelles</div></td>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">0</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">d=C3=A9j=C3=A0 signal=C3=A9e</div></td>

<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">0</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">r=C3=A9solue</div></td>

</tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Nouvelles anomalies <span class=3D"soft" style=
=3D"font-weight:400; color:#566170;">(3)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Compte ouvert d&apos;une personne partie</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><span class=3D=
"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </span><st=
rong>Compte VIL4</strong> (Marie DUPONT VIL4)<br>Le compte VIL4 (Marie DUPO=
NT VIL4) est encore ouvert, alors que la personne est partie le 10/11/2026.=
<br><span class=3D"soft" style=3D"font-size:13px; color:#566170;">Constat=
=C3=A9e le 18/11/2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> Retirer d&apos;abord ses pro=
fils Afas s&apos;il y en a, puis =C2=AB=C2=A0Gestion des habilitations=C2=
=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; crayon du comp=
te VIL4 &gt; saisir la date de cl=C3=B4ture &gt; =C2=AB=C2=A0Enregistrer le=
s modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"major" style=3D"padding:0 0 0 14px; border-left:4px solid #b85c00;=
 color:#9a4b00;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Majeure</d=
iv>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Adresse mail absente ou mal form=C3=A9e</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><span class=3D=
"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </span><st=
rong>Compte VIL4</strong> (Marie DUPONT VIL4)<br>Le compte VIL4 (Marie DUPO=
NT VIL4) n&apos;a pas d&apos;adresse mail.<br><span class=3D"soft" style=3D=
"font-size:13px; color:#566170;">Constat=C3=A9e le 18/11/2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL4 &gt; corriger l&apos;adresse mail &gt; =C2=AB=C2=A0Enre=
gistrer les modifications=C2=A0=C2=BB.</td></tr></table>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><span class=3D=
"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </span><st=
rong>Compte VIL5</strong> (Marie DUPONT VIL5)<br>Le compte VIL5 (Marie DUPO=
NT VIL5) n&apos;a pas d&apos;adresse mail.<br><span class=3D"soft" style=3D=
"font-size:13px; color:#566170;">Constat=C3=A9e le 18/11/2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL5 &gt; corriger l&apos;adresse mail &gt; =C2=AB=C2=A0Enre=
gistrer les modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
</td></tr>






<tr><td class=3D"pad" style=3D"padding:28px 28px 24px;">
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed;"><tr><td class=3D"text lin=
e" style=3D"padding:16px 0 0; border-top:1px solid #d5dbe3; color:#1c232d;"=
>


Le d=C3=A9tail de toutes les anomalies est dans le classeur de conformit=C3=
=A9 du 18/11/2026=C2=A0:<br><strong>/srv/vigie/out/reports/con=
formite-caf931-2026-11-18.xlsx</strong>
<p class=3D"soft" style=3D"margin:14px 0 0; font-size:13px; color:#566170;"=
>Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des=
 habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il cont=
ient des donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personne=
s qui doivent agir.</p>
</td></tr></table>
</td></tr>

</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>

--=_vigie_20261118d22448631a524f6cvigiecafexample--
',1795311723);
INSERT INTO "mail" VALUES(3,1,0,'marie.dupont.vil1@rosny.example','Marie DUPONT VIL1','19_214',20776,'sent','CDAP 19_214 VILLE DE ROSNY - 3 anomalies (dont 2 critiques)','2026-11-19.047c49f297fd2cbb.vigie@caf.example','Date: Sun, 22 Nov 2026 01:42:03 +0000
From: Vigie <vigie@caf.example>
To: Marie DUPONT VIL1 <marie.dupont.vil1@rosny.example>
Subject: CDAP 19_214 VILLE DE ROSNY - 3 anomalies (dont 2 critiques)
Message-ID: <2026-11-19.047c49f297fd2cbb.vigie@caf.example>
In-Reply-To: <2026-11-18.047c49f297fd2cbb.vigie@caf.example>
References: <2026-11-18.047c49f297fd2cbb.vigie@caf.example>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
Content-Language: fr
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_vigie_20261119047c49f297fd2cbbvigiecafexample"

--=_vigie_20261119047c49f297fd2cbbvigiecafexample
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour Marie DUPONT VIL1,

Voici ce que le contr=C3=B4le du 19/11/2026 a relev=C3=A9 dans Mon Compte P=
artenaire
pour la convention 19_214 (VILLE DE ROSNY), dont vous =C3=AAtes administrat=
eur
partenaire.

En cours=C2=A0: 3 anomalies (dont 2 critiques)
  Nouvelles=C2=A0: 1
  D=C3=A9j=C3=A0 signal=C3=A9es=C2=A0: 2
  R=C3=A9solues=C2=A0: 1
  Cl=C3=B4tures =C3=A0 effectuer=C2=A0: 2

------------------------------------------------------------------------
NOUVELLES ANOMALIES (1)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Adresse mail d''un service

  - Compte VIL6 (Marie DUPONT VIL6)
    L''adresse =C2=AB=C2=A0creche@rosny.example=C2=A0=C2=BB du compte VIL6 (=
Marie DUPONT VIL6)
    n''est pas nominative=C2=A0: =C2=AB=C2=A0creche=C2=A0=C2=BB d=C3=A9signe=
 un service, et l''adresse
    n''est pas au nom de Marie DUPONT VIL6.
    Constat=C3=A9e le 19/11/2026.

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL6 > saisir l''adresse individuelle et nominative de
    la personne > =C2=AB=C2=A0Enregistrer les modifications=C2=A0=C2=BB.

------------------------------------------------------------------------
ANOMALIES D=C3=89J=C3=80 SIGNAL=C3=89ES, TOUJOURS OUVERTES (2)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Compte ouvert d''une personne partie

  - Compte VIL4 (Marie DUPONT VIL4)
    Le compte VIL4 (Marie DUPONT VIL4) est encore ouvert, alors que la
    personne est partie le 10/11/2026.
    Ouverte depuis le 18/11/2026 (1 jour).

    =C3=80 faire=C2=A0: Retirer d''abord ses profils Afas s''il y en a, puis =
=C2=AB=C2=A0Gestion
    des habilitations=C2=A0=C2=BB > =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=
=BB > crayon du compte VIL4 >
    saisir la date de cl=C3=B4ture > =C2=AB=C2=A0Enregistrer les modificati=
ons=C2=A0=C2=BB.

Gravit=C3=A9=C2=A0: Majeure

  Adresse mail absente ou mal form=C3=A9e

  - Compte VIL5 (Marie DUPONT VIL5)
    Le compte VIL5 (Marie DUPONT VIL5) n''a pas d''adresse mail.
    Ouverte depuis le 18/11/2026 (1 jour).

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL5 > corriger l''adresse mail > =C2=AB=C2=A0Enregistr=
er les
    modifications=C2=A0=C2=BB.

------------------------------------------------------------------------
ANOMALIES R=C3=89SOLUES (1)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Majeure

  Adresse mail absente ou mal form=C3=A9e

  - Compte VIL4 (Marie DUPONT VIL4)
    =C3=89tait ouverte depuis le 18/11/2026.

------------------------------------------------------------------------
CL=C3=94TURES =C3=80 EFFECTUER (2)
------------------------------------------------------------------------

Ces droits n''ont plus de raison d''=C3=AAtre. Cl=C3=B4turez-les dans l''ordre=
 de cette
liste, le seul que le portail accepte=C2=A0: les profils Afas dans
=C2=AB=C2=A0Administration des profils=C2=A0=C2=BB, le reste dans =C2=AB=C2=
=A0Gestion des
habilitations=C2=A0=C2=BB.

  Cl=C3=B4turer l''appartenance au groupe
  - Appartenance du compte VIL4 au groupe T2PE, ouverte le 01/01/2020
    D=C3=A9part de la personne (VIL4), =C3=A0 cl=C3=B4turer au 18/11/2026.

  Cl=C3=B4turer le compte
  - Compte VIL4
    D=C3=A9part de la personne (VIL4), =C3=A0 cl=C3=B4turer au 18/11/2026.

------------------------------------------------------------------------

Une question, ou un acc=C3=A8s que vous ne pouvez pas r=C3=A9tablir=C2=A0? =
Vous pouvez
=C3=A9crire =C3=A0 la Caf (mcp@caf931.example). Indiquez en objet le servic=
e
concern=C3=A9, le num=C3=A9ro de la convention et le nom de votre organisme=
=C2=A0:
  CDAP 19_214 VILLE DE ROSNY

Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des
habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il conti=
ent des
donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personnes qui doi=
vent
agir.

--=_vigie_20261119047c49f297fd2cbbvigiecafexample
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<!DOCTYPE html>
<html lang=3D"fr" dir=3D"ltr">
<head>
<meta charset=3D"utf-8">
<meta name=3D"viewport" content=3D"width=3Ddevice-width, initial-scale=3D1"=
>
<meta name=3D"color-scheme" content=3D"light dark">
<meta name=3D"supported-color-schemes" content=3D"light dark">
<meta name=3D"format-detection" content=3D"telephone=3Dno, date=3Dno, addre=
ss=3Dno, email=3Dno">
<title>CDAP 19_214 VILLE DE ROSNY</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 480px) {
  .pad { padding-left: 16px !important; padding-right: 16px !important; }
  .figure { font-size: 20px !important; }
  .label { font-size: 12px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #14171c !important; }
  .card { background-color: #1d2229 !important; border-color: #343b45 !impo=
rtant; }
  .text { color: #e8eaed !important; }
  .soft { color: #aeb6c1 !important; }
  .line { border-color: #343b45 !important; }
  .notice { background-color: #33290f !important; color: #f6e3b0 !important=
; border-color: #c99a2e !important; }
  .remedy { background-color: #232b36 !important; color: #dbe3ec !important=
; }
  .critical { color: #ff9a94 !important; border-color: #e5564c !important; =
}
  .major { color: #f5b36b !important; border-color: #d98324 !important; }
  .minor { color: #93c1ff !important; border-color: #4a86d8 !important; }
  .info { color: #b6bfca !important; border-color: #7b8694 !important; }
}
</style>
</head>
<body class=3D"page" style=3D"margin:0; padding:0; background-color:#eef1f5=
; -webkit-text-size-adjust:100%;">
<div style=3D"display:none; max-height:0; overflow:hidden; mso-hide:all;">3=
 anomalies (dont 2 critiques) au 19/11/2026. Nouvelles=C2=A0: 1, d=C3=A9j=
=C3=A0 signal=C3=A9es=C2=A0: 2, r=C3=A9solues=C2=A0: 1.</div>
<table role=3D"presentation" class=3D"page" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"table-layout:fixed; background-co=
lor:#eef1f5;"><tr><td align=3D"center" style=3D"padding:16px 8px;">
<!--[if mso]><table role=3D"presentation" width=3D"640" cellpadding=3D"0" c=
ellspacing=3D"0" border=3D"0"><tr><td><![endif]-->
<table role=3D"presentation" class=3D"card" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"max-width:640px; background-color=
:#ffffff; border:1px solid #d5dbe3; border-radius:6px; font-family:''Segoe U=
I'', Roboto, ''Helvetica Neue'', Arial, sans-serif; font-size:15px; line-heigh=
t:1.5; text-align:left; table-layout:fixed; word-break:break-word; overflow=
-wrap:anywhere;">

<tr><td class=3D"pad" bgcolor=3D"#1f3a5f" style=3D"padding:18px 28px; backg=
round-color:#1f3a5f; border-radius:5px 5px 0 0; color:#ffffff;">
<div style=3D"font-size:13px; color:#cfdcec;">Mon Compte Partenaire =E2=80=
=93 contr=C3=B4le des habilitations du 19/11/2026</div>
<h1 style=3D"margin:4px 0 0; font-size:20px; line-height:1.3; font-weight:6=
00; color:#ffffff;">VILLE DE ROSNY</h1>
<div style=3D"margin-top:2px; font-size:14px; color:#cfdcec;">Convention 19=
_214</div>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:22px 28px 0; color:#1c232d;">
<p style=3D"margin:0 0 14px;">Bonjour Marie DUPONT VIL1,</p>



<p style=3D"margin:0 0 18px;">Voici ce que le contr=C3=B4le du 19/11/2026 a=
 relev=C3=A9 pour la convention dont vous =C3=AAtes administrateur partenai=
re.</p>
<p style=3D"margin:0 0 10px; font-size:17px; font-weight:600;">En cours=C2=
=A0: 3 anomalies (dont 2 critiques)</p>
<table role=3D"presentation" class=3D"line" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"border-top:1px solid #d5dbe3; bor=
der-bottom:1px solid #d5dbe3; border-collapse:collapse; table-layout:fixed;=
"><tr>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">1</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">nouvelle</div></td>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">2</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">d=C3=A9j=C3=A0 signal=C3=A9es</div></td>

<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">1</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">r=C3=A9solue</div></td>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">2</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">cl=C3=B4tures =C3=A0&nbsp;effectuer</div><=
/td>
</tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Nouvelles anomalies <span class=3D"soft" style=
=3D"font-weight:400; color:#566170;">(1)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Adresse mail d&apos;un service</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><strong>Compte=
 VIL6</strong> (Marie DUPONT VIL6)<br>L&apos;adresse =C2=AB=C2=A0creche@ros=
ny.example=C2=A0=C2=BB du compte VIL6 (Marie DUPONT VIL6) n&apos;est pas no=
minative=C2=A0: =C2=AB=C2=A0creche=C2=A0=C2=BB d=C3=A9signe un service, et =
l&apos;adresse n&apos;est pas au nom de Marie DUPONT VIL6.<br><span class=
=3D"soft" style=3D"font-size:13px; color:#566170;">Constat=C3=A9e le 19/11/=
2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL6 &gt; saisir l&apos;adresse individuelle et nominative d=
e la personne &gt; =C2=AB=C2=A0Enregistrer les modifications=C2=A0=C2=BB.</=
td></tr></table>
</td></tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Anomalies d=C3=A9j=C3=A0 signal=C3=A9es, toujo=
urs ouvertes <span class=3D"soft" style=3D"font-weight:400; color:#566170;"=
>(2)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Compte ouvert d&apos;une personne partie</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><strong>Compte=
 VIL4</strong> (Marie DUPONT VIL4)<br>Le compte VIL4 (Marie DUPONT VIL4) es=
t encore ouvert, alors que la personne est partie le 10/11/2026.<br><span c=
lass=3D"soft" style=3D"font-size:13px; color:#566170;">Ouverte depuis le 18=
/11/2026 (1 jour)</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> Retirer d&apos;abord ses pro=
fils Afas s&apos;il y en a, puis =C2=AB=C2=A0Gestion des habilitations=C2=
=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; crayon du comp=
te VIL4 &gt; saisir la date de cl=C3=B4ture &gt; =C2=AB=C2=A0Enregistrer le=
s modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"major" style=3D"padding:0 0 0 14px; border-left:4px solid #b85c00;=
 color:#9a4b00;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Majeure</d=
iv>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Adresse mail absente ou mal form=C3=A9e</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><strong>Compte=
 VIL5</strong> (Marie DUPONT VIL5)<br>Le compte VIL5 (Marie DUPONT VIL5) n&=
apos;a pas d&apos;adresse mail.<br><span class=3D"soft" style=3D"font-size:=
13px; color:#566170;">Ouverte depuis le 18/11/2026 (1 jour)</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL5 &gt; corriger l&apos;adresse mail &gt; =C2=AB=C2=A0Enre=
gistrer les modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
</td></tr>


<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Anomalies r=C3=A9solues <span class=3D"soft" s=
tyle=3D"font-weight:400; color:#566170;">(1)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;">
<tr><td class=3D"text line" style=3D"padding:7px 0; border-top:1px solid #e=
3e8ee; color:#1c232d;">Adresse mail absente ou mal form=C3=A9e<br><strong>C=
ompte VIL4</strong> (Marie DUPONT VIL4)<br><span class=3D"soft" style=3D"fo=
nt-size:13px; color:#566170;">Majeure, =C3=A9tait ouverte depuis le 18/11/2=
026</span></td></tr>
</table>
</td></tr>


<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Cl=C3=B4tures =C3=A0 effectuer <span class=3D"=
soft" style=3D"font-weight:400; color:#566170;">(2)</span></h2>
<p style=3D"margin:8px 0 0;">Ces droits n''ont plus de raison d''=C3=AAtre. C=
l=C3=B4turez-les dans l''ordre de cette liste, le seul que le portail accept=
e=C2=A0: les profils Afas dans =C2=AB=C2=A0Administration des profils=C2=A0=
=C2=BB, le reste dans =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB.</p=
>
<h3 class=3D"text" style=3D"margin:14px 0 0; font-size:15px; line-height:1.=
4; font-weight:600; color:#1c232d;">Cl=C3=B4turer l&apos;appartenance au gr=
oupe</h3>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:4px 0 0;">
<tr><td class=3D"text line" style=3D"padding:7px 0; border-top:1px solid #e=
3e8ee; color:#1c232d;"><strong>Appartenance du compte VIL4 au groupe T2PE, =
ouverte le 01/01/2020</strong><br><span class=3D"soft" style=3D"font-size:1=
3px; color:#566170;">D=C3=A9part de la personne (VIL4), =C3=A0 cl=C3=B4ture=
r au 18/11/2026</span></td></tr>
</table>
<h3 class=3D"text" style=3D"margin:14px 0 0; font-size:15px; line-height:1.=
4; font-weight:600; color:#1c232d;">Cl=C3=B4turer le compte</h3>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:4px 0 0;">
<tr><td class=3D"text line" style=3D"padding:7px 0; border-top:1px solid #e=
3e8ee; color:#1c232d;"><strong>Compte VIL4</strong><br><span class=3D"soft"=
 style=3D"font-size:13px; color:#566170;">D=C3=A9part de la personne (VIL4)=
, =C3=A0 cl=C3=B4turer au 18/11/2026</span></td></tr>
</table>
</td></tr>


<tr><td class=3D"pad" style=3D"padding:28px 28px 24px;">
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed;"><tr><td class=3D"text lin=
e" style=3D"padding:16px 0 0; border-top:1px solid #d5dbe3; color:#1c232d;"=
>

<strong>Une question, ou un acc=C3=A8s que vous ne pouvez pas r=C3=A9tablir=
=C2=A0?</strong><br>Vous pouvez =C3=A9crire =C3=A0 la Caf (mcp@caf931.examp=
le). Indiquez en objet le service concern=C3=A9, le num=C3=A9ro de la conve=
ntion et le nom de votre organisme=C2=A0: <strong>CDAP 19_214 VILLE DE ROSN=
Y</strong>


<p class=3D"soft" style=3D"margin:14px 0 0; font-size:13px; color:#566170;"=
>Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des=
 habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il cont=
ient des donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personne=
s qui doivent agir.</p>
</td></tr></table>
</td></tr>

</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>

--=_vigie_20261119047c49f297fd2cbbvigiecafexample--
',1795311723);
INSERT INTO "mail" VALUES(4,1,3,'conformite@caf.example','Conformité','',20776,'sent','MCP caf931 Caf caf931 - 3 anomalies (dont 2 critiques)','2026-11-19.d22448631a524f6c.vigie@caf.example','Date: Sun, 22 Nov 2026 01:42:03 +0000
From: Vigie <vigie@caf.example>
To: =?UTF-8?Q?Conformit=C3=A9?= <conformite@caf.example>
Subject: MCP caf931 Caf caf931 - 3 anomalies (dont 2 critiques)
Message-ID: <2026-11-19.d22448631a524f6c.vigie@caf.example>
In-Reply-To: <2026-11-18.d22448631a524f6c.vigie@caf.example>
References: <2026-11-18.d22448631a524f6c.vigie@caf.example>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
Content-Language: fr
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_vigie_20261119d22448631a524f6cvigiecafexample"

--=_vigie_20261119d22448631a524f6cvigiecafexample
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour,

Voici ce que le contr=C3=B4le du 19/11/2026 a relev=C3=A9 dans Mon Compte P=
artenaire
pour la source caf931 (Caf caf931).

En cours=C2=A0: 3 anomalies (dont 2 critiques)
  Nouvelles=C2=A0: 1
  D=C3=A9j=C3=A0 signal=C3=A9es=C2=A0: 2
  R=C3=A9solues=C2=A0: 1

------------------------------------------------------------------------
NOUVELLES ANOMALIES (1)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Adresse mail d''un service

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL6 (Marie DUPONT VIL6)
    L''adresse =C2=AB=C2=A0creche@rosny.example=C2=A0=C2=BB du compte VIL6 (=
Marie DUPONT VIL6)
    n''est pas nominative=C2=A0: =C2=AB=C2=A0creche=C2=A0=C2=BB d=C3=A9signe=
 un service, et l''adresse
    n''est pas au nom de Marie DUPONT VIL6.
    Constat=C3=A9e le 19/11/2026.

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL6 > saisir l''adresse individuelle et nominative de
    la personne > =C2=AB=C2=A0Enregistrer les modifications=C2=A0=C2=BB.

------------------------------------------------------------------------
ANOMALIES D=C3=89J=C3=80 SIGNAL=C3=89ES, TOUJOURS OUVERTES (2)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Compte ouvert d''une personne partie

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL4 (Marie DUPONT VIL4)
    Le compte VIL4 (Marie DUPONT VIL4) est encore ouvert, alors que la
    personne est partie le 10/11/2026.
    Ouverte depuis le 18/11/2026 (1 jour).

    =C3=80 faire=C2=A0: Retirer d''abord ses profils Afas s''il y en a, puis =
=C2=AB=C2=A0Gestion
    des habilitations=C2=A0=C2=BB > =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=
=BB > crayon du compte VIL4 >
    saisir la date de cl=C3=B4ture > =C2=AB=C2=A0Enregistrer les modificati=
ons=C2=A0=C2=BB.

Gravit=C3=A9=C2=A0: Majeure

  Adresse mail absente ou mal form=C3=A9e

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL5 (Marie DUPONT VIL5)
    Le compte VIL5 (Marie DUPONT VIL5) n''a pas d''adresse mail.
    Ouverte depuis le 18/11/2026 (1 jour).

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL5 > corriger l''adresse mail > =C2=AB=C2=A0Enregistr=
er les
    modifications=C2=A0=C2=BB.

------------------------------------------------------------------------
ANOMALIES R=C3=89SOLUES (1)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Majeure

  Adresse mail absente ou mal form=C3=A9e

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL4 (Marie DUPONT VIL4)
    =C3=89tait ouverte depuis le 18/11/2026.

------------------------------------------------------------------------

Le d=C3=A9tail de toutes les anomalies est dans le classeur de conformit=C3=
=A9 du
19/11/2026=C2=A0:
  /srv/vigie/out/reports/conformite-caf931-2026-11-19.xlsx

Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des
habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il conti=
ent des
donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personnes qui doi=
vent
agir.

--=_vigie_20261119d22448631a524f6cvigiecafexample
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<!DOCTYPE html>
<html lang=3D"fr" dir=3D"ltr">
<head>
<meta charset=3D"utf-8">
<meta name=3D"viewport" content=3D"width=3Ddevice-width, initial-scale=3D1"=
>
<meta name=3D"color-scheme" content=3D"light dark">
<meta name=3D"supported-color-schemes" content=3D"light dark">
<meta name=3D"format-detection" content=3D"telephone=3Dno, date=3Dno, addre=
ss=3Dno, email=3Dno">
<title>MCP caf931 Caf caf931</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 480px) {
  .pad { padding-left: 16px !important; padding-right: 16px !important; }
  .figure { font-size: 20px !important; }
  .label { font-size: 12px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #14171c !important; }
  .card { background-color: #1d2229 !important; border-color: #343b45 !impo=
rtant; }
  .text { color: #e8eaed !important; }
  .soft { color: #aeb6c1 !important; }
  .line { border-color: #343b45 !important; }
  .notice { background-color: #33290f !important; color: #f6e3b0 !important=
; border-color: #c99a2e !important; }
  .remedy { background-color: #232b36 !important; color: #dbe3ec !important=
; }
  .critical { color: #ff9a94 !important; border-color: #e5564c !important; =
}
  .major { color: #f5b36b !important; border-color: #d98324 !important; }
  .minor { color: #93c1ff !important; border-color: #4a86d8 !important; }
  .info { color: #b6bfca !important; border-color: #7b8694 !important; }
}
</style>
</head>
<body class=3D"page" style=3D"margin:0; padding:0; background-color:#eef1f5=
; -webkit-text-size-adjust:100%;">
<div style=3D"display:none; max-height:0; overflow:hidden; mso-hide:all;">3=
 anomalies (dont 2 critiques) au 19/11/2026. Nouvelles=C2=A0: 1, d=C3=A9j=
=C3=A0 signal=C3=A9es=C2=A0: 2, r=C3=A9solues=C2=A0: 1.</div>
<table role=3D"presentation" class=3D"page" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"table-layout:fixed; background-co=
lor:#eef1f5;"><tr><td align=3D"center" style=3D"padding:16px 8px;">
<!--[if mso]><table role=3D"presentation" width=3D"640" cellpadding=3D"0" c=
ellspacing=3D"0" border=3D"0"><tr><td><![endif]-->
<table role=3D"presentation" class=3D"card" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"max-width:640px; background-color=
:#ffffff; border:1px solid #d5dbe3; border-radius:6px; font-family:''Segoe U=
I'', Roboto, ''Helvetica Neue'', Arial, sans-serif; font-size:15px; line-heigh=
t:1.5; text-align:left; table-layout:fixed; word-break:break-word; overflow=
-wrap:anywhere;">

<tr><td class=3D"pad" bgcolor=3D"#1f3a5f" style=3D"padding:18px 28px; backg=
round-color:#1f3a5f; border-radius:5px 5px 0 0; color:#ffffff;">
<div style=3D"font-size:13px; color:#cfdcec;">Mon Compte Partenaire =E2=80=
=93 contr=C3=B4le des habilitations du 19/11/2026</div>
<h1 style=3D"margin:4px 0 0; font-size:20px; line-height:1.3; font-weight:6=
00; color:#ffffff;">Caf caf931</h1>
<div style=3D"margin-top:2px; font-size:14px; color:#cfdcec;">Source caf931=
</div>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:22px 28px 0; color:#1c232d;">
<p style=3D"margin:0 0 14px;">Bonjour,</p>



<p style=3D"margin:0 0 18px;">Voici ce que le contr=C3=B4le du 19/11/2026 a=
 relev=C3=A9 pour les conventions de cette source.</p>
<p style=3D"margin:0 0 10px; font-size:17px; font-weight:600;">En cours=C2=
=A0: 3 anomalies (dont 2 critiques)</p>
<table role=3D"presentation" class=3D"line" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"border-top:1px solid #d5dbe3; bor=
der-bottom:1px solid #d5dbe3; border-collapse:collapse; table-layout:fixed;=
"><tr>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">1</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">nouvelle</div></td>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">2</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">d=C3=A9j=C3=A0 signal=C3=A9es</div></td>

<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">1</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">r=C3=A9solue</div></td>

</tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Nouvelles anomalies <span class=3D"soft" style=
=3D"font-weight:400; color:#566170;">(1)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Adresse mail d&apos;un service</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><span class=3D=
"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </span><st=
rong>Compte VIL6</strong> (Marie DUPONT VIL6)<br>L&apos;adresse =C2=AB=C2=
=A0creche@rosny.example=C2=A0=C2=BB du compte VIL6 (Marie DUPONT VIL6) n&ap=
os;est pas nominative=C2=A0: =C2=AB=C2=A0creche=C2=A0=C2=BB d=C3=A9signe un=
 service, et l&apos;adresse n&apos;est pas au nom de Marie DUPONT VIL6.<br>=
<span class=3D"soft" style=3D"font-size:13px; color:#566170;">Constat=C3=A9=
e le 19/11/2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL6 &gt; saisir l&apos;adresse individuelle et nominative d=
e la personne &gt; =C2=AB=C2=A0Enregistrer les modifications=C2=A0=C2=BB.</=
td></tr></table>
</td></tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Anomalies d=C3=A9j=C3=A0 signal=C3=A9es, toujo=
urs ouvertes <span class=3D"soft" style=3D"font-weight:400; color:#566170;"=
>(2)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Compte ouvert d&apos;une personne partie</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><span class=3D=
"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </span><st=
rong>Compte VIL4</strong> (Marie DUPONT VIL4)<br>Le compte VIL4 (Marie DUPO=
NT VIL4) est encore ouvert, alors que la personne est partie le 10/11/2026.=
<br><span class=3D"soft" style=3D"font-size:13px; color:#566170;">Ouverte d=
epuis le 18/11/2026 (1 jour)</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> Retirer d&apos;abord ses pro=
fils Afas s&apos;il y en a, puis =C2=AB=C2=A0Gestion des habilitations=C2=
=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; crayon du comp=
te VIL4 &gt; saisir la date de cl=C3=B4ture &gt; =C2=AB=C2=A0Enregistrer le=
s modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"major" style=3D"padding:0 0 0 14px; border-left:4px solid #b85c00;=
 color:#9a4b00;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Majeure</d=
iv>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Adresse mail absente ou mal form=C3=A9e</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><span class=3D=
"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </span><st=
rong>Compte VIL5</strong> (Marie DUPONT VIL5)<br>Le compte VIL5 (Marie DUPO=
NT VIL5) n&apos;a pas d&apos;adresse mail.<br><span class=3D"soft" style=3D=
"font-size:13px; color:#566170;">Ouverte depuis le 18/11/2026 (1 jour)</spa=
n></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL5 &gt; corriger l&apos;adresse mail &gt; =C2=AB=C2=A0Enre=
gistrer les modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
</td></tr>


<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Anomalies r=C3=A9solues <span class=3D"soft" s=
tyle=3D"font-weight:400; color:#566170;">(1)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;">
<tr><td class=3D"text line" style=3D"padding:7px 0; border-top:1px solid #e=
3e8ee; color:#1c232d;">Adresse mail absente ou mal form=C3=A9e<br><span cla=
ss=3D"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </spa=
n><strong>Compte VIL4</strong> (Marie DUPONT VIL4)<br><span class=3D"soft" =
style=3D"font-size:13px; color:#566170;">Majeure, =C3=A9tait ouverte depuis=
 le 18/11/2026</span></td></tr>
</table>
</td></tr>




<tr><td class=3D"pad" style=3D"padding:28px 28px 24px;">
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed;"><tr><td class=3D"text lin=
e" style=3D"padding:16px 0 0; border-top:1px solid #d5dbe3; color:#1c232d;"=
>


Le d=C3=A9tail de toutes les anomalies est dans le classeur de conformit=C3=
=A9 du 19/11/2026=C2=A0:<br><strong>/srv/vigie/out/reports/con=
formite-caf931-2026-11-19.xlsx</strong>
<p class=3D"soft" style=3D"margin:14px 0 0; font-size:13px; color:#566170;"=
>Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des=
 habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il cont=
ient des donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personne=
s qui doivent agir.</p>
</td></tr></table>
</td></tr>

</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>

--=_vigie_20261119d22448631a524f6cvigiecafexample--
',1795311723);
INSERT INTO "mail" VALUES(5,1,0,'marie.dupont.vil1@rosny.example','Marie DUPONT VIL1','19_214',20777,'queued','CDAP 19_214 VILLE DE ROSNY - 3 anomalies (dont 3 critiques)','2026-11-20.047c49f297fd2cbb.vigie@caf.example','Date: Sun, 22 Nov 2026 01:42:04 +0000
From: Vigie <vigie@caf.example>
To: Marie DUPONT VIL1 <marie.dupont.vil1@rosny.example>
Subject: CDAP 19_214 VILLE DE ROSNY - 3 anomalies (dont 3 critiques)
Message-ID: <2026-11-20.047c49f297fd2cbb.vigie@caf.example>
In-Reply-To: <2026-11-18.047c49f297fd2cbb.vigie@caf.example>
References: <2026-11-18.047c49f297fd2cbb.vigie@caf.example>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
Content-Language: fr
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_vigie_20261120047c49f297fd2cbbvigiecafexample"

--=_vigie_20261120047c49f297fd2cbbvigiecafexample
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour Marie DUPONT VIL1,

=C3=80 noter=C2=A0:
- Des cl=C3=B4tures calcul=C3=A9es pour cette convention sont retenues, le =
temps que
  la Caf les v=C3=A9rifie=C2=A0: attendez son accord avant d''effectuer cell=
es que
  ces anomalies appellent.

Voici ce que le contr=C3=B4le du 20/11/2026 a relev=C3=A9 dans Mon Compte P=
artenaire
pour la convention 19_214 (VILLE DE ROSNY), dont vous =C3=AAtes administrat=
eur
partenaire.

En cours=C2=A0: 3 anomalies (dont 3 critiques)
  Nouvelles=C2=A0: 1
  D=C3=A9j=C3=A0 signal=C3=A9es=C2=A0: 2
  R=C3=A9solues=C2=A0: 0
  Cl=C3=B4tures =C3=A0 effectuer=C2=A0: 2

------------------------------------------------------------------------
NOUVELLES ANOMALIES (1)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Compte ouvert d''une personne partie

  - Compte VIL6 (Marie DUPONT VIL6)
    Le compte VIL6 (Marie DUPONT VIL6) est encore ouvert, alors que la
    personne est partie le 19/11/2026.
    Constat=C3=A9e le 20/11/2026.

    =C3=80 faire=C2=A0: Retirer d''abord ses profils Afas s''il y en a, puis =
=C2=AB=C2=A0Gestion
    des habilitations=C2=A0=C2=BB > =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=
=BB > crayon du compte VIL6 >
    saisir la date de cl=C3=B4ture > =C2=AB=C2=A0Enregistrer les modificati=
ons=C2=A0=C2=BB.

------------------------------------------------------------------------
ANOMALIES D=C3=89J=C3=80 SIGNAL=C3=89ES, TOUJOURS OUVERTES (2)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Compte ouvert d''une personne partie

  - Compte VIL4 (Marie DUPONT VIL4)
    Le compte VIL4 (Marie DUPONT VIL4) est encore ouvert, alors que la
    personne est partie le 10/11/2026.
    Ouverte depuis le 18/11/2026 (2 jours).

    =C3=80 faire=C2=A0: Retirer d''abord ses profils Afas s''il y en a, puis =
=C2=AB=C2=A0Gestion
    des habilitations=C2=A0=C2=BB > =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=
=BB > crayon du compte VIL4 >
    saisir la date de cl=C3=B4ture > =C2=AB=C2=A0Enregistrer les modificati=
ons=C2=A0=C2=BB.

  Adresse mail d''un service

  - Compte VIL6 (Marie DUPONT VIL6)
    L''adresse =C2=AB=C2=A0creche@rosny.example=C2=A0=C2=BB du compte VIL6 (=
Marie DUPONT VIL6)
    n''est pas nominative=C2=A0: =C2=AB=C2=A0creche=C2=A0=C2=BB d=C3=A9signe=
 un service, et l''adresse
    n''est pas au nom de Marie DUPONT VIL6.
    Ouverte depuis le 19/11/2026 (1 jour).

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL6 > saisir l''adresse individuelle et nominative de
    la personne > =C2=AB=C2=A0Enregistrer les modifications=C2=A0=C2=BB.

------------------------------------------------------------------------
CL=C3=94TURES =C3=80 EFFECTUER (2)
------------------------------------------------------------------------

Ces droits n''ont plus de raison d''=C3=AAtre. Cl=C3=B4turez-les dans l''ordre=
 de cette
liste, le seul que le portail accepte=C2=A0: les profils Afas dans
=C2=AB=C2=A0Administration des profils=C2=A0=C2=BB, le reste dans =C2=AB=C2=
=A0Gestion des
habilitations=C2=A0=C2=BB.

  Cl=C3=B4turer l''appartenance au groupe
  - Appartenance du compte VIL4 au groupe T2PE, ouverte le 01/01/2020
    D=C3=A9part de la personne (VIL4), =C3=A0 cl=C3=B4turer au 18/11/2026.

  Cl=C3=B4turer le compte
  - Compte VIL4
    D=C3=A9part de la personne (VIL4), =C3=A0 cl=C3=B4turer au 18/11/2026.

------------------------------------------------------------------------

Une question, ou un acc=C3=A8s que vous ne pouvez pas r=C3=A9tablir=C2=A0? =
Vous pouvez
=C3=A9crire =C3=A0 la Caf (mcp@caf931.example). Indiquez en objet le servic=
e
concern=C3=A9, le num=C3=A9ro de la convention et le nom de votre organisme=
=C2=A0:
  CDAP 19_214 VILLE DE ROSNY

Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des
habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il conti=
ent des
donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personnes qui doi=
vent
agir.

--=_vigie_20261120047c49f297fd2cbbvigiecafexample
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<!DOCTYPE html>
<html lang=3D"fr" dir=3D"ltr">
<head>
<meta charset=3D"utf-8">
<meta name=3D"viewport" content=3D"width=3Ddevice-width, initial-scale=3D1"=
>
<meta name=3D"color-scheme" content=3D"light dark">
<meta name=3D"supported-color-schemes" content=3D"light dark">
<meta name=3D"format-detection" content=3D"telephone=3Dno, date=3Dno, addre=
ss=3Dno, email=3Dno">
<title>CDAP 19_214 VILLE DE ROSNY</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 480px) {
  .pad { padding-left: 16px !important; padding-right: 16px !important; }
  .figure { font-size: 20px !important; }
  .label { font-size: 12px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #14171c !important; }
  .card { background-color: #1d2229 !important; border-color: #343b45 !impo=
rtant; }
  .text { color: #e8eaed !important; }
  .soft { color: #aeb6c1 !important; }
  .line { border-color: #343b45 !important; }
  .notice { background-color: #33290f !important; color: #f6e3b0 !important=
; border-color: #c99a2e !important; }
  .remedy { background-color: #232b36 !important; color: #dbe3ec !important=
; }
  .critical { color: #ff9a94 !important; border-color: #e5564c !important; =
}
  .major { color: #f5b36b !important; border-color: #d98324 !important; }
  .minor { color: #93c1ff !important; border-color: #4a86d8 !important; }
  .info { color: #b6bfca !important; border-color: #7b8694 !important; }
}
</style>
</head>
<body class=3D"page" style=3D"margin:0; padding:0; background-color:#eef1f5=
; -webkit-text-size-adjust:100%;">
<div style=3D"display:none; max-height:0; overflow:hidden; mso-hide:all;">3=
 anomalies (dont 3 critiques) au 20/11/2026. Nouvelles=C2=A0: 1, d=C3=A9j=
=C3=A0 signal=C3=A9es=C2=A0: 2, r=C3=A9solues=C2=A0: 0.</div>
<table role=3D"presentation" class=3D"page" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"table-layout:fixed; background-co=
lor:#eef1f5;"><tr><td align=3D"center" style=3D"padding:16px 8px;">
<!--[if mso]><table role=3D"presentation" width=3D"640" cellpadding=3D"0" c=
ellspacing=3D"0" border=3D"0"><tr><td><![endif]-->
<table role=3D"presentation" class=3D"card" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"max-width:640px; background-color=
:#ffffff; border:1px solid #d5dbe3; border-radius:6px; font-family:''Segoe U=
I'', Roboto, ''Helvetica Neue'', Arial, sans-serif; font-size:15px; line-heigh=
t:1.5; text-align:left; table-layout:fixed; word-break:break-word; overflow=
-wrap:anywhere;">

<tr><td class=3D"pad" bgcolor=3D"#1f3a5f" style=3D"padding:18px 28px; backg=
round-color:#1f3a5f; border-radius:5px 5px 0 0; color:#ffffff;">
<div style=3D"font-size:13px; color:#cfdcec;">Mon Compte Partenaire =E2=80=
=93 contr=C3=B4le des habilitations du 20/11/2026</div>
<h1 style=3D"margin:4px 0 0; font-size:20px; line-height:1.3; font-weight:6=
00; color:#ffffff;">VILLE DE ROSNY</h1>
<div style=3D"margin-top:2px; font-size:14px; color:#cfdcec;">Convention 19=
_214</div>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:22px 28px 0; color:#1c232d;">
<p style=3D"margin:0 0 14px;">Bonjour Marie DUPONT VIL1,</p>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:0 0 14px;"><tr><td =
class=3D"notice" style=3D"padding:10px 14px; background-color:#fff6df; bord=
er-left:4px solid #c98a00; color:#4d3800;">
<strong>=C3=80 noter</strong>
<div style=3D"margin:4px 0 0;">Des cl=C3=B4tures calcul=C3=A9es pour cette =
convention sont retenues, le temps que la Caf les v=C3=A9rifie=C2=A0: atten=
dez son accord avant d&apos;effectuer celles que ces anomalies appellent.</=
div>
</td></tr></table>


<p style=3D"margin:0 0 18px;">Voici ce que le contr=C3=B4le du 20/11/2026 a=
 relev=C3=A9 pour la convention dont vous =C3=AAtes administrateur partenai=
re.</p>
<p style=3D"margin:0 0 10px; font-size:17px; font-weight:600;">En cours=C2=
=A0: 3 anomalies (dont 3 critiques)</p>
<table role=3D"presentation" class=3D"line" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"border-top:1px solid #d5dbe3; bor=
der-bottom:1px solid #d5dbe3; border-collapse:collapse; table-layout:fixed;=
"><tr>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">1</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">nouvelle</div></td>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">2</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">d=C3=A9j=C3=A0 signal=C3=A9es</div></td>

<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">0</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">r=C3=A9solue</div></td>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">2</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">cl=C3=B4tures =C3=A0&nbsp;effectuer</div><=
/td>
</tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Nouvelles anomalies <span class=3D"soft" style=
=3D"font-weight:400; color:#566170;">(1)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Compte ouvert d&apos;une personne partie</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><strong>Compte=
 VIL6</strong> (Marie DUPONT VIL6)<br>Le compte VIL6 (Marie DUPONT VIL6) es=
t encore ouvert, alors que la personne est partie le 19/11/2026.<br><span c=
lass=3D"soft" style=3D"font-size:13px; color:#566170;">Constat=C3=A9e le 20=
/11/2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> Retirer d&apos;abord ses pro=
fils Afas s&apos;il y en a, puis =C2=AB=C2=A0Gestion des habilitations=C2=
=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; crayon du comp=
te VIL6 &gt; saisir la date de cl=C3=B4ture &gt; =C2=AB=C2=A0Enregistrer le=
s modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Anomalies d=C3=A9j=C3=A0 signal=C3=A9es, toujo=
urs ouvertes <span class=3D"soft" style=3D"font-weight:400; color:#566170;"=
>(2)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Compte ouvert d&apos;une personne partie</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><strong>Compte=
 VIL4</strong> (Marie DUPONT VIL4)<br>Le compte VIL4 (Marie DUPONT VIL4) es=
t encore ouvert, alors que la personne est partie le 10/11/2026.<br><span c=
lass=3D"soft" style=3D"font-size:13px; color:#566170;">Ouverte depuis le 18=
/11/2026 (2 jours)</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> Retirer d&apos;abord ses pro=
fils Afas s&apos;il y en a, puis =C2=AB=C2=A0Gestion des habilitations=C2=
=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; crayon du comp=
te VIL4 &gt; saisir la date de cl=C3=B4ture &gt; =C2=AB=C2=A0Enregistrer le=
s modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Adresse mail d&apos;un service</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><strong>Compte=
 VIL6</strong> (Marie DUPONT VIL6)<br>L&apos;adresse =C2=AB=C2=A0creche@ros=
ny.example=C2=A0=C2=BB du compte VIL6 (Marie DUPONT VIL6) n&apos;est pas no=
minative=C2=A0: =C2=AB=C2=A0creche=C2=A0=C2=BB d=C3=A9signe un service, et =
l&apos;adresse n&apos;est pas au nom de Marie DUPONT VIL6.<br><span class=
=3D"soft" style=3D"font-size:13px; color:#566170;">Ouverte depuis le 19/11/=
2026 (1 jour)</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL6 &gt; saisir l&apos;adresse individuelle et nominative d=
e la personne &gt; =C2=AB=C2=A0Enregistrer les modifications=C2=A0=C2=BB.</=
td></tr></table>
</td></tr></table>
</td></tr>




<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Cl=C3=B4tures =C3=A0 effectuer <span class=3D"=
soft" style=3D"font-weight:400; color:#566170;">(2)</span></h2>
<p style=3D"margin:8px 0 0;">Ces droits n''ont plus de raison d''=C3=AAtre. C=
l=C3=B4turez-les dans l''ordre de cette liste, le seul que le portail accept=
e=C2=A0: les profils Afas dans =C2=AB=C2=A0Administration des profils=C2=A0=
=C2=BB, le reste dans =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB.</p=
>
<h3 class=3D"text" style=3D"margin:14px 0 0; font-size:15px; line-height:1.=
4; font-weight:600; color:#1c232d;">Cl=C3=B4turer l&apos;appartenance au gr=
oupe</h3>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:4px 0 0;">
<tr><td class=3D"text line" style=3D"padding:7px 0; border-top:1px solid #e=
3e8ee; color:#1c232d;"><strong>Appartenance du compte VIL4 au groupe T2PE, =
ouverte le 01/01/2020</strong><br><span class=3D"soft" style=3D"font-size:1=
3px; color:#566170;">D=C3=A9part de la personne (VIL4), =C3=A0 cl=C3=B4ture=
r au 18/11/2026</span></td></tr>
</table>
<h3 class=3D"text" style=3D"margin:14px 0 0; font-size:15px; line-height:1.=
4; font-weight:600; color:#1c232d;">Cl=C3=B4turer le compte</h3>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:4px 0 0;">
<tr><td class=3D"text line" style=3D"padding:7px 0; border-top:1px solid #e=
3e8ee; color:#1c232d;"><strong>Compte VIL4</strong><br><span class=3D"soft"=
 style=3D"font-size:13px; color:#566170;">D=C3=A9part de la personne (VIL4)=
, =C3=A0 cl=C3=B4turer au 18/11/2026</span></td></tr>
</table>
</td></tr>


<tr><td class=3D"pad" style=3D"padding:28px 28px 24px;">
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed;"><tr><td class=3D"text lin=
e" style=3D"padding:16px 0 0; border-top:1px solid #d5dbe3; color:#1c232d;"=
>

<strong>Une question, ou un acc=C3=A8s que vous ne pouvez pas r=C3=A9tablir=
=C2=A0?</strong><br>Vous pouvez =C3=A9crire =C3=A0 la Caf (mcp@caf931.examp=
le). Indiquez en objet le service concern=C3=A9, le num=C3=A9ro de la conve=
ntion et le nom de votre organisme=C2=A0: <strong>CDAP 19_214 VILLE DE ROSN=
Y</strong>


<p class=3D"soft" style=3D"margin:14px 0 0; font-size:13px; color:#566170;"=
>Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des=
 habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il cont=
ient des donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personne=
s qui doivent agir.</p>
</td></tr></table>
</td></tr>

</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>

--=_vigie_20261120047c49f297fd2cbbvigiecafexample--
',1795311724);
INSERT INTO "mail" VALUES(6,1,3,'conformite@caf.example','Conformité','',20777,'queued','MCP caf931 Caf caf931 - 3 anomalies (dont 3 critiques)','2026-11-20.d22448631a524f6c.vigie@caf.example','Date: Sun, 22 Nov 2026 01:42:04 +0000
From: Vigie <vigie@caf.example>
To: =?UTF-8?Q?Conformit=C3=A9?= <conformite@caf.example>
Subject: MCP caf931 Caf caf931 - 3 anomalies (dont 3 critiques)
Message-ID: <2026-11-20.d22448631a524f6c.vigie@caf.example>
In-Reply-To: <2026-11-18.d22448631a524f6c.vigie@caf.example>
References: <2026-11-18.d22448631a524f6c.vigie@caf.example>
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
Content-Language: fr
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="=_vigie_20261120d22448631a524f6cvigiecafexample"

--=_vigie_20261120d22448631a524f6cvigiecafexample
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour,

=C3=80 noter=C2=A0:
- 2 cl=C3=B4tures de la source caf931 sont retenues (plan 492191d7e74d1af2)=
=C2=A0: 2
  cl=C3=B4tures, plus que le plafond de 1. Rien n''est transmis tant que le =
plan
  n''est pas approuv=C3=A9 (vigie approve 492191d7e74d1af2 --by NOM --reason
  MOTIF).

Voici ce que le contr=C3=B4le du 20/11/2026 a relev=C3=A9 dans Mon Compte P=
artenaire
pour la source caf931 (Caf caf931).

En cours=C2=A0: 3 anomalies (dont 3 critiques)
  Nouvelles=C2=A0: 1
  D=C3=A9j=C3=A0 signal=C3=A9es=C2=A0: 2
  R=C3=A9solues=C2=A0: 0

------------------------------------------------------------------------
NOUVELLES ANOMALIES (1)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Compte ouvert d''une personne partie

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL6 (Marie DUPONT VIL6)
    Le compte VIL6 (Marie DUPONT VIL6) est encore ouvert, alors que la
    personne est partie le 19/11/2026.
    Constat=C3=A9e le 20/11/2026.

    =C3=80 faire=C2=A0: Retirer d''abord ses profils Afas s''il y en a, puis =
=C2=AB=C2=A0Gestion
    des habilitations=C2=A0=C2=BB > =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=
=BB > crayon du compte VIL6 >
    saisir la date de cl=C3=B4ture > =C2=AB=C2=A0Enregistrer les modificati=
ons=C2=A0=C2=BB.

------------------------------------------------------------------------
ANOMALIES D=C3=89J=C3=80 SIGNAL=C3=89ES, TOUJOURS OUVERTES (2)
------------------------------------------------------------------------

Gravit=C3=A9=C2=A0: Critique

  Compte ouvert d''une personne partie

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL4 (Marie DUPONT VIL4)
    Le compte VIL4 (Marie DUPONT VIL4) est encore ouvert, alors que la
    personne est partie le 10/11/2026.
    Ouverte depuis le 18/11/2026 (2 jours).

    =C3=80 faire=C2=A0: Retirer d''abord ses profils Afas s''il y en a, puis =
=C2=AB=C2=A0Gestion
    des habilitations=C2=A0=C2=BB > =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=
=BB > crayon du compte VIL4 >
    saisir la date de cl=C3=B4ture > =C2=AB=C2=A0Enregistrer les modificati=
ons=C2=A0=C2=BB.

  Adresse mail d''un service

  - 19_214, VILLE DE ROSNY =E2=80=93 Compte VIL6 (Marie DUPONT VIL6)
    L''adresse =C2=AB=C2=A0creche@rosny.example=C2=A0=C2=BB du compte VIL6 (=
Marie DUPONT VIL6)
    n''est pas nominative=C2=A0: =C2=AB=C2=A0creche=C2=A0=C2=BB d=C3=A9signe=
 un service, et l''adresse
    n''est pas au nom de Marie DUPONT VIL6.
    Ouverte depuis le 19/11/2026 (1 jour).

    =C3=80 faire=C2=A0: =C2=AB=C2=A0Gestion des habilitations=C2=A0=C2=BB >=
 =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB >
    crayon du compte VIL6 > saisir l''adresse individuelle et nominative de
    la personne > =C2=AB=C2=A0Enregistrer les modifications=C2=A0=C2=BB.

------------------------------------------------------------------------

Le d=C3=A9tail de toutes les anomalies est dans le classeur de conformit=C3=
=A9 du
20/11/2026=C2=A0:
  /srv/vigie/out/reports/conformite-caf931-2026-11-20.xlsx

Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des
habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il conti=
ent des
donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personnes qui doi=
vent
agir.

--=_vigie_20261120d22448631a524f6cvigiecafexample
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<!DOCTYPE html>
<html lang=3D"fr" dir=3D"ltr">
<head>
<meta charset=3D"utf-8">
<meta name=3D"viewport" content=3D"width=3Ddevice-width, initial-scale=3D1"=
>
<meta name=3D"color-scheme" content=3D"light dark">
<meta name=3D"supported-color-schemes" content=3D"light dark">
<meta name=3D"format-detection" content=3D"telephone=3Dno, date=3Dno, addre=
ss=3Dno, email=3Dno">
<title>MCP caf931 Caf caf931</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 480px) {
  .pad { padding-left: 16px !important; padding-right: 16px !important; }
  .figure { font-size: 20px !important; }
  .label { font-size: 12px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #14171c !important; }
  .card { background-color: #1d2229 !important; border-color: #343b45 !impo=
rtant; }
  .text { color: #e8eaed !important; }
  .soft { color: #aeb6c1 !important; }
  .line { border-color: #343b45 !important; }
  .notice { background-color: #33290f !important; color: #f6e3b0 !important=
; border-color: #c99a2e !important; }
  .remedy { background-color: #232b36 !important; color: #dbe3ec !important=
; }
  .critical { color: #ff9a94 !important; border-color: #e5564c !important; =
}
  .major { color: #f5b36b !important; border-color: #d98324 !important; }
  .minor { color: #93c1ff !important; border-color: #4a86d8 !important; }
  .info { color: #b6bfca !important; border-color: #7b8694 !important; }
}
</style>
</head>
<body class=3D"page" style=3D"margin:0; padding:0; background-color:#eef1f5=
; -webkit-text-size-adjust:100%;">
<div style=3D"display:none; max-height:0; overflow:hidden; mso-hide:all;">3=
 anomalies (dont 3 critiques) au 20/11/2026. Nouvelles=C2=A0: 1, d=C3=A9j=
=C3=A0 signal=C3=A9es=C2=A0: 2, r=C3=A9solues=C2=A0: 0.</div>
<table role=3D"presentation" class=3D"page" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"table-layout:fixed; background-co=
lor:#eef1f5;"><tr><td align=3D"center" style=3D"padding:16px 8px;">
<!--[if mso]><table role=3D"presentation" width=3D"640" cellpadding=3D"0" c=
ellspacing=3D"0" border=3D"0"><tr><td><![endif]-->
<table role=3D"presentation" class=3D"card" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"max-width:640px; background-color=
:#ffffff; border:1px solid #d5dbe3; border-radius:6px; font-family:''Segoe U=
I'', Roboto, ''Helvetica Neue'', Arial, sans-serif; font-size:15px; line-heigh=
t:1.5; text-align:left; table-layout:fixed; word-break:break-word; overflow=
-wrap:anywhere;">

<tr><td class=3D"pad" bgcolor=3D"#1f3a5f" style=3D"padding:18px 28px; backg=
round-color:#1f3a5f; border-radius:5px 5px 0 0; color:#ffffff;">
<div style=3D"font-size:13px; color:#cfdcec;">Mon Compte Partenaire =E2=80=
=93 contr=C3=B4le des habilitations du 20/11/2026</div>
<h1 style=3D"margin:4px 0 0; font-size:20px; line-height:1.3; font-weight:6=
00; color:#ffffff;">Caf caf931</h1>
<div style=3D"margin-top:2px; font-size:14px; color:#cfdcec;">Source caf931=
</div>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:22px 28px 0; color:#1c232d;">
<p style=3D"margin:0 0 14px;">Bonjour,</p>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:0 0 14px;"><tr><td =
class=3D"notice" style=3D"padding:10px 14px; background-color:#fff6df; bord=
er-left:4px solid #c98a00; color:#4d3800;">
<strong>=C3=80 noter</strong>
<div style=3D"margin:4px 0 0;">2 cl=C3=B4tures de la source caf931 sont ret=
enues (plan 492191d7e74d1af2)=C2=A0: 2 cl=C3=B4tures, plus que le plafond d=
e 1. Rien n&apos;est transmis tant que le plan n&apos;est pas approuv=C3=A9=
 (vigie approve 492191d7e74d1af2 --by NOM --reason MOTIF).</div>
</td></tr></table>


<p style=3D"margin:0 0 18px;">Voici ce que le contr=C3=B4le du 20/11/2026 a=
 relev=C3=A9 pour les conventions de cette source.</p>
<p style=3D"margin:0 0 10px; font-size:17px; font-weight:600;">En cours=C2=
=A0: 3 anomalies (dont 3 critiques)</p>
<table role=3D"presentation" class=3D"line" width=3D"100%" cellpadding=3D"0=
" cellspacing=3D"0" border=3D"0" style=3D"border-top:1px solid #d5dbe3; bor=
der-bottom:1px solid #d5dbe3; border-collapse:collapse; table-layout:fixed;=
"><tr>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">1</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">nouvelle</div></td>
<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">2</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">d=C3=A9j=C3=A0 signal=C3=A9es</div></td>

<td align=3D"center" valign=3D"top" style=3D"padding:10px 4px;"><div class=
=3D"figure text" style=3D"font-size:24px; line-height:1.2; font-weight:600;=
 color:#1c232d;">0</div><div class=3D"label soft" style=3D"font-size:13px; =
line-height:1.3; color:#566170;">r=C3=A9solue</div></td>

</tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Nouvelles anomalies <span class=3D"soft" style=
=3D"font-weight:400; color:#566170;">(1)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Compte ouvert d&apos;une personne partie</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><span class=3D=
"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </span><st=
rong>Compte VIL6</strong> (Marie DUPONT VIL6)<br>Le compte VIL6 (Marie DUPO=
NT VIL6) est encore ouvert, alors que la personne est partie le 19/11/2026.=
<br><span class=3D"soft" style=3D"font-size:13px; color:#566170;">Constat=
=C3=A9e le 20/11/2026</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> Retirer d&apos;abord ses pro=
fils Afas s&apos;il y en a, puis =C2=AB=C2=A0Gestion des habilitations=C2=
=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; crayon du comp=
te VIL6 &gt; saisir la date de cl=C3=B4ture &gt; =C2=AB=C2=A0Enregistrer le=
s modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
</td></tr>

<tr><td class=3D"pad text" style=3D"padding:26px 28px 0; color:#1c232d;">
<h2 class=3D"text" style=3D"margin:0; font-size:18px; line-height:1.3; font=
-weight:600; color:#1c232d;">Anomalies d=C3=A9j=C3=A0 signal=C3=A9es, toujo=
urs ouvertes <span class=3D"soft" style=3D"font-weight:400; color:#566170;"=
>(2)</span></h2>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Compte ouvert d&apos;une personne partie</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><span class=3D=
"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </span><st=
rong>Compte VIL4</strong> (Marie DUPONT VIL4)<br>Le compte VIL4 (Marie DUPO=
NT VIL4) est encore ouvert, alors que la personne est partie le 10/11/2026.=
<br><span class=3D"soft" style=3D"font-size:13px; color:#566170;">Ouverte d=
epuis le 18/11/2026 (2 jours)</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> Retirer d&apos;abord ses pro=
fils Afas s&apos;il y en a, puis =C2=AB=C2=A0Gestion des habilitations=C2=
=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; crayon du comp=
te VIL4 &gt; saisir la date de cl=C3=B4ture &gt; =C2=AB=C2=A0Enregistrer le=
s modifications=C2=A0=C2=BB.</td></tr></table>
</td></tr></table>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:14px 0 0;"><tr><td =
class=3D"critical" style=3D"padding:0 0 0 14px; border-left:4px solid #b326=
1e; color:#b3261e;">
<div style=3D"font-size:13px; line-height:1.3; font-weight:600;">Critique</=
div>
<h3 class=3D"text" style=3D"margin:0; font-size:16px; line-height:1.4; font=
-weight:600; color:#1c232d;">Adresse mail d&apos;un service</h3>
<div class=3D"text" style=3D"margin:8px 0 0; color:#1c232d;"><span class=3D=
"soft" style=3D"color:#566170;">19_214, VILLE DE ROSNY =E2=80=93 </span><st=
rong>Compte VIL6</strong> (Marie DUPONT VIL6)<br>L&apos;adresse =C2=AB=C2=
=A0creche@rosny.example=C2=A0=C2=BB du compte VIL6 (Marie DUPONT VIL6) n&ap=
os;est pas nominative=C2=A0: =C2=AB=C2=A0creche=C2=A0=C2=BB d=C3=A9signe un=
 service, et l&apos;adresse n&apos;est pas au nom de Marie DUPONT VIL6.<br>=
<span class=3D"soft" style=3D"font-size:13px; color:#566170;">Ouverte depui=
s le 19/11/2026 (1 jour)</span></div>
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed; margin:8px 0 0;"><tr><td c=
lass=3D"remedy" style=3D"padding:8px 12px; background-color:#eef3f9; color:=
#1f3550;"><strong>=C3=80 faire=C2=A0:</strong> =C2=AB=C2=A0Gestion des habi=
litations=C2=A0=C2=BB &gt; =C2=AB=C2=A0Mes utilisateurs=C2=A0=C2=BB &gt; cr=
ayon du compte VIL6 &gt; saisir l&apos;adresse individuelle et nominative d=
e la personne &gt; =C2=AB=C2=A0Enregistrer les modifications=C2=A0=C2=BB.</=
td></tr></table>
</td></tr></table>
</td></tr>






<tr><td class=3D"pad" style=3D"padding:28px 28px 24px;">
<table role=3D"presentation" width=3D"100%" cellpadding=3D"0" cellspacing=
=3D"0" border=3D"0" style=3D"table-layout:fixed;"><tr><td class=3D"text lin=
e" style=3D"padding:16px 0 0; border-top:1px solid #d5dbe3; color:#1c232d;"=
>


Le d=C3=A9tail de toutes les anomalies est dans le classeur de conformit=C3=
=A9 du 20/11/2026=C2=A0:<br><strong>/srv/vigie/out/reports/con=
formite-caf931-2026-11-20.xlsx</strong>
<p class=3D"soft" style=3D"margin:14px 0 0; font-size:13px; color:#566170;"=
>Ce message est envoy=C3=A9 automatiquement par Vigie, le contr=C3=B4le des=
 habilitations (Caf caf931)=C2=A0; merci de ne pas y r=C3=A9pondre. Il cont=
ient des donn=C3=A9es personnelles=C2=A0: ne le transmettez qu''aux personne=
s qui doivent agir.</p>
</td></tr></table>
</td></tr>

</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>

--=_vigie_20261120d22448631a524f6cvigiecafexample--
',1795311724);
CREATE TABLE mail_life(mail INTEGER PRIMARY KEY, told TEXT NOT NULL DEFAULT '',
  told_closings TEXT NOT NULL DEFAULT '', redirected_to TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '', first_tried_on INTEGER, last_tried_on INTEGER,
  ended_on INTEGER, reported INTEGER NOT NULL DEFAULT 0);
INSERT INTO "mail_life" VALUES(1,'','','',1,'/srv/vigie/out/mail/2026-11-18-marie.dupont.vil1@rosny.example-19_214.eml',20775,20775,20775,0);
INSERT INTO "mail_life" VALUES(2,'','','',1,'/srv/vigie/out/mail/2026-11-18-conformite@caf.example-caf931.eml',20775,20775,20775,0);
INSERT INTO "mail_life" VALUES(3,'','','',1,'/srv/vigie/out/mail/2026-11-19-marie.dupont.vil1@rosny.example-19_214.eml',20776,20776,20776,0);
INSERT INTO "mail_life" VALUES(4,'','','',1,'/srv/vigie/out/mail/2026-11-19-conformite@caf.example-caf931.eml',20776,20776,20776,0);
INSERT INTO "mail_life" VALUES(5,'5','','',1,'the file could not be written',20777,20777,NULL,0);
INSERT INTO "mail_life" VALUES(6,'5','','',1,'the file could not be written',20777,20777,NULL,0);
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('seed',-3226350425923842938);
CREATE TABLE plan(id TEXT NOT NULL, kind TEXT NOT NULL, source INTEGER NOT NULL, held_on INTEGER NOT NULL, count INTEGER NOT NULL,
  reason TEXT NOT NULL, state TEXT NOT NULL, approved_by TEXT NOT NULL DEFAULT '', approved_on INTEGER,
  approval_reason TEXT NOT NULL DEFAULT '', PRIMARY KEY(id, source));
INSERT INTO "plan" VALUES('492191d7e74d1af2','closings',1,20777,2,'2 clôtures, plus que le plafond de 1','held','',NULL,'');
CREATE TABLE profils_afas(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, convention TEXT NOT NULL, identifiant TEXT NOT NULL, role TEXT NOT NULL, activite TEXT NOT NULL, lieu TEXT NOT NULL, date_debut INTEGER, date_fin INTEGER, etat TEXT NOT NULL, demande_le INTEGER, pj3_recue_le INTEGER, withdrawn_in INTEGER);
INSERT INTO "profils_afas" VALUES(4294967297,1,'19_214','VIL1','FDA','ALSH Nord','',18262,NULL,'Validé',NULL,NULL,NULL);
INSERT INTO "profils_afas" VALUES(4294967298,1,'19_214','VIL1','FDF','ALSH Nord','',18262,NULL,'Validé',NULL,NULL,NULL);
INSERT INTO "profils_afas" VALUES(4294967299,1,'19_214','VIL2','Approbateur','ALSH Nord','',18262,NULL,'Validé',18262,18262,NULL);
CREATE TABLE reject(import INTEGER NOT NULL REFERENCES import(id), file INTEGER NOT NULL, line INTEGER NOT NULL,
  reason TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, record TEXT NOT NULL);
INSERT INTO "reject" VALUES(1,8,3,'unknown-reference','activite','Inconnue','19_214;Inconnue;Parc');
INSERT INTO "reject" VALUES(2,8,3,'unknown-reference','activite','Inconnue','19_214;Inconnue;Parc');
INSERT INTO "reject" VALUES(3,8,3,'unknown-reference','activite','Inconnue','19_214;Inconnue;Parc');
CREATE TABLE run(id INTEGER PRIMARY KEY, command TEXT NOT NULL, as_of INTEGER NOT NULL,
  started_at INTEGER NOT NULL, finished_at INTEGER, exit_code INTEGER, summary TEXT NOT NULL DEFAULT '');
INSERT INTO "run" VALUES(1,'run',20775,1795311723,1795311723,0,'3 findings open, 1 critical');
INSERT INTO "run" VALUES(2,'run',20776,1795311723,1795311724,0,'3 findings open, 2 critical');
INSERT INTO "run" VALUES(3,'run',20777,1795311724,1795311724,3,'3 findings open, 3 critical');
CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
  reconciled_on INTEGER, judged_on INTEGER, finished_on INTEGER);
INSERT INTO "source" VALUES(1,'caf931',20777,20777,20777);
CREATE TABLE tally(source INTEGER NOT NULL, as_of INTEGER NOT NULL, rule TEXT NOT NULL, severity INTEGER NOT NULL,
  open INTEGER NOT NULL, fresh INTEGER NOT NULL, resolved INTEGER NOT NULL, returned INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(source, as_of, rule, severity)) WITHOUT ROWID;
INSERT INTO "tally" VALUES(1,20775,'account-departed',3,1,1,0,0);
INSERT INTO "tally" VALUES(1,20775,'account-invalid-mail',2,2,2,0,0);
INSERT INTO "tally" VALUES(1,20776,'account-departed',3,1,0,0,0);
INSERT INTO "tally" VALUES(1,20776,'account-invalid-mail',2,1,0,1,0);
INSERT INTO "tally" VALUES(1,20776,'account-shared-mailbox',3,1,1,0,0);
INSERT INTO "tally" VALUES(1,20777,'account-departed',3,2,1,0,0);
INSERT INTO "tally" VALUES(1,20777,'account-shared-mailbox',3,1,0,0,0);
CREATE TABLE told(source INTEGER NOT NULL, address TEXT NOT NULL, convention TEXT NOT NULL, finding INTEGER NOT NULL,
  returns INTEGER NOT NULL, severity INTEGER NOT NULL DEFAULT 3, PRIMARY KEY(source, address, convention, finding)) WITHOUT ROWID;
INSERT INTO "told" VALUES(1,'conformite@caf.example','',3,0,3);
INSERT INTO "told" VALUES(1,'conformite@caf.example','',4,0,3);
INSERT INTO "told" VALUES(1,'conformite@caf.example','',5,0,3);
INSERT INTO "told" VALUES(1,'marie.dupont.vil1@rosny.example','19_214',3,0,3);
INSERT INTO "told" VALUES(1,'marie.dupont.vil1@rosny.example','19_214',4,0,3);
INSERT INTO "told" VALUES(1,'marie.dupont.vil1@rosny.example','19_214',5,0,3);
CREATE TABLE told_closing(source INTEGER NOT NULL, address TEXT NOT NULL, convention TEXT NOT NULL,
  action INTEGER NOT NULL, sent_on INTEGER NOT NULL, PRIMARY KEY(source, address, convention, action)) WITHOUT ROWID;
CREATE TABLE utilisateurs(id INTEGER PRIMARY KEY, added_in INTEGER NOT NULL, identifiant TEXT NOT NULL, convention TEXT NOT NULL, nom TEXT NOT NULL, prenom TEXT NOT NULL, mail TEXT NOT NULL, telephone TEXT NOT NULL, poste TEXT NOT NULL, date_ouverture INTEGER, date_cloture INTEGER, statut TEXT NOT NULL, profession TEXT NOT NULL, diplome_verifie_le INTEGER, numero_instructeur TEXT NOT NULL, code_bailleur TEXT NOT NULL, derniere_connexion INTEGER, withdrawn_in INTEGER);
INSERT INTO "utilisateurs" VALUES(4294967297,1,'VIL1','19_214','DUPONT VIL1','Marie','marie.dupont.vil1@rosny.example','','',18262,NULL,'Ouvert','Agent administratif',NULL,'','',20767,NULL);
INSERT INTO "utilisateurs" VALUES(4294967298,1,'VIL2','19_214','DUPONT VIL2','Marie','marie.dupont.vil2@rosny.example','','',18262,NULL,'Ouvert','Agent administratif',NULL,'','',20767,NULL);
INSERT INTO "utilisateurs" VALUES(4294967299,1,'VIL3','19_214','DUPONT VIL3','Marie','marie.dupont.vil3@rosny.example','','',18262,20634,'Fermé','Agent administratif',NULL,'','',20605,NULL);
INSERT INTO "utilisateurs" VALUES(4294967300,1,'VIL4','19_214','DUPONT VIL4','Marie','marie.dupont.vil4@rosny.example','','',18262,NULL,'Ouvert','Agent administratif',NULL,'','',20767,NULL);
INSERT INTO "utilisateurs" VALUES(4294967301,1,'VIL5','19_214','DUPONT VIL5','Marie','','','',18262,NULL,'Ouvert','Agent administratif',NULL,'','',20767,NULL);
INSERT INTO "utilisateurs" VALUES(4294967302,2,'VIL6','19_214','DUPONT VIL6','Marie','creche@rosny.example','','',18262,NULL,'Ouvert','Agent administratif',NULL,'','',20767,NULL);
CREATE TABLE waiver(id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL, rule TEXT NOT NULL,
  convention TEXT NOT NULL, subject TEXT NOT NULL, until INTEGER NOT NULL, reason TEXT NOT NULL,
  recorded_by TEXT NOT NULL, recorded_on INTEGER NOT NULL, ended_on INTEGER, ended_by TEXT NOT NULL DEFAULT '',
  end_reason TEXT NOT NULL DEFAULT '');
INSERT INTO "waiver" VALUES(1,1,'account-invalid-mail','19_214','VIL5',20908,'Congé maternité','A. Durand',20776,NULL,'','');
CREATE INDEX import_of_source ON import(source, id);
CREATE INDEX reject_of_import ON reject(import);
CREATE INDEX change_of_record ON change(file, record);
CREATE UNIQUE INDEX action_identity ON action(source, kind, convention, subject);
CREATE INDEX finding_of_source ON finding(source);
CREATE UNIQUE INDEX mail_once_a_day ON mail(source, address, convention, as_of);
CREATE INDEX waiver_of_source ON waiver(source);
CREATE INDEX mail_of_state ON mail(state, source);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('waiver',1);
COMMIT;
PRAGMA user_version = 6;
