#pragma once
// What a bulletin opens, and which one is the nearest to a day.

#include "domain/snapshot.h"

namespace vigie {

// Of a bulletin of a known service: those that `profils` lists, an unknown one aside; all of the service where it lists
// nothing.
RoleSet allowed_roles(const Bulletin& bulletin);

// Of two periods that are not active on the day, which comes nearer to it: the last to have closed, else the next to
// open.
bool is_nearer(const Period& period, const Period& than, Day day);

}  // namespace vigie
