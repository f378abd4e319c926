#pragma once
// The sheets that are lists, one function each, in the order of the workbook.

#include "workbook/sheet.h"

namespace vigie::workbook {

void write_findings(Book& book);          // Anomalies
void write_shared_mailboxes(Book& book);  // BAL partagées
void write_t1(Book& book);                // T1 non autorisés
void write_managers(Book& book);          // Responsables manquants
void write_approvers(Book& book);         // Approbateurs en attente
void write_actions(Book& book);           // Rapprochement
void write_access(Book& book);            // Accès par service
void write_imports(Book& book);           // Imports et rejets
void write_waivers(Book& book);           // Dérogations
void write_rules(Book& book);             // Règles

}  // namespace vigie::workbook
