#pragma once
// A connection to SQLite: to a store's file, or to a private database that nobody else sees and that goes with it.
//
// A private database is held in memory up to 128 MB; what is beyond lies in a file without a name beside the store,
// readable by nobody else, which the system frees when the process ends, however it ends.

#include <memory>
#include <string>

struct sqlite3;

namespace Poco::Data {
class Session;
}

namespace vigie::store {

class Connection {
 public:
  // Makes the file where it is not there.
  static Connection to_write(const std::string& path);

  // Refuses every change. Closing it leaves in the log what a run left there. The file must be there.
  static Connection to_read(const std::string& path);

  // An empty private database for what a store at that path would hold.
  static Connection in_private(const std::string& path);

  // A private database with all that the store's file holds at this moment; who writes to it meanwhile goes on.
  static Connection copy_of(const Connection& store);

  // The same in a file of its own.
  static Connection copy_to(const std::string& path, const Connection& store);

  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  [[nodiscard]] sqlite3* handle() const { return handle_; }

  void execute(const std::string& sql) const;

  // The rollback journal, or the write-ahead log; where somebody else has the file open, the journal stays as it is.
  // Of a private database it always stays.
  void set_journal(const std::string& mode) const;

 private:
  explicit Connection(const std::string& file);

  void take_over(const Connection& store) const;

  std::unique_ptr<Poco::Data::Session> session_;
  sqlite3* handle_ = nullptr;
  bool only_reads_ = false;
};

}  // namespace vigie::store
