#pragma once
// Everything that a source's last good drop says, typed, indexed and linked: what reconciliation and rules read.
//
// Records stand in vectors; a link is the index of a record in its vector, `kNone` where there is none (a group's
// unknown manager, an activity that no file lists). Text views live as long as the snapshot. A column that the drop
// did not have reads as empty. Immutable once built; safe to read from several threads.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/contract.h"
#include "domain/day.h"
#include "domain/service.h"

namespace vigie {

using Index = std::uint32_t;
inline constexpr Index kNone = UINT32_MAX;

enum class Mode : std::uint8_t { kCentralized, kDelegated };
enum class Status : std::uint8_t { kNotSaid, kOpen, kClosed };
enum class Origin : std::uint8_t { kCaf, kPartner, kAutomatic };
enum class AfasRole : std::uint8_t { kActivityProvider, kFinancialProvider, kApprover };  // FDA, FDF, Approbateur
enum class ProfileState : std::uint8_t { kValidated, kPending };

std::string_view afas_role_name(AfasRole role);  // "FDA", "FDF", "Approbateur"

struct Convention {
  std::string_view number;
  std::string_view label;
  std::string_view partner;
  std::string_view mail_domains;  // comma separated
  std::string_view state;         // "Validée le 30/08/2018"
  Day contract_signed_on;
  Period period;
  Mode mode = Mode::kCentralized;
  Status status = Status::kNotSaid;
};

struct Bulletin {
  Index convention = kNone;
  std::string_view service_name;  // catalogue name, or as written
  std::optional<Service> service;
  std::string_view roles;  // comma separated; empty: every role of the service
  Day signed_on;
  Period period;
};

struct Account {
  std::string_view id;
  std::string_view last_name;
  std::string_view first_name;
  std::string_view mail;
  std::string_view profession;
  std::string_view instructor_number;
  std::string_view landlord_code;
  Index convention = kNone;
  Period period;
  Day diploma_checked_on;
  Day last_login_on;
  Status status = Status::kNotSaid;
};

struct Designation {
  Index convention = kNone;
  Index account = kNone;
  Period period;
};

struct Group {
  std::string_view code;
  std::string_view label;
  std::string_view parent_code;
  std::string_view manager_id;
  Index convention = kNone;
  Index parent = kNone;     // of the same convention
  Index manager = kNone;    // an account of the source, whatever its convention
  std::uint32_t level = 0;  // 0: not said
  Period period;
  Status status = Status::kNotSaid;
  Origin origin = Origin::kPartner;
};

struct Grant {
  Index group = kNone;
  std::string_view service_name;  // catalogue name, or as written
  std::string_view role_name;
  std::optional<Service> service;
  std::optional<Role> role;
  Period period;
};

struct Membership {
  Index group = kNone;
  Index account = kNone;
  Period period;
};

struct Activity {
  Index convention = kNone;
  std::string_view name;
  Period period;
};

struct Place {
  Index convention = kNone;
  Index activity = kNone;  // kNone where the drop has no activites.csv
  std::string_view activity_name;
  std::string_view name;
};

struct Profile {
  Index convention = kNone;
  Index account = kNone;
  Index activity = kNone;  // kNone where the drop has no activites.csv
  std::string_view activity_name;
  std::string_view place;  // empty: the whole activity
  Period period;           // its own dates
  Day asked_on;
  Day document_on;  // pj3_recue_le
  AfasRole role = AfasRole::kActivityProvider;
  ProfileState state = ProfileState::kValidated;

  // Of one that the Caf has not validated yet.
  [[nodiscard]] Day waits_since() const { return asked_on.given() ? asked_on : period.opens_on; }
};

struct Departure {
  Index convention = kNone;
  Index account = kNone;
  Day leaves_on;
};

// For each record of one sort, those of another sort that belong to it, in the order of their indices.
class Relation {
 public:
  Relation() = default;

  // `owners[i]` owns item i; kNone: nobody does.
  template <typename Items, typename OwnerOf>
  static Relation by(std::size_t owner_count, const Items& items, OwnerOf owner_of) {
    Relation relation;
    relation.starts_.assign(owner_count + 1, 0);
    for (const auto& item : items)
      if (const Index owner = owner_of(item); owner != kNone) ++relation.starts_[owner + 1];
    for (std::size_t i = 0; i < owner_count; ++i) relation.starts_[i + 1] += relation.starts_[i];
    relation.items_.resize(relation.starts_[owner_count]);
    std::vector<Index> next(relation.starts_.begin(), relation.starts_.end() - 1);
    for (Index i = 0; i < items.size(); ++i)
      if (const Index owner = owner_of(items[i]); owner != kNone) relation.items_[next[owner]++] = i;
    return relation;
  }

  std::span<const Index> operator[](Index owner) const {
    return std::span(items_).subspan(starts_[owner], starts_[owner + 1] - starts_[owner]);
  }

 private:
  std::vector<Index> starts_;
  std::vector<Index> items_;
};

struct Relations {
  Relation bulletins_of_convention;
  Relation accounts_of_convention;
  Relation groups_of_convention;
  Relation designations_of_convention;
  Relation activities_of_convention;
  Relation designations_of_account;
  Relation memberships_of_account;
  Relation profiles_of_account;
  Relation departures_of_account;
  Relation managed_by_account;  // groups
  Relation grants_of_group;
  Relation memberships_of_group;
  Relation children_of_group;
  Relation places_of_activity;
  Relation profiles_of_activity;
};

struct Snapshot {
  std::vector<Convention> conventions;
  std::vector<Bulletin> bulletins;
  std::vector<Account> accounts;
  std::vector<Designation> designations;
  std::vector<Group> groups;
  std::vector<Grant> grants;
  std::vector<Membership> memberships;
  std::vector<Activity> activities;
  std::vector<Place> places;
  std::vector<Profile> profiles;
  std::vector<Departure> departures;
  Relations of;

  // What the drop had: a missing file has no columns. Rules' needs are checked against it.
  std::array<ColumnMask, kFileCount> columns{};
  std::vector<std::shared_ptr<const void>> text_owners;

  [[nodiscard]] bool has_file(FileId file) const { return columns[index(file)] != 0; }
  [[nodiscard]] bool has_column(FileId file, std::size_t field) const {
    return (columns[index(file)] & column_bit(field)) != 0;
  }

  [[nodiscard]] const Convention& convention_of(const Group& group) const { return conventions[group.convention]; }
  [[nodiscard]] const Convention& convention_of(const Account& account) const {
    return conventions[account.convention];
  }
};

// Fills `of`, and every group's `parent` and `manager`, from the vectors.
void link(Snapshot& snapshot);

}  // namespace vigie
