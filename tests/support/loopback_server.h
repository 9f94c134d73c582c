#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/descriptor.h"

namespace canvass::test {

struct HttpRequest {
  std::string method;                          // "GET"
  std::string target;                          // "/api/models/org/name/revision/main"
  std::map<std::string, std::string> headers;  // by name in lower case

  // Empty if there is no such header.
  std::string header(const std::string& name) const;
};

struct HttpReply {
  int status = 200;
  std::map<std::string, std::string> headers;
  std::string body;
  // The connection is cut after so many bytes of the body.
  std::size_t cutAfter = std::string::npos;
  // Between pieces of the body of `pieceBytes` bytes.
  std::chrono::milliseconds pause{0};
  std::size_t pieceBytes = 1 << 14;
};

// A server of HTTP on a free port of 127.0.0.1, which answers each request as `answer` says, on a
// thread of its own. It does not know what it serves.
class LoopbackServer {
 public:
  using Answer = std::function<HttpReply(const HttpRequest&)>;

  explicit LoopbackServer(Answer answer);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  // "http://127.0.0.1:41234".
  std::string address() const;
  // In the order in which they came.
  std::vector<HttpRequest> requests() const;

 private:
  void acceptAll();
  void serve(int connection);

  Answer answer_;
  Descriptor listening_;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<HttpRequest> requests_;
  std::vector<std::thread> connections_;  // of the thread that accepts
  std::thread accepting_;
};

}  // namespace canvass::test
