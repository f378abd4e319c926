#pragma once
// A mail server that plays a script: for each connection, what it says and what it waits for.

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include "mail/smtp_server.h"

namespace vigie::test {

// Steps of a connection, in turn: "> 250 ok" says a line; "< " waits for one; "." waits for the end of a mail; "hang"
// waits until the client leaves. At the end the connection is closed.
using Script = std::vector<std::string>;

class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<Script> connections)
      : listener_(Poco::Net::SocketAddress("127.0.0.1", 0)), port_(listener_.address().port()) {
    thread_ = std::thread([this, connections = std::move(connections)] {
      for (const Script& script : connections) play(script);
    });
  }
  ~ScriptedServer() { thread_.join(); }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] SmtpServer settings() const {
    return {.host = "127.0.0.1", .port = port_, .security = SmtpSecurity::kClear, .timeout_seconds = 1};
  }

  // What clients said, line by line. After they are done.
  std::vector<std::string> heard() {
    if (thread_.joinable()) thread_.join();
    thread_ = std::thread([] {});
    return heard_;
  }

 private:
  void play(const Script& script) {
    socket_ = listener_.acceptConnection();
    socket_.setReceiveTimeout(Poco::Timespan(5, 0));
    unread_.clear();
    try {
      for (const std::string& step : script) take(step);
    } catch (const Poco::Exception&) {  // the client left
    }
    socket_.close();
  }

  void take(const std::string& step) {
    if (step.starts_with("> ")) {
      const std::string line = step.substr(2) + "\r\n";
      socket_.sendBytes(line.data(), static_cast<int>(line.size()));
    } else if (step == "hang") {
      while (hear()) {
      }
    } else if (step == ".") {
      while (hear() && heard_.back() != ".") {
      }
    } else {
      hear();
    }
  }

  bool hear() {
    while (unread_.find("\r\n") == std::string::npos) {
      char piece[1024];
      const int count = socket_.receiveBytes(piece, sizeof piece);
      if (count <= 0) return false;
      unread_.append(piece, static_cast<std::size_t>(count));
    }
    const std::size_t end = unread_.find("\r\n");
    heard_.push_back(unread_.substr(0, end));
    unread_.erase(0, end + 2);
    return true;
  }

  Poco::Net::ServerSocket listener_;
  std::uint16_t port_;
  Poco::Net::StreamSocket socket_;
  std::string unread_;
  std::vector<std::string> heard_;
  std::thread thread_;
};

}  // namespace vigie::test
