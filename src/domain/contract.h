#pragma once
// The data contract: which files a drop has, which columns, and what each may hold.
//
// One table describes every file; intake, store and history are written over it. The order of files is an
// order of dependency (a file refers only to files before it), and the order of a file's fields is the order
// in which rejects name the field at fault and in which keys are printed.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vigie {

enum class FileId : std::uint8_t {
  kConventions,
  kBulletins,
  kAccounts,
  kAdministrators,
  kGroups,
  kGrants,
  kMemberships,
  kActivities,
  kPlaces,
  kProfiles,
  kDepartures,
};
inline constexpr std::size_t kFileCount = 11;

enum class FieldKind : std::uint8_t {
  kText,
  kDay,
  kLevel,         // a whole number from 1
  kService,       // catalogue name where known, else as written
  kRole,          // of the service in the field `service` of the same row
  kMode,          // delegue, centralise (and where empty)
  kWorkplace,     // sedentaire, itinerant
  kStatus,        // Ouvert, Fermé
  kOrigin,        // Caf, Partenaire (and where empty), Automatique
  kAfasRole,      // FDA, FDF, Approbateur
  kProfileState,  // Validé (and where empty), En attente
};

struct FieldSpec {
  std::string_view name;
  FieldKind kind = FieldKind::kText;
  bool required = false;  // the column must be there
  bool key = false;
  bool may_be_empty = false;  // of a required column: an empty value means something
};

// The fields that together name a record of another file, in the order of that file's key.
struct ReferenceSpec {
  FileId to;
  std::array<std::int8_t, 2> fields;  // -1: the reference has one field only
};

struct FileSpec {
  std::string_view name;  // without ".csv"
  bool required = false;
  std::span<const FieldSpec> fields;
  std::span<const ReferenceSpec> references;
};

inline constexpr std::size_t kMaxFields = 15;
inline constexpr std::size_t kMaxReferences = 3;

// Bit i: the file has the field of index i.
using ColumnMask = std::uint16_t;
inline constexpr ColumnMask column_bit(std::size_t field) { return static_cast<ColumnMask>(1U << field); }

const FileSpec& spec(FileId file);
std::span<const FileSpec, kFileCount> all_files();
std::string csv_name(FileId file);  // "utilisateurs.csv"

constexpr std::size_t index(FileId file) { return static_cast<std::size_t>(file); }
constexpr FileId file_at(std::size_t position) { return static_cast<FileId>(position); }

// Indices of fields, in the order of the specification.
namespace field {
namespace conventions {
enum : std::size_t {
  kNumber,
  kLabel,
  kPartner,
  kCaf,
  kSiret,
  kType,
  kMailDomains,
  kMode,
  kContractSignedOn,
  kOpensOn,
  kClosesOn,
  kStatus,
  kState
};
}
namespace bulletins {
enum : std::size_t { kConvention, kService, kSignedOn, kOpensOn, kClosesOn, kRoles };
}
namespace accounts {
enum : std::size_t {
  kId,
  kConvention,
  kLastName,
  kFirstName,
  kMail,
  kPhone,
  kWorkplace,
  kOpensOn,
  kClosesOn,
  kStatus,
  kProfession,
  kDiplomaCheckedOn,
  kInstructorNumber,
  kLandlordCode,
  kLastLoginOn
};
}
namespace administrators {
enum : std::size_t { kConvention, kAccount, kOpensOn, kClosesOn };
}
namespace groups {
enum : std::size_t { kConvention, kCode, kLabel, kLevel, kParent, kManager, kOpensOn, kClosesOn, kStatus, kOrigin };
}
namespace grants {
enum : std::size_t { kConvention, kGroup, kService, kRole, kOpensOn, kClosesOn };
}
namespace memberships {
enum : std::size_t { kConvention, kGroup, kAccount, kOpensOn, kClosesOn };
}
namespace activities {
enum : std::size_t { kConvention, kActivity, kType, kNature, kOpensOn, kClosesOn };
}
namespace places {
enum : std::size_t { kConvention, kActivity, kPlace };
}
namespace profiles {
enum : std::size_t {
  kConvention,
  kAccount,
  kRole,
  kActivity,
  kPlace,
  kStartsOn,
  kEndsOn,
  kState,
  kAskedOn,
  kDocumentOn
};
}
namespace departures {
enum : std::size_t { kConvention, kAccount, kLeavesOn };
}
}  // namespace field

}  // namespace vigie
