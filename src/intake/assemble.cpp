#include "intake/assemble.h"

#include <functional>
#include <iterator>

#include "domain/parallel.h"

namespace vigie::intake {
namespace {

// One record of a table, read by field; what the drop has no column for is empty.
class Reading {
 public:
  Reading(const Table& table, std::size_t row)
      : table_(table), row_(row), record_(decode(table.file, table.rows[row].bytes())) {
    const auto fields = spec(table.file).fields;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if ((table.columns & column_bit(i)) == 0) record_[i] = empty_value(fields[i].kind);
  }

  [[nodiscard]] std::string_view text(std::size_t field) const { return record_[field].text; }
  [[nodiscard]] Day day(std::size_t field) const { return Day(record_[field].number); }
  [[nodiscard]] std::uint32_t number(std::size_t field) const {
    return static_cast<std::uint32_t>(record_[field].number);
  }
  [[nodiscard]] Period period(std::size_t opens, std::size_t closes) const { return {day(opens), day(closes)}; }
  template <typename Enumeration>
  [[nodiscard]] Enumeration as(std::size_t field) const {
    return static_cast<Enumeration>(record_[field].number);
  }
  [[nodiscard]] Index link(std::size_t reference) const { return table_.links[reference][row_]; }

 private:
  const Table& table_;
  std::size_t row_;
  Record record_;
};

Convention read_convention(const Reading& row) {
  using namespace field::conventions;
  return {.number = row.text(kNumber),
          .label = row.text(kLabel),
          .partner = row.text(kPartner),
          .mail_domains = row.text(kMailDomains),
          .state = row.text(kState),
          .contract_signed_on = row.day(kContractSignedOn),
          .period = row.period(kOpensOn, kClosesOn),
          .mode = row.as<Mode>(kMode),
          .status = row.as<Status>(kStatus)};
}

Bulletin read_bulletin(const Reading& row) {
  using namespace field::bulletins;
  return {.convention = row.link(0),
          .service_name = row.text(kService),
          .service = find_service(row.text(kService)),
          .roles = row.text(kRoles),
          .signed_on = row.day(kSignedOn),
          .period = row.period(kOpensOn, kClosesOn)};
}

Account read_account(const Reading& row) {
  using namespace field::accounts;
  return {.id = row.text(kId),
          .last_name = row.text(kLastName),
          .first_name = row.text(kFirstName),
          .mail = row.text(kMail),
          .profession = row.text(kProfession),
          .instructor_number = row.text(kInstructorNumber),
          .landlord_code = row.text(kLandlordCode),
          .convention = row.link(0),
          .period = row.period(kOpensOn, kClosesOn),
          .diploma_checked_on = row.day(kDiplomaCheckedOn),
          .last_login_on = row.day(kLastLoginOn),
          .status = row.as<Status>(kStatus)};
}

Designation read_designation(const Reading& row) {
  using namespace field::administrators;
  return {.convention = row.link(0), .account = row.link(1), .period = row.period(kOpensOn, kClosesOn)};
}

Group read_group(const Reading& row) {
  using namespace field::groups;
  return {.code = row.text(kCode),
          .label = row.text(kLabel),
          .parent_code = row.text(kParent),
          .manager_id = row.text(kManager),
          .convention = row.link(0),
          .level = row.number(kLevel),
          .period = row.period(kOpensOn, kClosesOn),
          .status = row.as<Status>(kStatus),
          .origin = row.as<Origin>(kOrigin)};
}

Grant read_grant(const Reading& row) {
  using namespace field::grants;
  Grant grant{.group = row.link(1),
              .service_name = row.text(kService),
              .role_name = row.text(kRole),
              .service = find_service(row.text(kService)),
              .role = std::nullopt,
              .period = row.period(kOpensOn, kClosesOn)};
  if (grant.service) grant.role = find_role(*grant.service, grant.role_name);
  return grant;
}

Membership read_membership(const Reading& row) {
  using namespace field::memberships;
  return {.group = row.link(1), .account = row.link(2), .period = row.period(kOpensOn, kClosesOn)};
}

Activity read_activity(const Reading& row) {
  using namespace field::activities;
  return {.convention = row.link(0), .name = row.text(kActivity), .period = row.period(kOpensOn, kClosesOn)};
}

Place read_place(const Reading& row) {
  using namespace field::places;
  return {.convention = row.link(0),
          .activity = row.link(1),
          .activity_name = row.text(kActivity),
          .name = row.text(kPlace)};
}

Profile read_profile(const Reading& row) {
  using namespace field::profiles;
  return {.convention = row.link(0),
          .account = row.link(1),
          .activity = row.link(2),
          .activity_name = row.text(kActivity),
          .place = row.text(kPlace),
          .period = row.period(kStartsOn, kEndsOn),
          .asked_on = row.day(kAskedOn),
          .document_on = row.day(kDocumentOn),
          .role = row.as<AfasRole>(kRole),
          .state = row.as<ProfileState>(kState)};
}

Departure read_departure(const Reading& row) {
  using namespace field::departures;
  return {.convention = row.link(0), .account = row.link(1), .leaves_on = row.day(kLeavesOn)};
}

template <typename Item>
void read_all(const Table& table, Item (*read)(const Reading&), std::vector<Item>& items) {
  items.reserve(table.rows.size());
  for (std::size_t i = 0; i < table.rows.size(); ++i) items.push_back(read(Reading(table, i)));
}

}  // namespace

Snapshot assemble(const Tables& tables, unsigned threads) {
  const auto table = [&](FileId file) -> const Table& { return tables[index(file)]; };
  Snapshot snapshot;
  const std::function<void()> readings[] = {
      // The largest first, so that no thread is left with a large one at the end.
      [&] { read_all(table(FileId::kMemberships), read_membership, snapshot.memberships); },
      [&] { read_all(table(FileId::kAccounts), read_account, snapshot.accounts); },
      [&] { read_all(table(FileId::kProfiles), read_profile, snapshot.profiles); },
      [&] { read_all(table(FileId::kGroups), read_group, snapshot.groups); },
      [&] { read_all(table(FileId::kGrants), read_grant, snapshot.grants); },
      [&] { read_all(table(FileId::kBulletins), read_bulletin, snapshot.bulletins); },
      [&] { read_all(table(FileId::kAdministrators), read_designation, snapshot.designations); },
      [&] { read_all(table(FileId::kConventions), read_convention, snapshot.conventions); },
      [&] { read_all(table(FileId::kActivities), read_activity, snapshot.activities); },
      [&] { read_all(table(FileId::kPlaces), read_place, snapshot.places); },
      [&] { read_all(table(FileId::kDepartures), read_departure, snapshot.departures); },
  };
  for_each_in_parallel(std::size(readings), threads, [&](std::size_t i) { readings[i](); });
  for (const Table& each : tables) {
    snapshot.columns[index(each.file)] = each.present ? each.columns : ColumnMask{0};
    snapshot.text_owners.push_back(each.arena);
  }
  link(snapshot);
  return snapshot;
}

}  // namespace vigie::intake
