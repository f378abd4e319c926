#pragma once
// Turns the rows of one file into a table: values typed, checked and made canonical, bad rows set aside.
//
// References are not looked at here (intake/resolve.h does it once all files are read), so that files can be
// read side by side.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intake/headings.h"
#include "intake/table.h"

namespace vigie::intake {

class TableBuilder {
 public:
  // `seed`: of the digests, the store's own.
  TableBuilder(FileId file, Columns columns, std::uint64_t seed);

  // `fields` and `raw` must stay valid until `take`d tables are resolved; texts are copied.
  void add_row(std::uint32_t line, std::span<const std::string_view> fields, std::string_view raw);

  void expect_rows(std::size_t rows);

  Table take();

 private:
  struct Fault {
    RejectReason reason = RejectReason::kFieldCount;
    int field = Reject::kNoField;
  };

  struct Reading {
    std::optional<Fault> fault;
    bool has_key = true;  // every key value can be read
  };

  // The last text read in an enumeration, service or role, and what it meant: most rows repeat it.
  struct Memo {
    std::string text;
    std::string scope;  // of a role: its service
    std::string canonical;
    std::int32_t code = 0;
    bool known = false;
    bool filled = false;
  };

  Reading read(std::span<const std::string_view> fields);
  std::optional<RejectReason> read_field(std::size_t field, std::string_view text);
  bool parse(std::size_t field, std::string_view text, Value& value);
  bool parse_level(std::string_view text, Value& value) const;
  bool parse_named(std::size_t field, std::string_view text, Value& value);
  void remember(Memo& memo, FieldKind kind, std::string_view text, std::string_view scope) const;
  std::string_view text_of(std::size_t field, std::span<const std::string_view> fields) const;
  void reject(std::uint32_t line, Fault fault, std::string_view value, std::string_view raw);
  // False where an earlier row has the key.
  bool add_key(const Encoded& encoded, std::uint32_t line, std::string_view raw, RowState state);

  Table table_;
  Columns columns_;
  Record record_;
  std::vector<Memo> memos_;
  std::size_t first_key_ = 0;
  std::size_t service_field_ = 0;  // of files with roles
};

}  // namespace vigie::intake
