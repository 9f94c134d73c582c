#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace canvass {

// What a server answered.
struct Answer {
  long status = 0;
  std::map<std::string, std::string> headers;  // by name in lower case
  std::string body;                            // unless it went to a sink

  bool isGood() const { return status >= 200 && status < 300; }
  // Empty if there is no such header.
  std::string header(const std::string& name) const;
};

// A failure that may pass: a cut or silent connection, a server that is busy or out of order.
struct PassingFailure {
  Error error;
  long waitSeconds = -1;  // as the server asks; negative if it does not say
};

// Gets each piece of the body of a good answer, whose status and headers are known by then.
using BodySink = std::function<void(const Answer& answer, std::string_view bytes)>;

// Requests to the hub over HTTP or HTTPS and to wherever it redirects them. The access token goes
// to the hub's own address (scheme, host and port) and to no other.
class HttpClient {
 public:
  // `token` may be empty. A server that sends nothing for `stallSeconds` is given up.
  HttpClient(const std::string& endpoint, std::string token, long stallSeconds);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // All throw Error if the server cannot be reached and PassingFailure if it may help to try again.
  // Any other status is returned.

  // The headers alone. A redirect to another host is not followed: it is the answer.
  Answer head(const std::string& url);
  // The text of a small document.
  Answer get(const std::string& url);
  // From byte `from` on, if the server does as it is asked (its status is then 206).
  Answer get(const std::string& url, std::uint64_t from, const BodySink& sink);

 private:
  struct Request;
  Answer follow(Request request);
  Answer perform(const Request& request);
  void prepare(const Request& request);
  [[noreturn]] void fail(int code, const std::string& url) const;

  struct Handle;
  std::unique_ptr<Handle> handle_;
  std::string endpoint_;
  std::string token_;
  long stallSeconds_;
  bool reached_ = false;  // some server has answered before
};

}  // namespace canvass
