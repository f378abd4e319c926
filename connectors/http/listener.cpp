#include "http/listener.h"

#include <stdexcept>

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/ThreadPool.h>

namespace vigie::http {
namespace {

namespace net = Poco::Net;

constexpr int kThreads = 2;
constexpr int kMostWaiting = 16;
constexpr long kSecondsForARequest = 5;

class RequestHandler : public net::HTTPRequestHandler {
 public:
  explicit RequestHandler(const Handler& handler) : handler_(handler) {}

  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    const Answer answer = answer_to(request);
    response.setStatus(std::to_string(answer.status));
    response.setReason(
        net::HTTPResponse::getReasonForStatus(static_cast<net::HTTPResponse::HTTPStatus>(answer.status)));
    response.setContentType(answer.content_type);
    response.sendBuffer(answer.body.data(), answer.body.size());
  }

 private:
  [[nodiscard]] Answer answer_to(const net::HTTPServerRequest& request) const {
    if (request.getMethod() != net::HTTPRequest::HTTP_GET) return {.status = 405, .body = "only GET\n"};
    try {
      const std::string& uri = request.getURI();
      return handler_(uri.substr(0, uri.find('?')));
    } catch (const std::exception&) {
      return {.status = 500, .body = "an unexpected error\n"};
    }
  }

  const Handler& handler_;
};

class Factory : public net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(Handler handler) : handler_(std::move(handler)) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest& /*request*/) override {
    return new RequestHandler(handler_);  // Poco deletes it
  }

 private:
  Handler handler_;
};

net::HTTPServerParams::Ptr parameters() {
  net::HTTPServerParams::Ptr params(new net::HTTPServerParams);
  params->setMaxThreads(kThreads);
  params->setMaxQueued(kMostWaiting);
  params->setTimeout(Poco::Timespan(kSecondsForARequest, 0));
  params->setKeepAlive(false);
  return params;
}

// Poco would share the port with whoever else asks to.
net::ServerSocket bound_to(const net::SocketAddress& address) {
  constexpr bool kReuseAddress = true;
  constexpr bool kReusePort = false;
  net::ServerSocket socket;
  socket.bind(address, kReuseAddress, kReusePort);
  return socket;
}

net::ServerSocket listening_on(const std::string& address) {
  net::ServerSocket socket = bound_to(net::SocketAddress(address));
  socket.listen();
  return socket;
}

}  // namespace

std::string fault_of_host(const std::string& address) try {
  constexpr Poco::UInt16 kAnyPort = 0;
  bound_to({net::SocketAddress(address).host(), kAnyPort});
  return "";
} catch (const Poco::Exception& error) {
  return error.displayText();
}

class Listener::Server {
 public:
  Server(const std::string& address, Handler handler)
      : threads_(1, kThreads), server_(new Factory(std::move(handler)), threads_, listening_on(address), parameters()) {
    server_.start();
  }
  ~Server() { server_.stopAll(true); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  Poco::ThreadPool threads_;
  net::HTTPServer server_;
};

Listener::Listener(const std::string& address, Handler handler) try
    : server_(std::make_unique<Server>(address, std::move(handler))) {
} catch (const Poco::Exception& error) {
  throw std::runtime_error("http.listen: cannot listen on " + address + ": " + error.displayText() +
                           "; choose another address, or stop who has it");
}

Listener::~Listener() = default;

}  // namespace vigie::http
