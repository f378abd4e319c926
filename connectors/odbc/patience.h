#pragma once
// Ends what waits too long for a database. Drivers wait without end for a server that hangs, and no call of ODBC's can
// end that: the sockets which the driver opened are shut down, its call fails, and the connection is lost.
//
// While one is made and connects, no other connects (connecting() is a lock): what is opened meanwhile is the driver's.

#include <atomic>
#include <cstdint>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace vigie::odbc {

class Patience {
 public:
  static std::unique_lock<std::mutex> connecting();

  // Waits for the connection first. `seconds`: at most; 0: without an end.
  explicit Patience(int seconds);
  ~Patience();
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

  void connected(int seconds);  // from here on: the longest wait for an answer

  // Around what asks the database.
  void asked() { since_ = now(); }
  void answered() { since_ = kIdle; }

  [[nodiscard]] bool is_over() const { return over_; }

 private:
  static constexpr std::int64_t kIdle = -1;

  static std::int64_t now();  // ms
  void watch(const std::stop_token& stop);
  void take_sockets();
  void end();

  std::atomic<std::int64_t> most_;  // ms; 0: without an end
  std::set<int> before_;
  std::mutex mutex_;
  std::vector<int> sockets_;  // duplicates of the driver's: its own numbers may mean others when it has closed them
  std::atomic<std::int64_t> since_;
  std::atomic<bool> over_ = false;
  std::jthread watcher_;
};

}  // namespace vigie::odbc
