#pragma once
// Answers GET requests on one address, for whoever watches the service. Plain HTTP, no authentication: what it answers
// must be for everybody who can reach the address.

#include <functional>
#include <memory>
#include <string>

namespace vigie::http {

struct Answer {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

// Why nobody can listen on an address of this host's, whatever the port; empty where somebody can.
std::string fault_of_host(const std::string& address);

// Of a path, "/metrics"; called from threads of the listener. What it throws is answered with 500.
using Handler = std::function<Answer(const std::string& path)>;

class Listener {
 public:
  // `address`: "127.0.0.1:9187", "[::1]:9187". Throws std::runtime_error that names the address where it cannot listen.
  Listener(const std::string& address, Handler handler);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace vigie::http
