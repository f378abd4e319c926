#pragma once
// Hands one convention's findings and closings to its administrators and managers.
//
// An administrator gets what the rule's audience says, findings about its own account aside; a manager what is in its
// perimeter. Whatever managers are told of, administrators are told of as well (a test keeps the catalogue so), so that
// they read it where a manager cannot be written to. Trays keep the order in which things were handed out. All that is
// handed out must outlive the distribution.

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "routing/addressees.h"
#include "routing/letters.h"
#include "routing/perimeter.h"
#include "rules/rule.h"

namespace vigie {

struct Tray {
  Addressee addressee;
  Findings findings;
  std::vector<const Action*> actions;
  std::vector<const Action*> taken_back;
};

struct Readers {
  bool caf = false;        // the rule says so, it is about an administrator's own account, or nobody else can act
  bool caf_alone = false;  // somebody cannot be written to, and no administrator can
};

class Distribution {
 public:
  Distribution(const RoutingInput& input, const Addressees& addressees, Index convention);

  Readers hand_out(const Finding& finding, const Audience& audience);
  void hand_out(const Action& action);

  [[nodiscard]] const std::vector<Tray>& trays() const { return trays_; }
  [[nodiscard]] bool has_administrators() const { return !administrators_.empty(); }
  // Whether an open finding that was handed out may be read by all administrators.
  [[nodiscard]] bool has_common_finding() const { return has_common_finding_; }

  // What a finding about an account holds the reader to: the services that the account reaches through the groups of
  // the tray's managers.
  ServiceSet services_within(const Tray& tray, const Finding& finding);

  // Why others cannot be written to about open findings, those about one of the accounts `except` aside.
  [[nodiscard]] std::vector<std::string_view> obstacles(const std::vector<std::string_view>& except = {}) const;

 private:
  Perimeters& perimeters();
  // Whether it stays there, since its addressee may not be written to.
  bool put(Tray& tray, const Finding& finding);

  const RoutingInput& input_;
  Index convention_;
  std::vector<Tray> trays_;
  std::unordered_map<Index, std::size_t> tray_of_account_;
  std::unordered_set<std::string_view> administrators_;  // identifiants
  bool has_reachable_administrator_ = false;
  bool has_common_finding_ = false;
  std::optional<Perimeters> perimeters_;  // made where something is for managers
};

}  // namespace vigie
