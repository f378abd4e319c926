#pragma once
// What a finding is about, as people read it; lists keep the subject as docs/spec/3-rules.md writes it.
//
//   T2PE                      Groupe T2PE
//   T2PE:Cdap:T2              Groupe T2PE, rôle Cdap T2
//   T2PE/ENF01302SM           Groupe T2PE, compte ENF01302SM
//   ENF01302SM:FDA:ALSH-01    Profil FDA sur ALSH-01, compte ENF01302SM
//   ENF01302SM:ALSH-01        Activité ALSH-01, compte ENF01302SM
//   ALSH-01:FDF               Activité ALSH-01, FDF
//   Cdap@2016-04-21           Bulletin d'adhésion Cdap du 21/04/2016
//
// A subject that is written in no way of its rule's stays as it is.

#include <string>
#include <string_view>

#include "findings/finding.h"

namespace vigie {

std::string subject_in_words(const Finding& finding);

// What stands behind the word « rôle » or « bulletin d'adhésion »: "Cdap T2", "Cdap du 21/04/2016". Of other subjects,
// the subject.
std::string role_or_bulletin_in_words(std::string_view rule, std::string_view group, std::string_view subject);

}  // namespace vigie
